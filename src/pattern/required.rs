//! What every match of a regex is sure to hold, and what it can consist of: it is sought only where these stand.

use super::characters::Characters;
use super::texts::TextSets;
use crate::document::character::{is_chinese_mark, is_han};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};
use serde::{Deserialize, Serialize};

/// The longest match, in bytes, for which seeking near its texts pays.
const MOST_REACH: usize = 240;

/// The largest set of further texts that is looked for before a regex is run.
const MOST_ALSO: usize = 16;

/// How many texts a pattern may need at most, one of them.
const MOST: usize = 160;

/// How rare a text is in official prose, roughly: a mark or a digit stands everywhere, a letter hardly anywhere.
fn rarity(text: &str) -> usize {
    let of = |c: char| match c {
        '0'..='9' | ' ' => 1,
        _ if is_chinese_mark(c) => 1,
        _ if is_han(c) => 2,
        _ => 3,
    };
    text.chars().map(of).sum()
}

/// Of sets of texts, each of which a pattern needs one of, the set whose commonest text is rarest, and of those the
/// smallest; then the others that tell anything.
pub fn rarest(mut needs: Vec<Vec<String>>) -> (Option<Vec<String>>, Vec<Vec<String>>) {
    let commonest = |texts: &[String]| texts.iter().map(|text| rarity(text)).min().unwrap_or(0);
    needs.retain(|texts| commonest(texts) > 0);
    needs.sort_by_key(|texts| (std::cmp::Reverse(commonest(texts)), texts.len()));
    let mut needs = needs.into_iter();
    let best = needs.next();
    (best, needs.filter(|texts| commonest(texts) > 1 && texts.len() <= MOST_ALSO).collect())
}

/// What is soon looked for, of sets of which a pattern needs one text each: of every set the texts, or where they are many
/// what they begin or end with; nothing of a set of which that stands everywhere.
pub fn telling<'a>(sets: impl Iterator<Item = &'a Vec<String>>) -> TextSets {
    const FEW: usize = 8;
    let tells = |texts: &[String]| texts.len() <= FEW && texts.iter().all(|text| rarity(text) > 1);
    let begin = |text: &String, count: usize| text.chars().take(count).collect::<String>();
    let end = |text: &String, count: usize| text.chars().skip(text.chars().count().saturating_sub(count)).collect();
    let cut = |texts: &[String], count: usize, piece: &dyn Fn(&String, usize) -> String| {
        let mut pieces: Vec<String> = texts.iter().map(|text| piece(text, count)).collect();
        pieces.sort_unstable();
        pieces.dedup();
        pieces
    };
    let told = sets.filter_map(|texts| {
        let longest = texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
        let cuts = (1..=longest).rev().flat_map(|count| [cut(texts, count, &begin), cut(texts, count, &end)]);
        cuts.into_iter().find(|pieces| tells(pieces))
    });
    told.collect()
}

/// How many bytes a match has at most, when nothing around it matters.
pub fn reach(hir: &Hir) -> Option<usize> {
    let properties = hir.properties();
    properties.maximum_len().filter(|&most| most <= MOST_REACH && properties.look_set().is_empty())
}

/// How a regex is bound to the edges of a text, and how much of it a match can cover.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Edges {
    /// Every match begins where the text begins.
    pub at_start: bool,
    /// Every match ends where the text ends.
    pub at_end: bool,
    /// How many bytes a match has at most, when there is a bound and only edges matter to it.
    longest: Option<usize>,
    /// Whether the beginning of the text matters to some match, and whether its end does.
    asks: (bool, bool),
}

impl Edges {
    /// Reads them from a regex.
    pub fn of(hir: &Hir) -> Edges {
        let properties = hir.properties();
        let looks = properties.look_set();
        let only_edges = looks.remove(Look::Start).remove(Look::End).is_empty();
        Edges {
            at_start: properties.look_set_prefix().contains(Look::Start),
            at_end: properties.look_set_suffix().contains(Look::End),
            longest: properties.maximum_len().filter(|_| only_edges),
            asks: (looks.contains(Look::Start), looks.contains(Look::End)),
        }
    }

    /// As much of a text as decides whether it holds a match; `None` when it cannot hold one.
    pub fn deciding<'t>(&self, text: &'t str) -> Option<&'t str> {
        match *self {
            Edges { longest: Some(most), at_start: true, at_end: true, .. } => (text.len() <= most).then_some(text),
            Edges { longest: Some(most), at_start: true, asks: (_, false), .. } => Some(first_bytes(text, most)),
            Edges { longest: Some(_), at_end: true, asks: (false, _), .. } => Some(self.tail(text)),
            _ => Some(text),
        }
    }

    /// As much of a text, from its end, as decides whether it ends with a match.
    pub fn tail<'t>(&self, text: &'t str) -> &'t str {
        match self.longest {
            Some(most) if !self.asks.0 => last_bytes(text, most),
            _ => text,
        }
    }
}

/// At least `most` bytes from the beginning of a text, in whole characters.
fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    &text[..end]
}

