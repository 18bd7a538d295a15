//! What a reader of a marked-up text sees: the prose, its blocks, and the way back to the source.

use super::{Lines, Span};
use std::sync::Arc;

/// What a stretch of prose is, as far as the markup says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Ordinary text: a line of a plain text, a paragraph of a marked-up one.
    Text,
    /// A heading with its level, 1 for the highest.
    Heading(u8),
    /// An entry of a list; `depth` is 1 for an outermost list. An ordered entry's text begins with its number.
    ListEntry {
        /// How deep the list is nested, from 1.
        depth: u8,
    },
    /// A cell of a table.
    Cell {
        /// Which table of the document, from 0.
        table: u32,
        /// Row, from 0; the header row counts.
        row: u32,
        /// Column, from 0.
        column: u32,
    },
    /// Code and other text that is not prose.
    Verbatim,
    /// Menus, headers and footers around the document proper.
    Furniture,
}

/// A stretch of prose that belongs together: a line, a paragraph, a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Bytes of the prose, without line ends around it.
    pub span: Span,
    /// What the markup says it is.
    pub role: Role,
}

/// The text rules look at, its blocks, and the way back to the source.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The prose. Blocks are separated by line ends, so that nothing is matched across them.
    pub text: Arc<str>,
    /// The blocks, in the order of the text, apart from each other.
    pub blocks: Vec<Block>,
    /// Stretches within blocks that the markup says are no prose, such as inline code: sorted, apart from each other.
    pub verbatim: Vec<Span>,
    /// How prose maps to source; empty when both are the same.
    segments: Vec<Segment>,
}

/// A run of prose and the source it came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Segment {
    prose: Span,
    source: Span,
    /// Whether prose and source are the same bytes here, so that a place within one is a place within the other.
    literal: bool,
}

impl Prose {
    /// The prose of a plain text: every line that is not blank.
    pub fn plain(text: Arc<str>) -> Prose {
        let lines = Lines::new(&text);
        Prose::of_lines(text, &lines)
    }

    pub(super) fn of_lines(text: Arc<str>, lines: &Lines) -> Prose {
        let mut blocks = Vec::with_capacity(lines.count());
        for line in 0..lines.count() {
            let span = lines.span(&text, line);
            if span.of(&text).contains(|c: char| !c.is_whitespace()) {
                blocks.push(Block { span, role: Role::Text });
            }
        }
        Prose { text, blocks, verbatim: Vec::new(), segments: Vec::new() }
    }

    /// Whether the source has no markup.
    pub fn is_plain(&self) -> bool {
        self.segments.is_empty()
    }

    /// The span of the source that a span of the prose stands for: from the first byte of its first character to the last
    /// of its last, whatever markup lies between.
    pub fn to_source(&self, span: Span) -> Span {
        if self.segments.is_empty() {
            return span;
        }
        let start = self.source_start(span.start);
        let end = if span.is_empty() { start } else { self.source_end(span.end).max(start) };
        Span::new(start, end)
    }

    /// The span of the source for an edit of the prose: `None` where markup or an entity lies inside, so that replacing
    /// the words would touch what is not words.
    pub fn to_source_exact(&self, span: Span) -> Option<Span> {
        if self.segments.is_empty() {
            return Some(span);
        }
        let index = self.segments.partition_point(|segment| segment.prose.end < span.end);
        let segment = self.segments.get(index).filter(|segment| segment.prose.contains(span))?;
        if segment.literal {
            let start = segment.source.start + (span.start - segment.prose.start);
            Some(Span::new(start, start + span.len()))
        } else {
            (segment.prose == span).then_some(segment.source)
        }
    }

    fn source_start(&self, offset: usize) -> usize {
        let index = self.segments.partition_point(|segment| segment.prose.end <= offset);
        match self.segments.get(index) {
            Some(segment) if offset <= segment.prose.start => segment.source.start,
            Some(segment) if segment.literal => segment.source.start + (offset - segment.prose.start),
            Some(segment) => segment.source.start,
            None => self.segments.last().map_or(0, |segment| segment.source.end),
        }
    }

