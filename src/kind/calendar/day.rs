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
    let Detail::Date { year, month, day, weekday: Some((written, span)), .. } = date.detail else {
        return hits.extend(weekdays_beside(case, date));
    };
    let mut known = if year > 0 { vec![year] } else { possible_years(case, month) };
    if known.is_empty() {
        known = years_by_weekdays(case, date);
    }
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

/// 3月1日至3日（星期五至星期日） and 本周五（3月22日）: weekdays that are no part of the date.
fn weekdays_beside(case: &Case<'_>, date: &Value) -> Option<Hit> {
    let Detail::Date { year, month, day, until, .. } = date.detail else { return None };
    let known = if year > 0 { vec![year] } else { possible_years(case, month) };
    let number = |c: char| "一二三四五六日".chars().position(|other| other == c || other == '日' && c == '天');
    let of = |year: i32, month: u32, day: u32| {
        NaiveDate::from_ymd_opt(year, month, day).map(|date| date.weekday().num_days_from_monday() as usize)
    };
    let text = case.document.text();
    let (written, place) = if let Some(until) = until.filter(|until| until.day > 0 && day > 0) {
        let rest = &text[date.span.end..];
        let inside = rest.strip_prefix(['（', '('])?;
        let start = text.len() - inside.len();
        let close = inside.find(['）', ')']).filter(|&close| close <= 40)?;
        let words = &inside[..close];
        let (first, second) = words.split_once(['至', '到', '—', '－', '～', '-'])?;
        let name =
            |words: &str| ["星期", "周"].iter().find_map(|lead| number(words.strip_prefix(lead)?.chars().next()?));
        let (first, second) = (name(first)?, name(second)?);
        let month_of_end = if until.month > 0 { until.month } else { month };
        let fits =
            |&year: &i32| of(year, month, day) == Some(first) && of(year, month_of_end, until.day) == Some(second);
        if known.is_empty() || known.iter().any(fits) {
            return None;
        }
        let year = known[0];
        let right = (of(year, month, day)?, of(year, month_of_end, until.day)?);
        (format!("星期{}至星期{}", WEEKDAYS[right.0], WEEKDAYS[right.1]), Span::new(start, start + close))
    } else if let Some((lead, named)) = weekday_after(&text[date.span.end..]) {
        if day == 0 || known.is_empty() || known.iter().any(|&year| of(year, month, day) == Some(named)) {
            return None;
        }
        let start = date.span.end + lead;
        let right = of(known[0], month, day)?;
        (format!("星期{}", WEEKDAYS[right]), Span::new(start, start + "星期一".len()))
    } else {
        let head = super::before(case, date.span);
        let head = head.strip_suffix(['（', '(']).or_else(|| head.strip_suffix('即'))?;
        let last = head.chars().next_back()?;
        let lead = &head[..head.len() - last.len_utf8()];
        let named = number(last)?;
        if !lead.ends_with("周") && !lead.ends_with("星期") || day == 0 || until.is_some() {
            return None;
        }
        if known.is_empty() || known.iter().any(|&year| of(year, month, day) == Some(named)) {
            return None;
        }
        let right = of(known[0], month, day)?;
        let end = date.span.start - '（'.len_utf8();
        (format!("星期{}", WEEKDAYS[right]), Span::new(end - last.len_utf8(), end))
    };
    Some(Hit::at(place).hole("right", written).hole("year", known[0].to_string()).related(date.span, "日期"))
}

/// 4月11日，星期四 and 4月11日是星期四: how far off the weekday stands, and which it is.
fn weekday_after(rest: &str) -> Option<(usize, usize)> {
    let lead = ["，星期", "是星期", "为星期", "系星期", " 星期"].iter().find(|lead| rest.starts_with(**lead))?;
    let name = rest[lead.len()..].chars().next()?;
    let number = "一二三四五六日".chars().position(|other| other == name || other == '日' && name == '天')?;
    Some((lead.len() - "星期".len(), number))
}

/// The years in which all other dates of the document that name a weekday have theirs; none where that are fewer than two.
fn years_by_weekdays(case: &Case<'_>, date: &Value) -> Vec<i32> {
    let others: Vec<(i32, u32, u32, u32)> = case
        .document
        .values
        .iter()
        .filter(|value| value.span != date.span)
        .filter_map(|value| match value.detail {
            Detail::Date { year, month, day, weekday: Some((weekday, _)), .. } if month > 0 => {
                Some((year, month, day, weekday))
            }
            _ => None,
        })
        .collect();
    if others.len() < 2 {
        return Vec::new();
    }
    let agrees = |candidate: i32| {
        others.iter().all(|&(year, month, day, weekday)| {
            let year = if year > 0 { year } else { candidate };
            NaiveDate::from_ymd_opt(year, month, day).is_some_and(|date| date.weekday().number_from_monday() == weekday)
        })
    };
    (2000..=2035).rev().filter(|&year| agrees(year)).collect()
}

