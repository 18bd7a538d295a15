//! Examples: what a rule must find and what it must not, kept with the rule and run as its tests.

use super::Rule;
use super::nearest::distance;
use super::set::RuleSet;
use crate::check::{check, check_set};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::fact::Fact;
use crate::kind::Verb;
use crate::ledger::Ledger;
use crate::source::{ProseBuilder, Role, Source, Span};
use crate::table::Tables;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The examples of a rule.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Examples {
    /// 应当报出的例子，报出的文字用 ⟦ ⟧ 标出。
    pub bad: Vec<Example>,
    /// 不应报的例子，至少一个貌似有错。
    pub good: Vec<Example>,
}

/// One example text.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Example {
    /// The text; in a bad one the words found stand between ⟦ and ⟧.
    pub text: String,
    /// The text after the fix.
    pub fixed: Option<String>,
    /// The year of the document, when the text itself does not say.
    pub year: Option<i32>,
    /// The kind of document.
    pub genre: Option<String>,
    /// The other documents of its set, for rules that compare documents.
    pub with: Vec<String>,
}

impl<'de> Deserialize<'de> for Example {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Example, D::Error> {
        struct ExampleVisitor;

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            text: String,
            #[serde(default)]
            fixed: Option<String>,
            #[serde(default)]
            year: Option<i32>,
            #[serde(default)]
            genre: Option<String>,
            #[serde(default)]
            with: Vec<String>,
        }

        impl From<Written> for Example {
            fn from(Written { text, fixed, year, genre, with }: Written) -> Example {
                Example { text, fixed, year, genre, with }
            }
        }

        impl<'de> Visitor<'de> for ExampleVisitor {
            type Value = Example;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("例子的文字，或 {text, fixed, year, genre, with}")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Example, E> {
                Ok(Example { text: value.to_owned(), ..Example::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Example, A::Error> {
                Written::deserialize(de::value::MapAccessDeserializer::new(map)).map(Example::from)
            }
        }

        if deserializer.is_human_readable() {
            deserializer.deserialize_any(ExampleVisitor)
        } else {
            Written::deserialize(deserializer).map(Example::from)
        }
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Example {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Example".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [
            { "type": "string" },
            { "type": "object", "additionalProperties": false, "required": ["text"], "properties": {
                "text": { "type": "string" }, "fixed": { "type": "string" },
                "year": { "type": "integer" }, "genre": { "type": "string" },
                "with": { "type": "array", "items": { "type": "string" } } } }
        ] })
    }
}

/// An example that did not come out as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// The text of the example as written, marks and all.
    pub text: String,
    /// What came out instead, in Chinese.
    pub problem: String,
}

/// Runs the examples of a rule against the rule alone.
pub fn run(rule: &Rule, tables: &Tables) -> Vec<Failure> {
    let mut failures = Vec::new();
    let mut fail = |example: &Example, problem: String| {
        failures.push(Failure { rule: rule.id.clone(), text: example.text.clone(), problem });
    };
    let alone = match RuleSet::new(vec![rule.clone()], tables.clone()) {
        Ok(alone) => alone,
        Err(problem) => {
            fail(&Example::default(), problem);
            return failures;
        }
    };
    for example in &rule.examples.bad {
        let (text, marked) = unmark(&example.text);
        if marked.is_empty() {
            fail(example, "例子中没有用 ⟦ ⟧ 标出应报的文字".to_owned());
            continue;
        }
        let (found, fixed) = outcome(&alone, example, &text);
        if found != marked {
            fail(example, outcome_words(&text, &found));
        } else if let Some(wanted) = &example.fixed
            && *wanted != fixed
        {
            fail(example, format!("应改为：{wanted}\n实改为：{fixed}"));
        }
    }
    for example in &rule.examples.good {
        let (text, marked) = unmark(&example.text);
        let (found, _) = outcome(&alone, example, &text);
        if !marked.is_empty() {
            fail(example, "不应报的例子里不要写 ⟦ ⟧".to_owned());
        } else if !found.is_empty() {
            fail(example, format!("不应报，{}", outcome_words(&text, &found)));
        }
    }
    failures
}

/// Whether each `except` of a rule is needed: without it, some good example is reported. Rules without one pass.
pub fn except_is_needed(rule: &Rule, tables: &Tables) -> bool {
    if rule.except.is_none() {
        return true;
    }
    let bare = Rule { except: None, ..rule.clone() };
    let Ok(alone) = RuleSet::new(vec![bare], tables.clone()) else { return true };
    rule.examples.good.iter().any(|example| !outcome(&alone, example, &example.text).0.is_empty())
}

