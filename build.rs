//! Reads the built-in rules and tables, refuses what is wrong with them, and writes them in a compact form, so that the
//! program starts without parsing YAML. The core modules are compiled into the script so that both sides share the types.

#![allow(dead_code, missing_docs, unused_imports)]

#[path = "src/check/mod.rs"]
mod check;
#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/document/mod.rs"]
mod document;
#[path = "src/form.rs"]
mod form;
#[path = "src/kind/mod.rs"]
mod kind;
#[path = "src/ledger/mod.rs"]
mod ledger;
#[path = "src/pattern/mod.rs"]
mod pattern;
#[path = "src/rule/mod.rs"]
mod rule;
#[path = "src/source.rs"]
mod source;
#[path = "src/stored.rs"]
mod stored;
#[path = "src/table.rs"]
mod table;

use std::path::{Path, PathBuf};
use std::process::exit;

/// Bad and good examples a built-in rule has at least.
const EXAMPLES: usize = 2;

fn main() {
    println!("cargo:rerun-if-changed=rules");
    let mut packs: Vec<rule::Pack> = Vec::new();
    let mut rules: Vec<rule::Rule> = Vec::new();
    let mut tables = table::Tables::new();
    let mut failed = false;
    for path in files(Path::new("rules"), &["yaml"]) {
        let text = read(&path);
        match rule::load::load(&path.to_string_lossy(), &text) {
            Ok(file) => {
                failed |= report(&path, &incomplete(&file));
                packs.extend(file.pack);
                rules.extend(file.rules);
            }
            Err(errors) => {
                let lines: Vec<String> =
                    errors.iter().map(|error| place(&text, error.span.start) + &error.message).collect();
                failed |= report(&path, &lines);
            }
        }
    }
    for path in files(Path::new("rules/facts"), &["yaml", "tsv"]) {
        let text = read(&path);
        match rule::load::load_table(&path.to_string_lossy(), &text) {
            Ok(table) => {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                tables.insert(name, table);
            }
            Err(error) => failed |= report(&path, &[place(&text, error.span.start) + &error.message]),
        }
    }
    let mut ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    ids.sort_unstable();
    for pair in ids.windows(2).filter(|pair| pair[0] == pair[1]) {
        failed |= report(Path::new("rules"), &[format!("rule {} stands in two files", pair[0])]);
    }
    for rule in &rules {
        if !rule::example::has_near_miss(rule, &tables) {
            failed |= report(Path::new("rules"), &[format!("rule {}: no near miss among its good examples", rule.id)]);
        }
        if !rule::example::except_is_needed(rule, &tables) {
            failed |= report(Path::new("rules"), &[format!("rule {}: no good example needs its except", rule.id)]);
        }
    }
    if failed {
        exit(1);
    }
    write("rules.postcard", postcard::to_stdvec(&(&packs, &rules, &tables)));
    match rule::set::RuleSet::new(rules, tables) {
        Ok(set) => write("rule-set.postcard", set.to_compact()),
        Err(problem) => {
            report(Path::new("rules"), &[problem]);
            exit(1);
        }
    }
}

/// Writes something in the compact form beside what cargo builds.
fn write(name: &str, compact: postcard::Result<Vec<u8>>) {
    let compact = compact.expect("rules can be written in the compact form");
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names OUT_DIR"));
    std::fs::write(folder.join(name), compact).expect("OUT_DIR can be written to");
}

/// What a built-in rule must have besides being right: its pack's name, a ground, enough examples.
fn incomplete(file: &rule::RuleFile) -> Vec<String> {
    let mut lines = Vec::new();
    for rule in &file.rules {
        let mut lacks = |what: &str| lines.push(format!("rule {} {what}", rule.id));
        if rule.basis.is_none() {
            lacks("has no basis");
        }
        if rule.examples.bad.len() < EXAMPLES || rule.examples.good.len() < EXAMPLES {
            lacks("needs at least two bad and two good examples");
        }
        if file.pack.as_ref().is_none_or(|pack| rule.id.split('/').next() != Some(pack.name.as_str())) {
            lacks("does not begin with the name of its pack");
        }
    }
    lines
}

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)));
    paths.sort();
    paths
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn place(text: &str, offset: usize) -> String {
    let line = text[..offset].matches('\n').count() + 1;
    format!("line {line}: ")
}

fn report(path: &Path, lines: &[String]) -> bool {
    for line in lines {
        println!("cargo::error={}: {line}", path.display());
    }
    !lines.is_empty()
}