/// Other names of festivals of the lunar calendar, with the festival and how many days later they are.
const LUNAR: &[(&str, &str, i64)] = &[
    ("春节", "春节", 0),
    ("农历除夕", "春节", -1),
    ("除夕", "春节", -1),
    ("农历正月初一", "春节", 0),
    ("正月初一", "春节", 0),
    ("大年初一", "春节", 0),
    ("元宵节", "元宵节", 0),
    ("正月十五", "元宵节", 0),
    ("端午节", "端午节", 0),
    ("中秋节", "中秋节", 0),
    ("重阳节", "重阳节", 0),
];

/// Reports a day on which a festival of the lunar calendar does not fall.
pub fn lunar(case: &Case<'_>, table: &Table) -> Option<Hit> {
    let date = value(case)?;
    let Detail::Date { year, month, day, until: None, weekday, .. } = date.detail else { return None };
    if month == 0 || day == 0 || !date.is_exact() {
        return None;
    }
    let line = case.document.line_at(date.span.start).span;
    let rest = case.slice(Span::new(date.span.end, line.end.max(date.span.end)));
    let head = super::before(case, date.span);
    let stripped = ["是", "为", "系", "，农历", "（农历", "（"].iter().find_map(|lead| rest.strip_prefix(lead));
    // 2月10日春节联欢会 is not on the day itself for certain.
    let named = |words: &str| LUNAR.iter().find(|(name, ..)| words.starts_with(name));
    let told = stripped
        .and_then(|words| named(words.strip_prefix("农历").unwrap_or(words)).map(|row| (row, words)))
        .filter(|(row, words)| {
            let tail = &words[words.find(row.0).unwrap_or(0) + row.0.len()..];
            tail.is_empty() || tail.starts_with(['，', '。', '；', '）', '、', ')'])
        });
    let before = || {
        let head = ["（公历", "（", "为", "是", "：", "("].iter().find_map(|mark| head.strip_suffix(mark))?;
        let row = LUNAR.iter().find(|(name, ..)| head.ends_with(name))?;
        (rest.starts_with(['）', ')', '，', '。', '；', '（', '至', '起', '、'])
            || rest.is_empty()
            || weekday.is_some())
        .then_some(row)
    };
    let &(name, festival, offset) = told.map(|(row, _)| row).or_else(before)?;
    let clause = super::years_in(case, super::prose::clause(case.document, date.span));
    let years: Vec<i32> = match (year, clause.as_slice()) {
        (year, _) if year > 0 => vec![year],
        (_, [(year, _)]) => vec![*year],
        (_, []) => {
            let own = super::own_years(case);
            own.iter().flat_map(|&year| [year, year + 1]).collect()
        }
        _ => return None,
    };
    let (names, columns) =
        (table.column("name")?, [table.column("year")?, table.column("month")?, table.column("day")?]);
    let mut wanted: Vec<NaiveDate> = Vec::new();
    for row in table.rows.iter().filter(|row| row[names] == festival) {
        let number = |at: usize| row[columns[at]].parse::<u32>().ok();
        let festive = NaiveDate::from_ymd_opt(number(0)? as i32, number(1)?, number(2)?)?;
        if years.contains(&festive.year()) {
            wanted.push(festive + chrono::Duration::days(offset));
        }
    }
    let first = *wanted.first()?;
    // Where a year is not in the table nothing is known.
    (wanted.len() == years.len() && !wanted.iter().any(|date| (date.month(), date.day()) == (month, day))).then(|| {
        let right = format!("{}月{}日", first.month(), first.day());
        Hit::at(date.number).hole("name", name).hole("year", first.year().to_string()).hole("right", right)
    })
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
    // 2025年1月9日至1月10日: the full date before it on its line tells the year.
    if let Some((year, before)) = dated_before(case) {
        return if month < before { vec![year, year + 1] } else { vec![year] };
    }
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

/// The year and month of the full date nearest before the one in question on its line.
fn dated_before(case: &Case<'_>) -> Option<(i32, u32)> {
    let place = case.part.span;
    let line = case.document.line_at(place.start).span;
    let before = case.document.values_in(Span::new(line.start.min(place.start), place.start));
    before.iter().rev().find_map(|value| match value.detail {
        Detail::Date { year, month, day, .. } if year > 0 && day > 0 => Some((year, month)),
        _ => None,
    })
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
