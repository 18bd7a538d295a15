//! A document as the rules see it: its structure, its values, its facts, each with its place in the prose.
//!
//! [`Document::new`] never fails: odd input gives a poorer document. All spans are bytes of the prose.

pub mod character;
pub mod columns;
pub mod enclosure;
pub mod enumeration;
pub mod fact;
pub mod field;
mod index;
pub mod label;
pub mod layout;
pub mod lexicon;
pub mod mark;
pub mod outline;
pub mod part;
mod passage;
pub mod sentence;
pub mod value;
pub mod verbatim;

use crate::source::{Source, Span};
use enclosure::{Enclosures, Unpaired};
use fact::Facts;
use index::{LineIndex, Reach};
use layout::{Line, LineKind};
use outline::Outline;
use part::{Part, PartKind};
use std::sync::Arc;
use value::Value;

/// A text with its structure.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text it was read from.
    pub source: Arc<Source>,
    /// The blocks of the prose, in order, each with what it is in the document.
    pub lines: Vec<Line>,
    /// Headings and items, how they nest and which are siblings.
    pub outline: Outline,
    /// The values, in order, apart from each other.
    pub values: Vec<Value>,
    /// Quotation marks, brackets and title marks that have no partner.
    pub unpaired: Vec<Unpaired>,
    /// What the document says of itself.
    pub facts: Facts,
    parts: Vec<Vec<Part>>,
    line_index: LineIndex,
    reaches: Vec<Reach>,
}

impl Document {
    /// Finds the structure of a text.
    pub fn new(source: Arc<Source>) -> Document {
        let text = source.prose.text.clone();
        let verbatim = all_verbatim(&source);
        let values = value::mention::find_values(&text, &source.prose.blocks, &verbatim);
        let mut lines = layout::classify(&source.prose);
        let line_index = LineIndex::new(&lines, text.len());
        let outline = outline::build(&text, &lines);
        for (line, node) in lines.iter_mut().zip(outline::nodes_of_lines(&outline, source.prose.blocks.len())) {
            line.node = node;
        }
        let marks = mark::find(&text);
        let Enclosures { quotes, brackets, book_titles, unpaired } = enclosure::find(&text, &lines, &verbatim, &marks);
        let mut parts: Vec<Vec<Part>> = vec![Vec::new(); PartKind::COUNT];
        parts[PartKind::Document as usize].push(Part::new(PartKind::Document, Span::new(0, text.len()), 0));
        parts[PartKind::Quote as usize] = quotes;
        parts[PartKind::Bracket as usize] = brackets;
        parts[PartKind::BookTitle as usize] = book_titles;
        parts[PartKind::Sentence as usize] = sentence::find(&text, &lines, &marks);
        parts[PartKind::Verbatim as usize] = verbatim
            .iter()
            .map(|&span| Part::new(PartKind::Verbatim, span, line_index.line_of(&lines, span.start)))
            .collect();
        layout::collect_parts(&source.prose, &lines, &mut parts);
        outline::collect_parts(&lines, &outline, &mut parts);
        parts[PartKind::Field as usize] = field::find(&text, &lines, &parts[PartKind::Bracket as usize], &marks);
        collect_values(&values, |offset| line_index.line_of(&lines, offset), &mut parts);
        let reaches = parts.iter().map(|parts| Reach::new(parts)).collect();
        let facts = Facts::default();
        let mut document = Document { source, lines, outline, values, unpaired, facts, parts, line_index, reaches };
        document.facts = fact::find(&document);
        document
    }

    /// The prose.
    pub fn text(&self) -> &str {
        &self.source.prose.text
    }

    /// The words under a span of the prose.
    pub fn slice(&self, span: Span) -> &str {
        span.of(self.text())
    }

    /// All parts of a kind, in the order of the text; nested ones follow what they lie in.
    pub fn parts(&self, kind: PartKind) -> &[Part] {
        &self.parts[kind as usize]
    }

    /// The innermost part of a kind that covers `span`.
    pub fn enclosing(&self, kind: PartKind, span: Span) -> Option<&Part> {
        self.reaches[kind as usize].enclosing(self.parts(kind), span)
    }

    /// The line that holds the byte at `offset`: the last that starts at or before it.
    pub fn line_at(&self, offset: usize) -> &Line {
        &self.lines[self.line_index_at(offset)]
    }

    /// The index of the line that holds the byte at `offset`.
    pub fn line_index_at(&self, offset: usize) -> usize {
        self.line_index.line_of(&self.lines, offset)
    }

    /// The heading or item that is node `node` of the outline.
    pub fn part_of_node(&self, node: usize) -> Option<&Part> {
        let parts = self.parts(self.outline.nodes[node].kind);
        parts.binary_search_by_key(&Some(node), |part| part.node).ok().map(|index| &parts[index])
    }

    /// The value a value part stands for.
    pub fn value_of(&self, part: &Part) -> Option<&Value> {
        part.value.map(|index| &self.values[index])
    }

    /// The values that lie within `span`, in order.
    pub fn values_in(&self, span: Span) -> &[Value] {
        let from = self.values.partition_point(|value| value.span.start < span.start);
        let to = from + self.values[from..].partition_point(|value| value.span.end <= span.end);
        &self.values[from..to]
    }

    /// Whether rules that do not name such text pass it over: furniture, metadata, code.
    pub fn is_skipped(&self, span: Span) -> bool {
        matches!(self.line_at(span.start).kind, LineKind::Furniture | LineKind::Metadata | LineKind::Verbatim)
            || self.enclosing(PartKind::Verbatim, span).is_some()
    }

    /// The headings above a place, outermost first, as people cite them: `一（四）`; empty above the first.
    pub fn section_of(&self, offset: usize) -> String {
        let mut labels = Vec::new();
        let mut node = self.line_at(offset).node;
        while let Some(index) = node {
            let entry = &self.outline.nodes[index];
            let label = self.slice(entry.label).trim_end_matches(['、', '.', '．']);
            if !label.is_empty() {
                labels.push(label);
            }
            node = entry.parent;
        }
        labels.reverse();
        labels.concat()
    }
}

/// What the markup and what the words themselves show to be no prose: sorted, apart.
fn all_verbatim(source: &Source) -> Vec<Span> {
    let mut found = verbatim::find_verbatim(&source.prose.text, &source.prose.blocks);
    if !source.prose.verbatim.is_empty() {
        found.extend(&source.prose.verbatim);
        found.sort();
        found.dedup_by(|next, last| {
            let meets = next.start <= last.end;
            if meets {
                last.end = last.end.max(next.end);
            }
            meets
        });
    }
    found
}

fn collect_values(values: &[Value], line_of: impl Fn(usize) -> usize, parts: &mut [Vec<Part>]) {
    let mut counts = [0; PartKind::COUNT];
    values.iter().for_each(|value| counts[PartKind::of_value(value.kind) as usize] += 1);
    parts.iter_mut().zip(counts).for_each(|(parts, count)| parts.reserve_exact(count));
    for (index, value) in values.iter().enumerate() {
        let line = line_of(value.span.start);
        let part = |kind| Part { value: Some(index), ..Part::new(kind, value.span, line) };
        let kind = PartKind::of_value(value.kind);
        parts[kind as usize].push(part(kind));
        if value.range.is_some() {
            parts[PartKind::Range as usize].push(part(PartKind::Range));
        }
    }
}
