//! Running rules on a document.
//!
//! [`check`] is a pure function: the same document and rules give the same findings, in the order of the text. So is
//! [`check_set`], which compares documents by their ledgers.

mod fingerprint;
mod set;

use crate::diagnostic::{Diagnostic, Edit, Fix, Label};
use crate::document::Document;
use crate::document::part::{Part, PartKind};
use crate::kind::{Case, Hit, Verb};
use crate::pattern::scan::{Match, Scan};
use crate::rule::FixForm;
use crate::rule::condition::Conditions;
use crate::rule::set::{Ready, RuleSet, sought};
use crate::source::Span;
use std::sync::Arc;

pub use set::check_set;

/// Everything the rules find in a document: sorted by place, then rule; nothing reported twice.
pub fn check(document: &Document, rules: &RuleSet) -> Vec<Diagnostic> {
    let check = Check::new(document, rules);
    let found = (0..check.rules()).flat_map(|rule| check.run(rule)).collect();
    check.finish(found)
}

/// A document under check. Its rules may be run in any order, by several threads at once.
pub struct Check<'d> {
    document: &'d Document,
    rules: &'d RuleSet,
    scan: Scan<'d>,
    path: Arc<str>,
    /// The rules that may find something, by their numbers in the set.
    numbers: Vec<usize>,
}

impl<'d> Check<'d> {
    /// Searches a document for what rules need.
    pub fn new(document: &'d Document, rules: &'d RuleSet) -> Check<'d> {
        let scan = rules.scan(document);
        let numbers = rules.numbers_for(&scan);
        Check { document, rules, scan, path: document.source.name.as_str().into(), numbers }
    }

    /// How many rules are to be run.
    pub fn rules(&self) -> usize {
        self.numbers.len()
    }

    /// What one of the rules finds, from 0 on.
    pub fn run(&self, rule: usize) -> Vec<Diagnostic> {
        let ready = self.rules.numbered(self.numbers[rule]);
        let mut found = Vec::new();
        if applies(ready, self.document) && !rests(ready, self.document) {
            let mut report = |finding: Finding<'_>| found.push(finding.report(ready, self.document, &self.path));
            run(ready, self.document, self.rules, &self.scan, &mut report);
        }
        found
    }

    /// What all rules found, sorted by place, then rule; nothing reported twice.
    pub fn finish(self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.sort_by(|a, b| {
            (a.primary.span, &a.rule).cmp(&(b.primary.span, &b.rule)).then_with(|| a.message.cmp(&b.message))
        });
        found.dedup_by(|a, b| a.rule == b.rule && a.primary.span == b.primary.span);
        fingerprint::of_document(self.document, &mut found);
        found
    }
}

/// How a rule came to its findings: numbers for `kanwu rules trace`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Trace {
    /// Parts or matches given.
    pub given: usize,
    /// Of these, how many `when` let pass.
    pub after_when: usize,
    /// Of these, how many `except` let pass.
    pub after_except: usize,
    /// Findings.
    pub failed: usize,
}

/// Runs one rule of a set and counts what became of the parts it was given. `None` when there is no such rule.
pub fn trace(document: &Document, rules: &RuleSet, id: &str) -> Option<Trace> {
    let ready = rules.rule(id)?;
    let scan = rules.scan(document);
    let mut trace = Trace::default();
    if applies(ready, document) {
        trace = run(ready, document, rules, &scan, &mut |_| {});
    }
    Some(trace)
}

/// Whether a rule is meant for documents of this kind.
fn applies(ready: &Ready, document: &Document) -> bool {
    let genres = &ready.rule.genres;
    genres.is_empty() || document.facts.genre.as_ref().is_some_and(|genre| genres.contains(&genre.value))
}

/// Whether a rule is given siblings and can find nothing wrong among any: then no condition need be asked.
fn rests(ready: &Ready, document: &Document) -> bool {
    ready.rule.given.0.iter().all(|selector| selector.siblings) && !ready.rule.then.may_find_among_siblings(document)
}

/// A hit with what it was found in.
struct Finding<'a> {
    hit: Hit,
    part: &'a Part,
    found: Option<&'a Match<'a>>,
    right: Option<&'a str>,
}

