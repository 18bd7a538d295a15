//! `count`: a stated number against what is listed.

use super::{Case, Find, Hit};
use crate::document::Document;
use crate::document::enumeration::{Entry, entries, stretch};
use crate::document::layout::LineKind;
use crate::document::part::PartKind;
use crate::document::value::{Form, Value, ValueKind};
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
    // A paragraph between them may be an item that lost its number; then how many there are cannot be told.
    let between = nodes[rest[0]].line..nodes[rest[end - 1]].line;
    let is_plain = |line: usize| document.lines[line].kind == LineKind::Paragraph;
    let owner = |line: usize| document.lines[line].node;
    let unnumbered = between.filter(|&line| is_plain(line) && owner(line).is_some_and(|node| rest[..end].contains(&node))).count();
    let stated = value.low.to_usize().unwrap_or_default();
    if (end + 1..=end + unnumbered).contains(&stated) {
        return None;
    }
    (end > 1).then_some(Listed { found: end, also: last, places })
}

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// 一是、二是 … (or 一要) in the paragraph, begun soon after the value; each may begin a line of its own. Only a run that can
/// be told from others is counted.
fn ordinals(document: &Document, value: &Value) -> Option<Listed> {
    // Farther off than this, a run is none of the value's.
    let near = &document.text()[value.span.end..];
    let near = &near[..near.char_indices().nth(24).map_or(near.len(), |(index, _)| index)];
    if !near.contains("一是") && !near.contains("一要") {
        return None;
    }
    let line = document.line_index_at(value.span.start);
    let begins = |line: &str, from: usize| {
        NUMERALS.iter().skip(from).any(|numeral| line.strip_prefix(numeral).is_some_and(|rest| rest.starts_with(['是', '要'])))
    };
    let mut below = document.lines[line + 1..].iter();
    let listed = below.by_ref().take_while(|next| begins(document.slice(next.span), 0)).last();
    // The run goes on below a paragraph that does not begin so: how many there are cannot be told.
    let goes_on = below.take(8).any(|next| begins(document.slice(next.span), 1));
    let end = listed.unwrap_or(&document.lines[line]).span.end.max(value.span.end);
    let all = places_of_ordinals(document, Span::new(value.span.end, end));
    let &(_, first, verb) = all.iter().find(|(number, ..)| *number == 1)?;
    let lead = document.slice(Span::new(value.span.end, first.start));
    let reach = if lead.contains('。') { 8 } else { 14 };
    let is_near = lead.chars().count() <= reach
        && lead.matches(['。', '：', ':']).count() <= 1
        && lead.trim_end().ends_with(['。', '：', ':', '，']);
    // “五项议题，其中两项：一是……” counts the nearer.
    let is_nearest = document.values_in(Span::new(value.span.end, first.start)).iter().all(|other| other.kind != ValueKind::Amount);
    if !is_near || !is_nearest || (goes_on && listed.is_some()) {
        return None;
    }
    let alike: Vec<(usize, Span)> = all.iter().filter(|(.., other)| *other == verb).map(|&(number, span, _)| (number, span)).collect();
    let begin = alike.iter().position(|&(_, span)| span == first)?;
    let run: Vec<(usize, Span)> = alike[begin..].windows(2).take_while(|pair| pair[1].0 > 1).map(|pair| pair[1]).collect();
    let run = [&alike[begin..=begin], &run].concat();
    // Numbers that go back belong to a run around this one, or to one within it; so does another 一是 in the same sentence.
    let rises = run.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let last = run[run.len() - 1];
    let next = alike.get(begin + run.len());
    let apart = next.is_none_or(|(_, next)| document.slice(Span::new(last.1.end, next.start)).contains('。'));
    let resumed = alike[begin + run.len()..].iter().any(|&(number, _)| number == last.0 + 1);
    // A run within 三是…… may be followed by 四是 of the run around it.
    let line_start = document.lines[line].span.start.min(value.span.start);
    let outer = places_of_ordinals(document, Span::new(line_start, value.span.start));
    let leaves = |place: Span| document.text()[..place.start].trim_end().ends_with(['。', '；']);
    let left = outer.last().is_some_and(|(number, ..)| run.iter().any(|&(other, place)| other == number + 1 && leaves(place)));
    let places: Vec<Span> = run.iter().map(|&(_, span)| span).collect();
    (run.len() > 1 && rises && apart && !resumed && !left).then_some(Listed { found: run.len(), also: last.0, places })
}

/// The 一是 and 一要, 二是 and 二要 … that begin a clause, with their numbers and verbs; not those within quotation marks.
fn places_of_ordinals(document: &Document, span: Span) -> Vec<(usize, Span, char)> {
    let text = document.slice(span);
    let mut found = Vec::new();
    for (at, verb) in text.match_indices(['是', '要']) {
        let before = &text[..at];
        let Some(number) = NUMERALS.iter().position(|numeral| before.ends_with(numeral)) else { continue };
        let start = at - NUMERALS[number].len();
        let lead = text[..start].trim_end_matches([' ', '\u{3000}']);
        let opens = lead.is_empty() || lead.ends_with(['。', '；', '，', '：', '、', '\n', ';', ',', ':']);
        let place = Span::new(span.start + start, span.start + at + verb.len());
        // 一是一、二是二.
        let idiom = text[at + verb.len()..].starts_with(NUMERALS[number]);
        if opens && !idiom && document.enclosing(PartKind::Quote, place).is_none() {
            found.push((number + 1, place, verb.chars().next().unwrap_or('是')));
        }
    }
    found
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
    // “一办”“两组”“三专班”六个: each says how many it stands for itself.
    let is_counted = |place: &Span| document.slice(*place).chars().nth(1).is_some_and(|c| "一二两三四五六七八九十".contains(c));
    if places.iter().all(is_counted) {
        return None;
    }
    (found > 1 && counted && value.form == Form::Han).then_some(Listed { found, also: found, places })
}
