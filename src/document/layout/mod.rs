//! What each line of a document is: title, addressee, heading, item, paragraph, signature, furniture …
//!
//! The first pass looks at each line alone, the later ones at its neighbours; none changes the text.

mod broken;
mod contents;
mod doc_number;
mod fragment;
mod head;
mod heading;
mod part;
mod tail;
mod web;

pub use broken::is_broken;
pub use doc_number::doc_number;
pub use part::collect_parts;

use super::character::is_blank;
use super::label::{Label, read_label};
use crate::source::{Prose, Role, Span};
use contents::{mark_contents, mark_rows};
use fragment::mark_fragments;
use head::{attachment_mark, mark_head};
use heading::mark_headings;
use tail::{is_attachment_note, is_date_line, is_signatory, mark_tail};
use web::{mark_furniture, mark_metadata, mark_page_head};

/// A block of the prose, with what it is in the document.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Line {
    /// Its bytes without blanks around them.
    pub span: Span,
    /// Its bytes with the blanks.
    pub full: Span,
    /// What the markup says.
    pub role: Role,
    /// What it is in the document.
    pub kind: LineKind,
    /// The number it begins with.
    pub label: Option<Label>,
    /// Which division of the document it belongs to: 0 for the main text, then one for each attachment.
    pub division: usize,
    /// The heading or item it is or stands under, an index into [`Outline::nodes`](super::outline::Outline::nodes).
    pub node: Option<usize>,
}

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LineKind {
    /// Part of the title.
    Title,
    /// A heading on its own line.
    Heading,
    /// A numbered paragraph or list entry.
    Item,
    /// Running text.
    Paragraph,
    /// A cell of a table.
    Cell,
    /// 发文机关标志 and 签发人.
    Letterhead,
    /// 发文字号.
    DocNumber,
    /// 主送机关.
    Addressee,
    /// 附件说明.
    AttachmentNote,
    /// The heading 附件1.
    AttachmentMark,
    /// The issuer at the end.
    Signature,
    /// The date at the end.
    DateLine,
    /// 版记: 抄送 and 印发.
    Imprint,
    /// Metadata of a web page.
    Metadata,
    /// Menus and footers of a web page.
    Furniture,
    /// Code.
    Verbatim,
}

/// The kinds of documents (文种 and other customary ones) a title may end with.
pub const GENRES: &[&str] = &[
    "工作要点",
    "工作总结",
    "实施方案",
    "要点",
    "总结",
    "通知",
    "方案",
    "意见",
    "报告",
    "复函",
    "函",
    "纪要",
    "请示",
    "批复",
    "决定",
    "决议",
    "命令",
    "公报",
    "公告",
    "通告",
    "通报",
    "议案",
    "办法",
    "规定",
    "细则",
    "条例",
    "规划",
    "计划",
    "预案",
    "任务书",
    "制度",
    "章程",
    "规则",
    "清单",
    "讲话",
    "汇报",
    "说明",
    "简报",
    "守则",
    "指南",
    "准则",
    "令",
    "分解表",
    "一览表",
    "任务表",
    "分工表",
    "名单",
    "汇总表",
    "安排表",
];

/// Says what each block of the prose is.
pub fn classify(prose: &Prose) -> Vec<Line> {
    let text = &*prose.text;
    let mut lines: Vec<Line> = prose.blocks.iter().map(|block| first_look(text, block.span, block.role)).collect();
    if !prose.is_plain() {
        mark_page_head(text, &mut lines);
    }
    mark_furniture(text, &mut lines);
    mark_metadata(text, &mut lines);
    mark_rows(text, &mut lines);
    mark_contents(text, &mut lines);
    mark_divisions(text, &mut lines);
    mark_fragments(text, &mut lines);
    mark_headings(text, &mut lines);
    lines
}

/// The index of the line that holds the byte at `offset`: the last that starts at or before it.
pub fn line_of(lines: &[Line], offset: usize) -> usize {
    lines.partition_point(|line| line.full.start <= offset).saturating_sub(1)
}

fn first_look(text: &str, full: Span, role: Role) -> Line {
    let whole = full.of(text);
    let start = full.start + (whole.len() - whole.trim_start_matches(is_blank).len());
    let end = full.start + whole.trim_end_matches(is_blank).len();
    let span = Span::new(start, end.max(start));
    let label = match role {
        Role::Cell { .. } | Role::Verbatim | Role::Furniture => None,
        _ => read_label(span.of(text)),
    };
    let kind = match role {
        Role::Heading(_) => LineKind::Heading,
        Role::Cell { .. } => LineKind::Cell,
        Role::Verbatim => LineKind::Verbatim,
        Role::Furniture => LineKind::Furniture,
        Role::Text | Role::ListEntry { .. } if label.is_some() => LineKind::Item,
        Role::Text | Role::ListEntry { .. } => LineKind::Paragraph,
    };
    Line { span, full, role, kind, label, division: 0, node: None }
}

/// Finds titles, document numbers, addressees, attachment notes, signatures and dates, division by division.
fn mark_divisions(text: &str, lines: &mut [Line]) {
    let mut division = 0;
    let mut start = 0;
    while start < lines.len() {
        let end = division_end(text, lines, start);
        for line in &mut lines[start..end] {
            line.division = division;
        }
        let body = mark_head(text, &mut lines[start..end]);
        mark_tail(text, &mut lines[start + body..end]);
        division += 1;
        start = end;
    }
}

/// Where the division that starts at `start` ends: before the next 附件 heading, or after an attachment note with what
/// belongs to it.
fn division_end(text: &str, lines: &[Line], start: usize) -> usize {
    let mut note_seen = false;
    for (index, line) in lines.iter().enumerate().skip(start) {
        if matches!(line.kind, LineKind::Furniture | LineKind::Metadata) {
            continue;
        }
        let words = line.span.of(text);
        if index > start && attachment_mark(words).is_some() {
            return index;
        }
        if is_attachment_note(words) && index > start {
            note_seen = true;
        } else if note_seen && !belongs_after_note(words, line) {
            return index;
        }
    }
    lines.len()
}

fn belongs_after_note(words: &str, line: &Line) -> bool {
    let listed =
        line.label.is_some_and(|label| label.style == super::label::LabelStyle::ArabicDot) && !words.contains('。');
    listed
        || is_date_line(words)
        || words.starts_with(['（', '(']) && words.ends_with(['）', ')']) && line.span.len() < 120 && !is_titular(words)
        || words.starts_with("抄送")
        || words.ends_with("印发")
        || is_signatory(words)
}

fn is_titular(words: &str) -> bool {
    let words = words.trim_end_matches(['）', ')']);
    GENRES.iter().any(|genre| words.ends_with(genre)) || strip_status(words).is_some_and(is_titular)
}

/// `words` without a status in brackets at the end: （试行）, （征求意见稿）.
fn strip_status(words: &str) -> Option<&str> {
    let open = words.rfind(['（', '('])?;
    (words.ends_with(['）', ')']) && words.len() - open < 40).then(|| &words[..open])
}
