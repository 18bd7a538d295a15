//! 三年行动方案（2023—2025年）: a number of years against the first and the last of them.

use super::one;
use crate::document::value::{Bound, ValueKind};
use crate::kind::{Case, Hit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A number of years and the years themselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// 年数所在的槽位。
    pub count: String,
    /// 起止年份所在的槽位。
    pub years: String,
    /// 是否也可只算周年：任期五年（2021—2026年）。
    #[serde(default)]
    pub full: bool,
}

impl Years {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.count, &self.years]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (count, years) = (one(case, &self.count)?, one(case, &self.years)?);
        let usable = count.is_exact()
            && matches!(case.slice(count.unit), "年" | "个年度" | "年期")
            && years.kind == ValueKind::Year;
        if !usable || years.range.is_none() || years.bound != Bound::Exact || years.high <= years.low {
            return None;
        }
        let full = years.high - years.low;
        let expected = full + Decimal::ONE;
        if count.low == expected || self.full && count.low == full {
            return None;
        }
        Some(
            Hit::at(count.span)
                .hole("expected", format!("{expected}年"))
                .hole("working", case.slice(years.span))
                .related(years.span, "起止年份"),
        )
    }
}
