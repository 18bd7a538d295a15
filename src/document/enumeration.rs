//! Enumerations: what stands between 、 and ， in a sentence, with the values of each entry.
//!
//! What stands in brackets, quotation marks or title marks belongs to the entry around it and is not looked into.

use super::Document;
use super::character::is_han;
use super::part::PartKind;
use super::value::{Value, ValueKind};
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;

/// What stands between two marks of a sentence.
#[derive(Clone, Debug)]
pub struct Entry<'d> {
    /// Its words, without the marks.
    pub span: Span,
    /// The mark before it; `None` at the start of the sentence.
    pub before: Option<char>,
    /// The mark after it; `None` at the end of what was read. 和, 及 and 与 after a value count as 、.
    pub after: Option<char>,
    /// Its amounts, percentages and bare numbers.
    pub quantities: Vec<&'d Value>,
}

/// Entries in a row, each with one amount, all in one unit.
#[derive(Clone, Debug)]
pub struct Enumeration<'d> {
    /// The amounts.
    pub values: Vec<&'d Value>,
    /// The words before and after each amount, within its entry and the entries without an amount before it.
    pub labels: Vec<Span>,
    /// How often each amount counts: three times in “甲、乙、丙各5所”.
    pub times: Vec<u32>,
    /// The end of the last entry.
    pub end: usize,
    /// The mark after the last entry, remarks such as “占20%” left aside; `None` at the end of what was read.
    pub close: Option<char>,
    /// Whether it cannot be told where it ends: an entry has two amounts, or one in another unit.
    pub unclear: bool,
    /// The mark between the entries.
    pub mark: Option<char>,
    /// How many entries were read.
    pub read: usize,
}

/// The stretch a place lies in: the inside of the innermost bracket, else the sentence, else the line.
pub fn stretch(document: &Document, place: Span) -> Span {
    if let Some(bracket) = document.enclosing(PartKind::Bracket, place).filter(|bracket| bracket.text.contains(place)) {
        return bracket.text;
    }
    match document.enclosing(PartKind::Sentence, place) {
        Some(sentence) => sentence.span,
        None => document.line_at(place.start).span,
    }
}

/// Splits a stretch of text at its marks.
pub fn entries(document: &Document, span: Span) -> Vec<Entry<'_>> {
    let text = document.text();
    let mut entries = Vec::new();
    let mut values = document.values_in(span).iter().peekable();
    let mut quantities: Vec<&Value> = Vec::new();
    let mut start = span.start;
    let mut before = None;
    let mut at = span.start;
    while let Some(c) = text[at..span.end].chars().next() {
        if let Some(value) = values.next_if(|value| value.span.start <= at) {
            if is_quantity(value) {
                quantities.push(value);
            }
            at = at.max(value.span.end);
            // “35所和22所”, but not “35所和谐校园”.
            let joint = ["以及", "和", "及", "与"].iter().find(|word| text[at..span.end].starts_with(**word));
            if let Some(word) = joint
                && is_quantity(value)
                && !text[at..].starts_with("和谐")
            {
                let span = Span::new(start, at);
                entries.push(Entry { span, before, after: Some('、'), quantities: std::mem::take(&mut quantities) });
                (before, at) = (Some('、'), at + word.len());
                start = at;
            }
            continue;
        }
        let next = at + c.len_utf8();
        match c {
            '（' | '(' | '“' | '‘' | '《' | '〔' | '[' => {
                if let Some(end) = enclosed_end(document, at).filter(|&end| end <= span.end) {
                    while values.next_if(|value| value.span.start < end).is_some() {}
                    at = end;
                    continue;
                }
            }
            '、' | '，' | ',' | '；' | ';' | '：' | ':' | '。' | '！' | '？' => {
                let mark = match c {
                    ',' => '，',
                    ';' => '；',
                    ':' => '：',
                    other => other,
                };
                let span = Span::new(start, at);
                entries.push(Entry { span, before, after: Some(mark), quantities: std::mem::take(&mut quantities) });
                before = Some(mark);
                start = next;
            }
            _ => {}
        }
        at = next;
    }
    if start < span.end {
        entries.push(Entry { span: Span::new(start, span.end), before, after: None, quantities });
    }
    entries
}

/// Where the enclosure that opens at `at` ends; none for a mark without a partner.
fn enclosed_end(document: &Document, at: usize) -> Option<usize> {
    [PartKind::Bracket, PartKind::Quote, PartKind::BookTitle].into_iter().find_map(|kind| {
        let parts = document.parts(kind);
        let index = parts.partition_point(|part| part.span.start < at);
        parts.get(index).filter(|part| part.span.start == at).map(|part| part.span.end)
    })
}

