//! Two values and the percentage of growth between them.

use super::average::about;
use super::{direction, exact, float, is_change, is_yearly, one, relative, shown, slack, written};
use crate::document::enumeration::same_unit;
use crate::document::value::{Bound, Value, ValueKind};
use crate::kind::{Case, Hit};
use serde::{Deserialize, Serialize};

/// Two of a first value, a last value and the change, and the percentage of growth between them.
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
    /// 现值所在的槽位；不写则为增减量除以基数。
    #[serde(default)]
    pub to: Option<String>,
    /// 增长或下降的百分比所在的槽位。
    pub percent: String,
}

/// What growth is reckoned from: its size in percent, how far that may be off, and how it was reckoned.
struct Reckoned<'d> {
    growth: f64,
    error: f64,
    working: String,
    from: Option<&'d Value>,
    others: [(&'d Value, &'static str); 2],
}

impl Growth {
    pub(super) fn slots(&self) -> Vec<&str> {
        let base = self.from.iter().chain(&self.by).chain(&self.to).map(String::as_str);
        std::iter::once(self.percent.as_str()).chain(base).collect()
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let percent = exact(case, &self.percent)?;
        let sign = direction(case.document, percent)?;
        let reckoned = match (&self.from, &self.by, &self.to) {
            (Some(from), None, Some(to)) => between(case, exact(case, from)?, one(case, to)?),
            (None, Some(by), Some(to)) => before(case, exact(case, by)?, one(case, to)?, sign),
            (Some(from), Some(by), None) => of_change(case, exact(case, from)?, exact(case, by)?, sign),
            _ => None,
        }?;
        let alike = reckoned.others.iter().all(|(value, _)| value.kind == ValueKind::Amount)
            && same_unit(case.document, reckoned.others[0].0, reckoned.others[1].0);
        // 比上年增加2.3亿元，增长5.2% is told by what it grew by.
        let changed = reckoned.from.is_some_and(|from| is_change(case.document, from));
        if !alike || percent.kind != ValueKind::Percent || changed {
            return None;
        }
        let off = (reckoned.growth - sign * float(percent.low)).abs();
        if off <= slack(percent) + reckoned.error || is_yearly(case.document, percent) {
            return None;
        }
        let direction = if reckoned.growth < 0.0 { "下降" } else { "增长" };
        let hit = Hit::at(percent.span)
            .hole("expected", format!("{direction}{}%", shown(reckoned.growth.abs(), percent)))
            .hole("working", reckoned.working);
        Some(reckoned.others.into_iter().fold(hit, |hit, (value, label)| hit.related(value.span, label)))
    }
}

/// From one value to another.
fn between<'d>(case: &Case<'d>, from: &'d Value, to: &'d Value) -> Option<Reckoned<'d>> {
    let (a, b) = (float(from.low), float(to.low));
    let vague = vague(to)? * 200.0 / a;
    (a > 0.0).then(|| Reckoned {
        growth: 100.0 * (b - a) / a,
        error: 100.0 * b / a * relative(from).hypot(relative(to)) + vague,
        working: format!("({}-{})÷{}", written(case, to), written(case, from), written(case, from)),
        from: Some(from),
        others: [(from, "基数"), (to, "现值")],
    })
}

/// To a value by a change; the change and the percentage must be said to go one way.
fn before<'d>(case: &Case<'d>, by: &'d Value, to: &'d Value, sign: f64) -> Option<Reckoned<'d>> {
    let change = direction(case.document, by).filter(|change| *change == sign)? * float(by.low);
    let b = float(to.low);
    let a = b - change;
    let growth = 100.0 * change / a;
    let mark = if change < 0.0 { "+" } else { "-" };
    let vague = vague(to)? * 200.0 / a;
    (a > 0.0).then(|| Reckoned {
        growth,
        error: growth.abs() * relative(by) + 100.0 * relative(to) * (b / a - 1.0).abs() + vague,
        working: format!("{}÷({}{mark}{})", written(case, by), written(case, to), written(case, by)),
        from: None,
        others: [(by, "增减量"), (to, "现值")],
    })
}

/// From a value by a change.
fn of_change<'d>(case: &Case<'d>, from: &'d Value, by: &'d Value, sign: f64) -> Option<Reckoned<'d>> {
    let change = direction(case.document, by).filter(|change| *change == sign)? * float(by.low);
    let a = float(from.low);
    let growth = 100.0 * change / a;
    (a > 0.0).then(|| Reckoned {
        growth,
        error: growth.abs() * relative(by).hypot(relative(from)),
        working: format!("{}÷{}", written(case, by), written(case, from)),
        from: Some(from),
        others: [(from, "基数"), (by, "增减量")],
    })
}

/// How far the last value may be off for being said to be about so much; none where it is a bound.
fn vague(to: &Value) -> Option<f64> {
    match (to.range, to.bound) {
        (None, Bound::Exact) => Some(0.0),
        (None, Bound::About) => Some(about(to)),
        _ => None,
    }
}
