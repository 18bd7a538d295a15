//! Which characters stand side by side in Chinese, and which of these pairs are words. Two characters that nobody writes
//! one after the other are the surest sign of a slip; a character that makes a word with its neighbour, of usage.

use super::packed::Packed;
use serde::{Deserialize, Serialize};

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
        let mut rows: Vec<(u16, Vec<u16>)> = rows
            .into_iter()
            .filter_map(|(first, words, others)| {
                let counted = |seconds: &'a str, mark: u16| {
                    seconds.chars().filter_map(number).map(move |second| second * 2 + mark)
                };
                let mut seconds: Vec<u16> = counted(words, 1).chain(counted(others, 0)).collect();
                seconds.sort_unstable();
                Some((number(first.chars().next()?)?, seconds))
            })
            .collect();
        rows.sort_unstable();
        let mut pairs = Pairs::default();
        for (first, seconds) in rows {
            pairs.firsts.0.push(first);
            pairs.seconds.0.extend(seconds);
            pairs.ends.0.push(pairs.seconds.0.len() as u32);
        }
        pairs
    }

    /// What is known of two characters side by side. Of rare ones nothing is said against.
    pub fn tie(&self, first: char, second: char) -> Tie {
        let (Some(first), Some(second)) = (number(first), number(second)) else { return Tie::Seen };
        let Ok(row) = self.firsts.0.binary_search(&first) else { return Tie::None };
        let start = row.checked_sub(1).map_or(0, |before| self.ends.0[before]);
        let seconds = &self.seconds.0[start as usize..self.ends.0[row] as usize];
        match seconds.binary_search_by_key(&second, |marked| marked / 2) {
            Err(_) => Tie::None,
            Ok(place) if seconds[place] % 2 == 1 => Tie::Word,
            Ok(_) => Tie::Seen,
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
        let stored = postcard::to_stdvec(&pairs).unwrap();
        let pairs: Pairs = postcard::from_bytes(&stored).unwrap();
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
