//! What a web page leaves around a document: menus and footers, and the lines of its metadata.

use super::{Line, LineKind, is_titular};
use crate::document::character::is_blank;
use crate::source::Role;

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

/// On a web page, what stands above the document's own heading is the page's.
pub(super) fn mark_page_head(text: &str, lines: &mut [Line]) {
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

pub(super) fn mark_furniture(text: &str, lines: &mut [Line]) {
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

pub(super) fn mark_metadata(text: &str, lines: &mut [Line]) {
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
