//! Sets: files that belong together, read beforehand so that each can be shown with what contradicts it elsewhere.

use super::arguments::{CheckArguments, Color};
use super::input::read_file;
use super::language::system_reason;
use super::walk::{self, Entry, Found, Task};
use super::{Stop, glob, terminal};
use crate::check::check_set;
use crate::config::{self, Config, FILE_NAME};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::ledger::Ledger;
use crate::read::Format;
use crate::report::draw_mistake;
use crate::rule::set::RuleSet;
use crate::source::Source;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of a set.
#[derive(Clone)]
struct Member {
    /// What findings call it.
    name: String,
    path: PathBuf,
    format: Format,
    /// Whether it is checked in this run.
    checked: bool,
}

/// What comparing the files of all sets found.
#[derive(Default)]
pub(super) struct Compared {
    findings: HashMap<String, Vec<Diagnostic>>,
    members: HashMap<String, Member>,
}

impl Compared {
    /// The findings in a file, and the texts of the other files they point into.
    pub(super) fn findings_in(&self, name: &str) -> (Vec<Diagnostic>, Vec<Arc<Source>>) {
        let findings = self.findings.get(name).cloned().unwrap_or_default();
        let others: BTreeSet<&str> =
            findings.iter().flat_map(|finding| &finding.related).map(|label| &*label.path).collect();
        let read = |other: &str| {
            let member = self.members.get(other)?;
            read_file(&member.path, &member.name, member.format).ok().map(Arc::new)
        };
        let others = others.into_iter().filter(|other| *other != name).filter_map(read).collect();
        (findings, others)
    }
}

/// Reads the files of the sets that the arguments or configurations name, and compares them.
pub(super) fn compare(
    arguments: &CheckArguments,
    paths: &[PathBuf],
    found: &Found,
    rules: &RuleSet,
) -> Result<Compared, Stop> {
    let sets = if arguments.set { named(paths, found)? } else { configured(arguments, paths, found)? };
    let mut compared = Compared::default();
    for set in sets {
        // Files that cannot be read are reported where they are checked.
        let ledgers: Vec<Ledger> = set
            .par_iter()
            .filter_map(|member| read_file(&member.path, &member.name, member.format).ok())
            .map(|source| Ledger::of(&Document::new(Arc::new(source))))
            .collect();
        for finding in check_set(&ledgers, rules) {
            compared.findings.entry(finding.primary.path.to_string()).or_default().push(finding);
        }
        compared.members.extend(set.into_iter().map(|member| (member.name.clone(), member)));
    }
    Ok(compared)
}

fn member(entry: &Entry) -> Option<Member> {
    match &entry.task {
        Task::File { path, format, .. } => {
            Some(Member { name: entry.name.clone(), path: path.clone(), format: *format, checked: true })
        }
        _ => None,
    }
}

/// The sets of `--set`: each folder, and the files named one by one.
fn named(paths: &[PathBuf], found: &Found) -> Result<Vec<Vec<Member>>, Stop> {
    let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| path.is_dir());
    let of = |belongs: &dyn Fn(&Path) -> bool| -> Vec<Member> {
        found.entries.iter().filter_map(member).filter(|member| belongs(&member.path)).collect()
    };
    let mut sets: Vec<Vec<Member>> = folders.iter().map(|folder| of(&|path| path.starts_with(folder))).collect();
    // The order in which files are named is the order in which they hold.
    let mut single = of(&|path| files.iter().any(|file| *file == path));
    single.sort_by_key(|member| files.iter().position(|file| **file == member.path));
    sets.push(single);
    sets.retain(|set| set.len() > 1);
    if sets.is_empty() {
        return Err(Stop::Message("--set 要有两份以上的文件才能互相核对".to_owned()));
    }
    Ok(sets)
}

