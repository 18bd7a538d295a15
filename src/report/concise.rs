//! One line a finding, for people who know the rules and for programs that know `path:line:column`.

use super::columns::visible;
use super::place::Places;
use super::{FileReport, Options, Outcome, Reporter, Streams, Summary, unread_line};
use std::fmt::Write;
use std::io;

/// Writes `path:line:column: severity rule message`.
pub(super) struct Concise {
    options: Options,
}

impl Concise {
    /// A reporter that writes as `options` say.
    pub(super) fn new(options: Options) -> Concise {
        Concise { options }
    }
}

impl Reporter for Concise {
    fn file(&mut self, report: &FileReport, to: &mut Streams) -> io::Result<()> {
        let (source, findings) = match &report.outcome {
            Outcome::Checked { source, findings, .. } => (source, findings),
            Outcome::Unread { reason, failure } => {
                return to.message(&unread_line(&report.path, reason, *failure, self.options.color_messages));
            }
        };
        let path = visible(&report.path);
        let mut places = Places::new(source);
        let mut lines = String::new();
        for finding in findings {
            let position = places.at(finding.primary.span.start);
            let (severity, rule, message) = (finding.severity, &finding.rule, visible(&finding.message));
            writeln!(lines, "{path}:{}:{}: {severity} {rule} {message}", position.line, position.column)
                .expect("writing to a string cannot fail");
        }
        to.findings.write_all(lines.as_bytes())
    }

    fn finish(&mut self, summary: &Summary, to: &mut Streams) -> io::Result<()> {
        to.message(&summary.to_string())
    }
}
