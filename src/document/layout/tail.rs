//! What stands below the body of a division: attachment notes, signature, date, imprint.

use super::{Line, LineKind};
use crate::document::character::{digit, is_at_most, is_blank};
use crate::source::Role;

/// Marks attachment notes, signature and date at the end of a division.
pub(super) fn mark_tail(text: &str, lines: &mut [Line]) {
    let mut note = false;
    for line in lines.iter_mut() {
        let words = line.span.of(text);
        if matches!(line.kind, LineKind::Furniture | LineKind::Verbatim | LineKind::Cell) {
            continue;
        }
        if line.kind == LineKind::Paragraph
            && (words.starts_with("抄送") || words.ends_with("印发") && !words.contains('，'))
        {
            line.kind = LineKind::Imprint;
        } else if is_attachment_note(words) && line.role == Role::Text {
            line.kind = LineKind::AttachmentNote;
            line.label = None;
            note = true;
        } else if note && line.label.is_some() && !words.contains('。') && line.kind == LineKind::Item {
            line.kind = LineKind::AttachmentNote;
        } else {
            note = false;
        }
    }
    let last = lines.len();
    for index in (0..last).rev().take(14) {
        if lines[index].kind != LineKind::Paragraph || !is_date_line(lines[index].span.of(text)) {
            continue;
        }
        let signs = |line: &Line| {
            let words = line.span.of(text);
            line.kind == LineKind::Paragraph && is_at_most(words, 40) && !words.contains(['。', '；', '：', '，'])
        };
        if index == 0
            || !(signs(&lines[index - 1]) && is_signatory(lines[index - 1].span.of(text))
                || ends_body(text, lines, index))
        {
            continue;
        }
        lines[index].kind = LineKind::DateLine;
        let mut above = index;
        while above > 0 && signs(&lines[above - 1]) && is_signatory(lines[above - 1].span.of(text)) {
            above -= 1;
            lines[above].kind = LineKind::Signature;
        }
        break;
    }
}

/// Whether what stands above line `index` closes a body: an end mark or an attachment note.
fn ends_body(text: &str, lines: &[Line], index: usize) -> bool {
    let above = &lines[index - 1];
    above.kind == LineKind::AttachmentNote || above.span.of(text).ends_with(['。', '）'])
}

/// Whether a line names an issuer: 临澜市教育局, XX领导小组办公室.
pub(super) fn is_signatory(words: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "局", "委", "府", "厅", "部", "院", "会", "处", "室", "组", "校", "中心", "公司", "署", "办", "所", "站", "司",
        "社",
    ];
    let count = words.chars().count();
    (3..=40).contains(&count)
        && !words.contains(['。', '，', '：', '；', ':', '、'])
        && ENDINGS.iter().any(|ending| words.ends_with(ending))
}

pub(super) fn is_attachment_note(words: &str) -> bool {
    if !words.starts_with('附') {
        return false;
    }
    let Some(rest) = words.strip_prefix("附件").or_else(|| words.strip_prefix("附")) else { return false };
    let rest = rest.trim_start_matches(is_blank);
    let Some(rest) = rest.strip_prefix(['：', ':']) else { return false };
    !rest.trim_matches(is_blank).is_empty()
}

/// Whether a line is nothing but a date.
pub(super) fn is_date_line(words: &str) -> bool {
    if !is_at_most(words, 16) {
        return false;
    }
    let count = words.chars().count();
    (6..=16).contains(&count)
        && words.chars().all(|c| digit(c).is_some() || "〇零○一二三四五六七八九十年月日 　-./".contains(c))
        && (words.contains('年') && words.contains('月') || words.matches(['-', '.', '/']).count() == 2)
}
