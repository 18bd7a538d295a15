//! Lines that were broken within a sentence, behind a number: 缩短到45 above 天，并于年底前完成。

use super::{Line, LineKind};
use crate::document::character::{digit, is_at_most, is_han};
use crate::document::passage::Passage;
use crate::document::value::measure::counter_at;
use crate::source::{Role, Span};

/// Units that are no measure words, and what stands between a number and its unit.
const UNITS: &[&str] =
    &["%", "％", "‰", "万", "亿", "元", "多", "余", "平方", "公里", "千米", "公顷", "亩", "吨", "米", "千瓦", "学时"];

/// What may follow 月 and 日 of a date, of which other words begin as well: 月度, 日常.
const BEHIND_DAY: &[char] = &['底', '末', '初', '份', '前', '起', '至', '—', '，', '。', '、', '；', '（'];

/// Words before a number that no unit follows: 附件1, 表2, 第3.
const NAMED: &[char] = &['第', '件', '表', '图', '号', '册', '版', '章', '节', '栏', '卷', '页', '点'];

/// Whether the sentence of `line` goes on in the line below: it ends in a number, and `next` begins with the unit.
pub fn is_broken(text: &str, line: &Line, next: &Line) -> bool {
    let is_text = |line: &Line| matches!(line.role, Role::Text);
    let is_running = matches!(line.kind, LineKind::Paragraph | LineKind::Item | LineKind::Heading);
    is_text(line)
        && is_text(next)
        && is_running
        && matches!(next.kind, LineKind::Paragraph | LineKind::Cell)
        && next.label.is_none()
        && line.division == next.division
        && ends_in_number(body(line).of(text))
        && begins_with_unit(text, next.span)
}

fn body(line: &Line) -> Span {
    Span::new(line.span.start + line.label.map_or(0, |label| label.len), line.span.end)
}

/// Whether running text ends in a count. A telephone number, a page or a number of a list is none.
fn ends_in_number(words: &str) -> bool {
    let bare = words.trim_end_matches(|c| digit(c).is_some() || matches!(c, '.' | ','));
    if bare.len() == words.len() || !is_at_most(&words[bare.len()..], 8) || is_at_most(words, 11) {
        return false;
    }
    let Some(mark) = bare.rfind(['，', '。', '；', '、']) else { return false };
    let clause = &bare[mark..];
    let before = clause.chars().next_back();
    words.ends_with(|c| digit(c).is_some())
        && before.is_some_and(|c| is_han(c) && !NAMED.contains(&c))
        && !clause.contains(['：', ':', '—', '（', '('])
}

fn begins_with_unit(text: &str, span: Span) -> bool {
    let words = span.of(text);
    if let Some(after) = words.strip_prefix(['月', '日']) {
        return after.starts_with(|c| BEHIND_DAY.contains(&c) || digit(c).is_some());
    }
    UNITS.iter().any(|unit| words.starts_with(unit))
        || counter_at(Passage { text: &text[..span.end], start: span.start }, span.start).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::source::Source;
    use std::sync::Arc;

    /// The kinds of the third line and the one below it, and whether it is broken there.
    fn read(above: &str, below: &str) -> (LineKind, LineKind, bool) {
        let text = format!("关于优化流程的通知\n各科室：\n{above}\n{below}\n请认真执行。\n");
        let document = Document::new(Arc::new(Source::plain("a", text)));
        let [_, _, above, below, ..] = document.lines.as_slice() else { panic!("{:?}", document.lines) };
        (above.kind, below.kind, is_broken(document.text(), above, below))
    }

    #[test]
    fn a_number_and_its_unit() {
        use LineKind::{Item, Paragraph};
        for (above, below, kind) in [
            ("要压缩时限，把平均办理时间缩短到45", "天，并于年底前完成。", Paragraph),
            ("要压缩时限，把平均办理时间缩短到45", "天", Paragraph),
            ("要加大投入，今年各级共投入资金1,024.5", "万元，用于校舍改造。", Paragraph),
            ("要逐年提高，力争全市的普及率达到85", "%以上。", Paragraph),
            ("二、要抓好落实，确保年底前完成45", "个老旧小区改造任务。", Item),
            ("各地要加强领导，确保改造任务于2024", "年底前完成。", Paragraph),
            ("各地要加强领导，确保改造任务于2024年6", "月底前完成。", Paragraph),
        ] {
            assert_eq!(read(above, below), (kind, Paragraph, true), "{above}⏎{below}");
        }
    }

    #[test]
    fn a_number_that_ends_its_line() {
        for (above, below) in [
            ("请按时报送材料，联系人：王某，电话：63215678", "家庭困难学生名单另行报送。"),
            ("请各单位认真填写，并于会前报送附件1", "个人材料不再报送。"),
            ("请各单位认真核对，具体数字见表2", "人员名单另行通知。"),
            ("要加大投入，今年各级共投入资金45", "各地要加强领导。"),
            ("要压缩时限，平均办理时间缩短到45", "一、天气预报"),
            ("全市共45", "个小区。"),
            ("要压缩时限，平均办理时间缩短到6", "月度考核要从严。"),
        ] {
            assert!(!read(above, below).2, "{above}⏎{below}");
        }
    }
}
