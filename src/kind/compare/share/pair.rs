//! Parts and the percentages said of them, as they stand in a text.

use super::{Pair, bare};
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::value::{Value, ValueKind};
use crate::kind::compare::{clause_before, direction, is_change, is_rate};
use crate::source::Span;
use rust_decimal::Decimal;

/// Whether a part is the last of several listed with 、, so that the share may be that of all of them.
pub(in crate::kind::compare) fn is_listed(document: &Document, part: &Value) -> bool {
    let start = document.line_at(part.span.start).span.start;
    let before = document.values_in(Span::new(start.min(part.span.start), part.span.start));
    before.last().is_some_and(|previous| {
        let between = document.slice(Span::new(previous.span.end, part.span.start));
        same_unit(document, previous, part)
            && between.starts_with(['、', '和', '及'])
            && !between.contains(['，', '；', '。'])
    })
}

/// Whether the words before a percentage name the part it is of once more: 捕捞21吨、养殖226吨，养殖占91.5%.
pub(super) fn is_named_again(document: &Document, part: &Value, percent: &Value) -> bool {
    let label = clause_before(document, part)
        .trim_start_matches(['，', '、', '；', '：', '。', '\n'])
        .trim_start_matches("其中");
    let said = clause_before(document, percent);
    label.chars().count() > 1 && said.find('占').is_some_and(|at| said[..at].ends_with(label))
}

/// What a part may be measured against: the exact amounts of its unit that are no rates and no changes.
pub(super) fn wholes_before<'d>(document: &'d Document, before: Span, pair: Pair<'_>) -> Vec<&'d Value> {
    let usable = |value: &&Value| {
        same_unit(document, value, pair.part)
            && value.is_exact()
            && value.low > Decimal::ZERO
            && !is_rate(document, value)
            && !is_change(document, value)
    };
    document.values_in(before).iter().filter(usable).collect()
}

/// The parts of a stretch that a share is said of: 480人，占40%; 480人，增长5%，占40%; 40%，即480人.
pub(super) fn pairs(document: &Document, stretch: Span) -> Vec<Pair<'_>> {
    let values = document.values_in(stretch);
    let between = |a: &Value, b: &Value| document.slice(Span::new(a.span.end, b.span.start));
    let mut pairs = Vec::new();
    for (index, percent) in values.iter().enumerate() {
        let Some(before) = index.checked_sub(1).map(|before| &values[before]) else { continue };
        if percent.kind != ValueKind::Percent || !percent.is_exact() {
            continue;
        }
        let text = between(before, percent);
        if let Some(at) = text.rfind('占') {
            let growth = before.kind == ValueKind::Percent && direction(document, before).is_some();
            let part = if growth { index.checked_sub(2).map(|before| &values[before]) } else { Some(before) };
            if let Some(part) =
                part.filter(|part| part.kind == ValueKind::Amount && part.is_exact() && is_near(between(part, percent)))
            {
                pairs.push(Pair::new(document, part, percent, bare(&text[at + '占'.len_utf8()..])));
            }
        } else if let Some(part) = index.checked_sub(2).map(|first| &values[first])
            && between(part, before).starts_with("，占")
            && text.ends_with('的')
            && part.is_exact()
            && is_near(between(part, percent))
        {
            // 912个，占全市1216个行政村的75%
            pairs.push(Pair::new(document, part, percent, ""));
        } else if let Some(part) =
            values.get(index + 1).filter(|part| part.kind == ValueKind::Amount && part.is_exact())
            && matches!(between(percent, part), "，即" | "即" | "，计" | "，合" | "，共")
        {
            pairs.push(Pair::new(document, part, percent, ""));
        }
    }
    pairs
}

/// Whether a part and the percentage after these words may belong together.
fn is_near(between: &str) -> bool {
    !between.contains(['。', '；', '\n']) && between.chars().count() <= 40
}
