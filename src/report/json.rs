//! Findings for other programs: JSON Lines, and one JSON value for a run.
//!
//! The wire forms are apart from the core types, so that neither holds the other back. Their fields are in the order
//! they are written in.

use super::place::Places;
use super::{FileReport, Options, Outcome, Reporter, Streams, Summary, unread_line};
use crate::diagnostic::{Basis, Diagnostic, Fix, Force, Label, Severity};
use crate::source::{Position, Source, Span};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// Writes one object a finding, each on its own line. What is no finding is said on the other stream.
pub(super) struct JsonLines {
    options: Options,
}

impl JsonLines {
    /// A reporter that writes its messages as `options` say.
    pub(super) fn new(options: Options) -> JsonLines {
        JsonLines { options }
    }
}

impl Reporter for JsonLines {
    fn file(&mut self, report: &FileReport, to: &mut Streams) -> io::Result<()> {
        match &report.outcome {
            Outcome::Unread { reason, failure } => {
                to.message(&unread_line(&report.path, reason, *failure, self.options.color_messages))
            }
            Outcome::Checked { source, findings, others } => {
                let mut wire = Wire::new(&report.path, source, others);
                let mut lines = Vec::new();
                for finding in findings {
                    serde_json::to_writer(&mut lines, &wire.finding(finding))?;
                    lines.push(b'\n');
                }
                to.findings.write_all(&lines)
            }
        }
    }

    fn finish(&mut self, summary: &Summary, to: &mut Streams) -> io::Result<()> {
        to.message(&summary.to_string())
    }
}

/// Writes one value for the run, file by file, each file on its own line.
#[derive(Default)]
pub(super) struct Json {
    files: usize,
}

impl Json {
    /// What stands before the next file, or before the end.
    fn separator(&mut self) -> &'static str {
        self.files += 1;
        if self.files == 1 { "{\"version\":1,\"files\":[\n" } else { ",\n" }
    }
}

impl Reporter for Json {
    fn file(&mut self, report: &FileReport, to: &mut Streams) -> io::Result<()> {
        let mut text = self.separator().as_bytes().to_vec();
        let file = match &report.outcome {
            Outcome::Unread { reason, failure } => WireFile {
                path: &report.path,
                encoding: None,
                findings: Vec::new(),
                error: failure.then_some(reason.as_str()),
                note: (!failure).then_some(reason.as_str()),
            },
            Outcome::Checked { source, findings, others } => {
                let mut wire = Wire::new(&report.path, source, others);
                WireFile {
                    path: &report.path,
                    encoding: Some(source.encoding.name.to_string()),
                    findings: findings.iter().map(|finding| wire.finding(finding)).collect(),
                    error: None,
                    note: None,
                }
            }
        };
        serde_json::to_writer(&mut text, &file)?;
        to.findings.write_all(&text)
    }

    fn finish(&mut self, summary: &Summary, to: &mut Streams) -> io::Result<()> {
        let opening = if self.files == 0 { self.separator() } else { "\n" };
        let summary = serde_json::to_string(&WireSummary::from(summary))?;
        writeln!(to.findings, "{opening}],\"summary\":{summary}}}")
    }
}

#[derive(Serialize)]
struct WireFile<'a> {
    path: &'a str,
    encoding: Option<String>,
    findings: Vec<WireFinding<'a>>,
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct WireFinding<'a> {
    path: &'a str,
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: WirePlace,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<WireBasis<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<WireRelated<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<WireFix<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    advice: &'a str,
    fingerprint: &'a str,
}

/// Bytes, and line and column; the latter are absent where the text is not at hand.
#[derive(Serialize)]
struct WirePlace {
    start: usize,
    end: usize,
    #[serde(flatten)]
    lines: Option<WireLines>,
}

#[derive(Serialize)]
struct WireLines {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct WireBasis<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    standard: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    clause: &'a str,
    force: Force,
}

#[derive(Serialize)]
struct WireRelated<'a> {
    path: &'a str,
    #[serde(flatten)]
    place: WirePlace,
    message: &'a str,
}

#[derive(Serialize)]
struct WireFix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<WireEdit<'a>>,
}

#[derive(Serialize)]
struct WireEdit<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct WireSummary<'a> {
    files: usize,
    characters: usize,
    encodings: &'a BTreeMap<String, usize>,
    error: usize,
    warning: usize,
    info: usize,
    fixable: usize,
    unchecked: &'a BTreeMap<String, usize>,
    failed: usize,
}

impl<'a> From<&'a Summary> for WireSummary<'a> {
    fn from(summary: &'a Summary) -> WireSummary<'a> {
        WireSummary {
            files: summary.files,
            characters: summary.characters,
            encodings: &summary.encodings,
            error: summary.errors,
            warning: summary.warnings,
            info: summary.infos,
            fixable: summary.fixable,
            unchecked: &summary.unchecked,
            failed: summary.failed,
        }
    }
}

/// Turns the findings of one file into their wire form.
struct Wire<'a> {
    path: &'a str,
    source: &'a Source,
    others: &'a [Arc<Source>],
    places: Places<'a>,
}

impl<'a> Wire<'a> {
    fn new(path: &'a str, source: &'a Source, others: &'a [Arc<Source>]) -> Wire<'a> {
        Wire { path, source, others, places: Places::new(source) }
    }

    fn finding(&mut self, finding: &'a Diagnostic) -> WireFinding<'a> {
        WireFinding {
            path: self.path,
            rule: &finding.rule,
            severity: finding.severity,
            message: &finding.message,
            place: self.place(finding.primary.span),
            basis: finding.basis.as_deref().map(basis),
            related: finding.related.iter().map(|label| self.related(label)).collect(),
            fix: finding.fix.as_ref().map(fix),
            advice: &finding.advice,
            fingerprint: &finding.fingerprint,
        }
    }

    fn place(&mut self, span: Span) -> WirePlace {
        WirePlace { start: span.start, end: span.end, lines: Some(lines(span, |offset| self.places.at(offset))) }
    }

    fn related(&mut self, label: &'a Label) -> WireRelated<'a> {
        let Span { start, end } = label.span;
        let place = if *label.path == *self.source.name {
            self.place(label.span)
        } else {
            let other = self.others.iter().find(|other| *other.name == *label.path);
            WirePlace { start, end, lines: other.map(|other| lines(label.span, |offset| other.position(offset))) }
        };
        WireRelated { path: &label.path, place, message: &label.message }
    }
}

fn lines(span: Span, mut position: impl FnMut(usize) -> Position) -> WireLines {
    let (start, end) = (position(span.start), position(span.end));
    WireLines { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}

fn basis(basis: &Basis) -> WireBasis<'_> {
    WireBasis { standard: &basis.standard, clause: &basis.clause, force: basis.force }
}

fn fix(fix: &Fix) -> WireFix<'_> {
    let edits = fix.edits.iter();
    WireFix {
        title: &fix.title,
        safe: fix.safe,
        edits: edits.map(|edit| WireEdit { start: edit.span.start, end: edit.span.end, text: &edit.text }).collect(),
    }
}
