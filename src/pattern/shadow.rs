//! Shadow text: a line in which every value is one token, so that a pattern can ask for “a year” or “a list of amounts”.

use crate::document::Document;
use crate::document::part::PartKind;
use crate::source::Span;

/// The private-use character that stands for a value of `kind` in shadow text.
pub fn token(kind: PartKind) -> char {
    char::from_u32(0xe000 + kind as u32).unwrap_or('\u{e0ff}')
}

/// A line with its values replaced by tokens, and the way back.
#[derive(Debug)]
pub struct Shadow {
    /// The text with tokens.
    pub text: String,
    /// Where each piece begins: offset in the shadow, offset in the prose. Values and the text between them alternate.
    pieces: Vec<(usize, usize)>,
}

impl Shadow {
    /// The shadow of the prose under `span`.
    pub fn new(document: &Document, span: Span) -> Shadow {
        let mut shadow = Shadow { text: String::with_capacity(span.len()), pieces: Vec::new() };
        let mut at = span.start;
        for value in document.values_in(span) {
            shadow.literal(document, at, value.span.start);
            shadow.pieces.push((shadow.text.len(), value.span.start));
            shadow.text.push(token(PartKind::of_value(value.kind)));
            at = value.span.end;
        }
        shadow.literal(document, at, span.end);
        shadow.pieces.push((shadow.text.len(), span.end));
        shadow
    }

    fn literal(&mut self, document: &Document, start: usize, end: usize) {
        if start < end {
            self.pieces.push((self.text.len(), start));
            self.text.push_str(document.slice(Span::new(start, end)));
        }
    }

    /// The span of the prose that a span of the shadow stands for.
    pub fn to_prose(&self, span: Span) -> Span {
        Span::new(self.place(span.start, false), self.place(span.end, true))
    }

    /// The span of the shadow that a span of the prose became; `None` where it shares characters with a value.
    pub fn from_prose(&self, span: Span) -> Option<Span> {
        let index = self.pieces.partition_point(|&(_, prose)| prose <= span.start).checked_sub(1)?;
        let (shadow, prose) = self.pieces[index];
        let &(_, next_prose) = self.pieces.get(index + 1)?;
        let is_text = !self.text[shadow..].starts_with(|c| ('\u{e000}'..='\u{e0ff}').contains(&c));
        let start = shadow + (span.start - prose);
        (is_text && span.end <= next_prose).then(|| Span::new(start, start + span.len()))
    }

    /// Where an offset lies in the prose. At the end of a span, an offset right after a token is the end of its value.
    fn place(&self, offset: usize, is_end: bool) -> usize {
        let index = if is_end {
            self.pieces.partition_point(|&(shadow, _)| shadow < offset)
        } else {
            self.pieces.partition_point(|&(shadow, _)| shadow <= offset)
        };
        let (shadow, prose) = self.pieces[index.saturating_sub(1)];
        match self.pieces.get(index) {
            Some(&(next_shadow, next_prose)) if offset == next_shadow => next_prose,
            _ => prose + (offset - shadow),
        }
    }
}
