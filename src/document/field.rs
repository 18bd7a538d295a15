//! Fields: named entries such as （牵头负责：组织处） and “完成时限：2024年6月底前”.

use super::character::{is_blank, is_han};
use super::layout::{Line, LineKind};
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
pub fn find(text: &str, lines: &[Line], brackets: &[Part]) -> Vec<Part> {
    let mut fields = Vec::new();
    for bracket in brackets {
        if matches!(lines[bracket.line].kind, LineKind::Item | LineKind::Paragraph | LineKind::Heading | LineKind::Cell)
        {
            split_entries(text, bracket.text, bracket.line, true, &mut fields);
        }
    }
    for (index, line) in lines.iter().enumerate() {
        if matches!(line.kind, LineKind::Item | LineKind::Paragraph) && line.span.of(text).contains(['：', ':']) {
            open_entries(text, line.span, index, &mut fields);
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
fn open_entries(text: &str, line: Span, index: usize, fields: &mut Vec<Part>) {
    let mut start = line.start;
    for piece in line.of(text).split_inclusive(['。', '；', ';']) {
        let span = Span::new(start, start + piece.trim_end_matches(['。', '；', ';']).len());
        if let Some(field) = entry(text, span, index, false) {
            fields.push(field);
        }
        start += piece.len();
    }
}

fn entry(text: &str, span: Span, line: usize, any_name: bool) -> Option<Part> {
    let words = span.of(text);
    let colon = words.find(['：', ':'])?;
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