fn run(
    ready: &Ready,
    document: &Document,
    rules: &RuleSet,
    scan: &Scan<'_>,
    report: &mut dyn FnMut(Finding<'_>),
) -> Trace {
    let mut trace = Trace::default();
    if sought(&ready.rule).is_some_and(|patterns| !scan.may_find(patterns)) {
        return trace;
    }
    let places = ready.rule.given.places(document);
    match (&ready.rule.then, &ready.rule.find) {
        (Verb::Forbid(forbid), _) => {
            for (index, pattern) in forbid.patterns.iter().enumerate() {
                for found in scan.matches(pattern, places.as_deref()) {
                    if forbid.is_excused(index, document.text(), found.span) {
                        continue;
                    }
                    if let Some(part) = part_of(ready, scan, found.span, &mut trace) {
                        trace.failed += 1;
                        report(Finding {
                            hit: Hit::at(found.span),
                            part,
                            found: Some(&found),
                            right: forbid.right(index),
                        });
                    }
                }
            }
        }
        (_, Some(find)) => {
            for found in find.0.iter().flat_map(|pattern| scan.matches(pattern, places.as_deref())) {
                if let Some(part) = part_of(ready, scan, found.span, &mut trace) {
                    let case = Case { document, part, members: &[], found: Some(&found), tables: &rules.tables, scan };
                    demand(ready, &case, &mut trace, report);
                }
            }
        }
        (_, None) => run_on_parts(ready, document, rules, scan, &mut trace, report),
    }
    trace
}

fn run_on_parts(
    ready: &Ready,
    document: &Document,
    rules: &RuleSet,
    scan: &Scan<'_>,
    trace: &mut Trace,
    report: &mut dyn FnMut(Finding<'_>),
) {
    let units = ready.rule.when.as_ref().and_then(Conditions::units);
    for selector in &ready.rule.given.0 {
        if selector.siblings {
            for group in selector.groups(document) {
                let standing: Vec<&Part> =
                    group.into_iter().filter(|part| stands(ready, scan, part.span, trace)).collect();
                if let [first, .., last] = standing.as_slice() {
                    let whole = Part { span: first.span.cover(last.span), ..(*first).clone() };
                    let case =
                        Case { document, part: &whole, members: &standing, found: None, tables: &rules.tables, scan };
                    demand(ready, &case, trace, report);
                }
            }
            continue;
        }
        for part in selector.parts_with(units, scan) {
            let skipped = !passes_over(part.kind) && document.is_skipped(part.span);
            if !skipped && stands(ready, scan, part.span, trace) {
                let case = Case { document, part, members: &[], found: None, tables: &rules.tables, scan };
                demand(ready, &case, trace, report);
            }
        }
    }
}

/// Kinds that are either what rules pass over unless they name it, or so large that they hold such text.
fn passes_over(kind: PartKind) -> bool {
    matches!(kind, PartKind::Verbatim | PartKind::Metadata | PartKind::Furniture | PartKind::Document)
}

fn demand(ready: &Ready, case: &Case<'_>, trace: &mut Trace, report: &mut dyn FnMut(Finding<'_>)) {
    let mut hits = Vec::new();
    ready.rule.then.find(case, &mut hits);
    // An exception speaks of the words reported as much as of the part they stand in.
    hits.retain(|hit| !ready.rule.except.as_ref().is_some_and(|except| except.hold(case.scan, hit.span)));
    trace.failed += hits.len();
    for hit in hits {
        report(Finding { hit, part: case.part, found: case.found, right: None });
    }
}

/// The part a match lies in, when the rule is given it and its conditions hold there.
fn part_of<'d>(ready: &Ready, scan: &Scan<'d>, span: Span, trace: &mut Trace) -> Option<&'d Part> {
    let (given, document) = (&ready.rule.given, scan.document);
    let part = given.part_at(document, span)?;
    let named = [PartKind::Verbatim, PartKind::Metadata, PartKind::Furniture].iter().any(|&kind| given.names(kind));
    if !named && document.is_skipped(span) {
        return None;
    }
    stands(ready, scan, span, trace).then_some(part)
}

