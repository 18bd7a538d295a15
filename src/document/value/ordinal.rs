//! Ordinals, references and five-year periods: 第28个, 第三条, 附件2, “十四五”.

use super::measure;
use super::numeral::{self, Notation, Numeral};
use super::{Detail, Form, RangeMarks, Target, Value, ValueKind};
use crate::document::passage::Passage;
use crate::source::Span;

/// Counters that make 第3… an ordinal and are no measure words elsewhere, longest first.
const COUNTERS: &[&str] =
    &["季度", "学期", "学段", "阶段", "轮", "届", "号", "卷", "册", "辑", "级", "等", "组", "天", "周"];

/// Reads the ordinal or reference whose number is `first` and which starts with the 第 before it.
pub(crate) fn read(passage: Passage, first: &Numeral) -> Option<Value> {
    if first.notation == Notation::Positional {
        return None;
    }
    let start = first.span.start - '第'.len_utf8();
    let mut value = numbered(passage, first, |passage, at| counter(passage, at).is_some());
    let end = counter(passage, value.number.end)?;
    value.span = Span::new(start, end);
    value.unit = Span::new(value.number.end, end);
    let target = match value.unit.of(passage.text) {
        "条" => Some(Target::Article),
        "章" => Some(Target::Chapter),
        _ => None,
    };
    value.kind = if target.is_some() { ValueKind::Reference } else { ValueKind::Ordinal };
    value.detail = target.map_or(Detail::Ordinal, Detail::Reference);
    Some(value)
}

fn counter(passage: Passage, at: usize) -> Option<usize> {
    let own = passage.first_of(at, COUNTERS).filter(|&end| !passage.rest(end).starts_with("级"));
    let end = passage.first_of(at, &["章"]).or_else(|| measure::counter_at(passage, at)).or(own)?;
    // 第一个人 has the counter 个, 第一人民医院 has none.
    (!matches!(&passage.text[at..end], "大" | "大类" | "人" | "点" | "倍" | "周岁")).then_some(end)
}

/// The number of an ordinal or reference, with its other end where one is written: 附件1—3.
fn numbered(passage: Passage, first: &Numeral, fits: impl Fn(Passage, usize) -> bool) -> Value {
    let mut value = Value::new(ValueKind::Reference, first.span, first.form);
    (value.low, value.high, value.step) = (first.value, first.value, first.step);
    if let Some(connector) = passage.connector(first.span.end)
        && let Some(second) = numeral::read(passage.text, connector)
        && second.form == first.form
        && fits(passage, second.span.end)
    {
        value.number.end = second.span.end;
        value.high = second.value;
        value.range = Some(RangeMarks {
            first: first.span,
            connector: Span::new(first.span.end, connector),
            second: second.span,
        });
    }
    value.span = value.number;
    value.unit = Span::at(value.number.end);
    value
}

/// Nouns that are numbered, with what they are.
const NOUNS: &[(&str, Target)] = &[
    ("附件", Target::Attachment),
    ("附表", Target::Table),
    ("附图", Target::Figure),
    ("表", Target::Table),
    ("图", Target::Figure),
];

/// Reads the reference whose number is `first`, with the noun before it.
pub(crate) fn reference(passage: Passage, first: &Numeral) -> Option<Value> {
    if !matches!(passage.previous(first.span.start), Some('件' | '表' | '图')) || first.short(3).is_none() {
        return None;
    }
    let (noun, target) = NOUNS.iter().find(|(noun, _)| passage.before(first.span.start).ends_with(noun))?;
    let start = first.span.start - noun.len();
    // 代表3名, 地图2张: a bare 表 or 图 is a reference only where no longer word ends with it and nothing is counted.
    let alone = passage.previous(start).is_none_or(|c| {
        !crate::document::character::is_han(c)
            || matches!(c, '见' | '如' | '由' | '从' | '按' | '照' | '和' | '与' | '及' | '在')
    });
    if noun.len() == '表'.len_utf8() && !alone {
        return None;
    }
    let value = numbered(passage, first, |passage, at| measure::counter_at(passage, at).is_none());
    let counted = measure::unit_at(passage, value.number.end, first).is_some();
    (!counted).then(|| Value { span: Span::new(start, value.number.end), detail: Detail::Reference(*target), ..value })
}

/// Reads 2 in 附件1、2, where a reference ends just before the mark.
pub(crate) fn further_reference(passage: Passage, first: &Numeral, last: &Value) -> Option<Value> {
    let Detail::Reference(target) = last.detail else { return None };
    let between = &passage.text[last.span.end..first.span.start];
    let joined = matches!(between, "、" | "和" | "及" | "与" | "至") && first.short(3).is_some();
    if !joined || measure::unit_at(passage, first.span.end, first).is_some() {
        return None;
    }
    let value = numbered(passage, first, |_, _| true);
    Some(Value { detail: Detail::Reference(target), ..value })
}

/// What follows an unquoted period.
const AFTER_PERIOD: &[&str] =
    &["规划", "计划", "时期", "期间", "普法", "末", "以来", "开局", "收官", "发展规划", "教育"];

/// Reads the five-year period that starts at `start`: “十四五”, 十三五规划, “八五”普法.
pub(crate) fn period(passage: Passage, start: usize) -> Option<Value> {
    let (ordinal, end) = ordinal_of_period(passage, start)?;
    let open = passage.previous(start).filter(|c| matches!(c, '“' | '"' | '「' | '‘'));
    let close = passage.next(end).filter(|c| matches!(c, '”' | '"' | '」' | '’'));
    let mut span = Span::new(start, end);
    match (open, close) {
        (Some(open), Some(close)) => span = Span::new(start - open.len_utf8(), end + close.len_utf8()),
        (None, Some(_)) | (Some(_), None) | (None, None) => {
            passage.first_of(end, AFTER_PERIOD)?;
            if super::numeral::is_han_numeral(passage.previous(start).unwrap_or(' ')) {
                return None;
            }
        }
    }
    let law = passage.first_of(span.end, &["普法"]);
    let mut value = Value::new(ValueKind::Period, Span::new(start, end), Form::Han);
    value.span = Span::new(span.start, law.unwrap_or(span.end));
    (value.low, value.high) = (ordinal.into(), ordinal.into());
    value.detail = Detail::Period { ordinal, legal_education: law.is_some() };
    Some(value)
}

/// 一五 is 1, 十五 is 10, 十四五 is 14; with the end of its characters.
fn ordinal_of_period(passage: Passage, start: usize) -> Option<(u32, usize)> {
    let mut characters = passage.rest(start).char_indices();
    let mut ordinal = 0;
    for _ in 0..3 {
        let (at, c) = characters.next()?;
        if c == '五' && ordinal > 0 {
            let next = characters.next();
            // 五五 and 十五五 are the fifth and the fifteenth.
            if next.is_some_and(|(_, c)| c == '五') && (ordinal == 10) {
                return Some((15, start + at + "五五".len()));
            }
            return Some((ordinal, start + at + c.len_utf8()));
        }
        let digit = "一二三四五六七八九十".chars().position(|name| name == c)? as u32 + 1;
        if ordinal != 0 && (ordinal != 10 || digit == 10) {
            return None;
        }
        ordinal += digit;
    }
    None
}
