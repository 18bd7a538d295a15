//! 线路12条，春、夏、秋、冬各3条: so many of each of what is listed, and the total before it.

use super::{clause_before, exact, float, in_unit_of, is_change, is_rate, segment, times_apart, written};
use crate::document::enumeration::same_unit;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// A number said of each of what stands listed before it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Each {
    /// “各”后的数所在的槽位；总数为紧接其前一个分句中同单位的数，此后本句不再有同单位的数才判断。
    pub each: String,
}

/// A total this many times what the list comes to, or more, is more likely of more than the list.
const CLOSE: f64 = 6.0;

impl Each {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.each]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let document = case.document;
        let each = exact(case, &self.each)?;
        let around = segment(document, each.span);
        let like = |value: &&Value| {
            value.kind == ValueKind::Amount && same_unit(document, value, each) && value.span != each.span
        };
        let others: Vec<&Value> = document.values_in(around).iter().filter(like).collect();
        let [total] = others.as_slice() else { return None };
        // 线路12条 ends its clause; the names follow, without numbers.
        let between = case.slice(Span::new(total.span.end.min(each.span.start), each.span.start));
        let names = between.strip_prefix('，')?.strip_suffix('各')?.trim_start_matches("其中");
        let clauses =
            names.contains(['，', '：', '；', '。', '（', '等']) || names.contains(|c: char| c.is_ascii_digit());
        let listed: Vec<&str> = names.split(['、', '和', '与']).collect();
        if clauses || listed.len() < 2 || listed.iter().any(|name| name.is_empty() || name.chars().count() > 8) {
            return None;
        }
        let (stated, product) = (float(total.low), float(each.low) * listed.len() as f64);
        let unsure = !total.is_exact()
            || is_change(document, total)
            || is_rate(document, total)
            || clause_before(document, total).contains('另');
        if unsure || (stated - product).abs() <= 1e-9 * product || times_apart(stated, product) > CLOSE {
            return None;
        }
        let expected = in_unit_of(case, product, total, 4);
        Some(
            Hit::at(total.span)
                .hole("expected", expected)
                .hole("working", format!("{}×{}", listed.len(), written(case, each)))
                .related(each.span, "各数"),
        )
    }
}
