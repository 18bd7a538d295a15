//! Lines that look like headings and are none: the entries of a table of contents, the rows of a table in a plain text.

use super::{Line, LineKind};
use crate::document::character::{digit, is_at_most, is_blank};
use crate::source::Role;

/// A document has no more tables of contents than this, which bounds the work.
const MOST: usize = 8;

/// Takes the entries of a table of contents for cells: they repeat the headings they lead to.
pub(super) fn mark_contents(text: &str, lines: &mut [Line]) {
    let heads: Vec<usize> = (0..lines.len()).filter(|&index| is_head(lines[index].span.of(text))).take(MOST).collect();
    for head in heads {
        let Some(first) = lines.get(head + 1).map(|line| entry(line.span.of(text))) else { continue };
        let is_entry = |line: &Line| {
            let words = line.span.of(text);
            matches!(line.kind, LineKind::Item | LineKind::Paragraph | LineKind::Heading)
                && is_at_most(words, 60)
                && !words.ends_with(['。', '；', '：', ';'])
        };
        let repeats = |line: &Line| is_at_most(line.span.of(text), 60) && entry(line.span.of(text)) == first;
        let count = lines[head + 1..].iter().take_while(|line| is_entry(line)).count();
        let listed = lines[head + 1..].iter().take(count).skip(1).position(repeats).map_or(count, |at| at + 1);
        let has_body = || lines[head + 1..].iter().skip(listed.max(1)).any(repeats);
        if listed > 0 && has_body() {
            for line in &mut lines[head..=head + listed] {
                line.kind = LineKind::Cell;
                line.label = None;
            }
        }
    }
}

fn is_head(words: &str) -> bool {
    is_at_most(words, 8)
        && words.contains('目')
        && matches!(without_blanks(words).as_str(), "目录" | "目次" | "要目" | "本期要目" | "本期目录")
}

/// An entry without the blanks, the dots and the page after it.
fn entry(words: &str) -> String {
    let is_page = |c: char| {
        is_blank(c) || digit(c).is_some() || matches!(c, '.' | '…' | '·' | '—' | '-' | '（' | '）' | '(' | ')')
    };
    without_blanks(words.trim_end_matches(is_page))
}

fn without_blanks(words: &str) -> String {
    words.chars().filter(|&c| !is_blank(c)).collect()
}

/// Takes lines with tabs for rows of a table where the line above or below has as many.
pub(super) fn mark_rows(text: &str, lines: &mut [Line]) {
    if !text.contains('\t') {
        return;
    }
    let tabs: Vec<usize> = lines.iter().map(|line| tabs_of(text, line)).collect();
    for (index, line) in lines.iter_mut().enumerate() {
        let alike =
            |other: Option<usize>| other.and_then(|other| tabs.get(other)).is_some_and(|&count| count == tabs[index]);
        if tabs[index] > 0 && (alike(index.checked_sub(1)) || alike(Some(index + 1))) {
            line.kind = LineKind::Cell;
            line.label = None;
        }
    }
}

/// How many tabs divide a line of plain text; none in a sentence, and not the one behind a number.
fn tabs_of(text: &str, line: &Line) -> usize {
    let words = line.span.of(text);
    let is_open = matches!(line.kind, LineKind::Item | LineKind::Paragraph) && line.role == Role::Text;
    if !is_open || words.ends_with(['。', '；', '：']) {
        return 0;
    }
    let body = &words[line.label.map_or(0, |label| label.len)..];
    body.trim_start_matches(is_blank).matches('\t').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::source::Source;
    use std::sync::Arc;

    fn kinds(text: &str) -> Vec<LineKind> {
        let document = Document::new(Arc::new(Source::plain("a", text)));
        document.lines.iter().filter(|line| !line.span.is_empty()).map(|line| line.kind).collect()
    }

    #[test]
    fn a_table_of_contents_holds_no_headings() {
        use LineKind::{Cell, Heading, Paragraph};
        let text =
            "工作简报\n目　录\n一、总体要求……1\n二、主要任务……3\n一、总体要求\n全面落实。\n二、主要任务\n抓好整改。";
        assert_eq!(kinds(text)[1..], [Cell, Cell, Cell, Heading, Paragraph, Heading, Paragraph]);
        // Nothing follows that it could list.
        assert!(!kinds("目录\n一、总体要求\n全面落实。\n二、主要任务\n抓好整改。").contains(&Cell));
    }

    #[test]
    fn rows_of_a_table_are_no_headings() {
        use LineKind::{Cell, Heading, Item, Paragraph};
        let text = "统计公报\n一、总体情况\n全年平稳。\n一、法人单位\t368\n二、产业单位\t412\n二、从业人员\n全年增加。";
        assert_eq!(kinds(text)[1..], [Heading, Paragraph, Cell, Cell, Heading, Paragraph]);
        assert_eq!(kinds("工作方案\n1.\t加强领导\n2.\t压实责任")[1..], [Item, Item]);
    }
}
