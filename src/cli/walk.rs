//! From the paths on the command line to the files to be checked, in the order they are reported.

use super::input::{STANDARD_INPUT, TYPES, format_of, format_of_standard_input, is_other_document};
use super::language::system_reason;
use crate::read::Format;
use ignore::WalkBuilder;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// The ignore file of this program.
const IGNORE_FILE: &str = ".kanwuignore";

/// A file to be checked, or a path that cannot be.
pub(super) struct Entry {
    /// What findings call it.
    pub(super) name: String,
    /// What is to be done with it.
    pub(super) task: Task,
}

/// What is to be done with a path.
pub(super) enum Task {
    /// Check the file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its type.
        format: Format,
        /// Whether it was asked for by name, so that a blank one is a failure.
        named: bool,
    },
    /// Check the standard input.
    StandardInput(Format),
    /// Tell that it cannot be checked.
    Refuse(String),
}

/// What the paths on the command line come to.
#[derive(Default)]
pub(super) struct Found {
    /// The files, sorted by name, each once.
    pub(super) entries: Vec<Entry>,
    /// Documents of types that are not read, met while walking.
    pub(super) unsupported: Vec<String>,
    /// What else the user should know.
    pub(super) notes: Vec<String>,
}

/// Finds the files. Without `isolated`, ignore files are honoured for what is not named.
pub(super) fn find(paths: &[PathBuf], stdin_name: Option<&str>, isolated: bool) -> Found {
    let mut search = Search { found: Found::default(), known: HashSet::new(), folders: HashMap::new(), isolated };
    // Named files first: a file both named and met is a named one.
    let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| path.is_dir());
    for path in files {
        search.name(path, stdin_name);
    }
    for folder in folders {
        search.walk(folder);
    }
    search.found.entries.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    search.found.unsupported.sort_unstable();
    search.found
}

struct Search {
    found: Found,
    /// The files found so far, links resolved.
    known: HashSet<PathBuf>,
    /// Folders with their links resolved.
    folders: HashMap<PathBuf, PathBuf>,
    isolated: bool,
}

impl Search {
    /// Takes a path that was named on the command line and is no folder.
    fn name(&mut self, path: &Path, stdin_name: Option<&str>) {
        if path == Path::new("-") {
            if self.known.insert(path.to_owned()) {
                let task = format_of_standard_input(stdin_name).map_or_else(Task::Refuse, Task::StandardInput);
                self.add(stdin_name.unwrap_or(STANDARD_INPUT).to_owned(), task);
            }
            return;
        }
        let task = match path.metadata() {
            Err(error) => Task::Refuse(system_reason(&error)),
            Ok(facts) if !facts.is_file() && path.extension().is_some() => Task::Refuse("不是普通文件".to_owned()),
            Ok(_) => match format_of(path) {
                Ok(format) => Task::File { path: path.to_owned(), format, named: true },
                Err(reason) => Task::Refuse(reason),
            },
        };
        let resolved = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if self.known.insert(resolved) {
            self.add(path.to_string_lossy().into_owned(), task);
        }
    }

    fn add(&mut self, name: String, task: Task) {
        self.found.entries.push(Entry { name, task });
    }

    /// Takes all files of a folder and of the folders in it.
    fn walk(&mut self, folder: &Path) {
        let (entries, others) = (self.found.entries.len(), self.found.unsupported.len());
        let mut duplicates = 0;
        for met in walker(folder, self.isolated).build() {
            match met {
                Ok(entry) => {
                    if let Some(error) = entry.error() {
                        self.found.notes.push(format!("忽略文件有误，有的行未起作用：{error}"));
                    }
                    duplicates += usize::from(!self.meet(entry.path(), &entry));
                }
                Err(error) => self.refuse(folder, &error),
            }
        }
        if self.found.entries.len() == entries && duplicates == 0 {
            let other = self.found.unsupported.len() > others;
            let note = self.emptiness(folder, other);
            self.found.notes.push(note);
        }
    }

    /// Takes what was met while walking. False when it is a file that was found before.
    fn meet(&mut self, path: &Path, entry: &ignore::DirEntry) -> bool {
        if entry.file_type().is_none_or(|kind| kind.is_dir()) {
            return true;
        }
        let name = path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned();
        let Some(format) = Format::of_path(path) else {
            if is_other_document(path) {
                self.found.unsupported.push(name);
            }
            return true;
        };
        let resolved = self.resolve(path, entry.path_is_symlink());
        let is_new = self.known.insert(resolved);
        if is_new {
            self.add(name, Task::File { path: path.to_owned(), format, named: false });
        }
        is_new
    }

    /// The file a path leads to. Folders are resolved once for all the files in them.
    fn resolve(&mut self, path: &Path, is_link: bool) -> PathBuf {
        let (Some(folder), Some(name), false) = (path.parent(), path.file_name(), is_link) else {
            return path.canonicalize().unwrap_or_else(|_| path.to_owned());
        };
        if let Some(known) = self.folders.get(folder) {
            return known.join(name);
        }
        let base = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let resolved = base.canonicalize().unwrap_or_else(|_| folder.to_owned());
        self.folders.insert(folder.to_owned(), resolved.clone());
        resolved.join(name)
    }

    /// Takes a path that could not be walked: a folder without permission, a link that leads nowhere. A link that leads
    /// back to a folder above it holds nothing new.
    fn refuse(&mut self, folder: &Path, error: &ignore::Error) {
        if is_loop(error) {
            return;
        }
        let path = path_of(error).unwrap_or(folder);
        // A link that leads nowhere matters only when it is named like a text.
        let is_missing = error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound);
        let is_relevant = !is_missing || path == folder || Format::of_path(path).is_some();
        if is_relevant {
            let reason = error.io_error().map_or_else(|| format!("系统报告“{error}”"), system_reason);
            let name = path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned();
            self.add(name, Task::Refuse(reason));
        }
    }

    /// Why a folder gave no file to check.
    fn emptiness(&self, folder: &Path, has_others: bool) -> String {
        let name = folder.display();
        let ignored = if self.isolated {
            0
        } else {
            let all = walker(folder, true).build().flatten();
            all.filter(|entry| entry.path().is_file() && Format::of_path(entry.path()).is_some()).count()
        };
        match (ignored, has_others) {
            (0, false) => format!("文件夹“{name}”里没有可检查的文件（{TYPES}）"),
            (0, true) => format!("文件夹“{name}”里只有不能读取的文件，可检查的类型：{TYPES}"),
            (ignored, _) => {
                format!("文件夹“{name}”里的{ignored}份文件都被 .gitignore 或 {IGNORE_FILE} 排除，加 --isolated 可检查")
            }
        }
    }
}

fn walker(folder: &Path, isolated: bool) -> WalkBuilder {
    let mut builder = WalkBuilder::new(folder);
    // What a run finds must not depend on whose machine it runs on, so the user's global ignore file has no say.
    builder
        .hidden(true)
        .follow_links(true)
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .git_ignore(!isolated)
        .parents(!isolated);
    if !isolated {
        builder.add_custom_ignore_filename(IGNORE_FILE);
    }
    builder
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithPath { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => is_loop(err),
        _ => false,
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
