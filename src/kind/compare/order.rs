//! Two values of which the first is not the greater; the two ends of a range.

use super::exact;
use crate::document::character::digit;
use crate::document::enumeration::same_unit;
use crate::document::value::ValueKind;
use crate::kind::{Case, Hit};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// Two values in order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Order {
    /// 应较小的值所在的槽位。
    pub first: Option<String>,
    /// 应较大的值所在的槽位。
    pub second: Option<String>,
}

impl Order {
    pub(super) fn slots(&self) -> Vec<&str> {
        self.first.iter().chain(&self.second).map(String::as_str).collect()
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        if let (Some(first), Some(second)) = (&self.first, &self.second) {
            let (first, second) = (exact(case, first)?, exact(case, second)?);
            let wrong = same_unit(case.document, first, second) && first.low > second.low;
            return wrong.then(|| {
                Hit::at(second.span)
                    .hole("first", case.slice(first.span))
                    .hole("second", case.slice(second.span))
                    .related(first.span, "应不大于后者")
            });
        }
        let value = case.values(None).first()?;
        let marks = value.range?;
        let measured = matches!(value.kind, ValueKind::Amount | ValueKind::Percent);
        (measured && value.low > value.high).then(|| {
            let (first, second) = (case.slice(marks.first), case.slice(marks.second));
            let connector = case.slice(marks.connector);
            let expected = turned(first, connector, second, case.slice(Span::new(marks.second.end, value.unit.end)));
            Hit::at(value.number.cover(value.unit))
                .hole("first", first)
                .hole("second", second)
                .hole("expected", expected)
        })
    }
}

/// A range the other way round: 10～15名 of 15～10名, 10%～15% of 15%～10%, 5～8万元 of 8～5万元.
fn turned(first: &str, connector: &str, second: &str, unit: &str) -> String {
    let digits = |text: &str| text.trim_end_matches(|c: char| digit(c).is_none()).len();
    let (own, scale) = (&first[digits(first)..], &second[digits(second)..]);
    if own.is_empty() {
        return format!("{}{connector}{first}{scale}{unit}", &second[..digits(second)]);
    }
    let unit_of_first = if own.ends_with(unit) { "" } else { unit };
    format!("{second}{unit}{connector}{first}{unit_of_first}")
}
