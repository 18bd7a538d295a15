//! Two values and the percentage of growth between them.

use super::average::about;
use super::{direction, exact, float, is_change, is_yearly, one, relative, shown, slack, written};
use crate::document::enumeration::same_unit;
use crate::document::value::{Bound, ValueKind};
use crate::kind::{Case, Hit};
use serde::{Deserialize, Serialize};

/// Two values and the percentage of growth between them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// 基数所在的槽位；不写则由现值和增减量得出。
    #[serde(default)]
    pub from: Option<String>,
    /// 增减量所在的槽位。
    #[serde(default)]
    pub by: Option<String>,
    /// 现值所在的槽位。
    pub to: String,
    /// 增长或下降的百分比所在的槽位。
    pub percent: String,
}

impl Growth {
    pub(super) fn slots(&self) -> Vec<&str> {
        let base = self.from.iter().chain(&self.by).map(String::as_str);
        [self.to.as_str(), &self.percent].into_iter().chain(base).collect()
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (to, percent) = (one(case, &self.to)?, exact(case, &self.percent)?);
        if to.range.is_some() || !matches!(to.bound, Bound::Exact | Bound::About) {
            return None;
        }
        let base = exact(case, self.from.as_ref().or(self.by.as_ref())?)?;
        let sign = direction(case.document, percent)?;
        if !same_unit(case.document, base, to) || to.kind != ValueKind::Amount || percent.kind != ValueKind::Percent {
            return None;
        }
        // 比上年增加2.3亿元，增长5.2% is told by what it grew by.
        if self.from.is_some() && is_change(case.document, base) {
            return None;
        }
        let b = float(to.low);
        let (a, working) = if self.from.is_some() {
            (float(base.low), format!("({}-{})÷{}", written(case, to), written(case, base), written(case, base)))
        } else {
            // The change and the percentage must be said to go one way.
            let change = direction(case.document, base).filter(|change| *change == sign)? * float(base.low);
            let mark = if change < 0.0 { "+" } else { "-" };
            (b - change, format!("{}÷({}{mark}{})", written(case, base), written(case, to), written(case, base)))
        };
        if a <= 0.0 {
            return None;
        }
        let stated = sign * float(percent.low);
        let growth = 100.0 * (b - a) / a;
        let error = if self.from.is_some() { b / a * relative(base).hypot(relative(to)) } else { growth.abs() / 100.0 * relative(base) + relative(to) * (b / a - 1.0).abs() };
        let vague = if to.bound == Bound::About { 200.0 * about(to) / a } else { 0.0 };
        let slack = slack(percent) + 100.0 * error + vague;
        let off = (growth - stated).abs();
        if off <= slack || is_yearly(case.document, percent) {
            return None;
        }
        let direction = if growth < 0.0 { "下降" } else { "增长" };
        Some(
            Hit::at(percent.span)
                .hole("expected", format!("{direction}{}%", shown(growth.abs(), percent)))
                .hole("working", working)
                .related(base.span, if self.from.is_some() { "基数" } else { "增减量" })
                .related(to.span, "现值"),
        )
    }
}

