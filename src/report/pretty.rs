//! Findings for people: what is wrong, the words it is wrong in, the ground, and what can be done.

use super::columns::{visible, width, wrap};
use super::fold::{Entry, fold, folded_words};
use super::place::Places;
use super::related::{Related, related};
use super::remedy::remedy;
use super::window::{Mark, pieces};
use super::{FileReport, Options, Outcome, Reporter, Streams, Summary, unread_line};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{Source, Span};
use codespan_reporting::diagnostic::{LabelStyle, Severity as Weight};
use codespan_reporting::files::Error as RenderError;
use codespan_reporting::term::{Config, Renderer, WriteStyle};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Narrower than this a window shows nothing of use, so a smaller terminal breaks the lines itself.
const NARROWEST: usize = 40;

/// Writes findings with snippets.
pub(super) struct Pretty {
    options: Options,
    config: Config,
}

impl Pretty {
    /// A reporter that writes as `options` say.
    pub(super) fn new(options: Options) -> Pretty {
        Pretty { options: Options { width: options.width.max(NARROWEST), ..options }, config: Config::default() }
    }
}

impl Reporter for Pretty {
    fn file(&mut self, report: &FileReport, to: &mut Streams) -> io::Result<()> {
        match &report.outcome {
            Outcome::Unread { reason, failure } => {
                to.message(&unread_line(&report.path, reason, *failure, self.options.color_messages))
            }
            Outcome::Checked { source, findings, others } => {
                let mut canvas = Canvas { written: Vec::new(), color: self.options.color };
                let mut places = Places::new(source);
                for entry in fold(source, findings) {
                    let page = Page { source, path: &report.path, others, entry: &entry, options: &self.options };
                    page.draw(&mut places, &self.config, &mut canvas)?;
                }
                to.findings.write_all(&canvas.written)
            }
        }
    }

    fn finish(&mut self, summary: &Summary, to: &mut Streams) -> io::Result<()> {
        to.message(&summary.to_string())
    }
}

/// One finding with all that is needed to draw it.
struct Page<'a> {
    source: &'a Source,
    path: &'a str,
    others: &'a [std::sync::Arc<Source>],
    entry: &'a Entry<'a>,
    options: &'a Options,
}

/// The lines of one text that a finding shows.
struct Snippet<'a> {
    source: &'a Source,
    /// Path, line and column, and the section.
    location: String,
    /// The marks, by line from 0.
    rows: BTreeMap<usize, Vec<Mark>>,
    /// Lines between whose ends the text of a mark goes on unshown, from 0.
    broken: Vec<usize>,
}

impl<'a> Page<'a> {
    fn draw(&self, places: &mut Places, config: &Config, canvas: &mut Canvas) -> io::Result<()> {
        let finding = self.entry.finding;
        let (snippets, notes) = self.layout(places);
        let last_line = snippets.iter().filter_map(|snippet| snippet.rows.keys().next_back()).max();
        let gutter = last_line.map_or(1, |line| digits(line + 1));
        self.header(canvas)?;
        for snippet in &snippets {
            snippet.head(gutter, config, canvas)?;
            snippet.draw(weight(finding.severity), gutter, self.options.width, config, canvas)?;
        }
        let mut renderer = Renderer::new(canvas, config);
        for note in notes {
            let lines = wrap(&note, self.options.width.saturating_sub(gutter + 3));
            renderer.render_snippet_note(gutter, &lines.join("\n")).map_err(into_io)?;
        }
        writeln!(canvas)
    }

    /// `必须改  MESSAGE      RULE`, the rule's id at the right edge where there is room.
    fn header(&self, canvas: &mut Canvas) -> io::Result<()> {
        let Diagnostic { severity, message, rule, .. } = self.entry.finding;
        let (message, rule) = (visible(message), visible(rule));
        let taken = width(severity.chinese()) + 2 + width(&message) + width(&rule);
        let gap = self.options.width.saturating_sub(taken).max(2);
        canvas.set_header(weight(*severity))?;
        write!(canvas, "{}", severity.chinese())?;
        canvas.reset()?;
        write!(canvas, "  ")?;
        canvas.set_header_message()?;
        write!(canvas, "{message}")?;
        canvas.reset()?;
        write!(canvas, "{:gap$}", "")?;
        canvas.dim()?;
        write!(canvas, "{rule}")?;
        canvas.reset()?;
        writeln!(canvas)
    }

