//! Numbers that agree: one slip at a time is set into every marked number of clean documents, and must be found.
//!
//! `tests/figures/NAME.tsv` marks the numbers of `corpus/clean/NAME`: a row for each relation, its class and an excerpt of one
//! line in which ⟦ ⟧ surround each number that, changed alone, makes the document contradict itself.
//!
//! Classes that end in `-far` have an operand outside the sentence, those beside it, the headline and the table; of those in
//! `-rounded` a slip may stay within what the digits shown leave open. They are counted apart and held to nothing.

use kanwu::builtin::rule_set;
use kanwu::check::check;
use kanwu::diagnostic::Severity;
use kanwu::document::Document;
use kanwu::read::{Format, read};
use kanwu::rule::set::RuleSet;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The groups of rules that know of numbers.
const GROUPS: &[&str] = &["arithmetic/", "agreement/", "dates/", "numbers/", "structure/"];

/// The least share of slips that are found, in hundredths, by class.
const FLOORS: &[(&str, usize)] = &[
    ("average", 85),
    ("count", 85),
    ("date", 90),
    ("growth", 95),
    ("metric", 55),
    ("period", 92),
    ("product", 85),
    ("share", 90),
    ("sum", 95),
    ("table", 97),
    ("year", 80),
];

/// A number of a clean document that is to be changed.
struct Marked {
    document: String,
    /// The clean text.
    text: Arc<str>,
    class: String,
    /// Bytes of the text.
    start: usize,
    number: String,
    excerpt: String,
}

/// What became of the slips of a class.
#[derive(Default)]
struct Tally {
    found: usize,
    all: usize,
    missed: Vec<String>,
}

#[test]
fn slips_in_numbers_are_found() {
    // One number in four is enough to hold the rates, and soon done.
    let sampled = |marked: &Marked| seed(marked).is_multiple_of(4);
    report(&tally(|marked, slips| {
        let chosen = slips.into_iter().nth(seed(marked) as usize / 4 % 3).or_else(|| slip_in_last(marked));
        chosen.into_iter().filter(|_| sampled(marked)).collect()
    }));
}

#[test]
#[ignore = "three slips in each number: minutes; run with --release -- --ignored --nocapture"]
fn every_slip_in_each_number_is_found() {
    report(&tally(|_, slips| slips));
}

/// Checks the slips that `choose` takes of each marked number.
fn tally(choose: impl Fn(&Marked, Vec<String>) -> Vec<String> + Sync) -> BTreeMap<String, Tally> {
    let mut rules = rule_set();
    rules.retain(|id| GROUPS.iter().any(|group| id.starts_with(group)));
    let marked = marked();
    let judged: Vec<(&Marked, String, bool)> = marked
        .par_iter()
        .flat_map_iter(|marked| choose(marked, slips(marked)).into_iter().map(move |slip| (marked, slip)))
        .map(|(marked, slip)| {
            let found = is_found(&rules, marked, &slip);
            (marked, slip, found)
        })
        .collect();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (marked, slip, found) in judged {
        let tally = tallies.entry(marked.class.clone()).or_default();
        tally.all += 1;
        tally.found += usize::from(found);
        if !found {
            tally.missed.push(format!("{}：{}→{slip}  {}", marked.document, marked.number, marked.excerpt));
        }
    }
    tallies
}

/// Prints found and missed by class, and holds them to the floors.
fn report(tallies: &BTreeMap<String, Tally>) {
    let mut table = String::new();
    for (class, tally) in tallies {
        let _ = writeln!(table, "{class:8} {:5} of {:5}, {:3}%", tally.found, tally.all, tally.found * 100 / tally.all);
    }
    println!("{table}");
    let all: usize = tallies.values().map(|tally| tally.all).sum();
    assert!(all >= 500, "only {all} slips");
    for (class, floor) in FLOORS {
        let tally = &tallies[*class];
        assert!(tally.found * 100 >= floor * tally.all, "{class}: below {floor}%\n{}", tally.missed.join("\n"));
    }
}

