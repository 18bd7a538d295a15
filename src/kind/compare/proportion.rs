//! 财政552万元、村级414万元、乡贤414万元，三者之比为4∶3∶3: amounts listed in a row and the ratio of them all.

use super::{float, is_change, relative, written};
use crate::document::enumeration::same_unit;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// Amounts and the ratio of three or more.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proportion {
    /// 连比所在的槽位，如4∶3∶3；各项为紧接其后（“即”）或其前并列的同样多个数值。
    pub sides: String,
}

impl Proportion {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.sides]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let document = case.document;
        let place = case.found?.slot(&self.sides)?;
        let sides: Vec<f64> =
            case.slice(place).split(['∶', ':', '：']).map(|side| side.parse().ok()).collect::<Option<_>>()?;
        let line = document.line_at(place.start).span;
        let amounts = |span: Span| -> Vec<&Value> {
            document
                .values_in(span)
                .iter()
                .filter(|value| value.kind == ValueKind::Amount && value.is_exact() && !is_change(document, value))
                .collect()
        };
        let (before, after) = (
            amounts(Span::new(line.start.min(place.start), place.start)),
            amounts(Span::new(place.end, line.end.max(place.end))),
        );
        let listed = |values: &[&Value]| {
            values.len() == sides.len()
                && values.windows(2).all(|pair| {
                    let between = case.slice(Span::new(pair[0].span.end, pair[1].span.start));
                    same_unit(document, pair[0], pair[1])
                        && between.contains(['、', '，'])
                        && !between.contains(['。', '；'])
                        && between.chars().count() <= 16
                })
        };
        let text = document.text();
        let values = if text[place.end..].starts_with("，即") && after.len() >= sides.len() {
            &after[..sides.len()]
        } else {
            &before[before.len().checked_sub(sides.len())?..]
        };
        let near = values.last().is_some_and(|last| {
            last.span.start > place.end || case.slice(Span::new(last.span.end, place.start)).chars().count() <= 16
        });
        if !listed(values) || !near || sides.iter().any(|side| *side <= 0.0) {
            return None;
        }
        let unit = values.iter().map(|value| float(value.low)).sum::<f64>() / sides.iter().sum::<f64>();
        // A ratio in small numbers is seldom exact: each side may be off by half.
        let fits =
            |(side, value): (&f64, &&Value)| (float(value.low) / unit - side).abs() <= 0.25 + side * relative(value);
        if sides.iter().zip(values).all(fits) {
            return None;
        }
        // One of the sides, or one of the amounts, is wrong: the others agree with each other.
        let wrong = (0..sides.len()).find(|&odd| {
            let others = || (0..sides.len()).filter(move |index| *index != odd);
            let unit = others().map(|index| float(values[index].low)).sum::<f64>()
                / others().map(|index| sides[index]).sum::<f64>();
            others().all(|index| (float(values[index].low) / unit / sides[index] - 1.0).abs() <= 0.01)
        })?;
        let others = || (0..sides.len()).filter(move |index| *index != wrong);
        let unit = others().map(|index| float(values[index].low)).sum::<f64>()
            / others().map(|index| sides[index]).sum::<f64>();
        let right = float(values[wrong].low) / unit;
        let expected: Vec<String> = (0..sides.len())
            .map(|index| {
                if index == wrong {
                    format!("{:.1}", right).trim_end_matches(".0").to_owned()
                } else {
                    sides[index].to_string()
                }
            })
            .collect();
        let working: Vec<String> = values.iter().map(|value| written(case, value)).collect();
        Some(Hit::at(place).hole("expected", expected.join("∶")).hole("working", working.join("∶")))
    }
}
