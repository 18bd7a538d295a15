//! The terms, made ready for a search: pieces of them to look for, and what the text around a piece is judged by.
//!
//! A slip leaves one of two pieces of a term as it is, the head or the tail; the text around a piece that is found is set
//! against the term. Only characters that are exchanged across the two need pieces of their own.

use super::anchors::Anchors;
use super::compare::{Edit, Likeness, WIDTH, compare_backward, compare_forward};
use super::evidence::{Certainty, Slip, weigh};
use super::packed::Joined;
use super::pairs::Pairs;
use super::pieces::{PIECES, Piece, heads, trials};
use super::shape::{Kind, Shape, shape_of};
use crate::document::character::is_han;
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The fewest characters of a term.
const SHORTEST: usize = 4;

/// Fixed terms in a form that is quickly read and searched for.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Terms {
    /// What is looked for; each number is a term and a [`Piece`].
    anchors: Anchors,
    words: Joined,
    /// Of each, the length of its head, in characters.
    heads: Vec<u8>,
    kinds: Vec<Kind>,
    /// For each term, texts that are no slips, parted by 、.
    not_when: Joined,
    /// For each term, what differs from it in one character and is no slip, parted by 、.
    usages: Joined,
    /// By what unlike, further and missing characters are told from usage; without it they are not.
    pairs: Option<Pairs>,
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
    /// How sure it is.
    pub certainty: Certainty,
}

/// A term as a table tells it.
#[derive(Clone, Copy, Default)]
pub struct Row<'a> {
    /// The term.
    pub word: &'a str,
    /// The name of its kind.
    pub kind: &'a str,
    /// Texts beside which nothing is a slip of it, parted by 、.
    pub not_when: &'a str,
    /// Texts that differ from it in one character and are no slips, parted by 、.
    pub usages: &'a str,
}

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} terms", self.words.len())
    }
}

