//! The numbers that items and headings begin with: 一、 （一） 1. （1） ① 第一章 第一条.

use super::character::{digit, is_blank, is_han};
use serde::{Deserialize, Serialize};

/// How a label is written, from the highest rank to the lowest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub enum LabelStyle {
    /// 第一编, 第一部分.
    #[serde(rename = "第一编")]
    Volume,
    /// 第一章.
    #[serde(rename = "第一章")]
    Chapter,
    /// 第一节.
    #[serde(rename = "第一节")]
    Section,
    /// 第一条.
    #[serde(rename = "第一条")]
    Article,
    /// 一、
    #[serde(rename = "一、")]
    HanComma,
    /// （一）
    #[serde(rename = "（一）")]
    HanBracket,
    /// 1.
    #[serde(rename = "1.")]
    ArabicDot,
    /// （1）, 1）
    #[serde(rename = "（1）")]
    ArabicBracket,
    /// ①
    #[serde(rename = "①")]
    Circled,
}

impl LabelStyle {
    /// The level people speak of: 1 for 一、 and 第一章, 5 for ①.
    pub fn level(self) -> u8 {
        match self {
            LabelStyle::Volume | LabelStyle::Chapter | LabelStyle::HanComma => 1,
            LabelStyle::Section | LabelStyle::HanBracket => 2,
            LabelStyle::Article | LabelStyle::ArabicDot => 3,
            LabelStyle::ArabicBracket => 4,
            LabelStyle::Circled => 5,
        }
    }

    /// The standard way to write number `number` in this style.
    pub fn write(self, number: u32) -> String {
        match self {
            LabelStyle::Volume => format!("第{}编", han_number(number)),
            LabelStyle::Chapter => format!("第{}章", han_number(number)),
            LabelStyle::Section => format!("第{}节", han_number(number)),
            LabelStyle::Article => format!("第{}条", han_number(number)),
            LabelStyle::HanComma => format!("{}、", han_number(number)),
            LabelStyle::HanBracket => format!("（{}）", han_number(number)),
            LabelStyle::ArabicDot => format!("{number}."),
            LabelStyle::ArabicBracket => format!("（{number}）"),
            LabelStyle::Circled => number
                .checked_sub(1)
                .and_then(|index| char::from_u32(0x2460 + index))
                .map_or_else(String::new, String::from),
        }
    }
}

/// A label read at the start of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label {
    /// How it is written.
    pub style: LabelStyle,
    /// Its number, from 1; 0 when written as 0.
    pub number: u32,
    /// Its length in bytes, marks included, blanks after it not.
    pub len: usize,
    /// Whether it is written as the standards have it: 一、 not 一. , 1. not 1、, （一） not (一).
    pub standard: bool,
}

/// Reads the label at the very start of `text`, if there is one.
pub fn read_label(text: &str) -> Option<Label> {
    let first = text.chars().next()?;
    match first {
        '第' => read_ordinal(text),
        '（' | '(' => read_bracketed(text),
        '①'..='⑳' => Some(Label {
            style: LabelStyle::Circled,
            number: first as u32 - 0x245f,
            len: first.len_utf8(),
            standard: true,
        }),
        _ if digit(first).is_some() => read_arabic(text),
        _ if han_digit(first).is_some() => read_han(text),
        _ => None,
    }
}

fn read_ordinal(text: &str) -> Option<Label> {
    let rest = &text['第'.len_utf8()..];
    let (number, used) = read_number(rest)?;
    let after = &rest[used..];
    let (style, unit) = [
        (LabelStyle::Chapter, "章"),
        (LabelStyle::Section, "节"),
        (LabelStyle::Article, "条"),
        (LabelStyle::Volume, "编"),
        (LabelStyle::Volume, "部分"),
    ]
    .into_iter()
    .find(|(_, unit)| after.starts_with(unit))?;
    // 第一条规定…, 第一章所称… speak of an article; a label is followed by a blank, by a mark, or by nothing.
    let next = after[unit.len()..].chars().next();
    if !next.is_none_or(|c| is_blank(c) || matches!(c, '：' | '、' | '，' | '\u{2003}')) {
        return None;
    }
    let len = '第'.len_utf8() + used + unit.len();
    Some(Label { style, number, len, standard: next.is_none_or(is_blank) })
}

