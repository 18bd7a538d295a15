//! Quantities: percents, amounts, bare numbers, ratios, and ranges of them, with the words that bound them.

use super::bound;
use super::date;
use super::measure;
use super::numeral::{self, Notation, Numeral};
use super::{Bound, Detail, Form, RangeMarks, Value, ValueKind};
use crate::document::passage::Passage;
use crate::source::Span;
use rust_decimal::Decimal;

/// Reads the quantity that starts with `first`; else says where to go on.
pub(crate) fn read(passage: Passage, first: &Numeral) -> Result<Value, usize> {
    if let Some(end) = unreadable(passage, first) {
        return Err(end);
    }
    if let Some(value) = ratio(passage, first) {
        return Ok(value);
    }
    let first = widen(passage, *first);
    let unit = unit_of(passage, first.numeral.span.end, &first.numeral);
    let value = match range(passage, &first, unit) {
        Some(value) => value,
        None => single(passage, &first, unit)
            .ok_or_else(|| first.number.end.max(numeral::run_end(passage.text, first.number.start)))?,
    };
    Ok(bounded(passage, value))
}

/// The end of what begins like a number and is none: 84。24%, 1/3, 三分之二, 90年代, 24年3月, 5号楼.
fn unreadable(passage: Passage, first: &Numeral) -> Option<usize> {
    let text = passage.text;
    let at = first.span.end;
    let rest = passage.rest(at);
    match rest.chars().next()? {
        c @ ('。' | '·' | '/' | '・') => {
            let (_, end, _) = numeral::digits(text, at + c.len_utf8())?;
            passage.first_of(end, &["%", "％"]).or(Some(end))
        }
        '分' if rest.starts_with("分之") => {
            let end = at + "分之".len();
            Some(numeral::run_end(text, end))
        }
        '年' if rest.starts_with("年代") || rest.starts_with("年级") => Some(at + "年代".len()),
        '年' if first.short(2).is_some() && first.form != Form::Han => {
            let end = at + '年'.len_utf8();
            let month = numeral::digits(text, end).is_some_and(|(_, at, _)| text[at..].starts_with('月'));
            (month || passage.first_of(end, &["底", "末", "度"]).is_some()).then_some(end)
        }
        '世' if rest.starts_with("世纪") => Some(at + "世纪".len()),
        '级' | '届' if date::is_year(first) => Some(at + '级'.len_utf8()),
        '-' | '—' | '－' if date::is_year(first) => {
            // 2016-17 is a school year written short.
            let (_, end, count) = numeral::digits(text, at + rest.chars().next()?.len_utf8())?;
            let counted = measure::counter_at(passage, end).is_some_and(|unit| &text[end..unit] != "学年");
            (count < 4 && !counted).then_some(end)
        }
        '号' | '楼' | '室' => Some(at + '号'.len_utf8()),
        '后' if first.digits == 2 => Some(at + '后'.len_utf8()),
        // 1.…；2.… in one line are labels.
        c @ ('.' | '．' | ')' | '）') if first.short(2).is_some() && first.form != Form::Han => {
            let before = passage.previous(first.span.start);
            let labelled = match c {
                '.' | '．' => passage.next(at + c.len_utf8()).is_some_and(crate::document::character::is_han),
                _ => matches!(before, Some('(' | '（')),
            };
            labelled.then_some(at)
        }
        _ => None,
    }
}

/// 1:500, 3∶2. A time has been looked for before.
fn ratio(passage: Passage, first: &Numeral) -> Option<Value> {
    let mark = passage.next(first.span.end).filter(|mark| matches!(mark, ':' | '：' | '∶' | '︰'))?;
    let at = first.span.end + mark.len_utf8();
    let second = numeral::read(passage.text, at)?;
    let plain = |numeral: &Numeral| matches!(numeral.notation, Notation::Digits | Notation::Composed);
    let counted = mark != '∶' && measure::unit_at(passage, second.span.end, &second).is_some();
    let dated = mark != '∶' && passage.first_of(second.span.end, &["年", "月", "%", "％", "."]).is_some();
    if !plain(first) || !plain(&second) || counted || dated {
        return None;
    }
    let mut value =
        Value::new(ValueKind::Ratio, Span::new(first.span.start, second.span.end), first.form.with(second.form));
    (value.low, value.high) = (first.value, second.value);
    value.step = first.step.min(second.step);
    value.detail = Detail::Ratio;
    Some(value)
}

/// A numeral with what stands between it and its unit: 十几个, 20余万元, 三四个 taken as three to four.
#[derive(Clone, Copy)]
struct Wide {
    /// The numeral; its span ends where a unit may begin.
    numeral: Numeral,
    /// The numeral without a closing 余 or 多.
    number: Span,
    high: Decimal,
    about: bool,
}

