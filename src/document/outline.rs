//! Headings and items: how they nest, and which of them are siblings.

use super::character::{is_at_most, is_blank};
use super::label::{Label, LabelStyle};
use super::layout::{Line, LineKind};
use super::part::{Part, PartKind};
use crate::source::{Role, Span};

/// The headings and items of a document.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// All of them, in order.
    pub nodes: Vec<Node>,
    /// Runs of siblings: one style of label under one parent, in order of their first members.
    pub groups: Vec<Group>,
}

/// A heading or an item.
#[derive(Clone, Debug)]
pub struct Node {
    /// Index of its line.
    pub line: usize,
    /// Heading or Item.
    pub kind: PartKind,
    /// Its number as written; empty when it has none.
    pub label: Span,
    /// What was read from the label.
    pub read: Option<Label>,
    /// Its words without the number: the heading, or the item's paragraph.
    pub text: Span,
    /// The run-in title of an item, without its end mark; the text of a heading; empty when there is none.
    pub title: Span,
    /// The node it stands under.
    pub parent: Option<usize>,
    /// Its group of siblings.
    pub group: usize,
    /// One past the last line that belongs to it.
    pub end_line: usize,
    rank: u8,
}

/// Siblings: nodes with one style of label (or none) under one parent.
#[derive(Clone, Debug)]
pub struct Group {
    /// Heading when most members are headings, else Item.
    pub kind: PartKind,
    /// How their labels are written; `None` when they have none.
    pub style: Option<LabelStyle>,
    /// What they stand under.
    pub parent: Option<usize>,
    /// Which division of the document they are in.
    pub division: usize,
    /// The members, in order, as indexes into [`Outline::nodes`].
    pub members: Vec<usize>,
}

/// Nests the headings and items of a document and tells each line which of them it belongs to.
pub fn build(text: &str, lines: &[Line]) -> Outline {
    let mut outline = Outline::default();
    let mut stack: Vec<usize> = Vec::new();
    let mut division = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.division != division {
            division = line.division;
            outline.close(&mut stack, 0, index);
        }
        let Some(rank) = rank_of(text, line) else { continue };
        let keep = stack.iter().take_while(|&&node| outline.nodes[node].rank < rank).count();
        outline.close(&mut stack, keep, index);
        let node = node_of(text, line, index, rank, stack.last().copied());
        outline.nodes.push(node);
        let cells = index.checked_sub(1).is_some_and(|above| lines[above].kind == LineKind::Cell);
        outline.join_group(division, cells);
        stack.push(outline.nodes.len() - 1);
    }
    outline.close(&mut stack, 0, lines.len());
    outline.settle_kinds();
    outline
}

impl Outline {
    fn close(&mut self, stack: &mut Vec<usize>, keep: usize, line: usize) {
        for node in stack.drain(keep..) {
            self.nodes[node].end_line = line;
        }
    }

    /// Puts the last node into the group of its siblings: the latest group of that style under that parent. A number 1
    /// after cells of a table begins a group of its own.
    fn join_group(&mut self, division: usize, after_cells: bool) {
        let index = self.nodes.len() - 1;
        let begins = after_cells && self.nodes[index].read.is_some_and(|label| label.number == 1);
        let style = self.nodes[index].read.map(|label| label.style);
        let parent = self.nodes[index].parent;
        let found = self
            .groups
            .iter()
            .rposition(|group| group.style == style && group.parent == parent && group.division == division)
            .filter(|_| !begins);
        let group = found.unwrap_or_else(|| {
            let kind = self.nodes[index].kind;
            self.groups.push(Group { kind, style, parent, division, members: Vec::new() });
            self.groups.len() - 1
        });
        self.groups[group].members.push(index);
        self.nodes[index].group = group;
    }

    fn settle_kinds(&mut self) {
        for group in &mut self.groups {
            let headings = group.members.iter().filter(|&&node| self.nodes[node].kind == PartKind::Heading).count();
            group.kind = if headings * 2 > group.members.len() { PartKind::Heading } else { PartKind::Item };
        }
    }
}

