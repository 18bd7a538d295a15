//! `kanwu check`: files in, findings out. Files are checked by many threads and reported in one order.

use super::arguments::{CheckArguments, FailOn};
use super::input::{Refusal, read_file, read_standard_input};
use super::progress::Progress;
use super::rule_files::{self, Runnable};
use super::sets::{self, Compared};
use super::statistics::Statistics;
use super::walk::{self, Entry, Found, Task};
use super::window::Window;
use super::{Exit, Stop, glob, terminal};
use crate::check::{Check, check};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::document::fact::Fact;
use crate::report::columns::visible;
use crate::report::{FileReport, Outcome, Reporter, Streams, Summary};
use crate::rule::set::RuleSet;
use crate::source::{Source, Span};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::io::{self, BufWriter, IsTerminal, Write, sink, stderr, stdout};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many finished files for each thread may wait for those before them.
const WAITING: usize = 4;

/// Checks what the arguments name.
pub(super) fn run(arguments: &CheckArguments) -> Result<Exit, Stop> {
    let paths = paths(arguments)?;
    // The process ends with the check: to give thousands of words back one by one would only keep the user waiting.
    let mut rules = ManuallyDrop::new(rule_files::runnable(&arguments.rules)?);
    choose(&mut rules.set, &arguments.only, &arguments.skip)?;
    if arguments.verbose {
        tell_rules(&rules);
    }
    if !arguments.quiet {
        rule_files::tell_lowered(&rules.lowered, &rules.set.ids());
    }
    let found = walk::find(&paths, arguments.stdin_filename.as_deref(), arguments.isolated);
    let alone = found.entries.len() == 1;
    let threads = rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs.unwrap_or(0));
    let pool = if alone { threads.use_current_thread().build() } else { threads.build() };
    let pool = pool.map_err(|error| Stop::Message(format!("不能启动线程：{error}")))?;
    let compared = pool.install(|| sets::compare(arguments, &paths, &found, &rules.set))?;
    let mut output = Output::new(arguments, found.entries.len());
    check_all(&pool, &found, &Job { rules: &rules.set, compared: &compared, arguments, alone }, &mut output)?;
    output.finish(&found)
}

/// The paths to check: those named; without any, the current folder, or the standard input when it was given a name.
fn paths(arguments: &CheckArguments) -> Result<Vec<PathBuf>, Stop> {
    let standard_input = Path::new("-");
    match (arguments.paths.as_slice(), &arguments.stdin_filename) {
        ([], None) => Ok(vec![PathBuf::from(".")]),
        ([], Some(_)) => Ok(vec![standard_input.to_owned()]),
        (paths, Some(_)) if !paths.iter().any(|path| path == standard_input) => {
            Err(Stop::Message("--stdin-filename 只在检查标准输入“-”时使用".to_owned()))
        }
        (paths, _) => Ok(paths.to_vec()),
    }
}

/// Keeps the rules that `--only` names and `--skip` does not.
fn choose(rules: &mut RuleSet, only: &[String], skip: &[String]) -> Result<(), Stop> {
    let (only, skip) = (glob::split(only), glob::split(skip));
    glob::refuse_unknown("--only", &only, &rules.ids())?;
    glob::refuse_unknown("--skip", &skip, &rules.ids())?;
    let any = |patterns: &[&str], id: &str| patterns.iter().any(|pattern| glob::matches(pattern, id));
    rules.retain(|id| (only.is_empty() || any(&only, id)) && !any(&skip, id));
    if rules.ids().is_empty() {
        return Err(Stop::Message("--only 和 --skip 没有留下任何规则".to_owned()));
    }
    Ok(())
}

fn tell_rules(rules: &Runnable) {
    let run = rules.set.ids();
    let own = rules.own.iter().filter(|id| run.contains(&id.as_str())).count();
    let kinds = match own {
        0 => String::new(),
        own => format!("（内置{}条，自带{own}条）", run.len() - own),
    };
    // This line is for whoever watches; a closed standard error ends no check.
    let _ = writeln!(stderr(), "运行规则{}条{kinds}", run.len());
}

/// What came of one file.
struct Checked {
    report: FileReport,
    /// The highest severity found, shown or not.
    worst: Option<Severity>,
    /// Findings below the level that is shown.
    hidden: usize,
    /// What a careful reader may want to know besides.
    remark: Option<String>,
    time: Duration,
}

/// What every file is checked by.
struct Job<'a> {
    rules: &'a RuleSet,
    compared: &'a Compared,
    arguments: &'a CheckArguments,
    /// Whether there is one file alone: this thread checks it, as it has its memory at hand, and the others help.
    alone: bool,
}

/// Checks a document with all threads of the pool.
fn check_by_rules(document: &Document, rules: &RuleSet) -> Vec<Diagnostic> {
    let check = Check::new(document, rules);
    let found = (0..check.rules()).into_par_iter().flat_map_iter(|rule| check.run(rule)).collect();
    check.finish(found)
}

/// Checks the files with as many threads as are asked for, and shows each as soon as those before it are shown.
fn check_all(pool: &ThreadPool, found: &Found, job: &Job<'_>, output: &mut Output) -> Result<(), Stop> {
    if let [only] = found.entries.as_slice() {
        return output.show(check_entry(only, job)).map_err(Stop::Output);
    }
    let threads = pool.current_num_threads().min(found.entries.len());
    let window = Window::new(found.entries.len(), threads * WAITING);
    pool.in_place_scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|_| window.work(|index| check_entry(&found.entries[index], job)));
        }
        while let Some(checked) = window.deliver() {
            if let Err(error) = output.show(checked) {
                window.stop();
                return Err(Stop::Output(error));
            }
        }
        Ok(())
    })
}

