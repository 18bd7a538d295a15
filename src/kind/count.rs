//! `count`: a stated number against what is listed.

use super::{Case, Find, Hit};
use crate::document::Document;
use crate::document::enumeration::{Entry, entries, stretch};
use crate::document::part::PartKind;
use crate::document::value::{Form, Value};
use crate::form::one_or_many;
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// Where the things that a number counts are listed. The rule is given the number: an amount, or a slot that binds one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// 列在哪里（任一）：below 下面的同级各项；ordinals 一是、二是……；after 冒号后的并列词语；before 前面的并列词语；quoted 前面的引号、书名号。
    #[serde(deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "cli", schemars(schema_with = "crate::form::one_or_many_schema::<Listing>"))]
    pub listed: Vec<Listing>,
    /// 所说的数在哪个槽位；不写则为所给的数值。
    #[serde(default)]
    pub stated: Option<String>,
}

/// A way of listing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Listing {
    /// Numbered items on the lines below, where the line ends soon after the number.
    Below,
    /// 一是、二是 … soon after the number.
    Ordinals,
    /// Words with 、 between them after a colon: 分为四类：甲、乙、丙、丁。
    After,
    /// Words of one length with 、 between them before it: 市场、政务、法治三个环境.
    Before,
    /// Quoted words or titles in a row before it: “甲”“乙”两个年.
    Quoted,
}

/// What is listed.
struct Listed {
    /// How many.
    found: usize,
    /// Another number that would be as right, such as the last ordinal where one is left out.
    also: usize,
    /// Where each stands, or the whole list.
    places: Vec<Span>,
}

impl Find for Count {
    const HOLES: &'static [&'static str] = &["stated", "found"];

    fn slots(&self) -> Vec<&str> {
        self.stated.iter().map(String::as_str).collect()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let Some(value) = case.values(self.stated.as_deref()).first() else { return };
        let whole = value.low.fract().is_zero() && value.is_exact() && value.low == value.high;
        let Some(stated) = value.low.to_usize().filter(|stated| whole && (2..=20).contains(stated)) else { return };
        let listed = self.listed.iter().find_map(|listing| listing.read(case.document, value));
        let Some(Listed { found, also, places }) = listed else { return };
        if stated == found || stated == also {
            return;
        }
        let mut hit = Hit::at(value.span).hole("stated", stated.to_string()).hole("found", found.to_string());
        for place in places {
            hit = hit.related(place, "所列");
        }
        hits.push(hit);
    }
}

impl Listing {
    fn read(self, document: &Document, value: &Value) -> Option<Listed> {
        match self {
            Listing::Below => below(document, value),
            Listing::Ordinals => ordinals(document, value),
            Listing::After => after(document, value),
            Listing::Before => before(document, value),
            Listing::Quoted => quoted(document, value),
        }
    }
}

/// The numbered items under the line, where it ends soon after the value.
fn below(document: &Document, value: &Value) -> Option<Listed> {
    let index = document.line_index_at(value.span.start);
    let line = &document.lines[index];
    let rest = document.slice(Span::new(value.span.end, line.span.end.max(value.span.end)));
    let noun = rest.strip_suffix(['：', ':', '。'])?;
    if noun.chars().count() > 12 || noun.contains(['，', '。', '；', '：', '（']) {
        return None;
    }
    let nodes = &document.outline.nodes;
    let first = nodes.iter().position(|node| node.line == index + 1)?;
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
    (end > 1).then_some(Listed { found: end, also: last, places })
}

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// 一是、二是 … (or 一要) in the paragraph, begun soon after the value; each may begin a line of its own.
fn ordinals(document: &Document, value: &Value) -> Option<Listed> {
    let text = document.text();
    let line = document.line_index_at(value.span.start);
    let mut end = document.lines[line].span.end;
    let begins = |line: &str| NUMERALS.iter().skip(1).any(|numeral| line.strip_prefix(numeral).is_some_and(|rest| rest.starts_with(['是', '要'])));
    for next in document.lines.iter().skip(line + 1) {
        let words = document.slice(next.span);
        if !begins(words) && !words.starts_with("一是") {
            break;
        }
        end = next.span.end;
    }
    let rest = &text[value.span.end..end.max(value.span.end)];
    let verb = ["是", "要"].into_iter().find(|verb| {
        let first = format!("一{verb}");
        rest.find(&first).is_some_and(|at| {
            let lead = &rest[..at];
            let reach = if lead.contains('。') { 8 } else { 14 };
            lead.chars().count() <= reach && lead.matches(['。', '：', ':']).count() <= 1 && lead.trim_end().ends_with(['。', '：', ':', '，'])
        })
    })?;
    let first = format!("一{verb}");
    let from = rest.find(&first)?;
    let until = rest[from + first.len()..].find(&first).map_or(rest.len(), |at| from + first.len() + at);
    let mut places = Vec::new();
    let mut last = 0;
    let mut at = from;
    for (index, numeral) in NUMERALS.iter().enumerate() {
        let word = format!("{numeral}{verb}");
        let found = rest[at..until].match_indices(&word).map(|(found, _)| at + found).find(|&found| {
            found == from || rest[..found].trim_end().ends_with(['。', '；', '，', '：', '、', '\n', ';', ','])
        });
        if let Some(found) = found {
            let start = value.span.end + found;
            places.push(Span::new(start, start + word.len()));
            last = index + 1;
            at = found + word.len();
        }
    }
    (places.len() > 1).then_some(Listed { found: places.len(), also: last, places })
}

