//! The terms, made ready for a search: pieces of them to look for, and what the text around a piece is judged by.
//!
//! A slip leaves one of two pieces of a term as it is, the head or the tail; the text around a piece that is found is set
//! against the term. Only characters that are exchanged across the two need texts of their own.

use super::compare::{Edit, Likeness, WIDTH, compare_backward, compare_forward};
use super::shape::{Kind, LOOSE, Shape, shape_of};
use crate::document::character::is_han;
use crate::pattern::seeds::Seeds;
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The fewest characters of a term, and of a piece.
const SHORTEST: usize = 4;
const PIECE: usize = 2;

/// How long a term is of which hardly another word makes the greater part.
const LENGTHY: usize = 7;

/// Fixed terms in a form that is quickly read and searched for.
#[derive(Serialize, Deserialize)]
pub struct Terms {
    /// What is looked for; each number is a term and a [`Piece`].
    seeds: Seeds,
    /// All terms, one after the other.
    words: String,
    /// Where each ends, in bytes.
    ends: Vec<u32>,
    /// Of each, the length of its head, in characters.
    heads: Vec<u8>,
    kinds: Vec<Kind>,
    /// Texts that are no slips, parted by 、, for one term after the other.
    not_when: String,
    /// For each term, where its part of `not_when` ends.
    not_when_ends: Vec<u32>,
    /// The rows of alike characters each character stands in, sorted.
    alike: Vec<(char, u16)>,
}

/// A near miss in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// What is written; bytes of the text.
    pub span: Span,
    /// The number of the term.
    pub term: u32,
    /// The shape of the slip.
    pub shape: Shape,
}

/// What of a term a seed is.
#[derive(Clone, Copy)]
enum Piece {
    Head,
    Tail,
    /// All of it, but that the last of the head and the first of the tail are exchanged.
    Swapped,
    /// All of it, but that two characters that do not touch are exchanged.
    Exchanged(usize, usize),
}

/// Exchanges looked for in idioms of four characters.
const EXCHANGES: [(usize, usize); 3] = [(0, 2), (1, 3), (0, 3)];

/// Pieces of one term that have a number.
const PIECES: u32 = 3 + EXCHANGES.len() as u32;

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

    fn of(number: u32) -> Piece {
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

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} terms", self.ends.len())
    }
}

