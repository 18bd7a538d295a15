//! The reference of the rules is what the program prints, and what it says of the standards is about rules there are.

use crate::program::Folder;
use crate::readme::text;
use std::collections::BTreeSet;

const PAGE: &str = "rules/README.md";

const COVERAGE: &str = "rules/coverage.tsv";

const STATUSES: [&str; 6] = ["rule", "table", "layout", "taste", "undecidable", "engine"];

fn ids() -> BTreeSet<String> {
    let (_, rules, _) = kanwu::builtin::builtin();
    rules.into_iter().map(|rule| rule.id).collect()
}

#[test]
fn the_page_is_what_the_program_prints() {
    let outcome = Folder::new().run("rules list --format markdown");
    outcome.ends(0, "");
    let (page, printed) = (text(PAGE), outcome.out);
    let differs = page.lines().zip(printed.lines()).position(|(one, other)| one != other);
    let line = differs.unwrap_or(page.lines().count().min(printed.lines().count())) + 1;
    assert!(
        page == printed,
        "{PAGE} differs from the rules in line {line}; rewrite it with\n  \
         cargo run -- rules list --format markdown > page.md && mv page.md {PAGE}"
    );
}

#[test]
fn every_rule_is_a_heading_of_the_page() {
    let page = text(PAGE);
    let headings: BTreeSet<String> =
        page.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_owned).collect();
    let missing: Vec<String> = ids().into_iter().filter(|id| !headings.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn explain_says_the_same() {
    let page = text(PAGE);
    let explained = Folder::new().run("explain punctuation/doubled").out;
    let (_, entry) = page.split_once("### punctuation/doubled\n").unwrap();
    let entry = entry.split("\n### ").next().unwrap();
    for line in explained.lines().skip(2).filter(|line| !line.starts_with("出处")) {
        let words = line.split_once("  ").map_or(line, |(_, words)| words).trim();
        let words = words.rsplit('：').next().unwrap();
        assert!(entry.contains(words), "{PAGE} does not say {words:?} of punctuation/doubled");
    }
}

#[test]
fn requirements_name_rules_there_are() {
    let ids = ids();
    let mut wrong = Vec::new();
    let data = text(COVERAGE);
    for (number, line) in data.lines().enumerate().filter(|(_, line)| !line.starts_with('#')).skip(1) {
        let mut wrong = |what: &str| wrong.push(format!("{COVERAGE}:{}: {what}: {line}", number + 1));
        let [_, _, words, status, rules, count, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            wrong("not seven columns");
            continue;
        };
        let is_done = matches!(status, "rule" | "table");
        for rule in rules.split_whitespace() {
            let known = match rule.strip_suffix('*') {
                Some(group) => ids.iter().any(|id| id.starts_with(group)),
                None => ids.contains(rule),
            };
            if !known {
                wrong(&format!("no rule {rule}"));
            }
        }
        if !STATUSES.contains(&status) {
            wrong("no such status");
        }
        if is_done == rules.is_empty() {
            wrong("rules stand where a rule or a table sees to it, and only there");
        }
        if is_done != reason.is_empty() {
            wrong("a reason stands where no rule sees to it, and only there");
        }
        if words.is_empty() || count.parse::<usize>().is_err() {
            wrong("no requirement, or no count");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
