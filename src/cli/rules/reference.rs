//! The reference of the rules: one Markdown page with all that `kanwu explain` says of each, and what is left out.

use super::coverage;
use crate::cli::description::{Description, Shown, Style, group_title};
use crate::cli::rule_files::Loaded;
use crate::diagnostic::Severity;
use crate::rule::Rule;

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

const OPENING: &str = "\
# 规则一览

本页由 `kanwu rules list --format markdown` 从规则文件生成，请勿手改。每条规则以编号为小标题，其下是标题、级别、提示语和依据；\
例子中 ⟦ ⟧ 括起来的是应当报出的文字，“报：”后面是实际报出的话，“改后：”后面是按建议改过的文字。\
`kanwu explain 规则编号` 说的是同样的内容。本页最后列出[没有写成规则的要求](#哪些要求没有写成规则)及其原因。
";

/// The page.
pub(super) fn page(loaded: &Loaded) -> String {
    let groups: Vec<&[Rule]> = loaded.rules.chunk_by(|one, next| group(one) == group(next)).collect();
    let mut text = OPENING.to_owned();
    text.push_str(&summary(&groups, loaded));
    for rules in groups {
        text.push_str(&format!("\n## {}，{}条\n", heading(rules, loaded), rules.len()));
        text.extend(rules.iter().map(|rule| entry(rule, loaded)));
    }
    text.push_str(&coverage::section());
    text
}

/// How many rules of each level the groups have.
fn summary(groups: &[&[Rule]], loaded: &Loaded) -> String {
    let names = SEVERITIES.map(Severity::chinese).join(" | ");
    let mut text = format!("\n| 类别 | {names} | 合计 |\n|---|---|---|---|---|\n");
    let mut row = |name: &str, rules: &[Rule]| {
        let count = |severity| rules.iter().filter(|rule| rule.severity == severity).count().to_string();
        text.push_str(&format!("| {name} | {} | {} |\n", SEVERITIES.map(count).join(" | "), rules.len()));
    };
    for rules in groups {
        row(&heading(rules, loaded), rules);
    }
    row("合计", &loaded.rules);
    text
}

/// What one rule is.
fn entry(rule: &Rule, loaded: &Loaded) -> String {
    let description = Description::of(rule, loaded);
    let mut text = format!("\n### {}\n\n{}（{}）\n\n", rule.id, plain(&rule.title), rule.severity.chinese());
    for (name, words) in &description.facts {
        text.push_str(&format!("- {name}：{}\n", plain(words)));
    }
    text.push_str(&format!("- 不查这一条：`{}`\n", description.silence));
    for (title, examples) in &description.examples {
        text.push_str(&format!("\n{title}：\n\n{}", block(examples)));
    }
    text
}

/// Examples as they are, in a fence longer than any in them.
fn block(examples: &[Shown]) -> String {
    let text: String = examples.iter().map(|example| example.draw("", Style { color: false })).collect();
    let fence = if text.contains("```") { "````" } else { "```" };
    format!("{fence}text\n{text}{fence}\n")
}

/// Words in which Markdown finds no marks of its own.
pub(super) fn plain(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// `标点符号 punctuation`.
fn heading(rules: &[Rule], loaded: &Loaded) -> String {
    let first = &rules[0];
    match group_title(first, loaded) {
        Some(title) => format!("{title} {}", group(first)),
        None => group(first).to_owned(),
    }
}

fn group(rule: &Rule) -> &str {
    rule.id.split('/').next().unwrap_or_default()
}