    fn source_end(&self, offset: usize) -> usize {
        let index = self.segments.partition_point(|segment| segment.prose.start < offset);
        match index.checked_sub(1).map(|index| self.segments[index]) {
            Some(segment) if offset >= segment.prose.end => segment.source.end,
            Some(segment) if segment.literal => segment.source.start + (offset - segment.prose.start),
            Some(segment) => segment.source.end,
            None => 0,
        }
    }
}

/// Builds the prose of a marked-up text, piece by piece, in the order of the source.
#[derive(Default)]
pub struct ProseBuilder {
    text: String,
    blocks: Vec<Block>,
    verbatim: Vec<Span>,
    in_verbatim: bool,
    segments: Vec<Segment>,
    open: Option<(usize, Role)>,
}

impl ProseBuilder {
    /// Starts a block. What was open before ends.
    pub fn open(&mut self, role: Role) {
        self.close();
        self.open = Some((self.text.len(), role));
    }

    /// Ends the open block, if any. A blank block leaves no trace among the blocks.
    pub fn close(&mut self) {
        let Some((start, role)) = self.open.take() else { return };
        let span = Span::new(start, self.text.len());
        if !span.of(&self.text).trim().is_empty() {
            self.blocks.push(Block { span, role });
        }
        if !span.is_empty() {
            self.text.push('\n');
        }
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The prose of the open block so far.
    pub fn open_text(&self) -> &str {
        self.open.map_or("", |(start, _)| &self.text[start..])
    }

    /// Whether what is pushed from here on is no prose though it stands within it, such as inline code.
    pub fn set_verbatim(&mut self, verbatim: bool) {
        self.in_verbatim = verbatim;
    }

    /// Adds `text`, which stands for the bytes `source` of the source: the same characters, or, where the lengths differ,
    /// what an entity or a line break stands for.
    pub fn push(&mut self, text: &str, source: Span) {
        self.add(text, source, text.len() == source.len());
    }

    /// Adds `text`, which stands for other characters in the source even where it is as long as they are.
    pub fn push_stand_in(&mut self, text: &str, source: Span) {
        self.add(text, source, false);
    }

    fn add(&mut self, text: &str, source: Span, literal: bool) {
        if text.is_empty() {
            return;
        }
        let prose = Span::new(self.text.len(), self.text.len() + text.len());
        self.text.push_str(text);
        if self.in_verbatim {
            match self.verbatim.last_mut() {
                Some(last) if last.end == prose.start => last.end = prose.end,
                _ => self.verbatim.push(prose),
            }
        }
        if let Some(last) = self.segments.last_mut()
            && last.prose.end == prose.start
            && last.source.end == source.start
            && last.literal
            && literal
        {
            last.prose.end = prose.end;
            last.source.end = source.end;
            return;
        }
        self.segments.push(Segment { prose, source, literal });
    }

    /// The finished prose.
    pub fn finish(mut self) -> Prose {
        self.close();
        if self.segments.is_empty() {
            self.segments.push(Segment { prose: Span::at(0), source: Span::at(0), literal: true });
        }
        Prose { text: self.text.into(), blocks: self.blocks, verbatim: self.verbatim, segments: self.segments }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_maps_back_across_markup_and_entities() {
        let text = "<p>教<b>育</b>&amp;局</p>";
        let mut builder = ProseBuilder::default();
        builder.open(Role::Text);
        builder.push("教", Span::new(3, 6));
        builder.push("育", Span::new(9, 12));
        builder.push("&", Span::new(16, 21));
        builder.push("局", Span::new(21, 24));
        let prose = builder.finish();
        assert_eq!(&*prose.text, "教育&局\n");
        assert_eq!(prose.to_source(Span::new(0, 6)).of(text), "教<b>育");
        assert_eq!(prose.to_source(Span::new(6, 10)).of(text), "&amp;局");
        assert_eq!(prose.to_source_exact(Span::new(3, 6)).unwrap().of(text), "育");
        assert_eq!(prose.to_source_exact(Span::new(6, 7)).unwrap().of(text), "&amp;");
        assert_eq!(prose.to_source_exact(Span::new(0, 6)), None);
        assert_eq!(prose.to_source_exact(Span::new(6, 10)), None);
    }
}
