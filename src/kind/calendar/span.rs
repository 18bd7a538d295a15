//! Stretches of time: that they run forward, that phases follow each other, how long they last.

use super::super::{Case, Hit};
use super::value;
use crate::document::Document;
use crate::document::part::PartKind;
use crate::document::value::{Detail, Value, ValueKind};
use crate::source::Span;
use chrono::{Datelike, NaiveDate, Weekday};
use rust_decimal::prelude::ToPrimitive;

/// A day as far as it is written: 0 for what is not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Point {
    year: i32,
    month: u32,
    day: u32,
}

impl Point {
    fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month, self.day)
    }

    /// Months since year 0.
    fn months(self) -> i32 {
        self.year * 12 + self.month as i32 - 1
    }

    fn show(self) -> String {
        let part = |number: i32, unit: &str| if number > 0 { format!("{number}{unit}") } else { String::new() };
        part(self.year, "年") + &part(self.month as i32, "月") + &part(self.day as i32, "日")
    }
}

/// The two ends of a range of dates or years; what the second does not write it has from the first.
fn ends(value: &Value) -> Option<(Point, Point)> {
    match &value.detail {
        Detail::Date { year, month, day, until: Some(until), .. } => {
            let first = Point { year: *year, month: *month, day: *day };
            let month = if until.month > 0 { until.month } else { first.month };
            let year = if until.year > 0 { until.year } else { first.year };
            Some((first, Point { year, month, day: until.day }))
        }
        _ if value.kind == ValueKind::Year && value.range.is_some() => {
            let point = |year: i32| Point { year, month: 0, day: 0 };
            Some((point(value.low.to_i32()?), point(value.high.to_i32()?)))
        }
        _ => None,
    }
}

/// Reports a range whose end lies before its start, or which ends with the year it begins with.
pub fn reversed(case: &Case<'_>) -> Option<Hit> {
    let range = value(case)?;
    let (first, last) = ends(range)?;
    let marks = range.range?;
    // 11月至3月 without a year goes on into the next; 次年 before the second says so too.
    let between = case.slice(Span::new(marks.connector.start, marks.second.start));
    if between.contains('次') || between.contains('翌') {
        return None;
    }
    let wrong = if first.year > 0 {
        let same = |a: u32, b: u32| a > 0 && b > 0;
        last.year < first.year
            || first == last && first.month == 0
            || last.year == first.year && same(first.month, last.month) && last.month < first.month
            || last.year == first.year && first.month == last.month && same(first.day, last.day) && last.day < first.day
    } else {
        first.month == last.month && first.day > 0 && last.day > 0 && last.day < first.day
    };
    wrong.then(|| Hit::at(range.span).hole("name", first.show()).hole("right", last.show()))
}

/// The first range or date of a phase, in its title or the bracket after it.
fn of_phase(document: &Document, text: Span) -> Option<(Point, Point, Span)> {
    let near = document.slice(text).char_indices().nth(36).map_or(text.end, |(at, _)| text.start + at);
    let values = document.values_in(text);
    let at = values
        .iter()
        .position(|value| value.span.start < near && matches!(value.kind, ValueKind::Date | ValueKind::Year))?;
    let value = &values[at];
    // 2024年3—6月 is a year with a range of months after it.
    if value.kind == ValueKind::Year
        && value.range.is_none()
        && let Some(next) = values.get(at + 1).filter(|next| next.span.start == value.span.end)
        && let Some((first, last)) = ends(next)
    {
        let year = value.low.to_i32()?;
        let last = Point { year: if last.year > 0 { last.year } else { year }, ..last };
        return Some((Point { year, ..first }, last, value.span.cover(next.span)));
    }
    if let Some((first, last)) = ends(value) {
        return Some((first, last, value.span));
    }
    match value.detail {
        Detail::Date { year, month, day, until: None, .. } if month > 0 && value.is_exact() => {
            let point = Point { year, month, day };
            Some((point, point, value.span))
        }
        _ => None,
    }
}

