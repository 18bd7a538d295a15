//! Searching a document for all the patterns of a rule set at once.
//!
//! One pass of an automaton finds every text that some pattern needs ([`Triggers`]). A pattern that is plain text is then
//! found already; any other is tried only on the lines that hold a text it needs.

use super::Pattern;
use super::seeds::Seeds;
use super::shadow::Shadow;
use crate::document::Document;
use crate::document::part::{Part, PartKind};
use crate::document::value::Value;
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The texts that a set of patterns needs, each with the searches that need it.
#[derive(Serialize, Deserialize)]
pub struct Triggers {
    texts: Seeds,
    /// How many searches there are: one more than the highest number.
    count: usize,
}

/// A place where a pattern was found.
#[derive(Clone, Debug)]
pub struct Match<'a> {
    /// All of it; bytes of the prose.
    pub span: Span,
    /// The text of each slot, in the order of [`Parsed::slots`](super::syntax::Parsed::slots).
    pub slots: Vec<Bound<'a>>,
}

/// What a slot holds.
#[derive(Clone, Debug)]
pub struct Bound<'a> {
    /// The slot's name.
    pub name: &'a str,
    /// Its text; bytes of the prose.
    pub span: Span,
}

impl Match<'_> {
    /// The place of a slot.
    pub fn slot(&self, name: &str) -> Option<Span> {
        self.slots.iter().find(|slot| slot.name == name).map(|slot| slot.span)
    }

    /// The values a slot binds, in order.
    pub fn values<'d>(&self, document: &'d Document, name: &str) -> &'d [Value] {
        self.slot(name).map_or(&[], |span| document.values_in(span))
    }
}

/// Where a pattern is worth searching for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// In the whole text.
    Text,
    /// In the values that a rule is given.
    Values,
    /// On the few lines that a rule is given.
    Lines,
}

/// Numbers patterns in the order given, from `first` on, and says which number comes next. One that belongs on few lines is
/// not searched for everywhere: it is tried on these alone.
pub fn number(patterns: Vec<(&mut Pattern, Within)>, first: u32) -> u32 {
    let mut next = first;
    for (pattern, within) in patterns {
        pattern.search = next;
        let pays = match within {
            Within::Text => true,
            Within::Values => pattern.stands_alone(),
            Within::Lines => false,
        };
        pattern.everywhere = pays && pattern.needs_texts();
        next += 1;
    }
    next
}

impl Triggers {
    /// Gathers the texts that numbered patterns need. Texts met twice are kept once.
    pub fn new<'a>(patterns: impl Iterator<Item = &'a Pattern>) -> Triggers {
        let mut texts: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for pattern in patterns.filter(|pattern| pattern.everywhere) {
            for text in pattern.literals() {
                texts.entry(text.to_owned()).or_default().push(pattern.search);
            }
        }
        let count = texts.values().flatten().map(|&search| search as usize + 1).max().unwrap_or(0);
        Triggers { texts: Seeds::new(texts), count }
    }

    /// Searches a document.
    pub fn scan<'d>(&self, document: &'d Document) -> Scan<'d> {
        let mut found: Vec<(u32, Span)> = Vec::new();
        // Where the places of each search begin, once they are put in order; one further entry ends the last.
        let mut starts = vec![0_u32; self.count + 2];
        self.texts.each(document.text(), |span, searches| {
            for &search in searches {
                starts[search as usize + 2] += 1;
                found.push((search, span));
            }
        });
        for search in 2..starts.len() {
            starts[search] += starts[search - 1];
        }
        let mut hits = vec![Span::at(0); found.len()];
        for (search, span) in found {
            let next = &mut starts[search as usize + 1];
            hits[*next as usize] = span;
            *next += 1;
        }
        let mut scan = Scan {
            document,
            hits,
            starts,
            shadows: Vec::new(),
            counts: Mutex::default(),
            amounts: OnceLock::new(),
            known: Mutex::default(),
        };
        scan.shadows.resize_with(document.lines.len(), OnceLock::new);
        for search in 0..self.count {
            // They come in the order of their ends.
            let hits = &mut scan.hits[scan.starts[search] as usize..scan.starts[search + 1] as usize];
            if !hits.is_sorted() {
                hits.sort_unstable();
            }
        }
        scan
    }
}

/// A document that was searched.
pub struct Scan<'d> {
    /// The document.
    pub document: &'d Document,
    /// Where texts were found, search after search, in order within each.
    hits: Vec<Span>,
    /// Where the places of each search begin; the next one's beginning is their end.
    starts: Vec<u32>,
    shadows: Vec<OnceLock<Shadow>>,
    /// How often patterns occur in the whole text, once that was asked.
    counts: Mutex<HashMap<(usize, usize), usize>>,
    /// The amounts by the text of their unit, once that was asked.
    amounts: OnceLock<HashMap<String, Vec<usize>>>,
    /// What verbs found out, by question and place.
    known: Mutex<HashMap<(Question, Span), Known>>,
}

