//! A rate or an average against the total and the counts named around it: 24家……720张，平均每家30张; 每人300元，共4649人，
//! 共需139.47万元.

use super::convert::measure;
use super::product::{Bounded, bounded, fits};
use super::{clause_before, decimals, float, in_unit_of, is_change, is_rate, is_replaced, one, relative, segment, times_apart, written};
use crate::document::Document;
use crate::document::value::{Bound, Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An average, or a rate that what it is multiplied by and the product stand around.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Average {
    /// 平均数或标准所在的槽位；总额和数量在同一分句（以句号、分号为界）中找，找不准的不判断。
    pub rate: String,
}

/// Words that say what an average is per, with the measure word or name that counts it.
const PER: &[(&str, &str)] = &[
    ("人次均", "人次"),
    ("人均", "人"),
    ("户均", "户"),
    ("亩均", "亩"),
    ("亩产", "亩"),
    ("村均", "个村"),
    ("校均", "所"),
    ("班均", "个班"),
    ("场均", "场"),
    ("次均", "次"),
];

/// Words that an average is of another time or place than the amounts around it.
const ELSEWHERE: &[&str] = &["上年", "去年", "同期", "比", "较", "高于", "低于", "全国", "全省", "另"];
/// Words before an amount that make it the total of what was paid or done.
const TOTAL: &[&str] = &["共", "合计", "总计", "需", "应", "计", "发放", "拨付", "兑现", "安排", "投入", "投资", "总额", "奖励", "容纳"];
/// Units of what a rate may be multiplied by without its saying so.
const TIMES: &[&str] = &["天", "日", "月", "个月", "年", "次", "期", "批", "趟", "学期", "个学期", "轮", "批次"];
/// A product this many times what it should be, or more, is more likely another matter.
const FAR: f64 = 12.0;

/// One thing a rate is multiplied by.
#[derive(Clone, Copy)]
struct Factor<'d> {
    number: f64,
    error: f64,
    value: Option<&'d Value>,
}

