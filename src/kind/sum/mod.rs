//! `sum`: parts against their total.

mod apart;
mod bands;
mod below;
mod reading;
pub(super) mod slip;
mod table;
mod total;
mod whole;

use super::{Case, Find, Hit};
use crate::document::enumeration::{Entry, Enumeration, entries, enumeration, same_unit, stretch};
use crate::document::value::Value;
use crate::form::Exact;
use crate::source::Span;
use reading::Breakdown;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use whole::Verdict;

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
    /// 各占一个槽位的分项。
    pub each: Vec<String>,
    /// 行文表明所列为全部，如“合计”“即”；就各占一个槽位的分项而言，三者不会另有所指。
    pub whole: bool,
    /// 分项中重复计算、应从其和中减去的数所在的槽位。
    pub less: Option<String>,
    /// 就表格而言：“占比”“率”各列应等于相应两列之商。
    pub shares: bool,
    /// 就段落和项目而言：总数在本段，分项在其下的各项或各行。
    pub below: bool,
    /// 就段落而言：总数在槽位 total，分项在其上的各项。
    pub above: bool,
    /// true 只报行文可以确定的（分项互不交叉而超出，或者所列为全部），false 只报有待核实的；不写则都报。
    pub sure: Option<bool>,
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
    /// Probably all: wrong when they fall short of it. What exceeds it is for `some` to report.
    Likely,
}

/// What was rounded may be off by half of what it shows.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

impl Find for Sum {
    const HOLES: &'static [&'static str] = &["working", "total", "sum", "parts"];

    fn slots(&self) -> Vec<&str> {
        self.total.iter().chain(&self.parts).chain(&self.each).chain(&self.less).map(String::as_str).collect()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        if self.columns {
            return table::find(case, hits);
        }
        if self.shares {
            return table::shares(case, hits);
        }
        let forward = self.total.is_none() && self.parts.is_none() && self.each.is_empty();
        if forward && !self.below && self.is.is_none() && self.cover == Cover::Some && self.sure != Some(false) {
            by_name(case, hits);
        }
        let breakdowns = if self.below {
            below::below(case)
        } else if self.above {
            case.values(self.total.as_deref()).last().and_then(|total| below::above(case, total)).into_iter().collect()
        } else if let (Some(whole), true) = (self.is, forward) {
            reading::shares(case, whole.0).into_iter().collect()
        } else if !self.each.is_empty() {
            self.of_slots(case).into_iter().collect()
        } else if forward {
            reading::after(case)
        } else {
            self.before(case).into_iter().collect()
        };
        hits.extend(breakdowns.iter().filter_map(|breakdown| self.judge(case, breakdown)));
    }
}

impl Sum {
    /// The hit on a breakdown that does not add up, when it is for this rule to report.
    fn judge(&self, case: &Case<'_>, breakdown: &Breakdown<'_>) -> Option<Hit> {
        let list = &breakdown.list;
        let parts = list.times.iter().sum::<u32>();
        if list.unclear || parts < 2 || !list.values.iter().all(|value| value.is_exact()) {
            return None;
        }
        let excess = breakdown.excess(case)?;
        let verdict = match self.cover {
            Cover::All => (!names(case, list).iter().any(|name| name.contains('等'))).then_some(Verdict::Sure),
            Cover::Some | Cover::Likely => {
                whole::verdict(case, breakdown, excess, self.whole || self.total.is_some() && whole::is_said(case))
            }
        }?;
        let reported = match self.cover {
            Cover::All => true,
            Cover::Some => excess > Decimal::ZERO,
            Cover::Likely => excess < Decimal::ZERO,
        };
        let wanted = self.sure.is_none_or(|sure| sure == (verdict == Verdict::Sure));
        (reported && wanted).then(|| total_hit(case, list, breakdown.place, breakdown.total, breakdown.total + excess))
    }