    /// The snippets, the finding's own text first, and the notes under them.
    fn layout(&self, places: &mut Places) -> (Vec<Snippet<'a>>, Vec<String>) {
        let finding = self.entry.finding;
        let position = places.at(finding.primary.span.start);
        let mut location = format!("{}:{}:{}", visible(self.path), position.line, position.column);
        if !finding.section.is_empty() {
            location = format!("{location}  {}", visible(&finding.section));
        }
        let mut own = Snippet { source: self.source, location, rows: BTreeMap::new(), broken: Vec::new() };
        let fix_words = remedy(self.source, finding);
        let beside = match &fix_words {
            Some(words) => words.clone(),
            None => visible(&finding.primary.message).into_owned(),
        };
        own.mark(finding.primary.span, true, &beside);
        let mut snippets = vec![own];
        let mut unplaced = Vec::new();
        let Related { drawn, left_out } = related(self.source, finding);
        for (label, words) in &drawn {
            if !self.place(label, words, &mut snippets) {
                unplaced.push(format!("另见{}：{words}", visible(&label.path)));
            }
        }
        let mut notes = self.notes(fix_words.is_some());
        notes.extend(unplaced);
        if left_out > 0 {
            notes.push(format!("另有{left_out}处相关，未列出"));
        }
        if !self.entry.folded.is_empty() {
            notes.push(folded_words(self.source, &self.entry.folded));
        }
        (snippets, notes)
    }

    /// Marks a related place in the snippet of its text. False when that text is not at hand.
    fn place(&self, related: &Label, message: &str, snippets: &mut Vec<Snippet<'a>>) -> bool {
        if *related.path == *self.source.name {
            snippets[0].mark(related.span, false, message);
            return true;
        }
        let Some(other) = self.others.iter().find(|other| *other.name == *related.path) else { return false };
        let known = snippets.iter().position(|snippet| snippet.source.name == other.name);
        let index = known.unwrap_or_else(|| {
            let position = other.position(related.span.start);
            let location = format!("{}:{}:{}", visible(&related.path), position.line, position.column);
            snippets.push(Snippet { source: other, location, rows: BTreeMap::new(), broken: Vec::new() });
            snippets.len() - 1
        });
        snippets[index].mark(related.span, false, message);
        true
    }

    /// The ground, whether the fix may be applied, and what else to do.
    fn notes(&self, fix_is_shown: bool) -> Vec<String> {
        let finding = self.entry.finding;
        let mut first = Vec::new();
        if let Some(basis) = &finding.basis {
            first.push(format!("依据：{}", visible(&basis.to_string())));
        }
        if let Some(fix) = &finding.fix {
            let how = if fix.safe { "可自动修改" } else { "有修改建议，需人工确认" };
            first.push(match fix_is_shown || fix.title.is_empty() {
                true => how.to_owned(),
                false => format!("{how}：{}", visible(&fix.title)),
            });
        }
        let mut notes = Vec::new();
        if !first.is_empty() {
            notes.push(first.join("  "));
        }
        if !finding.advice.is_empty() {
            notes.push(format!("建议：{}", visible(&finding.advice)));
        }
        notes
    }
}

impl Snippet<'_> {
    /// Marks a span; of one that runs over several lines, its beginning in the first and its end in the last.
    fn mark(&mut self, span: Span, primary: bool, message: &str) {
        let (lines, text) = (self.source.lines(), &self.source.text);
        let first = lines.line_of(span.start);
        // A span that takes in a line end ends in the line it ends, not before the first character of the next.
        let last = if span.is_empty() { first } else { lines.line_of(span.end - 1) };
        let mut add = |line: usize, message: &str| {
            let body = lines.span(text, line);
            let start = span.start.clamp(body.start, body.end) - body.start;
            let end = span.end.clamp(body.start, body.end) - body.start;
            self.rows.entry(line).or_default().push(Mark { range: start..end, primary, message: message.to_owned() });
        };
        if first == last {
            add(first, message);
            return;
        }
        add(first, "");
        add(last, message);
        if last > first + 1 {
            self.broken.push(first);
        }
    }

    /// The line that says where the snippet is from.
    fn head(&self, gutter: usize, config: &Config, canvas: &mut Canvas) -> io::Result<()> {
        write!(canvas, "{:gutter$} ", "")?;
        canvas.set_source_border()?;
        write!(canvas, "{}", config.chars.snippet_start)?;
        canvas.reset()?;
        writeln!(canvas, " {}", self.location)
    }

    fn draw(
        &self,
        weight: Weight,
        gutter: usize,
        width: usize,
        config: &Config,
        canvas: &mut Canvas,
    ) -> io::Result<()> {
        let mut renderer = Renderer::new(canvas, config);
        for (&line, marks) in &self.rows {
            let body = self.source.lines().span(&self.source.text, line).of(&self.source.text);
            for piece in pieces(body, marks.clone(), width.saturating_sub(gutter + 3)) {
                let mut labels: Vec<(LabelStyle, std::ops::Range<usize>, &str)> = piece
                    .marks
                    .iter()
                    .map(|mark| {
                        let style = if mark.primary { LabelStyle::Primary } else { LabelStyle::Secondary };
                        // An empty place is pointed at with the character behind it.
                        let end = mark.range.end.max(mark.range.start + 1);
                        (style, mark.range.start..end, mark.message.as_str())
                    })
                    .collect();
                labels.sort_by_key(|(_, range, _)| (range.start, range.end));
                renderer
                    .render_snippet_source(gutter, line + 1, &piece.text, weight, &labels, 0, &[])
                    .map_err(into_io)?;
            }
            if self.broken.contains(&line) {
                renderer.render_snippet_break(gutter, weight, 0, &[]).map_err(into_io)?;
            }
        }
        Ok(())
    }
}