impl Average {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.rate]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let document = case.document;
        let rate = one(case, &self.rate)?;
        if rate.range.is_some() || rate.kind != ValueKind::Amount || rate.low <= Decimal::ZERO || is_change(document, rate) {
            return None;
        }
        let clause = clause_before(document, rate);
        // 平均每2个网格3名: the number after 每 is no average.
        if clause.ends_with('每') || is_replaced(document, rate) {
            return None;
        }
        let averaged = clause.contains('均');
        let divisors = divisors(clause);
        if divisors.is_empty() || ELSEWHERE.iter().any(|word| clause.contains(word)) {
            return None;
        }
        let around = segment(document, rate.span);
        let values: Vec<&Value> = document.values_in(around).iter().filter(|value| value.span != rate.span && value.range.is_none()).collect();
        let mut factors: Vec<Vec<Factor<'_>>> = Vec::new();
        for divisor in &divisors {
            let counted: Vec<&Value> = values.iter().copied().filter(|value| counts_it(document, value, divisor) && !is_rate(document, value)).collect();
            let mut options: Vec<Factor<'_>> =
                counted.iter().map(|value| Factor { number: float(value.low), error: relative(value), value: Some(value) }).collect();
            let whole = |number: f64| Factor { number, error: 0.0, value: None };
            let said = case.slice(around);
            match divisor.chars().next() {
                Some('月') if options.is_empty() && ["全年", "一年", "年度", "每年"].iter().any(|word| said.contains(word)) => options.push(whole(12.0)),
                Some('月') if options.is_empty() && said.contains("半年") => options.push(whole(6.0)),
                Some('年') if options.is_empty() => match years(document, around) {
                    Some(years) => options.push(whole(years)),
                    None if divisors.len() > 1 => options.push(whole(1.0)),
                    None => {}
                },
                _ => {}
            }
            factors.push(options);
        }
        let totals: Vec<&Value> = values.iter().copied().filter(|value| in_rate_unit(case, value, rate).is_some() && !is_change(document, value)).collect();
        let mut verdicts = Vec::new();
        for &total in &totals {
            // 每月共需25.8万元 is per month itself.
            let again = self::divisors(clause_before(document, total));
            let mut options: Vec<&[Factor<'_>]> = Vec::new();
            let open = again.iter().filter(|word| !divisors.iter().any(|divisor| divisor.chars().next() == word.chars().next())).count();
            for (divisor, factors) in divisors.iter().zip(&factors) {
                if !again.iter().any(|word| word.chars().next() == divisor.chars().next()) {
                    options.push(factors);
                }
            }
            if open > 0 || (!again.is_empty() && options.len() == divisors.len()) || options.is_empty() {
                continue;
            }
            let stated = in_rate_unit(case, total, rate)?;
            for chosen in products(&options) {
                let verdict = Verdict::new(rate, total, stated, chosen, averaged);
                if verdict.right {
                    return None;
                }
                verdicts.push(verdict);
            }
        }
        // Another rate or a list of rates makes a longer sum.
        let summed = |value: &Value| ["共", "合计", "总"].iter().any(|word| clause_before(document, value).contains(word));
        let other = values.iter().any(|value| is_rate(document, value) && !summed(value) && in_rate_unit(case, value, rate).is_some());
        let next = values.iter().find(|value| value.span.start >= rate.span.end);
        let listed = next.is_some_and(|next| {
            let between = case.slice(Span::new(rate.span.end, next.span.start));
            in_rate_unit(case, next, rate).is_some() && between.contains('、') && !between.contains('，')
        });
        if other || listed {
            return None;
        }
        let explained = |value: &Value| totals.iter().any(|total| total.span == value.span) || factors.iter().flatten().any(|factor| factor.value.is_some_and(|known| known.span == value.span));
        let loose = values.iter().any(|value| value.kind == ValueKind::Amount && TIMES.contains(&case.slice(value.unit)) && !explained(value));
        if loose || verdicts.is_empty() {
            return None;
        }
        self.report(case, rate, averaged, &totals, verdicts)
    }

    /// Of several totals and counts around a rate, those that belong to it: the total said to be one, the nearest before an
    /// average; and of counts only one.
    fn report(&self, case: &Case<'_>, rate: &Value, averaged: bool, totals: &[&Value], verdicts: Vec<Verdict<'_>>) -> Option<Hit> {
        let document = case.document;
        let said = |total: &&&Value| {
            let clause = clause_before(document, total);
            TOTAL.iter().any(|word| clause.contains(word)) && !clause.contains("共有") && !clause.contains('另')
        };
        let total = if averaged {
            let before = totals.iter().rev().find(|total| total.span.end <= rate.span.start);
            let total = before.or(totals.first())?;
            // Of totals listed with 、 the sum is meant.
            let listed = totals.windows(2).any(|pair| pair[1].span == total.span && !case.slice(Span::new(pair[0].span.end, total.span.start)).contains('，'));
            if listed {
                return None;
            }
            total
        } else {
            totals.iter().filter(said).find(|total| total.span.start > rate.span.start).or_else(|| totals.iter().rfind(said))?
        };
        // Of several counts, the one between the rate and the total.
        let inner = Span::new(rate.span.end.min(total.span.end), rate.span.start.max(total.span.start));
        let mut own: Vec<Verdict<'_>> = verdicts.into_iter().filter(|verdict| verdict.total.span == total.span).collect();
        let is_inner = |verdict: &Verdict<'_>| verdict.factors.iter().all(|factor| factor.value.is_none_or(|value| inner.contains(value.span)));
        if own.len() > 1 && own.iter().filter(|verdict| is_inner(verdict)).count() == 1 {
            own.retain(is_inner);
        }
        let mut own = own.into_iter();
        let verdict = own.next()?;
        if own.next().is_some() || (!averaged && times_apart(verdict.product, verdict.stated) > FAR) {
            return None;
        }
        let counts: Vec<&Value> = verdict.factors.iter().filter_map(|factor| factor.value).collect();
        // A percentage between them is a factor too.
        let between = Span::new(rate.span.end.min(total.span.end), rate.span.start.max(total.span.start));
        if !averaged && document.values_in(between).iter().any(|value| value.kind == ValueKind::Percent) {
            return None;
        }
        let usable = |value: &Value| value.is_exact() || value.bound == rate.bound;
        if !usable(total) || !counts.iter().all(|count| count.is_exact()) || verdict.is_within(document, rate) {
            return None;
        }
        let constants = verdict.factors.iter().filter(|factor| factor.value.is_none() && factor.number > 1.0).map(|factor| factor.number.to_string());
        let scale = verdict.stated / float(total.low);
        let (place, expected, working) = if total.span.start > rate.span.start {
            let mut factors: Vec<&Value> = std::iter::once(rate).chain(counts.iter().copied()).collect();
            factors.sort_by_key(|value| value.span.start);
            let all = factors.into_iter().map(|value| written(case, value)).chain(constants);
            (*total, in_unit_of(case, verdict.product / scale, total, 4), all.collect::<Vec<_>>().join("×"))
        } else {
            let all: Vec<String> = std::iter::once(*total).chain(counts.iter().copied()).map(|value| written(case, value)).chain(constants).collect();
            let quotient = verdict.stated * float(rate.low) / verdict.product;
            (rate, in_unit_of(case, quotient, rate, decimals(case, rate).max(1)), all.join("÷"))
        };
        let mut hit = Hit::at(place.span).hole("expected", expected).hole("working", working).hole("second", case.slice(place.span));
        let mut others: Vec<(&Value, &str)> = std::iter::once(rate).chain(counts).map(|value| (value, "因数")).chain([(*total, "总额")]).collect();
        others.sort_by_key(|(value, _)| value.span.start);
        for (value, label) in others.into_iter().filter(|(value, _)| value.span != place.span) {
            hit = hit.related(value.span, label);
        }
        Some(hit)
    }
}

/// A rate, what it was multiplied by, and the total the product was held against.
struct Verdict<'d> {
    total: &'d Value,
    /// The total in the unit of the rate.
    stated: f64,
    product: f64,
    factors: Vec<Factor<'d>>,
    right: bool,
}