fn is_quantity(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Amount | ValueKind::Percent | ValueKind::Number | ValueKind::Ratio)
}

/// Words that begin a clause about the amount before it: 占20%, 比上年增加3所.
const REMARKS: &[&str] = &[
    "占",
    "约占",
    "增长",
    "下降",
    "同比",
    "比",
    "较",
    "提高",
    "上升",
    "减少",
    "增加",
    "为",
    "主要",
    "高于",
    "低于",
    "环比",
    "折合",
    "增",
    "降",
    "完成年",
    "完成预算",
    "完成计划",
];

/// Words that begin a part which is what is left of the whole.
pub const RESTS: &[&str] = &["其余", "其他", "其它", "剩余", "余下", "另外", "另有", "还有"];

/// Whether an entry only says more of the amount before it.
pub fn is_remark(document: &Document, entry: &Entry<'_>) -> bool {
    let words = document.slice(entry.span).trim_start();
    REMARKS.iter().any(|remark| words.starts_with(remark))
}

/// Reads the enumeration that begins with the first of `entries`: amounts in the unit of `like`, or of the first amount, one
/// an entry, with one mark between them throughout. What is said of an amount after ， (“占20%”) is left aside.
pub fn enumeration<'d>(document: &'d Document, entries: &[Entry<'d>], like: Option<&Value>) -> Option<Enumeration<'d>> {
    let skip = entries.iter().take_while(|entry| document.slice(entry.span).trim().is_empty()).count();
    let mut list: Option<Enumeration<'d>> = None;
    // The entries without an amount before it, and the mark before the first of them.
    let mut before: Option<(Span, Option<char>)> = None;
    entries.get(skip)?;
    // Where words stand after the first amount, only ； can go on: “小学3所，已开工；初中2所”.
    let mut detour = false;
    // “小学3所，主要用于课堂、操场建设；初中2所”.
    let mut aside = false;
    for (index, entry) in entries.iter().enumerate().skip(skip) {
        let (label, mark) = before.map_or((entry.span, entry.before), |(label, mark)| (label.cover(entry.span), mark));
        let like = like.or(list.as_ref().map(|list| list.values[0]));
        let own: Vec<&'d Value> = entry
            .quantities
            .iter()
            .copied()
            .filter(|value| {
                like.is_none_or(|like| same_unit(document, value, like) || is_counted_alike(document, value, like))
            })
            .collect();
        let Some(found) = &mut list else {
            match (own.as_slice(), entry.quantities.len()) {
                ([_, ..], _) => {
                    let (value, times) = counted(document, &own, label)?;
                    list = Some(Enumeration {
                        values: vec![value],
                        labels: vec![label],
                        times: vec![times],
                        end: entry.span.end,
                        close: entry.after,
                        unclear: false,
                        mark: None,
                        read: index + 1,
                    });
                }
                ([], 0) if entry.after == Some('、') => {
                    before = Some((label, mark));
                    continue;
                }
                _ => return None,
            }
            before = None;
            continue;
        };
        let words = document.slice(entry.span).trim_start();
        let rest = RESTS.iter().any(|word| words.starts_with(word));
        // “早稻3亩，中稻、再生稻18亩，晚稻4亩” is divided by ，.
        let is_named = before.is_some() && entry.before == Some('、');
        let goes_on = match (found.mark, if is_named { mark } else { entry.before }) {
            (None, Some('；')) => true,
            (None, before) => !detour && !matches!(before, Some('：' | '。' | '！' | '？')),
            // “小学3所、初中2所，其余5所”.
            (Some('、'), Some('，' | '；')) => rest && own.len() == 1,
            (Some('；'), Some('，')) => own.is_empty(),
            (Some('，'), Some('；')) => rest && own.len() == 1,
            (mark, before) => mark == before,
        };
        if !goes_on {
            break;
        }
        if aside && entry.before == Some('、') && entry.quantities.is_empty() {
            found.read = index + 1;
            continue;
        }
        // “完成造林3亩，完成抚育5亩” lists what was completed.
        let repeated = REMARKS.iter().any(|word| {
            document.slice(entry.span).starts_with(word)
                && document.slice(found.labels[0]).trim_start().starts_with(word)
        });
        let is_aside = entry.before == Some('，') && (own.is_empty() || is_remark(document, entry) && !repeated);
        aside = is_aside && entry.quantities.is_empty() && is_remark(document, entry);
        match counted(document, &own, label).filter(|_| !is_aside) {
            Some((value, times)) => {
                found.mark = found.mark.or(mark);
                found.values.push(value);
                found.labels.push(label);
                found.times.push(times);
                found.end = entry.span.end;
                found.close = entry.after;
                detour = false;
            }
            // “小学、初中12所”: the words belong to the next amount.
            None if entry.quantities.is_empty() && entry.after == Some('、') && !detour => {
                before = Some((label, mark));
                continue;
            }
            None if entry.before == Some('、') => {
                found.unclear |= found.mark.is_none_or(|mark| mark == '、');
                break;
            }
            // A clause about the amount before it.
            None if is_aside && found.mark != Some('、') => {
                if is_remark(document, entry) && !detour {
                    found.close = entry.after;
                } else if found.mark == Some('，') || entry.quantities.len() > 1 && found.mark.is_none() {
                    break;
                } else {
                    detour = true;
                }
            }
            None => {
                found.unclear |= own.len() > 1;
                break;
            }
        }
        found.read = index + 1;
        before = None;
    }
    list
}

/// The amount of an entry, and how often it counts: once, or, after 各, as often as names stand before it.
fn counted<'d>(document: &Document, own: &[&'d Value], label: Span) -> Option<(&'d Value, u32)> {
    let last = *own.last()?;
    let before = document.slice(Span::new(label.start.min(last.span.start), last.span.start));
    let Some(named) = before.trim_end().strip_suffix('各') else {
        return (own.len() == 1).then_some((last, 1));
    };
    let named = named.trim_start_matches("其中");
    let names = named.split(['、', '和', '与', '及']).filter(|name| !name.is_empty()).count();
    // “三个县各5个”.
    let stated = document.values_in(Span::new(label.start, last.span.start)).last().filter(|value| value.is_exact());
    let stated = stated.and_then(|value| value.low.to_u32());
    match (stated, names) {
        (Some(stated), names) if names < 2 || names == stated as usize => Some((last, stated)),
        (None, 2..) => u32::try_from(names).ok().map(|names| (last, names)),
        _ => None,
    }
}

