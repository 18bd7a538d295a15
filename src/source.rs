//! A text that was read: its name, its decoded characters, its lines, and the prose in it.
//!
//! Every position inside kanwu is a byte offset. Two texts exist for a file in a markup language: the *source* (what the
//! file holds, decoded) and the *prose* (what a reader of the document sees). Rules look at the prose; findings are
//! carried back to the source by [`Prose::to_source`]. For plain text the two are the same.

// The build script compiles this file by its path, from where a module of it would be looked for beside it.
#[path = "source/prose.rs"]
mod prose;

pub use prose::{Block, Prose, ProseBuilder, Role};

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
}
