//! `sum`: parts against their total.

mod apart;
mod table;

use super::{Case, Find, Hit};
use crate::document::Document;
use crate::document::enumeration::{Entry, Enumeration, entries, enumeration, same_unit, stretch};
use crate::document::part::PartKind;
use crate::document::value::Value;
use crate::form::Exact;
use crate::source::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A total and its parts. What `find` matches stands between them, such as 其中 or 共.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Sum {
    /// 总数所在的槽位；不写则取匹配处之前最近的同单位数值。
    pub total: Option<String>,
    /// 分项所在的槽位；不写则取匹配处之后（写了 total 时为之前）的并列数值。
    pub parts: Option<String>,
    /// 总数固定为多少，如各构成百分比之和为100。
    pub is: Option<Exact>,
    /// 就表格而言：“合计”行各列应等于其上各行之和。
    pub columns: bool,
    /// 分项是否列全：all 全部；some（默认）可只列部分，超过才报；likely 看来列全，略少于总数即报。
    pub cover: Cover,
    /// 就 cover 为 some 而言：true 只报分项名称互不交叉的（男女、城乡、各级、各年等）或略有出入的，false 只报其余的；不写则都报。
    pub apart: Option<bool>,
}

/// How much of the total the parts are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Cover {
    /// All of it: any difference is wrong.
    All,
    /// Perhaps not all: wrong when they exceed it and are of one kind.
    #[default]
    Some,
    /// Probably all: wrong when they fall a little short of it. What exceeds it is for `some` to report.
    Likely,
}

/// Words that make an enumeration incomplete.
const INCOMPLETE: &[&str] = &["主要", "部分", "重点", "包括但不限于", "等", "优先", "首批", "不少于", "分别新增"];

/// Words of attributes that one thing can have several of; parts of which some are named so, and others not, may overlap.
const OVERLAPPING: &[&str] = &[
    "党员", "团员", "女", "职称", "开工", "竣工", "完工", "投用", "投入使用", "建成", "启用", "启动", "完成", "通过", "获", "荣",
    "评为", "入选", "培训", "参加", "签约", "落地", "投产", "在建", "达", "实现", "纳入", "收入", "受理", "办结", "整改", "立案",
    "移送", "惠及", "覆盖", "含", "涉", "累计", "开展", "合格", "优秀", "学历", "学位", "享", "民营", "高新", "规上", "规模以上",
    "专精特新", "上市", "国有", "低保", "脱贫", "残疾", "留守", "退役", "少数民族", "老年", "少儿", "配备", "发现",
];

/// Words that make parts overlap, or no parts at all, even where all are named so.
const NEVER_PARTS: &[&str] = &["以上", "以下", "岁", "人均", "平均", "每", "率", "比", "收入"];

/// Words at the start of a clause that goes on about the total, or about the part before it, instead of naming another part.
const ANOTHER_MATTER: &[&str] = &[
    "发现", "查出", "排查", "已", "现已", "均", "都", "配备", "配有", "设有", "建有", "整改", "涉及", "累计", "惠及", "解决", "完成", "办结",
    "查处", "立案", "关闭", "带动", "吸纳", "覆盖", "占", "比", "较", "同比", "新增", "下降", "增长", "达", "实现", "共", "有", "其余",
];

/// Words, near the parts, that say that some are counted twice.
const SAID_TO_OVERLAP: &[&str] = &["重复", "交叉", "重叠", "双重", "兼有", "兼具", "既"];

/// What names end in that tell what a thing does or has, and of which it can do or have several.
const OPEN_ENDINGS: &[char] = &['的', '者', '户', '人', '员', '业', '生'];

/// Up to this share of the total, an excess is an error of arithmetic whatever the parts are called.
const EXCESS: Decimal = Decimal::from_parts(15, 0, 0, false, 2);
/// Up to this share of the total, a shortfall of three parts or more is one too; of two parts, half of it. What is left out
/// of true lists is seldom so little: 农业、林业、牧业、渔业 without 服务业 lack 4%.
const SHORTFALL: Decimal = Decimal::from_parts(2, 0, 0, false, 2);
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
/// Up to this share of the total, three parts or more that exceed it were meant to make it up.
const NEAR: Decimal = Decimal::from_parts(3, 0, 0, false, 2);