/// Whether two amounts count institutions: “学校412所、培训机构316家”.
fn is_counted_alike(document: &Document, a: &Value, b: &Value) -> bool {
    let is_institution = |value: &Value| matches!(document.slice(value.unit), "所" | "家");
    // “产业园3个、养殖场5家，共8个基地”.
    let summed = document.slice(b.unit) == "个" && b.span.start > a.span.end;
    is_institution(a) && (is_institution(b) || summed && document.text()[b.span.end..].starts_with(is_han))
}

/// Whether two amounts count the same: in one unit, 人, 名 and 位 being one.
pub fn same_unit(document: &Document, a: &Value, b: &Value) -> bool {
    let unit = |value: &Value| common_unit(document.slice(value.unit));
    a.kind == b.kind && unit(a) == unit(b)
}

/// The commonest word for a unit that has several.
pub fn common_unit(unit: &str) -> &str {
    match unit {
        "名" | "位" => "人",
        "件次" => "件",
        "％" => "%",
        "千米" => "公里",
        "千克" => "公斤",
        "平方千米" => "平方公里",
        "平米" => "平方米",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use std::sync::Arc;

    /// The amounts of the enumeration after 其中, the mark that ends it, and ? where its end is unclear.
    fn check(text: &str, expected: &str) {
        let document = Document::new(Arc::new(Source::plain("例", text)));
        let at = text.find("其中").unwrap() + "其中".len();
        let around = stretch(&document, Span::at(at));
        let list = enumeration(&document, &entries(&document, Span::new(at, around.end)), None);
        let shown = list.map_or_else(String::new, |list| {
            let words: Vec<&str> = list.values.iter().map(|value| document.slice(value.span)).collect();
            let close = list.close.map_or_else(String::new, String::from);
            format!("{}{close}{}", words.join(" "), if list.unclear { "?" } else { "" })
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn enumerations_are_read() {
        check("共7所，其中小学3所、初中4所。", "3所 4所。");
        check("共7所，其中：小学3所，初中4所。", "3所 4所。");
        check("共7所，其中，小学3所和初中4所，投资2亿元。", "3所 4所，");
        check("共7所（其中小学3所、初中4所），投资2亿元。", "3所 4所");
        check("共7所，其中小学3所（含民办1所）、“四有”初中4所；其他", "3所 4所；");
        check("共7所，其中2022年建3所、2023年建4所，2024年完工。", "3所 4所，");
        check("共7所，其中中小学、幼儿园3所、初中4所。", "3所 4所。");
        check("共7所，其中小学3所、教师20人。", "3所、?");
        check("共7所，其中小学3所12个班、初中4所。", "");
        check("共7所，其中小学3所，成效明显。", "3所，");
        check("按照（即甲、乙的标准建7所，其中小学3所、初中4所。", "3所 4所。");
    }
}
