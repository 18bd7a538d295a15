//! Years and dates: 2012年, 2015—2016年度, 2017年3月6日（星期一）, 2017.12, 3—5日, 2018年底前.

use super::bound;
use super::measure;
use super::numeral::{self, Notation, Numeral, digit_at};
use super::{Day, Detail, Form, RangeMarks, Value, ValueKind};
use crate::document::passage::Passage;
use crate::source::Span;

/// Reads the year or date that starts with `first`, with its weekday, its other end, and 底, 前 and the like.
pub(crate) fn read(passage: Passage, first: &Numeral) -> Option<Value> {
    let start = first.span.start;
    if !may_begin_date(passage, first) || passage.before(start).ends_with("农历") {
        return None;
    }
    let mut written = match written(passage, first) {
        Some(written) => other_end(passage, start, written),
        None => open_range(passage, first).or_else(|| lone_day(passage, first))?,
    };
    if written.until.is_none() {
        written.weekday = weekday(passage, &mut written);
    }
    let number = Span::new(start, written.number_end);
    let mut value = Value::new(if written.is_year() { ValueKind::Year } else { ValueKind::Date }, number, written.form);
    value.span.end = written.end;
    value.range = written.range;
    if written.is_year() {
        value.unit = Span::new(written.number_end, written.end);
        value.low = written.day.year.into();
        value.high = written.until.map_or(written.day.year, |until| until.year).into();
    } else {
        let Day { year, month, day } = written.day;
        value.detail = Detail::Date { year, month, day, weekday: written.weekday, until: written.until };
    }
    if let Some((end, bound)) = bound::deadline(passage, written.end) {
        value.span.end = end;
        value.bound = bound;
    }
    Some(value)
}

/// Whether what follows a numeral lets it be looked at more closely.
fn may_begin_date(passage: Passage, first: &Numeral) -> bool {
    match passage.next(passage.skip_blank(first.span.end)) {
        Some('年' | '月' | '日' | '/' | '.' | '．') => true,
        // The start of 2017.12.5 was read as a number with a point.
        Some(_) if first.notation == Notation::Composed => true,
        Some(_) => passage.connector(first.span.end).is_some(),
        None => first.notation == Notation::Composed,
    }
}

/// A year or date as far as it is read.
struct Written {
    day: Day,
    until: Option<Day>,
    weekday: Option<(u32, Span)>,
    range: Option<RangeMarks>,
    form: Form,
    /// Where its numerals end: before the 年 of a year, after the 日 of a date.
    number_end: usize,
    end: usize,
}

impl Written {
    fn new(day: Day, form: Form, number_end: usize, end: usize) -> Written {
        Written { day, until: None, weekday: None, range: None, form, number_end, end }
    }

    fn is_year(&self) -> bool {
        let has_month = |day: Day| day.month > 0 || day.day > 0;
        !has_month(self.day) && !self.until.is_some_and(has_month)
    }
}

const NO_DAY: Day = Day { year: 0, month: 0, day: 0 };

/// A date or year that is complete in itself.
fn written(passage: Passage, first: &Numeral) -> Option<Written> {
    if let Some(separated) = separated(passage, first) {
        return Some(separated);
    }
    let at = passage.skip_blank(first.span.end);
    if let Some(year) = year_of(first)
        && passage.rest(at).starts_with('年')
    {
        return after_year(passage, first, year, at);
    }
    let month = first.short(2)?;
    let is_month = first.form != Form::Han || (1..=12).contains(&month);
    let end = month_end(passage, at).filter(|_| is_month)?;
    Some(after_month(passage, Day { month, ..NO_DAY }, first.form, end))
}

/// The year a numeral may stand for: 2012, 二〇一二.
pub(crate) fn year_of(numeral: &Numeral) -> Option<i32> {
    numeral.four_digits().map(i32::from).filter(|year| (1500..=2100).contains(year))
}

/// 2017-03-06, 2017/3/6, 2017.12.5, 2017.12, 2017-03.
fn separated(passage: Passage, first: &Numeral) -> Option<Written> {
    let text = passage.text;
    let (year, at, 4) = numeral::digits(text, first.span.start)? else { return None };
    let mark = text[at..].chars().next().filter(|mark| matches!(mark, '-' | '/' | '.' | '－' | '．'))?;
    let (month, mut end, 1..=2) = numeral::digits(text, at + mark.len_utf8())? else { return None };
    let mut day = 0;
    if let Some(rest) = text[end..].strip_prefix(mark)
        && let Some((number, after, 1..=2)) = numeral::digits(text, text.len() - rest.len())
    {
        day = number;
        end = after;
    }
    // Three parts are a date even when impossible; two are one only when nothing speaks against it.
    let plausible = (1900..=2100).contains(&year) && (day > 0 || (1..=12).contains(&month));
    let rest = &text[end..];
    let is_more = rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '%' | '％' | '年' | '级'))
        || (day == 0
            && (numeral::scale_at(text, end, true).is_some() || measure::unit_at(passage, end, first).is_some()));
    if !plausible || is_more || digit_at(text.as_bytes(), end).is_some() {
        return None;
    }
    let day = Day { year: year as i32, month: month as u32, day: day as u32 };
    let form = if text[first.span.start..end].is_ascii() { Form::Arabic } else { Form::FullWidth };
    Some(Written::new(day, form, end, end))
}

