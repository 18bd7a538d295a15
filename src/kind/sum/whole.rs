//! Whether the parts of a breakdown are said to be all of it, and whether they can be told apart.

use super::reading::Breakdown;
use super::{HALF, apart, bands, names, slip};
use crate::document::character::{digit, is_han};
use crate::document::enumeration::{Enumeration, RESTS};
use crate::document::value::Value;
use crate::kind::Case;
use crate::source::Span;
use rust_decimal::Decimal;

/// How certain it is that a breakdown is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// Its words say that the parts are all there is, or that no thing is counted under two of them.
    Sure,
    /// Its figures suggest it.
    Likely,
}

/// Words that make an enumeration incomplete.
const INCOMPLETE: &[&str] = &["主要", "部分", "重点", "包括但不限于", "优先", "首批", "不少于", "分别新增"];

/// Words of attributes that one thing can have several of; parts of which some are named so, and others not, may overlap.
const OVERLAPPING: &[&str] = &[
    "党员",
    "团员",
    "女",
    "职称",
    "开工",
    "竣工",
    "完工",
    "投用",
    "投入使用",
    "建成",
    "启用",
    "启动",
    "完成",
    "通过",
    "获",
    "荣",
    "评为",
    "入选",
    "培训",
    "参加",
    "签约",
    "落地",
    "投产",
    "在建",
    "达",
    "实现",
    "纳入",
    "受理",
    "办结",
    "整改",
    "立案",
    "移送",
    "惠及",
    "覆盖",
    "含",
    "涉",
    "累计",
    "开展",
    "合格",
    "优秀",
    "学历",
    "学位",
    "享",
    "民营",
    "高新",
    "规上",
    "规模以上",
    "专精特新",
    "上市",
    "国有",
    "低保",
    "脱贫",
    "残疾",
    "留守",
    "退役",
    "少数民族",
    "老年",
    "少儿",
    "配备",
    "发现",
];

/// Those of them that two sums of money can have in common.
const OVERLAPPING_SUMS: &[&str] = &[
    "完成",
    "到位",
    "支付",
    "拨付",
    "实现",
    "达",
    "累计",
    "民营",
    "高新",
    "规上",
    "规模以上",
    "上市",
    "涉外",
    "绿色",
    "普惠",
];

/// Verbs that stand once for all parts.
const VERBS: &[&str] = &["移送", "受理", "立案", "培训", "开展", "建成", "评为"];

/// Words that make parts overlap, or no parts at all, even where all are named so.
const NEVER_PARTS: &[&str] = &[
    "以上",
    "以下",
    "岁",
    "人均",
    "平均",
    "均收入",
    "可支配收入",
    "纯收入",
    "每",
    "率",
    "占比",
    "比重",
    "比例",
    "最高",
    "最低",
    "最多",
    "最少",
    "最大",
    "最小",
    "最长",
    "最短",
    "日均",
    "户均",
    "亩均",
    "至少",
    "不少于",
    "累计",
];

/// Words, near the parts, that say that some are counted twice.
const SAID_TO_OVERLAP: &[&str] = &["重复", "交叉", "重叠", "双重", "兼有", "兼具", "既参加", "既是", "既属"];

/// Words that name what can be divided into kinds: 三类, 五大类.
const KINDS: &[&str] = &[
    "类",
    "大类",
    "种",
    "档",
    "级",
    "批",
    "片",
    "部分",
    "方面",
    "大",
    "个部分",
    "个方面",
    "阶段",
    "个阶段",
    "块",
    "项",
];

/// Up to this share of the total, an excess is an error of arithmetic whatever the parts are called.
pub(super) const EXCESS: Decimal = Decimal::from_parts(15, 0, 0, false, 2);
/// Up to this share of the total, a shortfall of three parts or more is one too; of two parts, half of it. What is left out
/// of true lists is seldom so little: 农业、林业、牧业、渔业 without 服务业 lack 4%.
const SHORTFALL: Decimal = Decimal::from_parts(2, 0, 0, false, 2);
/// Up to this share of the total, three parts or more that exceed it were meant to make it up.
const NEAR: Decimal = Decimal::from_parts(3, 0, 0, false, 2);
/// What is left of a whole after parts that make up less than this was hardly forgotten.
const LEAST: Decimal = Decimal::from_parts(3, 0, 0, false, 1);

/// Parts of a choice seldom make up as much as this.
const MOST: Decimal = Decimal::from_parts(6, 0, 0, false, 1);