/// 甲、乙、丙 after a colon, to the end of the sentence or bracket.
fn after(document: &Document, value: &Value) -> Option<Listed> {
    let around = stretch(document, value.span);
    let rest = Span::new(value.span.end, around.end.max(value.span.end));
    let lead = document.slice(rest);
    let colon = lead.find(['：', ':'])?;
    let noun = &lead[..colon];
    if noun.chars().count() > 6 || noun.contains(['，', '、', '。', '；', '等']) {
        return None;
    }
    let start = rest.start + colon + lead[colon..].chars().next().map_or(0, char::len_utf8);
    let list = entries(document, Span::new(start, rest.end));
    let is_plain = |entry: &&Entry<'_>| {
        let words = document.slice(entry.span).trim();
        (2..=12).contains(&words.chars().count()) && entry.quantities.is_empty() && !words.starts_with("一是")
    };
    let count = list.iter().take_while(|entry| entry.after == Some('、')).count() + 1;
    let last = list.get(count - 1)?;
    let closed = matches!(last.after, None | Some('。'));
    let words = document.slice(last.span);
    if count < 2 || !closed || words.contains('等') || !list[..count].iter().all(|entry| is_plain(&entry)) {
        return None;
    }
    let joined = list[..count].iter().filter(|entry| document.slice(entry.span).contains(['和', '与', '及'])).count();
    if joined > 1 {
        return None;
    }
    let places = vec![list[0].span.cover(last.span)];
    Some(Listed { found: count, also: count + joined, places })
}

/// 市场、政务、法治 before a number in Han: all but the first, which a verb may precede, of one length.
fn before(document: &Document, value: &Value) -> Option<Listed> {
    let counted = matches!(document.slice(value.unit), "个" | "大" | "项" | "类" | "种" | "方面" | "级");
    let around = stretch(document, value.span);
    if !counted || value.form != Form::Han || value.span.start < around.start {
        return None;
    }
    let list = entries(document, Span::new(around.start, value.span.start));
    let from = list.iter().rposition(|entry| entry.before != Some('、'))?;
    let [first, others @ ..] = &list[from..] else { return None };
    let length = |entry: &Entry<'_>| document.slice(entry.span).chars().count();
    let [second, .., last] = others else { return None };
    let wanted = length(second);
    let even = (2..=4).contains(&wanted) && others.iter().all(|entry| length(entry) == wanted) && length(first) >= wanted;
    let joined = list[from..].iter().any(|entry| document.slice(entry.span).contains(['和', '与', '及', '等', '“', '（']));
    if !even || joined || list[from..].iter().any(|entry| !entry.quantities.is_empty()) {
        return None;
    }
    let found = others.len() + 1;
    Some(Listed { found, also: found, places: vec![first.span.cover(last.span)] })
}

/// “甲”“乙” or 《甲》《乙》 right before a number in Han.
fn quoted(document: &Document, value: &Value) -> Option<Listed> {
    let text = document.text();
    let mut places = Vec::new();
    let mut end = value.span.start;
    while text[..end].ends_with(['”', '》']) {
        let inside = Span::at(end - '”'.len_utf8());
        let kind = if text[..end].ends_with('”') { PartKind::Quote } else { PartKind::BookTitle };
        let part = document.parts(kind).iter().find(|part| part.span.end == end && part.span.contains(inside))?;
        places.push(part.span);
        end = part.span.start;
        let before = text[..end].strip_suffix(['、', '和', '与']);
        end = before.map_or(end, str::len);
    }
    places.reverse();
    let found = places.len();
    let counted = matches!(document.slice(value.unit), "个" | "大" | "项" | "类" | "种" | "部");
    (found > 1 && counted && value.form == Form::Han).then_some(Listed { found, also: found, places })
}