    /// The total and the parts that slots name one by one.
    fn of_slots<'d>(&self, case: &Case<'d>) -> Option<Breakdown<'d>> {
        let document = case.document;
        let values: Vec<&Value> = self.each.iter().map(|slot| case.values(Some(slot)).last()).collect::<Option<_>>()?;
        // Who votes has one vote; “3用1备” bears no unit.
        let alike = |value: &Value, place: &Value| {
            same_unit(document, value, place)
                || value.unit.is_empty()
                || place.unit.is_empty()
                || is_head(case, value) && is_head(case, place)
        };
        // Without a total of their own they divide what the sentence before them is about.
        let place = match &self.total {
            Some(slot) => case.values(Some(slot)).first()?,
            None => {
                total::headline(document, stretch(document, case.span()), values[0])
                    .filter(|total| !total.doubtful)?
                    .place
            }
        };
        // Another amount before the total may be the whole of them all.
        let around = stretch(document, case.span());
        let before = document.values_in(Span::new(around.start.min(place.span.start), place.span.start));
        let others = !self.whole && before.iter().any(|value| alike(value, place) && !values.contains(&value));
        let twice = match &self.less {
            Some(slot) => case.values(Some(slot)).last().filter(|value| value.is_exact() && alike(value, place))?.low,
            None => Decimal::ZERO,
        };
        let sum: Decimal = values.iter().map(|value| value.low).sum();
        let total = place.low + twice;
        // A part greater than the whole says that another whole is meant, unless a digit is wrong.
        let pairs: Vec<(&Value, u32)> = values.iter().map(|value| (*value, 1)).collect();
        let greater = values.iter().any(|value| value.low > total);
        let slip = slip::digits(place) > 1 && slip::explains(Some(place), &pairs, sum - total);
        if others
            || greater && !self.whole && !slip
            || !place.is_exact()
            || !values.iter().all(|value| alike(value, place))
        {
            return None;
        }
        let labels = values.iter().map(|value| value.span).collect();
        let times = vec![1; values.len()];
        let end = values.last()?.span.end;
        let list = Enumeration { values, labels, times, end, close: None, unclear: false, mark: None, read: 0 };
        Some(Breakdown::settled(total, Some(place), list))
    }

    /// The total in a slot and the parts before it, or the parts in a slot.
    fn before<'d>(&self, case: &Case<'d>) -> Option<Breakdown<'d>> {
        let document = case.document;
        let anchor = case.span();
        let place = match &self.total {
            Some(slot) => Some(case.values(Some(slot)).last().filter(|total| total.is_exact())?),
            None => None,
        };
        if let Some(slot) = &self.parts {
            let span = case.found?.slot(slot)?;
            let list = enumeration(document, &entries(document, span), None).filter(|list| list.end == span.end)?;
            let total = self.is.map_or_else(|| place.map(|place| place.low), |whole| Some(whole.0))?;
            return Some(Breakdown::settled(total, place, list));
        }
        reading::before(case, place?, anchor)
    }
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
    let last =
        before.iter().rposition(|entry| !entry.span.is_empty()).filter(|&last| before[last].before == Some('、'));
    let Some(last) = last else { return };
    let totals = &before[last - 1..=last];
    let after = entries(document, Span::new(anchor.end, around.end.max(anchor.end)));
    let parts: Vec<&Entry<'_>> = after.iter().take_while(|entry| named(entry).is_some()).collect();
    let names: Vec<&str> = totals.iter().filter_map(|entry| named(entry).map(|name| case.slice(name))).collect();
    let [first, second] = names.as_slice() else { return };
    if first == second
        || parts.len() < 4
        || parts.iter().any(|entry| named(entry).is_none_or(|name| !names.contains(&case.slice(name))))
    {
        return;
    }
    for (total, name) in totals.iter().zip(&names) {
        let own = parts.iter().filter(|entry| named(entry).is_some_and(|own| case.slice(own) == *name));
        let values: Vec<&Value> = own.filter_map(|entry| entry.quantities.first().copied()).collect();
        let total = total.quantities[0];
        let sum: Decimal = values.iter().map(|value| value.low).sum();
        let counted =
            values.iter().chain([&total]).all(|value| same_unit(document, value, total) && rounding(value).is_zero());
        if counted && values.len() > 1 && sum > total.low {
            hits.push(hit_of(case, &values, Some(total), total.low, sum));
        }
    }
}

