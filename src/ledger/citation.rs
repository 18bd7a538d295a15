//! The documents a document cites by title: 《关于…的通知》（云教〔2024〕12号）.

use super::{Place, Stated};
use crate::document::Document;
use crate::document::part::PartKind;
use crate::source::Span;

/// A document that is cited.
#[derive(Clone, PartialEq, Debug)]
pub struct Citation {
    /// Its title, without the marks.
    pub title: Stated<String>,
    /// The number in brackets after it.
    pub number: Option<Stated<String>>,
}

/// The citations of a document, in the order of the text; `at` keeps a place.
pub(super) fn find(document: &Document, at: impl Fn(Span) -> Place) -> Vec<Citation> {
    let stated = |span: Span| Stated { value: document.slice(span).to_owned(), place: at(span) };
    let parts = document.parts(PartKind::BookTitle).iter().filter(|part| !document.is_skipped(part.span));
    let citation =
        |title: Span, end: usize| Citation { title: stated(title), number: number_after(document, end).map(stated) };
    parts.map(|part| citation(part.text, part.span.end)).collect()
}

/// The document number in the bracket that opens at `start`.
fn number_after(document: &Document, start: usize) -> Option<Span> {
    let brackets = document.parts(PartKind::Bracket);
    let index = brackets.partition_point(|bracket| bracket.span.start < start);
    let inside = brackets.get(index).filter(|bracket| bracket.span.start == start)?.text;
    let words = document.slice(inside);
    // A note may follow the number: （云教〔2024〕12号，以下简称《通知》）.
    let end = words.find('号')? + '号'.len_utf8();
    let number = &words[..end];
    let is_number = number.contains('〔') && number.contains('〕') && !number.contains(['，', '、', '；']);
    is_number.then(|| Span::new(inside.start, inside.start + end))
}
