//! A row of a table: 每人每天60元 | 120人×5天 | 36000, the product of the others in its column of amounts.

use super::{float, in_unit_of, shown, written};
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::form::one_or_many;
use crate::kind::{Case, Hit};
use crate::source::{Role, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Rows in which a rate and counts make an amount.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// 单价、标准所在列的表头中的字。
    #[serde(deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "cli", schemars(schema_with = "crate::form::one_or_many_schema::<String>"))]
    pub rate: Vec<String>,
    /// 数量所在列的表头中的字。
    #[serde(deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "cli", schemars(schema_with = "crate::form::one_or_many_schema::<String>"))]
    pub count: Vec<String>,
    /// 金额所在列的表头中的字；其余各行相符而只有少数行不符时才报。
    #[serde(deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "cli", schemars(schema_with = "crate::form::one_or_many_schema::<String>"))]
    pub amount: Vec<String>,
}

/// A row that can be reckoned.
struct Row<'d> {
    factors: Vec<&'d Value>,
    amount: &'d Value,
    /// How many times the product the amount is, its unit being that of its column.
    off: f64,
}

impl Rows {
    pub(super) fn slots(&self) -> Vec<&str> {
        Vec::new()
    }

    /// A table may have several rows that are wrong: see [`Rows::find`].
    #[allow(clippy::unused_self, reason = "one shape for all relations")]
    pub(super) fn judge(&self, _: &Case<'_>) -> Option<Hit> {
        None
    }

    pub(super) fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let mut rows: BTreeMap<u32, Vec<(u32, Span)>> = BTreeMap::new();
        for cell in case.document.parts(PartKind::Cell).iter().filter(|cell| case.part.span.contains(cell.span)) {
            if let Role::Cell { row, column, .. } = case.document.lines[cell.line].role {
                rows.entry(row).or_default().push((column, cell.span));
            }
        }
        let mut rows = rows.into_values();
        let Some(header) = rows.next() else { return };
        let columns = |words: &[String]| -> Vec<u32> {
            let named = |place: Span| words.iter().any(|word| case.slice(place).contains(word.as_str()));
            header.iter().filter(|(_, place)| named(*place)).map(|(column, _)| *column).collect()
        };
        let (rates, counts, amounts) = (columns(&self.rate), columns(&self.count), columns(&self.amount));
        let ([rate], [amount]) = (rates.as_slice(), amounts.as_slice()) else { return };
        if counts.is_empty() || counts.contains(rate) || counts.contains(amount) || rate == amount {
            return;
        }
        let rows: Vec<Row<'_>> = rows.filter_map(|cells| Row::new(case, &cells, *rate, &counts, *amount)).collect();
        // Of 12.5 the unit is told by the header: all rows are off by the same.
        let Some(common) = rows
            .iter()
            .map(|row| row.off)
            .find(|off| rows.iter().filter(|row| row.is_off_by(*off)).count() * 3 >= rows.len() * 2)
        else {
            return;
        };
        let right = rows.iter().filter(|row| row.is_off_by(common)).count();
        if right < 2 {
            return;
        }
        for row in rows.iter().filter(|row| !row.is_off_by(common)) {
            let working: Vec<String> = row.factors.iter().map(|value| written(case, value)).collect();
            let expected = float(row.amount.low) / row.off * common;
            let expected = if row.amount.unit.is_empty() {
                shown(expected, row.amount)
            } else {
                in_unit_of(case, expected, row.amount, 4)
            };
            let mut hit = Hit::at(row.amount.span).hole("expected", expected).hole("working", working.join("×"));
            for factor in &row.factors {
                hit = hit.related(factor.span, "因数");
            }
            hits.push(hit);
        }
    }
}

impl<'d> Row<'d> {
    fn new(case: &Case<'d>, cells: &[(u32, Span)], rate: u32, counts: &[u32], amount: u32) -> Option<Row<'d>> {
        let numbers = |columns: &[u32]| -> Option<Vec<&'d Value>> {
            let places = cells.iter().filter(|(column, _)| columns.contains(column)).map(|(_, place)| *place);
            let values: Vec<&Value> = places.flat_map(|place| case.document.values_in(place)).collect();
            let plain = values.iter().all(|value| {
                matches!(value.kind, ValueKind::Amount | ValueKind::Number) && value.is_exact() && value.low > 0.into()
            });
            plain.then_some(values)
        };
        let (rates, counted, amounts) = (numbers(&[rate])?, numbers(counts)?, numbers(&[amount])?);
        let ([_], [total]) = (rates.as_slice(), amounts.as_slice()) else { return None };
        if counted.is_empty() {
            return None;
        }
        let factors: Vec<&Value> = rates.into_iter().chain(counted).collect();
        let product: f64 = factors.iter().map(|value| float(value.low)).product();
        Some(Row { off: float(total.low) / product, factors, amount: total })
    }

    /// Whether its amount is so many times the product, as far as the digits show.
    fn is_off_by(&self, times: f64) -> bool {
        let stated = float(self.amount.low);
        (stated - stated / self.off * times).abs() <= float(self.amount.step) / 2.0 + stated * 1e-9
    }
}
