//! Attachments: what the note under the text lists, and what follows the text.

use crate::document::Document;
use crate::document::character::{digit, is_blank};
use crate::document::layout::{Line, LineKind};
use crate::source::Span;

/// An attachment as the note lists it or as it begins.
pub struct Attachment {
    /// Its number; 0 when it has none.
    pub number: u32,
    /// Its 附件2.
    pub mark: Span,
    /// Its title; empty when it has none.
    pub title: Span,
}

/// The entries of the attachment note of the main text.
pub fn listed(document: &Document) -> Vec<Attachment> {
    let lines = document.lines.iter().filter(|line| line.kind == LineKind::AttachmentNote);
    let Some(division) = lines.clone().map(|line| line.division).min() else { return Vec::new() };
    let entry = |span: Span| {
        let text = document.slice(span);
        let rest = text.strip_prefix("附件").map_or(text, |rest| rest.trim_start_matches(['：', ':']));
        let rest = rest.trim_start_matches(is_blank);
        let (number, rest) = match leading_number(rest) {
            Some((number, after)) => (number, after.strip_prefix(['.', '．', '、', '：', ':']).unwrap_or(after)),
            None => (0, rest),
        };
        let title = rest.trim_matches(is_blank).trim_end_matches(['。', '；', ';']);
        let start = span.start + (title.as_ptr() as usize - text.as_ptr() as usize);
        Attachment { number, mark: span, title: Span::new(start, start + title.len()) }
    };
    lines
        .filter(|line| line.division == division)
        .map(|line| entry(line.span))
        .filter(|entry| !entry.title.is_empty())
        .collect()
}

/// The attachments that follow the main text, each with the title below its mark.
pub fn attached(document: &Document) -> Vec<Attachment> {
    let marks = document.lines.iter().enumerate().filter(|(_, line)| line.kind == LineKind::AttachmentMark);
    marks
        .map(|(index, line)| {
            let text = document.slice(line.span);
            let number = text.strip_prefix("附件").and_then(leading_number).map_or(0, |(number, _)| number);
            let below = document.lines[index + 1..].iter().skip_while(|line| line.span.is_empty());
            // （图略） below a title is a remark on it.
            let of_title =
                |line: &&Line| line.kind == LineKind::Title && !document.slice(line.span).starts_with(['（', '(']);
            let titles: Vec<Span> = below.take_while(of_title).map(|line| line.span).collect();
            let title = match titles.as_slice() {
                [first, .., last] => first.cover(*last),
                [only] => *only,
                [] => Span::at(line.span.end),
            };
            Attachment { number, mark: line.span, title }
        })
        .collect()
}

/// The number a text begins with, and what follows.
pub(crate) fn leading_number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(is_blank);
    let length: usize = text.chars().take_while(|&c| digit(c).is_some()).map(char::len_utf8).sum();
    let digits: String = text[..length].chars().filter_map(digit).filter_map(|d| char::from_digit(d, 10)).collect();
    Some((digits.parse().ok().filter(|_| digits.len() <= 2)?, &text[length..]))
}
