//! Numerals, read exactly: 1,234.5, ３．５, 3.3万, 10亿零817万, 三千零五十二, 二〇一二, 三点五.
//!
//! What cannot be read as one number is not read at all: a wrong number is worse than none.

use super::Form;
use crate::source::Span;
use rust_decimal::Decimal;

/// How the digits of a numeral stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notation {
    /// Arabic digits and nothing else: 2012, ２０１２.
    Digits,
    /// Arabic digits with a point, with separators or with 万, 亿: 1,234.5, 3.3万.
    Composed,
    /// Han digits in a row: 二〇一二, 七八.
    Positional,
    /// A Han digit, or Han digits with 十, 百, 千, 万, 亿: 三, 三千零五十二, 三点五.
    Named,
}

/// A numeral and what it says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Numeral {
    /// Its characters, 万 and 亿 among them.
    pub span: Span,
    /// The number: 3.3万 is 33000.
    pub value: Decimal,
    /// One unit in the last place shown: 1000 for 3.3万. A zero at the end is shown, so 9000 and 三千 have 1.
    pub step: Decimal,
    /// What the closing 万, 亿 multiplies by; 1 without.
    pub scale: Decimal,
    /// The script it is written in.
    pub form: Form,
    /// How its digits stand.
    pub notation: Notation,
    /// How many digits there are, when it is `Digits` or `Positional`; else 0.
    pub digits: usize,
    /// `value` when it is a whole number below 10000 and no 万 or point is written; it is asked for far more often than
    /// a decimal can be made an integer cheaply.
    small: Option<u16>,
}

impl Numeral {
    /// The number of an integer that is written with digits alone, at most `most` of them.
    pub fn short(&self, most: usize) -> Option<u32> {
        let short = match self.notation {
            Notation::Digits => self.digits <= most,
            Notation::Named => true,
            Notation::Composed | Notation::Positional => false,
        };
        self.small.filter(|_| short).map(u32::from).filter(|&value| value < 10u32.pow(most as u32))
    }

    /// The number that is written with exactly four digits and nothing else, as a year is.
    pub fn four_digits(&self) -> Option<u16> {
        self.small.filter(|_| self.digits == 4)
    }

    /// 百 in 百分之百.
    pub fn hundred(span: Span) -> Numeral {
        let (value, one) = (Decimal::ONE_HUNDRED, Decimal::ONE);
        let (form, notation) = (Form::Han, Notation::Named);
        Numeral { span, value, step: one, scale: one, form, notation, digits: 0, small: Some(100) }
    }
}

/// Reads the numeral that starts at `start`; `None` when none does, or when its characters do not make one number.
pub fn read(text: &str, start: usize) -> Option<Numeral> {
    if digit_at(text.as_bytes(), start).is_some() { read_arabic(text, start) } else { read_han(text, start) }
}

