//! The Chinese names of what rules are written in: parts, kinds of values, verbs.

use crate::document::label::LabelStyle;
use crate::document::layout::LineKind;
use crate::document::part::PartKind;
use crate::document::value::{Bound, ValueKind};

/// The Chinese name of a kind of part.
pub(super) fn part(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Set => "成套的几份文件",
        PartKind::Document => "全文",
        PartKind::Title => "标题",
        PartKind::Heading => "小标题",
        PartKind::Section => "小标题或条目及其下全部内容",
        PartKind::Item => "条目",
        PartKind::Paragraph => "段落",
        PartKind::Sentence => "句子",
        PartKind::List => "一组同级条目",
        PartKind::Table => "表格",
        PartKind::Row => "表格的行",
        PartKind::Cell => "单元格",
        PartKind::Field => "字段",
        PartKind::Quote => "引号内",
        PartKind::Bracket => "括号内",
        PartKind::BookTitle => "书名号内",
        PartKind::DocNumber => "发文字号",
        PartKind::Addressee => "主送机关",
        PartKind::AttachmentNote => "附件说明",
        PartKind::AttachmentMark => "附件标识",
        PartKind::Signature => "落款",
        PartKind::Metadata => "网页信息",
        PartKind::Furniture => "网页菜单和页脚",
        PartKind::Name => "专名",
        PartKind::Verbatim => "网址、代码、型号等",
        PartKind::Number => "数",
        PartKind::Percent => "百分数",
        PartKind::Amount => "数量",
        PartKind::Year => "年份",
        PartKind::Date => "日期",
        PartKind::Time => "时刻",
        PartKind::Period => "规划期",
        PartKind::Ordinal => "序数",
        PartKind::Ratio => "比",
        PartKind::Range => "区间",
        PartKind::Reference => "引用",
    }
}

/// Which attributes parts of a kind have, as `{…}` in messages or as conditions of `given`.
pub(super) fn attributes(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Heading | PartKind::Item | PartKind::Section => {
            "label 序号，number 序号的数，level 层级，title 标题，text 文字；可按层级、序号写法、under、in 缩小，可用 siblings"
        }
        PartKind::Field => "label 字段名，text 值；可按 field 缩小",
        PartKind::List => "label 序号写法，text 文字；可按 under、in 缩小",
        PartKind::Row | PartKind::Cell => "number 行（从0起），level 列（从0起），text 文字；可用 siblings",
        kind if kind.is_value() => "text 文字；可按 under、in、field 缩小；大小、单位、约数用 value 条件",
        _ => "text 文字；可按 under、in 缩小",
    }
}

/// What a line is in its document.
pub(super) fn line(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Title => "标题",
        LineKind::Heading => "小标题",
        LineKind::Item => "条目",
        LineKind::Paragraph => "段落",
        LineKind::Cell => "单元格",
        LineKind::Letterhead => "版头",
        LineKind::DocNumber => "发文字号",
        LineKind::Addressee => "主送机关",
        LineKind::AttachmentNote => "附件说明",
        LineKind::AttachmentMark => "附件标识",
        LineKind::Signature => "落款",
        LineKind::DateLine => "成文日期",
        LineKind::Imprint => "版记",
        LineKind::Metadata => "网页信息",
        LineKind::Furniture => "网页菜单",
        LineKind::Verbatim => "代码",
    }
}

/// The name of a kind of value used in rules and JSON.
pub(super) fn value_key(kind: ValueKind) -> &'static str {
    PartKind::of_value(kind).name()
}

/// The name of a bound used in JSON.
pub(super) fn bound_key(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "exact",
        Bound::About => "about",
        Bound::AtLeast => "at-least",
        Bound::AtMost => "at-most",
    }
}

/// The word or mark that stands for a bound before a number.
pub(super) fn bound_mark(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "",
        Bound::About => "约",
        Bound::AtLeast => "≥",
        Bound::AtMost => "≤",
    }
}

/// A label style as written in rules: its first number, such as `（一）`.
pub(super) fn label_style(style: LabelStyle) -> String {
    style.write(1)
}

/// What a verb demands. New verbs are described by their comment until they stand here.
pub(super) fn verb(name: &str) -> Option<&'static str> {
    Some(match name {
        "forbid" => "不得出现：模式、{repeat: 标点}、{replace: {误: 正}} 或 {table: 表名}",
        "require" => "必须出现：文字或字段；siblings 为同级中已有的比例",
        "between" => "数值或日期应在范围内",
        "one_of" | "one-of" => "应是其中之一",
        "equals" => "应等于",
        "length" => "字数、句数、条数不超过上限",
        "sequence" => "序号连续、写法一致，没有缺序号的标题",
        "order" => "各部分按此先后",
        "unique" => "不重复：词、句、段、标题",
        "sum" => "分项与总数相符",
        "compare" => "占比、增幅、乘积、起止等几个数值相符",
        "count" => "所说的个数与列出的相符",
        "near" => "固定用语不写错：{table: 用语表, alike: 近似字表}",
        "pair" => "标点成对、嵌套正确",
        "consistent" => "全文写法一致",
        "resolves" => "所引用的附件、条款、图表存在",
        "calendar" => "日期、星期、周年、规划期、届次与事实相符",
        _ => return None,
    })
}
