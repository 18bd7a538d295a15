//! `kanwu explain`: one rule for people — what, why, on what ground, with its examples, and how to silence it. Of a group
//! of rules, the list.

use super::arguments::ExplainArguments;
use super::rule_files::{self, Loaded};
use super::words::{cut, table};
use super::{Exit, Stop, glob, names, terminal};
use crate::diagnostic::Severity;
use crate::report::columns::{width, wrap};
use crate::rule::Rule;
use crate::rule::example::{Example, messages};
use crate::rule::given::{Given, Selector};
use crate::rule::set::RuleSet;
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
    let page = Page { color: terminal::color(arguments.color), width: terminal::width() };
    stdout().write_all(page.draw(rule, &loaded).as_bytes())?;
    Ok(Exit::Clean)
}

struct Page {
    color: bool,
    width: usize,
}

impl Page {
    fn draw(&self, rule: &Rule, loaded: &Loaded) -> String {
        let weight = match rule.severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;34",
        };
        let severity = self.style(weight, rule.severity.chinese());
        let mut text = format!("{}  {severity}\n{}\n\n", self.style("1", &rule.id), rule.title);
        text.push_str(&table(&self.facts(rule, loaded)));
        // Tables were found when the rules were loaded, so a rule that is good there is good alone.
        let alone = RuleSet::new(vec![rule.clone()], loaded.tables.clone());
        let alone = |example: &Example| alone.as_ref().map_or(Vec::new(), |alone| messages(alone, example));
        self.examples(&mut text, "应当报出的例子", &rule.examples.bad, &alone);
        self.examples(&mut text, "不应报的例子", &rule.examples.good, &alone);
        if rule.examples.bad.is_empty() && rule.examples.good.is_empty() {
            text.push_str("\n这条规则没有例子。\n");
        }
        text.push_str(&format!("\n不查这一条：kanwu check --skip {}\n", rule.id));
        text
    }

    /// What is to be said in a line each.
    fn facts(&self, rule: &Rule, loaded: &Loaded) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let mut say = |name: &str, words: &str| {
            for (index, line) in wrap(words, self.width.saturating_sub(8).max(20)).into_iter().enumerate() {
                rows.push(vec![if index == 0 { name.to_owned() } else { String::new() }, line]);
            }
        };
        say("提示语", rule.message().source());
        if let Some(advice) = &rule.advice {
            say("建议", advice);
        }
        say("修改", &fix(rule));
        match &rule.basis {
            Some(basis) if basis.0.standard.is_empty() => say("依据", basis.0.force.meaning()),
            Some(basis) => say("依据", &format!("{}，{}", basis.0, basis.0.force.meaning())),
            None => say("依据", "本单位自定"),
        }
        say("检查", &given(&rule.given));
        match rule.genres.as_slice() {
            [] => say("文种", "全部"),
            genres => say("文种", &genres.join("、")),
        }
        match (loaded.own.get(&rule.id), group_title(rule, loaded)) {
            (Some(origin), _) => say("出处", &origin.place("id", &rule.id)),
            (None, Some(title)) => say("出处", &format!("内置，{title}")),
            (None, None) => say("出处", "内置"),
        }
        rows
    }

    fn examples(
        &self,
        text: &mut String,
        title: &str,
        examples: &[Example],
        messages: &dyn Fn(&Example) -> Vec<String>,
    ) {
        if examples.is_empty() {
            return;
        }
        text.push_str(&format!("\n{}\n", self.style("1", title)));
        for example in examples {
            let mut conditions = Vec::new();
            conditions.extend(example.year.map(|year| format!("{year}年")));
            conditions.extend(example.genre.clone());
            for (index, line) in example.text.trim_end().lines().enumerate() {
                text.push_str(if index == 0 { "  · " } else { "    " });
                text.push_str(&self.marked(line));
                text.push('\n');
            }
            if !conditions.is_empty() {
                text.push_str(&format!("    （设为{}的文件）\n", conditions.join("、")));
            }
            for message in messages(example) {
                text.push_str(&format!("    {}{message}\n", self.style("2", "报：")));
            }
            if let Some(fixed) = &example.fixed {
                text.push_str(&format!(
                    "    {}{}\n",
                    self.style("2", "改后："),
                    fixed.trim_end().replace('\n', "\n          ")
                ));
            }
        }
    }

    /// An example's line: on a terminal the marked words in colour, else between their marks.
    fn marked(&self, line: &str) -> String {
        if !self.color {
            return line.to_owned();
        }
        line.replace('⟦', "\x1b[31;4m").replace('⟧', "\x1b[0m")
    }

    fn style(&self, code: &str, words: &str) -> String {
        if self.color { format!("\x1b[{code}m{words}\x1b[0m") } else { words.to_owned() }
    }
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

fn group_title<'a>(rule: &Rule, loaded: &'a Loaded) -> Option<&'a str> {
    let group = rule.id.split('/').next()?;
    loaded.packs.iter().find(|pack| pack.name == group).map(|pack| pack.title.as_str())
}

/// What a fix does.
fn fix(rule: &Rule) -> String {
    let Some(fix) = &rule.fix else { return "由人改".to_owned() };
    let mut does = Vec::new();
    if let Some(words) = &fix.before {
        does.push(format!("在前面补“{}”", words.source()));
    }
    match fix.replace.as_ref().map(|words| words.source()) {
        Some("") => does.push("删去".to_owned()),
        Some(words) => does.push(format!("改为“{words}”")),
        None => {}
    }
    if let Some(words) = &fix.after {
        does.push(format!("在后面补“{}”", words.source()));
    }
    let how = if fix.safe { "可自动" } else { "需人工确认：" };
    format!("{how}{}", does.join("，"))
}

/// The parts a rule looks at, in Chinese with the words rules use.
fn given(given: &Given) -> String {
    given.0.iter().map(selector).collect::<Vec<_>>().join("、")
}

fn selector(selector: &Selector) -> String {
    let mut narrowed = Vec::new();
    let narrow = &selector.narrow;
    narrowed.extend(narrow.level.map(|level| format!("第{level}级")));
    narrowed.extend(narrow.label.map(|label| format!("序号写作{}", names::label_style(label))));
    let any = |patterns: &crate::pattern::Patterns| {
        patterns.0.iter().map(|pattern| format!("“{}”", pattern.source())).collect::<Vec<_>>().join("或")
    };
    narrowed.extend(narrow.under.as_ref().map(|under| format!("上级标题含{}", any(under))));
    narrowed.extend(narrow.field.as_ref().map(|field| format!("字段{}之内", any(field))));
    let inside = narrow.inside.iter().flat_map(|places| &places.0).map(|place| names::part(place.kind));
    let inside = inside.collect::<Vec<_>>().join("或");
    narrowed.extend((!inside.is_empty()).then(|| format!("位于{inside}")));
    let group = if selector.siblings { "同级的" } else { "" };
    let kind = format!("{group}{}（{}）", names::part(selector.kind), selector.kind.name());
    if narrowed.is_empty() { kind } else { format!("{kind}，{}", narrowed.join("，")) }
}
