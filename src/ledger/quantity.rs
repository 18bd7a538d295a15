//! How much a metric is.

use crate::document::Document;
use crate::document::value::{Bound, Value, ValueKind};
use rust_decimal::Decimal;
use std::fmt;

/// How much a metric is: exact bounds in the bare unit, as of a [`Value`].
#[derive(Clone, PartialEq, Debug)]
pub struct Quantity {
    /// Amount, percentage, number or date.
    pub kind: ValueKind,
    /// The unit as written, without 万 and 亿; empty when there is none.
    pub unit: String,
    /// The number, or the first of a range; a day as 20240306.
    pub low: Decimal,
    /// The second number of a range; else equal to `low`.
    pub high: Decimal,
    /// One unit in the last place shown.
    pub step: Decimal,
    /// Whether the words around it make it exact.
    pub bound: Bound,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scale, word) = match self.step.normalize() {
            _ if self.unit.is_empty() || self.unit == "%" => (1, ""),
            step if step >= Decimal::from(1_000_000) => (100_000_000, "亿"),
            step if step >= Decimal::from(100) => (10_000, "万"),
            _ => (1, ""),
        };
        let shown = |number: Decimal| (number / Decimal::from(scale)).normalize();
        match self.low == self.high {
            true => write!(f, "{}{word}{}", shown(self.low), self.unit),
            false => write!(f, "{}—{}{word}{}", shown(self.low), shown(self.high), self.unit),
        }
    }
}

impl Quantity {
    /// What a value says.
    pub(super) fn of(document: &Document, value: &Value) -> Quantity {
        let Value { kind, low, high, step, bound, .. } = *value;
        Quantity { kind, unit: document.slice(value.unit).to_owned(), low, high, step, bound }
    }

    /// A day, or the first and the last of several: 20240306.
    pub(super) fn of_day((first, last): (i64, i64)) -> Quantity {
        let (low, high) = (Decimal::from(first), Decimal::from(last));
        Quantity { kind: ValueKind::Date, unit: String::new(), low, high, step: Decimal::ONE, bound: Bound::Exact }
    }

    /// Gives a bare number the unit that the head of its column or row names: 万元 makes 3.5 35000元.
    pub(super) fn scale(&mut self, unit: &str) {
        let (factor, unit) = match unit {
            "%" | "％" => {
                self.kind = ValueKind::Percent;
                (1, "%")
            }
            _ => match unit.strip_prefix('万') {
                Some(rest) => (10_000, rest),
                None => unit.strip_prefix('亿').map_or((1, unit), |rest| (100_000_000, rest)),
            },
        };
        let factor = Decimal::from(factor);
        if self.kind == ValueKind::Number {
            self.kind = ValueKind::Amount;
        }
        let scaled = |number: Decimal| number.checked_mul(factor).unwrap_or(number);
        (self.low, self.high, self.step) = (scaled(self.low), scaled(self.high), scaled(self.step));
        unit.clone_into(&mut self.unit);
    }
}
