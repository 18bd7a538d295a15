//! How sure it is that a text that differs from a term in one character is a slip and not usage.
//!
//! Two signs speak for a slip: nobody writes the characters side by side that it brings together, and they make no word with
//! what stands around. Terms that are said without their first or last character, or with others in their middle, need more
//! of either.

use super::compare::Edit;
use super::pairs::{Pairs, Tie};
use super::shape::{Kind, LENGTHY, LONG, LOOSE};

/// A text that differs from a term.
pub struct Slip<'a> {
    /// The term.
    pub word: &'a [char],
    /// What the term is.
    pub kind: Kind,
    /// Texts that are no slips, parted by 、; `ANY` in one stands for any character.
    pub usages: &'a str,
    /// What is written.
    pub written: &'a str,
    /// How it differs.
    pub edit: Edit,
    /// The Chinese characters that stand before and after it.
    pub beside: (Option<char>, Option<char>),
}

/// How sure a slip is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Certainty {
    /// No usage is like it.
    Certain,
    /// It may be usage that was never met.
    Doubtful,
}

/// Stands for any character in what is no slip: as the first or last, the term is said without it; in the middle, with
/// others.
const ANY: char = '□';

/// How long a term is of which a word beside it cannot make a part.
const LENGTHIER: usize = 8;

use Certainty::{Certain, Doubtful};

/// How sure it is that a text is a slip; `None` when it is usage.
pub fn weigh(slip: &Slip<'_>, pairs: &Pairs) -> Option<Certainty> {
    let certainty = match slip.edit {
        Edit::Replace { place, by } if place == 0 || place == slip.last() => at_the_edge(slip, pairs, by, place == 0),
        Edit::Replace { place, by } => replaced(slip, pairs, place, by),
        Edit::Insert { place, what } => inserted(slip, pairs, place, what),
        Edit::Leave { place } => left_out(slip, pairs, place),
        Edit::Swap { .. } | Edit::Exchange { .. } => Some(Certain),
    };
    certainty.filter(|_| !slip.is_usage(|usage| usage == slip.written))
}

impl Slip<'_> {
    fn last(&self) -> usize {
        self.word.len() - 1
    }

    fn is_long(&self) -> bool {
        self.word.len() >= LONG
    }

    fn is_usage(&self, is_wanted: impl Fn(&str) -> bool) -> bool {
        !self.usages.is_empty() && self.usages.split('、').any(is_wanted)
    }

    /// Whether it is so long that hardly any usage differs from it in one character.
    fn is_lengthy(&self) -> bool {
        self.word.len() >= LENGTHY
    }

    /// Whether the term is also said with another character at a place.
    fn is_open(&self, place: usize) -> bool {
        self.is_usage(|usage| usage.chars().nth(place) == Some(ANY))
    }

    /// Whether the term is one of a pattern: 一抓到底 beside 一查到底, 边学边改 beside 边学边研.
    fn is_of_pattern(&self, place: usize) -> bool {
        let word = self.word;
        !self.is_long() && (word[0] == word[2] || word[1] == word[3] || self.is_open(place))
    }

    /// Whether the first character of the term makes a word with what stands before it: 建立健全 before 全旅游.
    fn is_tied_before(&self, pairs: &Pairs) -> bool {
        self.beside.0.is_some_and(|before| pairs.tie(before, self.word[0]) == Tie::Word)
    }

    fn is_tied_after(&self, pairs: &Pairs) -> bool {
        self.beside.1.is_some_and(|after| pairs.tie(self.word[self.last()], after) == Tie::Word)
    }
}

/// What is known of a character between two others.
struct Ties {
    /// How many of the two nobody writes beside it.
    strange: usize,
    /// Whether it makes a word with one of them.
    is_word: bool,
}

fn ties(pairs: &Pairs, before: char, c: char, after: char) -> Ties {
    let ties = [pairs.tie(before, c), pairs.tie(c, after)];
    Ties { strange: ties.iter().filter(|&&tie| tie == Tie::None).count(), is_word: ties.contains(&Tie::Word) }
}