impl<'d> Verdict<'d> {
    fn new(rate: &Value, total: &'d Value, stated: f64, factors: Vec<Factor<'d>>, averaged: bool) -> Verdict<'d> {
        let count: f64 = factors.iter().map(|factor| factor.number).product();
        let product = float(rate.low) * count;
        let quotient = stated / count;
        // An average is rounded; a rate that is set is not.
        let step = if rate.bound == Bound::About { about(rate) } else { float(rate.step) };
        let even = rate.bound == Bound::Exact && rate.step == Decimal::ONE && quotient.fract() == 0.0;
        let own = if averaged && !even || rate.bound == Bound::About { step / float(rate.low) } else { relative(rate) };
        let errors = factors.iter().map(|factor| factor.error).chain([relative(total)]).fold(own, f64::hypot);
        let right = (product - stated).abs() <= product * errors * 1.001;
        Verdict { total, stated, product, factors, right }
    }

    /// Whether it is no wonder, as the rate is the least or the most: 每村至少3名 is met by more.
    fn is_within(&self, document: &Document, rate: &Value) -> bool {
        match bounded(document, rate) {
            Some(Bounded::Least) => self.stated > self.product,
            Some(Bounded::Most) => self.stated < self.product,
            None => false,
        }
    }
}

/// How many years stand written as from one to another.
fn years(document: &Document, around: Span) -> Option<f64> {
    let years = document.values_in(around).iter().find(|value| value.kind == ValueKind::Year && value.range.is_some())?;
    Some(float(years.high - years.low) + 1.0)
}

/// One option of each factor, in every way; no way where a factor has none.
fn products<'d>(options: &[&[Factor<'d>]]) -> Vec<Vec<Factor<'d>>> {
    let mut ways: Vec<Vec<Factor<'d>>> = vec![Vec::new()];
    for factor in options {
        ways = ways.iter().flat_map(|way| factor.iter().map(move |option| way.iter().copied().chain([*option]).collect())).collect();
    }
    ways
}

/// What the words before a rate say it is per: the words after each 每, or what stands before 均.
fn divisors(clause: &str) -> Vec<String> {
    let word = PER.iter().find(|(word, _)| clause.rfind(word).is_some_and(|at| clause[at + word.len()..].chars().count() <= 4));
    let mut found: Vec<String> = word.map(|(_, divisor)| (*divisor).to_owned()).into_iter().collect();
    for (at, word) in clause.match_indices('每') {
        found.push(clause[at + word.len()..].chars().take(2).collect());
    }
    found
}

/// Whether a value counts what the rate is per: 24家 of 每家, 6个薄弱村 of 每个村, 62万常住人口 of 人均, 车位240个 of 每个车位.
fn counts_it(document: &Document, value: &Value, divisor: &str) -> bool {
    let text = document.text();
    let ends = ['，', '。', '；', '、', '（', '\n'];
    let after: String = text[value.span.end..].chars().take(7).take_while(|c| !ends.contains(c)).collect();
    let unit = document.slice(value.unit);
    let noun: String = divisor.chars().skip_while(|c| *c == '个').collect();
    match value.kind {
        ValueKind::Amount if unit == "个" => {
            let before: String = clause_before(document, value).chars().rev().take(8).collect();
            let named = |words: &str| noun.chars().all(|c| words.contains(c));
            !noun.is_empty() && (named(&after) || divisor.starts_with('个') && named(&before)) && !noun.starts_with(['月', '年', '天'])
        }
        ValueKind::Amount => fits(divisor, unit) || (after.contains(&noun) && !is_measure_word(&noun)),
        ValueKind::Number => divisor.starts_with(['人', '生', '名']) && after.contains(['人', '生']),
        _ => false,
    }
}

/// Whether words say too little to be sought after a number.
fn is_measure_word(noun: &str) -> bool {
    noun.is_empty() || noun.starts_with(['人', '名', '天', '日', '月', '年', '次', '位', '元', '户', '家', '所'])
}

/// A total in the unit of a rate: 13.2万吨 is so many 公斤.
fn in_rate_unit(case: &Case<'_>, total: &Value, rate: &Value) -> Option<f64> {
    if total.kind != ValueKind::Amount {
        return None;
    }
    let people = |unit: &str| matches!(unit, "人" | "名" | "位");
    let (unit, own) = (case.slice(total.unit), case.slice(rate.unit));
    if unit == own || people(unit) && people(own) {
        return Some(float(total.low));
    }
    let (a, b) = (measure(unit)?, measure(own)?);
    (a.0 == b.0 && a.1 == b.1).then(|| float(total.low) * a.2 / b.2)
}

/// How far what is said to be about a number may be off: one in its last digit that is no zero.
pub(super) fn about(value: &Value) -> f64 {
    let mut step = value.step;
    while (value.low / (step * Decimal::TEN)).fract().is_zero() {
        step *= Decimal::TEN;
    }
    float(step)
}
