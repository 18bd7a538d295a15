//! Names between marks: 《》 titles and “” names long enough to tell a slip from another name.

use crate::document::Document;
use crate::document::character::is_han;
use crate::document::part::PartKind;
use crate::source::Span;

/// The fewest characters of a name that is compared.
const SHORTEST: usize = 8;

/// The names, each as its characters without marks, in the order of the text.
pub fn find(document: &Document) -> Vec<(Vec<char>, Span)> {
    let parts = document.parts(PartKind::BookTitle).iter().chain(document.parts(PartKind::Quote));
    let is_word = |c: char| is_han(c) || c.is_ascii_alphanumeric() || c == '+';
    let mut names: Vec<(Vec<char>, Span)> = parts
        .filter(|part| !document.is_skipped(part.span))
        .map(|part| (document.slice(part.text).chars().filter(|&c| is_word(c)).collect(), part.span))
        .filter(|(words, _): &(Vec<char>, Span)| words.len() >= SHORTEST)
        .collect();
    names.sort_by_key(|(_, span)| *span);
    names
}
