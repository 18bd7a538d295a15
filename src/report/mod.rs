//! Shows findings: to people in a terminal, to other programs as lines or JSON.
//!
//! A [`Reporter`] is fed one [`FileReport`] after another, in the order they shall appear, and is finished with the
//! [`Summary`]. Nothing is kept between files, so a tree of any size is reported in the memory of its largest file.

pub(crate) mod columns;
mod concise;
mod fold;
mod json;
mod own;
pub(crate) mod place;
mod pretty;
mod related;
mod remedy;
mod summary;
mod window;

pub(crate) use own::is_report;
pub use summary::Summary;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use std::io::{self, Write};
use std::str::FromStr;
use std::sync::Arc;

/// What became of one file.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// The path as given.
    pub path: String,
    /// Checked or not, with what came of it.
    pub outcome: Outcome,
}

/// Whether a file was checked.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The file was read and judged.
    Checked {
        /// The text that was checked; all spans of the findings are bytes of its text.
        source: Arc<Source>,
        /// The findings, in order of place.
        findings: Vec<Diagnostic>,
        /// The texts of other files that related places of these findings lie in; mostly none.
        others: Vec<Arc<Source>>,
    },
    /// The file was not judged.
    Unread {
        /// Why, in Chinese, without the path.
        reason: String,
        /// Whether the job counts as not done (exit code 2), or this is only worth a note.
        failure: bool,
    },
}

impl FileReport {
    /// A checked file whose findings lie in it alone.
    pub fn checked(source: Arc<Source>, findings: Vec<Diagnostic>) -> FileReport {
        FileReport { path: source.name.clone(), outcome: Outcome::Checked { source, findings, others: Vec::new() } }
    }

    /// A file that should have been checked and could not be.
    pub fn failed(path: impl Into<String>, reason: impl Into<String>) -> FileReport {
        FileReport { path: path.into(), outcome: Outcome::Unread { reason: reason.into(), failure: true } }
    }

    /// A file that was passed over, which is worth a note.
    pub fn passed_over(path: impl Into<String>, reason: impl Into<String>) -> FileReport {
        FileReport { path: path.into(), outcome: Outcome::Unread { reason: reason.into(), failure: false } }
    }

    /// The findings; none for a file that was not judged.
    pub fn findings(&self) -> &[Diagnostic] {
        match &self.outcome {
            Outcome::Checked { findings, .. } => findings,
            Outcome::Unread { .. } => &[],
        }
    }
}

/// The two places a report goes to.
pub struct Streams<'a> {
    /// Findings; standard output.
    pub findings: &'a mut dyn Write,
    /// All else: files that could not be read, the summary; standard error.
    pub messages: &'a mut dyn Write,
}

impl Streams<'_> {
    /// Writes one message. Findings are flushed first, so that on a terminal both come in the order they happened.
    fn message(&mut self, text: &str) -> io::Result<()> {
        self.findings.flush()?;
        writeln!(self.messages, "{text}")?;
        self.messages.flush()
    }
}

/// One way of showing findings.
pub trait Reporter {
    /// Shows one file.
    fn file(&mut self, report: &FileReport, to: &mut Streams) -> io::Result<()>;

    /// Ends the report. To be called once, also when there was no file.
    fn finish(&mut self, summary: &Summary, to: &mut Streams) -> io::Result<()>;
}

/// How a report may look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// Columns of the terminal; 80 when it is not known.
    pub width: usize,
    /// Whether findings are coloured.
    pub color: bool,
    /// Whether messages on the other stream are coloured.
    pub color_messages: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { width: 80, color: false, color_messages: false }
    }
}

/// The formats a report can take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// Snippets of the text, for people.
    #[default]
    Pretty,
    /// One line a finding.
    Concise,
    /// One JSON value for the whole run.
    Json,
    /// One JSON object a finding, each on its own line.
    Jsonl,
}

impl Format {
    /// Every format, in the order of `--help`.
    pub const ALL: [Format; 4] = [Format::Pretty, Format::Concise, Format::Json, Format::Jsonl];

    /// The name used in options.
    pub fn name(self) -> &'static str {
        match self {
            Format::Pretty => "pretty",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
        }
    }

    /// A reporter that writes this format.
    pub fn reporter(self, options: Options) -> Box<dyn Reporter> {
        match self {
            Format::Pretty => Box::new(pretty::Pretty::new(options)),
            Format::Concise => Box::new(concise::Concise::new(options)),
            Format::Json => Box::new(json::Json::default()),
            Format::Jsonl => Box::new(json::JsonLines::new(options)),
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Format, String> {
        Format::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            format!("没有“{name}”这种格式，可用：{}", names.join("、"))
        })
    }
}

/// A mistake in a text that is no document, drawn as a finding is; `what` says what it is in: 规则, 配置.
pub fn draw_mistake(what: &str, source: &Source, span: Span, message: &str, options: &Options) -> io::Result<Vec<u8>> {
    pretty::draw_mistake(what, source, span, message, options)
}

/// The line that says a file was not judged.
fn unread_line(path: &str, reason: &str, failure: bool, color: bool) -> String {
    let word = if failure { "无法检查" } else { "未检查" };
    let (path, reason) = (columns::visible(path), columns::visible(reason));
    match (color, failure) {
        (false, _) => format!("{word}  {path}：{reason}"),
        (true, true) => format!("\x1b[1;31m{word}\x1b[0m  {path}：{reason}"),
        (true, false) => format!("\x1b[1;33m{word}\x1b[0m  {path}：{reason}"),
    }
}