/// Whether some good example is a near miss: it holds a text the rule seeks, or is at most three characters away from a
/// bad one. Only such an example shows where the rule ends.
pub fn has_near_miss(rule: &Rule, tables: &Tables) -> bool {
    let mut sought = rule.clone();
    if let Verb::Forbid(forbid) = &mut sought.then {
        // A table that is wrong is reported when the set is made.
        let _ = forbid.fill(tables);
    }
    let mut literals: Vec<String> = Vec::new();
    for pattern in sought.then.searched().into_iter().chain(sought.find.iter_mut().flat_map(|find| &mut find.0)) {
        literals.extend(pattern.literals().into_iter().map(str::to_owned));
    }
    rule.examples.good.iter().any(|good| {
        literals.iter().any(|literal| good.text.contains(literal.as_str()))
            || rule.examples.bad.iter().any(|bad| distance(&unmark(&bad.text).0, &good.text) <= NEAR)
    })
}

/// How many characters a near miss may differ in.
const NEAR: usize = 3;

/// What rules say of an example, each message once.
pub fn messages(rules: &RuleSet, example: &Example) -> Vec<String> {
    let (text, _) = unmark(&example.text);
    let mut messages: Vec<String> = judge(rules, example, &text).into_iter().map(|found| found.message).collect();
    messages.dedup();
    messages
}

/// The spans found in a text, and the text with all fixes applied.
fn outcome(rules: &RuleSet, example: &Example, text: &str) -> (Vec<Span>, String) {
    let diagnostics = judge(rules, example, text);
    let mut fixed = text.to_owned();
    for edit in
        diagnostics.iter().rev().filter_map(|diagnostic| diagnostic.fix.as_ref()).flat_map(|fix| fix.edits.iter().rev())
    {
        fixed.replace_range(edit.span.range(), &edit.text);
    }
    (diagnostics.iter().map(|diagnostic| diagnostic.primary.span).collect(), fixed)
}

/// What rules find in an example: in its text alone, or between it and the documents it is set beside.
fn judge(rules: &RuleSet, example: &Example, text: &str) -> Vec<Diagnostic> {
    let document = document_of(example, text);
    if example.with.is_empty() {
        return check(&document, rules);
    }
    // The example comes last, so that what contradicts the others is found in it.
    let other = |text: &String| Ledger::of(&document_of(&Example::default(), text));
    let ledgers: Vec<Ledger> = example.with.iter().map(other).chain([Ledger::of(&document)]).collect();
    check_set(&ledgers, rules)
}

/// The text of an example as a document of the year and kind it names.
fn document_of(example: &Example, text: &str) -> Document {
    let mut document = Document::new(Arc::new(source_of(text)));
    if let Some(year) = example.year {
        document.facts.year = Some(Fact { value: year, span: Span::at(0) });
    }
    if let Some(genre) = &example.genre {
        document.facts.genre = Some(Fact { value: genre.clone(), span: Span::at(0) });
    }
    document
}

/// The source of an example: plain text, but that lines which begin with | are the rows of a table.
fn source_of(text: &str) -> Source {
    if !text.lines().any(|line| line.starts_with('|')) {
        return Source::plain("例", text);
    }
    let mut prose = ProseBuilder::default();
    let mut at = 0;
    let mut row = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        let cells = body.strip_prefix('|').map(|cells| cells.trim_end_matches('|'));
        let mut start = at + usize::from(cells.is_some());
        for (column, cell) in (0..).zip(cells.unwrap_or(body).split(|c| cells.is_some() && c == '|')) {
            prose.open(if cells.is_some() { Role::Cell { table: 0, row, column } } else { Role::Text });
            prose.push(cell, Span::new(start, start + cell.len()));
            start += cell.len() + 1;
        }
        row += u32::from(cells.is_some());
        at += line.len();
    }
    Source::with_prose("例", text, prose.finish())
}

/// A text without its ⟦ ⟧, and where they were.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut open = None;
    for c in marked.chars() {
        match c {
            '⟦' => open = Some(text.len()),
            '⟧' => spans.extend(open.take().map(|start| Span::new(start, text.len()))),
            _ => text.push(c),
        }
    }
    (text, spans)
}

/// What is said of an example in which nothing was found.
pub const NOTHING_REPORTED: &str = "没有报出";

/// What was reported, as the text with its marks.
fn outcome_words(text: &str, found: &[Span]) -> String {
    if found.is_empty() {
        return NOTHING_REPORTED.to_owned();
    }
    let mut marked = String::new();
    let mut at = 0;
    for span in found {
        // Overlapping findings are each marked, the later from where the earlier ends.
        let start = span.start.max(at);
        let end = span.end.max(start);
        marked.push_str(&text[at..start]);
        marked.push('⟦');
        marked.push_str(&text[start..end]);
        marked.push('⟧');
        at = end;
    }
    marked.push_str(&text[at..]);
    format!("实报：{marked}")
}
