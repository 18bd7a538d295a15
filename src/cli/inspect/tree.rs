//! A document as a person reads its structure: line by line, what each is, its fields and its values.

use super::facts;
use crate::cli::names;
use crate::cli::words::{cut, padded, table};
use crate::document::Document;
use crate::document::layout::{Line, LineKind};
use crate::document::part::{Part, PartKind};
use crate::document::value::{Detail, Value};
use crate::report::columns::width;
use crate::report::place::Places;
use crate::source::Span;

/// Columns of the names before the text: 附件说明 and a level.
const NAME: usize = 10;

/// The structure in lines of at most `columns` columns.
pub(super) fn draw(document: &Document, columns: usize) -> String {
    let mut text = head(document, columns);
    let gutter = document.source.lines().count().to_string().len().max(3);
    let mut drawing = Drawing { document, places: Places::new(&document.source), columns, gutter, text: String::new() };
    for (index, line) in document.lines.iter().enumerate() {
        drawing.line(index, line);
    }
    text.push_str(&drawing.text);
    text
}

/// The file, its encoding, its size, and what it says of itself.
pub(super) fn head(document: &Document, columns: usize) -> String {
    let source = &document.source;
    let characters = document.text().chars().filter(|c| !c.is_whitespace()).count();
    let mark = if source.encoding.byte_order_mark { "（有字节顺序标记）" } else { "" };
    let lines = source.lines().count();
    let mut text =
        format!("{}  {}{mark}  {characters}字  {lines}行\n\n", cut(&source.name, columns), source.encoding.name);
    let mut rows = Vec::new();
    for fact in facts(document) {
        let start = source.prose.to_source(fact.span).start;
        let position = source.position(start);
        let place = format!("{}:{}", position.line, position.column);
        rows.push(vec![fact.chinese.to_owned(), cut(&fact.value, columns.saturating_sub(20).max(20)), place]);
    }
    if rows.is_empty() {
        text.push_str("没有读出标题、文种、年份等\n");
    }
    text.push_str(&table(&rows));
    text.push('\n');
    text
}

struct Drawing<'a> {
    document: &'a Document,
    places: Places<'a>,
    columns: usize,
    gutter: usize,
    text: String,
}

impl Drawing<'_> {
    fn line(&mut self, index: usize, line: &Line) {
        let document = self.document;
        let node = line.node.map(|node| &document.outline.nodes[node]);
        let own = node.filter(|node| node.line == index);
        let depth = self.depth(line.node).saturating_sub(usize::from(own.is_some()));
        let level = match (own, line.node) {
            (Some(_), Some(node)) => {
                document.part_of_node(node).map_or(String::new(), |part| format!("{}级", part.level))
            }
            _ => String::new(),
        };
        let name = format!("{}{level}", names::line(line.kind));
        self.row(Some(line.span), depth, &name, document.slice(line.span));
        for field in self.starting(PartKind::Field, line.span) {
            let words = format!("{}：{}", document.slice(field.label), document.slice(field.text).trim());
            self.detail(field.span, depth, "字段", &words);
        }
        if line.kind == LineKind::Furniture {
            return;
        }
        for value in document.values_in(line.span) {
            let (words, meaning) = (document.slice(value.span), meaning(document, value));
            let shown = if words == meaning { meaning } else { format!("{words}  = {meaning}") };
            self.detail(value.span, depth, names::part(PartKind::of_value(value.kind)), &shown);
        }
    }

    /// How many headings and items a line stands under, itself included.
    fn depth(&self, mut node: Option<usize>) -> usize {
        let mut depth = 0;
        while let Some(index) = node {
            depth += 1;
            node = self.document.outline.nodes[index].parent;
        }
        depth
    }

    /// The parts of a kind that start in a line.
    fn starting(&self, kind: PartKind, line: Span) -> Vec<Part> {
        let parts = self.document.parts(kind).iter();
        parts.filter(|part| line.start <= part.span.start && part.span.start < line.end).cloned().collect()
    }

    /// A line of the document, with its number.
    fn row(&mut self, place: Option<Span>, depth: usize, name: &str, words: &str) {
        let number = place.map(|span| {
            let start = self.document.source.prose.to_source(span).start;
            self.places.at(start).line.to_string()
        });
        let number = format!("{:>gutter$}", number.unwrap_or_default(), gutter = self.gutter);
        let before = format!("{number}  {:indent$}{}  ", "", padded(name, NAME), indent = depth * 2);
        self.push(&before, words);
    }

    /// Something in the line above, with its column.
    fn detail(&mut self, place: Span, depth: usize, name: &str, words: &str) {
        let start = self.document.source.prose.to_source(place).start;
        let column = self.places.at(start).column;
        let before = format!(
            "{:gutter$}  {:indent$}  {}  {column:>4}  ",
            "",
            "",
            padded(name, 6),
            gutter = self.gutter,
            indent = depth * 2
        );
        self.push(&before, words);
    }

    fn push(&mut self, before: &str, words: &str) {
        let room = self.columns.saturating_sub(width(before)).max(20);
        self.text.push_str(before);
        self.text.push_str(&cut(words, room));
        self.text.push('\n');
    }
}

/// What a value means, where that is more than its words say.
fn meaning(document: &Document, value: &Value) -> String {
    let bound = names::bound_mark(value.bound);
    match &value.detail {
        Detail::Date { year, month, day, .. } => {
            let year = if *year == 0 { "????".to_owned() } else { year.to_string() };
            let rest = [*month, *day].into_iter().filter(|number| *number > 0).map(|number| format!("-{number:02}"));
            format!("{bound}{year}{}", rest.collect::<String>())
        }
        Detail::Time { hour, minute } => format!("{bound}{hour:02}:{minute:02}"),
        Detail::Period { ordinal, legal_education } => {
            let kind = if *legal_education { "个普法规划" } else { "个五年规划" };
            format!("第{ordinal}{kind}")
        }
        _ => {
            let (low, high) = (value.low.normalize(), value.high.normalize());
            let number = if low == high { low.to_string() } else { format!("{low}～{high}") };
            format!("{bound}{number}{}", document.slice(value.unit))
        }
    }
}