/// Whether it counts heads: people, their votes, or how often they came.
fn is_head(case: &Case<'_>, value: &Value) -> bool {
    matches!(case.slice(value.unit), "票" | "张" | "人" | "名" | "人次" | "任" | "届")
}

/// How far the sum of some values may be from another of them, all being rounded. Of many, some are rounded up and some down.
fn loose<'v>(values: impl Iterator<Item = &'v Value>) -> Decimal {
    loosest(values.map(rounding))
}

/// How far a sum of numbers may be off that may be off by so much each.
fn loosest(each: impl Iterator<Item = Decimal>) -> Decimal {
    let each: Vec<Decimal> = each.collect();
    let all: Decimal = each.iter().sum();
    // 2 + √n times the greatest.
    let root = (1_u32..).find(|root| (root * root) as usize >= each.len()).unwrap_or(1);
    all.min(each.iter().copied().max().unwrap_or_default() * Decimal::from(2 + root))
}

/// How far the parts may be from a total. Where one part shows as many decimals as it, a part that shows fewer has lost noughts at
/// its end: 16万亩 beside 8.5万亩 of 24.5万亩.
fn loose_of(case: &Case<'_>, parts: &[&Value], total: Option<&Value>) -> Decimal {
    let Some(total) = total else { return loose(parts.iter().copied()) };
    let fine = parts.iter().any(|part| part.step <= total.step && scale_of(case, part) == scale_of(case, total));
    let each = parts.iter().chain([&total]).map(|value| {
        let alike = fine && total.step < value.step && scale_of(case, value) == scale_of(case, total);
        if alike && value.step != Decimal::ONE { total.step * HALF } else { rounding(value) }
    });
    loosest(each)
}

/// How far a value may be from what it was rounded from. Whole numbers without 万 or 亿 were counted.
fn rounding(value: &Value) -> Decimal {
    if value.step == Decimal::ONE { Decimal::ZERO } else { value.step * HALF }
}

/// The words before each amount; where there are none, those after it.
fn names<'d>(case: &Case<'d>, list: &Enumeration<'d>) -> Vec<&'d str> {
    let pairs = list.labels.iter().zip(&list.values);
    let before =
        |(label, value): (&Span, &&Value)| case.slice(Span::new(label.start.min(value.span.start), value.span.start));
    let after = |(label, value): (&Span, &&Value)| case.slice(Span::new(value.span.end.min(label.end), label.end));
    let trim = |name: &'d str| name.trim_matches([' ', '\u{3000}']).trim_end_matches(['为', '有', '是', '共', '各']);
    let named: Vec<&str> = pairs.clone().map(|pair| trim(before(pair))).collect();
    if named.iter().all(|name| name.is_empty()) { pairs.map(|pair| trim(after(pair))).collect() } else { named }
}

/// 37+35+22+6+2=102, each number as written; percentages and numbers with 万 keep their words.
fn total_hit(case: &Case<'_>, list: &Enumeration<'_>, place: Option<&Value>, total: Decimal, sum: Decimal) -> Hit {
    let pairs = list.values.iter().zip(&list.times);
    let all: Vec<&Value> = pairs.flat_map(|(value, &times)| std::iter::repeat_n(*value, times as usize)).collect();
    let mut hit = hit_of(case, &all, place, total, sum);
    hit.related.dedup();
    hit
}

fn hit_of(case: &Case<'_>, values: &[&Value], place: Option<&Value>, total: Decimal, sum: Decimal) -> Hit {
    let scale = place.or(values.first().copied()).map_or(Decimal::ONE, |value| scale_of(case, value));
    let plain = |number: Decimal| (number / scale).normalize().to_string();
    let numbers: Vec<String> = values.iter().map(|value| plain(value.low)).collect();
    let span = place.map_or_else(|| values[0].span.cover(values[values.len() - 1].span), |total| total.span);
    let joined = numbers.join("+");
    // A message is one line.
    let hole = if joined.len() > 26 {
        format!("{}项之和{}", values.len(), plain(sum))
    } else {
        format!("{joined}={}", plain(sum))
    };
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
