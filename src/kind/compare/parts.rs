//! 三次产业结构9.4∶40.7∶49.9: sides of a ratio that make up a hundred.

use super::float;
use crate::form::Exact;
use crate::kind::{Case, Hit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Sides of a ratio and their sum.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// 连比所在的槽位，如9.4∶40.7∶49.9。
    pub sides: String,
    /// 各项之和；只用几成表示的连比（2∶5∶3）不判断。
    pub sum: Exact,
}

impl Parts {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.sides]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let place = case.found?.slot(&self.sides)?;
        let sides: Vec<&str> = case.slice(place).split(['∶', ':', '：']).collect();
        let numbers: Vec<Decimal> = sides.iter().map(|side| side.parse().ok()).collect::<Option<_>>()?;
        let sum: Decimal = numbers.iter().sum();
        let step = numbers.iter().map(|number| Decimal::new(1, number.scale())).max()?;
        // Each side is off by half of its last digit at most.
        let slack = float(step) * numbers.len() as f64 / 2.0 + 1e-9;
        let tenths = numbers.iter().all(|number| *number < Decimal::TEN);
        (!tenths && float(sum - self.sum.0).abs() > slack).then(|| {
            Hit::at(place)
                .hole("expected", self.sum.0.to_string())
                .hole("working", format!("{}={sum}", sides.join("+")))
        })
    }
}
