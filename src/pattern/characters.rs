//! Sets of characters, told at once for those that most texts consist of.

use regex_syntax::hir::ClassUnicode;
use serde::{Deserialize, Serialize};

/// The Chinese characters that are in use.
const HAN: (char, char) = ('一', '龥');

/// A set of characters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Characters {
    /// Sorted, none touching another.
    ranges: Vec<(char, char)>,
    /// Whether Chinese characters are in it, when all are or none is.
    han: Option<bool>,
}

impl Characters {
    /// The characters of a class.
    pub fn of(class: &ClassUnicode) -> Characters {
        let ranges: Vec<(char, char)> = class.ranges().iter().map(|range| (range.start(), range.end())).collect();
        let meeting = ranges.iter().find(|&&(first, last)| first <= HAN.1 && HAN.0 <= last);
        let han = match meeting {
            None => Some(false),
            Some(&(first, last)) => (first <= HAN.0 && HAN.1 <= last).then_some(true),
        };
        Characters { ranges, han }
    }

    /// Whether `c` is one of them.
    pub fn hold(&self, c: char) -> bool {
        match self.han {
            Some(held) if HAN.0 <= c && c <= HAN.1 => held,
            _ => self.range_of(c).is_some_and(|&(first, _)| first <= c),
        }
    }

    /// The first range that does not end before `c`.
    fn range_of(&self, c: char) -> Option<&(char, char)> {
        const FEW: usize = 12;
        match self.ranges.len() {
            0..=FEW => self.ranges.iter().find(|&&(_, last)| c <= last),
            _ => self.ranges.get(self.ranges.partition_point(|&(_, last)| last < c)),
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