/// What follows 2017 at 年: 年, 年度, 年底, 年3月6日.
fn after_year(passage: Passage, first: &Numeral, year: i32, at: usize) -> Option<Written> {
    let end = at + '年'.len_utf8();
    let rest = passage.rest(end);
    if rest.starts_with(['代', '级']) {
        return None;
    }
    let day = Day { year, ..NO_DAY };
    if rest.starts_with('度') {
        return Some(Written::new(day, first.form, first.span.end, end + '度'.len_utf8()));
    }
    if let Some((month, end)) = edge_of(passage, end, &["年底", "年末", "底", "末"], 12) {
        return Some(Written::new(Day { month, ..day }, first.form, end, end));
    }
    if let Some(number) = numeral::read(passage.text, passage.skip_blank(end))
        && let Some(month) = number.short(2)
        && let Some(end) = month_end(passage, passage.skip_blank(number.span.end))
    {
        return Some(after_month(passage, Day { month, ..day }, first.form.with(number.form), end));
    }
    Some(Written::new(day, first.form, first.span.end, end))
}

/// 底, 末 or 初 at `at`, as month `last` or 1; 初中 and 初步 are words of their own.
fn edge_of(passage: Passage, at: usize, ends: &[&str], last: u32) -> Option<(u32, usize)> {
    if let Some(end) = passage.first_of(at, ends) {
        return Some((last, end));
    }
    let at = passage.first_of(at, &["年"]).filter(|_| last == 12).unwrap_or(at);
    let rest = passage.rest(at).strip_prefix('初')?;
    let other_word =
        rest.starts_with(['中', '级', '步', '高', '一', '二', '三', '始', '次', '审', '选', '评', '稿', '任']);
    (!other_word).then_some((1, at + '初'.len_utf8()))
}

/// The end of 月 or 月份.
fn month_end(passage: Passage, at: usize) -> Option<usize> {
    let rest = passage.rest(at).strip_prefix('月')?;
    let end = at + '月'.len_utf8();
    if rest.starts_with(['龄', '饼', '嫂', '季']) {
        return None;
    }
    Some(if rest.starts_with('份') { end + '份'.len_utf8() } else { end })
}

/// What follows a month that ends at `at`: a day, days, 底, 上旬, or nothing.
fn after_month(passage: Passage, month: Day, form: Form, at: usize) -> Written {
    if let Some(number) = numeral::read(passage.text, passage.skip_blank(at))
        && let Some(day) = number.short(2)
    {
        let form = form.with(number.form);
        let day = Day { day, ..month };
        if let Some(end) = day_end(passage, passage.skip_blank(number.span.end)) {
            return Written::new(day, form, end, end);
        }
        // 3月28—30日 writes 日 once.
        if let Some((last, marks, end)) = last_day(passage, number.span) {
            let mut days = Written::new(day, form, end, end);
            days.until = Some(Day { day: last, ..NO_DAY });
            days.range = Some(marks);
            return days;
        }
    }
    let end =
        passage.first_of(at, &["上旬", "中旬", "下旬"]).or_else(|| Some(edge_of(passage, at, &["底", "末"], 0)?.1));
    let end = end.unwrap_or(at);
    Written::new(month, form, end, end)
}

/// The end of 日 or 号.
fn day_end(passage: Passage, at: usize) -> Option<usize> {
    passage.first_of(at, &["日", "号"]).filter(|&end| !passage.rest(end).starts_with(['楼', '线', '文', '常']))
}

/// A connector and a second day after the number `first`: —30日.
fn last_day(passage: Passage, first: Span) -> Option<(u32, RangeMarks, usize)> {
    let connector = passage.connector(first.end)?;
    let number = numeral::read(passage.text, connector)?;
    let day = number.short(2)?;
    let end = day_end(passage, number.span.end)?;
    let marks = RangeMarks { first, connector: Span::new(first.end, connector), second: number.span };
    Some((day, marks, end))
}

