//! `one_of`: words or a number that must be among those listed.

use super::{Case, Find, Hit};
use crate::form::one_or_many;
use serde::{Deserialize, Serialize};

/// The words allowed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OneOf {
    /// 允许的文字或数（任一）。
    #[serde(deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "cli", schemars(schema_with = "crate::form::one_or_many_schema::<String>"))]
    pub values: Vec<String>,
    /// 比较哪个槽位的文字；不写则为匹配处，或所给部分的文字。
    #[serde(default)]
    pub slot: Option<String>,
}

impl Find for OneOf {
    const HOLES: &'static [&'static str] = &["allowed"];

    fn slots(&self) -> Vec<&str> {
        self.slot.iter().map(String::as_str).collect()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let span = match (&self.slot, case.found) {
            (Some(slot), Some(found)) => found.slot(slot).unwrap_or(found.span),
            (_, Some(found)) => found.span,
            _ => case.part.text,
        };
        let words = case.slice(span).trim();
        // A number is the same however it is written: 三 and 3.
        let same_number = |allowed: &str| {
            let number: Option<rust_decimal::Decimal> = allowed.parse().ok();
            let [value] = case.document.values_in(span) else { return false };
            value.span == span && number == Some(value.low) && value.is_exact()
        };
        if !self.values.iter().any(|allowed| allowed == words || same_number(allowed)) {
            hits.push(Hit::at(span).hole("allowed", self.values.join("、")));
        }
    }
}
