//! `kanwu rules import`: makes a table for rules of a word list that was kept in a spreadsheet.
//!
//! Everything that is wrong with a list is told at once, and then nothing is written.

mod columns;
mod known;
mod output;
mod separated;
mod sheet;
mod words;
mod workbook;

use crate::cli::arguments::ImportArguments;
use crate::cli::{Exit, Stop, terminal};
use crate::rule::load::MAXIMUM_BYTES;
use chrono::Local;
use columns::Columns;
use sheet::Sheet;
use std::ffi::OsStr;
use std::fs;
use std::io::{Write, stderr, stdout};
use std::path::Path;
use words::{Word, Words};

/// Imports a list.
pub(in crate::cli) fn run(arguments: &ImportArguments) -> Result<Exit, Stop> {
    let refused = refused_places(arguments);
    if !refused.is_empty() {
        return Err(told(&refused));
    }
    let sheet = Sheet::read(&arguments.file, arguments.sheet.as_deref())?;
    if !sheet.others.is_empty() {
        let others: Vec<String> = sheet.others.iter().map(|name| format!("“{name}”")).collect();
        note(&format!("{}：其他工作表{}未导入，要导入请用 --sheet 指定", sheet.file, others.join("、")));
    }
    if sheet.rows.is_empty() {
        return Err(Stop::Message(format!("{}是空的，请核对文件是否已保存", sheet.place().trim_end_matches('：'))));
    }
    let columns = Columns::find(&sheet).map_err(|mistakes| told(&mistakes))?;
    let words = Words::read(&sheet, &columns);
    for message in columns.notes.iter().chain(&words.notes) {
        note(message);
    }
    if !words.mistakes.is_empty() {
        let failed = told(&words.mistakes);
        terminal::complain(&format!("有{}处要改，未导入", words.mistakes.len()));
        return Err(failed);
    }
    for (index, rule) in known::known(&words.words) {
        let Word { row, wrong, .. } = &words.words[index];
        note(&format!("{}：内置规则 {rule} 已能报出“{wrong}”", sheet.row(*row)));
    }
    put(arguments, &sheet, &words.words)
}

/// Prints or writes what was made of the words.
fn put(arguments: &ImportArguments, sheet: &Sheet, words: &[Word]) -> Result<Exit, Stop> {
    let given = arguments.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    let title = given.unwrap_or_else(|| one_line(&stem(&arguments.file)));
    let file = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let source = match &sheet.name {
        Some(name) => one_line(&format!("{file} 工作表“{name}”")),
        None => one_line(&file),
    };
    let checked = arguments.checked.clone().unwrap_or_else(|| Local::now().format("%Y-%m-%d").to_string());
    let table = output::table(&title, &source, &checked, words);
    if table.len() > MAXIMUM_BYTES {
        let message = format!("{}：表有{}字节，超过4 MiB的上限，请分成几个词表", sheet.file, table.len());
        return Err(Stop::Message(message));
    }
    let Some(path) = &arguments.output else {
        stdout().write_all(table.as_bytes())?;
        writeln!(stderr(), "已导入{}条", words.len())?;
        return Ok(Exit::Clean);
    };
    let rule = output::rule(&stem(path), &title);
    let mut files = vec![(path.as_path(), table.as_str())];
    files.extend(arguments.rule.as_deref().map(|path| (path, rule.as_str())));
    output::write(&files)?;
    let and_rule = arguments.rule.as_ref().map(|rule| format!("，规则写入 {}", rule.display()));
    writeln!(stderr(), "已导入{}条，写入 {}{}", words.len(), path.display(), and_rule.unwrap_or_default())?;
    if arguments.rule.is_none() {
        stdout().write_all(rule.as_bytes())?;
    }
    Ok(Exit::Clean)
}

/// Why the table and the rule cannot be written where they are wanted.
fn refused_places(arguments: &ImportArguments) -> Vec<String> {
    let Some(table) = &arguments.output else { return Vec::new() };
    let mut refused = Vec::new();
    if !has_extension(table, &["tsv"]) {
        refused.push(format!("“{}”应以 .tsv 结尾，规则只认这样的表", table.display()));
    }
    if let Some(rule) = &arguments.rule {
        if !has_extension(rule, &["yaml", "yml"]) {
            refused.push(format!("“{}”应以 .yaml 结尾", rule.display()));
        }
        if folder(rule) != folder(table) {
            refused.push(format!("“{}”应与表“{}”在同一文件夹，规则才找得到表", rule.display(), table.display()));
        }
    }
    for path in [Some(table), arguments.rule.as_ref()].into_iter().flatten() {
        if is_same(path, &arguments.file) {
            refused.push(format!("“{}”就是要导入的词表，请另取文件名", path.display()));
        } else if path.is_dir() {
            refused.push(format!("“{}”是文件夹，不是文件", path.display()));
        } else if !arguments.force && path.symlink_metadata().is_ok() {
            refused.push(format!("“{}”已存在，请另取文件名，或加 --force 覆盖", path.display()));
        }
    }
    refused
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|extension| known.contains(&extension))
}

fn folder(path: &Path) -> Option<std::path::PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::canonicalize(folder).ok()
}

fn is_same(path: &Path, other: &Path) -> bool {
    fs::canonicalize(path).ok().is_some_and(|path| fs::canonicalize(other).ok() == Some(path))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// A text without line breaks and the like, which would end a line of the table.
fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().to_owned()
}

/// Tells everything that is wrong.
fn told(mistakes: &[String]) -> Stop {
    for mistake in mistakes {
        terminal::complain(mistake);
    }
    Stop::Told
}

fn note(message: &str) {
    // Whoever closed standard error does not want to know.
    let _ = writeln!(stderr(), "{}  {message}", terminal::note_word());
}
