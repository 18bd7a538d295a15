//! The rules of a run: the built-in ones and those of the user's files, with every mistake in them shown.

use super::arguments::Color;
use super::language::system_reason;
use super::{Stop, terminal};
use crate::builtin::{builtin, rule_set};
use crate::diagnostic::Severity;
use crate::read;
use crate::report::draw_mistake;
use crate::rule::load::{self, MAXIMUM_BYTES, RuleError, RulePlace};
use crate::rule::set::RuleSet;
use crate::rule::{Pack, Rule};
use crate::source::{Source, Span};
use crate::table::Tables;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a rule's level is lowered, and what can be done.
const LOWERED: &str = "没有例子，级别由 error（必须改）降为 warning（建议改），写上例子即可恢复";

/// Rules before they are made a set.
pub(super) struct Loaded {
    /// All packs that name themselves.
    pub(super) packs: Vec<Pack>,
    /// All rules, sorted by id.
    pub(super) rules: Vec<Rule>,
    /// All tables.
    pub(super) tables: Tables,
    /// For each rule of the user, by id, where it stands.
    pub(super) own: BTreeMap<String, Origin>,
    /// Rules of the user that have no examples and whose level was lowered for it.
    pub(super) lowered: Vec<Lowered>,
}

/// A rule whose level is not the one its author wrote.
pub(super) struct Lowered {
    /// Its id.
    pub(super) id: String,
    /// Where its level stands, `规则.yaml:12`.
    place: String,
}

/// Tells of the lowered rules among those that are run.
pub(super) fn tell_lowered(lowered: &[Lowered], run: &[&str]) {
    for Lowered { id, place } in lowered.iter().filter(|lowered| run.contains(&lowered.id.as_str())) {
        let word = terminal::note_word();
        // Whoever closed standard error does not want to know.
        let _ = writeln!(stderr(), "{word}  {place}：规则 {id} {LOWERED}");
    }
}

/// Where a rule of the user stands.
#[derive(Clone)]
pub(super) struct Origin {
    /// The file.
    pub(super) file: Arc<Source>,
    /// Which rule of the file it is, from 0.
    pub(super) index: usize,
}

impl Origin {
    /// `规则.yaml:12`, the line of some words of the rule.
    pub(super) fn place(&self, key: &str, words: &str) -> String {
        let span = RulePlace::new(&self.file.text, self.index).find(key, words);
        format!("{}:{}", self.file.name, load::line_of(&self.file.text, span))
    }
}

impl Loaded {
    /// The ids of all rules.
    pub(super) fn ids(&self) -> Vec<&str> {
        self.rules.iter().map(|rule| rule.id.as_str()).collect()
    }
}

/// Rules that are ready to run.
pub(super) struct Runnable {
    /// The rules.
    pub(super) set: RuleSet,
    /// The ids of those of the user.
    pub(super) own: Vec<String>,
    /// Rules of the user that have no examples and whose level was lowered for it.
    pub(super) lowered: Vec<Lowered>,
}

/// The built-in rules, and those in the files and folders of `paths`, ready to run.
pub(super) fn runnable(paths: &[PathBuf]) -> Result<Runnable, Stop> {
    if paths.is_empty() {
        return Ok(Runnable { set: rule_set(), own: Vec::new(), lowered: Vec::new() });
    }
    let Loaded { rules, tables, own, lowered, .. } = load(paths)?;
    let set = RuleSet::new(rules, tables).map_err(Stop::Message)?;
    Ok(Runnable { set, own: own.into_keys().collect(), lowered })
}

/// The built-in rules, and those in the files and folders of `paths`.
pub(super) fn load(paths: &[PathBuf]) -> Result<Loaded, Stop> {
    let (packs, rules, tables) = builtin();
    let mut loading = Loading {
        loaded: Loaded { packs, rules, tables, own: BTreeMap::new(), lowered: Vec::new() },
        mistakes: Vec::new(),
        unreadable: Vec::new(),
    };
    for path in paths {
        loading.path(path);
    }
    loading.finish()
}

struct Loading {
    loaded: Loaded,
    mistakes: Vec<(Arc<Source>, Span, String)>,
    unreadable: Vec<String>,
}

impl Loading {
    fn path(&mut self, path: &Path) {
        if !path.is_dir() {
            self.file(path);
            return;
        }
        let files = match files_in(path, &["yaml", "yml"]) {
            Ok(files) => files,
            Err(reason) => return self.unreadable.push(format!("规则文件夹“{}”：{reason}", path.display())),
        };
        if files.is_empty() {
            self.unreadable.push(format!("规则文件夹“{}”里没有规则文件（.yaml .yml）", path.display()));
        }
        for file in files {
            self.file(&file);
        }
    }