fn widen(passage: Passage, numeral: Numeral) -> Wide {
    let mut wide = Wide { numeral, number: numeral.span, high: numeral.value, about: false };
    if numeral.notation == Notation::Positional && numeral.digits == 2 {
        let ten = Decimal::TEN;
        let (first, second) = ((numeral.value / ten).floor(), numeral.value % ten);
        if second == first + Decimal::ONE {
            (wide.numeral.value, wide.high, wide.about) = (first, second, true);
        }
        return wide;
    }
    let Some(end) = bound::between(passage, numeral.span.end) else { return wide };
    let word = passage.next(numeral.span.end);
    let scale = numeral::scale_at(passage.text, end, numeral.scale == Decimal::ONE);
    if word == Some('来') && numeral.value % Decimal::TEN != Decimal::ZERO {
        return wide;
    }
    if let Some((times, end)) = scale {
        let times = Decimal::from(times);
        wide.numeral.value *= times;
        wide.numeral.step *= times;
        wide.numeral.scale = times;
        wide.numeral.span.end = end;
        wide.number.end = end;
        wide.high = wide.numeral.value;
        wide.about = true;
    } else {
        // 1500多人 has a unit, 5万多 may have none; 10多媒体 and 3来 are not read so.
        let counted = measure::unit_at(passage, end, &numeral).is_some();
        let ends = passage.next(end).is_none_or(|c| !crate::document::character::is_han(c)) && word != Some('来');
        if !counted && (!ends || numeral.form == Form::Han) {
            return wide;
        }
        wide.numeral.span.end = end;
        wide.about = true;
    }
    if word == Some('几') {
        wide.number.end = wide.numeral.span.end;
        wide.high = wide.numeral.value + Decimal::from(9) * wide.numeral.step;
        wide.numeral.value += wide.numeral.step;
    }
    wide
}

/// Two numbers with a connector between them that share a unit.
fn range(passage: Passage, first: &Wide, first_unit: Option<Span>) -> Option<Value> {
    let first = &first.numeral;
    if first.notation == Notation::Positional {
        return None;
    }
    let first_end = first_unit.map_or(first.span.end, |unit| unit.end);
    let connector = passage.connector(first_end)?;
    let second = numeral::read(passage.text, connector)?;
    let text = passage.text;
    let second_unit = unit_of(passage, second.span.end, &second);
    match (first_unit, second_unit) {
        (Some(first), Some(second)) if !same_unit(first.of(text), second.of(text)) => return None,
        (Some(_), None) => return None,
        (None, None) if first.form == Form::Han || second.form == Form::Han => return None,
        (None, None) if passage.connector(second.span.end).is_some() => return None,
        (None, None) if matches!(&text[first_end..connector], "至" | "到") => return None,
        _ => {}
    }
    let mut value = Value::new(
        kind_of(text, second_unit),
        Span::new(first.span.start, second.span.end),
        first.form.with(second.form),
    );
    value.low = first.value;
    value.step = first.step.min(second.step);
    if shares_scale(first, &second, first_unit.is_some()) {
        value.low *= second.scale;
        value.step = (first.step * second.scale).min(second.step);
    }
    value.high = second.value;
    if let Some(unit) = second_unit {
        value.unit = unit;
        value.span.end = unit.end;
    }
    value.range = Some(RangeMarks {
        first: Span::new(first.span.start, first_end),
        connector: Span::new(first_end, connector),
        second: second.span,
    });
    Some(value)
}

/// Whether 5 in 5～8亿元 means 亿 too: it does unless it is large enough to stand alone, as in 5000～1万元.
fn shares_scale(first: &Numeral, second: &Numeral, has_unit: bool) -> bool {
    let hundred = Decimal::ONE_HUNDRED;
    let alone = first.value >= hundred && second.value / second.scale < hundred;
    first.scale == Decimal::ONE && second.scale > Decimal::ONE && !has_unit && !alone
}

fn same_unit(first: &str, second: &str) -> bool {
    first == second || matches!((first, second), ("%" | "％", "%" | "％"))
}

/// A number by itself, with its unit.
fn single(passage: Passage, first: &Wide, unit: Option<Span>) -> Option<Value> {
    let numeral = &first.numeral;
    let text = passage.text;
    let counts = numeral.form != Form::Han || unit.is_some();
    let plain = numeral.notation != Notation::Positional || first.about;
    // 5G and 3D stay unread; 十名数 is read above or not at all.
    let lettered = unit.is_none() && passage.rest(numeral.span.end).starts_with(|c: char| c.is_ascii_alphabetic());
    if !counts || !plain || lettered {
        return None;
    }
    let mut value = Value::new(kind_of(text, unit), first.number, numeral.form);
    (value.low, value.high, value.step) = (numeral.value, first.high, numeral.step);
    value.span.end = numeral.span.end;
    value.bound = if first.about { Bound::About } else { Bound::Exact };
    value.unit = Span::at(value.span.end);
    if let Some(unit) = unit {
        value.unit = unit;
        value.span.end = unit.end;
        if unit.of(text).starts_with("个多") {
            value.bound = Bound::About;
        }
    } else if let Some(sign) = passage.previous(numeral.span.start).filter(|c| matches!(c, '￥' | '¥' | '$' | '＄'))
    {
        value.kind = ValueKind::Amount;
        value.unit = Span::new(numeral.span.start - sign.len_utf8(), numeral.span.start);
        value.span.start = value.unit.start;
    }
    Some(value)
}

