//! Ages that agree with the year of birth beside them.

use super::super::{Case, Hit};
use super::value;
use crate::document::value::Detail;
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;

/// Reports an age that is not that of the year of birth before it.
pub fn age(case: &Case<'_>) -> Option<Hit> {
    let count = value(case)?;
    if case.slice(count.unit) != "岁" && case.slice(count.unit) != "周岁" || !count.is_exact() {
        return None;
    }
    let (year, _, _) = case.document.facts.date.as_ref()?.value;
    let at = case.document.values.partition_point(|value| value.span.start < count.span.start);
    let born = case.document.values[..at].last()?;
    let Detail::Date { year: birth, month, until: None, .. } = born.detail else { return None };
    let between = case.slice(Span::new(born.span.end, count.span.start));
    if birth == 0 || month == 0 || !matches!(between, "生，" | "出生，" | "生（" | "出生（" | "生，现年" | "出生，现年")
    {
        return None;
    }
    let years = year - birth;
    let said = count.low.to_i32()?;
    // Before and after the birthday, and 虚岁.
    (said < years - 1 || said > years + 1).then(|| {
        Hit::at(count.span)
            .related(born.span, "出生年月")
            .hole("year", year.to_string())
            .hole("right", format!("{}岁", years))
    })
}