/// How high a line stands; lower is higher. `None` for lines that are neither headings nor items.
fn rank_of(text: &str, line: &Line) -> Option<u8> {
    let from_style = |style: LabelStyle| 10 + 10 * style as u8;
    match (line.kind, line.label, line.role) {
        (LineKind::Heading | LineKind::Item, Some(label), _) => Some(from_style(label.style)),
        (LineKind::Heading, None, Role::Heading(level)) => Some(match level {
            1 => 5,
            2 => from_style(LabelStyle::HanComma),
            3 => from_style(LabelStyle::HanBracket),
            4 => from_style(LabelStyle::ArabicDot),
            _ => from_style(LabelStyle::ArabicBracket),
        }),
        // “总体目标：” stands above 一、 and 1. alike; other unnumbered headings stand where 一、 stands.
        (LineKind::Heading, None, _) if line.span.of(text).ends_with(['：', ':']) => Some(5),
        (LineKind::Heading, None, _) => Some(from_style(LabelStyle::HanComma)),
        _ => None,
    }
}

fn node_of(text: &str, line: &Line, index: usize, rank: u8, parent: Option<usize>) -> Node {
    let label_end = line.span.start + line.label.map_or(0, |label| label.len);
    let body = &text[label_end..line.span.end];
    let start = label_end + (body.len() - body.trim_start_matches(is_blank).len());
    let words = Span::new(start, line.span.end.max(start));
    let kind = if line.kind == LineKind::Heading { PartKind::Heading } else { PartKind::Item };
    let title = if kind == PartKind::Heading { words } else { run_in_title(text, words) };
    Node {
        line: index,
        kind,
        label: Span::new(line.span.start, label_end),
        read: line.label,
        text: words,
        title,
        parent,
        group: 0,
        end_line: index + 1,
        rank,
    }
}

/// The words up to the first 。 of an item when more words follow: （一）加强领导。成立……
fn run_in_title(text: &str, words: Span) -> Span {
    let body = words.of(text);
    let end = memchr::memmem::find(body.as_bytes(), "。".as_bytes());
    match end {
        Some(end) if end + '。'.len_utf8() < body.len() && is_at_most(&body[..end], 45) => {
            Span::new(words.start, words.start + end)
        }
        _ => Span::at(words.start),
    }
}

/// The lines' nodes: the innermost heading or item each line is or stands under.
pub fn nodes_of_lines(outline: &Outline, count: usize) -> Vec<Option<usize>> {
    let mut nodes = vec![None; count];
    for (index, node) in outline.nodes.iter().enumerate() {
        // Inner nodes come later and overwrite.
        for slot in &mut nodes[node.line..node.end_line.min(count)] {
            *slot = Some(index);
        }
    }
    nodes
}

/// Adds headings, items, sections and lists to the parts.
pub fn collect_parts(lines: &[Line], outline: &Outline, parts: &mut [Vec<Part>]) {
    for (index, node) in outline.nodes.iter().enumerate() {
        let line = &lines[node.line];
        let part = Part {
            label: node.label,
            text: node.text,
            title: node.title,
            level: level_of(node, line),
            number: node.read.map_or(0, |label| label.number),
            style: node.read.map(|label| label.style),
            node: Some(index),
            ..Part::new(node.kind, line.span, node.line)
        };
        let last = &lines[node.end_line.saturating_sub(1).max(node.line)];
        let section = Part { kind: PartKind::Section, span: line.span.cover(last.span), ..part.clone() };
        parts[PartKind::Section as usize].push(section);
        parts[node.kind as usize].push(part);
    }
    for group in outline.groups.iter().filter(|group| group.members.len() > 1) {
        let first = &outline.nodes[group.members[0]];
        let last = &outline.nodes[group.members[group.members.len() - 1]];
        let end = lines[last.end_line.saturating_sub(1).max(last.line)].span;
        let span = lines[first.line].span.cover(end);
        parts[PartKind::List as usize].push(Part { style: group.style, ..Part::new(PartKind::List, span, first.line) });
    }
    parts[PartKind::List as usize].sort_by_key(|part| part.span.start);
}

fn level_of(node: &Node, line: &Line) -> u8 {
    match (node.read, line.role) {
        (Some(label), _) => label.style.level(),
        (None, Role::Heading(level)) => level,
        (None, _) => 1,
    }
}
