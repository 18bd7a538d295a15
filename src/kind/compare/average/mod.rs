//! A rate or an average against the total and the counts named around it: 24家……720张，平均每家30张; 每人300元，共4649人，
//! 共需139.47万元.

mod near;
mod per;
mod several;
mod verdict;

use super::convert::measure;
use super::{clause_before, decimals, float, in_unit_of, is_change, is_rate, is_replaced, one, segment, written};
use crate::document::Document;
use crate::document::enumeration::common_unit;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use per::Divisor;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
pub(super) use verdict::about;
use verdict::{Factor, Verdict, is_total, options, products};

/// An average, or a rate that what it is multiplied by and the product stand around.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Average {
    /// 平均数或标准所在的槽位；总额和数量在同一分句（以句号、分号为界）中找，找不准的不判断。
    pub rate: String,
    /// 是否只看同一分句中找不准的：总额、数量也在本句和前句中找，须有写错一个数字的迹象，或者句中别无他数。
    #[serde(default)]
    pub near: bool,
}

/// Words that an average is of another time or place than the amounts around it.
const ELSEWHERE: &[&str] = &["上年", "去年", "同期", "比", "较", "高于", "低于", "全国", "全省", "另"];
/// Units of what a rate may be multiplied by without its saying so.
const TIMES: &[&str] = &["天", "日", "月", "个月", "年", "次", "期", "批", "趟", "学期", "个学期", "轮", "批次"];
/// A product this many times what it should be, or more, is more likely another matter.
const FAR: f64 = 12.0;

/// A rate as its clause tells it.
struct Rate<'d> {
    value: &'d Value,
    number: f64,
    clause: &'d str,
    averaged: bool,
    divisors: Vec<Divisor>,
}

/// What came of holding a rate against the amounts around it.
enum Outcome {
    Right,
    Wrong(Hit),
    Unclear,
}

impl Average {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.rate]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let rate = Rate::new(case.document, one(case, &self.rate)?)?;
        match (rate.beside(case).unwrap_or(Outcome::Unclear), self.near) {
            (Outcome::Wrong(hit), false) => Some(hit),
            (Outcome::Unclear, true) => rate.near(case),
            _ => None,
        }
    }
}

