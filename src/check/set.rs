//! Running the rules that compare the documents of a set.

use super::fingerprint::Seen;
use crate::diagnostic::{Diagnostic, Label};
use crate::document::part::PartKind;
use crate::kind::Across;
use crate::ledger::{Ledger, Place};
use crate::rule::set::{Ready, RuleSet};

/// Everything the rules given a set find between documents: sorted by file, place and rule. The related places may lie in
/// other files than the findings.
pub fn check_set(ledgers: &[Ledger], rules: &RuleSet) -> Vec<Diagnostic> {
    let mut found: Vec<(usize, &Place, Diagnostic)> = Vec::new();
    for ready in rules.rules().filter(|ready| ready.rule.given.names(PartKind::Set)) {
        let mut hits = Vec::new();
        ready.rule.then.find_across(ledgers, &mut hits);
        found.extend(hits.into_iter().map(|hit| (hit.at.0, hit.at.1, diagnostic(ready, ledgers, hit))));
    }
    found.sort_by(|(_, _, a), (_, _, b)| {
        (&a.primary.path, a.primary.span, &a.rule).cmp(&(&b.primary.path, b.primary.span, &b.rule))
    });
    let mut seen: Vec<Seen> = ledgers.iter().map(|_| Seen::default()).collect();
    for (document, place, diagnostic) in &mut found {
        diagnostic.fingerprint = seen[*document].fingerprint(&diagnostic.rule, &place.context, &place.words);
    }
    found.into_iter().map(|(_, _, diagnostic)| diagnostic).collect()
}

fn diagnostic(ready: &Ready, ledgers: &[Ledger], hit: Across<'_>) -> Diagnostic {
    let label = |(document, place): (usize, &Place), message: &str| Label {
        path: ledgers[document].path.clone(),
        span: place.span,
        message: message.to_owned(),
    };
    let (other, related, words) = hit.related;
    let hole = |name: &str| match name {
        "match" => Some(hit.at.1.words.clone()),
        name => hit.holes.iter().find(|(hole, _)| *hole == name).map(|(_, text)| text.clone()),
    };
    Diagnostic {
        rule: ready.id.clone(),
        severity: ready.rule.severity,
        message: ready.message.fill(hole),
        primary: label(hit.at, ""),
        related: vec![label((other, related), words)],
        section: hit.at.1.section.clone(),
        advice: ready.rule.advice.clone().unwrap_or_default(),
        basis: ready.basis.clone(),
        fix: None,
        fingerprint: String::new(),
    }
}
