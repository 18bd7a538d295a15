//! Times of day: 9:30, 9：30, 15时40分, 上午9时.

use super::numeral::{self, Numeral, digit_at};
use super::{Detail, RangeMarks, Value, ValueKind};
use crate::document::passage::Passage;
use crate::source::Span;

/// Words for a part of the day, which belong to the time after them.
const PARTS_OF_DAY: &[&str] = &["上午", "下午", "中午", "晚上", "凌晨", "早上", "早晨", "傍晚", "晚"];

/// Reads the time whose hour is `hour`.
pub(crate) fn read(passage: Passage, hour: &Numeral) -> Option<Value> {
    let start = hour.span.start;
    if !matches!(passage.next(hour.span.end), Some(':' | '：' | '时' | '点')) {
        return None;
    }
    let part_of_day =
        PARTS_OF_DAY.iter().find(|part| passage.before(start).ends_with(*part)).map_or(0, |part| part.len());
    let first = moment(passage, hour, part_of_day > 0)?;
    let mut value = Value::new(ValueKind::Time, Span::new(start, first.end), hour.form);
    if let Some(connector) = passage.connector(first.end) {
        let after =
            PARTS_OF_DAY.iter().find(|part| passage.rest(connector).starts_with(*part)).map_or(0, |part| part.len());
        let at = connector + after;
        if let Some(second) = numeral::read(passage.text, at).and_then(|hour| moment(passage, &hour, after > 0)) {
            let marks = |first, connector, second| RangeMarks { first, connector, second };
            value.range = Some(marks(value.number, Span::new(first.end, connector), Span::new(at, second.end)));
            value.number.end = second.end;
        }
    }
    value.span = Span::new(start - part_of_day, value.number.end);
    value.unit = Span::at(value.number.end);
    value.detail = Detail::Time { hour: first.hour, minute: first.minute };
    Some(value)
}

struct Moment {
    hour: u32,
    minute: u32,
    end: usize,
}

/// What makes another word of 时 after a number.
const NOT_HOUR: &[char] =
    &['期', '代', '间', '段', '限', '常', '刻', '任', '效', '值', '尚', '节', '政', '时', '空', '速', '长', '差'];

fn moment(passage: Passage, hour: &Numeral, part_of_day: bool) -> Option<Moment> {
    let value = hour.short(2)?;
    let at = hour.span.end;
    let rest = passage.rest(at);
    match rest.chars().next()? {
        mark @ (':' | '：') => {
            let (minute, end) = two_digits(passage.text, at + mark.len_utf8())?;
            // 比分为3:10 and 按1:10的比例 are ratios.
            if passage.before(hour.span.start).chars().rev().take(5).any(|c| c == '比') || rest_is_ratio(passage, end)
            {
                return None;
            }
            let seconds =
                passage.rest(end).strip_prefix(mark).and_then(|_| two_digits(passage.text, end + mark.len_utf8()));
            Some(Moment { hour: value, minute, end: seconds.map_or(end, |(_, end)| end) })
        }
        '时' if value <= 24 && !rest['时'.len_utf8()..].starts_with(NOT_HOUR) => {
            Some(with_minutes(passage, value, at + '时'.len_utf8()))
        }
        '点' if value <= 24 => {
            let end = at + '点'.len_utf8();
            let time = with_minutes(passage, value, end);
            let told = time.end > end || part_of_day || passage.rest(end).starts_with(['整', '钟']);
            told.then_some(time)
        }
        _ => None,
    }
}

fn rest_is_ratio(passage: Passage, end: usize) -> bool {
    passage.rest(end).chars().take(3).any(|c| c == '比')
}

/// Minutes after an hour that ends at `end`: 40分, 半, 整.
fn with_minutes(passage: Passage, hour: u32, end: usize) -> Moment {
    if let Some(minute) = numeral::read(passage.text, end)
        && let Some(value) = minute.short(2)
        && passage.rest(minute.span.end).starts_with('分')
        && !passage.rest(minute.span.end).starts_with("分钟")
    {
        return Moment { hour, minute: value, end: minute.span.end + '分'.len_utf8() };
    }
    match passage.next(end) {
        Some('半') if !passage.rest(end).starts_with("半年") => {
            Moment { hour, minute: 30, end: end + '半'.len_utf8() }
        }
        Some(c @ ('整' | '许')) => Moment { hour, minute: 0, end: end + c.len_utf8() },
        _ => Moment { hour, minute: 0, end },
    }
}

/// Exactly two digits: minutes and seconds are always written so.
fn two_digits(text: &str, at: usize) -> Option<(u32, usize)> {
    let (value, end, count) = numeral::digits(text, at)?;
    (count == 2 && digit_at(text.as_bytes(), end).is_none()).then_some((value as u32, end))
}