/// Reports a phase that begins before the one above it has ended. A month that falls back by half a year is one of the next.
pub fn phases(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let document = case.document;
    for group in &document.outline.groups {
        let nodes = || group.members.iter().map(|&node| &document.outline.nodes[node]);
        let words = |span: Span| document.slice(span).chars().take(24).collect::<String>();
        let named = nodes().filter(|node| words(node.text).contains("阶段")).count();
        let phases: Vec<(Point, Point, Span)> =
            nodes().filter_map(|node| of_phase(document, document.lines[node.line].span)).collect();
        if named * 2 <= group.members.len() || phases.len() < 2 {
            continue;
        }
        follow(&phases, hits);
    }
    for table in document.parts(PartKind::Table) {
        let mut columns: std::collections::BTreeMap<u8, Vec<&crate::document::part::Part>> = Default::default();
        for cell in document.parts(PartKind::Cell).iter().filter(|cell| table.span.contains(cell.span)) {
            columns.entry(cell.level).or_default().push(cell);
        }
        let told = document.slice(table.span).contains("阶段");
        for cells in columns.values().filter(|_| told) {
            let body = cells.get(1..).unwrap_or_default();
            let whole = |cell: &&crate::document::part::Part| {
                of_phase(document, cell.span)
                    .filter(|(first, last, place)| first != last && place.len() == cell.text.len())
            };
            let phases: Vec<(Point, Point, Span)> = body.iter().filter_map(whole).collect();
            if phases.len() >= 2 && phases.len() == body.len() {
                follow(&phases, hits);
            }
        }
    }
}

fn follow(phases: &[(Point, Point, Span)], hits: &mut Vec<Hit>) {
    let mut year = phases.iter().map(|(first, ..)| first.year).find(|&year| year > 0).unwrap_or(0);
    let mut last: Option<(Point, Span)> = None;
    for &(mut start, mut end, place) in phases {
        if start.year == 0 {
            start.year = year;
        }
        if let Some((before, _)) = last
            && start.month > 0
            && before.month > start.month + 6
            && start.year == before.year
        {
            start.year += 1;
        }
        if end.year == 0 || end.year < start.year {
            end.year = start.year;
        }
        if end.month < start.month && end.year == start.year && end.month > 0 {
            end.year += 1;
        }
        year = end.year;
        if let Some((before, ground)) = last {
            let overlaps = if start.month == 0 || before.month == 0 {
                start.year < before.year
            } else if start.day > 0 && before.day > 0 {
                (start.year, start.month, start.day) < (before.year, before.month, before.day)
            } else {
                (start.year, start.month) < (before.year, before.month)
            };
            if overlaps {
                hits.push(
                    Hit::at(place).related(ground, "上一阶段").hole("right", before.show()).hole("name", start.show()),
                );
            }
        }
        last = Some((end, place));
    }
}