/// Whether a function word stands in, which makes a phrase of nearly any term.
fn is_loose(slip: &Slip<'_>, c: char, strange: usize) -> bool {
    LOOSE.contains(c) && (!slip.is_lengthy() || strange < 2)
}

fn replaced(slip: &Slip<'_>, pairs: &Pairs, place: usize, by: char) -> Option<Certainty> {
    let Ties { strange, is_word } = ties(pairs, slip.word[place - 1], by, slip.word[place + 1]);
    let is_tied = slip.is_tied_before(pairs) || slip.is_tied_after(pairs);
    if is_loose(slip, by, strange) {
        return None;
    }
    match (slip.is_long(), strange) {
        (true, 2) => Some(Certain),
        (true, 1) if !is_word && !is_tied => Some(Certain),
        (true, 1) if !(is_word && is_tied) => Some(Doubtful),
        (true, _) if slip.is_lengthy() => Some(Doubtful),
        (false, 2) => Some(if is_tied || slip.is_of_pattern(place) { Doubtful } else { Certain }),
        _ => (!is_word && !is_tied && !slip.is_of_pattern(place)).then_some(Doubtful),
    }
}

/// An unlike character at the beginning or the end of a term is the next word as often as not, so it is never certain.
fn at_the_edge(slip: &Slip<'_>, pairs: &Pairs, by: char, is_first: bool) -> Option<Certainty> {
    let inner = if is_first { pairs.tie(by, slip.word[1]) } else { pairs.tie(slip.word[slip.last() - 1], by) };
    let outer = match (is_first, slip.beside) {
        (true, (before, _)) => before.map(|before| pairs.tie(before, by)),
        (false, (_, after)) => after.map(|after| pairs.tie(by, after)),
    };
    let is_tied = if is_first { slip.is_tied_after(pairs) } else { slip.is_tied_before(pairs) };
    if inner == Tie::Word || outer == Some(Tie::Word) || is_tied || LOOSE.contains(by) {
        return None;
    }
    let (is_strange, is_alone) = (inner == Tie::None, outer == Some(Tie::None));
    // 卫生健康委 beside 卫生健康局, 劳动合同都 beside 劳动合同法.
    let is_name = matches!(slip.kind, Kind::Law | Kind::Institution);
    let is_slip = if slip.is_open(if is_first { 0 } else { slip.last() }) {
        is_strange && is_alone && !is_name && !(is_first && slip.is_long())
    } else if is_name && !is_first && outer.is_some() {
        is_strange
    } else {
        is_strange || slip.is_long() || slip.kind == Kind::Idiom
    };
    is_slip.then_some(Doubtful)
}

fn inserted(slip: &Slip<'_>, pairs: &Pairs, place: usize, what: char) -> Option<Certainty> {
    let Ties { strange, is_word } = ties(pairs, slip.word[place - 1], what, slip.word[place]);
    let is_tied = slip.is_tied_before(pairs) || slip.is_tied_after(pairs);
    // 安全生产执法 is no slip of 安全生产法.
    let is_before_law = slip.kind == Kind::Law && place == slip.last();
    if is_loose(slip, what, strange) || is_before_law && (is_word || strange < 2 && is_tied) {
        return None;
    }
    match (slip.is_long(), strange) {
        (_, 2) => Some(Certain),
        (is_long, 1) if !is_word && !is_tied => Some(if is_long { Certain } else { Doubtful }),
        (true, _) if slip.is_lengthy() => Some(Doubtful),
        (true, 1) => (!is_word).then_some(Doubtful),
        (true, _) => (!is_word && !is_tied).then_some(Doubtful),
        (false, _) => None,
    }
}

