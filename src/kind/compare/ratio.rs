//! 城镇50380元、农村27640元，收入比为1.82∶1: two amounts and their ratio.

use super::{clause_before, exact, float, relative, written};
use crate::document::enumeration::same_unit;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Two amounts and their ratio.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// 前项所在的槽位；两项都不写，则为本段前文城镇居民与农村居民的数值。
    #[serde(default)]
    pub first: Option<String>,
    /// 后项所在的槽位。
    #[serde(default)]
    pub second: Option<String>,
    /// 比所在的槽位。
    pub ratio: String,
}

impl Ratio {
    pub(super) fn slots(&self) -> Vec<&str> {
        self.first.iter().chain(&self.second).chain([&self.ratio]).map(String::as_str).collect()
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let ratio = exact(case, &self.ratio)?;
        let (first, second) = match (&self.first, &self.second) {
            (Some(first), Some(second)) => (exact(case, first)?, exact(case, second)?),
            _ => (income(case, ratio, "城镇")?, income(case, ratio, "农村")?),
        };
        // 4∶3∶3 is no ratio of two.
        let longer = case.document.text()[ratio.span.end..].starts_with(['∶', ':', '：']);
        if longer
            || ratio.kind != ValueKind::Ratio
            || !same_unit(case.document, first, second)
            || ratio.low.is_zero()
            || ratio.high.is_zero()
        {
            return None;
        }
        let (a, b) = (float(first.low), float(second.low));
        let stated = float(ratio.low) / float(ratio.high);
        // Decimals are cut off as often as rounded.
        let slack = float(ratio.step) * if ratio.step < Decimal::ONE { 1.01 } else { 0.51 } / float(ratio.high);
        let close =
            |quotient: f64| (quotient - stated).abs() <= slack + quotient * relative(first).hypot(relative(second));
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

/// The last amount of money before the ratio, in its paragraph, that is said of residents of `place`.
fn income<'d>(case: &Case<'d>, ratio: &Value, place: &str) -> Option<&'d Value> {
    let start = case.document.line_at(ratio.span.start).span.start;
    let before = case.document.values_in(Span::new(start.min(ratio.span.start), ratio.span.start));
    before.iter().rev().find(|value| {
        value.kind == ValueKind::Amount
            && value.is_exact()
            && case.slice(value.unit) == "元"
            && clause_before(case.document, value).contains(place)
    })
}
