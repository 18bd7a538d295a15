//! Time inside the library: start-up, one document, whole trees, each verb.
//!
//! Run with `cargo bench --bench check`.

#![allow(missing_docs, dead_code)]

mod support;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use kanwu::builtin::{builtin, rule_set};
use kanwu::check::check;
use kanwu::document::Document;
use kanwu::kind::Verb;
use kanwu::rule::set::RuleSet;
use kanwu::source::Source;
use std::sync::Arc;

fn main() {
    divan::main();
}

fn document(text: &str) -> Document {
    Document::new(Arc::new(Source::plain("bench.txt", text)))
}

/// From nothing to rules that are ready to run.
#[divan::bench]
fn start_up() -> RuleSet {
    rule_set()
}

/// Rules made ready and one document checked, as a process does that checks one file.
#[divan::bench]
fn first_document(bencher: Bencher<'_, '_>) {
    let text = support::ten_thousand_characters(&support::clean_texts());
    bencher.bench(|| check(&document(black_box(&text)), &rule_set()));
}

/// Structure and values of a document, without any rule.
#[divan::bench]
fn read_document(bencher: Bencher<'_, '_>) {
    let text = support::ten_thousand_characters(&support::clean_texts());
    bencher.counter(BytesCount::of_str(&text)).bench(|| document(black_box(&text)));
}

/// A document checked with rules that have run before, as in a long run or an editor.
#[divan::bench]
fn next_document(bencher: Bencher<'_, '_>) {
    let text = support::ten_thousand_characters(&support::clean_texts());
    let rules = rule_set();
    check(&document(&text), &rules);
    bencher.counter(BytesCount::of_str(&text)).bench(|| check(&document(black_box(&text)), &rules));
}

/// Twenty documents of the clean or the dense tree.
#[divan::bench(args = ["clean", "dense"], sample_count = 10)]
fn tree(bencher: Bencher<'_, '_>, kind: &str) {
    let texts = support::clean_texts();
    let make = if kind == "clean" { support::clean_document } else { support::dense_document };
    let documents: Vec<String> = (0..20).map(|number| make(&texts, number)).collect();
    let rules = rule_set();
    let bytes: usize = documents.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| documents.iter().map(|text| check(&document(text), &rules).len()).sum::<usize>());
}

/// One document checked with the rules of one verb alone.
#[divan::bench(args = Verb::NAMES)]
fn verb(bencher: Bencher<'_, '_>, name: &str) {
    let text = support::ten_thousand_characters(&support::clean_texts());
    let (_, mut rules, tables) = builtin();
    rules.retain(|rule| rule.then.name() == name);
    let rules = RuleSet::new(rules, tables).expect("the built-in rules are right");
    let document = document(&text);
    check(&document, &rules);
    bencher.counter(BytesCount::of_str(&text)).bench(|| check(black_box(&document), &rules));
}