/// At most `most` bytes from the end of a text, in whole characters.
fn last_bytes(text: &str, most: usize) -> &str {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// The characters a match can consist of, when nothing around it matters: it lies within a run of them.
pub fn characters(hir: &Hir) -> Option<Characters> {
    let mut all = ClassUnicode::empty();
    (hir.properties().look_set().is_empty() && gather(hir, &mut all)).then(|| Characters::of(&all))
}

/// Adds every character a regex can match; false where it matches bytes.
fn gather(hir: &Hir, all: &mut ClassUnicode) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => {
                text.chars().for_each(|c| all.push(ClassUnicodeRange::new(c, c)));
                true
            }
            Err(_) => false,
        },
        HirKind::Class(Class::Unicode(class)) => {
            all.union(class);
            true
        }
        HirKind::Class(Class::Bytes(_)) => false,
        HirKind::Repetition(repetition) => gather(&repetition.sub, all),
        HirKind::Capture(capture) => gather(&capture.sub, all),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(|part| gather(part, all)),
    }
}

/// Texts of which at least one occurs in every match of a regex, where that can be said with few of them.
fn required_literals(hir: &Hir) -> Option<Vec<String>> {
    rarest(sets(hir)).0
}

/// The same, as few texts as can be.
fn fewest(hir: &Hir) -> Option<Vec<String>> {
    let told = sets(hir).into_iter().filter(|texts| texts.iter().all(|text| rarity(text) > 1));
    told.min_by_key(Vec::len)
}

/// Sets of texts; of each set at least one text occurs in every match of a regex.
pub fn sets(hir: &Hir) -> Vec<Vec<String>> {
    if let Some(exact) = exact_texts(hir) {
        return vec![exact];
    }
    match hir.kind() {
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            let once = exact_texts(&repetition.sub);
            let least = once
                .and_then(|once| (1..repetition.min.min(3)).try_fold(once.clone(), |texts, _| cross(&texts, &once)));
            least.map_or_else(|| sets(&repetition.sub), |least| vec![least])
        }
        HirKind::Capture(capture) => sets(&capture.sub),
        HirKind::Concat(parts) => {
            let mut needs = Vec::new();
            let mut run: Option<Vec<String>> = None;
            for part in parts {
                let joined = exact_texts(part).and_then(|texts| match &run {
                    Some(before) => cross(before, &texts),
                    None => Some(texts),
                });
                match joined {
                    Some(joined) => run = Some(joined),
                    None => {
                        let once = repeated_text(part);
                        let before = run.take();
                        needs.extend(
                            before.map(|before| once.as_ref().and_then(|once| cross(&before, once)).unwrap_or(before)),
                        );
                        run = exact_texts(part).or(once);
                        needs.extend(sets(part));
                    }
                }
            }
            needs.extend(run);
            needs
        }
        HirKind::Alternation(parts) => {
            let of_each = |choose: fn(&Hir) -> Option<Vec<String>>| -> Option<Vec<String>> {
                let all: Option<Vec<Vec<String>>> = parts.iter().map(choose).collect();
                all.map(|all| all.concat()).filter(|all| all.len() <= MOST)
            };
            of_each(required_literals).or_else(|| of_each(fewest)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// What a repetition that occurs at least once begins and ends with, when that is one of few texts.
fn repeated_text(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Repetition(repetition) if repetition.min > 0 => exact_texts(&repetition.sub),
        HirKind::Capture(capture) => repeated_text(&capture.sub),
        _ => None,
    }
}

/// All the texts a regex can match, when they are few.
fn exact_texts(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Empty => Some(vec![String::new()]),
        HirKind::Literal(literal) => Some(vec![String::from_utf8(literal.0.to_vec()).ok()?]),
        HirKind::Class(Class::Unicode(class)) => {
            let count: usize = class.ranges().iter().map(|range| range.len()).sum();
            let all =
                || class.ranges().iter().flat_map(|range| range.start()..=range.end()).map(String::from).collect();
            (count <= MOST / 2).then(all)
        }
        HirKind::Capture(capture) => exact_texts(&capture.sub),
        HirKind::Repetition(repetition) if repetition.max == Some(repetition.min) && repetition.min <= 3 => {
            let once = exact_texts(&repetition.sub)?;
            (0..repetition.min).try_fold(vec![String::new()], |texts, _| cross(&texts, &once))
        }
        HirKind::Concat(parts) => {
            parts.iter().try_fold(vec![String::new()], |texts, part| cross(&texts, &exact_texts(part)?))
        }
        HirKind::Alternation(parts) => {
            let all: Option<Vec<Vec<String>>> = parts.iter().map(exact_texts).collect();
            all.map(|all| all.concat()).filter(|all| all.len() <= MOST)
        }
        _ => None,
    }
}

/// Every text of one set followed by every one of the other, when these are few.
pub fn cross(before: &[String], after: &[String]) -> Option<Vec<String>> {
    (before.len() * after.len() <= MOST)
        .then(|| before.iter().flat_map(|first| after.iter().map(move |second| format!("{first}{second}"))).collect())
}