/// Whether a finding at warning or above touches the line of a number that was changed.
fn is_found(rules: &RuleSet, marked: &Marked, slip: &str) -> bool {
    let mut text = marked.text.to_string();
    text.replace_range(marked.start..marked.start + marked.number.len(), slip);
    let line_start = text[..marked.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[marked.start..].find('\n').map_or(text.len(), |at| marked.start + at);
    let format = Format::of_path(Path::new(&marked.document)).unwrap();
    let source = read(&marked.document, text.as_bytes(), format).unwrap();
    let findings = check(&Document::new(Arc::new(source)), rules);
    findings.iter().filter(|finding| finding.severity >= Severity::Warning).any(|finding| {
        let mut labels = finding.related.iter().chain([&finding.primary]);
        labels.any(|label| label.span.start < line_end && label.span.end > line_start)
    })
}

/// The numbers marked in all documents; what is marked stands there exactly once, and nothing is found unchanged.
fn marked() -> Vec<Marked> {
    let mut all = Vec::new();
    let mut files: Vec<_> = fs::read_dir("tests/figures").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "tsv")) {
        let document = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text: Arc<str> = fs::read_to_string(Path::new("corpus/clean").join(&document)).unwrap().into();
        for row in fs::read_to_string(file).unwrap().lines().skip(1).filter(|row| !row.is_empty()) {
            let (class, excerpt) = row.split_once('\t').unwrap_or_else(|| panic!("{}: {row}", file.display()));
            let plain = excerpt.replace(['⟦', '⟧'], "");
            let mut places = text.match_indices(&plain);
            let (Some((at, _)), None) = (places.next(), places.next()) else {
                panic!("{}: not exactly once: {plain}", file.display())
            };
            let mut start = at;
            for piece in excerpt.split('⟦') {
                if let Some((number, rest)) = piece.split_once('⟧') {
                    let (class, excerpt) = (class.to_owned(), excerpt.to_owned());
                    let (document, text) = (document.clone(), text.clone());
                    all.push(Marked { document, text, class, start, number: number.to_owned(), excerpt });
                    start += number.len() + rest.len();
                } else {
                    start += piece.len();
                }
            }
        }
    }
    all
}

/// A number that is always the same for a place.
fn seed(marked: &Marked) -> u32 {
    let bytes = marked.document.bytes().chain(marked.start.to_le_bytes()).chain(marked.class.bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Up to three other numbers: another last digit, two digits swapped, another first digit.
fn slips(marked: &Marked) -> Vec<String> {
    let digits: Vec<usize> =
        marked.number.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let mut slips = Vec::new();
    slips.extend(slip_in_last(marked));
    let digit = |at: usize| marked.number.as_bytes()[at];
    let turned = digits.windows(2).enumerate().find(|(index, pair)| {
        let (a, b) = (digit(pair[0]), digit(pair[1]));
        let is_small = index + 2 == digits.len() && a.abs_diff(b) < 3;
        a != b && !is_small && !(*index == 0 && b == b'0')
    });
    if let Some((_, pair)) = turned {
        let mut bytes = marked.number.clone().into_bytes();
        bytes.swap(pair[0], pair[1]);
        slips.extend(String::from_utf8(bytes));
    }
    if let [first, _, ..] = digits.as_slice() {
        let other = b'1' + (digit(*first) - b'0' + (seed(marked) % 8) as u8) % 9;
        let mut changed = marked.number.clone();
        changed.replace_range(*first..first + 1, &char::from(other).to_string());
        slips.push(changed);
    }
    slips.retain(|slip| *slip != marked.number);
    slips.dedup();
    slips
}

/// Another last digit, three to seven away; for Chinese numerals, another one.
fn slip_in_last(marked: &Marked) -> Option<String> {
    let numerals: Vec<char> = "一二三四五六七八九".chars().collect();
    let is_digit = |c: char| c.is_ascii_digit() || numerals.contains(&c);
    let (at, last) = marked.number.char_indices().rev().find(|(_, c)| is_digit(*c))?;
    let step = 3 + seed(marked) % 5;
    let only = marked.number.chars().filter(|c| is_digit(*c)).count() == 1;
    let other = match last.to_digit(10) {
        Some(digit) => {
            let other = (digit + step) % 10;
            char::from_digit(if only && other == 0 { 5 } else { other }, 10)?
        }
        None => {
            let known = numerals.iter().position(|numeral| *numeral == last)?;
            numerals[(known + 1 + step as usize % 8) % 9]
        }
    };
    let mut changed = marked.number.clone();
    changed.replace_range(at..at + last.len_utf8(), &other.to_string());
    (changed != marked.number).then_some(changed)
}
