//! A rate, what it is multiplied by, and the product: 每人300元，共4649人，共需139.47万元.

use super::{exact, float, in_unit_of, is_replaced, relative, times_apart, written};
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::value::Value;
use crate::form::one_or_many;
use crate::kind::{Case, Hit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Factors and their product.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// 因数所在的槽位，其中一个为“每……”的标准。
    #[serde(deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "cli", schemars(schema_with = "crate::form::one_or_many_schema::<String>"))]
    pub factors: Vec<String>,
    /// 积所在的槽位。
    pub result: String,
}

/// A product this many times what it should be, or more, is more likely another matter.
const FAR: f64 = 12.0;

impl Product {
    pub(super) fn slots(&self) -> Vec<&str> {
        self.factors.iter().chain([&self.result]).map(String::as_str).collect()
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let factors: Vec<&Value> = self.factors.iter().map(|slot| exact(case, slot)).collect::<Option<_>>()?;
        let result = exact(case, &self.result)?;
        // The rate is the factor in the unit of the result; of the others, only a duration may be per something: 每人次1天.
        let rate = factors.iter().position(|factor| same_unit(case.document, factor, result))?;
        if is_replaced(case.document, factors[rate]) {
            return None;
        }
        let per = divisors(case.document, factors[rate]);
        let others = factors.iter().enumerate().filter(|(index, _)| *index != rate).map(|(_, value)| *value);
        let plain = |value: &Value| {
            matches!(case.slice(value.unit), "天" | "日" | "月" | "个月" | "次")
                || divisors(case.document, value).is_empty()
        };
        if per.is_empty() || !others.clone().all(plain) {
            return None;
        }
        // Each “每X” must be met by a factor that counts X, or stand before the result as well.
        let mut counts: Vec<&Value> = others.collect();
        for divisor in &per {
            let counted = counts.iter().position(|value| fits(divisor, case.slice(value.unit)));
            match counted {
                Some(index) => drop(counts.remove(index)),
                None if is_said_again(case.document, result, divisor) => {}
                None => return None,
            }
        }
        if !counts.is_empty() {
            return None;
        }
        let product: Decimal =
            factors.iter().try_fold(Decimal::ONE, |product, factor| product.checked_mul(factor.low))?;
        let (expected, stated) = (float(product), float(result.low));
        let loose = factors.iter().map(|factor| relative(factor)).fold(0.0, f64::hypot) * expected;
        let half = if result.step == Decimal::ONE { 0.0 } else { float(result.step) / 2.0 };
        let off = (expected - stated).abs();
        // 每村至少3名 is met by more, 每人不超过3件 by fewer.
        let within = match bounded(case.document, factors[rate]) {
            Some(Bounded::Least) => stated > expected,
            Some(Bounded::Most) => stated < expected,
            None => false,
        };
        if off <= loose + half * 1.001 || times_apart(expected, stated) > FAR || within {
            return None;
        }
        let working: Vec<String> = factors.iter().map(|factor| written(case, factor)).collect();
        let mut hit = Hit::at(result.span)
            .hole("expected", in_unit_of(case, expected, result, 4))
            .hole("working", working.join("×"));
        for factor in factors {
            hit = hit.related(factor.span, "因数");
        }
        Some(hit)
    }
}

/// That a rate is no more than a limit.
pub(super) enum Bounded {
    Least,
    Most,
}

/// What the words between 每 and the rate, or right after it, make of it.
pub(super) fn bounded(document: &Document, rate: &Value) -> Option<Bounded> {
    let text = document.text();
    let start = text[..rate.span.start].rfind(['，', '。', '；', '：', '\n', ',']).unwrap_or(0);
    let (before, after) = (&text[start..rate.span.start], &text[rate.span.end..]);
    let says = |before_it: &[&str], after_it: &[&str]| {
        before_it.iter().any(|word| before.contains(word)) || after_it.iter().any(|word| after.starts_with(word))
    };
    // A price limit is what the total is reckoned with.
    if before.contains("限价") {
        None
    } else if says(&["至少", "不少于", "不低于", "不得少于", "不得低于", "最少", "最低"], &["以上", "及以上", "起"])
    {
        Some(Bounded::Least)
    } else if says(&["不超过", "不得超过", "不高于", "不多于", "至多", "最多", "最高"], &["以内", "以下", "及以下"])
    {
        Some(Bounded::Most)
    } else {
        None
    }
}

/// What a rate is per: 每名督导员每月补贴600元 is per 名 and per 月. Read back to the last ，; empty for what is no rate.
fn divisors<'d>(document: &'d Document, value: &Value) -> Vec<&'d str> {
    let text = &document.text()[..value.span.start];
    let start = text.rfind(['，', '。', '；', '：', '、', '\n', ',']).unwrap_or(0);
    let clause = &text[start..];
    let mut found = Vec::new();
    for (at, word) in clause.match_indices('每') {
        let rest = &clause[at + word.len()..];
        let end = rest.char_indices().nth(2).map_or(rest.len(), |(index, _)| index);
        found.push(&rest[..end]);
    }
    // A price is per whatever is counted.
    if found.is_empty() && clause.contains("单价") {
        found.push("");
    }
    found
}

/// Whether `unit` counts what follows 每.
pub(super) fn fits(divisor: &str, unit: &str) -> bool {
    const PEOPLE: [&str; 5] = ["人", "名", "位", "人次", "个人"];
    const DAYS: [&str; 3] = ["天", "日", "个工作日"];
    const MONTHS: [&str; 2] = ["月", "个月"];
    let class = |words: &[&str]| words.contains(&unit) && words.iter().any(|word| divisor.starts_with(word));
    // 每生, 每教师: people by another name.
    let person = divisor.starts_with(['生', '师']) && PEOPLE.contains(&unit);
    divisor.is_empty() || divisor.starts_with(unit) || class(&PEOPLE) || class(&DAYS) || class(&MONTHS) || person
}

/// Whether the words before the result say the same 每 again: 每月共需25.8万元.
fn is_said_again(document: &Document, result: &Value, divisor: &str) -> bool {
    let text = &document.text()[..result.span.start];
    let start = text.rfind(['，', '。', '；', '：', '\n']).unwrap_or(0);
    let first = divisor.chars().next().map(|c| format!("每{c}"));
    first.is_some_and(|word| text[start..].contains(&word))
}
