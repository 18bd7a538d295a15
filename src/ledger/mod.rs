//! The ledger of a document: what it states that another document, or another place in it, may be held against.
//!
//! A [`Ledger`] is made of a [`Document`] and outlives it: it keeps facts with their places, no text. What stands in several
//! documents of a set is compared ledger by ledger, so that a set of any size fits into memory.

pub mod agreement;
pub mod attachment;
mod citation;
mod matter;
pub mod metric;
pub mod name;
pub mod quantity;
pub mod slip;
pub mod table;
pub mod telephone;
pub mod when;
mod words;

use crate::document::Document;
use crate::document::layout::{Line, LineKind, doc_number};
use crate::document::part::PartKind;
use crate::source::Span;
use attachment::Attachment;
pub use citation::Citation;
use metric::Metric;
use std::sync::Arc;

/// What a document states.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The name of its source.
    pub path: Arc<str>,
    /// Its title, its lines joined.
    pub title: Option<Stated<String>>,
    /// Its document number (发文字号).
    pub number: Option<Stated<String>>,
    /// Its metrics, and the days it sets for something.
    pub metrics: Vec<Stated<Metric>>,
    /// Names between quotation or title marks, as their characters.
    pub names: Vec<Stated<Vec<char>>>,
    /// Its telephone numbers, as their digits.
    pub telephones: Vec<Stated<String>>,
    /// The documents it cites.
    pub citations: Vec<Citation>,
    /// What its note of attachments lists: number, 0 without one, and title.
    pub listed: Vec<Stated<(u32, String)>>,
    /// What is attached to it, or what it is when it begins as an attachment: number, 0 without one, and title.
    pub attached: Vec<Stated<(u32, String)>>,
}

/// Something stated, with its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Stated<T> {
    /// What.
    pub value: T,
    /// Where.
    pub place: Place,
}

/// A place in a document that is no longer at hand, with what a finding there needs to know of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Bytes of the source.
    pub span: Span,
    /// The words there.
    pub words: String,
    /// The numbers of the headings above, as people cite them.
    pub section: String,
    /// What tells it from other places with these words: see [`Document`] fingerprints.
    pub context: Arc<str>,
}

impl Ledger {
    /// Reads the ledger of a document.
    pub fn of(document: &Document) -> Ledger {
        let at = |span: Span| Place {
            span: document.source.prose.to_source(span),
            words: document.slice(span).to_owned(),
            section: document.section_of(span.start),
            context: context(document, document.source.prose.to_source(span)).into(),
        };
        let fact = |fact: &Option<crate::document::fact::Fact<String>>| {
            fact.as_ref().map(|fact| Stated { value: fact.value.clone(), place: at(fact.span) })
        };
        let entry = |entry: Attachment| {
            let title = document.slice(entry.title).to_owned();
            Stated { value: (entry.number, title), place: at(entry.title) }
        };
        let metrics = metric::find(document).into_iter().map(|metric| Stated { place: at(metric.span), value: metric });
        Ledger {
            path: document.source.name.as_str().into(),
            title: fact(&document.facts.title),
            number: fact(&document.facts.number).or_else(|| {
                let span = number_of_page(document)?;
                Some(Stated { value: document.slice(span).to_owned(), place: at(span) })
            }),
            metrics: metrics.collect(),
            names: name::find(document)
                .into_iter()
                .map(|(words, span)| Stated { value: words, place: at(span) })
                .collect(),
            telephones: telephone::find(document)
                .into_iter()
                .map(|(digits, span)| Stated { value: digits, place: at(span) })
                .collect(),
            citations: citation::find(document, at),
            listed: attachment::listed(document).into_iter().map(entry).collect(),
            attached: attachment::attached(document)
                .into_iter()
                .filter(|entry| !entry.title.is_empty())
                .map(entry)
                .collect(),
        }
    }

    /// The file it was read from, without its folders.
    pub fn file_name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }
}

/// The document number that the head of a web page states: 发文字号：云教发〔2024〕12号, in one cell or two.
fn number_of_page(document: &Document) -> Option<Span> {
    let mut head = document
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| matches!(line.kind, LineKind::Metadata | LineKind::Furniture));
    head.find_map(|(index, line)| {
        let words = document.slice(line.span);
        let named = words.find("文号").or_else(|| words.find("发文字号"))?;
        let after = words[named..]
            .find(['：', ':'])
            .map(|at| line.span.start + named + at + words[named + at..].chars().next().map_or(0, char::len_utf8));
        let own =
            after.map(|start| Span::new(start, line.span.end)).filter(|span| !document.slice(*span).trim().is_empty());
        let span = own.or_else(|| document.lines.get(index + 1).map(|next| next.span))?;
        let lead = document.slice(span).len() - document.slice(span).trim_start().len();
        let number = doc_number(document.slice(span).trim())?;
        Some(Span::new(span.start + lead, span.start + lead + number.len()))
    })
}

/// What tells a place of the source from others, and stays the same when the text changes elsewhere: the headings above it,
/// without their numbers, and its sentence, without white space.
pub fn context(document: &Document, source_span: Span) -> String {
    let source = &document.source.text;
    let line = source[..source_span.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &source[line..source_span.start];
    let start = before.rfind(['。', '！', '？']).map_or(line, |at| line + at + '。'.len_utf8());
    let after = &source[source_span.end..];
    let end = after.find(['。', '！', '？', '\n']).map_or(source.len(), |at| source_span.end + at);
    let sentence: String = source[start..end].chars().filter(|c| !c.is_whitespace()).collect();
    format!("{}\u{1f}{sentence}", headings_above(document, source_span))
}

fn headings_above(document: &Document, source_span: Span) -> String {
    let starts_before =
        |line: &Line| document.source.prose.to_source(Span::at(line.full.start)).start <= source_span.start;
    let line = document.lines.partition_point(starts_before).checked_sub(1);
    let mut titles = Vec::new();
    let mut node = line.and_then(|line| document.lines[line].node);
    while let Some(index) = node {
        let entry = &document.outline.nodes[index];
        if entry.kind == PartKind::Heading {
            titles.push(document.slice(entry.title));
        }
        node = entry.parent;
    }
    titles.reverse();
    titles.join("/")
}