impl Terms {
    /// Prepares terms, each with the name of its kind and the texts that are no slips of it, parted by 、. The error, in
    /// Chinese, names a term that is too short or not in Chinese characters.
    pub fn new<'a>(
        rows: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
        alike: &[&str],
    ) -> Result<Terms, String> {
        let rows: Vec<(Vec<char>, Kind, &str)> =
            rows.into_iter().map(|(word, kind, not_when)| (word.chars().collect(), Kind::of(kind), not_when)).collect();
        let mut terms = Terms {
            seeds: Seeds::default(),
            words: String::new(),
            ends: Vec::new(),
            heads: Vec::new(),
            kinds: Vec::new(),
            not_when: String::new(),
            not_when_ends: Vec::new(),
            alike: Vec::new(),
        };
        let heads = heads(&rows);
        let mut seeds: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (index, ((word, kind, not_when), head)) in (0u32..).zip(rows.iter().zip(heads)) {
            if word.len() < SHORTEST || !word.iter().all(|&c| is_han(c) && c.len_utf8() == WIDTH) {
                return Err(format!("“{}”一行应为四个以上汉字", String::from_iter(word)));
            }
            let mut seed =
                |piece: Piece, text: &[char]| seeds.entry(text.iter().collect()).or_default().push(index * PIECES + piece.number());
            seed(Piece::Head, &word[..head]);
            seed(Piece::Tail, &word[head..]);
            if word[head - 1] != word[head] {
                seed(Piece::Swapped, &exchanged(word, head - 1, head));
            }
            for (first, second) in EXCHANGES.into_iter().filter(|&pair| is_exchangeable(word, *kind, pair)) {
                seed(Piece::Exchanged(first, second), &exchanged(word, first, second));
            }
            terms.words.extend(word);
            terms.ends.push(terms.words.len() as u32);
            terms.heads.push(head as u8);
            terms.kinds.push(*kind);
            terms.not_when.push_str(not_when);
            terms.not_when_ends.push(terms.not_when.len() as u32);
        }
        terms.seeds = Seeds::new(seeds);
        for (row, characters) in (0u16..).zip(alike) {
            terms.alike.extend(characters.chars().map(|c| (c, row)));
        }
        terms.alike.sort_unstable();
        Ok(terms)
    }

    /// A term.
    pub fn word(&self, term: usize) -> &str {
        piece(&self.words, &self.ends, term)
    }

    /// All near misses in a text, in order, none overlapping: of two that overlap, the longer.
    pub fn search(&self, text: &str) -> Vec<Miss> {
        // What is set right by being the term itself, and what differs in one slip; few texts have any of the latter.
        let mut exact: Vec<Span> = Vec::new();
        let mut near: Vec<(Miss, Edit)> = Vec::new();
        self.seeds.each(text, |span, numbers| {
            for &number in numbers {
                let (term, piece) = (number / PIECES, Piece::of(number % PIECES));
                let word = self.word(term as usize);
                let mut judge = |likeness| match likeness {
                    Likeness::Exact => exact.push(Span::new(span.start, span.start + word.len())),
                    Likeness::Near(edit, start, end) => {
                        if let Some(shape) = self.shape(term as usize, edit) {
                            near.push((Miss { span: Span::new(start, end), term, shape }, edit));
                        }
                    }
                };
                match piece {
                    Piece::Head => compare_forward(text, span.start, word.as_bytes(), span.len(), judge),
                    Piece::Tail => compare_backward(text, span.end, word.as_bytes(), span.len(), judge),
                    Piece::Swapped => {
                        let place = usize::from(self.heads[term as usize]) - 1;
                        judge(Likeness::Near(Edit::Swap { place }, span.start, span.end));
                    }
                    Piece::Exchanged(first, second) => {
                        judge(Likeness::Near(Edit::Exchange { first, second }, span.start, span.end));
                    }
                }
            }
        });
        if near.is_empty() {
            return Vec::new();
        }
        exact.sort_unstable();
        exact.dedup();
        let longest = self.ends.iter().scan(0, |last, &end| Some(end - std::mem::replace(last, end))).max().unwrap_or(0);
        let is_exact = |at: usize| {
            let from = exact.partition_point(|span| span.start + (longest as usize) <= at);
            exact[from..].iter().take_while(|span| span.start <= at).any(|span| at < span.end)
        };
        near.retain(|(miss, edit)| {
            !is_in_term(miss.shape, *edit, |place| is_exact(miss.span.start + place * WIDTH))
                && !is_of_next_word(text, miss, *edit)
                && !self.is_usage(text, miss)
        });
        let mut misses: Vec<Miss> = near.into_iter().map(|(miss, _)| miss).collect();
        misses.sort_unstable_by_key(|miss| (std::cmp::Reverse(miss.span.len()), miss.span.start, miss.shape, miss.term));
        let mut longest: Vec<Miss> = Vec::new();
        for miss in misses {
            if !longest.iter().any(|longer| longer.span.overlaps(miss.span)) {
                longest.push(miss);
            }
        }
        longest.sort_unstable_by_key(|miss| miss.span);
        longest
    }

    fn shape(&self, term: usize, edit: Edit) -> Option<Shape> {
        let mut word = ['\0'; u8::MAX as usize];
        let mut length = 0;
        for (room, c) in word.iter_mut().zip(self.word(term).chars()) {
            *room = c;
            length += 1;
        }
        shape_of(&word[..length], self.kinds[term], edit, |a, b| self.are_alike(a, b))
    }

    /// Whether two characters are taken for each other.
    fn are_alike(&self, a: char, b: char) -> bool {
        let rows = |c: char| {
            let from = self.alike.partition_point(|&(other, _)| other < c);
            self.alike[from..].iter().take_while(move |&&(other, _)| other == c).map(|&(_, row)| row)
        };
        rows(a).any(|row| rows(b).any(|other| row == other))
    }

    /// Whether a text that is no slip of the term overlaps the near miss.
    fn is_usage(&self, text: &str, miss: &Miss) -> bool {
        let usages = piece(&self.not_when, &self.not_when_ends, miss.term as usize);
        usages.split('、').filter(|usage| !usage.is_empty()).any(|usage| {
            let bytes = text.as_bytes();
            let from = (miss.span.start + 1).saturating_sub(usage.len());
            let to = (miss.span.end + usage.len() - 1).min(bytes.len());
            bytes[from..to].windows(usage.len()).any(|window| window == usage.as_bytes())
        })
    }
}

/// Whether what was changed is part of a term as it stands; places are those of the text written.
fn is_in_term(shape: Shape, edit: Edit, is_exact: impl Fn(usize) -> bool) -> bool {
    match edit {
        Edit::Replace { place, .. } => is_exact(place),
        // Of a character said twice, either may be the one too many.
        Edit::Insert { place, .. } => is_exact(place) && (shape != Shape::Double || is_exact(place - 1)),
        Edit::Swap { place } => is_exact(place) || is_exact(place + 1),
        Edit::Exchange { first, second } => is_exact(first) || is_exact(second),
        Edit::Leave { place } => is_exact(place - 1) && is_exact(place),
    }
}

