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
    let bytes = text.as_bytes();
    let mut at = start;
    while at < limit {
        // 。 is E3 80 82, ！ EF BC 81, ？ EF BC 9F.
        let is_end = match bytes[at] {
            0xe3 => bytes[at + 1] == 0x80 && bytes[at + 2] == 0x82,
            0xef => bytes[at + 1] == 0xbc && matches!(bytes[at + 2], 0x81 | 0x9f),
            _ => false,
        };
        at += width(bytes[at]);
        if is_end {
            while let Some(c) =
                text[at..limit].chars().next().filter(|c| matches!(c, '”' | '’' | '）' | '。' | '！' | '？'))
            {
                at += c.len_utf8();
            }
            return at;
        }
    }
    limit
}

/// Length in bytes of the character that starts with `lead`.
fn width(lead: u8) -> usize {
    match lead {
        0..=0x7f => 1,
        0xc0..=0xdf => 2,
        0xf0..=0xff => 4,
        _ => 3,
    }
}
