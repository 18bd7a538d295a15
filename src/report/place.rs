//! Lines and columns of many offsets of one text.

use crate::source::{Position, Source};

/// Turns offsets into positions, counting from the last one asked for: findings come in order, and a line may be a
/// hundred thousand characters long.
pub(crate) struct Places<'a> {
    source: &'a Source,
    last: (usize, Position),
}

impl<'a> Places<'a> {
    /// Places of `source`.
    pub(crate) fn new(source: &'a Source) -> Places<'a> {
        Places { source, last: (0, Position { line: 1, column: 1 }) }
    }

    /// Line and column of a byte offset of the text.
    pub(crate) fn at(&mut self, offset: usize) -> Position {
        let text = &self.source.text;
        let (last_offset, last) = self.last;
        let line = self.source.lines().line_of(offset) + 1;
        let position = if line != last.line {
            self.source.position(offset)
        } else if offset >= last_offset {
            Position { line, column: last.column + text[last_offset..offset].chars().count() }
        } else {
            Position { line, column: last.column - text[offset..last_offset].chars().count() }
        };
        self.last = (offset, position);
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_source_in_any_order() {
        let source = Source::plain("a", "甲𠮷乙\r\n丙丁，戊。\n\n己");
        let mut places = Places::new(&source);
        let offsets: Vec<usize> =
            (0..=source.text.len()).filter(|offset| source.text.is_char_boundary(*offset)).collect();
        let there_and_back = offsets.iter().chain(offsets.iter().rev()).chain(&[8, 0, 20, 13]);
        for &offset in there_and_back.filter(|offset| source.text.is_char_boundary(**offset)) {
            assert_eq!(places.at(offset), source.position(offset), "at {offset}");
        }
    }
}
