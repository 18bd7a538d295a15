//! Which characters stand side by side in Chinese, and which of these pairs are words. Two characters that nobody writes
//! one after the other are the surest sign of a slip; a character that makes a word with its neighbour, of usage.

use super::packed::Packed;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of two characters side by side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tie {
    /// Nobody writes them so.
    None,
    /// They are written so.
    Seen,
    /// They are a word.
    Word,
}

/// Pairs of characters.
#[derive(Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pairs {
    /// The first characters, sorted.
    firsts: Packed<u16>,
    /// For each, where its second characters end.
    ends: Packed<u32>,
    /// The second characters, in order: twice the number of each, and one more when the two are a word.
    seconds: Packed<u16>,
}

/// The first of the characters that are counted.
const FIRST: u32 = 0x4e00;

impl Pairs {
    /// Takes rows of a first character, those that make a word with it and those that else follow it.
    pub fn new<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) -> Pairs {
        let mut followers: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
        for (first, words, others) in rows {
            let Some(first) = first.chars().next().and_then(number) else { continue };
            let seconds = followers.entry(first).or_default();
            for (characters, mark) in [(words, 1), (others, 0)] {
                seconds.extend(characters.chars().filter_map(number).map(|second| second * 2 + mark));
            }
        }
        let mut pairs = Pairs::default();
        for (first, seconds) in followers {
            pairs.firsts.push(first);
            pairs.seconds.extend(seconds);
            pairs.ends.push(pairs.seconds.len() as u32);
        }
        pairs
    }

    /// What is known of two characters side by side. Of rare ones nothing is said against.
    pub fn tie(&self, first: char, second: char) -> Tie {
        let (Some(first), Some(second)) = (number(first), number(second)) else { return Tie::Seen };
        let row = self.firsts.lower_bound(0, self.firsts.len(), &first, |first| first);
        if row == self.firsts.len() || self.firsts.at(row) != first {
            return Tie::None;
        }
        let (start, end) = (row.checked_sub(1).map_or(0, |before| self.ends.at(before)), self.ends.at(row));
        let place = self.seconds.lower_bound(start as usize, end as usize, &second, |marked| marked / 2);
        match (place < end as usize).then(|| self.seconds.at(place)) {
            Some(marked) if marked / 2 == second && marked % 2 == 1 => Tie::Word,
            Some(marked) if marked / 2 == second => Tie::Seen,
            _ => Tie::None,
        }
    }
}

fn number(c: char) -> Option<u16> {
    let number = u32::from(c).checked_sub(FIRST)?;
    u16::try_from(number).ok().filter(|&number| number <= u16::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_told() {
        let pairs = Pairs::new([("振", "兴动", "幅"), ("乡", "村", ""), ("〇", "一", "")]);
        let stored = postcard::to_stdvec(&pairs).unwrap().leak();
        let pairs: Pairs = postcard::from_bytes(stored).unwrap();
        for (first, second, tie) in [
            ('振', '兴', Tie::Word),
            ('振', '动', Tie::Word),
            ('振', '幅', Tie::Seen),
            ('振', '村', Tie::None),
            ('村', '振', Tie::None),
            ('〇', '一', Tie::Seen),
            ('一', '〇', Tie::Seen),
        ] {
            assert_eq!(pairs.tie(first, second), tie, "{first}{second}");
        }
    }
}