/// What a verb asks, by a name and a number.
type Question = (&'static str, usize);

/// An answer that one thread finds while others wait for it.
type Known = Arc<OnceLock<Arc<dyn Any + Send + Sync>>>;

impl<'d> Scan<'d> {
    /// The texts found for one search, in order.
    fn hits(&self, pattern: &Pattern) -> &[Span] {
        self.hits_of(pattern.search, pattern.search)
    }

    /// The texts found for the searches from one number to another.
    fn hits_of(&self, first: u32, last: u32) -> &[Span] {
        let bound = |number: usize| self.starts.get(number).copied().unwrap_or(self.hits.len() as u32) as usize;
        &self.hits[bound(first as usize)..bound(last as usize + 1)]
    }

    /// Whether any of some patterns, numbered one after another, may be found.
    pub fn may_find(&self, patterns: &[Pattern]) -> bool {
        let (Some(first), Some(last)) = (patterns.first(), patterns.last()) else { return false };
        self.has_found(first.search, last.search) || patterns.iter().any(|pattern| !pattern.everywhere)
    }

    /// Whether a text was found for any of the searches from one number to another.
    pub fn has_found(&self, first: u32, last: u32) -> bool {
        !self.hits_of(first, last).is_empty()
    }

    /// How often the text holds a pattern, up to `most`. Rules ask this at every place they are tried.
    pub fn count(&self, pattern: &Pattern, most: usize) -> usize {
        let key = (pattern.identity(), most);
        let counts = || self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = counts().get(&key).copied();
        known.unwrap_or_else(|| {
            let count = pattern.count_in(self.document.text(), most);
            counts().insert(key, count);
            count
        })
    }

    /// The amounts with any of some units, in order.
    pub fn amounts_in<'u>(&self, units: impl Iterator<Item = &'u str>) -> Vec<&'d Part> {
        let parts = self.document.parts(PartKind::Amount);
        let amounts = self.amounts.get_or_init(|| {
            let mut amounts: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, part) in parts.iter().enumerate() {
                let unit = self.document.value_of(part).map_or("", |value| self.document.slice(value.unit));
                match amounts.get_mut(unit) {
                    Some(known) => known.push(index),
                    None => _ = amounts.insert(unit.to_owned(), vec![index]),
                }
            }
            amounts
        });
        let mut found: Vec<usize> = units.filter_map(|unit| amounts.get(unit)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|index| &parts[index]).collect()
    }

    /// What `find` finds out about a place: once, however many rules ask. One question has answers of one type.
    pub fn once<T: Send + Sync + 'static>(&self, question: Question, place: Span, find: impl FnOnce() -> T) -> Arc<T> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known().entry((question, place)).or_default().clone();
        let answer = known.get_or_init(|| Arc::new(find()));
        answer.clone().downcast().expect("a question has answers of one type")
    }

    /// Where a pattern that is plain text stands within `span`, in order.
    pub fn places<'s>(&'s self, pattern: &Pattern, span: Span) -> impl Iterator<Item = Span> + 's {
        let hits = self.hits(pattern);
        let from = hits.partition_point(|hit| hit.start < span.start);
        hits[from..].iter().copied().take_while(move |hit| hit.end <= span.end)
    }

    /// Everywhere a pattern is found, in order, within single lines; only within `places` (sorted, apart) when they are given.
    pub fn matches<'p>(&self, pattern: &'p Pattern, places: Option<&[Span]>) -> Vec<Match<'p>> {
        let mut matches = Vec::new();
        match places {
            None if pattern.everywhere => self.match_everywhere(pattern, &mut matches),
            None => (0..self.document.lines.len()).for_each(|line| self.match_line(pattern, line, &mut matches)),
            Some(places) if pattern.stands_alone() => {
                let promising = pattern.everywhere.then(|| self.places_hit(pattern, places));
                for &place in promising.as_deref().unwrap_or(places) {
                    match_text(pattern, self.document.slice(place), |span| span.shifted(place.start), &mut matches);
                }
            }
            Some(places) => {
                let mut lines: Vec<usize> =
                    places.iter().map(|place| self.document.line_index_at(place.start)).collect();
                lines.dedup();
                lines.into_iter().for_each(|line| self.match_line(pattern, line, &mut matches));
            }
        }
        matches
    }

    /// Those of some places (sorted, apart) in which the automaton found a text for a pattern.
    fn places_hit(&self, pattern: &Pattern, places: &[Span]) -> Vec<Span> {
        let mut found: Vec<Span> = Vec::new();
        for &hit in self.hits(pattern) {
            let next = places.partition_point(|place| place.end < hit.end);
            let place = places.get(next).filter(|place| place.contains(hit) && found.last() != Some(place));
            found.extend(place);
        }
        found
    }

    /// Adds the matches of a pattern around the texts the automaton found for it.
    fn match_everywhere<'p>(&self, pattern: &'p Pattern, matches: &mut Vec<Match<'p>>) {
        let hits = self.hits(pattern);
        if pattern.plain().is_some() {
            return matches.extend(hits.iter().map(|&span| Match { span, slots: Vec::new() }));
        }
        let mut sought = Span::at(0);
        for &hit in hits {
            if !sought.contains(hit) {
                let line = self.document.line_index_at(hit.start);
                sought = self.match_around(pattern, line, hits, hit, matches);
            }
        }
    }

    /// Adds the matches of a pattern within a line.
    fn match_line<'p>(&self, pattern: &'p Pattern, line: usize, matches: &mut Vec<Match<'p>>) {
        let full = self.document.lines[line].span;
        if pattern.binds_values() {
            let shadow = self.shadow(line);
            match_text(pattern, &shadow.text, |range| shadow.to_prose(range), matches);
        } else {
            match_text(pattern, self.document.slice(full), |range| range.shifted(full.start), matches);
        }
    }

    /// Adds the matches that may hold `hit`, and says within which span all of them were found: around the hit, as far as
    /// the characters go on that a match can consist of.
    fn match_around<'p>(
        &self,
        pattern: &'p Pattern,
        line: usize,
        hits: &[Span],
        hit: Span,
        matches: &mut Vec<Match<'p>>,
    ) -> Span {
        let full = self.document.lines[line].span;
        let Some(parsed) = pattern.parsed().filter(|_| full.contains(hit)) else { return hit };
        if !parsed.binds_values() {
            let reached = parsed.reach.map_or(full, |reach| self.window(full, hits, hit, reach));
            let run = parsed.run(self.document.text(), hit, reached);
            match_text(pattern, self.document.slice(run), |range| range.shifted(run.start), matches);
            return run;
        }
        if parsed.least_values() > self.document.values_in(full).len() {
            return full;
        }
        let shadow = self.shadow(line);
        let Some(place) = shadow.of_prose(hit) else { return hit };
        let run = parsed.run(&shadow.text, place, Span::new(0, shadow.text.len()));
        match_text(pattern, run.of(&shadow.text), |range| shadow.to_prose(range.shifted(run.start)), matches);
        shadow.to_prose(run)
    }

    fn shadow(&self, line: usize) -> &Shadow {
        self.shadows[line].get_or_init(|| Shadow::new(self.document, self.document.lines[line].span))
    }

    /// As much of `line` around `hit` as a match of at most `reach` bytes can cover, and around the hits that follow so
    /// closely that a match may hold them too.
    fn window(&self, line: Span, hits: &[Span], hit: Span, reach: usize) -> Span {
        let text = self.document.text();
        let mut start = hit.start.saturating_sub(reach).max(line.start);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let first = hits.partition_point(|other| other.start < hit.start);
        let mut end = hit.end;
        for next in &hits[first..] {
            if next.start > end + 2 * reach || next.end > line.end {
                break;
            }
            end = end.max(next.end);
        }
        let mut end = (end + reach).min(line.end);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Span::new(start.min(hit.start), end.max(hit.end))
    }
}

