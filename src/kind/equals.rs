//! `equals`: a value that must be a certain one.

use super::bounds::{Limit, Place, compare, order_of};
use super::{Case, Find, Hit};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The one value allowed: a number, a year, a date; facts of the document may be named, as in {doc.year}.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Equals {
    /// 应为：数，或日期，如 {doc.year}、{doc.year}年12月31日。
    pub value: Limit,
    /// 比较哪个槽位的值；不写则为所给的数值。
    #[serde(default)]
    pub slot: Option<String>,
}

impl Find for Equals {
    const HOLES: &'static [&'static str] = &["expected"];

    fn slots(&self) -> Vec<&str> {
        self.slot.iter().map(String::as_str).collect()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let Some(expected) = self.value.place(case.document) else { return };
        for value in case.values(self.slot.as_deref()) {
            let differs = order_of(value).and_then(|place| compare(&place, &expected)).is_some_and(Ordering::is_ne);
            if differs {
                let mut hit = Hit::at(value.span).hole("expected", Place::show(&expected));
                if let Some(ground) = expected.ground {
                    hit = hit.related(ground, "比较的依据");
                }
                hits.push(hit);
            }
        }
    }
}
