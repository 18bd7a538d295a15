//! What each line of a document is: title, addressee, heading, item, paragraph, signature, furniture …
//!
//! The first pass looks at each line alone, the later ones at its neighbours; none changes the text.

use super::character::{digit, is_at_most, is_blank, is_han};
use super::label::{Label, looks_like_heading, read_label};
use super::part::{Part, PartKind};
use crate::source::{Prose, Role, Span};

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

const FURNITURE: &[&str] = &[
    "返回首页",
    "版权所有",
    "ICP备",
    "Copyright",
    "copyright",
    "COPYRIGHT",
    "网站地图",
    "联系我们",
    "打印本页",
    "关闭窗口",
    "当前位置",
    "您的位置",
    "您现在的位置",
    "技术支持",
    "网站标识码",
    "公网安备",
    "扫一扫",
    "分享到",
    "设为首页",
    "加入收藏",
    "上一篇",
    "下一篇",
];

const METADATA: &[&str] = &[
    "索引号",
    "文号",
    "公开方式",
    "主题分类",
    "组配分类",
    "体裁分类",
    "发文日期",
    "生效日期",
    "发布机构",
    "时效",
    "发布日期",
    "发布时间",
    "成文日期",
    "信息来源",
    "来源",
    "浏览次数",
    "阅读次数",
    "点击数",
    "字体",
    "字号",
    "名称",
    "有效性",
    "公开日期",
    "发文机关",
    "信息名称",
    "内容概述",
    "废止日期",
    "发文字号",
    "公开时限",
    "公开范围",
    "信息索引号",
    "生成日期",
    "责任编辑",
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

/// On a web page, what stands above the document's own heading is the page's.
fn mark_page_head(text: &str, lines: &mut [Line]) {
    let is_title = |line: &Line| match line.role {
        Role::Heading(1) => true,
        Role::Heading(_) => is_titular(line.span.of(text)),
        _ => false,
    };
    if let Some(title) = lines.iter().position(is_title) {
        for line in &mut lines[..title] {
            line.kind = LineKind::Furniture;
        }
        lines[title].kind = LineKind::Title;
        lines[title].label = None;
    }
}

fn mark_furniture(text: &str, lines: &mut [Line]) {
    let count = lines.len();
    for (index, line) in lines.iter_mut().enumerate() {
        let at_the_edge = index < 5 || index + 8 > count;
        if at_the_edge && line.kind == LineKind::Paragraph && line.span.len() < 400 {
            let words = line.span.of(text);
            if FURNITURE.iter().any(|furniture| words.contains(furniture)) && !words.ends_with('。') {
                line.kind = LineKind::Furniture;
            }
        }
    }
}

fn mark_metadata(text: &str, lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|line| line.kind != LineKind::Furniture).take(14) {
        if line.kind == LineKind::Paragraph && line.span.len() < 400 && is_metadata(line.span.of(text)) {
            line.kind = LineKind::Metadata;
        }
    }
}

/// Whether a line is “索 引 号：… 文  号：…”: it begins with a known name and a colon, and ends no sentence.
fn is_metadata(words: &str) -> bool {
    if words.ends_with(['。', '；', '！']) {
        return false;
    }
    let Some(colon) = words.find([':', '：']) else { return false };
    let name: String = words[..colon].chars().filter(|&c| !is_blank(c)).collect();
    let name = name.trim_start_matches(['[', '【', '［']).trim_end_matches([']', '】', '］']);
    METADATA.contains(&name)
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

/// Whether a line names an issuer: 临澜市教育局, XX领导小组办公室.
fn is_signatory(words: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "局", "委", "府", "厅", "部", "院", "会", "处", "室", "组", "校", "中心", "公司", "署", "办", "所", "站", "司",
        "社",
    ];
    let count = words.chars().count();
    (3..=40).contains(&count)
        && !words.contains(['。', '，', '：', '；', ':', '、'])
        && ENDINGS.iter().any(|ending| words.ends_with(ending))
}

