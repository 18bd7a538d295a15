//! Lists of names: on the lines below a heading that says how many, or after a colon.

use super::{Listed, Stated};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::enumeration::entries;
use crate::document::layout::LineKind;
use crate::document::part::PartKind;
use crate::document::value::Value;
use crate::source::{Role, Span};

/// The names that follow a number in a bracket: after its colon, else on the lines below.
pub(super) fn names(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let line = &document.lines[index];
    let bracket = document.enclosing(PartKind::Bracket, stated.span)?;
    let lead = document.slice(Span::new(bracket.text.start, stated.span.start));
    let closes = bracket.text.end == stated.span.end && matches!(lead, "" | "共" | "共计");
    if !closes {
        return None;
    }
    let rest = Span::new(bracket.span.end, line.span.end.max(bracket.span.end));
    let words = document.slice(rest);
    if let Some(mark) = words.chars().next().filter(|c| matches!(c, '：' | ':')) {
        return after_colon(document, Span::new(rest.start + mark.len_utf8(), rest.end), stated.number);
    }
    if !words.trim().is_empty() || matches!(stated.unit, "个" | "项" | "件") && line.label.is_none() {
        return None;
    }
    lines(document, index)
}

/// The names after a colon to the end of the line; ， may part those of different offices.
fn after_colon(document: &Document, span: Span, stated: usize) -> Option<Listed> {
    let list = entries(document, span);
    let is_plain = |length: usize| (1..=20).contains(&length);
    let plain = list
        .iter()
        .all(|entry| is_plain(document.slice(entry.span).trim().chars().count()) && entry.quantities.is_empty());
    let marks = list.iter().all(|entry| matches!(entry.after, None | Some('、' | '，' | '；' | '。')));
    let last = list.last()?;
    let open = document.slice(last.span).ends_with('等');
    if list.len() < 2 || !plain || !marks || open || last.span.end + '。'.len_utf8() < span.end {
        return None;
    }
    let by_comma = list.iter().filter(|entry| entry.after != Some('、')).count();
    // 甲局、乙局张某: where a pause parts neither names alone nor offices alone, how many there are cannot be told.
    let right = if by_comma > 1 && by_comma == stated { (by_comma, by_comma) } else { (list.len(), list.len()) };
    Some(Listed { right, ..Listed::new(list.len(), vec![list.first()?.span.cover(last.span)]) })
}

/// The names on the lines below, up to the next heading.
fn lines(document: &Document, index: usize) -> Option<Listed> {
    let mut found = 0;
    let mut places = Vec::new();
    let mut widths = Vec::new();
    for line in &document.lines[index + 1..] {
        let bare = without_brackets(document.slice(line.span));
        let words = bare.trim();
        let ends = matches!(
            line.kind,
            LineKind::Heading
                | LineKind::Item
                | LineKind::Title
                | LineKind::AttachmentMark
                | LineKind::Signature
                | LineKind::DateLine
                | LineKind::Imprint
                | LineKind::Furniture
        ) && line.label.is_some()
            || matches!(
                line.kind,
                LineKind::AttachmentMark
                    | LineKind::Signature
                    | LineKind::DateLine
                    | LineKind::Imprint
                    | LineKind::Furniture
                    | LineKind::Title
            )
            || document.slice(line.span).trim().ends_with('）')
                && document.values_in(line.span).len() == 1
                && closes_with_count(document, line.span)
            || words.ends_with('。') && places.len() > 1;
        if words.is_empty() || ends {
            break;
        }
        if words.contains(['。', '：', '；', '，', '|', '\t'])
            || matches!(line.role, Role::Cell { .. })
            || places.len() > 200
        {
            return None;
        }
        // 欧阳　兰（女，从教29年）: one name before its bracket.
        let told =
            document.slice(line.span).trim().ends_with('）') && document.slice(line.span).matches('（').count() == 1;
        let one = told && words.split(['\u{3000}', ' ']).filter(|word| !word.is_empty()).count() <= 2;
        let tokens = if one { 1 } else { tokens(words)? };
        widths.push(tokens);
        found += tokens;
        places.push(line.span);
    }
    // Lines of several names, or one name a line throughout.
    let last = widths.len().checked_sub(1)?;
    let rows = widths[..last].iter().all(|&width| width == widths[0]) && widths[last] <= widths[0];
    (found > 1 && rows).then(|| Listed::new(found, vec![places[0].cover(places[places.len() - 1])]))
}

/// Whether a line ends with a count in a bracket: 临江区（16名）.
fn closes_with_count(document: &Document, line: Span) -> bool {
    let words = document.slice(line).trim_end();
    let value = document.values_in(line).last();
    let alone = |value: &Value| document.text()[..value.span.start].ends_with(['（', '(']);
    value.is_some_and(|value| value.span.end + '）'.len_utf8() == line.start + words.len() && alone(value))
}

/// The words outside brackets.
fn without_brackets(words: &str) -> String {
    let mut depth = 0_usize;
    words
        .chars()
        .filter(|c| match c {
            '（' | '(' => {
                depth += 1;
                false
            }
            '）' | ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// How many names stand on a line with blanks between them; a name of two characters may be written 丁　一.
fn tokens(words: &str) -> Option<usize> {
    let mut count = 0;
    let mut single = false;
    for token in words.split(['\u{3000}', ' ', '、']).filter(|token| !token.is_empty()) {
        let length = token.chars().count();
        if !token.chars().all(|c| is_han(c) || matches!(c, '·' | '（' | '）' | '“' | '”')) {
            return None;
        }
        match (length, single) {
            (1, false) => single = true,
            (1, true) => (count, single) = (count + 1, false),
            (_, false) => count += 1,
            (_, true) => return None,
        }
    }
    (!single && count > 0).then_some(count)
}
