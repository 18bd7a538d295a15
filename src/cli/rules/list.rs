//! `kanwu rules list`: all rules, for people as a table or the reference, for programs as JSON.

use super::reference;
use crate::cli::arguments::{ListArguments, ListFormat};
use crate::cli::rule_files::{self, Loaded};
use crate::cli::words::{cut, table};
use crate::cli::{Exit, Stop, terminal};
use crate::report::columns::width;
use crate::rule::Rule;
use serde::Serialize;
use std::io::{Write, stdout};

/// Lists the rules.
pub(in crate::cli) fn run(arguments: &ListArguments) -> Result<Exit, Stop> {
    let loaded = rule_files::load(&arguments.rules)?;
    let text = match arguments.format {
        ListFormat::Table => for_people(&loaded),
        ListFormat::Json => for_programs(&loaded),
        ListFormat::Markdown => reference::page(&loaded),
    };
    stdout().write_all(text.as_bytes())?;
    rule_files::tell_lowered(&loaded.lowered, &loaded.ids());
    Ok(Exit::Clean)
}

fn for_people(loaded: &Loaded) -> String {
    let heading = ["编号", "级别", "标题", "依据"].map(str::to_owned).to_vec();
    let rows = loaded
        .rules
        .iter()
        .map(|rule| vec![rule.id.clone(), rule.severity.chinese().to_owned(), rule.title.clone(), basis(rule)]);
    let mut rows: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
    if let Some(columns) = terminal::width_of_terminal() {
        narrow(&mut rows, columns);
    }
    format!("{}\n共{}条规则，用 kanwu explain 编号 查看一条规则\n", table(&rows), loaded.rules.len())
}

/// Makes the rows fit a terminal: the ground goes first, which `explain` tells; then long titles are cut.
fn narrow(rows: &mut [Vec<String>], columns: usize) {
    let widest = |rows: &[Vec<String>], column: usize| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
    let before = widest(rows, 0) + widest(rows, 1) + 4;
    if before + widest(rows, 2) + 2 + widest(rows, 3) <= columns {
        return;
    }
    for row in rows {
        row.pop();
        row[2] = cut(&row[2], columns.saturating_sub(before).max(20));
    }
}

fn basis(rule: &Rule) -> String {
    rule.basis.as_ref().map_or_else(|| "本单位自定".to_owned(), |basis| basis.0.to_string())
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    severity: &'a str,
    verb: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<WireBasis<'a>>,
    genres: &'a [String],
    tags: &'a [String],
    fixable: bool,
    builtin: bool,
}

#[derive(Serialize)]
struct WireBasis<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    standard: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    clause: &'a str,
    force: &'a str,
}

fn for_programs(loaded: &Loaded) -> String {
    let entries: Vec<Entry> = loaded
        .rules
        .iter()
        .map(|rule| Entry {
            id: &rule.id,
            title: &rule.title,
            severity: rule.severity.name(),
            verb: rule.then.name(),
            basis: rule.basis.as_ref().map(|basis| WireBasis {
                standard: &basis.0.standard,
                clause: &basis.0.clause,
                force: basis.0.force.chinese(),
            }),
            genres: &rule.genres,
            tags: &rule.tags,
            fixable: rule.fix.as_ref().is_some_and(|fix| fix.safe),
            builtin: !loaded.own.contains_key(&rule.id),
        })
        .collect();
    serde_json::to_string_pretty(&entries).expect("plain words can be written as JSON") + "\n"
}
