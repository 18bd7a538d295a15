//! A total in a lead, its parts in the items below it; or one that sums up the items above it.

use super::reading::Breakdown;
use crate::document::enumeration::{Enumeration, entries, is_remark, same_unit};
use crate::document::layout::LineKind;
use crate::document::part::Part;
use crate::document::value::Value;
use crate::kind::Case;
use crate::source::Span;

/// Fewer items than these are seldom all of a total.
const FEWEST: usize = 3;

/// The breakdowns of a paragraph that ends in a colon: each of its totals whose unit every item below begins with.
pub(super) fn below<'d>(case: &Case<'d>) -> Vec<Breakdown<'d>> {
    let document = case.document;
    if !case.slice(case.part.span).ends_with(['：', ':']) {
        return Vec::new();
    }
    let items = items(case);
    let Some(first) = items.first().filter(|_| items.len() >= FEWEST) else { return Vec::new() };
    let Some(like) = leading(case, first) else { return Vec::new() };
    let values: Option<Vec<&Value>> = items.iter().map(|item| leading(case, item)).collect();
    let Some(values) = values.filter(|values| values.iter().all(|value| same_unit(document, value, like))) else {
        return Vec::new();
    };
    let lead = entries(document, case.part.span);
    let mut totals =
        lead.iter().filter(|entry| entry.before.is_none() || !is_remark(document, entry)).flat_map(|entry| {
            entry
                .quantities
                .iter()
                .copied()
                .filter(|value| same_unit(document, value, like) && value.is_exact())
                .take(1)
        });
    let Some(place) = totals.next() else { return Vec::new() };
    let others = document
        .values_in(case.part.span)
        .iter()
        .filter(|value| same_unit(document, value, like))
        .map(|value| value.low)
        .collect();
    let labels = items.iter().zip(&values).map(|(item, value)| item.text.cover(value.span)).collect();
    let end = items.last().map_or(0, |item| item.span.end);
    let times = vec![1; values.len()];
    let list = Enumeration { values, labels, times, end, close: None, unclear: false, mark: None, read: 0 };
    let doubtful = totals.next().is_some();
    vec![Breakdown {
        others,
        close_by: false,
        doubtful,
        settled: false,
        ..Breakdown::settled(place.low, Some(place), list)
    }]
}

/// The items right below the paragraph, line by line, numbered from 1.
fn items<'d>(case: &Case<'d>) -> Vec<&'d Part> {
    let document = case.document;
    let mut items: Vec<&Part> = Vec::new();
    for (index, line) in document.lines.iter().enumerate().skip(case.part.line + 1) {
        let part = line.node.filter(|_| line.kind == LineKind::Item).and_then(|node| document.part_of_node(node));
        let Some(part) = part.filter(|part| part.line == index) else { break };
        if part.number as usize != items.len() + 1 || items.first().is_some_and(|first| first.style != part.style) {
            break;
        }
        items.push(part);
    }
    items
}

/// The amount an item begins with: the only one of its first clause.
fn leading<'d>(case: &Case<'d>, item: &Part) -> Option<&'d Value> {
    let entries = entries(case.document, item.text);
    let [value] = entries.iter().find(|entry| entry.before.is_some() || !entry.span.is_empty())?.quantities.as_slice()
    else {
        return None;
    };
    value.is_exact().then_some(*value)
}

/// The items above a paragraph that says “以上……合计170人”, with its total.
pub(super) fn above<'d>(case: &Case<'d>, place: &'d Value) -> Option<Breakdown<'d>> {
    let document = case.document;
    let lines = document.lines[..case.part.line].iter().enumerate().rev();
    let mut items: Vec<&Part> = Vec::new();
    for (index, line) in lines {
        let part = line.node.filter(|_| line.kind == LineKind::Item).and_then(|node| document.part_of_node(node));
        let Some(part) = part.filter(|part| part.line == index) else { break };
        if items.last().is_some_and(|below| below.style != part.style || part.number + 1 != below.number) {
            break;
        }
        items.push(part);
    }
    if items.len() < FEWEST || items.last()?.number != 1 {
        return None;
    }
    items.reverse();
    // 投资 of 计划投资合计2.16亿元.
    let words = case
        .slice(Span::new(case.span().start, place.span.start))
        .trim_end_matches(['共', '合', '总', '计', '为', '达']);
    let at = words.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let values: Vec<&Value> =
        items.iter().map(|item| stated(case, item, place, &words[at..])).collect::<Option<_>>()?;
    let labels = values.iter().map(|value| value.span).collect();
    let times = vec![1; values.len()];
    let end = place.span.start;
    let list = Enumeration { values, labels, times, end, close: None, unclear: false, mark: None, read: 0 };
    Some(Breakdown { close_by: false, ..Breakdown::settled(place.low, Some(place), list) })
}

/// What an item says of its amount in the unit of the total: after the same words, after 共, or its only one.
fn stated<'d>(case: &Case<'d>, item: &Part, place: &Value, words: &str) -> Option<&'d Value> {
    let document = case.document;
    let alike: Vec<&Value> =
        document.values_in(item.span).iter().filter(|value| same_unit(document, value, place)).collect();
    let after = |words: &str| {
        alike.iter().copied().find(|value| {
            document.text()[item.span.start..value.span.start].trim_end_matches(['为', '达']).ends_with(words)
        })
    };
    let only = || alike.first().copied().filter(|_| alike.len() == 1);
    after(words).or_else(|| after("共")).or_else(only).filter(|value| value.is_exact())
}
