//! `kanwu explain`: one rule for people — what, why, on what ground, with its examples, and how to silence it. Of a group
//! of rules, the list.

use super::arguments::ExplainArguments;
use super::description::{Description, Style, group_title};
use super::rule_files::{self, Loaded};
use super::words::{cut, table};
use super::{Exit, Stop, glob, terminal};
use crate::diagnostic::Severity;
use crate::report::columns::{width, wrap};
use crate::rule::Rule;
use std::io::{Write, stdout};

/// Explains a rule, or lists those of a group.
pub(super) fn run(arguments: &ExplainArguments) -> Result<Exit, Stop> {
    let loaded = rule_files::load(&arguments.rules)?;
    if let Some(text) = group(&arguments.rule, &loaded) {
        stdout().write_all(text.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let Some(rule) = loaded.rules.iter().find(|rule| rule.id == arguments.rule) else {
        let ids = loaded.ids();
        let known: Vec<&str> = ids.iter().copied().chain(glob::groups(&ids)).collect();
        return Err(Stop::Message(glob::unknown_id(&arguments.rule, &known)));
    };
    let style = Style { color: terminal::color(arguments.color) };
    stdout().write_all(draw(rule, &loaded, style, terminal::width()).as_bytes())?;
    Ok(Exit::Clean)
}

fn draw(rule: &Rule, loaded: &Loaded, style: Style, width: usize) -> String {
    let weight = match rule.severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Info => "1;34",
    };
    let severity = style.apply(weight, rule.severity.chinese());
    let mut text = format!("{}  {severity}\n{}\n\n", style.apply("1", &rule.id), rule.title);
    let description = Description::of(rule, loaded);
    let mut facts = description.facts;
    facts.push(("出处", origin(rule, loaded)));
    text.push_str(&table(&rows(&facts, width)));
    for (title, examples) in &description.examples {
        text.push_str(&format!("\n{}\n", style.apply("1", title)));
        text.extend(examples.iter().map(|example| example.draw("  ", style)));
    }
    if description.examples.is_empty() {
        text.push_str("\n这条规则没有例子。\n");
    }
    text.push_str(&format!("\n不查这一条：{}\n", description.silence));
    text
}

/// Where the rule stands.
fn origin(rule: &Rule, loaded: &Loaded) -> String {
    match (loaded.own.get(&rule.id), group_title(rule, loaded)) {
        (Some(origin), _) => origin.place("id", &rule.id),
        (None, Some(title)) => format!("内置，{title}"),
        (None, None) => "内置".to_owned(),
    }
}

/// Names and what is said, wrapped to the terminal.
fn rows(facts: &[(&str, String)], width: usize) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (name, words) in facts {
        for (index, line) in wrap(words, width.saturating_sub(8).max(20)).into_iter().enumerate() {
            rows.push(vec![if index == 0 { (*name).to_owned() } else { String::new() }, line]);
        }
    }
    rows
}

/// The rules of the group `name`, which may be written as for `--only`; `None` when there is no such group.
fn group(name: &str, loaded: &Loaded) -> Option<String> {
    let name = name.strip_suffix("/*").or(name.strip_suffix('/')).unwrap_or(name);
    let rules: Vec<&Rule> =
        loaded.rules.iter().filter(|rule| rule.id.split_once('/').is_some_and(|(group, _)| group == name)).collect();
    let first = rules.first()?;
    let title = group_title(first, loaded).map_or_else(String::new, |title| format!("{title}，"));
    let before = rules.iter().map(|rule| width(&rule.id)).max().unwrap_or(0) + width("  必须改  ");
    let room = terminal::width_of_terminal().map_or(usize::MAX, |columns| columns.saturating_sub(before).max(20));
    let rows: Vec<Vec<String>> = rules
        .iter()
        .map(|rule| vec![rule.id.clone(), rule.severity.chinese().to_owned(), cut(&rule.title, room)])
        .collect();
    Some(format!(
        "{name}  {title}{}条规则\n\n{}\n看一条规则：kanwu explain {}\n不查这一组：kanwu check --skip \"{name}/*\"\n",
        rules.len(),
        table(&rows),
        first.id
    ))
}
