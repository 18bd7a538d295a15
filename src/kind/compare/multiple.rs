//! 是上年的3倍, 增长2倍, 翻一番: one value as a multiple of another.

use super::{direction, exact, float, in_unit_of, is_yearly, relative, slack, written};
use crate::document::enumeration::same_unit;
use crate::document::value::Value;
use crate::kind::{Case, Hit};
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// Two values and how many times the one is the other.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Multiple {
    /// 原值所在的槽位。
    pub from: String,
    /// 现值所在的槽位。
    pub to: String,
    /// 倍数所在的槽位；翻几番的，为几番或“番”前的文字。
    pub times: String,
}

/// How many times of what doubling makes a value may still be called so: what has doubled has mostly done a little more.
const LITTLE_MORE: f64 = 1.35;

impl Multiple {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.from, &self.to, &self.times]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (from, to) = (exact(case, &self.from)?, exact(case, &self.to)?);
        if !same_unit(case.document, from, to) || from.low.is_zero() {
            return None;
        }
        let place = case.found?.slot(&self.times)?;
        let times = exact(case, &self.times);
        let factor = float(to.low) / float(from.low);
        let loose = factor * relative(from).hypot(relative(to));
        let expected = if let Some(doublings) = doublings(case, times, case.slice(place)) {
            let stated = f64::from(1_u32 << doublings);
            let right = (0.95 * stated - loose..=LITTLE_MORE * stated).contains(&factor);
            (!right).then(|| in_unit_of(case, stated * float(from.low), to, 4))
        } else {
            let times = times.filter(|times| case.slice(times.unit) == "倍" && !is_yearly(case.document, times))?;
            let added = if grows(case, times)? { 1.0 } else { 0.0 };
            let right = (factor - added - float(times.low)).abs() <= slack(times) + loose;
            (!right).then(|| format!("{:.*}倍", times.step.scale().max(1) as usize, factor - added))
        };
        expected.map(|expected| {
            Hit::at(place)
                .hole("expected", expected)
                .hole("working", format!("{}÷{}", written(case, to), written(case, from)))
                .related(from.span, "原值")
                .related(to.span, "现值")
        })
    }
}

/// How often it is said to have doubled: 两番, or the 一 of 一番, which is read as no count.
fn doublings(case: &Case<'_>, times: Option<&Value>, words: &str) -> Option<u32> {
    match times {
        Some(times) => times.low.to_u32().filter(|&count| case.slice(times.unit) == "番" && count < 8),
        None => {
            ["一", "两", "三", "四"].iter().position(|known| *known == words).and_then(|at| u32::try_from(at + 1).ok())
        }
    }
}

/// Whether so many times were added: 增长2倍, against 增长到2倍 and 是…的2倍. None where the words do not say.
fn grows(case: &Case<'_>, times: &Value) -> Option<bool> {
    let before = case.document.text()[..times.span.start].trim_end_matches(['约', '近', '了']);
    if before.ends_with('的') {
        return Some(false);
    }
    direction(case.document, times).filter(|sign| *sign > 0.0).map(|_| !before.ends_with(['到', '至', '为']))
}
