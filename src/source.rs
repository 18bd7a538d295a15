//! A text that was read: its name, its decoded characters, its lines, and the prose in it.
//!
//! Every position inside kanwu is a byte offset. Two texts exist for a file in a markup language: the *source* (what the
//! file holds, decoded) and the *prose* (what a reader of the document sees). Rules look at the prose; findings are
//! carried back to the source by [`Prose::to_source`]. For plain text the two are the same.

use std::ops::Range;
use std::sync::Arc;

/// A half-open range of byte offsets into a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte, from 0.
    pub start: usize,
    /// One past the last byte; never less than `start`.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`. Panics when `end < start`.
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end, "span ends at {end}, before its start {start}");
        Span { start, end }
    }

    /// An empty span at `offset`.
    pub fn at(offset: usize) -> Span {
        Span { start: offset, end: offset }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span, `by` bytes further on.
    pub fn shifted(self, by: usize) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The text under the span. Panics when the span is not on character boundaries of `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A place for people: line and column, both from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// Line number, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// Where each line of a text starts. Lines end at LF, CR or CRLF only.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(1 + text.len() / 64);
        starts.push(0);
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Lines { starts }
    }

    /// How many lines there are; a text that ends with a line end has one last, empty line.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, that holds the byte at `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The bytes of line `line` (from 0) without its line end. Panics when there is no such line.
    pub fn span(&self, text: &str, line: usize) -> Span {
        let start = self.starts[line];
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let ends = text.as_bytes()[start..end].iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        Span::new(start, end - ends)
    }
}

/// How a text was encoded in its file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Encoding {
    /// The name shown to people and in JSON, such as `UTF-8` or `GB18030`.
    pub name: EncodingName,
    /// Whether the file began with a byte-order mark.
    pub byte_order_mark: bool,
}

/// The encodings kanwu reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum EncodingName {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// GB18030, of which GBK and GB 2312 are parts.
    Gb18030,
}

impl std::fmt::Display for EncodingName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            EncodingName::Utf8 => "UTF-8",
            EncodingName::Utf16Le => "UTF-16LE",
            EncodingName::Utf16Be => "UTF-16BE",
            EncodingName::Gb18030 => "GB18030",
        })
    }
}

/// One text to be checked.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name findings carry, usually the path as given.
    pub name: String,
    /// The decoded text, without a byte-order mark.
    pub text: Arc<str>,
    /// How the file was encoded.
    pub encoding: Encoding,
    /// The part of the text that people read.
    pub prose: Prose,
    lines: Lines,
}

impl Source {
    /// A plain text, each of whose lines is a block of prose.
    pub fn plain(name: impl Into<String>, text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        let lines = Lines::new(&text);
        let prose = Prose::of_lines(text.clone(), &lines);
        Source { name: name.into(), text, encoding: Encoding::default(), prose, lines }
    }

    /// A text whose prose a reader of its markup has extracted.
    pub fn with_prose(name: impl Into<String>, text: impl Into<Arc<str>>, prose: Prose) -> Source {
        let text = text.into();
        let lines = Lines::new(&text);
        Source { name: name.into(), text, encoding: Encoding::default(), prose, lines }
    }

    /// The lines of the decoded text.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Line and column of a byte offset into the decoded text. Panics when `offset` is not on a character boundary.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.lines.line_of(offset);
        let start = self.lines.span(&self.text, line).start;
        Position { line: line + 1, column: self.text[start..offset].chars().count() + 1 }
    }
}

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

    fn of_lines(text: Arc<str>, lines: &Lines) -> Prose {
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
    fn lines_end_at_lf_cr_and_crlf_only() {
        let source = Source::plain("a", "一\n二\r三\r\n四\u{2028}四\n");
        let lines: Vec<&str> =
            (0..source.lines().count()).map(|line| source.lines().span(&source.text, line).of(&source.text)).collect();
        assert_eq!(lines, ["一", "二", "三", "四\u{2028}四", ""]);
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::plain("a", "甲𠮷乙\r\n丙");
        let place = |offset| (source.position(offset).line, source.position(offset).column);
        assert_eq!(place(0), (1, 1));
        assert_eq!(place("甲𠮷".len()), (1, 3));
        assert_eq!(place("甲𠮷乙\r\n".len()), (2, 1));
    }

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
