//! 由12%提高到15%: the verb between two values against their order.

use super::one;
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::value::{Bound, Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// Two values, and between them a verb of rising or falling.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Direction {
    /// 原值所在的槽位。
    pub from: String,
    /// 现值所在的槽位。
    pub to: String,
    /// 按两值之间的动词，现值应大于（up）还是小于（down）原值；名次和位次相反。
    pub goes: Way,
}

/// Which of two values is the greater.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The second.
    Up,
    /// The first.
    Down,
}

/// Units whose numbers fall as what they tell rises, or that are no measures: 3级, 第2名.
const RANKS: &[&str] = &["级", "等", "档", "类", "位", "名", "梯", "线", "期", "号", "号线", "年", "月", "日"];

impl Direction {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.from, &self.to]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (from, to) = (one(case, &self.from)?, one(case, &self.to)?);
        let document = case.document;
        let alike = same_unit(document, from, to) && from.range.is_none() && to.range.is_none();
        let measured = matches!(from.kind, ValueKind::Amount | ValueKind::Percent);
        if !alike
            || !(measured || from.kind == ValueKind::Ordinal)
            || from.kind != ValueKind::Ordinal && RANKS.contains(&case.slice(from.unit))
        {
            return None;
        }
        // 1小时20分钟 is two values, of which only the second would be compared; 每周1次 and 每天1次 are per other things.
        if touches(document, from)
            || touches(document, to)
            || per(document, from) != per(document, to) && !per(document, to).is_empty()
        {
            return None;
        }
        let open = |value: &Value| value.bound == Bound::AtLeast || value.bound == Bound::AtMost;
        if open(from) || open(to) {
            return None;
        }
        let falls = to.low < from.low;
        let should_fall = (self.goes == Way::Down) != (from.kind == ValueKind::Ordinal);
        // 降至同样的数 is not seen; it is left alone.
        (to.low != from.low && falls != should_fall).then(|| {
            Hit::at(to.span)
                .hole("first", case.slice(from.span))
                .hole("second", case.slice(to.span))
                .related(from.span, "原值")
        })
    }
}

/// Whether another value stands directly before or after it.
fn touches(document: &Document, value: &Value) -> bool {
    let wide = Span::new(value.span.start.saturating_sub(1), (value.span.end + 1).min(document.text().len()));
    let values = &document.values;
    let at = values.partition_point(|other| other.span.start < value.span.start);
    let before = at.checked_sub(1).is_some_and(|before| values[before].span.end > wide.start);
    let after = values.get(at + 1).is_some_and(|next| next.span.start < wide.end);
    before || after
}

/// What it is per, as said in its clause.
fn per<'d>(document: &'d Document, value: &Value) -> &'d str {
    let text = &document.text()[..value.span.start];
    let start = text.rfind(['，', '。', '；', '：', '、', '\n', '到', '至', '为']).map_or(0, |at| at + '到'.len_utf8());
    let clause = text.get(start..).unwrap_or_default();
    clause.find('每').map_or("", |at| &clause[at..])
}