/// Reports a number of years, months or days beside a range that lasts otherwise.
pub fn lasting(case: &Case<'_>) -> Option<Hit> {
    let count = value(case)?;
    if count.kind != ValueKind::Amount || count.range.is_some() || !count.low.fract().is_zero() {
        return None;
    }
    let mut number = count.low.to_i64()?;
    let document = case.document;
    let mut unit = case.slice(count.unit);
    if matches!(unit, "分钟" | "小时" | "个小时") {
        return super::clock::lasting(case, count);
    }
    let line = document.line_at(count.span.start).span;
    // The years of a plan may stand in a bracket on the line below its title.
    let title = document.enclosing(PartKind::Title, count.span).map_or(line, |title| title.span);
    let below = document.lines.get(document.line_index_at(title.end.saturating_sub(1)) + 1);
    let title = match below.filter(|below| {
        title != line
            || document.enclosing(PartKind::Title, count.span).is_some() && document.slice(below.span).starts_with('（')
    }) {
        Some(below) => title.cover(below.span),
        None => title,
    };
    let line = line.cover(title);
    let near = |range: &&Value| ends(range).is_some() && line.contains(range.span);
    let at = document.values.partition_point(|value| value.span.start < count.span.start);
    // The range stands in a bracket or after 即 behind the count, or right before it.
    let words_after = |range: &Value| case.slice(Span::new(count.span.end, range.span.start.max(count.span.end)));
    let after = document.values[at + 1..].iter().take(2).find(near).filter(|range| is_bridge(words_after(range)));
    let words_before = |range: &Value| case.slice(Span::new(range.span.end.min(count.span.start), count.span.start));
    // （2024—2025年，2年）
    let closes = document.text()[count.span.end..].starts_with(['）', ')', '。', '；']);
    let leads = |words: &str| is_lead(words) || words == "，" && closes;
    let before = document.values[..at].iter().rev().take(1).find(near).filter(|range| leads(words_before(range)));
    let (first, last, range) = match after.or(before) {
        Some(range) => {
            let (first, last) = ends(range)?;
            (first, last, range)
        }
        None => works(case, at, count).or_else(|| apart(case, at, count))?,
    };
    // 工期2年9个月
    let months = document.values.get(at + 1).filter(|months| {
        unit == "年" && months.span.start == count.span.end && case.slice(months.unit) == "个月" && first.month > 0
    });
    if let Some(months) = months {
        (number, unit) = (number * 12 + months.low.to_i64()?, "个月");
    }
    // 七一前夕 may be the month before.
    let loose = i64::from(!count.is_exact() || range.kind == ValueKind::Year && first.month > 0);
    let (least, most) = match unit {
        "年" | "个年度" | "个学年" if first.month == 0 && last.month == 0 => {
            let years = i64::from(last.year - first.year) + 1;
            // School years and the years between two points are one fewer; those of a plan are counted whole.
            let plan = ["行动", "规划", "计划", "方案", "攻坚"].iter().any(|word| words_after(range).contains(word));
            (if plan && !case.slice(range.unit).contains("学") { years } else { years - 1 }, years)
        }
        "年" if first.year > 0 && first.month > 0 && last.month > 0 => {
            let months = i64::from(last.months() - first.months());
            ((months + 6) / 12 - i64::from(months % 12 == 5), (months + 7) / 12)
        }
        "个月" => {
            let months = if first.year > 0 && last.year > 0 {
                i64::from(last.months() - first.months())
            } else if first.year == 0 && first.month > 0 && last.month > 0 {
                i64::from((last.month as i32 - first.month as i32).rem_euclid(12))
            } else {
                return None;
            };
            (months - loose, months + 1 + loose)
        }
        "天" | "日" | "个工作日" | "工作日" => return days(case, count, range, first, last, number),
        _ => return None,
    };
    let right = if unit == "年" && first.month == 0 { most } else { most.min(least.max(1)) };
    let place = months.map_or(count.span, |months| count.span.cover(months.span));
    (number < least || number > most).then(|| Hit { span: place, ..told(count, range, format!("{right}{unit}")) })
}

/// 总工期18个月，2024年9月开工，2026年2月底前完工: a start and an end of works in the sentence of the count.
fn works<'d>(case: &Case<'d>, at: usize, count: &Value) -> Option<(Point, Point, &'d Value)> {
    let document = case.document;
    let head =
        case.slice(Span::new(document.line_at(count.span.start).span.start.min(count.span.start), count.span.start));
    let head = head.trim_end_matches(['约', '共', '为', '：']);
    if !["工期", "总工期", "建设周期", "周期"].iter().any(|word| head.ends_with(word)) {
        return None;
    }
    let sentence = document.enclosing(PartKind::Sentence, count.span)?.span;
    let near =
        document.values.iter().take(at + 5).skip(at.saturating_sub(4)).filter(|value| sentence.contains(value.span));
    let named = |words: &[&str]| {
        near.clone().find_map(|value| {
            let rest = &document.text()[value.span.end..];
            let (point, rest) = match value.detail {
                Detail::Date { year, month, until: None, .. } if year > 0 && month > 0 => {
                    (Point { year, month, day: 0 }, rest)
                }
                _ if value.kind == ValueKind::Year && value.range.is_none() => {
                    let (month, rest) = festive(rest)?;
                    (Point { year: value.low.to_i32()?, month, day: 0 }, rest)
                }
                _ => return None,
            };
            words.iter().any(|word| rest.starts_with(word)).then_some((point, value))
        })
    };
    let first = named(&["开工", "动工", "启动", "开始"])?;
    let last = named(&["完工", "竣工", "建成", "通车", "全部完工", "全面完工", "完成"])?;
    Some((first.0, last.0, last.1))
}