/// The unit after a numeral, one blank between them allowed.
fn unit_of(passage: Passage, at: usize, numeral: &Numeral) -> Option<Span> {
    let start = if numeral.form == Form::Han { at } else { passage.skip_blank(at) };
    if let Some(sign @ ('%' | '％')) = passage.next(start).filter(|_| numeral.form != Form::Han) {
        return Some(Span::new(start, start + sign.len_utf8()));
    }
    measure::unit_at(passage, start, numeral).map(|end| Span::new(start, end))
}

fn kind_of(text: &str, unit: Option<Span>) -> ValueKind {
    match unit.map(|unit| unit.of(text)) {
        Some("%" | "％") => ValueKind::Percent,
        Some(_) => ValueKind::Amount,
        None => ValueKind::Number,
    }
}

/// The value with the words that bound it, and its sign.
fn bounded(passage: Passage, mut value: Value) -> Value {
    let text = passage.text;
    if let Some(sign) = minus(passage, &value) {
        (value.low, value.high) = (-value.low, if value.range.is_none() { -value.high } else { value.high });
        value.span.start = sign;
        value.number.start = sign;
    }
    let unit = value.unit.of(text);
    // 近三年 is the last three years, not about three.
    let recent = |start: usize| {
        passage.before(start).ends_with('近') && matches!(unit, "年" | "个月" | "天" | "日" | "周" | "学年")
    };
    if let Some((start, bound)) = bound::before(passage, value.span.start).filter(|_| !recent(value.span.start)) {
        value.span.start = start;
        value.bound = bound;
    }
    if let Some((end, bound)) = bound::after(passage, value.span.end, unit) {
        value.span.end = end;
        value.bound = if value.bound == Bound::Exact || value.bound == Bound::About { bound } else { value.bound };
    }
    value
}

/// Where the minus sign of a percent or a temperature stands: 增长-3.2%. Elsewhere a stroke is a stroke.
fn minus(passage: Passage, value: &Value) -> Option<usize> {
    let sign = passage.previous(value.span.start).filter(|c| matches!(c, '-' | '−' | '－'))?;
    let at = value.span.start - sign.len_utf8();
    let signed = value.kind == ValueKind::Percent || matches!(value.unit.of(passage.text), "℃" | "°C" | "个百分点");
    let free = passage.previous(at).is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '%' | '％' | '-'));
    (signed && free).then_some(at)
}

/// Reads 百分之八点五 or 百分之15 at `start`.
pub(crate) fn percent_in_words(passage: Passage, start: usize) -> Option<Value> {
    let unit = Span::new(start, start + "百分之".len());
    if !passage.rest(start).starts_with("百分之") {
        return None;
    }
    let number = if passage.rest(unit.end).starts_with("百") {
        let end = unit.end + '百'.len_utf8();
        Numeral::hundred(Span::new(unit.end, end))
    } else {
        numeral::read(passage.text, unit.end)?
    };
    let mut value = Value::new(ValueKind::Percent, number.span, number.form);
    value.span.start = start;
    value.unit = unit;
    (value.low, value.high, value.step) = (number.value, number.value, number.step);
    Some(bounded(passage, value))
}

/// Reads 几个, 几十名 at `start`, the 几: at least two, at most nine.
pub(crate) fn some(passage: Passage, start: usize) -> Option<Value> {
    let mut end = start + '几'.len_utf8();
    let mut times = Decimal::ONE;
    for (name, value) in [
        ("十万", 100_000),
        ("百万", 1_000_000),
        ("千万", 10_000_000),
        ("十", 10),
        ("百", 100),
        ("千", 1000),
        ("万", 10_000),
        ("亿", 100_000_000),
    ] {
        if passage.rest(end).starts_with(name) {
            end += name.len();
            times = value.into();
            break;
        }
    }
    let unit = measure::counter_at(passage, end)
        .filter(|&unit| !matches!(&passage.text[end..unit], "大" | "点" | "周" | "处"))?;
    let mut value = Value::new(ValueKind::Amount, Span::new(start, end), Form::Han);
    value.span.end = unit;
    value.unit = Span::new(end, unit);
    (value.low, value.high, value.step) = (times * Decimal::TWO, times * Decimal::from(9), times);
    value.bound = Bound::About;
    Some(value)
}
