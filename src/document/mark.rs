//! The marks that quotes, brackets, sentences and fields are told by, found in one walk over the prose.

use crate::source::Span;

/// An enclosing mark, an end mark or a colon, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Its first byte.
    pub start: usize,
    /// What it is.
    pub character: char,
}

impl Mark {
    /// The bytes of the mark.
    pub fn span(self) -> Span {
        Span::new(self.start, self.start + self.character.len_utf8())
    }
}

/// Finds the marks of a text, in order.
pub fn find(text: &str) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut marks = Vec::with_capacity(text.len() / 32);
    let mut rest = bytes;
    loop {
        // No mark begins with E4 to E9, as Han characters do.
        while let [0xe4..=0xe9, _, _, after @ ..] = rest {
            rest = after;
        }
        let start = bytes.len() - rest.len();
        let (length, is_mark) = match rest {
            [b'(' | b')' | b'[' | b']' | b':', ..] => (1, true),
            [0..=0x7f, ..] => (1, false),
            // ‘ ’ “ ”.
            [0xe2, 0x80, 0x98..=0x9d, ..] => (3, true),
            // 。 〈 〉 《 》 【 】 〔 〕.
            [0xe3, 0x80, 0x82 | 0x88..=0x95, ..] => (3, true),
            // ！ （ ） ： ？ ［ ］.
            [0xef, 0xbc, 0x81 | 0x88 | 0x89 | 0x9a | 0x9f | 0xbb | 0xbd, ..] => (3, true),
            [0xc0..=0xdf, ..] => (2, false),
            [0xf0..=0xff, ..] => (4, false),
            [_, ..] => (3, false),
            [] => return marks,
        };
        if is_mark {
            marks.extend(text[start..].chars().next().map(|character| Mark { start, character }));
        }
        rest = &rest[length..];
    }
}

/// Gives the marks within each of several spans that are asked for in order and apart.
pub fn within<'m>(marks: &'m [Mark]) -> impl FnMut(Span) -> &'m [Mark] {
    let mut rest = marks;
    move |span| {
        let before = rest.iter().take_while(|mark| mark.start < span.start).count();
        let inside = rest[before..].iter().take_while(|mark| mark.start < span.end).count();
        let (found, after) = rest[before..].split_at(inside);
        rest = after;
        found
    }
}