impl Find for Sum {
    const HOLES: &'static [&'static str] = &["working", "total", "sum", "parts"];

    fn slots(&self) -> Vec<&str> {
        self.total.iter().chain(&self.parts).map(String::as_str).collect()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        if self.columns {
            return table::find(case, hits);
        }
        if self.total.is_none() && self.is.is_none() && self.cover == Cover::Some && self.apart != Some(false) {
            by_name(case, hits);
        }
        let Some(list) = self.parts(case) else { return };
        let first = list.values[0];
        if list.unclear || list.values.len() < 2 || !list.values.iter().all(|value| value.is_exact()) {
            return;
        }
        let (total, place) = match self.is {
            Some(whole) => (whole.0, None),
            None => {
                let Some(total) = self.total(case, first) else { return };
                if !total.is_exact() || list.values.iter().any(|value| value.span.overlaps(total.span)) {
                    return;
                }
                (total.low, Some(total))
            }
        };
        // A part that is greater than the whole is none: 人均收入5万元，其中城镇6万元.
        if list.values.iter().any(|value| value.low > total) {
            return;
        }
        let sum: Decimal = list.values.iter().map(|value| value.low).sum();
        let rounding: Decimal = list.values.iter().copied().chain(place).map(rounding).sum();
        let excess = sum - total;
        let twice = place.is_some_and(|place| is_said_to_overlap(case, place, &list));
        if excess.abs() > rounding && !twice && self.is_wrong(case, &list, excess, total) {
            hits.push(total_hit(case, &list.values, place, total, sum));
        }
    }
}

impl Sum {
    fn is_wrong(&self, case: &Case<'_>, list: &Enumeration<'_>, excess: Decimal, total: Decimal) -> bool {
        let says = |word: &str| list.labels.iter().filter(|&&label| case.slice(label).contains(word)).count();
        let any = |words: &[&str]| words.iter().any(|word| says(word) > 0);
        let names = names(case, list);
        // 男教师 and 女教师 are apart; 女教师 and 党员教师 are not.
        let apart = apart::are_apart(&names);
        let some = |word: &str| (1..list.labels.len()).contains(&says(word));
        let open = ["的", "患者"].iter().any(|ending| names.iter().all(|name| name.ends_with(ending)));
        let overlap = any(NEVER_PARTS) || !apart && (open || OVERLAPPING.iter().any(|word| some(word)));
        match self.cover {
            Cover::All => !any(&["等"]),
            Cover::Some => {
                let sure = apart || names.len() > 2 && excess <= total * NEAR;
                let likely = sure || excess <= total * EXCESS || is_parallel(&names);
                excess > Decimal::ZERO && !overlap && likely && self.apart.is_none_or(|wanted| wanted == sure)
            }
            Cover::Likely => {
                let most = if list.values.len() > 2 { total * SHORTFALL } else { total * SHORTFALL * HALF };
                let after = &case.document.text()[list.end..];
                let closed = matches!(list.close, None | Some('。' | '；'))
                    || (list.values.len() < 3 && list.close == Some('，'));
                let open = after.starts_with('等') || any(INCOMPLETE) || case.slice(case.span()).contains("主要");
                excess < Decimal::ZERO && -excess <= most && closed && !open && !overlap
            }
        }
    }