impl<'d> Rate<'d> {
    /// A rate of the time and place of the amounts around it.
    fn new(document: &'d Document, value: &'d Value) -> Option<Rate<'d>> {
        Rate::read(document, value).filter(|rate| !ELSEWHERE.iter().any(|word| rate.clause.contains(word)))
    }

    fn read(document: &'d Document, value: &'d Value) -> Option<Rate<'d>> {
        if value.range.is_some()
            || value.kind != ValueKind::Amount
            || value.low <= Decimal::ZERO
            || is_change(document, value)
        {
            return None;
        }
        let clause = clause_before(document, value);
        // 平均每2个网格3名: the number after 每 is no average.
        if clause.ends_with('每') || is_replaced(document, value) {
            return None;
        }
        let start = value.span.start - clause.len();
        let divisors = per::divisors(document, clause, start, document.values_in(Span::new(start, value.span.start)));
        (!divisors.is_empty()).then(|| Rate {
            value,
            number: float(value.low),
            clause,
            averaged: clause.contains('均'),
            divisors,
        })
    }

    /// Holds it against what stands in its segment.
    fn beside(&self, case: &Case<'d>) -> Option<Outcome> {
        let document = case.document;
        let around = segment(document, self.value.span);
        let values = self.others(document, around);
        // Another rate or a list of rates makes a longer sum.
        let summed =
            |value: &Value| ["共", "合计", "总"].iter().any(|word| clause_before(document, value).contains(word));
        let is_other = |value: &Value| is_rate(document, value) && !summed(value) && self.total(case, value).is_some();
        let other = values.iter().any(|value| is_other(value));
        // 一等奖2名，每名3000元；二等奖5名，每名2000元，合计1.6万元: the rates before have no total of their own.
        let sentence = document.enclosing(PartKind::Sentence, self.value.span).map_or(around, |sentence| sentence.span);
        let before = document.values_in(Span::new(sentence.start.min(around.start), around.start));
        let totalled =
            |value: &Value| is_total(document, value) && !is_rate(document, value) && self.total(case, value).is_some();
        let earlier = !self.averaged
            && before.iter().any(is_other)
            && !before.iter().any(totalled)
            && values.iter().any(|value| summed(value));
        let next = values.iter().find(|value| value.span.start >= self.value.span.end);
        let listed = next.is_some_and(|next| {
            let between = case.slice(Span::new(self.value.span.end, next.span.start));
            self.total(case, next).is_some() && between.contains(['、', '和', '及', '与']) && !between.contains('，')
        });
        let several = if other || listed { several::judge(case, self, around) } else { None };
        if several.is_some() {
            return several;
        }
        if earlier {
            return Some(Outcome::Unclear);
        }
        let verdicts = self.verdicts(case, around, &values)?;
        if verdicts.iter().any(|verdict| verdict.right) {
            return Some(Outcome::Right);
        }
        if other || listed {
            return Some(Outcome::Unclear);
        }
        let explained = |value: &Value| {
            self.total(case, value).is_some() && !is_change(document, value)
                || self.divisors.iter().any(|divisor| per::counted(document, value, &divisor.noun).is_some())
        };
        // 三年举办24期: the years are those of the count.
        let with_count = |value: &Value| {
            let next = values.iter().find(|next| next.span.start >= value.span.end && explained(next));
            next.is_some_and(|next| {
                !case.slice(Span::new(value.span.end, next.span.start)).contains(['，', '。', '；', '、', '每'])
            })
        };
        let loose = values.iter().any(|value| {
            value.kind == ValueKind::Amount
                && TIMES.contains(&case.slice(value.unit))
                && !explained(value)
                && !is_rate(document, value)
                && !with_count(value)
        });
        if loose || verdicts.is_empty() {
            return Some(Outcome::Unclear);
        }
        self.report(case, &values, verdicts).map(Outcome::Wrong)
    }

    /// The other values of a stretch.
    fn others(&self, document: &'d Document, around: Span) -> Vec<&'d Value> {
        document
            .values_in(around)
            .iter()
            .filter(|value| value.span != self.value.span && value.range.is_none())
            .collect()
    }

    /// Every total of the values against every product.
    fn verdicts(&self, case: &Case<'d>, around: Span, values: &[&'d Value]) -> Option<Vec<Verdict<'d>>> {
        let document = case.document;
        let alone = self.divisors.len() == 1;
        let factors: Vec<Vec<Factor<'d>>> =
            self.divisors.iter().map(|divisor| options(document, around, values, divisor, alone)).collect();
        let mut verdicts = Vec::new();
        for &total in values.iter().filter(|value| !is_change(document, value)) {
            let Some(stated) = self.total(case, total) else { continue };
            // 每月共需25.8万元 is per month itself.
            let again = self.again(document, total);
            let mut options: Vec<&[Factor<'d>]> = Vec::new();
            // 每年提供岗位720个，平均每家20个: both are of a year.
            let carried = |word: &Divisor| {
                self.averaged && total.span.end <= self.value.span.start && word.noun.starts_with(['年', '月'])
            };
            // What is paid each month comes to a sum each year.
            let monthly = |word: &Divisor| {
                word.noun.starts_with('年') && self.divisors.iter().any(|divisor| divisor.noun.starts_with('月'))
            };
            let known = |word: &Divisor| carried(word) || monthly(word);
            let open = again
                .iter()
                .filter(|word| !self.divisors.iter().any(|divisor| divisor.is_like(word)) && !known(word))
                .count();
            for (divisor, factors) in self.divisors.iter().zip(&factors) {
                if !again.iter().any(|word| word.is_like(divisor)) {
                    options.push(factors);
                }
            }
            let none = !again.is_empty() && options.len() == self.divisors.len() && !again.iter().all(known);
            if open > 0 || none || options.is_empty() {
                continue;
            }
            let apart = |chosen: &Vec<Factor<'d>>| {
                chosen.iter().all(|factor| factor.value.is_none_or(|value| value.span != total.span))
            };
            verdicts.extend(
                products(&options).into_iter().filter(apart).map(|chosen| Verdict::new(self, total, stated, chosen)),
            );
        }
        Some(verdicts)
    }

    /// What a total is said to be per itself, in its clause; what its clause says before the rate is the rate's.
    fn again(&self, document: &'d Document, total: &Value) -> Vec<Divisor> {
        let clause = clause_before(document, total);
        let start = total.span.start - clause.len();
        let from = if start < self.value.span.end && self.value.span.end <= total.span.start {
            self.value.span.end
        } else {
            start
        };
        let values = document.values_in(Span::new(start, total.span.start));
        per::divisors(document, &document.text()[from..total.span.start], from, values)
    }

    /// Of several totals and counts around a rate, those that belong to it: the total said to be one, the nearest before an
    /// average; and of counts only one.
    fn report(&self, case: &Case<'d>, values: &[&'d Value], verdicts: Vec<Verdict<'d>>) -> Option<Hit> {
        let document = case.document;
        let rate = self.value;
        let totals: Vec<&Value> = values
            .iter()
            .copied()
            .filter(|value| self.total(case, value).is_some() && !is_change(document, value))
            .collect();
        let said = |total: &&&Value| is_total(document, total);
        let total = if self.averaged {
            let before = totals.iter().rev().find(|total| total.span.end <= rate.span.start);
            let total = before.or(totals.first())?;
            // Of totals listed with 、 the sum is meant.
            let listed = totals.windows(2).any(|pair| {
                pair[1].span == total.span && !case.slice(Span::new(pair[0].span.end, total.span.start)).contains('，')
            });
            if listed {
                return None;
            }
            total
        } else {
            totals
                .iter()
                .filter(said)
                .find(|total| total.span.start > rate.span.start)
                .or_else(|| totals.iter().rfind(said))?
        };
        // Of several counts, the one between the rate and the total.
        let inner = Span::new(rate.span.end.min(total.span.end), rate.span.start.max(total.span.start));
        let mut own: Vec<Verdict<'_>> =
            verdicts.into_iter().filter(|verdict| verdict.total.span == total.span).collect();
        let is_inner = |verdict: &Verdict<'_>| {
            verdict.factors.iter().all(|factor| factor.value.is_none_or(|value| inner.contains(value.span)))
        };
        if own.len() > 1 && own.iter().filter(|verdict| is_inner(verdict)).count() == 1 {
            own.retain(is_inner);
        }
        let mut own = own.into_iter();
        let verdict = own.next()?;
        if own.next().is_some() {
            return None;
        }
        // A percentage between them is a factor too: 按每个团队300万元、首期兑现40%的标准.
        let between = Span::new(rate.span.end.min(total.span.end), rate.span.start.max(total.span.start));
        let percents: Vec<&Value> =
            document.values_in(between).iter().filter(|value| value.kind == ValueKind::Percent).collect();
        let verdict = match percents.as_slice() {
            _ if self.averaged => verdict,
            [] => Some(verdict).filter(|verdict| verdict.apart() <= FAR)?,
            [percent] if percent.is_exact() => {
                let part = Factor { number: float(percent.low) / 100.0, error: 0.0, value: Some(*percent) };
                let factors = verdict.factors.iter().copied().chain([part]).collect();
                let verdict = Verdict::new(self, verdict.total, verdict.stated, factors);
                let set = case.slice(between).contains("标准") && verdict.apart() <= FAR;
                (!verdict.right && (set || verdict.is_slip(self, 3))).then_some(verdict)?
            }
            _ => return None,
        };
        self.hit(case, &verdict)
    }

    /// What to say of a verdict that is wrong, where all its values are exact.
    fn hit(&self, case: &Case<'d>, verdict: &Verdict<'d>) -> Option<Hit> {
        let (rate, total) = (self.value, verdict.total);
        let counts: Vec<&Value> = verdict.factors.iter().filter_map(|factor| factor.value).collect();
        let usable = |value: &Value| value.is_exact() || value.bound == rate.bound;
        if !usable(total) || !counts.iter().all(|count| count.is_exact()) || verdict.is_within(case.document, rate) {
            return None;
        }
        let groups = self.divisors.iter().map(|divisor| divisor.group).filter(|group| *group > 1.0);
        let constants = verdict
            .factors
            .iter()
            .filter(|factor| factor.value.is_none() && factor.number > 1.0)
            .map(|factor| factor.number.to_string());
        let scale = verdict.stated / float(total.low);
        let (place, expected, working) = if total.span.start > rate.span.start {
            let mut factors: Vec<&Value> = std::iter::once(rate).chain(counts.iter().copied()).collect();
            factors.sort_by_key(|value| value.span.start);
            let all: Vec<String> = factors.into_iter().map(|value| factor(case, value)).chain(constants).collect();
            let working = std::iter::once(all.join("×"))
                .chain(groups.map(|group| group.to_string()))
                .collect::<Vec<_>>()
                .join("÷");
            (total, in_unit_of(case, verdict.product / scale, total, 4), working)
        } else {
            let all: Vec<String> = std::iter::once(total)
                .chain(counts.iter().copied())
                .map(|value| factor(case, value))
                .chain(constants)
                .collect();
            let quotient = verdict.stated * float(rate.low) / verdict.product;
            let working = std::iter::once(all.join("÷"))
                .chain(groups.map(|group| group.to_string()))
                .collect::<Vec<_>>()
                .join("×");
            (rate, in_unit_of(case, quotient, rate, decimals(case, rate).max(1)), working)
        };
        let mut hit = Hit::at(place.span)
            .hole("expected", expected)
            .hole("working", working)
            .hole("second", case.slice(place.span));
        let mut others: Vec<(&Value, &str)> =
            std::iter::once(rate).chain(counts).map(|value| (value, "因数")).chain([(total, "总额")]).collect();
        others.sort_by_key(|(value, _)| value.span.start);
        for (value, label) in others.into_iter().filter(|(value, _)| value.span != place.span) {
            hit = hit.related(value.span, label);
        }
        Some(hit)
    }

    /// A value as a total in the unit of the rate: 13.2万吨 is so many 公斤.
    fn total(&self, case: &Case<'_>, value: &Value) -> Option<f64> {
        if value.kind != ValueKind::Amount {
            return None;
        }
        let (unit, own) = (case.slice(value.unit), case.slice(self.value.unit));
        if common_unit(unit) == common_unit(own) {
            return Some(float(value.low));
        }
        let (a, b) = (measure(unit)?, measure(own)?);
        (a.0 == b.0 && a.1 == b.1).then(|| float(value.low) * a.2 / b.2)
    }
}

/// A factor as written, a percentage with its mark.
fn factor(case: &Case<'_>, value: &Value) -> String {
    if value.kind == ValueKind::Percent { case.slice(value.span).to_owned() } else { written(case, value) }
}