/// Where the numeral characters that begin at `start` end, whether they make a number or not.
pub fn run_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some((_, next)) = digit_at(text.as_bytes(), at) {
        at = next;
    }
    for c in text[at..].chars() {
        if han(c).is_none() {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// The Arabic digits at `start`: their number, where they end, and how many they are.
pub fn digits(text: &str, start: usize) -> Option<(u64, usize, usize)> {
    let (mut number, mut at, mut count) = (0u64, start, 0);
    while let Some((digit, next)) = digit_at(text.as_bytes(), at) {
        number = number.checked_mul(10)?.checked_add(digit)?;
        at = next;
        count += 1;
    }
    (count > 0).then_some((number, at, count))
}

/// The Arabic digit at a byte, ASCII or full-width, and where the next character starts.
pub fn digit_at(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    match *bytes.get(at)? {
        byte @ b'0'..=b'9' => Some((u64::from(byte - b'0'), at + 1)),
        0xef => match bytes.get(at + 1..at + 3)? {
            &[0xbc, byte @ 0x90..=0x99] => Some((u64::from(byte - 0x90), at + 3)),
            _ => None,
        },
        _ => None,
    }
}

/// Digits beyond these do not fit the arithmetic; no document counts so far.
const MOST_DIGITS: usize = 18;

fn read_arabic(text: &str, start: usize) -> Option<Numeral> {
    let bytes = text.as_bytes();
    let (mut number, mut at, count) = digits(text, start)?;
    let mut places = 0;
    let mut notation = Notation::Digits;
    if count <= 3 {
        while let Some((group, end)) = group_at(bytes, at) {
            number = number.checked_mul(1000)?.checked_add(group)?;
            at = end;
            notation = Notation::Composed;
        }
    }
    if let Some(point) = point_at(bytes, at)
        && let Some((fraction, end, shown)) = digits(text, point)
    {
        number = number.checked_mul(10u64.checked_pow(shown as u32)?)?.checked_add(fraction)?;
        places = shown;
        at = end;
        notation = Notation::Composed;
    }
    if count + places > MOST_DIGITS {
        return None;
    }
    let mut step = Decimal::new(1, places as u32);
    let mut value = decimal(number, places as u32);
    let mut scale = Decimal::ONE;
    if let Some((times, end)) = scale_at(text, at, number > 0) {
        scale = Decimal::from(times);
        value *= scale;
        step *= scale;
        at = end;
        notation = Notation::Composed;
        (value, step, at) = read_lower_part(text, at, value, step, times)?;
    }
    // Full-width digits begin with EF; 万 and 亿 do not.
    let has_wide = |at: usize| bytes[at] == 0xef && digit_at(bytes, at).is_some();
    let form = if (start..at).any(has_wide) { Form::FullWidth } else { Form::Arabic };
    let digits = if notation == Notation::Digits { count } else { 0 };
    let small = small_of(number).filter(|_| notation == Notation::Digits);
    Some(Numeral { span: Span::new(start, at), value, step, scale, form, notation, digits, small })
}

/// `number` with its last `places` digits behind the point.
fn decimal(number: u64, places: u32) -> Decimal {
    match i64::try_from(number) {
        Ok(0) => Decimal::ZERO,
        Ok(number) => Decimal::new(number, places),
        Err(_) => Decimal::from(number) * Decimal::new(1, places),
    }
}

fn small_of(number: u64) -> Option<u16> {
    u16::try_from(number).ok().filter(|&number| number < 10_000)
}

/// A comma and exactly three digits, as they stand in 1,234,567.
fn group_at(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let group = bytes.get(at + 1..at + 4)?;
    let is_group = bytes[at] == b',' && group.iter().all(u8::is_ascii_digit) && digit_at(bytes, at + 4).is_none();
    is_group.then(|| (group.iter().fold(0, |number, byte| number * 10 + u64::from(byte - b'0')), at + 4))
}

/// Where the digits after a decimal point start.
fn point_at(bytes: &[u8], at: usize) -> Option<usize> {
    let end = match bytes.get(at..)? {
        [b'.', ..] => at + 1,
        [0xef, 0xbc, 0x8e, ..] => at + 3,
        _ => return None,
    };
    digit_at(bytes, end).map(|_| end)
}

/// What multiplies Arabic digits, longest first. 千 and 百 alone are not standard with Arabic digits, but are written.
const SCALES: [(&str, u64); 11] = [
    ("万亿", 1_000_000_000_000),
    ("千亿", 100_000_000_000),
    ("百亿", 10_000_000_000),
    ("十亿", 1_000_000_000),
    ("亿", 100_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
];

/// The scale word at `at`, one blank before it allowed, with what it multiplies by and its end.
pub(crate) fn scale_at(text: &str, at: usize, counts: bool) -> Option<(u64, usize)> {
    let rest = &text[at..];
    // 万 E4 B8 87, 千 E5 8D 83, 百 E7 99 BE, 十 E5 8D 81, 亿 E4 BA BF, or a blank before them.
    if !matches!(rest.as_bytes().first(), Some(b' ' | 0xc2 | 0xe4 | 0xe5 | 0xe7)) {
        return None;
    }
    let word = rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest);
    if !counts || !word.starts_with(['万', '千', '百', '十', '亿']) {
        return None;
    }
    let (name, times) = SCALES.into_iter().find(|(name, _)| word.starts_with(name))?;
    let end = text.len() - word.len() + name.len();
    // 千克, 千米, 千瓦, 百帕 are units of their own.
    let is_prefix = times <= 1000
        && (text[end..].starts_with(['克', '米', '瓦', '帕', '卡', '伏', '焦', '赫', '安', '方'])
            || word.len() < rest.len());
    (!is_prefix).then_some((times, end))
}

/// The part below 万 or 亿 in 10亿零817万, 1万零500, 1万5000; fails when digits follow that do not fit.
fn read_lower_part(
    text: &str,
    at: usize,
    value: Decimal,
    step: Decimal,
    above: u64,
) -> Option<(Decimal, Decimal, usize)> {
    let start = if text[at..].starts_with('零') { at + '零'.len_utf8() } else { at };
    let Some((number, end, count)) = digits(text, start) else {
        // 3万五千 mixes scripts; 5万一 does not end here.
        let mixed = text[at..].chars().next().and_then(han).is_some_and(|part| part != Part::Digit(2) || start > at);
        return if mixed { None } else { Some((value, step, at)) };
    };
    if let Some((times, end)) = scale_at(text, end, true) {
        let fits = times < above && Decimal::from(number) * Decimal::from(times) < Decimal::from(above);
        return fits.then(|| (value + Decimal::from(number * times), Decimal::from(times), end));
    }
    let fits = (start > at && number < above) || (above == 10_000 && count == 4);
    fits.then(|| (value + Decimal::from(number), Decimal::ONE, end))
}

/// What a Han numeral character does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Digit(u64),
    /// 十, 百, 千 within a section of four places.
    Power(u64),
    /// 万, 亿, which close a section.
    Section(u64),
}

fn han(c: char) -> Option<Part> {
    Some(match c {
        '零' | '〇' | '○' => Part::Digit(0),
        '一' => Part::Digit(1),
        '二' | '两' => Part::Digit(2),
        '三' => Part::Digit(3),
        '四' => Part::Digit(4),
        '五' => Part::Digit(5),
        '六' => Part::Digit(6),
        '七' => Part::Digit(7),
        '八' => Part::Digit(8),
        '九' => Part::Digit(9),
        '十' => Part::Power(10),
        '百' => Part::Power(100),
        '千' => Part::Power(1000),
        '万' => Part::Section(10_000),
        '亿' => Part::Section(100_000_000),
        _ => return None,
    })
}

/// Whether `c` is a Han numeral character.
pub fn is_han_numeral(c: char) -> bool {
    han(c).is_some()
}

fn read_han(text: &str, start: usize) -> Option<Numeral> {
    let end = run_end(text, start);
    let run = &text[start..end];
    let count = run.chars().count();
    if run.is_empty() || count > MOST_DIGITS {
        return None;
    }
    let numeral = |value: Decimal, step: Decimal, scale: Decimal, end, notation, digits, small| {
        Some(Numeral { span: Span::new(start, end), value, step, scale, form: Form::Han, notation, digits, small })
    };
    if count > 1 && run.chars().all(|c| matches!(han(c), Some(Part::Digit(_)))) && !text[end..].starts_with('点') {
        let value = run.chars().filter_map(han).fold(0, |value, part| match part {
            Part::Digit(digit) => value * 10 + digit,
            _ => value,
        });
        let small = small_of(value);
        return numeral(value.into(), Decimal::ONE, Decimal::ONE, end, Notation::Positional, count, small);
    }
    let whole = sum_han(run)?;
    let mut value = Decimal::from(whole);
    let mut scale = match run.chars().next_back() {
        Some('万') if value.is_integer() => Decimal::from(10_000),
        Some('亿') => Decimal::from(100_000_000),
        _ => Decimal::ONE,
    };
    let mut step = scale;
    let mut at = end;
    if scale == Decimal::ONE
        && let Some((fraction, places, end)) = fraction_at(text, end)
    {
        step = Decimal::new(1, places);
        value += Decimal::from(fraction) * step;
        at = end;
        if let Some(Part::Section(times)) = text[at..].chars().next().and_then(han) {
            scale = Decimal::from(times);
            (value, step, at) = (value * scale, step * scale, at + '万'.len_utf8());
        }
    }
    let small = small_of(whole).filter(|_| at == end && scale == Decimal::ONE);
    numeral(value, step, scale, at, Notation::Named, 0, small)
}

/// 点 and the Han digits after it: their number, how many they are, and their end. 九点三十 is a time.
fn fraction_at(text: &str, at: usize) -> Option<(u64, u32, usize)> {
    let rest = text[at..].strip_prefix('点')?;
    let (mut fraction, mut places, mut end) = (0, 0, text.len() - rest.len());
    for c in rest.chars() {
        match han(c) {
            Some(Part::Digit(digit)) if places < 9 => fraction = fraction * 10 + digit,
            Some(Part::Power(_)) => return None,
            _ => break,
        }
        places += 1;
        end += c.len_utf8();
    }
    (places > 0).then_some((fraction, places, end))
}

/// Adds up 三千零五十二. Fails on what is not one well-formed number: 三四十, 一百二, 千百.
fn sum_han(run: &str) -> Option<u64> {
    let (mut total, mut section, mut digit, mut zero) = (0u64, 0u64, None, false);
    let (mut power, mut closed) = (10_000, u64::MAX);
    for part in run.chars().filter_map(han) {
        match part {
            Part::Digit(0) if section > 0 || total > 0 => zero = true,
            Part::Digit(0) => return None,
            Part::Digit(_) if digit.is_some() => return None,
            Part::Digit(value) => digit = Some(value),
            Part::Power(times) => {
                let bare = times == 10 && (section == 0 || zero);
                let count = digit.take().or(bare.then_some(1))?;
                if times >= power {
                    return None;
                }
                section += count * times;
                (power, zero) = (times, false);
            }
            Part::Section(times) => {
                section += digit.take().unwrap_or(0);
                if section + total == 0 || (times >= closed && times != 100_000_000) {
                    return None;
                }
                total = if times > closed { (total + section) * times } else { total + section * times };
                (section, power, zero, closed) = (0, 10_000, false, times);
            }
        }
    }
    match digit {
        // 一百二 and 三万五 leave the place unsaid.
        Some(_) if !zero && ((section > 0 && power > 10) || (section == 0 && total > 0)) => None,
        Some(digit) => Some(total + section + digit),
        None => (!zero).then_some(total + section),
    }
}