    fn parts<'d>(&self, case: &Case<'d>) -> Option<Enumeration<'d>> {
        let document = case.document;
        let anchor = case.span();
        if let Some(slot) = &self.parts {
            let span = case.found?.slot(slot)?;
            return enumeration(document, &entries(document, span)).filter(|list| list.end == span.end);
        }
        let around = stretch(document, anchor);
        if self.total.is_none() {
            let after = Span::new(anchor.end, around.end.max(anchor.end));
            let entries = entries(document, after);
            return enumeration(document, &entries[..parts_end(document, after, &entries)]);
        }
        // The longest enumeration that ends where the match begins.
        let before = entries(document, Span::new(around.start.min(anchor.start), anchor.start));
        let reaches = |list: &Enumeration<'_>| document.text()[list.end..anchor.start].chars().count() <= 1;
        (0..before.len())
            .filter(|&from| from == 0 || before[from].before != before[from].after)
            .find_map(|from| enumeration(document, &before[from..]).filter(|list| reaches(list) && list.values.len() > 1))
    }

    /// The total of parts like `part`.
    fn total<'d>(&self, case: &Case<'d>, part: &Value) -> Option<&'d Value> {
        let document = case.document;
        if let Some(slot) = &self.total {
            let total = case.values(Some(slot)).last()?;
            return same_unit(document, total, part).then_some(total);
        }
        let anchor = case.span();
        let around = stretch(document, anchor);
        // Within brackets that hold the parts alone, the total stands before the bracket.
        let bracket = document.enclosing(PartKind::Bracket, anchor).filter(|bracket| bracket.text.contains(anchor));
        let inside = Span::new(around.start.min(anchor.start), anchor.start);
        let before = match bracket {
            Some(bracket) if document.values_in(inside).is_empty() => {
                let outer = stretch(document, Span::at(bracket.span.start.saturating_sub(1).max(around.start.min(bracket.span.start))));
                let outer_start = outer.start.min(bracket.span.start);
                // The value must end right before the bracket, but for the noun it counts.
                let total = document.values_in(Span::new(outer_start, bracket.span.start)).last()?;
                let noun = &document.text()[total.span.end..bracket.span.start];
                let near = noun.chars().count() <= 8 && !noun.contains(['，', '、', '；', '。', '：']);
                return (near && same_unit(document, total, part)).then_some(total);
            }
            _ => inside,
        };
        let entries = entries(document, before);
        let at = entries.iter().rposition(|entry| entry.quantities.iter().any(|value| same_unit(document, value, part)))?;
        // “A60个、B140个，其中…” has two totals: which of them is meant cannot be told.
        let previous = at.checked_sub(1).filter(|_| entries[at].before == Some('、'));
        let next = Some(at + 1).filter(|&next| entries[at].after == Some('、') && next < entries.len());
        let rivals = [previous, next].into_iter();
        let alike = |index: usize| entries[index].quantities.iter().copied().filter(|value| same_unit(document, value, part));
        let mut own = alike(at);
        let total = own.next();
        (own.next().is_none() && !rivals.flatten().any(|index| alike(index).next().is_some())).then_some(total).flatten()
    }
}

/// How many of the entries after 其中 may be parts: a ； ends them, and a clause that begins with a verb none of them has.
fn parts_end(document: &Document, after: Span, entries: &[Entry<'_>]) -> usize {
    // “其中：小学3所；初中4所。” lists them with ；.
    let listed = document.slice(after).starts_with(['：', ':']);
    let words = |entry: &Entry<'_>| document.slice(entry.span).trim_start();
    let verb = |entry: &Entry<'_>| ANOTHER_MATTER.iter().find(|word| words(entry).starts_with(**word));
    let first = entries.iter().find(|entry| !entry.span.is_empty()).and_then(verb);
    let ends = |entry: &Entry<'_>| match entry.before {
        Some('；') => !listed,
        Some('，') => verb(entry).is_some_and(|word| first != Some(word)),
        _ => false,
    };
    entries.iter().skip(1).position(ends).map_or(entries.len(), |at| at + 1)
}

/// Several totals and their parts by name: 老年食堂60个、助餐点140个，其中2024年老年食堂35个、助餐点80个，2025年老年食堂25个、助餐点65个.
fn by_name(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let document = case.document;
    let anchor = case.span();
    let around = stretch(document, anchor);
    let before = entries(document, Span::new(around.start.min(anchor.start), anchor.start));
    let named = |entry: &Entry<'_>| match entry.quantities.as_slice() {
        [value] if value.is_exact() => document.text()[entry.span.start..value.span.start]
            .char_indices()
            .rev()
            .nth(1)
            .map(|(at, _)| Span::new(entry.span.start + at, value.span.start)),
        _ => None,
    };
    let last = before.iter().rposition(|entry| !entry.span.is_empty()).filter(|&last| before[last].before == Some('、'));
    let Some(last) = last else { return };
    let totals = &before[last - 1..=last];
    let after = entries(document, Span::new(anchor.end, around.end.max(anchor.end)));
    let parts: Vec<&Entry<'_>> = after.iter().take_while(|entry| named(entry).is_some()).collect();
    let names: Vec<&str> = totals.iter().filter_map(|entry| named(entry).map(|name| case.slice(name))).collect();
    let [first, second] = names.as_slice() else { return };
    if first == second || parts.len() < 4 || parts.iter().any(|entry| named(entry).is_none_or(|name| !names.contains(&case.slice(name)))) {
        return;
    }
    for (total, name) in totals.iter().zip(&names) {
        let own = parts.iter().filter(|entry| named(entry).is_some_and(|own| case.slice(own) == *name));
        let values: Vec<&Value> = own.filter_map(|entry| entry.quantities.first().copied()).collect();
        let total = total.quantities[0];
        let sum: Decimal = values.iter().map(|value| value.low).sum();
        let counted = values.iter().chain([&total]).all(|value| same_unit(document, value, total) && rounding(value).is_zero());
        if counted && values.len() > 1 && sum > total.low && sum - total.low <= total.low * EXCESS {
            hits.push(total_hit(case, &values, Some(total), total.low, sum));
        }
    }
}

