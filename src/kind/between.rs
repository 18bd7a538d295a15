//! `between`: a value within bounds.

use super::bounds::{Limit, Place, compare, order_of};
use super::{Case, Find, Hit};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The least and the greatest value allowed: numbers, years, or dates such as 2月底 and {doc.year}年12月31日.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Between {
    /// 不小于：数，或日期，如 2月底、{doc.year}年1月1日。
    pub min: Option<Limit>,
    /// 不大于：数，或日期。
    pub max: Option<Limit>,
    /// 比较哪个槽位的值；不写则为所给的数值。
    pub value: Option<String>,
}

impl Find for Between {
    const HOLES: &'static [&'static str] = &["min", "max"];

    fn slots(&self) -> Vec<&str> {
        self.value.iter().map(String::as_str).collect()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        for value in case.values(self.value.as_deref()) {
            let Some(place) = order_of(value) else { continue };
            let limit = |limit: &Option<Limit>| limit.as_ref().and_then(|limit| limit.place(case.document));
            let (min, max) = (limit(&self.min), limit(&self.max));
            let fails = |limit: &Option<Place>, wrong: Ordering| {
                limit.as_ref().is_some_and(|limit| compare(&place, limit) == Some(wrong))
            };
            if fails(&min, Ordering::Less) || fails(&max, Ordering::Greater) {
                let shown = |limit: &Option<Place>| limit.as_ref().map_or_else(String::new, Place::show);
                let mut hit = Hit::at(value.span).hole("min", shown(&min)).hole("max", shown(&max));
                for ground in [&min, &max].into_iter().flatten().filter_map(|limit| limit.ground) {
                    hit = hit.related(ground, "比较的依据");
                }
                hits.push(hit);
            }
        }
    }
}
