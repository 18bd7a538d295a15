//! What stands above the body of a division: letterhead, document number, title, addressee, or the mark 附件1.

use super::doc_number::doc_number;
use super::{Line, LineKind, is_titular};
use crate::document::character::{digit, is_at_most, is_blank, is_han};

/// Marks what stands at the head of a division; returns where its body starts.
pub(super) fn mark_head(text: &str, lines: &mut [Line]) -> usize {
    let mut index = 0;
    let mut in_title = false;
    let mut title_done = false;
    while let Some(&line) = lines.get(index) {
        let words = line.span.of(text);
        let repeats_title = title_done && lines_repeat_title(text, lines, index);
        let line = &mut lines[index];
        match line.kind {
            LineKind::Furniture | LineKind::Metadata => {}
            LineKind::Title => title_done = true,
            _ if attachment_mark(words).is_some() && !in_title => {
                line.kind = LineKind::AttachmentMark;
                line.label = None;
            }
            _ if doc_number(words).is_some() => line.kind = LineKind::DocNumber,
            _ if is_letterhead(words) && !in_title && !title_done => line.kind = LineKind::Letterhead,
            LineKind::Paragraph if !title_done && could_be_title(words) => {
                line.kind = LineKind::Title;
                in_title = true;
                if is_titular(words) {
                    title_done = true;
                }
            }
            LineKind::Paragraph if repeats_title => line.kind = LineKind::Title,
            LineKind::Paragraph if title_done && is_note_below_title(words) => line.kind = LineKind::Paragraph,
            LineKind::Paragraph if is_addressee(words) => {
                line.kind = LineKind::Addressee;
                index += 1;
                break;
            }
            _ => break,
        }
        index += 1;
    }
    if in_title && !title_done {
        keep_title_plausible(text, &mut lines[..index]);
    }
    index
}

/// The number of a line that is just 附件, 附件1, 附件一, 附件1： (0 when it has none).
pub(super) fn attachment_mark(words: &str) -> Option<u32> {
    if !words.starts_with('附') {
        return None;
    }
    let rest =
        words.strip_prefix("附件").or_else(|| words.strip_prefix("附表")).or_else(|| words.strip_prefix("附 件"))?;
    let rest = rest.trim_matches(is_blank).trim_end_matches(['：', ':']).trim_matches(is_blank);
    if rest.is_empty() {
        return Some(0);
    }
    if rest.len() <= 9 && rest.chars().all(|c| digit(c).is_some()) {
        return rest.chars().try_fold(0, |sum: u32, c| Some(sum * 10 + digit(c)?));
    }
    (rest.chars().count() <= 3)
        .then(|| "一二三四五六七八九十".chars().position(|c| rest.starts_with(c)).map(|index| index as u32 + 1))?
}

/// A line above the title such as 云津市教育局文件, or the line 签发人.
fn is_letterhead(words: &str) -> bool {
    if !is_at_most(words, 30) {
        return false;
    }
    let count = words.chars().count();
    (4..=30).contains(&count)
        && (words.ends_with("文件") || words.starts_with("签发人"))
        && !words.contains(['。', '，'])
}

/// （2024年3月5日…通过） below the title of a regulation.
fn is_note_below_title(words: &str) -> bool {
    words.starts_with(['（', '(']) && words.ends_with(['）', ')']) && is_at_most(words, 119)
}

/// Lines taken for a title that never ended in a kind of document are one only when short and few.
fn keep_title_plausible(text: &str, lines: &mut [Line]) {
    let mut kept = 0;
    for line in lines.iter_mut().filter(|line| line.kind == LineKind::Title) {
        kept += 1;
        if kept > 3 || !is_at_most(line.span.of(text), 40) {
            line.kind = LineKind::Paragraph;
        }
    }
}

fn could_be_title(words: &str) -> bool {
    let count = words.chars().count();
    (2..=80).contains(&count)
        && !words.ends_with(['。', '；', '：', ':', ';', '，', ',', '.'])
        && !words.contains('。')
        && words.chars().any(is_han)
        && (count <= 45 && !words.contains(['，', ',', '；', '：']) || is_titular(words))
}

/// A saved web page often shows the title twice.
fn lines_repeat_title(text: &str, lines: &[Line], index: usize) -> bool {
    let words = lines[index].span.of(text);
    lines[..index].iter().any(|line| line.kind == LineKind::Title && line.span.of(text) == words)
}

fn is_addressee(words: &str) -> bool {
    const BODIES: &[&str] = &[
        "局", "政府", "委", "办", "处", "校", "单位", "部门", "公司", "院", "厅", "科室", "机关", "部", "中心", "会",
        "站", "所", "同志", "行",
    ];
    let Some(body) = words.strip_suffix(['：', ':']) else { return false };
    let count = body.chars().count();
    (2..=160).contains(&count)
        && !body.contains(['。', '；', '：', ':'])
        && body.split(['、', '，', ',', '（', '）', ' ']).any(|name| BODIES.iter().any(|ending| name.ends_with(ending)))
        && !["如下", "以下", "下列", "包括", "要求", "目标", "任务", "措施"].iter().any(|lead| body.contains(lead))
}
