//! 城镇50380元、农村27640元，收入比为1.82∶1: two amounts and their ratio.

use super::{exact, float, relative, written};
use crate::document::enumeration::same_unit;
use crate::document::value::ValueKind;
use crate::kind::{Case, Hit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Two amounts and their ratio.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// 前项所在的槽位。
    pub first: String,
    /// 后项所在的槽位。
    pub second: String,
    /// 比所在的槽位。
    pub ratio: String,
}

impl Ratio {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.first, &self.second, &self.ratio]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (first, second, ratio) = (exact(case, &self.first)?, exact(case, &self.second)?, exact(case, &self.ratio)?);
        if ratio.kind != ValueKind::Ratio || !same_unit(case.document, first, second) || ratio.low.is_zero() || ratio.high.is_zero() {
            return None;
        }
        let (a, b) = (float(first.low), float(second.low));
        let stated = float(ratio.low) / float(ratio.high);
        // Decimals are cut off as often as rounded.
        let slack = float(ratio.step) * if ratio.step < Decimal::ONE { 1.01 } else { 0.51 } / float(ratio.high);
        let close = |quotient: f64| (quotient - stated).abs() <= slack + quotient * relative(first).hypot(relative(second));
        if a <= 0.0 || b <= 0.0 || close(a / b) || close(b / a) {
            return None;
        }
        let decimals = ratio.step.scale() as usize;
        let expected = if a >= b { format!("{:.decimals$}∶1", a / b) } else { format!("1∶{:.decimals$}", b / a) };
        Some(
            Hit::at(ratio.span)
                .hole("expected", expected)
                .hole("working", format!("{}÷{}", written(case, first), written(case, second)))
                .related(first.span, "前项")
                .related(second.span, "后项"),
        )
    }
}
