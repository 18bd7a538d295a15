//! Sets of characters, told at once for those that most texts consist of.

use crate::source::Span;
use regex_syntax::hir::ClassUnicode;
use serde::{Deserialize, Serialize};
use std::ops::{Range, RangeInclusive};

/// The Chinese characters that are in use.
const HAN: (char, char) = ('一', '龥');

/// Bytes with which in UTF-8 nothing begins but Chinese characters in use, of three bytes each.
const HAN_LEADS: RangeInclusive<u8> = 0xe5..=0xe8;

/// The first of the marks written 、。《》, and of those written ，：（）, each with the 63 characters after it.
const MARKS: [u32; 2] = [0x3000, 0xff00];

/// A set of characters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Characters {
    /// Sorted, none touching another.
    ranges: Vec<(char, char)>,
    /// Which of the ASCII characters are in it, a bit each.
    ascii: u128,
    /// Which of the marks of either kind are in it, a bit each.
    marks: [u64; 2],
    /// Whether most Chinese characters are in it.
    han: bool,
    /// Of the Chinese characters with which it is otherwise, the last seven bits of the code: all that have other bits are
    /// as most are.
    other_han: u128,
}

impl Characters {
    /// The characters of a class.
    pub fn of(class: &ClassUnicode) -> Characters {
        let ranges: Vec<(char, char)> = class.ranges().iter().map(|range| (range.start(), range.end())).collect();
        let (first, last) = (HAN.0 as u32, HAN.1 as u32);
        let within = |&(from, to): &(char, char)| (from as u32).max(first)..(to as u32).min(last) + 1;
        let count: usize = ranges.iter().map(|range| within(range).len()).sum();
        let mut characters = Characters { han: 2 * count as u32 > last - first, ranges, ..Characters::default() };
        characters.ascii = (0..128).filter(|&code| characters.ranges_hold(code)).map(|code| 1 << code).sum();
        characters.marks =
            MARKS.map(|first| (0..64).filter(|at| characters.ranges_hold(first + at)).map(|at| 1 << at).sum());
        let bits =
            |codes: Range<u32>| if codes.len() < 128 { codes.fold(0, |all, code| all | bit_of(code)) } else { !0 };
        let mut next = first;
        for range in &characters.ranges {
            let held = within(range);
            if !held.is_empty() {
                characters.other_han |= if characters.han { bits(next..held.start) } else { bits(held.clone()) };
                next = held.end;
            }
        }
        if characters.han {
            characters.other_han |= bits(next..last + 1);
        }
        characters
    }

    /// Whether `c` is one of them.
    pub fn hold(&self, c: char) -> bool {
        let code = c as u32;
        match code {
            _ if HAN.0 <= c && c <= HAN.1 && self.other_han & bit_of(code) == 0 => self.han,
            0..128 => self.ascii >> code & 1 == 1,
            _ if code & !63 == MARKS[0] => self.marks[0] >> (code & 63) & 1 == 1,
            _ if code & !63 == MARKS[1] => self.marks[1] >> (code & 63) & 1 == 1,
            _ => self.ranges_hold(code),
        }
    }

    fn ranges_hold(&self, code: u32) -> bool {
        let next = self.ranges.partition_point(|&(_, last)| (last as u32) < code);
        self.ranges.get(next).is_some_and(|&(first, _)| first as u32 <= code)
    }

    /// Where the character at `at` ends, when it is one of them.
    pub fn end_at(&self, text: &str, at: usize) -> Option<usize> {
        if self.is_as_most_han(text.as_bytes(), at) {
            return self.han.then_some(at + 3);
        }
        let c = text[at..].chars().next()?;
        self.hold(c).then(|| at + c.len_utf8())
    }

    /// Where the first of them begins, from `at` on.
    pub fn find_from(&self, text: &str, mut at: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        loop {
            while !self.han && self.is_as_most_han(bytes, at) {
                at += 3;
            }
            let c = text[at..].chars().next()?;
            if self.hold(c) {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }

    /// The stretch of them around `middle`, within `limits`; what lies in the middle is not asked.
    pub fn around(&self, text: &str, middle: Span, limits: Span) -> Span {
        let Span { mut start, mut end } = middle;
        while end < limits.end
            && let Some(next) = self.end_at(text, end)
        {
            end = next;
        }
        while start > limits.start {
            let length = match start.checked_sub(3) {
                Some(before) if self.is_as_most_han(text.as_bytes(), before) => 3 * usize::from(self.han),
                _ => {
                    let before = text[..start].chars().next_back().filter(|&c| self.hold(c));
                    before.map_or(0, char::len_utf8)
                }
            };
            if length == 0 {
                break;
            }
            start -= length;
        }
        Span::new(start, end)
    }

    /// Whether a Chinese character begins at `at` that is in the set if most are. It is not read for that.
    fn is_as_most_han(&self, bytes: &[u8], at: usize) -> bool {
        match bytes.get(at..at + 3) {
            Some(&[lead, middle, last]) if HAN_LEADS.contains(&lead) => {
                let code = u32::from(middle & 1) << 6 | u32::from(last & 63);
                self.other_han & bit_of(code) == 0
            }
            _ => false,
        }
    }

    /// Whether any is one of the others too.
    pub fn meet(&self, other: &Characters) -> bool {
        self.ranges.iter().any(|&(first, last)| other.ranges.iter().any(|&(from, to)| first <= to && from <= last))
    }

    /// The character it is when it is a single one.
    pub fn only(&self) -> Option<char> {
        match self.ranges[..] {
            [(first, last)] if first == last => Some(first),
            _ => None,
        }
    }
}

/// The bit of a character's last seven.
fn bit_of(code: u32) -> u128 {
    1 << (code & 127)
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex_syntax::hir::{Class, HirKind};

    #[test]
    fn every_character_is_held_as_the_class_says() {
        for source in [
            r"[^，。\n]",
            r"\p{Han}",
            "[0-9０-９一-十，]",
            r"[\s、]",
            "[^一龥]",
            "[a-z鿿-𠀋]",
            "[日节约]",
            "[^章节]",
            "[一-丽]",
            "[丽-龥]",
            "[^丽-久]",
        ] {
            let HirKind::Class(Class::Unicode(class)) = regex_syntax::parse(source).unwrap().into_kind() else {
                panic!("{source}")
            };
            let characters = Characters::of(&class);
            for c in (0..0x30000).filter_map(char::from_u32) {
                let held = class.ranges().iter().any(|range| range.start() <= c && c <= range.end());
                assert_eq!(characters.hold(c), held, "{source} {c}");
                let text = c.to_string();
                assert_eq!(characters.end_at(&text, 0), held.then_some(text.len()), "{source} {c}");
                assert_eq!(characters.find_from(&text, 0), held.then_some(0), "{source} {c}");
                let (whole, middle) = (Span::new(0, 2 * text.len()), Span::at(text.len()));
                let around = if held { whole } else { middle };
                assert_eq!(characters.around(&text.repeat(2), middle, whole), around, "{source} {c}");
            }
        }
    }
}