/// The longest text, in bytes, that is searched for an expression without a look at what else it must hold.
const SHORT: usize = 240;

/// Adds the matches of a pattern in a text; `place` says where in the prose a span of that text lies.
fn match_text<'p>(pattern: &'p Pattern, text: &str, place: impl Fn(Span) -> Span, matches: &mut Vec<Match<'p>>) {
    let place = |range: Range<usize>| place(Span::new(range.start, range.end));
    let (Some(parsed), Some((engine, expression))) = (pattern.parsed(), pattern.engine()) else {
        let plain = pattern.plain().unwrap_or_default();
        let found = text.match_indices(plain);
        return matches.extend(found.map(|(at, _)| Match { span: place(at..at + plain.len()), slots: Vec::new() }));
    };
    // In a short text the expression itself is as quick.
    if text.len() > SHORT && !parsed.also.each_in(text) {
        return;
    }
    if parsed.slots.is_empty() {
        return engine
            .find_each(expression, text, |found| matches.push(Match { span: place(found), slots: Vec::new() }));
    }
    engine.captures_each(expression, text, |whole, groups| {
        let slots = parsed.slots.iter().zip(groups).filter_map(|(slot, group)| {
            let found = group.clone()?;
            Some(Bound { name: &slot.name, span: place(found) })
        });
        matches.push(Match { span: place(whole), slots: slots.collect() });
    });
}