fn left_out(slip: &Slip<'_>, pairs: &Pairs, place: usize) -> Option<Certainty> {
    // Of a long term only a single character before or after the gap is part of the next word: 生活垃圾类 of 类别.
    let is_by_itself = |is_single: bool| is_single || !slip.is_long();
    if is_by_itself(place == 1) && slip.is_tied_before(pairs)
        || is_by_itself(place + 1 == slip.last()) && slip.is_tied_after(pairs)
    {
        return (slip.word.len() >= LENGTHIER).then_some(Doubtful);
    }
    let is_strange = pairs.tie(slip.word[place - 1], slip.word[place + 1]) == Tie::None;
    Some(if slip.is_long() && is_strange { Certain } else { Doubtful })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRS: [(&str, &str, &str); 13] = [
        ("水", "体", "环"),
        ("环", "境", "保"),
        ("境", "", "保"),
        ("保", "护", "温"),
        ("护", "", "区"),
        ("温", "", "护"),
        ("全", "面", "区"),
        ("健", "全", ""),
        ("境", "况", ""),
        ("到", "底", ""),
        ("一", "贯", "查"),
        ("贯", "到", ""),
        ("生", "态", ""),
    ];

    fn weighed(word: &str, usages: &str, edit: Edit, beside: (Option<char>, Option<char>)) -> Option<Certainty> {
        let word: Vec<char> = word.chars().collect();
        let mut written = word.clone();
        match edit {
            Edit::Replace { place, by } => written[place] = by,
            Edit::Insert { place, what } => written.insert(place, what),
            Edit::Leave { place } => drop(written.remove(place)),
            Edit::Swap { place } => written.swap(place, place + 1),
            Edit::Exchange { first, second } => written.swap(first, second),
        }
        let written = String::from_iter(written);
        let slip = Slip { word: &word, kind: Kind::Phrase, usages, written: &written, edit, beside };
        weigh(&slip, &Pairs::new(PAIRS))
    }

    #[test]
    fn characters_that_nobody_writes_side_by_side_are_slips() {
        let by = |place, by| Edit::Replace { place, by };
        for (word, usages, edit, beside, certainty) in [
            ("生态环境保护", "", by(2, '凹'), (None, None), Some(Certain)),
            ("生态环境保护", "生态凹境保护", by(2, '凹'), (None, None), None),
            ("生态环境", "", by(2, '凹'), (None, None), Some(Certain)),
            ("生态环境", "生态□境", by(2, '凹'), (None, None), Some(Doubtful)),
            ("生态环境", "", by(2, '凹'), (None, Some('况')), Some(Doubtful)),
            ("生态环境", "", by(2, '的'), (None, None), None),
            ("一抓到底", "", by(1, '贯'), (None, None), None),
            ("一抓到底", "", by(1, '查'), (None, None), Some(Doubtful)),
            ("一抓到底", "一□到底", by(1, '查'), (None, None), None),
            ("水环境保护", "", by(3, '温'), (None, None), Some(Certain)),
            ("生态环境", "", by(3, '凹'), (None, None), Some(Doubtful)),
            ("生态环境", "生态环□", by(3, '凹'), (None, None), None),
            ("生态环境", "生态环□", by(3, '凹'), (None, Some('区')), Some(Doubtful)),
            ("生态环境", "", by(3, '保'), (None, Some('护')), None),
            ("生态环境", "", Edit::Insert { place: 2, what: '凹' }, (None, None), Some(Certain)),
            ("水环境保护", "", Edit::Insert { place: 1, what: '体' }, (None, None), None),
            ("全区旅游", "", Edit::Leave { place: 1 }, (Some('健'), None), None),
            ("全区旅游", "", Edit::Leave { place: 1 }, (None, None), Some(Doubtful)),
            ("水环境保护", "", Edit::Leave { place: 3 }, (None, None), Some(Certain)),
            ("水环境保护", "", Edit::Leave { place: 1 }, (None, Some('温')), Some(Certain)),
            ("水环境保护", "", Edit::Leave { place: 2 }, (None, None), Some(Doubtful)),
        ] {
            assert_eq!(weighed(word, usages, edit, beside), certainty, "{word} {edit:?} {usages}");
        }
    }
}
