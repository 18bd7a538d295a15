//! 412亿元、4326亿元、5562亿元，占比分别为4.0%、42.0%、54.0%: parts and their shares, listed in one order.

use super::share::{share_of, should_be};
use super::{float, is_change, is_rate, written};
use crate::document::enumeration::same_unit;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// Percentages listed after the amounts they are of.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// 并列的各占比所在的槽位；各部分为其前同单位的同样多个数值，其余各占比相符而只有一个不符时才报。
    pub percents: String,
}

impl Shares {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.percents]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let document = case.document;
        let percents: Vec<&Value> = case.values(Some(&self.percents)).iter().collect();
        let first = percents.first()?;
        let plain = percents.iter().all(|value| value.kind == ValueKind::Percent && value.is_exact());
        let line = document.line_at(first.span.start).span;
        let before = document.values_in(Span::new(line.start.min(first.span.start), first.span.start));
        let amounts: Vec<&Value> = before
            .iter()
            .filter(|value| {
                value.kind == ValueKind::Amount
                    && value.is_exact()
                    && !is_change(document, value)
                    && !is_rate(document, value)
            })
            .collect();
        let last = amounts.last()?;
        let amounts: Vec<&Value> = amounts.iter().copied().filter(|value| same_unit(document, value, last)).collect();
        let start = amounts.len().checked_sub(percents.len())?;
        if !plain || percents.len() < 2 {
            return None;
        }
        let (wholes, parts) = amounts.split_at(start);
        // Two shares tell which of them is wrong only where the parts make up a whole that is named.
        let made_up = |whole: &&&Value| whole.low == parts.iter().map(|part| part.low).sum();
        if percents.len() == 2 && !wholes.iter().any(|whole| made_up(&whole)) {
            return None;
        }
        let wrong = |whole: &Value| -> Vec<usize> {
            let differs = |index: &usize| {
                let (share, slack) = share_of(parts[*index], whole, percents[*index]);
                (share - float(percents[*index].low)).abs() > slack
            };
            (0..parts.len()).filter(differs).collect()
        };
        let sum = Value { low: parts.iter().map(|part| part.low).sum(), ..parts[0].clone() };
        let results: Vec<(&Value, Vec<usize>)> =
            wholes.iter().copied().chain([&sum]).map(|whole| (whole, wrong(whole))).collect();
        if results.iter().any(|(_, wrong)| wrong.is_empty()) {
            return None;
        }
        let (whole, index) = results
            .iter()
            .find_map(|(whole, wrong)| if let [index] = wrong.as_slice() { Some((*whole, *index)) } else { None })?;
        let (part, percent) = (parts[index], percents[index]);
        let (share, _) = share_of(part, whole, percent);
        let divisor = if std::ptr::eq(whole, &raw const sum) {
            let all: Vec<String> = parts.iter().map(|part| written(case, part)).collect();
            format!("({})", all.join("+"))
        } else {
            written(case, whole)
        };
        Some(should_be(percent, share, format!("{}÷{divisor}", written(case, part))).related(part.span, "部分"))
    }
}
