//! `kanwu inspect`: the document as the rules see it.

mod json;
mod metrics;
mod tree;

use super::arguments::{InspectArguments, InspectFormat};
use super::{Exit, Stop, input, terminal};
use crate::document::Document;
use crate::document::fact::Fact;
use crate::source::Span;
use std::io::{Write, stdout};
use std::sync::Arc;

/// Shows a document.
pub(super) fn run(arguments: &InspectArguments) -> Result<Exit, Stop> {
    let source = input::read_one(&arguments.file, arguments.stdin_filename.as_deref())?;
    let document = Document::new(Arc::new(source));
    let text = match arguments.format {
        InspectFormat::Tree => tree::draw(&document, terminal::width()),
        InspectFormat::Json => json::write(&document),
        InspectFormat::Text => document.text().to_owned(),
        InspectFormat::Facts => metrics::draw(&document, terminal::width()),
        InspectFormat::Csv => metrics::write_csv(&document),
    };
    let mut output = stdout().lock();
    output.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        output.write_all(b"\n")?;
    }
    Ok(Exit::Clean)
}

/// A fact for showing: its name in rules, its Chinese name, what it says, its place in the prose.
struct Stated {
    key: &'static str,
    chinese: &'static str,
    value: String,
    span: Span,
}

/// What the document says of itself.
fn facts(document: &Document) -> Vec<Stated> {
    let facts = &document.facts;
    let mut stated = Vec::new();
    let mut state = |key, chinese, fact: Option<(String, Span)>| {
        stated.extend(fact.map(|(value, span)| Stated { key, chinese, value, span }));
    };
    let words = |fact: &Option<Fact<String>>| fact.as_ref().map(|fact| (fact.value.clone(), fact.span));
    let date = facts.date.as_ref().map(|fact| {
        let (year, month, day) = fact.value;
        (format!("{year}-{month:02}-{day:02}"), fact.span)
    });
    state("title", "标题", words(&facts.title));
    state("genre", "文种", words(&facts.genre));
    state("year", "年份", facts.year.as_ref().map(|fact| (fact.value.to_string(), fact.span)));
    state("number", "文号", words(&facts.number));
    state("issuer", "发文机关", words(&facts.issuer));
    state("date", "成文日期", date);
    stated
}
