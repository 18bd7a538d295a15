//! Enumerations: what stands between 、 and ， in a sentence, with the values of each entry.
//!
//! What stands in brackets, quotation marks or title marks belongs to the entry around it and is not looked into.

use super::Document;
use super::part::PartKind;
use super::value::{Value, ValueKind};
use crate::source::Span;

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
    /// The end of the last entry.
    pub end: usize,
    /// The mark after the last entry; `None` at the end of what was read.
    pub close: Option<char>,
    /// Whether it cannot be told where it ends: an entry has two amounts, or one in another unit.
    pub unclear: bool,
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

/// Reads the enumeration that begins with the first of `entries`: amounts in one unit, one an entry, with one mark between
/// them throughout.
pub fn enumeration<'d>(document: &'d Document, entries: &[Entry<'d>]) -> Option<Enumeration<'d>> {
    let skip = entries.iter().take_while(|entry| document.slice(entry.span).trim().is_empty()).count();
    let entries = &entries[skip..];
    let mut found: Option<Enumeration<'d>> = None;
    let mut mark = None;
    let mut label = entries.first()?.span;
    for entry in entries {
        label = label.cover(entry.span);
        if let Some(list) = &mut found {
            mark = mark.or(entry.before);
            // Where another mark comes, another matter begins.
            if entry.before != mark {
                break;
            }
            if let [value] = entry.quantities.as_slice()
                && same_unit(document, value, list.values[0])
            {
                list.values.push(value);
                list.labels.push(label);
                list.end = entry.span.end;
                list.close = entry.after;
            } else if entry.quantities.is_empty() {
                // “小学、初中12所”: the words belong to the next amount; after ， they end the list.
                if entry.after == Some('、') && mark == Some('、') {
                    continue;
                }
                if mark == Some('、') && entry.after != Some('、') {
                    list.unclear = true;
                }
                break;
            } else {
                list.unclear |= mark == Some('、') || entry.quantities.len() > 1;
                break;
            }
        } else {
            match entry.quantities.as_slice() {
                [value] => {
                    found = Some(Enumeration {
                        values: vec![value],
                        labels: vec![label],
                        end: entry.span.end,
                        close: entry.after,
                        unclear: false,
                    });
                }
                [] if entry.after == Some('、') => continue,
                _ => return None,
            }
        }
        label = Span::at(entry.span.end);
    }
    found
}

/// Whether two amounts count the same: in one unit, 人, 名 and 位 being one.
pub fn same_unit(document: &Document, a: &Value, b: &Value) -> bool {
    let unit = |value: &Value| match document.slice(value.unit) {
        "名" | "位" => "人",
        "％" => "%",
        other => other,
    };
    a.kind == b.kind && unit(a) == unit(b)
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
        let list = enumeration(&document, &entries(&document, Span::new(at, around.end)));
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
