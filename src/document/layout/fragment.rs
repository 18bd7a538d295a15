//! Tables that lost their lines when the document was made plain text.

use super::{Line, LineKind, is_broken};
use crate::document::character::is_at_most;
use crate::document::label::looks_like_heading;
use crate::source::Role;

/// Takes runs of short lines that end no sentence for the cells of a table that lost its lines.
pub(super) fn mark_fragments(text: &str, lines: &mut [Line]) {
    let is_fragment = |lines: &[Line], index: usize| {
        let line = &lines[index];
        let words = line.span.of(text);
        line.kind == LineKind::Paragraph
            && line.role == Role::Text
            && is_at_most(words, 30)
            && !words.contains(['。', '，', ',', '；', ';', '：', ':', '！', '？'])
            && !index.checked_sub(1).is_some_and(|above| is_broken(text, &lines[above], line))
    };
    let mut start = 0;
    while start < lines.len() {
        let run = (start..lines.len()).take_while(|&index| is_fragment(lines, index)).count();
        let single_value =
            run == 1 && !looks_like_heading(lines[start].span.of(text)) && !is_list_entry(text, lines, start);
        if run >= 2 || single_value {
            for line in &mut lines[start..start + run] {
                line.kind = LineKind::Cell;
            }
        }
        start += run.max(1);
    }
}

/// Whether a short line stands among the entries of a list without numbers, one of which ends in a mark.
fn is_list_entry(text: &str, lines: &[Line], index: usize) -> bool {
    let ends_entry = |line: Option<&Line>| {
        line.is_some_and(|line| line.kind == LineKind::Paragraph && line.span.of(text).ends_with(['；', ';', '。']))
    };
    ends_entry(index.checked_sub(1).and_then(|above| lines.get(above))) || ends_entry(lines.get(index + 1))
}
