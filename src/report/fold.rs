//! Puts equal findings of a file together, so that one slip made four hundred times is not four hundred snippets.

use crate::diagnostic::{Diagnostic, Severity};
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

/// `另有386处相同：第13、15、17行等`, from the lines of the folded findings.
pub(super) fn folded_words(source: &Source, folded: &[&Diagnostic]) -> String {
    const NAMED: usize = 8;
    let mut lines: Vec<usize> =
        folded.iter().map(|finding| source.lines().line_of(finding.primary.span.start) + 1).collect();
    lines.dedup();
    let named: Vec<String> = lines.iter().take(NAMED).map(usize::to_string).collect();
    let more = if lines.len() > NAMED { "等" } else { "" };
    format!("另有{}处相同：第{}行{more}", folded.len(), named.join("、"))
}
