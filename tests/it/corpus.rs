//! Whole documents: the clean ones are silent, the faulty ones are found out, report by report.

use kanwu::builtin::rule_set;
use kanwu::check::check;
use kanwu::diagnostic::Diagnostic;
use kanwu::document::Document;
use kanwu::read::{Format, read};
use kanwu::rule::set::RuleSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// All built-in rules, ready to run.
pub fn rules() -> RuleSet {
    rule_set()
}

/// The documents of a folder of the corpus, in order.
pub fn documents(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(Path::new("corpus").join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| Format::of_path(path).is_some());
    paths.sort();
    assert!(paths.len() >= 8, "the corpus is in its place");
    paths
}

/// A document of the corpus, read from its file.
pub fn document(path: &Path) -> Document {
    let bytes = fs::read(path).unwrap();
    let name = path.to_string_lossy().replace('\\', "/");
    Document::new(Arc::new(read(&name, &bytes, Format::of_path(path).unwrap()).unwrap()))
}

#[test]
fn clean_documents_are_silent() {
    let rules = rules();
    let mut lines = String::new();
    for path in documents("clean") {
        let document = document(&path);
        for diagnostic in check(&document, &rules) {
            let _ = writeln!(lines, "{}", line_of(&document, &diagnostic));
        }
    }
    assert!(lines.is_empty(), "\n{lines}");
}

#[test]
fn faulty_documents_are_found_out() {
    let rules = rules();
    for path in documents("faulty") {
        let document = document(&path);
        let mut lines = String::new();
        for diagnostic in check(&document, &rules) {
            let _ = writeln!(lines, "{}", line_of(&document, &diagnostic));
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../../corpus/faulty" }, {
            insta::assert_snapshot!(name, lines);
        });
    }
}

/// One finding on one line: place, level, rule, words, message, fix.
fn line_of(document: &Document, diagnostic: &Diagnostic) -> String {
    let source = &document.source;
    let place = source.position(diagnostic.primary.span.start);
    let words = diagnostic.primary.span.of(&source.text).replace(['\n', '\r'], "⏎");
    let mut line = format!(
        "{}:{}:{} {} {} ⟦{words}⟧ {}",
        source.name, place.line, place.column, diagnostic.severity, diagnostic.rule, diagnostic.message
    );
    if let Some(fix) = &diagnostic.fix {
        let _ = write!(line, " → {}{}", fix.title, if fix.safe { "" } else { "（需确认）" });
    }
    for related in &diagnostic.related {
        let place = source.position(related.span.start);
        let _ = write!(line, " [{}:{} {}]", place.line, place.column, related.message);
    }
    line
}