fn read_bracketed(text: &str) -> Option<Label> {
    let open = text.chars().next()?;
    let rest = &text[open.len_utf8()..];
    let (number, used) = read_number(rest)?;
    let close = rest[used..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let style =
        if rest.starts_with(|c| digit(c).is_some()) { LabelStyle::ArabicBracket } else { LabelStyle::HanBracket };
    let len = open.len_utf8() + used + close.len_utf8();
    // “（2024）…号” and “（12345）” begin with a bracket, but hold a year or another number.
    if number > 199 {
        return None;
    }
    Some(Label { style, number, len, standard: open == '（' && close == '）' && number > 0 })
}

fn read_arabic(text: &str) -> Option<Label> {
    let (number, used) = read_number(text)?;
    let mut after = text[used..].chars();
    let mark = after.next()?;
    let next = after.next();
    if number > 199 || used > 3 * '０'.len_utf8() {
        return None;
    }
    let label = |style, standard| Some(Label { style, number, len: used + mark.len_utf8(), standard });
    match mark {
        // 1.5万 and 2017.12 are no labels; 1. is, even at the end of a line.
        '.' | '．' if next.is_none_or(|c| digit(c).is_none()) => label(LabelStyle::ArabicDot, mark == '.'),
        '、' if next.is_none_or(|c| digit(c).is_none()) => label(LabelStyle::ArabicDot, false),
        '）' | ')' => label(LabelStyle::ArabicBracket, mark == '）'),
        _ => None,
    }
}

fn read_han(text: &str) -> Option<Label> {
    let (number, used) = read_number(text)?;
    let mut after = text[used..].chars();
    let mark = after.next()?;
    let next = after.next();
    // 一、二、三年级 is a run of numbers.
    let is_label = matches!(mark, '、' | '．' | '.')
        && next.is_none_or(|c| han_digit(c).is_none() || !is_number_run(after.as_str()));
    is_label.then_some(Label {
        style: LabelStyle::HanComma,
        number,
        len: used + mark.len_utf8(),
        standard: mark == '、',
    })
}

/// Whether what follows a numeral makes it one of a run: “、三年级”.
fn is_number_run(rest: &str) -> bool {
    rest.starts_with(['、', '年', '级', '线', '类', '期', '级', '季'])
}

/// Reads an Arabic or Han whole number at the start of `text`: its value and its length in bytes.
fn read_number(text: &str) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    if digit(first).is_some() {
        let (mut value, mut len) = (0u32, 0);
        for (c, digit) in text.chars().map_while(|c| Some((c, digit(c)?))) {
            value = value.checked_mul(10)?.checked_add(digit)?;
            len += c.len_utf8();
        }
        return Some((value, len));
    }
    let mut total = 0u32;
    let mut pending = 0u32;
    let mut len = 0;
    for c in text.chars() {
        match c {
            '十' => {
                total += pending.max(1) * 10;
                pending = 0;
            }
            '百' => {
                total += pending.max(1) * 100;
                pending = 0;
            }
            '零' | '〇' => {}
            _ => match han_digit(c) {
                Some(value) => pending = value,
                None => break,
            },
        }
        len += c.len_utf8();
    }
    (len > 0).then_some((total + pending, len))
}

fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}

/// `number` in Han numerals, for 1 to 999.
pub fn han_number(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (hundreds, tens, ones) = ((number / 100) as usize, (number / 10 % 10) as usize, (number % 10) as usize);
    let mut text = String::new();
    if hundreds > 0 {
        text.push_str(DIGITS[hundreds % 10]);
        text.push('百');
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => text.push('零'),
        0 => {}
        1 if hundreds == 0 => text.push('十'),
        tens => {
            text.push_str(DIGITS[tens]);
            text.push('十');
        }
    }
    text.push_str(DIGITS[ones]);
    text
}

/// Whether a line could be read as a heading by its look: some Chinese text, not too long, without an end mark.
pub fn looks_like_heading(text: &str) -> bool {
    // No character takes more than four bytes.
    if text.len() > 45 * 4 {
        return false;
    }
    let mut count = 0;
    let mut last = ' ';
    for c in text.chars() {
        if matches!(c, '。' | '；' | '！' | ';') {
            return false;
        }
        count += 1;
        last = c;
    }
    (4..=45).contains(&count) && (is_han(last) || matches!(last, '”' | '）' | '》' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read() {
        let check = |text: &str, expected: Option<(LabelStyle, u32, &str)>| {
            let found = read_label(text).map(|label| (label.style, label.number, &text[..label.len]));
            assert_eq!(found, expected, "{text}");
        };
        check("一、总体要求", Some((LabelStyle::HanComma, 1, "一、")));
        check("二十一、其他", Some((LabelStyle::HanComma, 21, "二十一、")));
        check("（十四）促进", Some((LabelStyle::HanBracket, 14, "（十四）")));
        check("(三)促进", Some((LabelStyle::HanBracket, 3, "(三)")));
        check("1.确保", Some((LabelStyle::ArabicDot, 1, "1.")));
        check("12．确保", Some((LabelStyle::ArabicDot, 12, "12．")));
        check("3、确保", Some((LabelStyle::ArabicDot, 3, "3、")));
        check("（2）确保", Some((LabelStyle::ArabicBracket, 2, "（2）")));
        check("2）确保", Some((LabelStyle::ArabicBracket, 2, "2）")));
        check("③确保", Some((LabelStyle::Circled, 3, "③")));
        check("第三章　附则", Some((LabelStyle::Chapter, 3, "第三章")));
        check("第十二条　本办法", Some((LabelStyle::Article, 12, "第十二条")));
        check("第一百零二条 本办法", Some((LabelStyle::Article, 102, "第一百零二条")));
        check("第三条规定的期限", None);
        check("2017.12", None);
        check("1.5万元", None);
        check("2017年工作", None);
        check("（2024）京01号", None);
        check("一、二年级学生", None);
        check("一、二、三年级学生", None);
        check("十分重要", None);
        check("一是加强", None);
    }

    #[test]
    fn numbers_are_written() {
        let written = [1, 10, 11, 20, 21, 100, 105, 110, 999].map(han_number);
        assert_eq!(written, ["一", "十", "十一", "二十", "二十一", "一百", "一百零五", "一百一十", "九百九十九"]);
        assert_eq!(LabelStyle::Circled.write(3), "③");
    }
}
