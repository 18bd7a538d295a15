//! Single days: that they exist, their weekday, the festivals on them.

use super::super::{Case, Hit};
use super::value;
use crate::document::value::{Detail, Value};
use crate::source::Span;
use crate::table::Table;
use chrono::{Datelike, NaiveDate};

const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// Reports a month above 12 or a day its month does not have.
pub fn exists(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let Some(date) = value(case) else { return };
    let Detail::Date { year, month, day, until, .. } = &date.detail else { return };
    let last = until.map(|until| {
        (if until.year > 0 { until.year } else { *year }, if until.month > 0 { until.month } else { *month }, until.day)
    });
    let (first, second) = ends(date);
    for ((year, month, day), span) in
        [(Some((*year, *month, *day)), first), (last, second)].into_iter().filter_map(|(day, span)| Some((day?, span)))
    {
        if month > 12 {
            hits.push(Hit::at(span).hole("right", "月份应为1—12月"));
        } else if month > 0 && day > last_day(year, month) {
            hits.push(Hit::at(span).hole("right", format!("{month}月只有{}天", last_day(year, month))));
        }
    }
}

/// The date alone, without 前, 底 and its weekday; of a range, its two dates.
fn ends(date: &Value) -> (Span, Span) {
    match date.range {
        Some(range) => {
            (Span::new(date.number.start, range.connector.start), Span::new(range.connector.end, date.number.end))
        }
        None => (date.number, date.number),
    }
}

/// The last day of a month; of a February without a year, 29.
fn last_day(year: i32, month: u32) -> u32 {
    let year = if year > 0 { year } else { 2000 };
    (28..=31).rev().find(|&day| NaiveDate::from_ymd_opt(year, month, day).is_some()).unwrap_or(31)
}

/// Reports a weekday that is not that of its date. A date without a year is taken to be of the document's year or the
/// next, and must agree with neither.
pub fn weekday(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let Some(date) = value(case) else { return };
    let Detail::Date { year, month, day, weekday: Some((written, span)), .. } = date.detail else { return };
    let known = if year > 0 { vec![year] } else { possible_years(case, month) };
    let right = |year: i32| NaiveDate::from_ymd_opt(year, month, day).map(|date| date.weekday().number_from_monday());
    if known.iter().any(|&year| right(year).is_none_or(|right| right == written)) {
        return;
    }
    let Some(right) = known.first().and_then(|&year| right(year)) else { return };
    let name = WEEKDAYS[right as usize - 1];
    let bare = case.slice(span).trim_start_matches(['（', '(']).to_owned();
    let span = Span::new(span.end - bare.len(), span.end);
    let prefix: String = bare.chars().take(bare.chars().count() - 1).collect();
    let day = Span::new(date.span.start, date.number.end);
    let hit = Hit::at(span).hole("right", format!("{prefix}{name}"));
    hits.push(
        hit.hole("year", known[0].to_string())
            .related(day, format!("{}年{month}月{day}日是星期{name}", known[0], day = day_of(date))),
    );
}

fn day_of(date: &Value) -> u32 {
    match date.detail {
        Detail::Date { day, .. } => day,
        _ => 0,
    }
}

/// The years a date without one may be of: those the document says of itself, and the next or the last where its own date
/// makes that nearer.
fn possible_years(case: &Case<'_>, month: u32) -> Vec<i32> {
    let mut years = super::own_years(case);
    match case.document.facts.date.as_ref().map(|date| date.value) {
        Some((year, signed, _)) if month < signed => years.push(year + 1),
        Some((year, signed, _)) if month > signed => years.push(year - 1),
        Some(_) => {}
        None if month <= 3 => years.extend(years.first().map(|year| year + 1)),
        None => {}
    }
    years
}

/// Reports a festival put on another day than its own.
pub fn festival(case: &Case<'_>, table: &Table) -> Option<Hit> {
    let date = value(case)?;
    let Detail::Date { month, day, until: None, .. } = date.detail else { return None };
    if month == 0 || day == 0 {
        return None;
    }
    let mut rest = super::after(case, date.span);
    for lead in ["是", "为", "系", "我国", "全国", "“", "（", "("] {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    let (name, wanted_month, wanted_day) = (table.column("name")?, table.column("month")?, table.column("day")?);
    let row = table.rows.iter().find(|row| rest.starts_with(row[name].as_str()))?;
    let wanted: (u32, u32) = (row[wanted_month].parse().ok()?, row[wanted_day].parse().ok()?);
    (wanted != (month, day)).then(|| {
        let hit = Hit::at(date.number).hole("name", row[name].clone());
        hit.hole("right", format!("{}月{}日", wanted.0, wanted.1))
    })
}
