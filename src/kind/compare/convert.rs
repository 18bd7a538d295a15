//! 1.2万公顷（18万亩）: one measure in two units.

use super::{exact, float, in_unit_of, relative, times_apart, written};
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Two amounts that are one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Convert {
    /// 原计量所在的槽位。
    pub from: String,
    /// 折合后的计量所在的槽位。
    pub to: String,
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Length,
    Area,
    Volume,
    Mass,
    Energy,
    Power,
    Money,
    Time,
}

/// Units with what they measure and how many of the base unit they are.
const UNITS: &[(&str, Measure, f64)] = &[
    ("公里", Measure::Length, 1000.0),
    ("千米", Measure::Length, 1000.0),
    ("km", Measure::Length, 1000.0),
    ("华里", Measure::Length, 500.0),
    ("里", Measure::Length, 500.0),
    ("海里", Measure::Length, 1852.0),
    ("米", Measure::Length, 1.0),
    ("m", Measure::Length, 1.0),
    ("厘米", Measure::Length, 0.01),
    ("cm", Measure::Length, 0.01),
    ("毫米", Measure::Length, 0.001),
    ("mm", Measure::Length, 0.001),
    ("平方公里", Measure::Area, 1e6),
    ("平方千米", Measure::Area, 1e6),
    ("公顷", Measure::Area, 1e4),
    ("亩", Measure::Area, 1e4 / 15.0),
    ("平方米", Measure::Area, 1.0),
    ("平米", Measure::Area, 1.0),
    ("㎡", Measure::Area, 1.0),
    ("m²", Measure::Area, 1.0),
    ("立方米", Measure::Volume, 1.0),
    ("m³", Measure::Volume, 1.0),
    ("升", Measure::Volume, 0.001),
    ("L", Measure::Volume, 0.001),
    ("吨", Measure::Mass, 1000.0),
    ("公斤", Measure::Mass, 1.0),
    ("千克", Measure::Mass, 1.0),
    ("斤", Measure::Mass, 0.5),
    ("克", Measure::Mass, 0.001),
    ("千瓦时", Measure::Energy, 1.0),
    ("度", Measure::Energy, 1.0),
    ("兆瓦", Measure::Power, 1000.0),
    ("千瓦", Measure::Power, 1.0),
    ("元", Measure::Money, 1.0),
    ("小时", Measure::Time, 3600.0),
    ("分钟", Measure::Time, 60.0),
    ("秒", Measure::Time, 1.0),
    ("s", Measure::Time, 1.0),
    ("h", Measure::Time, 3600.0),
];

/// Two amounts that are this many times apart are more likely of two things, where nothing says that they are one.
const FAR: f64 = 12.0;

impl Convert {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.from, &self.to]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (from, to) = (exact(case, &self.from)?, exact(case, &self.to)?);
        if from.kind != ValueKind::Amount || to.kind != ValueKind::Amount {
            return None;
        }
        let (a, b) = (measure(case.slice(from.unit))?, measure(case.slice(to.unit))?);
        let between = &case.document.text()[from.span.end..to.span.start];
        let said = ["折合", "合", "即", "换算"].iter().any(|word| between.contains(word));
        // One amount written twice differs in its scale: 1236.5万元（12365000元）.
        let twice = case.slice(from.unit) == case.slice(to.unit);
        if a.0 != b.0 || a.1 != b.1 || twice && (from.step == to.step || !said && !is_closed(case, to)) {
            return None;
        }
        let expected = float(from.low) * a.2 / b.2;
        let stated = float(to.low);
        let loose = expected * relative(from) + half(to) * 1.02;
        if (expected - stated).abs() <= loose || times_apart(expected, stated) > FAR && !said {
            return None;
        }
        Some(
            Hit::at(to.span)
                .hole("expected", in_unit_of(case, expected, to, super::decimals(case, to).max(2)))
                .hole("working", written(case, from))
                .related(from.span, "原计量"),
        )
    }
}

/// What a unit measures, what it is per, and how many of the base units it is: 立方米/小时 is volume per time.
pub(super) fn measure(word: &str) -> Option<(Measure, Option<Measure>, f64)> {
    let find = |word: &str| UNITS.iter().find(|(name, ..)| *name == word);
    if let Some((unit, per)) = word.split_once('/') {
        let ((_, measure, factor), (_, per, divisor)) = (find(unit)?, find(per)?);
        return Some((*measure, Some(*per), factor / divisor));
    }
    find(word).map(|(_, measure, factor)| (*measure, None, *factor))
}

/// Whether the bracket it stands in holds nothing else.
fn is_closed(case: &Case<'_>, value: &Value) -> bool {
    case.document.text()[value.span.end..].starts_with(['）', ')'])
}

/// The rounding error of what was worked out.
fn half(value: &Value) -> f64 {
    float(value.step) * if value.step == Decimal::ONE { 1.0 } else { 0.5 }
}