impl Terms {
    /// Prepares terms. The error, in Chinese, names a term that is too short or not in Chinese characters.
    pub fn new<'a>(
        rows: impl IntoIterator<Item = Row<'a>>,
        alike: &[&str],
        pairs: Option<Pairs>,
    ) -> Result<Terms, String> {
        let rows: Vec<(Vec<char>, Kind, Row<'a>)> =
            rows.into_iter().map(|row| (row.word.chars().collect(), Kind::of(row.kind), row)).collect();
        if let Some((.., row)) = rows
            .iter()
            .find(|(word, ..)| word.len() < SHORTEST || !word.iter().all(|&c| is_han(c) && c.len_utf8() == WIDTH))
        {
            return Err(format!("“{}”一行应为四个以上汉字", row.word));
        }
        let heads = heads(&rows);
        let mut terms = Terms {
            anchors: Anchors::new(&trials(&rows, &heads, pairs.as_ref())),
            words: Joined::default(),
            heads: Vec::new(),
            kinds: Vec::new(),
            not_when: Joined::default(),
            usages: Joined::default(),
            alike: Vec::new(),
            pairs,
        };
        for ((_, kind, row), head) in rows.iter().zip(heads) {
            terms.words.push(row.word);
            terms.heads.push(head as u8);
            terms.kinds.push(*kind);
            terms.not_when.push(row.not_when);
            terms.usages.push(row.usages);
        }
        for (row, characters) in (0u16..).zip(alike) {
            terms.alike.extend(characters.chars().map(|c| (c, row)));
        }
        terms.alike.sort_unstable();
        Ok(terms)
    }

    /// A term.
    pub fn word(&self, term: usize) -> &str {
        self.words.at(term)
    }

    /// All near misses in a text, in order, none overlapping: of two that overlap, the surer or else the longer.
    pub fn search(&self, text: &str) -> Vec<Miss> {
        // What is set right by being the term itself, and what differs in one slip; few texts have any of the latter.
        let mut exact: Vec<Span> = Vec::new();
        let mut near: Vec<(Miss, Edit)> = Vec::new();
        self.anchors.each(text, |number, start| {
            let (term, piece) = (number / PIECES, Piece::of(number % PIECES));
            let word = self.word(term as usize).as_bytes();
            let mut judge = |likeness| match likeness {
                Likeness::Exact => exact.push(Span::new(start, start + word.len())),
                Likeness::Near(edit, start, end) => {
                    if let Some(miss) = self.judge(text, term, edit, Span::new(start, end)) {
                        near.push((miss, edit));
                    }
                }
            };
            let is_here = |piece: &[u8]| text.as_bytes()[start..].starts_with(piece);
            let (head, tail) = word.split_at(usize::from(self.heads[term as usize]) * WIDTH);
            match piece {
                Piece::Head if is_here(head) => compare_forward(text, start, word, head.len(), judge),
                Piece::Tail if is_here(tail) => compare_backward(text, start + tail.len(), word, tail.len(), judge),
                Piece::Head | Piece::Tail => {}
                Piece::Swapped => {
                    let place = head.len() / WIDTH - 1;
                    if is_changed(&text.as_bytes()[start..], word, place, place + 1) {
                        judge(Likeness::Near(Edit::Swap { place }, start, start + word.len()));
                    }
                }
                Piece::Exchanged(first, second) => {
                    if is_changed(&text.as_bytes()[start..], word, first, second) {
                        judge(Likeness::Near(Edit::Exchange { first, second }, start, start + word.len()));
                    }
                }
            }
        });
        if near.is_empty() {
            return Vec::new();
        }
        exact.sort_unstable();
        exact.dedup();
        let longest = (0..self.words.len()).map(|term| self.word(term).len()).max().unwrap_or(0);
        let is_exact = |at: usize| {
            let from = exact.partition_point(|span| span.start + longest <= at);
            exact[from..].iter().take_while(|span| span.start <= at).any(|span| at < span.end)
        };
        near.retain(|(miss, edit)| {
            !is_in_term(miss.shape, *edit, |place| is_exact(miss.span.start + place * WIDTH))
                && !self.is_usage(text, miss)
        });
        let mut misses: Vec<Miss> = near.into_iter().map(|(miss, _)| miss).collect();
        misses.sort_unstable_by_key(|miss| {
            (miss.certainty, std::cmp::Reverse(miss.span.len()), miss.span.start, miss.shape, miss.term)
        });
        let mut longest: Vec<Miss> = Vec::new();
        for miss in misses {
            if !longest.iter().any(|longer| longer.span.overlaps(miss.span)) {
                longest.push(miss);
            }
        }
        longest.sort_unstable_by_key(|miss| miss.span);
        longest
    }

    /// A difference from a term, if it is a slip.
    fn judge(&self, text: &str, term: u32, edit: Edit, span: Span) -> Option<Miss> {
        let number = term as usize;
        let mut word = ['\0'; u8::MAX as usize];
        let mut length = 0;
        for (room, c) in word.iter_mut().zip(self.word(number).chars()) {
            *room = c;
            length += 1;
        }
        let (word, kind) = (&word[..length], self.kinds[number]);
        let shape = shape_of(word, kind, edit, |a, b| self.are_alike(a, b))?;
        let certainty = match shape {
            Shape::Other | Shape::Extra | Shape::Missing => {
                let beside = (text[..span.start].chars().next_back(), text[span.end..].chars().next());
                let slip = Slip {
                    word,
                    kind,
                    usages: self.usages.at(number),
                    written: span.of(text),
                    edit,
                    beside: (beside.0.filter(|&c| is_han(c)), beside.1.filter(|&c| is_han(c))),
                };
                weigh(&slip, self.pairs.as_ref()?)?
            }
            _ => Certainty::Certain,
        };
        Some(Miss { span, term, shape, certainty })
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
        let usages = self.not_when.at(miss.term as usize);
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

/// Whether a text is a term but that two of its characters are exchanged.
fn is_changed(text: &[u8], word: &[u8], first: usize, second: usize) -> bool {
    let places = 0..word.len() / WIDTH;
    let of = |word: &[u8], place: usize| [0, 1, 2].map(|byte| word[place * WIDTH + byte]);
    text.len() >= word.len()
        && places.into_iter().all(|place| {
            let from = match place {
                _ if place == first => second,
                _ if place == second => first,
                _ => place,
            };
            of(text, place) == of(word, from)
        })
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

    fn terms(pairs: Option<Pairs>) -> Terms {
        let rows = ROWS.map(|(word, kind, not_when)| Row { word, kind, not_when, usages: "" });
        Terms::new(rows, &["除险", "实时", "法发", "强墙", "会汇"], pairs).unwrap()
    }

    fn pairs() -> Pairs {
        Pairs::new([
            ("斗", "争恶", "黑"),
            ("黑", "", "斗"),
            ("加", "强", ""),
            ("产", "", "发"),
            ("执", "法", ""),
            ("会", "议", ""),
        ])
    }

    fn found(text: &str) -> Vec<(&str, String, Shape)> {
        let terms = terms(Some(pairs()));
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
            ("扫黑花恶", "扫黑除恶", Shape::Other),
            ("扫黑花除恶", "扫黑除恶", Shape::Extra),
            ("扫除恶", "扫黑除恶", Shape::Missing),
            ("花黑除恶", "扫黑除恶", Shape::Other),
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
    fn nothing_is_said_of_unlike_characters_without_pairs() {
        let terms = terms(None);
        let shapes = |text: &str| terms.search(text).iter().map(|miss| miss.shape).collect::<Vec<_>>();
        assert_eq!(shapes("扫黑花恶，扫黑花除恶，扫除恶，花黑除恶，人民代表大会常花委员会"), []);
        assert_eq!(shapes("扫黑险恶"), [Shape::Alike]);
    }

    #[test]
    fn the_longer_of_two_that_overlap_is_reported() {
        let longer = ("人民代表大汇常务委员会", "人民代表大会常务委员会".to_owned(), Shape::Alike);
        assert_eq!(found("人民代表大汇常务委员会"), [longer]);
    }

    #[test]
    fn terms_are_four_or_more_chinese_characters() {
        for word in ["三个字", "第4套方案", ""] {
            assert!(Terms::new([Row { word, kind: "phrase", ..Row::default() }], &[], None).is_err(), "{word}");
        }
    }

    #[test]
    fn what_is_stored_finds_the_same() {
        let terms = terms(Some(pairs()));
        let stored = postcard::to_stdvec(&terms).unwrap().leak();
        let read: Terms = postcard::from_bytes(stored).unwrap();
        let text = "扫黑险恶，防腐拒变，人民代表大会常务委会";
        assert_eq!(read.search(text).len(), 3);
        assert_eq!(read.search(text), terms.search(text));
    }
}