/// The sets of the configurations above the paths, as far as some file of theirs is checked.
fn configured(arguments: &CheckArguments, paths: &[PathBuf], found: &Found) -> Result<Vec<Vec<Member>>, Stop> {
    let mut sets = Vec::new();
    if arguments.isolated {
        return Ok(sets);
    }
    let files: BTreeSet<PathBuf> = paths.iter().filter_map(|path| configuration_above(path)).collect();
    for file in files {
        let (config, text) = read_config(&file)?;
        let root = file.parent().unwrap_or(Path::new("."));
        let members = if config.sets.is_empty() { BTreeMap::new() } else { files_under(root, found) };
        for set in &config.sets {
            let mut chosen: Vec<Member> = Vec::new();
            for pattern in &set.files {
                let pattern_is_folder = pattern.ends_with('/');
                let fits = |name: &str| {
                    glob::matches(pattern, name) || pattern_is_folder && name.starts_with(pattern.as_str())
                };
                let mut fitting = members.iter().filter(|(name, _)| fits(name)).peekable();
                if fitting.peek().is_none() {
                    let at = text.text.find(pattern.as_str()).unwrap_or(0);
                    let span = crate::source::Span::new(at, at + pattern.len());
                    let message = format!("成套材料“{}”中的“{pattern}”没有对应的文件", set.name);
                    stderr().write_all(&draw_mistake(
                        "配置",
                        &text,
                        span,
                        &message,
                        &terminal::options(Color::Auto),
                    )?)?;
                    return Err(Stop::Told);
                }
                let known: BTreeSet<String> = chosen.iter().map(|member| member.name.clone()).collect();
                chosen.extend(fitting.map(|(_, member)| member.clone()).filter(|member| !known.contains(&member.name)));
            }
            // What contradicts a file that is not checked now is shown in the one that is.
            chosen.sort_by_key(|member| member.checked);
            if chosen.len() > 1 && chosen.iter().any(|member| member.checked) {
                sets.push(chosen);
            }
        }
    }
    Ok(sets)
}

/// The configuration in the folder of a path or the nearest above it.
fn configuration_above(path: &Path) -> Option<PathBuf> {
    if path == Path::new("-") {
        return None;
    }
    let start = path.canonicalize().ok()?;
    start.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

fn read_config(path: &Path) -> Result<(Config, Source), Stop> {
    let shown = shown(path);
    let text = fs::read_to_string(path)
        .map_err(|error| Stop::Message(format!("配置文件“{shown}”：{}", system_reason(&error))))?;
    let source = Source::plain(&shown, &*text);
    match config::load(&shown, &text) {
        Ok(config) => Ok((config, source)),
        Err(error) => {
            let options = terminal::options(Color::Auto);
            stderr().write_all(&draw_mistake("配置", &source, error.span, &error.message, &options)?)?;
            Err(Stop::Told)
        }
    }
}

/// A path as it is shown: from the current folder where it lies in it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok().and_then(|here| here.canonicalize().ok());
    let relative = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    relative.unwrap_or_else(|| path.to_owned()).to_string_lossy().into_owned()
}

/// The documents under a folder by their paths from it, with `/` between; those that are checked go by the names they have
/// there.
fn files_under(root: &Path, found: &Found) -> BTreeMap<String, Member> {
    let checked: HashMap<PathBuf, Member> = found
        .entries
        .iter()
        .filter_map(member)
        .filter_map(|member| Some((member.path.canonicalize().ok()?, member)))
        .collect();
    let under = walk::find(&[root.to_owned()], None, false);
    let mut files = BTreeMap::new();
    for entry in under.entries.iter().filter_map(member) {
        let Ok(path) = entry.path.canonicalize() else { continue };
        let Ok(relative) = path.strip_prefix(root) else { continue };
        let key = relative.to_string_lossy().replace('\\', "/");
        let own = checked.get(&path).cloned();
        files.insert(key, own.unwrap_or_else(|| Member { name: shown(&path), checked: false, ..entry }));
    }
    files
}
