//! The dash that got lost: 3—4个 that became 34个 when a document went through a web page or another program.

use super::super::{Case, Hit, prose};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::part::PartKind;
use crate::document::value::{Form, Value, ValueKind};
use crate::source::Span;
use crate::table::Table;

/// After these a range is likely: what is planned is not yet counted.
const PLANNING: &[&str] = &[
    "力争", "争取", "争创", "培育", "创成", "创建", "申报", "新增", "新建", "建成", "建设", "计划", "打造", "评选",
    "遴选", "推出", "引进", "举办", "开展", "确保",
];

/// Reports amounts whose lost dash the document itself proves.
pub fn certain(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let ranges = ranges(case.document);
    for value in &case.document.values {
        let Some(dashed) = dashed(case.document, value) else { continue };
        if let Some(witness) = ranges.iter().find(|range| is_witness(case.document, range, value)) {
            hits.push(Hit::at(value.span).related(witness.span, "他处的写法").hole("dashed", dashed));
        }
    }
}

/// Reports amounts that look like others whose dash was lost, in the document or in a title that is known.
pub fn suspects(case: &Case<'_>, titles: Option<&Table>, hits: &mut Vec<Hit>) {
    let document = case.document;
    let ranges = ranges(document);
    let mut proofs = Vec::new();
    certain(case, &mut proofs);
    let proof = proofs.first().map(|proof| proof.span).or_else(|| broken_title(document, titles?));
    for value in &document.values {
        let Some(dashed) = dashed(document, value) else { continue };
        if proofs.iter().any(|proof| proof.span.overlaps(value.span)) {
            continue;
        }
        let twin =
            || ranges.iter().find(|range| is_range_of(document, range, value) && share_word(document, range, value));
        if let Some(proof) = proof.or_else(|| twin().map(|twin| twin.span))
            && is_planned(document, value)
        {
            hits.push(Hit::at(value.span).related(proof, "同类情形").hole("dashed", dashed));
        }
    }
}

fn ranges(document: &Document) -> Vec<&Value> {
    document.values.iter().filter(|value| value.range.is_some()).collect()
}

/// Where a title stands that is known to have lost its dash.
fn broken_title(document: &Document, titles: &Table) -> Option<Span> {
    let wrong = titles.column("wrong")?;
    let found =
        |row: &Vec<String>| document.text().find(row[wrong].as_str()).map(|at| Span::new(at, at + row[wrong].len()));
    titles.rows.iter().find_map(found)
}

/// The range a value may have been: 34个 3—4个, 810所 8—10所. Only whole plain amounts with a unit qualify.
fn dashed(document: &Document, value: &Value) -> Option<String> {
    let digits = document.slice(value.number);
    // Few amounts have these digits, so they are looked at before all else.
    if !(2..=4).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (low, high) = digits.split_at(digits.len() / 2);
    let (a, b): (u32, u32) = (low.parse().ok()?, high.parse().ok()?);
    if low.starts_with('0') || high.starts_with('0') || (b != a + 1 && b != a + 2) {
        return None;
    }
    let plain = value.kind == ValueKind::Amount
        && value.form == Form::Arabic
        && value.is_exact()
        && value.number.start == value.span.start
        && value.unit.start == value.number.end;
    let unit = document.slice(value.unit);
    // Money, lengths and times are seldom given as such small ranges, and 12个月, 12年 are what they say.
    let counted = [
        "个", "所", "家", "名", "项", "门", "篇", "节", "场", "处", "座", "支", "期", "本", "批", "条", "件", "类",
        "种", "套", "次", "人", "户", "位", "间", "岁", "部", "份", "台",
    ];
    let is_lost = plain && counted.contains(&unit) && !document.text()[value.span.end..].starts_with(['月', '年']);
    is_lost.then(|| format!("{low}—{high}{unit}"))
}

/// Whether `range` is the same quantity with its dash: same digits, same unit, and the same words after it.
fn is_witness(document: &Document, range: &Value, value: &Value) -> bool {
    let (words, others) = (&document.text()[value.span.end..], &document.text()[range.span.end..]);
    let same = words.chars().zip(others.chars()).take_while(|(a, b)| a == b && is_han(*a));
    is_range_of(document, range, value) && same.take(4).count() >= 4
}

/// Whether `other` is the range whose digits, without the dash, are those of `value`.
fn is_range_of(document: &Document, other: &Value, value: &Value) -> bool {
    other.range.is_some_and(|range| {
        let digits = format!("{}{}", document.slice(range.first), document.slice(range.second));
        digits == document.slice(value.number) && document.slice(other.unit) == document.slice(value.unit)
    })
}

/// Whether two values count things of a kind: some two characters in a row stand near both.
fn share_word(document: &Document, a: &Value, b: &Value) -> bool {
    let near = |value: &Value| -> Vec<(char, char)> {
        let clause = prose::clause(document, value.span);
        let text = document.text();
        let before = text[clause.start..value.span.start].chars().rev().take(5).collect::<Vec<_>>();
        let after = text[value.span.end..clause.end].chars().take(5).collect::<Vec<_>>();
        let pairs = |words: &[char]| words.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>();
        let before: Vec<char> = before.into_iter().rev().collect();
        [pairs(&before), pairs(&after)].concat().into_iter().filter(|pair| is_han(pair.0) && is_han(pair.1)).collect()
    };
    // A range of three, 3—5, is too common to be remembered at the sight of 35.
    if a.high - a.low > rust_decimal::Decimal::ONE {
        return false;
    }
    let (a, b) = (near(a), near(b));
    a.iter().any(|pair| b.contains(pair))
}

/// Whether a verb of planning stands before the value in its clause.
fn is_planned(document: &Document, value: &Value) -> bool {
    let clause = prose::clause(document, value.span);
    let before = &document.text()[clause.start..value.span.start];
    let quoted = document.enclosing(PartKind::BookTitle, value.span).is_some();
    !quoted && PLANNING.iter().any(|verb| before.contains(verb))
}
