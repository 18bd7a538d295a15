//! Hours and minutes against the times of day beside them.

use super::super::{Case, Hit};
use super::value;
use crate::document::value::{Detail, Value, ValueKind, numeral};
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;

/// The minutes of a day.
const DAY: i64 = 24 * 60;

/// The minutes from midnight of a time, or of both ends of a range.
fn minutes(case: &Case<'_>, time: &Value) -> Option<(i64, Option<i64>)> {
    let Detail::Time { hour, minute } = time.detail else { return None };
    let first = i64::from(hour) * 60 + i64::from(minute);
    let Some(range) = time.range else { return Some((first, None)) };
    let read =
        |at: usize| numeral::read(case.document.text(), at).filter(|numeral| numeral.span.end <= range.second.end);
    let hour = read(range.second.start)?;
    let mark = case.document.text()[hour.span.end..].chars().next()?;
    let minute = read(hour.span.end + mark.len_utf8()).map_or(0, |minute| minute.value.to_i64().unwrap_or(0));
    Some((first, Some(hour.value.to_i64()? * 60 + minute)))
}

/// Reports 30分钟，即9:30—10:10 and the like.
pub(super) fn lasting(case: &Case<'_>, count: &Value) -> Option<Hit> {
    let document = case.document;
    let at = document.values.partition_point(|value| value.span.start < count.span.start);
    let is_range = |value: &&Value| value.kind == ValueKind::Time && value.range.is_some();
    let words = |from: usize, to: usize| case.slice(Span::new(from.min(to), to));
    let bridges = ["，即", "内，即", "（", "（即", "："];
    let after = document.values.get(at + 1).filter(is_range);
    let after = after.filter(|range| bridges.contains(&words(count.span.end, range.span.start)));
    let leads = ["，共", "，共计", "，时长", "（", "，历时", "，持续", "，为期"];
    let before = at.checked_sub(1).map(|at| &document.values[at]).filter(is_range);
    let before = before.filter(|range| leads.contains(&words(range.span.end, count.span.start)));
    let range = after.or(before)?;
    let (first, last) = minutes(case, range)?;
    let whole = (last? - first).rem_euclid(DAY);
    let scale = if case.slice(count.unit) == "分钟" { 1 } else { 60 };
    let said = (count.low * rust_decimal::Decimal::from(scale)).to_i64()?;
    // 每场30分钟（9:00—11:00）
    let each = super::before(case, count.span).contains(['每', '各', '超']);
    let right = if whole % scale == 0 {
        format!("{}{}", whole / scale, case.slice(count.unit))
    } else {
        format!("{whole}分钟")
    };
    (said != whole && whole > 0 && !each && count.range.is_none() && count.low.fract().is_zero())
        .then(|| Hit::at(count.span).related(range.span, "起止时间").hole("right", right))
}

/// Reports 历时3小时27分 where no two of the times told before lie so far apart.
pub(super) fn elapsed(case: &Case<'_>) -> Option<Hit> {
    let hours = value(case)?;
    let document = case.document;
    let at = document.values.partition_point(|value| value.span.start < hours.span.start);
    let rest = document.values.get(at + 1).filter(|rest| {
        rest.span.start == hours.span.end && rest.is_exact() && matches!(case.slice(rest.unit), "分" | "分钟")
    })?;
    let said = hours.low.to_i64()? * 60 + rest.low.to_i64()?;
    let index = document.line_index_at(hours.span.start);
    let start = document.lines[index.saturating_sub(1)].span.start;
    let times =
        document.values_in(Span::new(start, hours.span.start)).iter().filter(|value| value.kind == ValueKind::Time);
    let told: Vec<(i64, Span)> = times
        .filter_map(|time| Some((minutes(case, time)?, time.span)))
        .flat_map(|((first, last), place)| [Some((first, place)), last.map(|last| (last, place))])
        .flatten()
        .collect();
    // Two times may be of something else.
    let last = told.last().filter(|_| told.len() > 2)?;
    let lies = |from: i64, to: i64| ((to - from).rem_euclid(DAY) - said).abs() <= 1;
    let fits = told.iter().enumerate().any(|(at, (to, _))| told[..at].iter().any(|(from, _)| lies(*from, *to)));
    (!fits && said < DAY).then(|| Hit::at(hours.span.cover(rest.span)).related(last.1, "时刻"))
}