/// How far a value may be from what it was rounded from. Whole numbers without 万 or 亿 were counted.
fn rounding(value: &Value) -> Decimal {
    if value.step == Decimal::ONE { Decimal::ZERO } else { value.step * HALF }
}

/// The words before each amount.
fn names<'d>(case: &Case<'d>, list: &Enumeration<'d>) -> Vec<&'d str> {
    let pairs = list.labels.iter().zip(&list.values);
    let name = |(label, value): (&Span, &&Value)| case.slice(Span::new(label.start, value.span.start.max(label.start)));
    pairs.map(|pair| name(pair).trim_end_matches(['为', '有', '是', '共'])).collect()
}

/// Whether the names of the parts are alike, as those of the kinds of one thing are: each ends in the same character.
fn is_parallel(names: &[&str]) -> bool {
    let last = names.first().and_then(|name| name.chars().next_back());
    last.is_some_and(|last| !OPEN_ENDINGS.contains(&last)) && names.iter().all(|name| name.chars().next_back() == last)
}

/// Whether the words around the parts, in brackets or right after them, say that some are counted under two.
fn is_said_to_overlap(case: &Case<'_>, total: &Value, list: &Enumeration<'_>) -> bool {
    let start = total.span.start.min(list.values[0].span.start);
    let line = case.document.line_at(start).span;
    let after = &case.document.text()[list.end..line.end.max(list.end)];
    let end = after.char_indices().nth(30).map_or(after.len(), |(index, _)| index);
    let around = case.slice(Span::new(start, list.end + end));
    // “，同时新增……” only goes on.
    let mut clauses = around.split(['，', '；', '。', '（', '）', '、']);
    SAID_TO_OVERLAP.iter().any(|word| around.contains(word))
        || clauses.any(|clause| clause.contains("同时") && !clause.starts_with("同时"))
}

/// 37+35+22+6+2=102, each number as written; percentages and numbers with 万 keep their words.
fn total_hit(case: &Case<'_>, values: &[&Value], place: Option<&Value>, total: Decimal, sum: Decimal) -> Hit {
    let scale = place.or(values.first().copied()).map_or(Decimal::ONE, |value| scale_of(case, value));
    let plain = |number: Decimal| (number / scale).normalize().to_string();
    let numbers: Vec<String> = values.iter().map(|value| plain(value.low)).collect();
    let span = place.map_or_else(|| values[0].span.cover(values[values.len() - 1].span), |total| total.span);
    let joined = numbers.join("+");
    // A message is one line.
    let hole = if joined.len() > 26 { format!("{}项之和{}", values.len(), plain(sum)) } else { format!("{joined}={}", plain(sum)) };
    let mut hit = Hit::at(span)
        .hole("working", hole)
        .hole("total", plain(total))
        .hole("sum", plain(sum))
        .hole("parts", values.len().to_string());
    for value in values {
        hit = hit.related(value.span, "分项");
    }
    hit
}

/// What one written unit of a value is worth: 10000 for 3.3万个.
fn scale_of(case: &Case<'_>, value: &Value) -> Decimal {
    let written = case.slice(value.number);
    match written.chars().next_back() {
        Some('万') => Decimal::from(10_000),
        Some('亿') => Decimal::from(100_000_000),
        _ => Decimal::ONE,
    }
}