/// How certain it is that a breakdown is wrong whose parts exceed the total, or, below nought, fall short of it.
pub(super) fn verdict(
    case: &Case<'_>,
    breakdown: &Breakdown<'_>,
    excess: Decimal,
    said_whole: bool,
) -> Option<Verdict> {
    let Breakdown { total, place, list, .. } = breakdown;
    let total = *total;
    // 在建工程 is a place, 培训机构 a house; a verb before the first part is that of all: “移送纪检机关3件、公安机关1件”.
    let said = |(at, label): (usize, &Span)| {
        let words = without_brackets(case.slice(*label)).replace("在建工程", "").replace("培训机构", "");
        match VERBS.iter().find(|verb| at == 0 && words.trim_start().starts_with(**verb)) {
            Some(verb) => words.trim_start()[verb.len()..].to_owned(),
            None => words,
        }
    };
    let words: Vec<String> = list.labels.iter().enumerate().map(said).collect();
    let says = |word: &str| words.iter().filter(|label| label.contains(word)).count();
    let any = |words: &[&str]| words.iter().any(|word| says(word) > 0);
    let names = names(case, list);
    // Bands of age leave nobody out, and what is earned a head has its kinds of income for parts.
    let bands = bands::divide(&names);
    let head =
        |place: &Value| ["可支配收入", "消费支出"].iter().any(|word| case.slice(clause_of(case, place)).contains(word));
    let all = bands || apart::are_all(&names);
    let never = any(NEVER_PARTS) && !bands && !said_whole
        || place.is_some_and(|place| is_average(case, place) && !(all && head(place)));
    if never || place.is_some_and(|place| is_said_to_overlap(case, place, list)) {
        return None;
    }
    // 男教师 and 女教师 are apart; 女教师 and 党员教师 are not.
    let apart = all || apart::are_apart(&names);
    let some = |word: &str| (1..list.labels.len()).contains(&says(word));
    let money = place.is_some_and(|place| case.slice(place.unit) == "元");
    let open = ["的", "患者"].iter().any(|ending| names.iter().all(|name| name.ends_with(ending)));
    let attributes = if money { OVERLAPPING_SUMS } else { OVERLAPPING };
    let complete = is_whole(case, breakdown, &names);
    let whole = complete || said_whole;
    let rest = names.iter().any(|name| RESTS.iter().any(|word| name.starts_with(word)));
    let overlap = !apart && !rest && (open || !whole && attributes.iter().any(|word| some(word)));
    let after = &case.document.text()[list.end..];
    // “等” and the like leave room for more, but not for less.
    let tails = list
        .labels
        .iter()
        .zip(&list.values)
        .map(|(label, value)| case.slice(Span::new(value.span.end.min(label.end), label.end)));
    let unnamed = after.starts_with('等')
        || tails.into_iter().any(|tail| tail.contains('等'))
        || names.iter().any(|name| INCOMPLETE.iter().any(|word| name.starts_with(word)))
        || case.slice(case.span()).contains("主要");
    let parts: Vec<(&Value, u32)> = list.values.iter().copied().zip(list.times.iter().copied()).collect();
    let slip = slip::explains(*place, &parts, excess);
    let parallel = apart || apart::are_parallel(&names);
    // A part greater than the whole is none, unless a digit is wrong: 人均收入5万元，其中城镇6万元.
    let greater = list.values.iter().any(|value| value.low > total);
    let many = list.values.len() > 2;
    let shown = place.map_or(0, slip::digits);
    // With few digits, many a difference is one digit's; where little is missing, a choice of the parts is less likely.
    let covered = total + excess >= total * MOST;
    let telling = if many {
        parallel || shown > 2 || covered
    } else {
        apart || shown > 3 || (parallel || money) && shown > 1 && covered
    };
    let near = place.is_none() && excess.abs() <= total * EXCESS;
    let telling = telling || breakdown.again || near;
    if overlap || greater && !(slip && (whole || telling)) || breakdown.doubtful && !(slip && telling) {
        return None;
    }
    if excess > Decimal::ZERO {
        let sure = !greater && !breakdown.doubtful && (apart || whole || many && excess <= total * NEAR);
        let likely = excess <= total * EXCESS || parallel && !greater || slip && (telling || whole);
        return if sure { Some(Verdict::Sure) } else { likely.then_some(Verdict::Likely) };
    }
    // Of shares, a few in a hundred are left out as often as not.
    let shares = place.is_none()
        && !whole
        && !case.slice(case.span()).ends_with('即')
        && !case.slice(case.span()).ends_with("看，");
    if unnamed && !rest || shares || place.is_some_and(|place| is_named_by_more(case, place, &names)) {
        return None;
    }
    // Much less than the whole is more likely a choice of its parts; a list that names its rest is none.
    if whole && !breakdown.doubtful && (slip || rest || -excess <= total * EXCESS) {
        return Some(Verdict::Sure);
    }
    let most = if many { total * SHORTFALL } else { total * SHORTFALL * HALF };
    let closed = matches!(list.close, None | Some('。' | '；' | '，'));
    // Of true lists that leave something out, few fall short of the whole by just one of its digits.
    let strong = slip::in_total(*place, excess) && shown > if many { 2 } else { 3 };
    let told = slip && telling && (apart || strong || total + excess >= total * LEAST);
    (closed && (-excess <= most || told || complete)).then_some(Verdict::Likely)
}

