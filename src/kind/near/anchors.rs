//! Where in a text a piece of a term stands that may be part of a near miss.
//!
//! Every piece is looked for by two adjacent characters of it. The characters around them tell at once whether it is worth
//! to set the text against the term: they do so hardly ever, though the two stand in every other sentence.

use super::compare::WIDTH;
use super::packed::Packed;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// What is tried where two characters stand. Places are characters, counted from the first of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trial {
    /// The piece that is looked for.
    pub piece: u32,
    /// How far into the piece the two characters are.
    pub inside: u8,
    /// What must stand around them.
    pub around: Around,
}

/// What must stand around two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Around {
    /// A character right after them.
    After(char),
    /// A character right before them.
    Before(char),
    /// One of two characters, next after them or next but one.
    NearAfter(char, char),
    /// One of two characters, next before them or next but one.
    NearBefore(char, char),
}

/// Pairs of characters, each with its trials.
pub struct Anchors {
    /// A hash table of the pairs: for each one more than its number, or 0. It is kept small, as memory that is touched for the
    /// first time costs more than a look at the pair itself.
    slots: Vec<u32>,
    /// Which hashes occur at all: it is small, so that asking it first spares most looks into the table.
    known: Vec<u64>,
    stored: Stored,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Stored {
    pairs: Packed<u32>,
    /// For each pair, where its trials end.
    ends: Packed<u32>,
    /// Each trial in three numbers: piece; one character and the other; how far into the piece, and what is around.
    trials: Packed<u32>,
}

/// Numbers per trial.
const PARTS: usize = 3;

/// Bits of the hash that are asked first.
const BITS: u32 = 17;

impl Anchors {
    /// Prepares the search for pairs of characters.
    pub fn new(trials: &BTreeMap<(char, char), Vec<Trial>>) -> Anchors {
        let mut stored = Stored::default();
        for (&(one, next), trials) in trials {
            stored.pairs.push(key(code(one), code(next)));
            for trial in trials {
                let (around, one, other) = match trial.around {
                    Around::After(c) => (0, c, c),
                    Around::Before(c) => (1, c, c),
                    Around::NearAfter(c, d) => (2, c, d),
                    Around::NearBefore(c, d) => (3, c, d),
                };
                let parts = [trial.piece, key(code(one), code(other)), u32::from(trial.inside) << 2 | around];
                stored.trials.extend(parts);
            }
            stored.ends.push((stored.trials.len() / PARTS) as u32);
        }
        Anchors::of(stored)
    }

    fn of(stored: Stored) -> Anchors {
        let mut slots = vec![0; (stored.pairs.len() * 3 / 2 + 1).next_power_of_two()];
        let mut known = vec![0; 1 << (BITS - u64::BITS.ilog2())];
        let mask = slots.len() - 1;
        for (pair, number) in stored.pairs.iter().zip(1u32..) {
            let hash = hash(pair);
            known[hash >> 6] |= 1u64 << (hash & 63);
            let mut slot = hash & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
        }
        Anchors { slots, known, stored }
    }

    /// Tells `each` where a piece may stand: its number, and where it begins, in bytes.
    pub fn each(&self, text: &str, mut each: impl FnMut(u32, usize)) {
        // The two characters are the middle ones of six; all characters of terms have three bytes, others count as none.
        let mut codes = [0; 6];
        let mut places = [0; 4];
        let ahead = [(text.len(), '\0'); 2];
        for (at, c) in text.char_indices().chain(ahead) {
            let new = if c.len_utf8() == WIDTH { code(c) } else { 0 };
            codes = [codes[1], codes[2], codes[3], codes[4], codes[5], new];
            places = [places[1], places[2], places[3], at];
            let [second_before, before, one, next, after, second_after] = codes;
            if one == 0 || next == 0 {
                continue;
            }
            let Some(number) = self.number(key(one, next)) else { continue };
            for trial in self.trials(number) {
                let [piece, characters, form] = trial;
                let (wanted, other) = (characters >> 16, characters & 0xffff);
                let is_worth_it = match form & 3 {
                    0 => after == wanted,
                    1 => before == wanted,
                    2 => after == wanted || after == other || second_after == wanted || second_after == other,
                    _ => before == wanted || before == other || second_before == wanted || second_before == other,
                };
                if is_worth_it && let Some(start) = places[0].checked_sub((form >> 2) as usize * WIDTH) {
                    each(piece, start);
                }
            }
        }
    }

    fn trials(&self, number: usize) -> impl Iterator<Item = [u32; PARTS]> {
        let Stored { ends, trials, .. } = &self.stored;
        let start = number.checked_sub(1).map_or(0, |before| ends.at(before));
        (start as usize..ends.at(number) as usize).map(|trial| [0, 1, 2].map(|part| trials.at(trial * PARTS + part)))
    }

    fn number(&self, pair: u32) -> Option<usize> {
        let hash = hash(pair);
        if self.known[hash >> 6] & 1 << (hash & 63) == 0 {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash & mask;
        loop {
            let number = (self.slots[slot] as usize).checked_sub(1)?;
            if self.stored.pairs.at(number) == pair {
                return Some(number);
            }
            slot = (slot + 1) & mask;
        }
    }
}

impl Serialize for Anchors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.stored.serialize(serializer)
    }
}

impl<'de: 'static> Deserialize<'de> for Anchors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Anchors, D::Error> {
        Stored::deserialize(deserializer).map(Anchors::of)
    }
}

fn code(c: char) -> u32 {
    u32::from(c) & 0xffff
}

fn key(one: u32, next: u32) -> u32 {
    one << 16 | next
}

/// So many bits as are asked first.
fn hash(pair: u32) -> usize {
    (pair.wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_found_by_what_stands_around() {
        let trial = |piece, inside, around| Trial { piece, inside, around };
        let trials = BTreeMap::from([
            (('扫', '黑'), vec![trial(0, 0, Around::NearAfter('除', '恶'))]),
            (('除', '恶'), vec![trial(1, 0, Around::NearBefore('黑', '扫'))]),
            (('主', '义'), vec![trial(2, 2, Around::Before('会')), trial(3, 0, Around::After('社'))]),
        ]);
        let stored = postcard::to_stdvec(&Anchors::new(&trials)).unwrap().leak();
        for anchors in [Anchors::new(&trials), postcard::from_bytes(stored).unwrap()] {
            for (text, found) in [
                ("扫黑除恶", vec![(0, 0), (1, 6)]),
                ("要扫黑a险", vec![]),
                ("要扫黑险恶", vec![(0, 3)]),
                ("é扫除恶", vec![(1, 5)]),
                ("社会主义社", vec![(2, 0), (3, 6)]),
                ("会主义", vec![]),
                ("扫黑", vec![]),
                ("", vec![]),
            ] {
                let mut places = Vec::new();
                anchors.each(text, |piece, start| places.push((piece, start)));
                assert_eq!(places, found, "{text}");
            }
        }
    }
}
