//! Near misses of fixed terms: how many slips of each shape are found, and that the clean corpus holds none.

use crate::corpus::{document, documents};
use kanwu::builtin::builtin;
use kanwu::check::check;
use kanwu::document::Document;
use kanwu::rule::set::RuleSet;
use kanwu::source::Source;
use kanwu::table::Tables;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many terms are tried.
const TRIED: usize = 500;

/// The slips made of each term.
const SLIPS: [&str; 6] = ["alike", "unlike", "swap", "double", "extra", "missing"];

/// So many of a hundred slips of a shape are found at least: of terms of four characters, and of longer ones. Of four, an unlike, a further or a missing character makes usage far more often than not.
const FOUND: [(&str, usize, usize); 6] = [
    ("alike", 99, 98),
    ("unlike", 0, 94),
    ("swap", 98, 100),
    ("double", 99, 100),
    ("extra", 0, 99),
    ("missing", 0, 80),
];

fn near_rules(rules: Vec<kanwu::rule::Rule>, tables: Tables) -> RuleSet {
    let near = rules.into_iter().filter(|rule| rule.then.name() == "near").collect();
    RuleSet::new(near, tables).unwrap()
}

/// A slip of a term, and where it is made; the choice of the place goes on from term to term. The first and the last
/// character are left alone where a slip of theirs is another term with a neighbour of another word.
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
        "unlike" => written[inner] = some,
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
    let rules = near_rules(rules, tables);
    let mut counts: BTreeMap<(&str, usize), (usize, usize)> = BTreeMap::new();
    for number in 0..TRIED {
        let (term, kind) = &terms[number * terms.len() / TRIED];
        for shape in SLIPS {
            let Some(slip) = slip(shape, term, number, &alike) else { continue };
            // The names of laws stand between title marks, other terms between words.
            let text = match kind.as_str() {
                "law" => format!("各单位要按照《{slip}》办理。"),
                _ => format!("各单位要围绕{slip}抓好各项工作。"),
            };
            let document = Document::new(Arc::new(Source::plain("例", text.as_str())));
            let count = counts.entry((shape, term.len().min(9))).or_default();
            count.1 += 1;
            let start = text.find(&slip).unwrap();
            let is_found = |span: kanwu::source::Span| span.start < start + slip.len() && start < span.end;
            count.0 += usize::from(check(&document, &rules).iter().any(|found| is_found(found.primary.span)));
        }
    }
    let table: Vec<String> = counts
        .iter()
        .map(|((shape, length), (found, tried))| {
            format!("{shape} {length}: {found} of {tried}, {} %", found * 100 / tried)
        })
        .collect();
    for (shape, short, long) in FOUND {
        let sum = |is_counted: &dyn Fn(usize) -> bool| {
            let counted = counts.iter().filter(|((other, length), _)| *other == shape && is_counted(*length));
            counted.fold((0, 0), |sum, (_, count)| (sum.0 + count.0, sum.1 + count.1))
        };
        for (least, (found, tried)) in [(short, sum(&|length| length == 4)), (long, sum(&|length| length > 4))] {
            assert!(
                found * 100 >= least * tried,
                "{shape}: {found} of {tried}, at least {least} %\n{}",
                table.join("\n")
            );
        }
    }
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
