//! `kanwu rules test`: runs the examples inside rules, the user's or the built-in ones.

use crate::check::trace;
use crate::cli::arguments::TestArguments;
use crate::cli::rule_files::{self, Loaded};
use crate::cli::{Exit, Stop, names};
use crate::document::Document;
use crate::rule::Rule;
use crate::rule::example::{Failure, NOTHING_REPORTED, except_is_needed, run as run_examples};
use crate::rule::set::RuleSet;
use crate::source::Source;
use std::io::{Write, stdout};
use std::sync::Arc;

/// Runs the examples.
pub(in crate::cli) fn run(arguments: &TestArguments) -> Result<Exit, Stop> {
    let paths: Vec<_> = arguments.path.iter().cloned().collect();
    let loaded = rule_files::load(&paths)?;
    // With a path, the user's rules are at question, not the built-in ones.
    let tested = loaded.rules.iter().filter(|rule| paths.is_empty() || loaded.own.contains_key(&rule.id));
    let tested: Vec<&Rule> = tested.collect();
    let mut output = stdout().lock();
    let mut failed = 0;
    for rule in &tested {
        for failure in run_examples(rule, &loaded.tables) {
            failed += 1;
            output.write_all(shown(&failure, rule, &loaded).as_bytes())?;
        }
        for remark in remarks(rule, &loaded) {
            writeln!(output, "注意  {}  {remark}", rule.id)?;
        }
    }
    let examples: usize = tested.iter().map(|rule| rule.examples.bad.len() + rule.examples.good.len()).sum();
    let result = match failed {
        0 if examples == 0 => "没有可运行的例子".to_owned(),
        0 => "全部通过".to_owned(),
        failed => format!("{failed}个不符"),
    };
    rule_files::tell_lowered(&loaded.lowered, &loaded.ids());
    writeln!(output, "共{}条规则、{examples}个例子，{result}", tested.len())?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

/// A failing example: where it is, its text with its marks, and what came out.
fn shown(failure: &Failure, rule: &Rule, loaded: &Loaded) -> String {
    let place = loaded.own.get(&failure.rule).map(|origin| {
        let first_line = failure.text.lines().next().unwrap_or("");
        format!("  {}", origin.place("examples", first_line))
    });
    let indented = |text: &str| text.trim_end().replace('\n', "\n        ");
    let mut text = format!("不符  {}{}\n", failure.rule, place.unwrap_or_default());
    if !failure.text.is_empty() {
        text.push_str(&format!("  例子  {}\n", indented(&failure.text)));
    }
    text.push_str(&format!("  结果  {}\n", indented(&failure.problem)));
    if let Some(hint) = nothing_chosen(failure, rule, loaded) {
        text.push_str(&format!("  提示  {hint}\n"));
    }
    text.push('\n');
    text
}

/// Why a rule may have passed over an example: it was given nothing there, perhaps since a short line is a title.
fn nothing_chosen(failure: &Failure, rule: &Rule, loaded: &Loaded) -> Option<String> {
    let text = failure.text.replace(['⟦', '⟧'], "");
    let set = RuleSet::new(vec![rule.clone()], loaded.tables.clone()).ok()?;
    let document = Document::new(Arc::new(Source::plain("例", text)));
    let first = document.lines.first()?;
    let is_silent = failure.problem == NOTHING_REPORTED && trace(&document, &set, &rule.id)?.given == 0;
    is_silent.then(|| {
        format!("没有选中任何文字；第1行看作{}，不合时请把例子写完整（如句末加“。”）", names::line(first.kind))
    })
}

/// What is no failure but worth knowing.
fn remarks(rule: &Rule, loaded: &Loaded) -> Vec<String> {
    let (bad, good) = (rule.examples.bad.is_empty(), rule.examples.good.is_empty());
    let mut remarks = Vec::new();
    match (bad, good) {
        (true, true) if loaded.lowered.iter().any(|lowered| lowered.id == rule.id) => {}
        (true, true) => remarks.push("没有例子，未经测试".to_owned()),
        (true, false) => remarks.push("没有应当报出的例子（bad）".to_owned()),
        (false, true) => remarks.push("没有不应报的例子（good）".to_owned()),
        (false, false) => {}
    }
    if !except_is_needed(rule, &loaded.tables) {
        remarks.push("except 没有起作用：去掉它，各个不应报的例子也不报".to_owned());
    }
    remarks
}
