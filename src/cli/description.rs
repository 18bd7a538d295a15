//! What is said of one rule, wherever it is said: `kanwu explain` puts it on a terminal, the reference on a page.

use super::names;
use super::rule_files::Loaded;
use crate::rule::Rule;
use crate::rule::example::{Example, messages};
use crate::rule::given::{Given, Selector};
use crate::rule::set::RuleSet;

/// What is said of a rule, besides its id, level and title.
pub(super) struct Description {
    /// What is to be said in a line each, with its name.
    pub(super) facts: Vec<(&'static str, String)>,
    /// The examples, under their title.
    pub(super) examples: Vec<(&'static str, Vec<Shown>)>,
    /// How not to be told.
    pub(super) silence: String,
}

/// An example, and what comes of it.
pub(super) struct Shown {
    text: String,
    /// The year and kind of document it is taken for.
    condition: Option<String>,
    messages: Vec<String>,
    fixed: Option<String>,
}

/// How examples are emphasised.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// On a terminal with colours; else marked words stand between their marks.
    pub(super) color: bool,
}

impl Description {
    /// Describes a rule.
    pub(super) fn of(rule: &Rule, loaded: &Loaded) -> Description {
        // Tables were found when the rules were loaded, so a rule that is good there is good alone.
        let alone = RuleSet::new(vec![rule.clone()], loaded.tables.clone()).ok();
        let shown = |examples: &[Example]| examples.iter().map(|example| Shown::new(example, alone.as_ref())).collect();
        let examples = [("应当报出的例子", shown(&rule.examples.bad)), ("不应报的例子", shown(&rule.examples.good))];
        Description {
            facts: facts(rule),
            examples: examples.into_iter().filter(|(_, examples): &(_, Vec<Shown>)| !examples.is_empty()).collect(),
            silence: format!("kanwu check --skip {}", rule.id),
        }
    }
}

impl Shown {
    fn new(example: &Example, alone: Option<&RuleSet>) -> Shown {
        let conditions: Vec<String> =
            example.year.map(|year| format!("{year}年")).into_iter().chain(example.genre.clone()).collect();
        Shown {
            text: example.text.trim_end().to_owned(),
            condition: (!conditions.is_empty()).then(|| conditions.join("、")),
            messages: alone.map_or(Vec::new(), |alone| messages(alone, example)),
            fixed: example.fixed.as_ref().map(|fixed| fixed.trim_end().to_owned()),
        }
    }

    /// The example in lines, each after `indent`.
    pub(super) fn draw(&self, indent: &str, style: Style) -> String {
        let mut text = String::new();
        for (index, line) in self.text.lines().enumerate() {
            let mark = if index == 0 { "·" } else { " " };
            // A blank line is left without the blanks before it, which editors would take away.
            if !line.is_empty() {
                text.push_str(&format!("{indent}{mark} {}", style.marked(line)));
            }
            text.push('\n');
        }
        if let Some(condition) = &self.condition {
            text.push_str(&format!("{indent}  （设为{condition}的文件）\n"));
        }
        for message in &self.messages {
            text.push_str(&format!("{indent}  {}{message}\n", style.apply("2", "报：")));
        }
        if let Some(fixed) = &self.fixed {
            let fixed = fixed.replace('\n', &format!("\n{indent}        "));
            text.push_str(&format!("{indent}  {}{fixed}\n", style.apply("2", "改后：")));
        }
        text
    }
}

impl Style {
    /// Words in a colour or weight, where there are any.
    pub(super) fn apply(self, code: &str, words: &str) -> String {
        if self.color { format!("\x1b[{code}m{words}\x1b[0m") } else { words.to_owned() }
    }

    /// An example's line: the marked words in colour, else between their marks.
    fn marked(self, line: &str) -> String {
        if !self.color {
            return line.to_owned();
        }
        line.replace('⟦', "\x1b[31;4m").replace('⟧', "\x1b[0m")
    }
}

/// The Chinese name of the group a rule belongs to, where a pack gives one.
pub(super) fn group_title<'a>(rule: &Rule, loaded: &'a Loaded) -> Option<&'a str> {
    let group = rule.id.split('/').next()?;
    loaded.packs.iter().find(|pack| pack.name == group).map(|pack| pack.title.as_str())
}

fn facts(rule: &Rule) -> Vec<(&'static str, String)> {
    let mut facts = vec![("提示语", rule.message().source().to_owned())];
    facts.extend(rule.advice.clone().map(|advice| ("建议", advice)));
    facts.push(("修改", fix(rule)));
    facts.push(("依据", basis(rule)));
    facts.push(("检查", given(&rule.given)));
    let genres = if rule.genres.is_empty() { "全部".to_owned() } else { rule.genres.join("、") };
    facts.push(("文种", genres));
    facts
}

fn basis(rule: &Rule) -> String {
    match &rule.basis {
        Some(basis) if basis.0.standard.is_empty() => basis.0.force.meaning().to_owned(),
        Some(basis) => format!("{}，{}", basis.0, basis.0.force.meaning()),
        None => "本单位自定".to_owned(),
    }
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
