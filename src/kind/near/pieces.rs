//! The pieces of terms that a text is searched for, and by which two characters each is found.

use super::anchors::{Around, Trial};
use super::pairs::{Pairs, Tie};
use super::shape::Kind;
use super::terms::Row;
use std::collections::BTreeMap;

/// The fewest characters of a piece.
const PIECE: usize = 2;

/// The fewest characters of a piece of a term that is long enough for two such.
const LONGER_PIECE: usize = 3;

/// What of a term is looked for.
#[derive(Clone, Copy)]
pub enum Piece {
    /// Its beginning.
    Head,
    /// The rest.
    Tail,
    /// All of it, but that the last of the head and the first of the tail are exchanged.
    Swapped,
    /// All of it, but that two characters that do not touch are exchanged.
    Exchanged(usize, usize),
}

/// Exchanges looked for in idioms of four characters.
const EXCHANGES: [(usize, usize); 3] = [(0, 2), (1, 3), (0, 3)];

/// Pieces of one term that have a number.
pub const PIECES: u32 = 3 + EXCHANGES.len() as u32;

impl Piece {
    fn number(self) -> u32 {
        match self {
            Piece::Head => 0,
            Piece::Tail => 1,
            Piece::Swapped => 2,
            Piece::Exchanged(first, second) => {
                3 + EXCHANGES.iter().position(|&known| known == (first, second)).unwrap_or_default() as u32
            }
        }
    }

    /// The piece with a number.
    pub fn of(number: u32) -> Piece {
        match number {
            0 => Piece::Head,
            1 => Piece::Tail,
            2 => Piece::Swapped,
            other => {
                let (first, second) = EXCHANGES[other as usize - 3];
                Piece::Exchanged(first, second)
            }
        }
    }
}

/// Whether exchanging two characters of an idiom makes neither the same text nor one that reads as well.
fn is_exchangeable(word: &[char], kind: Kind, pair: (usize, usize)) -> bool {
    let others = match pair {
        (0, 2) => (1, 3),
        (1, 3) => (0, 2),
        _ => (0, 0),
    };
    kind == Kind::Idiom
        && word.len() == 4
        && word[pair.0] != word[pair.1]
        && (others == (0, 0) || word[others.0] != word[others.1])
}

fn exchanged(word: &[char], first: usize, second: usize) -> Vec<char> {
    let mut exchanged = word.to_vec();
    exchanged.swap(first, second);
    exchanged
}

/// Where each term is best parted: where the fewest other terms share a piece, as each that does is tried wherever the piece
/// is found. The names of laws begin alike, so their heads are long.
pub fn heads(rows: &[(Vec<char>, Kind, Row<'_>)]) -> Vec<usize> {
    let mut shared: BTreeMap<(bool, &[char]), usize> = BTreeMap::new();
    let cuts = |word: &[char]| {
        let piece = if word.len() < 2 * LONGER_PIECE { PIECE } else { LONGER_PIECE };
        piece..word.len() + 1 - piece
    };
    for (word, ..) in rows {
        for cut in cuts(word) {
            *shared.entry((true, &word[..cut])).or_default() += 1;
            *shared.entry((false, &word[cut..])).or_default() += 1;
        }
    }
    let best = |word: &[char]| {
        cuts(word).min_by_key(|&cut| {
            (shared[&(true, &word[..cut])] + shared[&(false, &word[cut..])], cut.abs_diff(word.len() / 2))
        })
    };
    rows.iter().map(|(word, ..)| best(word).unwrap_or_default()).collect()
}

/// By which two characters each piece is looked for.
pub fn trials(
    rows: &[(Vec<char>, Kind, Row<'_>)],
    heads: &[usize],
    pairs: Option<&Pairs>,
) -> BTreeMap<(char, char), Vec<Trial>> {
    let mut shared: BTreeMap<&[char], usize> = BTreeMap::new();
    for (word, ..) in rows {
        word.windows(2).for_each(|two| *shared.entry(two).or_default() += 1);
    }
    // Words are met most often.
    let is_word = |two: &[char]| pairs.is_some_and(|pairs| pairs.tie(two[0], two[1]) == Tie::Word);
    let rarest = |piece: &[char]| {
        let places = 0..piece.len() - 1;
        let place = places.min_by_key(|&place| (is_word(&piece[place..place + 2]), shared[&piece[place..place + 2]]));
        place.unwrap_or_default()
    };
    let mut trials: BTreeMap<(char, char), Vec<Trial>> = BTreeMap::new();
    for (index, ((word, kind, _), &head)) in (0u32..).zip(rows.iter().zip(heads)) {
        let mut add = |piece: Piece, two: &[char], inside: usize, around: Around| {
            let trial = Trial { piece: index * PIECES + piece.number(), inside: inside as u8, around };
            trials.entry((two[0], two[1])).or_default().push(trial);
        };
        let mut add_piece = |piece: Piece, text: &[char], near: Around| {
            let place = rarest(text);
            let around = match text.get(place + 2) {
                Some(&after) => Around::After(after),
                None => place.checked_sub(1).map_or(near, |before| Around::Before(text[before])),
            };
            add(piece, &text[place..place + 2], place, around);
        };
        add_piece(Piece::Head, &word[..head], Around::NearAfter(word[head], word[head + 1]));
        add_piece(Piece::Tail, &word[head..], Around::NearBefore(word[head - 1], word[head - 2]));
        if word[head - 1] != word[head] {
            let text = exchanged(word, head - 1, head);
            add(Piece::Swapped, &text[head - 1..=head], head - 1, Around::Before(text[head - 2]));
        }
        for (first, second) in EXCHANGES.into_iter().filter(|&pair| is_exchangeable(word, *kind, pair)) {
            let text = exchanged(word, first, second);
            add(Piece::Exchanged(first, second), &text[..2], 0, Around::After(text[2]));
        }
    }
    trials
}
