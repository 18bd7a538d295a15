//! 预备费占一般公共预算支出的1.4%: a share whose part and whole stand before it by their names.

use super::share::{bare, is_general, share_of, should_be};
use super::{clause_before, exact, float, is_change, is_rate, times_apart, written};
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A percentage with the names of what is divided by what.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShareOfNamed {
    /// 写明占什么的槽位；“占”前的字为部分的名称，部分、总数均在本段前文找。
    pub named: String,
    /// 百分比所在的槽位。
    pub percent: String,
}

/// A share this many times what it should be, or more, is more likely of something else.
const FAR: f64 = 12.0;

impl ShareOfNamed {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.named, &self.percent]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let document = case.document;
        let percent = exact(case, &self.percent)?;
        let named = case.found?.slot(&self.named).map_or("", |place| bare(case.slice(place)));
        let clause = clause_before(document, percent);
        let start = percent.span.start - clause.len();
        let (label, _) = clause.split_once('占')?;
        let sentence = document.enclosing(PartKind::Sentence, percent.span)?.span;
        let among = label.contains("其中");
        let label = label
            .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '“')
            .trim_start_matches("其中")
            .trim_start_matches('，');
        if percent.kind != ValueKind::Percent
            || label.chars().count() < 2
            || label.contains(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let line = document.line_at(percent.span.start).span;
        let usable = |value: &&Value| {
            value.kind == ValueKind::Amount
                && value.is_exact()
                && value.low > Decimal::ZERO
                && !is_change(document, value)
                && !is_rate(document, value)
        };
        let before: Vec<&Value> =
            document.values_in(Span::new(line.start.min(start), start)).iter().filter(usable).collect();
        let part = before.iter().rfind(|value| is_called(document, value, label))?;
        let like = |value: &&&Value| same_unit(document, value, part) && value.span != part.span;
        let whole = if is_general(named) {
            let last = before.iter().rfind(|value| sentence.contains(value.span)).filter(like)?;
            among.then_some(last)?
        } else {
            before.iter().filter(like).rfind(|value| is_called(document, value, named))?
        };
        let borne_out = |whole: &Value| {
            let (share, slack) = share_of(part, whole, percent);
            (share - float(percent.low)).abs() <= slack
        };
        let (share, _) = share_of(part, whole, percent);
        if before.iter().filter(like).any(|whole| borne_out(whole)) || times_apart(share, float(percent.low)) > FAR {
            return None;
        }
        let working = format!("{}÷{}", written(case, part), written(case, whole));
        Some(should_be(percent, share, working).related(part.span, "部分").related(whole.span, "总数"))
    }
}

/// Whether an amount stands right after a name: 一般公共预算支出安排55.2亿元.
fn is_called(document: &Document, value: &Value, name: &str) -> bool {
    let words = clause_before(document, value).trim_end_matches(['为', '达', '到', '约', '共']);
    ["安排", "完成", "总计", "合计", "总额"]
        .iter()
        .fold(words, |words, verb| words.trim_end_matches(verb))
        .ends_with(name)
        || words.ends_with(name)
}
