//! Fields: named entries such as （牵头负责：组织处） and “完成时限：2024年6月底前”.

use super::character::{is_blank, is_han};
use super::layout::{Line, LineKind};
use super::mark::{self, Mark};
use super::part::{Part, PartKind};
use crate::source::Span;

/// Names that make “name：value” a field outside brackets, at the start of a line or after an end mark.
const NAMES: &[&str] = &[
    "牵头负责",
    "牵头单位",
    "牵头部门",
    "牵头处室",
    "牵头领导",
    "责任单位",
    "责任部门",
    "责任处室",
    "责任科室",
    "责任领导",
    "责任人",
    "配合单位",
    "配合部门",
    "配合处室",
    "参与单位",
    "完成时限",
    "完成时间",
    "时限要求",
    "实施单位",
    "主办单位",
    "协办单位",
    "承办单位",
    "联系人",
    "联系电话",
    "分管领导",
    "工作目标",
    "成果形式",
];

/// Finds the fields of a document: in brackets, any short name before a colon; elsewhere, the known names.
pub fn find(text: &str, lines: &[Line], brackets: &[Part], marks: &[Mark]) -> Vec<Part> {
    let mut marks_in = mark::within(marks);
    let mut fields = Vec::new();
    for bracket in brackets {
        if matches!(lines[bracket.line].kind, LineKind::Item | LineKind::Paragraph | LineKind::Heading | LineKind::Cell)
            && first_colon(bracket.text.of(text)).is_some()
        {
            split_entries(text, bracket.text, bracket.line, true, &mut fields);
        }
    }
    for (index, line) in lines.iter().enumerate() {
        if matches!(line.kind, LineKind::Item | LineKind::Paragraph) {
            open_entries(text, line.span, index, marks_in(line.span), &mut fields);
        }
    }
    fields.sort_by_key(|field| field.span.start);
    fields.dedup_by_key(|field| field.span.start);
    fields
}

/// The entries of a bracket: “牵头单位：办公室；配合单位：各处室”.
fn split_entries(text: &str, inside: Span, line: usize, any_name: bool, fields: &mut Vec<Part>) {
    let mut start = inside.start;
    for piece in inside.of(text).split(['；', ';']) {
        let span = Span::new(start, start + piece.len());
        if let Some(field) = entry(text, span, line, any_name) {
            fields.push(field);
        }
        start += piece.len() + text[start + piece.len()..].chars().next().map_or(0, char::len_utf8);
    }
}

/// Known names at the start of a line or right after an end mark, with their values up to the next ；or 。.
fn open_entries(text: &str, line: Span, index: usize, marks: &[Mark], fields: &mut Vec<Part>) {
    let mut at = line.start;
    for colon in marks.iter().filter(|mark| matches!(mark.character, '：' | ':')) {
        let Span { start: name_end, end: value_start } = colon.span();
        // Within a value, a colon is one of its characters.
        if name_end < at {
            continue;
        }
        let before = &text[line.start..name_end];
        // All names end with one of these.
        if !before.ends_with(['责', '位', '门', '室', '导', '人', '限', '间', '求', '话', '标', '式']) {
            continue;
        }
        let Some(name) = NAMES.iter().find(|name| before.ends_with(**name)) else { continue };
        let head = before[..before.len() - name.len()].trim_end_matches(is_blank);
        if head.is_empty() || head.ends_with(['。', '；', ';']) {
            let end = text[value_start..line.end].find(['。', '；', ';']);
            let end = end.map_or(line.end, |length| value_start + length);
            let span = Span::new(name_end - name.len(), end);
            fields.extend(entry(text, span, index, false));
            at = end;
        }
    }
}

/// Where the first colon of either width stands.
fn first_colon(words: &str) -> Option<usize> {
    let bytes = words.as_bytes();
    // ： is EF BC 9A. Its last byte is rarer than its first.
    memchr::memchr2_iter(b':', 0x9a, bytes).find_map(|at| match bytes[at] {
        b':' => Some(at),
        _ => at.checked_sub(2).filter(|&start| bytes[start..at] == [0xef, 0xbc]),
    })
}

fn entry(text: &str, span: Span, line: usize, any_name: bool) -> Option<Part> {
    let words = span.of(text);
    let colon = first_colon(words)?;
    let mark = words[colon..].chars().next()?.len_utf8();
    let lead = words.len() - words.trim_start_matches(is_blank).len();
    let name = &words[lead.min(colon)..colon];
    let known = NAMES.contains(&name);
    let short = (2..=8).contains(&name.chars().count()) && name.chars().all(is_han);
    if !(known || any_name && short) {
        return None;
    }
    let value = Span::new(span.start + colon + mark, span.end);
    let label = Span::new(span.start + lead, span.start + colon);
    Some(Part { label, text: value, ..Part::new(PartKind::Field, Span::new(label.start, span.end), line) })
}
