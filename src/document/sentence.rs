//! Sentences: from end mark to end mark within a line.

use super::layout::{Line, LineKind};
use super::part::{Part, PartKind};
use crate::source::Span;

/// The sentences of every line that holds prose, without blanks around them; each ends with its end mark and the closing
/// marks after it.
pub fn find(text: &str, lines: &[Line]) -> Vec<Part> {
    let mut sentences = Vec::with_capacity(text.len() / 100);
    for (index, line) in lines.iter().enumerate() {
        if matches!(line.kind, LineKind::Verbatim | LineKind::Furniture | LineKind::Metadata) {
            continue;
        }
        let mut start = line.span.start;
        while start < line.span.end {
            let end = sentence_end(text, start, line.span.end);
            let whole = &text[start..end];
            let lead = whole.len() - whole.trim_start().len();
            let span = Span::new(start + lead, start + whole.trim_end().len().max(lead));
            if !span.is_empty() {
                sentences.push(Part::new(PartKind::Sentence, span, index));
            }
            start = end;
        }
    }
    sentences
}

fn sentence_end(text: &str, start: usize, limit: usize) -> usize {
    let bytes = &text.as_bytes()[start..limit];
    // 。 is E3 80 82, ！ EF BC 81, ？ EF BC 9F; no byte within a character is E3 or EF.
    let mut leads = memchr::memchr2_iter(0xe3, 0xef, bytes);
    let end = leads.find(|&at| matches!(bytes[at..], [0xe3, 0x80, 0x82, ..] | [0xef, 0xbc, 0x81 | 0x9f, ..]));
    let Some(end) = end else { return limit };
    let mut at = start + end + '。'.len_utf8();
    while let Some(c) = text[at..limit].chars().next().filter(|c| matches!(c, '”' | '’' | '）' | '。' | '！' | '？'))
    {
        at += c.len_utf8();
    }
    at
}