/// “七一”前夕 behind a year: the month, and what follows.
fn festive(words: &str) -> Option<(u32, &str)> {
    let named = words.trim_start_matches('“');
    let (day, month) = [("元旦", 1), ("五一", 5), ("六一", 6), ("七一", 7), ("八一", 8), ("十一", 10), ("国庆", 10)]
        .into_iter()
        .find(|(day, _)| named.starts_with(day))?;
    let rest = named[day.len()..].trim_start_matches('”');
    let rest = ["前夕", "期间", "前", "节前夕", "节前"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    Some((month, rest))
}

/// 9月15日（星期一）至9月19日（星期五），共5个工作日: two dates with their weekdays between which 至 stands.
fn apart<'d>(case: &Case<'d>, at: usize, count: &Value) -> Option<(Point, Point, &'d Value)> {
    let values = &case.document.values[..at];
    let [.., first, second] = values else { return None };
    let point = |value: &Value| match value.detail {
        Detail::Date { year, month, day, until: None, .. } if month > 0 && day > 0 => Some(Point { year, month, day }),
        _ => None,
    };
    let (from, mut to) = (point(first)?, point(second)?);
    let joined = matches!(
        case.slice(Span::new(first.span.end, second.span.start.max(first.span.end))),
        "至" | "—" | "到" | "－" | "至次年" | "到次年" | "至翌年"
    );
    if !joined || !is_lead(case.slice(Span::new(second.span.end.min(count.span.start), count.span.start))) {
        return None;
    }
    if to.year == 0 {
        to.year = from.year;
    }
    Some((from, to, second))
}

fn told(count: &Value, range: &Value, right: String) -> Hit {
    Hit::at(count.span).related(range.span, "起止时间").hole("right", right)
}

/// What may stand between a count and the range in the bracket after it.
fn is_bridge(words: &str) -> bool {
    let Some((noun, _)) = words.split_once(['（', '(']) else {
        return matches!(words, "，即" | "，自" | "，从" | "：" | "（");
    };
    let inside = words.rsplit(['（', '(']).next().unwrap_or_default();
    inside.is_empty() && noun.chars().count() <= 16 && !noun.contains(['，', '。', '；', '、'])
}

/// What may stand between a range and the count of what it lasts.
fn is_lead(words: &str) -> bool {
    let words = words.trim_start_matches(['）', ')']);
    let told = [
        "，共",
        "共",
        "，共计",
        "，历时",
        "历时",
        "，为期",
        "为期",
        "，工期",
        "，期限",
        "的",
        "这",
        "，连续",
        "，时间",
        "，计",
        "，合计",
        "",
    ];
    told.contains(&words) || words.chars().count() <= 4 && words.chars().all(crate::document::character::is_han)
}

/// Days and working days.
fn days(case: &Case<'_>, count: &Value, range: &Value, first: Point, last: Point, number: i64) -> Option<Hit> {
    let known = super::own_years(case).first().copied();
    let year = if first.year > 0 { first.year } else { known.unwrap_or(2023) };
    let start = Point { year, ..first }.date()?;
    let mut end = Point { year: if first.year > 0 { last.year } else { year }, ..last };
    if first.year == 0 && last.month < first.month {
        end.year += 1;
    }
    let end = end.date()?;
    let whole = (end - start).num_days() + 1;
    if whole < 1 {
        return None;
    }
    let unit = case.slice(count.unit);
    if unit.ends_with("工作日") {
        if first.year == 0 && known.is_none() {
            return None;
        }
        let works =
            start.iter_days().take(whole as usize).filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        let works = works.count() as i64;
        // Holidays and the days worked for them are not known.
        let quiet = (start.month(), end.month()) != (10, 10) && ![1, 2, 4, 5, 9, 10].contains(&start.month())
            || start.month() == 9 && start.day() > 12 && end.month() == 9 && end.day() < 26;
        let spare = if quiet { 0 } else { 2 };
        return (number > works.min(whole) + spare || number < works - spare - i64::from(works > 5))
            .then(|| told(count, range, format!("{works}个工作日")));
    }
    // A February of unknown year may have 29 days.
    let leap = i64::from(first.year == 0 && whole > 28);
    (number < whole - 1 - leap || number > whole + leap).then(|| told(count, range, format!("{whole}{unit}")))
}
