//! Sentences: from end mark to end mark within a line.

use super::character::is_end_mark;
use super::layout::{Line, LineKind};
use super::mark::{self, Mark};
use super::part::{Part, PartKind};
use crate::source::Span;

/// The sentences of every line that holds prose, without blanks around them; each ends with its end mark and the closing
/// marks after it.
pub fn find(text: &str, lines: &[Line], marks: &[Mark]) -> Vec<Part> {
    let mut marks_in = mark::within(marks);
    let mut sentences = Vec::with_capacity(text.len() / 100);
    for (index, line) in lines.iter().enumerate() {
        if matches!(line.kind, LineKind::Verbatim | LineKind::Furniture | LineKind::Metadata) {
            continue;
        }
        let mut marks = marks_in(line.span);
        let mut start = line.span.start;
        while start < line.span.end {
            let end = sentence_end(text, &mut marks, line.span.end);
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

/// Where the sentence ends that the first end mark among `marks` closes; takes the marks up to there.
fn sentence_end(text: &str, marks: &mut &[Mark], limit: usize) -> usize {
    let Some(index) = marks.iter().position(|mark| is_end_mark(mark.character)) else { return limit };
    let mut at = marks[index].span().end;
    while let Some(c) = text[at..limit].chars().next().filter(|c| matches!(c, '”' | '’' | '）' | '。' | '！' | '？'))
    {
        at += c.len_utf8();
    }
    let after = &marks[index..];
    *marks = &after[after.iter().take_while(|mark| mark.start < at).count()..];
    at
}