/// The number of a line that is just 附件, 附件1, 附件一, 附件1： (0 when it has none).
pub fn attachment_mark(words: &str) -> Option<u32> {
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

fn is_attachment_note(words: &str) -> bool {
    if !words.starts_with('附') {
        return false;
    }
    let Some(rest) = words.strip_prefix("附件").or_else(|| words.strip_prefix("附")) else { return false };
    let rest = rest.trim_start_matches(is_blank);
    let Some(rest) = rest.strip_prefix(['：', ':']) else { return false };
    !rest.trim_matches(is_blank).is_empty()
}

/// Whether a line is nothing but a date.
fn is_date_line(words: &str) -> bool {
    if !is_at_most(words, 16) {
        return false;
    }
    let count = words.chars().count();
    (6..=16).contains(&count)
        && words.chars().all(|c| digit(c).is_some() || "〇零○一二三四五六七八九十年月日 　-./".contains(c))
        && (words.contains('年') && words.contains('月') || words.matches(['-', '.', '/']).count() == 2)
}

/// Marks what stands at the head of a division; returns where its body starts.
fn mark_head(text: &str, lines: &mut [Line]) -> usize {
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
            _ if is_doc_number(words) => line.kind = LineKind::DocNumber,
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

/// Whether a line is a document number and nothing else: 云教发〔2024〕12号, with the wrong brackets too.
pub fn is_doc_number(words: &str) -> bool {
    if !is_at_most(words, 36) {
        return false;
    }
    let count = words.chars().count();
    if !(6..=36).contains(&count) || !words.trim_end().ends_with('号') {
        return false;
    }
    let Some(open) = words.find(['〔', '[', '［', '（', '(', '【', '﹝']) else { return false };
    let prefix = &words[..open];
    let inside: String = words[open..].chars().skip(1).take_while(|c| digit(*c).is_some() || *c == ' ').collect();
    prefix.chars().filter(|&c| !is_blank(c)).all(is_han)
        && prefix.chars().count() >= 2
        && matches!(inside.trim().len(), 2 | 4)
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

/// Marks attachment notes, signature and date at the end of a division.
fn mark_tail(text: &str, lines: &mut [Line]) {
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

/// Takes runs of short lines that end no sentence for the cells of a table that lost its lines.
fn mark_fragments(text: &str, lines: &mut [Line]) {
    let is_fragment = |line: &Line| {
        let words = line.span.of(text);
        line.kind == LineKind::Paragraph
            && line.role == Role::Text
            && is_at_most(words, 30)
            && !words.contains(['。', '，', ',', '；', ';', '：', ':', '！', '？'])
    };
    let mut start = 0;
    while start < lines.len() {
        let run = lines[start..].iter().take_while(|line| is_fragment(line)).count();
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

/// Tells headings from items, then finds headings without a number.
fn mark_headings(text: &str, lines: &mut [Line]) {
    for index in 0..lines.len() {
        let line = lines[index];
        let next = lines.get(index + 1).filter(|next| next.division == line.division);
        if let (LineKind::Item, Some(label)) = (line.kind, line.label)
            && is_numbered_heading(line.span.of(text), label, next)
        {
            lines[index].kind = LineKind::Heading;
        }
    }
    for index in 0..lines.len() {
        let line = lines[index];
        let next = lines.get(index + 1).filter(|next| next.division == line.division);
        if line.kind == LineKind::Paragraph
            && line.role == Role::Text
            && is_unnumbered_heading(line.span.of(text), next)
        {
            lines[index].kind = LineKind::Heading;
        }
    }
}

fn is_numbered_heading(words: &str, label: Label, next: Option<&Line>) -> bool {
    use super::label::LabelStyle::{Article, Chapter, HanComma, Section, Volume};
    let body = words[label.len..].trim_start_matches(is_blank);
    match label.style {
        Article => false,
        Volume | Chapter | Section => is_at_most(body, 40) && !body.contains('。'),
        _ => {
            // A heading may end in 。 by mistake; it is still one when nothing else stands on the line.
            let short = is_at_most(body, 50)
                && !body.trim_end_matches('。').contains(['。', '；', '！'])
                && !body.ends_with(['；', ';', '：', ':']);
            let ends_sentence = body.ends_with('。');
            let leads_down = next.is_some_and(|next| match next.label {
                Some(below) => below.style > label.style,
                None => matches!(next.kind, LineKind::Paragraph | LineKind::Heading),
            });
            short
                && (!ends_sentence || label.style == HanComma)
                && (leads_down || label.style == HanComma && !ends_sentence && is_at_most(body, 40))
        }
    }
}

fn is_unnumbered_heading(words: &str, next: Option<&Line>) -> bool {
    let lead_line = words.ends_with(['：', ':']) && is_at_most(words, 9);
    // A heading of two clauses is told from a broken sentence by the numbered items it leads to.
    let clauses = || 1 + words.matches(['，', ',']).count();
    let leads_to = |kind| next.is_some_and(|next| next.kind == kind);
    let leads = || leads_to(LineKind::Item) && clauses() <= 2 || leads_to(LineKind::Paragraph) && clauses() == 1;
    (lead_line || looks_like_heading(words)) && leads()
}

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
