//! Searching a document for all the patterns of a rule set at once.
//!
//! One pass of an automaton finds every text that some pattern needs ([`Triggers`]). A pattern that is plain text is then
//! found already; any other is tried only on the lines that hold a text it needs.

use super::Pattern;
use super::shadow::Shadow;
use crate::document::Document;
use crate::document::value::Value;
use crate::source::Span;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use std::cell::OnceCell;
use std::ops::Range;

/// The texts that a set of patterns needs.
pub struct Triggers {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each text of the automaton, the searches that need it and whether each is that text.
    searches: Vec<Vec<u32>>,
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
    /// Whether it binds values.
    pub typed: bool,
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

impl Triggers {
    /// Numbers the patterns in the order given and gathers the texts they need. Texts met twice are kept once.
    pub fn new<'a>(patterns: impl Iterator<Item = &'a mut Pattern>) -> Triggers {
        let mut texts: std::collections::BTreeMap<String, Vec<u32>> = std::collections::BTreeMap::new();
        for (number, pattern) in (0u32..).zip(patterns) {
            pattern.search = number;
            for text in pattern.parsed().literals.iter().flatten() {
                texts.entry(text.clone()).or_default().push(number);
            }
        }
        let automaton = build(texts.keys());
        Triggers { automaton, searches: texts.into_values().collect() }
    }

    /// Searches a document.
    pub fn scan<'d>(&self, document: &'d Document) -> Scan<'d> {
        let mut hits = Vec::new();
        if let Some(automaton) = &self.automaton {
            for found in automaton.find_overlapping_iter(document.text()) {
                for &search in &self.searches[found.value() as usize] {
                    hits.push(Hit { search, span: Span::new(found.start(), found.end()) });
                }
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.search, hit.span.start));
        let shadows = (0..document.lines.len()).map(|_| OnceCell::new()).collect();
        Scan { document, hits, shadows }
    }
}

fn build<'a>(texts: impl Iterator<Item = &'a String>) -> Option<CharwiseDoubleArrayAhoCorasick<u32>> {
    let texts: Vec<(&String, u32)> = texts.zip(0u32..).collect();
    if texts.is_empty() {
        return None;
    }
    // Texts are distinct and none is empty, so the automaton can always be built.
    CharwiseDoubleArrayAhoCorasickBuilder::new().build_with_values(texts).ok()
}

struct Hit {
    search: u32,
    span: Span,
}

/// A document that was searched.
pub struct Scan<'d> {
    /// The document.
    pub document: &'d Document,
    hits: Vec<Hit>,
    shadows: Vec<OnceCell<Shadow>>,
}

impl<'d> Scan<'d> {
    /// The texts found for one search, in order.
    fn hits(&self, pattern: &Pattern) -> &[Hit] {
        let from = self.hits.partition_point(|hit| hit.search < pattern.search);
        let to = from + self.hits[from..].partition_point(|hit| hit.search == pattern.search);
        &self.hits[from..to]
    }

    /// Everywhere a pattern is found, in order, within single lines; only on `lines` (sorted) when they are given.
    pub fn matches<'p>(&self, pattern: &'p Pattern, lines: Option<&[usize]>) -> Vec<Match<'p>> {
        let hits = self.hits(pattern);
        if pattern.parsed().literal().is_some() {
            return hits.iter().map(|hit| Match { span: hit.span, slots: Vec::new() }).collect();
        }
        let mut matches = Vec::new();
        if pattern.parsed().literals.is_some() {
            let mut last = None;
            for hit in hits {
                let line = self.document.line_index_at(hit.span.start);
                if last != Some(line) {
                    last = Some(line);
                    if lines.is_none_or(|lines| lines.binary_search(&line).is_ok()) {
                        self.match_line(pattern, line, &mut matches);
                    }
                }
            }
        } else {
            match lines {
                Some(lines) => lines.iter().for_each(|&line| self.match_line(pattern, line, &mut matches)),
                None => (0..self.document.lines.len()).for_each(|line| self.match_line(pattern, line, &mut matches)),
            }
        }
        matches
    }

    fn match_line<'p>(&self, pattern: &'p Pattern, line: usize, matches: &mut Vec<Match<'p>>) {
        let Some(regex) = pattern.regex() else { return };
        let parsed = pattern.parsed();
        let full = self.document.lines[line].span;
        let shadow = parsed.binds_values().then(|| self.shadows[line].get_or_init(|| Shadow::new(self.document, full)));
        let text = shadow.map_or_else(|| self.document.slice(full), |shadow| &shadow.text);
        let place = |range: Range<usize>| {
            let span = Span::new(range.start, range.end);
            shadow.map_or_else(
                || Span::new(full.start + span.start, full.start + span.end),
                |shadow| shadow.to_prose(span),
            )
        };
        if parsed.slots.is_empty() {
            matches.extend(regex.find_iter(text).map(|found| Match { span: place(found.range()), slots: Vec::new() }));
            return;
        }
        for captures in regex.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            let slots = parsed
                .slots
                .iter()
                .filter_map(|slot| {
                    let found = captures.name(&slot.name)?;
                    Some(Bound { name: &slot.name, span: place(found.range()), typed: slot.kind.is_some() })
                })
                .collect();
            matches.push(Match { span: place(whole.range()), slots });
        }
    }
}