    fn file(&mut self, path: &Path) {
        let file = match read_text(path) {
            Ok(file) => Arc::new(file),
            Err(reason) => return self.unreadable.push(format!("规则文件“{}”：{reason}", path.display())),
        };
        let rules = match load::load(&file.name, &file.text) {
            Ok(rules) => rules,
            Err(errors) => {
                let located = errors.into_iter().map(|RuleError { span, message, .. }| (file.clone(), span, message));
                return self.mistakes.extend(located);
            }
        };
        self.tables(path, &file.text);
        self.loaded.packs.extend(rules.pack);
        for (index, rule) in rules.rules.into_iter().enumerate() {
            self.rule(rule, Origin { file: file.clone(), index });
        }
    }

    /// Takes the tables beside a rule file that it speaks of.
    fn tables(&mut self, path: &Path, text: &str) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        for table in files_in(folder, &["tsv"]).unwrap_or_default() {
            let name = table.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if !text.contains(&name) {
                continue;
            }
            let file = match read_text(&table) {
                Ok(file) => Arc::new(file),
                Err(reason) => {
                    self.unreadable.push(format!("表“{}”：{reason}", table.display()));
                    continue;
                }
            };
            match load::load_table(&file.name, &file.text) {
                Ok(table) => drop(self.loaded.tables.insert(name, table)),
                Err(error) => self.mistakes.push((file, error.span, error.message)),
            }
        }
    }

    fn rule(&mut self, mut rule: Rule, origin: Origin) {
        let place = |key: &str, words: &str| RulePlace::new(&origin.file.text, origin.index).find(key, words);
        let mut mistake = |span: Span, message: String| self.mistakes.push((origin.file.clone(), span, message));
        if let Some(other) = self.loaded.own.get(&rule.id) {
            let message = format!("规则编号“{}”与 {} 的规则重复", rule.id, other.place("id", &rule.id));
            return mistake(place("id", &rule.id), message);
        }
        if self.loaded.rules.iter().any(|known| known.id == rule.id) {
            let message = format!("规则编号“{}”与内置规则重复，请另取编号", rule.id);
            return mistake(place("id", &rule.id), message);
        }
        if let Err(message) = RuleSet::new(vec![rule.clone()], self.loaded.tables.clone()) {
            let name = message.split(['“', '”']).nth(1).unwrap_or("").to_owned();
            let hint = if message.contains("没有名为") {
                format!("；请把“{name}.tsv”放在规则文件旁")
            } else {
                String::new()
            };
            let message = message.trim_start_matches(&format!("规则{}：", rule.id)).to_owned() + &hint;
            return mistake(place("then", &name), message);
        }
        if rule.examples.bad.is_empty() && rule.examples.good.is_empty() && rule.severity > Severity::Warning {
            rule.severity = Severity::Warning;
            let place = origin.place("severity", "error");
            self.loaded.lowered.push(Lowered { id: rule.id.clone(), place });
        }
        self.loaded.own.insert(rule.id.clone(), origin);
        self.loaded.rules.push(rule);
    }

    /// The rules, or all that is wrong with them, shown.
    fn finish(mut self) -> Result<Loaded, Stop> {
        if self.mistakes.is_empty() && self.unreadable.is_empty() {
            self.loaded.rules.sort_by(|a, b| a.id.cmp(&b.id));
            return Ok(self.loaded);
        }
        let options = terminal::options(Color::Auto);
        for (file, span, message) in &self.mistakes {
            stderr().write_all(&draw_mistake("规则", file, *span, message, &options)?)?;
        }
        for message in &self.unreadable {
            terminal::complain(message);
        }
        if !self.mistakes.is_empty() {
            terminal::complain(&format!("规则文件有{}处错误", self.mistakes.len()));
        }
        Err(Stop::Told)
    }
}

/// The files of a folder with one of these extensions, sorted by name.
fn files_in(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| system_reason(&error))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    let fits = |path: &PathBuf| {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        extension.is_some_and(|extension| extensions.contains(&extension.as_str())) && path.is_file()
    };
    files.retain(fits);
    files.sort();
    Ok(files)
}

/// Reads a rule file or a table, in any encoding that documents may have.
fn read_text(path: &Path) -> Result<Source, String> {
    let facts = fs::metadata(path).map_err(|error| system_reason(&error))?;
    if facts.len() > MAXIMUM_BYTES as u64 {
        return Err(format!("文件有{}字节，超过4 MiB的上限，请拆成几个文件", facts.len()));
    }
    let bytes = fs::read(path).map_err(|error| system_reason(&error))?;
    let name = path.to_string_lossy();
    read::read(&name, &bytes, read::Format::Plain).map_err(|error| error.to_string())
}