/// A mistake in a text that is no document, such as a rule file: what is wrong, and the words.
pub(super) fn draw_mistake(
    what: &str,
    source: &Source,
    span: Span,
    message: &str,
    options: &Options,
) -> io::Result<Vec<u8>> {
    let width = options.width.max(NARROWEST);
    let position = source.position(span.start);
    let location = format!("{}:{}:{}", visible(&source.name), position.line, position.column);
    let mut snippet = Snippet { source, location, rows: BTreeMap::new(), broken: Vec::new() };
    snippet.mark(span, true, "");
    let gutter = snippet.rows.keys().next_back().map_or(1, |line| digits(line + 1));
    let config = Config::default();
    let mut canvas = Canvas { written: Vec::new(), color: options.color_messages };
    canvas.set_header(Weight::Error)?;
    write!(canvas, "{what}有误")?;
    canvas.reset()?;
    canvas.set_header_message()?;
    let lines = wrap(&visible(message), width.saturating_sub(10));
    write!(canvas, "  {}", lines.join("\n          "))?;
    canvas.reset()?;
    writeln!(canvas)?;
    snippet.head(gutter, &config, &mut canvas)?;
    snippet.draw(Weight::Error, gutter, width, &config, &mut canvas)?;
    writeln!(canvas)?;
    Ok(canvas.written)
}

/// How many digits a line number has.
fn digits(number: usize) -> usize {
    number.checked_ilog10().unwrap_or(0) as usize + 1
}

/// The renderer's name for a severity, by which the canvas picks the colour.
fn weight(severity: Severity) -> Weight {
    match severity {
        Severity::Error => Weight::Error,
        Severity::Warning => Weight::Warning,
        Severity::Info => Weight::Note,
    }
}

fn into_io(error: RenderError) -> io::Error {
    match error {
        RenderError::Io(error) => error,
        error => io::Error::other(error),
    }
}

/// What is drawn of a file, with colours where they are wanted.
struct Canvas {
    written: Vec<u8>,
    color: bool,
}

impl Canvas {
    fn style(&mut self, code: &str) -> io::Result<()> {
        if self.color { write!(self.written, "\x1b[{code}m") } else { Ok(()) }
    }

    fn dim(&mut self) -> io::Result<()> {
        self.style("2")
    }
}

impl Write for Canvas {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes == b"\n" {
            // The renderer pads some lines with blanks, which would be copied along with the words.
            let kept = self.written.iter().rposition(|byte| *byte != b' ').map_or(0, |last| last + 1);
            self.written.truncate(kept);
        }
        self.written.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Canvas {
    fn set_header(&mut self, severity: Weight) -> io::Result<()> {
        match severity {
            Weight::Bug | Weight::Error => self.style("1;31"),
            Weight::Warning => self.style("1;33"),
            Weight::Note | Weight::Help => self.style("1;34"),
        }
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.style("1")
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.dim()
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.dim()
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.dim()
    }

    fn set_label(&mut self, severity: Weight, style: LabelStyle) -> io::Result<()> {
        match (style, severity) {
            (LabelStyle::Secondary, _) => self.style("36"),
            (_, Weight::Bug | Weight::Error) => self.style("31"),
            (_, Weight::Warning) => self.style("33"),
            (_, Weight::Note | Weight::Help) => self.style("34"),
        }
    }

    fn reset(&mut self) -> io::Result<()> {
        self.style("0")
    }
}
