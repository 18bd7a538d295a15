//! Near misses of fixed terms: how many slips of each shape are found, and that the clean corpus holds none.

use crate::corpus::{document, documents};
use kanwu::builtin::builtin;
use kanwu::check::check;
use kanwu::document::Document;
use kanwu::rule::set::RuleSet;
use kanwu::source::{Source, Span};
use kanwu::table::Tables;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many terms are tried.
const TRIED: usize = 500;

/// The slips made of each term.
const SLIPS: [&str; 8] = ["wrong", "alike", "unlike", "edge", "swap", "double", "extra", "missing"];

/// The four kinds of slip in one character, a wrong one at any place among them.
const KINDS: [&str; 4] = ["wrong", "extra", "missing", "swap"];

/// How many slips of a kind are made of each term.
const EACH: usize = 2;

/// So many of a hundred slips of a kind are found at least: of terms of four characters, and of longer ones. An unlike
/// character at the edge of a term is the next word more often than not.
const FOUND: [(&str, usize, usize); 8] = [
    ("wrong", 89, 93),
    ("alike", 99, 98),
    ("unlike", 94, 98),
    ("edge", 84, 83),
    ("swap", 98, 99),
    ("double", 99, 100),
    ("extra", 94, 98),
    ("missing", 91, 97),
];

/// Between what a slip stands; the names of laws stand between title marks.
const SENTENCES: [(&str, &str); 3] =
    [("各单位要围绕", "抓好各项工作。"), ("要继续推进", "，务求取得实效。"), ("会议指出，", "成效明显。")];
const LAW: (&str, &str) = ("各单位要按照《", "》办理。");

fn near_rules(rules: Vec<kanwu::rule::Rule>, tables: Tables) -> RuleSet {
    let near = rules.into_iter().filter(|rule| rule.then.name() == "near").collect();
    RuleSet::new(near, tables).unwrap()
}

/// A slip of a term; its place and its character go on from number to number. The first and the last character are left
/// out or preceded by none: that leaves a shorter phrase beside another word.
fn slip(shape: &str, term: &[char], number: usize, alike: &BTreeMap<char, Vec<char>>) -> Option<String> {
    let mut written = term.to_vec();
    let inner = 1 + number % (term.len() - 2);
    let all: Vec<char> = alike.keys().copied().collect();
    let some = all[number * 7919 % all.len()];
    match shape {
        "alike" => {
            let others = &alike.get(&term[number % term.len()])?;
            written[number % term.len()] = others[number % others.len()];
        }
        "wrong" => written[number % term.len()] = some,
        "unlike" => written[inner] = some,
        "edge" => written[number % 2 * (term.len() - 1)] = some,
        "swap" => written.swap(number % (term.len() - 1), number % (term.len() - 1) + 1),
        "double" => written.insert(inner, term[inner]),
        "extra" => written.insert(inner, some),
        _ => drop(written.remove(inner)),
    }
    (written != term).then(|| written.into_iter().collect())
}

#[test]
fn slips_of_the_terms_are_found() {
    let (_, rules, tables) = builtin();
    let mut alike: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for row in &tables["alike"].rows {
        for c in row[0].chars() {
            alike.entry(c).or_default().extend(row[0].chars().filter(|&other| other != c));
        }
    }
    let terms: Vec<(Vec<char>, String)> =
        tables["terms"].rows.iter().map(|row| (row[0].chars().collect(), row[1].clone())).collect();
    // What is itself usage is no slip.
    let mut usages: BTreeSet<String> = terms.iter().map(|(term, _)| term.iter().collect()).collect();
    for (table, column) in [("terms", "not-when"), ("near-usage", "usage")] {
        let column = tables[table].column(column).unwrap();
        usages.extend(tables[table].rows.iter().flat_map(|row| row[column].split('、')).map(str::to_owned));
    }
    let rules = near_rules(rules, tables);
    let mut counts: BTreeMap<(&str, usize), (usize, usize)> = BTreeMap::new();
    for number in 0..TRIED * EACH {
        let (term, kind) = &terms[number / EACH * terms.len() / TRIED];
        for shape in SLIPS {
            let Some(slip) = slip(shape, term, number, &alike).filter(|slip| !usages.contains(slip)) else { continue };
            let (before, after) = if kind == "law" { LAW } else { SENTENCES[number % SENTENCES.len()] };
            let text = format!("{before}{slip}{after}");
            let document = Document::new(Arc::new(Source::plain("例", text.as_str())));
            let count = counts.entry((shape, term.len().min(9))).or_default();
            count.1 += 1;
            let is_found = |span: Span| span.start < before.len() + slip.len() && before.len() < span.end;
            let found = check(&document, &rules).iter().any(|found| is_found(found.primary.span));
            count.0 += usize::from(found);
        }
    }
    let table: Vec<String> = counts
        .iter()
        .map(|((shape, length), (found, tried))| {
            format!("{shape} {length}: {found} of {tried}, {} %", found * 100 / tried)
        })
        .collect();
    let mut misses = Vec::new();
    let each = FOUND.map(|(shape, short, long)| (vec![shape], short, long));
    for (shapes, short, long) in each.into_iter().chain([(KINDS.to_vec(), 90, 97)]) {
        let sum = |is_counted: &dyn Fn(usize) -> bool| {
            let counted = counts.iter().filter(|((other, length), _)| shapes.contains(other) && is_counted(*length));
            counted.fold((0, 0), |sum, (_, count)| (sum.0 + count.0, sum.1 + count.1))
        };
        let shape = shapes.join(", ");
        for (least, (found, tried)) in [(short, sum(&|length| length == 4)), (long, sum(&|length| length > 4))] {
            println!("{shape}: {found} of {tried}, {} %", found * 100 / tried);
            if found * 100 < least * tried {
                misses.push(format!("{shape}: {found} of {tried}, at least {least} %"));
            }
        }
    }
    assert!(misses.is_empty(), "{}\n{}", misses.join("\n"), table.join("\n"));
}

#[test]
fn the_clean_corpus_holds_no_near_miss() {
    let (_, rules, tables) = builtin();
    let rules = near_rules(rules, tables);
    for path in documents("clean") {
        let found = check(&document(&path), &rules);
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}
