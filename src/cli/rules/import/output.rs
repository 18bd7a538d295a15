//! What is made of a word list: a table, and a rule that uses it.

use super::columns::Role;
use super::words::Word;
use crate::cli::language::system_reason;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

/// The table, as rules read it.
pub(super) fn table(title: &str, source: &str, checked: &str, words: &[Word]) -> String {
    let mut text = format!("# title: {title}\n# source: {source}\n# checked: {checked}\n");
    text.push_str(&Role::ALL.map(Role::name).join("\t"));
    text.push('\n');
    for Word { wrong, right, not_when, basis, .. } in words {
        text.push_str(&[wrong, right, &not_when.join("、"), basis].map(String::as_str).join("\t"));
        text.push('\n');
    }
    text
}

/// A rule that uses a table.
pub(super) fn rule(table: &str, title: &str) -> String {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let name = if table.chars().all(is_word) { table } else { "words" };
    format!(
        "rules:\n  - id: house/{name}\n    title: {}\n    given: [title, heading, paragraph, cell]\n    \
         then: {{forbid: {{table: {}}}}}\n    message: \"“{{match}}”有误，应为“{{right}}”\"\n    severity: warning\n",
        scalar(title),
        scalar(table)
    )
}

/// A text as YAML writes it: bare only where it cannot be taken for a number, a truth value or a mark.
fn scalar(text: &str) -> String {
    let is_plain = |c: char| c.is_alphabetic() || c == '-' || c == '_' || c.is_ascii_digit();
    let is_word = text.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii()) && text.chars().all(is_plain);
    let is_name =
        text.contains('-') && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(is_plain);
    if is_word || is_name {
        return text.to_owned();
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// Writes files, all or none of them: each beside its place first, under another name.
pub(super) fn write(files: &[(&Path, &str)]) -> Result<(), String> {
    let mut prepared: Vec<(PathBuf, &Path)> = Vec::new();
    let mut outcome = Ok(());
    for &(path, text) in files {
        let temporary = beside(path);
        let written = fill(&temporary, text);
        prepared.push((temporary, path));
        if let Err(error) = written {
            outcome = Err(format!("“{}”写不了：{}", path.display(), system_reason(&error)));
            break;
        }
    }
    for (temporary, path) in &prepared {
        if outcome.is_ok() {
            let renamed = fs::rename(temporary, path);
            outcome = renamed.map_err(|error| format!("“{}”写不了：{}", path.display(), system_reason(&error)));
        }
        if outcome.is_err() {
            // What could not be made is not there.
            let _ = fs::remove_file(temporary);
        }
    }
    outcome
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", process::id()))
}

fn fill(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
