//! Numbers that speak of the document's own headings and items: 6个方面34项任务, 上述四项.

use super::ordinals::run_before;
use super::{Listed, Stated};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::label::LabelStyle;
use crate::document::layout::Line;
use crate::document::value::{Value, ValueKind};
use crate::ledger::slip;
use crate::source::Span;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::HashSet;

/// Two numbers in a row against two levels of the outline, where one of them agrees.
pub(super) fn levels(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let (first, second) = pair(document, stated.span)?;
    let is_first = first.span == stated.span;
    let number = |value: &Value| value.low.to_usize();
    let (wide, narrow) = (number(first)?, number(second)?);
    let tops = counts(document, &[LabelStyle::HanComma]);
    let below = counts(document, &[LabelStyle::HanBracket, LabelStyle::ArabicDot]);
    let (checked, agrees) = if is_first { (tops, below.contains(&narrow)) } else { (below, tops.contains(&wide)) };
    if !agrees || checked.is_empty() || checked.contains(&stated.number) {
        return None;
    }
    let found = if is_first { checked[0] } else { *checked.iter().max()? };
    Some(Listed::new(found, Vec::new()))
}

/// The two numbers of N个方面M项, one of which stands at `span`.
fn pair(document: &Document, span: Span) -> Option<(&Value, &Value)> {
    let at = document.values.partition_point(|value| value.span < span);
    let joined = |first: &Value, second: &Value| {
        let between = document.slice(Span::new(first.span.end, second.span.start.max(first.span.end)));
        let exact = first.is_exact() && second.is_exact();
        let wide = ["个方面", "方面", "大类", "个部分", "部分", "个大项", "个领域", "大任务", "大行动", "个专项"];
        let words = document.slice(Span::new(first.number.end, second.span.start.max(first.number.end)));
        exact
            && first.kind == ValueKind::Amount
            && second.kind == ValueKind::Amount
            && between.chars().count() <= 4
            && matches!(document.slice(second.unit), "项" | "条" | "个")
            && wide.iter().any(|wide| words.starts_with(wide))
    };
    let values = &document.values;
    values.get(at).filter(|value| value.span == span)?;
    if let Some(next) = values.get(at + 1).filter(|next| joined(&values[at], next)) {
        return Some((&values[at], next));
    }
    let previous = at.checked_sub(1).map(|previous| &values[previous])?;
    joined(previous, &values[at]).then_some((previous, &values[at]))
}

/// How many headings of a level there are: all of them, those with items under them, and the last number of a run-on count.
fn counts(document: &Document, styles: &[LabelStyle]) -> Vec<usize> {
    let nodes = &document.outline.nodes;
    let all_parents: HashSet<usize> = nodes.iter().filter_map(|node| node.parent).collect();
    let mut found = Vec::new();
    for style in styles {
        let of_style = |index: &usize| nodes[*index].read.is_some_and(|label| label.style == *style);
        let members: Vec<usize> = (0..nodes.len()).filter(of_style).collect();
        if members.len() < 2 {
            continue;
        }
        let division = |index: usize| document.lines[nodes[index].line].division;
        let main: Vec<usize> =
            members.iter().copied().filter(|&index| division(index) == division(members[0])).collect();
        let parents = main.iter().filter(|index| all_parents.contains(index)).count();
        let last = main.iter().filter_map(|&index| nodes[index].read).map(|label| label.number as usize).max();
        found.push(main.len());
        found.push(parents);
        found.extend(last);
    }
    found.dedup();
    found
}

/// The items or ordinals that end just above, or just before in the line: 上述四项.
pub(super) fn above(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    listed_above(document, stated).or_else(|| said_before(document, stated))
}

/// 上述24项重点工作 where 25项重点工作 stands before: the same noun with a slip of the number.
fn said_before(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let noun = |at: usize| document.text()[at..].chars().take_while(|&c| is_han(c)).take(4).collect::<String>();
    let counted = noun(stated.span.end);
    if stated.number < 10 || counted.chars().count() < 4 {
        return None;
    }
    let before = document.values_in(Span::new(0, stated.span.start)).iter().rev();
    let alike = |value: &&Value| {
        value.kind == ValueKind::Amount
            && value.is_exact()
            && document.slice(value.unit) == stated.unit
            && noun(value.span.end) == counted
    };
    let said: Vec<&Value> = before.filter(alike).collect();
    let number = Decimal::from(stated.number);
    let last = said.first().filter(|_| said.iter().all(|value| value.low != number))?;
    slip::digits((number, Decimal::ONE), (last.low, Decimal::ONE))?;
    Some(Listed::new(last.low.to_usize()?, vec![last.span]))
}

/// The items or ordinals that end just above, or just before in the line.
fn listed_above(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let line = &document.lines[index];
    if let Some(listed) = run_before(document, line.span, stated.span.start) {
        return Some(listed);
    }
    if let Some(listed) = parallel_before(document, line.span, stated.span.start) {
        return Some(listed);
    }
    // ——坚持统筹兼顾。……
    let dashed = |line: &&Line| document.slice(line.span).starts_with("——");
    let marked: Vec<Span> = document.lines[..index].iter().rev().take_while(dashed).map(|line| line.span).collect();
    let lead = document.slice(Span::new(line.span.start.min(stated.span.start), stated.span.start));
    if marked.len() > 1 && lead.chars().count() <= 4 {
        return Some(Listed::new(marked.len(), marked));
    }
    let nodes = &document.outline.nodes;
    let last = nodes.iter().rposition(|node| node.line < index)?;
    // The item ends right above, and this line is none of its own kind.
    if nodes[last].line + 1 != index || nodes.iter().any(|node| node.line == index) {
        return None;
    }
    let group = &document.outline.groups[nodes[last].group];
    let at = group.members.iter().position(|&node| node == last)?;
    let number = |node: usize| nodes[node].read.map(|label| label.number);
    let from = group.members[..=at].iter().rposition(|&node| number(node) == Some(1))?;
    let run = &group.members[from..=at];
    let tight = run.windows(2).all(|pair| nodes[pair[1]].line == nodes[pair[0]].line + 1);
    let last_of_group = at + 1 == group.members.len() || number(group.members[at + 1]) == Some(1);
    let rises = run.iter().enumerate().all(|(position, &node)| number(node) == Some(position as u32 + 1));
    (run.len() > 1 && tight && rises && last_of_group)
        .then(|| Listed::new(run.len(), run.iter().map(|&node| nodes[node].label).collect()))
}

/// 坚持立德树人，坚持城乡一体，坚持改革创新。以上三项原则: the clauses of the sentence before, where all begin with one word.
fn parallel_before(document: &Document, line: Span, end: usize) -> Option<Listed> {
    let text = document.slice(Span::new(line.start, end.max(line.start)));
    let closed = text.rfind('。')?;
    if text[closed..].chars().count() > 3 {
        return None;
    }
    let start = text[..closed].rfind(['。', '：']).map_or(0, |at| at + '。'.len_utf8());
    let words = &text[start..closed];
    let lead: String = words.chars().take(2).collect();
    let clauses: Vec<&str> = words.split(['，', '；']).collect();
    let all = clauses.len() > 2 && lead.chars().count() == 2 && clauses.iter().all(|clause| clause.starts_with(&lead));
    all.then(|| Listed::new(clauses.len(), vec![Span::new(line.start + start, line.start + closed)]))
}
