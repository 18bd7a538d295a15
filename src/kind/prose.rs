//! What several verbs read: the lines of a part that hold prose, and the clause around a place.

use crate::document::Document;
use crate::document::layout::{Line, LineKind};
use crate::source::Span;

/// The marks a clause ends with.
const CLAUSE_MARKS: [char; 10] = ['，', '。', '；', '：', '！', '？', ',', ';', ':', '\n'];

/// The lines within `span` that hold prose: no menus, no metadata, no code.
pub fn lines(document: &Document, span: Span) -> impl Iterator<Item = &Line> {
    document.lines.iter().filter(move |line| {
        !matches!(line.kind, LineKind::Furniture | LineKind::Metadata | LineKind::Verbatim)
            && line.span.overlaps(span)
            && !line.span.is_empty()
    })
}

/// The clause around `span`, from mark to mark, within its line.
pub fn clause(document: &Document, span: Span) -> Span {
    let text = document.text();
    let line = document.line_at(span.start).full;
    let before = &text[line.start.min(span.start)..span.start];
    let start = before.rfind(CLAUSE_MARKS).map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let rest = &text[span.end..line.end.max(span.end)];
    let end = span.end + rest.find(CLAUSE_MARKS).unwrap_or(rest.len());
    Span::new(line.start.min(span.start) + start, end)
}
