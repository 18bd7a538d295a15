//! Two values and what lies between them: 由42个增加到48个，增加6个; of two percentages, 个百分点.

use super::{decimals, direction, exact, float, in_unit_of, is_yearly, relative, shown, slack, written};
use crate::document::enumeration::same_unit;
use crate::document::value::ValueKind;
use crate::kind::{Case, Hit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Two values and their difference.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// 原值所在的槽位。
    pub from: String,
    /// 现值所在的槽位。
    pub to: String,
    /// 增减量所在的槽位；两个百分比之差以个百分点为单位。
    pub by: String,
    /// 是否只看以“%”表示的两个百分比之差。
    #[serde(default)]
    pub points: bool,
}

impl Difference {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.from, &self.to, &self.by]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (from, to, by) = (exact(case, &self.from)?, exact(case, &self.to)?, exact(case, &self.by)?);
        let document = case.document;
        let unit = case.slice(by.unit);
        let percents = from.kind == ValueKind::Percent && to.kind == ValueKind::Percent;
        let points = unit.ends_with("百分点");
        let ranks = from.kind == ValueKind::Ordinal
            && to.kind == ValueKind::Ordinal
            && matches!(unit, "位" | "名" | "个位次" | "位次");
        let amounts = from.kind == ValueKind::Amount && same_unit(document, from, to) && same_unit(document, by, to);
        let stated_as_percent = percents && by.kind == ValueKind::Percent;
        if self.points != stated_as_percent
            || !(percents && (points || stated_as_percent) || ranks || amounts)
            || is_yearly(document, by)
        {
            return None;
        }
        let mut change = to.low - from.low;
        if ranks {
            // The smaller the number, the higher the rank.
            change = -change;
        }
        let sign = direction(document, by);
        let stated = by.low;
        let step = [from, to, by].iter().map(|value| value.step).max()?;
        let allowed = if step == Decimal::ONE { Decimal::ZERO } else { step };
        let off = match sign {
            Some(sign) if sign < 0.0 => (change + stated).abs(),
            Some(_) => (change - stated).abs(),
            None => (change.abs() - stated).abs(),
        };
        if stated_as_percent {
            // What a percentage grew by in percent of itself is seldom meant, yet right.
            let growth = if from.low.is_zero() { f64::NAN } else { 100.0 * float(change) / float(from.low) };
            if (growth.abs() - float(stated)).abs() <= slack(by) + growth.abs() * relative(from) * 2.0 {
                return None;
            }
        } else if off <= allowed {
            return None;
        }
        let expected = if percents {
            format!("{}个百分点", shown(float(change.abs()), if from.step < to.step { from } else { to }))
        } else if ranks {
            format!("{}{unit}", change.abs())
        } else {
            in_unit_of(
                case,
                float(change.abs()),
                by,
                decimals(case, by).max(decimals(case, to)).max(decimals(case, from)),
            )
        };
        let turned = sign.is_some_and(|sign| sign * float(change) < 0.0);
        let verb = match (turned, change.is_sign_negative()) {
            (false, _) => "",
            (true, true) if ranks => "后移",
            (true, true) => "减少",
            (true, false) if ranks => "前移",
            (true, false) => "增加",
        };
        let (greater, smaller) =
            if float(change) < 0.0 && !ranks || ranks && to.low < from.low { (from, to) } else { (to, from) };
        Some(
            Hit::at(by.span)
                .hole("expected", format!("{verb}{expected}"))
                .hole("working", format!("{}-{}", written(case, greater), written(case, smaller)))
                .related(from.span, "原值")
                .related(to.span, "现值"),
        )
    }
}