/// Whether a character seems to be missing only because the first or the last of the term is part of the word beside it:
/// 加强监督检查 is no slip of 强化监督检查. What is left of a lengthy term is too much to come about so.
fn is_of_next_word(text: &str, miss: &Miss, edit: Edit) -> bool {
    let Edit::Leave { place } = edit else { return false };
    let length = miss.span.len() / WIDTH + 1;
    if length >= LENGTHY {
        return false;
    }
    // Before punctuation and function words no other word begins or ends within the term.
    let is_of_word = |beside: Option<char>| beside.is_some_and(|c| is_han(c) && !LOOSE.contains(c));
    place == 1 && is_of_word(text[..miss.span.start].chars().next_back())
        || place == length - 2 && is_of_word(text[miss.span.end..].chars().next())
}

/// The part of a joined text that has a number.
fn piece<'a>(joined: &'a str, ends: &[u32], number: usize) -> &'a str {
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &joined[start as usize..ends[number] as usize]
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
fn heads(rows: &[(Vec<char>, Kind, &str)]) -> Vec<usize> {
    let mut shared: BTreeMap<(bool, &[char]), usize> = BTreeMap::new();
    let cuts = |word: &[char]| PIECE..(word.len() + 1).saturating_sub(PIECE);
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

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [(&str, &str, &str); 9] = [
        ("扫黑除恶", "phrase", ""),
        ("拒腐防变", "idiom", ""),
        ("贯彻落实", "phrase", ""),
        ("乡村振兴", "phrase", "乡村振兴兴旺"),
        ("失业保险金", "phrase", "失业保险基金"),
        ("强化监督检查", "phrase", ""),
        ("人民代表大会", "institution", ""),
        ("人民代表大会常务委员会", "institution", ""),
        ("安全生产法", "law", ""),
    ];

    fn found(text: &str) -> Vec<(&str, String, Shape)> {
        let terms = Terms::new(ROWS, &["除险", "实时", "法发", "强墙", "会汇"]).unwrap();
        let misses = terms.search(text);
        misses.iter().map(|miss| (miss.span.of(text), terms.word(miss.term as usize).to_owned(), miss.shape)).collect()
    }

    #[test]
    fn tells_slips_by_their_shape() {
        for (slip, right, shape) in [
            ("扫黑险恶", "扫黑除恶", Shape::Alike),
            ("防腐拒变", "拒腐防变", Shape::Exchange),
            ("变腐防拒", "拒腐防变", Shape::Exchange),
            ("贯彻落时", "贯彻落实", Shape::Edge),
            ("墙化监督检查", "强化监督检查", Shape::Edge),
            ("彻贯落实", "贯彻落实", Shape::Swap),
            ("贯落彻实", "贯彻落实", Shape::Swap),
            ("贯彻实落", "贯彻落实", Shape::Swap),
            ("乡村村振兴", "乡村振兴", Shape::Double),
            ("乡村振振兴", "乡村振兴", Shape::Double),
            ("人民代表大会常务花委员会", "人民代表大会常务委员会", Shape::Extra),
            ("人民代表大会常务委会", "人民代表大会常务委员会", Shape::Missing),
            ("人民代大会常务委员会", "人民代表大会常务委员会", Shape::Missing),
            ("人民代表大会常花委员会", "人民代表大会常务委员会", Shape::Other),
            ("人花代表大会常务委员会", "人民代表大会常务委员会", Shape::Other),
        ] {
            for (before, after) in [("", ""), ("要", "。"), ("《", "》工作")] {
                let text = format!("{before}{slip}{after}");
                assert_eq!(found(&text), [(slip, right.to_owned(), shape)], "{text}");
            }
        }
    }

    #[test]
    fn usage_is_no_slip() {
        for text in [
            "扫黑除恶、拒腐防变、贯彻落实、乡村振兴",
            "扫黑斗恶",
            "贯彻和落实",
            "乡村振兴兴旺",
            "失业保险基金",
            "加强监督检查",
            "安全生产发展",
            "安全生产执法",
            "人民代表大会议",
            "乡村，振兴",
            "乡\n村振兴",
            "扫黑𠮷恶",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn the_longer_of_two_that_overlap_is_reported() {
        let longer = ("人民代表大汇常务委员会", "人民代表大会常务委员会".to_owned(), Shape::Alike);
        assert_eq!(found("人民代表大汇常务委员会"), [longer]);
    }

    #[test]
    fn terms_are_four_or_more_chinese_characters() {
        for word in ["三个字", "第4套方案", ""] {
            assert!(Terms::new([(word, "phrase", "")], &[]).is_err(), "{word}");
        }
    }

    #[test]
    fn what_is_stored_finds_the_same() {
        let terms = Terms::new(ROWS, &["除险"]).unwrap();
        let stored = postcard::to_stdvec(&terms).unwrap();
        let read: Terms = postcard::from_bytes(&stored).unwrap();
        let text = "扫黑险恶，防腐拒变，人民代表大会常务委会";
        assert_eq!(read.search(text).len(), 3);
        assert_eq!(read.search(text), terms.search(text));
    }
}
