//! Puts equal findings of a file together, so that one slip made four hundred times is not four hundred snippets.

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::Source;
use std::collections::HashMap;

/// How many equal findings are shown in full.
const SHOWN: usize = 3;

/// A finding to be shown, and the equal ones that come after it unshown.
pub(super) struct Entry<'a> {
    /// The finding to show.
    pub(super) finding: &'a Diagnostic,
    /// Findings like it that are only counted; none but behind the last of the shown ones.
    pub(super) folded: Vec<&'a Diagnostic>,
}

/// What two findings must share to be the same for a reader.
#[derive(PartialEq, Eq, Hash)]
struct Likeness<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    words: &'a str,
    /// Of each edit: its place relative to the finding, its length, what is written instead.
    edits: Vec<(isize, usize, &'a str)>,
    /// Whether the fix is safe, where there is one.
    safe: Option<bool>,
}

/// The findings to show, in their order.
pub(super) fn fold<'a>(source: &'a Source, findings: &'a [Diagnostic]) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut seen: HashMap<Likeness, (usize, usize)> = HashMap::new();
    for finding in findings {
        let (count, last_shown) = seen.entry(likeness(source, finding)).or_default();
        *count += 1;
        if *count <= SHOWN {
            *last_shown = entries.len();
            entries.push(Entry { finding, folded: Vec::new() });
        } else {
            entries[*last_shown].folded.push(finding);
        }
    }
    entries
}

fn likeness<'a>(source: &'a Source, finding: &'a Diagnostic) -> Likeness<'a> {
    let start = finding.primary.span.start as isize;
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    Likeness {
        rule: &finding.rule,
        severity: finding.severity,
        message: &finding.message,
        words: finding.primary.span.of(&source.text),
        edits: edits.map(|edit| (edit.span.start as isize - start, edit.span.len(), edit.text.as_str())).collect(),
        safe: finding.fix.as_ref().map(|fix| fix.safe),
    }
}

/// `另有386处相同：第13、15、17行等`, from the lines of the folded findings; `第13行（对照第5行）` where such a finding
/// rests on other lines.
pub(super) fn folded_words(source: &Source, folded: &[&Diagnostic]) -> String {
    const NAMED: usize = 8;
    let mut lines: Vec<(usize, Vec<usize>)> = folded.iter().map(|finding| lines_of(source, finding)).collect();
    lines.dedup();
    let more = if lines.len() > NAMED { "等" } else { "" };
    lines.truncate(NAMED);
    let words = if lines.iter().all(|(_, others)| others.is_empty()) {
        format!("第{}行", joined(lines.iter().map(|(line, _)| *line)))
    } else {
        let each: Vec<String> = lines.iter().map(|(line, others)| line_words(*line, others)).collect();
        each.join("、")
    };
    format!("另有{}处相同：{words}{more}", folded.len())
}

/// The line of a finding, and the other lines of its text that it rests on.
fn lines_of(source: &Source, finding: &Diagnostic) -> (usize, Vec<usize>) {
    let line = |label: &Label| source.lines().line_of(label.span.start) + 1;
    let own = line(&finding.primary);
    let related = finding.related.iter().filter(|label| *label.path == *source.name);
    let mut others: Vec<usize> = related.map(line).filter(|other| *other != own).collect();
    others.sort_unstable();
    others.dedup();
    (own, others)
}

fn line_words(line: usize, others: &[usize]) -> String {
    const NAMED: usize = 3;
    let more = if others.len() > NAMED { "等" } else { "" };
    match others {
        [] => format!("第{line}行"),
        others => format!("第{line}行（对照第{}行{more}）", joined(others.iter().copied().take(NAMED))),
    }
}

fn joined(lines: impl Iterator<Item = usize>) -> String {
    lines.map(|line| line.to_string()).collect::<Vec<_>>().join("、")
}
