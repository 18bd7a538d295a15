//! What stands on the lines below a number: numbered items, rows of a table.

use super::{Listed, Stated};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::layout::{Line, LineKind};
use crate::document::part::PartKind;
use crate::document::value::ValueKind;
use crate::source::{Role, Span};
use std::collections::BTreeMap;

/// The numbered items under the line, where it ends soon after the number.
pub(super) fn below(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let line = &document.lines[index];
    let rest = document.slice(Span::new(stated.span.end, line.span.end.max(stated.span.end)));
    let noun = rest.strip_suffix(['：', ':', '。'])?;
    // “十项工程的主要措施：” and “八大产业做好以下工作：” count what follows by another number.
    let people = matches!(stated.unit, "名" | "位" | "人") && noun.ends_with("如下");
    let lead = &document.text()[..stated.span.start];
    let told = people || noun.starts_with("方面") || ["以下", "下列", "如下"].iter().any(|word| lead.ends_with(word));
    let other = ["的", "以下", "下列", "几"].iter().any(|word| noun.contains(word)) && !told;
    if matches!(stated.unit, "名" | "位" | "人") && !people {
        return None;
    }
    if noun.chars().count() > 16 || noun.contains(['，', '。', '；', '：', '（']) || other {
        return None;
    }
    let nodes = &document.outline.nodes;
    let Some(first) = nodes.iter().position(|node| node.line == index + 1) else {
        return persons(document, index).filter(|_| people);
    };
    let group = &document.outline.groups[nodes[first].group];
    let number = |node: usize| nodes[node].read.map(|label| label.number);
    if number(first) != Some(1) {
        return None;
    }
    let from = group.members.iter().position(|&node| node == first)?;
    let rest = &group.members[from..];
    // Labels that begin again at 1 belong to another list.
    let end = rest.iter().skip(1).position(|&node| number(node) == Some(1)).map_or(rest.len(), |at| at + 1);
    let places = rest[..end].iter().map(|&node| nodes[node].label).collect();
    let last = number(rest[end - 1]).unwrap_or_default() as usize;
    // A paragraph between them may be an item that lost its number; then how many there are cannot be told.
    let between = nodes[rest[0]].line..nodes[rest[end - 1]].line;
    // What stands under headings is their text.
    let is_item = nodes[first].kind == PartKind::Item;
    let is_plain = |line: usize| is_item && document.lines[line].kind == LineKind::Paragraph;
    let owner = |line: usize| document.lines[line].node;
    let unnumbered =
        between.filter(|&line| is_plain(line) && owner(line).is_some_and(|node| rest[..end].contains(&node))).count();
    if (end + 1..=end + unnumbered).contains(&stated.number) {
        return None;
    }
    (end > 1).then_some(Listed { right: (end.min(last), end.max(last)), ..Listed::new(end, places) })
}

/// The paragraphs below that each begin with a person: 王某，男，…….
fn persons(document: &Document, index: usize) -> Option<Listed> {
    let is_person = |line: &&Line| {
        let mut parts = document.slice(line.span).split('，');
        let name = parts.next().is_some_and(|name| (2..=12).contains(&name.chars().count()));
        name && matches!(parts.next(), Some("男" | "女"))
    };
    let places: Vec<Span> = document.lines[index + 1..].iter().take_while(is_person).map(|line| line.span).collect();
    (places.len() > 1).then(|| Listed::new(places.len(), places))
}

/// The headings right below that all hold the counted noun: 六大行动 and （一）安全提升行动.
pub(super) fn followers(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let text = document.text();
    let noun: String = text[stated.span.end..].chars().take_while(|&c| is_han(c)).take(2).collect();
    let nodes = &document.outline.nodes;
    let first = nodes.iter().position(|node| node.line > index)?;
    // 五类审计 and 三个集体 come back in headings that count something else.
    if !stated.han
        || !["行动", "工程", "攻坚", "专项", "一批", "计划", "体系", "举措", "战役", "机制"].contains(&noun.as_str())
        || nodes[first].line > index + 1
        || nodes[first].read?.number != 1
    {
        return None;
    }
    let members = &document.outline.groups[nodes[first].group].members;
    let from = members.iter().position(|&node| node == first)?;
    let number = |node: usize| nodes[node].read.map(|label| label.number);
    let end =
        members[from + 1..].iter().position(|&node| number(node) == Some(1)).map_or(members.len(), |at| from + 1 + at);
    let run = &members[from..end];
    let head = |node: usize| {
        let node = &nodes[node];
        if node.title.is_empty() { document.slice(node.text) } else { document.slice(node.title) }
    };
    let all = run.iter().all(|&node| head(node).contains(&noun) && head(node).chars().count() <= 24);
    (run.len() > 1 && all).then(|| Listed::new(run.len(), run.iter().map(|&node| nodes[node].label).collect()))
}

/// The rows of the next table whose first cell is a number, where the line speaks of it.
pub(super) fn rows(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let table = document.parts(PartKind::Table).iter().find(|table| table.span.start > stated.span.end)?;
    // The nearest number before 见下表 is the one that counts its rows.
    let line = &document.lines[index];
    let between = document.values_in(Span::new(stated.span.end, line.span.end.max(stated.span.end)));
    if between.iter().any(|value| matches!(value.kind, ValueKind::Amount | ValueKind::Percent)) {
        return None;
    }
    // A caption and a line on units may stand between.
    if table.line > index + 4 {
        return None;
    }
    let mut rows: BTreeMap<u32, Span> = BTreeMap::new();
    for cell in document.parts(PartKind::Cell).iter().filter(|cell| table.span.contains(cell.span)) {
        let line = &document.lines[cell.line];
        if let Role::Cell { row, column: 0, .. } = line.role {
            rows.insert(row, line.span);
        }
    }
    let words = |span: Span| document.slice(span).trim().to_owned();
    if !rows.values().next().is_some_and(|&span| matches!(words(span).as_str(), "序号" | "编号")) {
        return None;
    }
    let numbered: Vec<(usize, Span)> =
        rows.values().filter_map(|&span| Some((words(span).parse().ok()?, span))).collect();
    let rises = numbered.iter().enumerate().all(|(at, (number, _))| *number == at + 1);
    let places = vec![numbered.first()?.1, numbered.last()?.1];
    (rises && numbered.len() > 1).then(|| Listed::new(numbered.len(), places))
}
