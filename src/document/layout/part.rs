//! The parts that are made of whole lines.

use super::doc_number::doc_number;
use super::{Line, LineKind, line_of};
use crate::document::part::{Part, PartKind};
use crate::source::{Prose, Role, Span};

/// Adds the parts that are made of whole lines.
pub fn collect_parts(prose: &Prose, lines: &[Line], parts: &mut [Vec<Part>]) {
    let text = &*prose.text;
    for (index, line) in lines.iter().enumerate() {
        let kind = match line.kind {
            LineKind::Paragraph | LineKind::Item => PartKind::Paragraph,
            LineKind::Title => PartKind::Title,
            LineKind::DocNumber => PartKind::DocNumber,
            LineKind::Addressee => PartKind::Addressee,
            LineKind::AttachmentNote => PartKind::AttachmentNote,
            LineKind::AttachmentMark => PartKind::AttachmentMark,
            LineKind::Signature | LineKind::DateLine => PartKind::Signature,
            // A web page has its menus and metadata by right; in a text they are left over from one.
            LineKind::Metadata | LineKind::Furniture if !prose.is_plain() => continue,
            LineKind::Metadata => PartKind::Metadata,
            LineKind::Furniture => PartKind::Furniture,
            LineKind::Cell => PartKind::Cell,
            LineKind::Heading | LineKind::Letterhead | LineKind::Imprint | LineKind::Verbatim => continue,
        };
        let mut part = Part::new(kind, line.span, index);
        part.node = line.node;
        if let Some(label) = line.label {
            part.label = Span::new(line.span.start, line.span.start + label.len);
            part.text = Span::new(part.label.end, line.span.end);
            part.number = label.number;
            part.style = Some(label.style);
        }
        if kind == PartKind::DocNumber
            && let Some(number) = doc_number(line.span.of(text))
        {
            part.span.end = part.span.start + number.len();
            part.text = part.span;
        }
        if let Role::Cell { row, column, .. } = line.role {
            part.number = row;
            part.level = u8::try_from(column).unwrap_or(u8::MAX);
            part.label = Span::at(part.span.start);
        }
        let list = &mut parts[kind as usize];
        match list.last_mut() {
            // The lines of a title, a note or a signature make one part; a repeated title makes two.
            Some(last)
                if joins(kind)
                    && last.line + span_lines(lines, last) == index
                    && !(kind == PartKind::Title && last.text.of(text) == part.text.of(text)) =>
            {
                last.span = last.span.cover(part.span);
                last.text = last.text.cover(part.text);
            }
            _ => list.push(part),
        }
    }
    collect_tables(lines, parts);
}

fn joins(kind: PartKind) -> bool {
    matches!(kind, PartKind::Title | PartKind::AttachmentNote | PartKind::Signature | PartKind::Metadata)
}

/// How many lines a part covers so far.
fn span_lines(lines: &[Line], part: &Part) -> usize {
    line_of(lines, part.span.end.saturating_sub(1)) + 1 - part.line
}

fn collect_tables(lines: &[Line], parts: &mut [Vec<Part>]) {
    let mut current: Option<(u32, u32)> = None;
    for (index, line) in lines.iter().enumerate() {
        let Role::Cell { table, row, .. } = line.role else {
            current = None;
            continue;
        };
        let same_table = current.is_some_and(|(last, _)| last == table);
        let same_row = current == Some((table, row));
        extend_or_push(&mut parts[PartKind::Table as usize], PartKind::Table, same_table, line.span, index, 0);
        extend_or_push(&mut parts[PartKind::Row as usize], PartKind::Row, same_row, line.span, index, row);
        current = Some((table, row));
    }
}

fn extend_or_push(list: &mut Vec<Part>, kind: PartKind, extend: bool, span: Span, line: usize, number: u32) {
    match list.last_mut() {
        Some(last) if extend => {
            last.span = last.span.cover(span);
            last.text = last.span;
        }
        _ => list.push(Part { number, ..Part::new(kind, span, line) }),
    }
}
