//! A document as JSON: everything, with places in the decoded source.

use super::facts;
use crate::cli::names;
use crate::document::Document;
use crate::document::part::{Part, PartKind};
use crate::document::value::Value;
use crate::report::place::Places;
use crate::source::Span;
use serde::Serialize;
use std::collections::BTreeMap;

/// The document as one JSON value.
pub(super) fn write(document: &Document) -> String {
    let mut places = Places::new(&document.source);
    let mut place = |span: Span| {
        let Span { start, end } = document.source.prose.to_source(span);
        let (from, to) = (places.at(start), places.at(end));
        WirePlace { start, end, line: from.line, column: from.column, end_line: to.line, end_column: to.column }
    };
    let facts = facts(document);
    let facts =
        facts.into_iter().map(|fact| (fact.key, WireFact { value: fact.value, place: place(fact.span) })).collect();
    let mut parts = BTreeMap::new();
    for &kind in PartKind::ALL.iter().filter(|kind| !kind.is_value() && **kind != PartKind::Set) {
        let of_kind: Vec<WirePart> =
            document.parts(kind).iter().map(|part| wire_part(document, part, place(part.span))).collect();
        parts.insert(kind.name(), of_kind);
    }
    let values = document.values.iter().map(|value| wire_value(document, value, place(value.span))).collect();
    let whole = WireDocument {
        version: 1,
        path: &document.source.name,
        encoding: document.source.encoding.name.to_string(),
        byte_order_mark: document.source.encoding.byte_order_mark,
        facts,
        parts,
        values,
    };
    serde_json::to_string_pretty(&whole).expect("a document can be written as JSON")
}

#[derive(Serialize)]
struct WireDocument<'a> {
    version: u32,
    path: &'a str,
    encoding: String,
    byte_order_mark: bool,
    facts: BTreeMap<&'static str, WireFact>,
    parts: BTreeMap<&'static str, Vec<WirePart<'a>>>,
    values: Vec<WireValue<'a>>,
}

#[derive(Serialize)]
struct WirePlace {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct WireFact {
    value: String,
    #[serde(flatten)]
    place: WirePlace,
}

#[derive(Serialize)]
struct WirePart<'a> {
    #[serde(flatten)]
    place: WirePlace,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column_number: Option<u8>,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct WireValue<'a> {
    kind: &'static str,
    #[serde(flatten)]
    place: WirePlace,
    text: &'a str,
    low: String,
    high: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'a str,
    bound: &'static str,
    range: bool,
}

fn wire_part<'a>(document: &'a Document, part: &Part, place: WirePlace) -> WirePart<'a> {
    let in_table = matches!(part.kind, PartKind::Row | PartKind::Cell);
    let numbered = !in_table && !document.slice(part.label).is_empty() && part.style.is_some();
    WirePart {
        place,
        label: document.slice(part.label),
        style: part.style.map(names::label_style),
        level: (!in_table && part.level > 0).then_some(part.level),
        number: numbered.then_some(part.number),
        row: in_table.then_some(part.number),
        column_number: (part.kind == PartKind::Cell).then_some(part.level),
        title: document.slice(part.title),
        text: document.slice(part.text),
    }
}

fn wire_value<'a>(document: &'a Document, value: &Value, place: WirePlace) -> WireValue<'a> {
    WireValue {
        kind: names::value_key(value.kind),
        place,
        text: document.slice(value.span),
        low: value.low.normalize().to_string(),
        high: value.high.normalize().to_string(),
        unit: document.slice(value.unit),
        bound: names::bound_key(value.bound),
        range: value.range.is_some(),
    }
}