/// Whether the name of the total tells of a kind that no part has: 农林牧渔业 without 渔业.
fn is_named_by_more(case: &Case<'_>, place: &Value, names: &[&str]) -> bool {
    const KINDS: &[&str] = &["农林牧渔", "科教文卫", "文教卫生"];
    let words = case.slice(clause_of(case, place));
    let named = KINDS.iter().filter(|kinds| words.contains(**kinds));
    named.flat_map(|kinds| kinds.chars().skip(1)).any(|kind| !names.iter().any(|name| name.contains(kind)))
}

/// Whether what was found says that all parts before it were named: “，合计9所”, “，共9所”.
pub(super) fn is_said(case: &Case<'_>) -> bool {
    let words = case.slice(case.span()).trim_start_matches('，');
    let counted = words.strip_prefix("总共").or(words.strip_prefix("共"));
    // “9个镇、4个乡，共187个村” adds up nothing.
    let after = case.document.text()[case.span().end..].chars().next();
    ["合计", "总计", "共计"].iter().any(|word| words.contains(word))
        || after.is_none_or(|c| !is_han(c))
            && counted.is_some_and(|words| words.trim_start().starts_with(|c: char| digit(c).is_some()))
}

/// Whether the words say that the parts are all there is: the last is what is left, they are the two sides of one thing, as
/// many as the kinds spoken of, or all named with the total.
fn is_whole(case: &Case<'_>, breakdown: &Breakdown<'_>, names: &[&str]) -> bool {
    let document = case.document;
    let rest = names.iter().skip(1).any(|name| RESTS.iter().any(|word| name.starts_with(word)));
    let after = breakdown.list.labels[0].start;
    let lead = document.line_at(after).span.start.min(after);
    // “由7人组成，其中……”.
    let lead_words = case.slice(Span::new(lead, after)).trim_end_matches(['其', '中', '，', '：', '为']);
    let composed = lead_words.ends_with("组成") || lead_words.ends_with("构成");
    if composed {
        return true;
    }
    if rest || apart::are_all(names) {
        return true;
    }
    let Some(place) = breakdown.place.filter(|place| place.span.start < breakdown.list.values[0].span.start) else {
        return false;
    };
    // The clauses from the one that names the total to the parts.
    let line = document.line_at(place.span.start).span;
    let text = document.text();
    let head =
        text[line.start..place.span.start].rfind(['，', '；', '。', '：']).map_or(line.start, |at| line.start + at);
    let first = breakdown.list.labels[0].start.max(place.span.end);
    let lead = case.slice(Span::new(head, place.span.start));
    let stated = document.values_in(Span::new(head, first)).iter().any(|value| {
        value.span != place.span
            && value.is_exact()
            && value.low == Decimal::from(names.len())
            && KINDS.contains(&case.slice(value.unit))
    });
    let named = names.iter().all(|name| name.chars().count() > 1 && lead.contains(name))
        && lead.matches(['、', '和']).count() < names.len();
    breakdown.close_by && (stated || named)
}

/// A text without what stands in brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0;
    let mut outside = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = 0,
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// What stands before a value in its clause.
fn clause_of(case: &Case<'_>, place: &Value) -> Span {
    let line = case.document.line_at(place.span.start).span;
    let before = &case.document.text()[line.start..place.span.start];
    let start = before.rfind(['，', '；', '。', '、', '：']).unwrap_or_default();
    Span::new(line.start + start, place.span.start)
}

/// Whether a value is so much a head, or a share.
fn is_average(case: &Case<'_>, place: &Value) -> bool {
    let clause = case.slice(clause_of(case, place));
    ["人均", "户均", "亩均", "日均", "平均", "每", "率", "最高", "最低"].iter().any(|word| clause.contains(word))
}

/// Whether the words around the parts, in brackets or right after them, say that some are counted under two.
fn is_said_to_overlap(case: &Case<'_>, total: &Value, list: &Enumeration<'_>) -> bool {
    let start = total.span.start.min(list.values[0].span.start);
    let line = case.document.line_at(start).span;
    let after = &case.document.text()[list.end..line.end.max(list.end)];
    let end = after.char_indices().nth(30).map_or(after.len(), |(index, _)| index);
    let around = case.slice(Span::new(start, list.end + end)).replace("不重复", "");
    // “，同时新增……” only goes on.
    let mut clauses = around.split(['，', '；', '。', '（', '）', '、']);
    SAID_TO_OVERLAP.iter().any(|word| around.contains(word))
        || clauses.any(|clause| clause.contains("同时") && !clause.starts_with("同时"))
}