fn stands(ready: &Ready, scan: &Scan<'_>, span: Span, trace: &mut Trace) -> bool {
    trace.given += 1;
    if ready.rule.when.as_ref().is_some_and(|when| !when.hold(scan, span)) {
        return false;
    }
    trace.after_when += 1;
    if ready.rule.except.as_ref().is_some_and(|except| except.hold(scan, span)) {
        return false;
    }
    trace.after_except += 1;
    true
}

impl Finding<'_> {
    fn report(&self, ready: &Ready, document: &Document, path: &Arc<str>) -> Diagnostic {
        let prose = &document.source.prose;
        let label = |span: Span, message: String| Label { path: path.clone(), span: prose.to_source(span), message };
        let hole = |name: &str| self.hole(document, name);
        Diagnostic {
            rule: ready.id.clone(),
            severity: ready.rule.severity,
            message: ready.message.fill(hole),
            primary: label(self.hit.span, String::new()),
            related: self.hit.related.iter().map(|(span, message)| label(*span, message.clone())).collect(),
            section: document.section_of(self.hit.span.start),
            advice: ready.rule.advice.clone().unwrap_or_default(),
            basis: ready.basis.clone(),
            fix: ready.rule.fix.as_ref().and_then(|form| self.fix(form, document)),
            fingerprint: String::new(),
        }
    }

    /// The fix, when every edit of it touches words alone.
    fn fix(&self, form: &FixForm, document: &Document) -> Option<Fix> {
        let hole = |name: &str| self.hole(document, name);
        let span = self.hit.span;
        let mut edits = Vec::new();
        for (template, at) in
            [(&form.before, Span::at(span.start)), (&form.replace, span), (&form.after, Span::at(span.end))]
        {
            if let Some(template) = template {
                let text = template.fill(hole);
                let span = document.source.prose.to_source_exact(at)?;
                edits.push(Edit { span, text });
            }
        }
        let old = document.slice(span);
        let title = match (&form.title, edits.as_slice()) {
            (Some(title), _) => title.fill(hole),
            (None, [Edit { text, .. }]) if text.is_empty() => format!("删去“{old}”"),
            (None, [edit]) if edit.span.is_empty() => format!("补“{}”", edit.text),
            (None, [edit]) => format!("改为“{}”", edit.text),
            (None, _) => "按规则修改".to_owned(),
        };
        (!edits.is_empty()).then_some(Fix { title, safe: form.safe, edits })
    }

    /// What a hole of a message or a fix stands for.
    fn hole(&self, document: &Document, name: &str) -> Option<String> {
        if let Some((_, text)) = self.hit.holes.iter().find(|(hole, _)| *hole == name) {
            return Some(text.clone());
        }
        let words = document.slice(self.hit.span);
        let facts = &document.facts;
        Some(match name {
            "match" => words.to_owned(),
            "match.first" => words.chars().next()?.to_string(),
            "match.last" => words.chars().next_back()?.to_string(),
            "match.half" => half_of(words),
            "match.half-width" => words.chars().map(half_width).collect(),
            "match.length" => words.chars().count().to_string(),
            "right" => self.right?.to_owned(),
            "label" => document.slice(self.part.label).to_owned(),
            "title" => document.slice(self.part.title).to_owned(),
            "text" => document.slice(self.part.text).trim().to_owned(),
            "number" => self.part.number.to_string(),
            "doc.year" => facts.year.as_ref()?.value.to_string(),
            "doc.genre" => facts.genre.as_ref()?.value.clone(),
            "doc.issuer" => facts.issuer.as_ref()?.value.clone(),
            "doc.number" => facts.number.as_ref()?.value.clone(),
            "doc.title" => facts.title.as_ref()?.value.clone(),
            slot => document.slice(self.found?.slot(slot)?).to_owned(),
        })
    }
}

/// The holes every message and fix may name, besides slots and what the verb fills.
pub const HOLES: &[&str] = &[
    "match",
    "match.first",
    "match.last",
    "match.half",
    "match.half-width",
    "match.length",
    "right",
    "label",
    "title",
    "text",
    "number",
    "doc.year",
    "doc.genre",
    "doc.issuer",
    "doc.number",
    "doc.title",
];

/// The first half of a word said twice: 活动 of 活动活动.
fn half_of(words: &str) -> String {
    let count = words.chars().count();
    words.chars().take(count / 2).collect()
}

/// The ASCII form of a full-width digit, letter or mark.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    }
}