fn check_entry(entry: &Entry, job: &Job<'_>) -> Checked {
    let started = Instant::now();
    let name = &entry.name;
    let (source, named) = match &entry.task {
        Task::File { path, format, named } => (read_file(path, name, *format), *named),
        Task::StandardInput(format) => (read_standard_input(name, *format), true),
        Task::Refuse(reason) => (Err(Refusal::Unreadable(reason.clone())), true),
    };
    let unread = |report| Checked { report, worst: None, hidden: 0, remark: None, time: started.elapsed() };
    match source {
        Ok(source) => check_source(Arc::new(source), job, started),
        Err(Refusal::NoDocument(reason)) if !named => unread(FileReport::passed_over(name, reason)),
        Err(refusal) => unread(FileReport::failed(name, refusal.reason())),
    }
}

fn check_source(source: Arc<Source>, job: &Job<'_>, started: Instant) -> Checked {
    let Job { rules, compared, arguments, alone } = *job;
    let mut document = Document::new(source.clone());
    if let Some(genre) = &arguments.genre {
        let span = document.facts.title.as_ref().map_or(Span::at(0), |title| title.span);
        document.facts.genre = Some(Fact { value: genre.clone(), span });
    }
    let mut findings = if alone { check_by_rules(&document, rules) } else { check(&document, rules) };
    let (contradictions, others) = compared.findings_in(&source.name);
    if !contradictions.is_empty() {
        findings.extend(contradictions);
        findings.sort_by(|a, b| (a.primary.span, &a.rule).cmp(&(b.primary.span, &b.rule)));
    }
    let worst = findings.iter().map(|finding| finding.severity).max();
    let all = findings.len();
    findings.retain(|finding| finding.severity >= arguments.severity);
    let hidden = all - findings.len();
    let remark = later_than_facts(&document, rules);
    let report = FileReport { path: source.name.clone(), outcome: Outcome::Checked { source, findings, others } };
    Checked { report, worst, hidden, remark, time: started.elapsed() }
}

/// What to say of a document that is younger than the facts it was judged by.
fn later_than_facts(document: &Document, rules: &RuleSet) -> Option<String> {
    let (date, until) = (document.facts.date.as_ref()?.value, rules.facts_until()?);
    let words = |(year, month, day): (i32, u32, u32)| format!("{year}年{month}月{day}日");
    (date > until).then(|| format!("文件日期{}晚于事实表的核对日{}，其后的变化未查", words(date), words(until)))
}

/// Where results go, and what is counted on the way.
struct Output {
    reporter: Box<dyn Reporter>,
    findings: BufWriter<io::Stdout>,
    to_terminal: bool,
    progress: Progress,
    summary: Summary,
    statistics: Option<Statistics>,
    worst: Option<Severity>,
    fail_on: FailOn,
    quiet: bool,
    verbose: bool,
}

impl Output {
    fn new(arguments: &CheckArguments, files: usize) -> Output {
        Output {
            reporter: arguments.format.reporter(terminal::options(arguments.color)),
            findings: BufWriter::new(stdout()),
            to_terminal: stdout().is_terminal(),
            progress: Progress::new(files, !arguments.quiet),
            summary: Summary::default(),
            statistics: arguments.statistics.then(Statistics::default),
            worst: None,
            fail_on: arguments.fail_on,
            quiet: arguments.quiet,
            verbose: arguments.verbose,
        }
    }

    fn show(&mut self, checked: Checked) -> io::Result<()> {
        let Checked { report, worst, hidden, remark, time } = checked;
        self.summary.count(&report);
        self.summary.hidden += hidden;
        self.worst = self.worst.max(worst);
        if let Some(statistics) = &mut self.statistics {
            statistics.count(report.findings());
        }
        let is_note = matches!(report.outcome, Outcome::Unread { failure: false, .. });
        let Output { reporter, findings, progress, .. } = self;
        progress.aside(|| {
            let mut nowhere = sink();
            let mut messages = stderr();
            let messages: &mut dyn Write = if self.quiet && is_note { &mut nowhere } else { &mut messages };
            reporter.file(&report, &mut Streams { findings, messages })?;
            if self.to_terminal || self.verbose {
                findings.flush()?;
            }
            if self.verbose
                && let Outcome::Checked { source, .. } = &report.outcome
            {
                let milliseconds = time.as_secs_f64() * 1000.0;
                let (name, encoding) = (visible(&report.path), source.encoding.name);
                let _ = writeln!(stderr(), "{name}：{encoding}，{milliseconds:.1}毫秒");
                if let Some(remark) = remark {
                    let _ = writeln!(stderr(), "{name}：{remark}");
                }
            }
            io::Result::Ok(())
        })?;
        progress.step();
        Ok(())
    }

    /// Ends the report and says how the run went.
    fn finish(mut self, found: &Found) -> Result<Exit, Stop> {
        self.progress.finish();
        for path in &found.unsupported {
            self.summary.count_unchecked(path);
        }
        let mut nowhere = sink();
        let mut messages = stderr();
        let messages: &mut dyn Write = if self.quiet { &mut nowhere } else { &mut messages };
        self.reporter.finish(&self.summary, &mut Streams { findings: &mut self.findings, messages })?;
        self.findings.flush()?;
        // A folder that gave nothing to check is said even to who wants to hear little.
        for note in &found.notes {
            writeln!(stderr(), "{}", visible(note))?;
        }
        if let Some(statistics) = &self.statistics {
            write!(stderr(), "{}", statistics.table())?;
        }
        let failing = self.fail_on.0.is_some_and(|level| self.worst.is_some_and(|worst| worst >= level));
        Ok(match (self.summary.failed, failing) {
            (0, false) => Exit::Clean,
            (0, true) => Exit::Findings,
            _ => Exit::Failed,
        })
    }
}