/// Looks for the other end of a range after a date or year that starts at `start`.
fn other_end(passage: Passage, start: usize, mut first: Written) -> Written {
    if first.until.is_some() {
        return first;
    }
    let Some(connector) = passage.connector(first.end) else { return first };
    let Some(number) = numeral::read(passage.text, connector) else { return first };
    let marks = |end| RangeMarks {
        first: Span::new(start, first.end),
        connector: Span::new(first.end, connector),
        second: Span::new(number.span.start, end),
    };
    if let Some(second) = written(passage, &number).filter(|second| second.until.is_none()) {
        // 2015年—2017年 are years, 2015年—2017年3月 are dates.
        let years = first.is_year() && second.is_year();
        first.range = Some(marks(if years { second.number_end } else { second.end }));
        first.until = Some(second.day);
        first.number_end = if years { second.number_end } else { second.end };
        first.end = second.end;
        first.form = first.form.with(second.form);
    } else if first.day.day > 0
        && let Some(day) = number.short(2)
        && let Some(end) = day_end(passage, number.span.end)
    {
        first.range = Some(marks(number.span.end));
        first.until = Some(Day { day, ..NO_DAY });
        (first.number_end, first.end) = (end, end);
    }
    first
}

/// Words for a year after the second number of a range, longest first.
const YEARS: &[&str] = &["学年度", "学年", "年度", "年"];

/// A range whose first end has no word of its own: 2015—2016年度, (2016-2018), 3—5月, 3—5日.
fn open_range(passage: Passage, first: &Numeral) -> Option<Written> {
    let connector = passage.connector(first.span.end)?;
    let second = numeral::read(passage.text, connector)?;
    let marks = RangeMarks { first: first.span, connector: Span::new(first.span.end, connector), second: second.span };
    let form = first.form.with(second.form);
    let range = |day, until, number_end, end| {
        Some(Written { until: Some(until), range: Some(marks), ..Written::new(day, form, number_end, end) })
    };
    let at = second.span.end;
    if let (Some(from), Some(to)) = (year_of(first), year_of(&second)) {
        let end = passage.first_of(at, YEARS).filter(|&end| !passage.rest(end).starts_with(['级', '代']));
        let bracketed = matches!(passage.previous(first.span.start), Some('(' | '（' | '[' | '［' | '〔'))
            && passage.rest(at).starts_with([')', '）', ']', '］', '〕']);
        let bare = bracketed || (from < to && to - from <= 30 && measure::unit_at(passage, at, &second).is_none());
        let end = end.or((bare && from >= 1900 && second.form != Form::Han).then_some(at))?;
        return range(Day { year: from, ..NO_DAY }, Day { year: to, ..NO_DAY }, at, end);
    }
    let (from, to) = (first.short(2)?, second.short(2)?);
    if let Some(end) = month_end(passage, at) {
        return range(Day { month: from, ..NO_DAY }, Day { month: to, ..NO_DAY }, end, end);
    }
    let days = (1..=31).contains(&from) && (1..=31).contains(&to) && first.form != Form::Han;
    let end = passage.first_of(at, &["日"]).filter(|&end| days && bound::after(passage, end, "日").is_none())?;
    range(Day { day: from, ..NO_DAY }, Day { day: to, ..NO_DAY }, end, end)
}

/// 15日 where the words around make it a day of the month and not a number of days.
fn lone_day(passage: Passage, first: &Numeral) -> Option<Written> {
    let day = first.short(2).filter(|day| (1..=31).contains(day) && first.form != Form::Han)?;
    let end = passage.first_of(passage.skip_blank(first.span.end), &["日"])?;
    let told = passage.previous(first.span.start).is_some_and(|c| matches!(c, '月' | '于' | '至' | '到' | '从' | '自'))
        || passage.first_of(end, &["前", "上午", "下午", "晚", "（星期", "（周", "举行", "召开", "起"]).is_some();
    let counted = ["少于", "多于", "低于", "晚于", "迟于", "长达", "提前"];
    let told = told && !counted.iter().any(|word| passage.before(first.span.start).ends_with(word));
    told.then(|| Written::new(Day { day, ..NO_DAY }, first.form, end, end))
}

/// The weekday after a date, in brackets or bare; the brackets then belong to the date.
fn weekday(passage: Passage, date: &mut Written) -> Option<(u32, Span)> {
    if date.day.day == 0 {
        return None;
    }
    let rest = passage.rest(date.end);
    let inner = rest.strip_prefix(['（', '(']);
    let start = passage.text.len() - inner.unwrap_or(rest).len();
    let at = passage.first_of(start, &["星期", "周", "礼拜"])?;
    let name = passage.next(at)?;
    let number = 1 + "一二三四五六日".chars().position(|c| c == name || (c == '日' && name == '天'))? as u32;
    let span = Span::new(start, at + name.len_utf8());
    match inner {
        Some(_) => {
            if let Some(end) = passage.first_of(span.end, &["）", ")"]) {
                date.end = end;
            }
        }
        None => date.end = span.end,
    }
    Some((number, span))
}

/// Whether a numeral could be the number of a bare year, and no more: 2017.
pub(crate) fn is_year(numeral: &Numeral) -> bool {
    numeral.notation == Notation::Digits && year_of(numeral).is_some_and(|year| year >= 1900)
}
