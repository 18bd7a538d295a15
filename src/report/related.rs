//! Which related places of a finding are drawn, and what stands beside each.
//!
//! A total may have fifty parts. Beside each of them the same word would make a ladder longer than the text, so that of
//! many alike the first two and the last are named; the others are only underlined, where their line is shown anyway.

use super::columns::visible;
use crate::diagnostic::{Diagnostic, Label};
use crate::source::Source;
use std::collections::{BTreeSet, HashMap};

/// The most places drawn of one finding.
const MOST: usize = 8;

/// The most places with the same words that are all named.
const MOST_ALIKE: usize = 3;

/// The related places to draw, and how many of the others no word speaks of.
pub(super) struct Related<'a> {
    /// Each place with the words beside it, in the order they were found.
    pub(super) drawn: Vec<(&'a Label, String)>,
    /// How many are neither drawn nor counted beside one that is.
    pub(super) left_out: usize,
}

/// Chooses among the related places of a finding in `source`.
pub(super) fn related<'a>(source: &Source, finding: &'a Diagnostic) -> Related<'a> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for label in alike(source, finding) {
        *counts.entry(&label.message).or_default() += 1;
    }
    let mut met: HashMap<&str, usize> = HashMap::new();
    let mut named: Vec<(&Label, Option<String>)> = Vec::new();
    for label in &finding.related {
        let count = if is_alike(source, label) { counts[label.message.as_str()] } else { 1 };
        let number = met.entry(&label.message).and_modify(|number| *number += 1).or_insert(1);
        let words = match *number {
            _ if count <= MOST_ALIKE => Some(visible(&label.message).into_owned()),
            1 | 2 => Some(visible(&label.message).into_owned()),
            number if number == count => Some(format!("…等{count}{}", measure(&label.message))),
            _ => None,
        };
        named.push((label, words));
    }
    choose(source, finding, named)
}

/// Keeps what is named, and of the rest what stands on the lines of these.
fn choose<'a>(source: &Source, finding: &Diagnostic, named: Vec<(&'a Label, Option<String>)>) -> Related<'a> {
    let line = |label: &Label| (label.path.clone(), source.lines().line_of(label.span.start));
    let is_named = |(_, words): &&(&Label, Option<String>)| words.is_some();
    let left_out = named.iter().filter(is_named).count().saturating_sub(MOST);
    let mut lines: BTreeSet<_> = named.iter().filter(is_named).take(MOST).map(|(label, _)| line(label)).collect();
    lines.insert(line(&finding.primary));
    let mut bare = MOST.saturating_sub(named.iter().filter(is_named).count());
    let mut rest = MOST;
    let mut drawn = Vec::new();
    for (label, words) in named {
        let room = if words.is_some() { &mut rest } else { &mut bare };
        if *room > 0 && (words.is_some() || lines.contains(&line(label))) {
            *room -= 1;
            drawn.push((label, words.unwrap_or_default()));
        }
    }
    Related { drawn, left_out }
}

/// The places that may be put together with others: those of the finding's own text that something is said of.
fn alike<'a>(source: &Source, finding: &'a Diagnostic) -> impl Iterator<Item = &'a Label> {
    finding.related.iter().filter(|label| is_alike(source, label))
}

fn is_alike(source: &Source, label: &Label) -> bool {
    *label.path == *source.name && !label.message.is_empty()
}

/// The measure word for what places are called: 分项 are counted by 项.
fn measure(message: &str) -> &'static str {
    if message.ends_with('项') { "项" } else { "处" }
}
