//! What holds for every document.

use crate::corpus::{document, documents, rules};
use kanwu::check::check;
use kanwu::diagnostic::{Diagnostic, Edit};
use kanwu::document::Document;
use kanwu::pattern::Pattern;
use kanwu::pattern::machine::{Bound, Machine};
use kanwu::read::{Format, read};
use kanwu::source::Source;
use std::path::PathBuf;
use std::sync::Arc;

fn all() -> Vec<PathBuf> {
    let mut paths = documents("clean");
    paths.extend(documents("faulty"));
    paths
}

#[test]
fn spans_lie_on_character_boundaries() {
    let rules = rules();
    for path in all() {
        let document = document(&path);
        let text = &document.source.text;
        for diagnostic in check(&document, &rules) {
            let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
            let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            for span in labels.map(|label| label.span).chain(edits) {
                assert!(text.get(span.range()).is_some(), "{} {span:?} {diagnostic:?}", path.display());
            }
        }
    }
}

#[test]
fn every_prefix_can_be_read_and_checked() {
    let rules = rules();
    for (number, path) in all().into_iter().enumerate() {
        let whole = document(&path).source.text.to_string();
        let format = Format::of_path(&path).unwrap();
        // Each document is cut at other places, so that all together are cut everywhere a mark can stand.
        for (at, _) in whole.char_indices().skip(number % 97).step_by(97) {
            if let Ok(source) = read("prefix", &whole.as_bytes()[..at], format) {
                check(&Document::new(Arc::new(source)), &rules);
            }
        }
    }
}

#[test]
fn the_same_document_gives_the_same_findings() {
    let rules = rules();
    for path in documents("faulty") {
        let first = check(&document(&path), &rules);
        let again = check(&document(&path), &rules);
        assert_eq!(first, again, "{}", path.display());
    }
}

#[test]
fn safe_fixes_leave_nothing_to_fix() {
    let rules = rules();
    for path in documents("faulty") {
        let read_again = |text: &str| -> (Source, Vec<Diagnostic>) {
            let source = read("fixed", text.as_bytes(), Format::of_path(&path).unwrap()).unwrap();
            let found = check(&Document::new(Arc::new(source.clone())), &rules);
            (source, found)
        };
        let mut text = document(&path).source.text.to_string();
        for _ in 0..4 {
            let (_, found) = read_again(&text);
            text = apply_safe(&text, &found);
        }
        let (_, left) = read_again(&text);
        let fixable: Vec<&Diagnostic> = left.iter().filter(|d| d.fix.as_ref().is_some_and(|fix| fix.safe)).collect();
        assert!(fixable.is_empty(), "{}: {fixable:#?}", path.display());
        assert_eq!(apply_safe(&text, &left), text, "{}", path.display());
    }
}

/// A text with all safe edits that do not overlap applied.
fn apply_safe(text: &str, found: &[Diagnostic]) -> String {
    let safe = found.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()).filter(|fix| fix.safe);
    let mut edits: Vec<&Edit> = safe.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut fixed = String::new();
    let mut at = 0;
    for edit in edits {
        if edit.span.start >= at {
            fixed.push_str(&text[at..edit.span.start]);
            fixed.push_str(&edit.text);
            at = edit.span.end;
        }
    }
    fixed.push_str(&text[at..]);
    fixed
}

#[test]
fn every_expression_means_the_same_as_a_program_and_in_its_fast_form() {
    let (_, rules, _) = kanwu::builtin::builtin();
    let sample: String = document(&documents("faulty")[0]).text().chars().take(700).collect();
    let (mut compared, mut programs, mut expressions, mut given_up) = (0, 0, 0, 0);
    for rule in &rules {
        let mut texts = vec![sample.clone()];
        texts.extend(rule.examples.bad.iter().chain(&rule.examples.good).map(|example| example.text.clone()));
        let mut sources = Vec::new();
        strings(&serde_json::to_value(rule).unwrap(), &mut sources);
        for source in
            sources.iter().filter(|source| source.len() > 2 && source.starts_with('/') && source.ends_with('/'))
        {
            let Ok(pattern) = Pattern::new(source.as_str()) else { continue };
            let Some(expression) = pattern.parsed().and_then(|parsed| parsed.regex()) else { continue };
            let fast = regex::Regex::new(&expression.source).unwrap();
            let written = regex::Regex::new(&source[1..source.len() - 1]).unwrap();
            expressions += 1;
            programs += usize::from(expression.program.is_some());
            for text in &texts {
                let found: Vec<_> = fast.find_iter(text).map(|found| found.range()).collect();
                if let Some(program) = &expression.program {
                    // What a program gives up is left to the fast form.
                    let mut run = Vec::new();
                    let done = Machine::new(program, text, Bound::Free).find_while(|_, place| {
                        run.push(place);
                        true
                    });
                    let compared = if done.is_ok() { found.len() } else { run.len() };
                    assert_eq!(found[..compared], run, "{source}");
                    given_up += usize::from(done.is_err());
                }
                assert_eq!(found, written.find_iter(text).map(|found| found.range()).collect::<Vec<_>>(), "{source}");
                compared += found.len();
            }
        }
    }
    assert!(compared > 500, "only {compared} matches were compared");
    assert!(programs * 20 > expressions * 19, "only {programs} of {expressions} expressions have a program");
    assert!(given_up < 20, "{given_up} searches were given up");
}

/// All strings in a value.
fn strings(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}
