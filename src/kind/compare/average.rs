//! 24家……720张，平均每家30张: an average against the total and the count named around it.

use super::product::{divisors, fits};
use super::{clause_before, decimals, float, in_unit_of, is_change, is_rate, one, relative, segment, written};
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::value::{Bound, Value, ValueKind};
use crate::kind::{Case, Hit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An average, or a rate that what it is multiplied by and the product stand around.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Average {
    /// 平均数或标准所在的槽位；总额和数量在同一分句（以句号、分号为界）中找，各只有一个时才判断。
    pub rate: String,
}

/// Words of which the first character stands before 均 and says what the average is per, with the measure words that count it.
const PER: &[(&str, &str)] = &[("人均", "人"), ("户均", "户"), ("亩均", "亩"), ("村均", "个村"), ("校均", "所"), ("班均", "个班"), ("场均", "场"), ("次均", "次")];

/// Words that an average is of another time or place than the amounts around it.
const ELSEWHERE: &[&str] = &["上年", "去年", "同期", "比", "较", "高于", "低于", "全国", "全省"];

impl Average {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.rate]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let document = case.document;
        let rate = one(case, &self.rate)?;
        if rate.range.is_some() || !matches!(rate.bound, Bound::Exact | Bound::About) || rate.kind != ValueKind::Amount || rate.low.is_zero() {
            return None;
        }
        let divisor = divisor(document, rate).filter(|divisor| !divisor.starts_with(['年', '月', '天', '日', '周']))?;
        let clause = clause_before(document, rate);
        if is_change(document, rate) || ELSEWHERE.iter().any(|word| clause.contains(word)) {
            return None;
        }
        let around = segment(document, rate.span);
        let (mut totals, mut counts): (Vec<&Value>, Vec<&Value>) = (Vec::new(), Vec::new());
        for value in document.values_in(around) {
            if value.span == rate.span || is_rate(document, value) || is_change(document, value) || value.range.is_some() {
                continue;
            }
            if counts_it(document, value, divisor) {
                counts.push(value);
            } else if same_unit(document, value, rate) {
                totals.push(value);
            }
        }
        let slack = |total: &Value, count: &Value| {
            let quotient = float(total.low) / float(count.low);
            let rounding = if rate.bound == Bound::About { rate_step(rate) } else { float(rate.step) };
            let counted = rate.step == Decimal::ONE && rate.bound == Bound::Exact && (quotient.fract() == 0.0);
            (quotient, if counted { 0.0 } else { rounding * 1.001 } + quotient * relative(total).hypot(relative(count)))
        };
        for total in &totals {
            for count in &counts {
                if count.low.is_zero() {
                    return None;
                }
                let (quotient, slack) = slack(total, count);
                if (quotient - float(rate.low)).abs() <= slack {
                    return None;
                }
            }
        }
        let ([total], [count]) = (totals.as_slice(), counts.as_slice()) else { return None };
        if !total.is_exact() || !count.is_exact() {
            return None;
        }
        let (quotient, _) = slack(total, count);
        Some(
            Hit::at(rate.span)
                .hole("expected", in_unit_of(case, quotient, rate, decimals(case, rate).max(1)))
                .hole("working", format!("{}÷{}", written(case, total), written(case, count)))
                .related(total.span, "总额")
                .related(count.span, "数量"),
        )
    }
}

/// What the rate is per: the words after 每, or what stands before 均.
fn divisor<'d>(document: &'d Document, rate: &Value) -> Option<&'d str> {
    let clause = clause_before(document, rate);
    let by_word = PER.iter().rev().find(|(word, _)| {
        clause.rfind(word).is_some_and(|at| clause[at + word.len()..].chars().count() <= 2)
    });
    if let Some((_, divisor)) = by_word {
        return Some(divisor);
    }
    match divisors(document, rate).as_slice() {
        [divisor] => Some(divisor),
        _ => None,
    }
}

/// Whether a value counts what the rate is per: 24家 of 每家, 6个薄弱村 of 每个村, 62万常住人口 of 人均.
fn counts_it(document: &Document, value: &Value, divisor: &str) -> bool {
    let after: String = document.text()[value.span.end..].chars().take(6).take_while(|c| !matches!(c, '，' | '。' | '；' | '、')).collect();
    let unit = document.slice(value.unit);
    match value.kind {
        ValueKind::Amount => {
            let generic = unit == "个" && divisor.starts_with('个');
            let noun: String = divisor.chars().skip(1).collect();
            (fits(divisor, unit) && (!generic || noun.is_empty() || after.contains(&noun)))
                || (!generic && divisor.chars().count() >= 1 && unit != divisor && after.contains(divisor) && !same_prefix(divisor))
        }
        ValueKind::Number => divisor.starts_with('人') && after.contains('人'),
        _ => false,
    }
}

/// Measure words that say too little to be sought among the words after a number.
fn same_prefix(divisor: &str) -> bool {
    divisor.starts_with(['个', '人', '名', '天', '月', '年', '次', '位'])
}

/// How far an average said to be about a number may be off: one in its last digit that is no zero.
fn rate_step(rate: &Value) -> f64 {
    let mut step = rate.step;
    while !rate.low.is_zero() && (rate.low / (step * Decimal::TEN)).fract().is_zero() {
        step *= Decimal::TEN;
    }
    float(step)
}
