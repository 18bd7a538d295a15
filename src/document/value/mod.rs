//! Values: what a document says in numbers, found once and read exactly.

mod bound;
mod date;
#[cfg(test)]
mod date_test;
pub(crate) mod measure;
pub mod mention;
#[cfg(test)]
mod mention_test;
pub mod numeral;
#[cfg(test)]
mod numeral_test;
mod ordinal;
mod quantity;
mod time;

use crate::source::Span;
use rust_decimal::Decimal;

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ValueKind {
    /// A number without a unit: 3.5, 三千.
    Number,
    /// 84.24%, 百分之八, 3个百分点 is an amount.
    Percent,
    /// A number with a unit or measure word: 37所, 3.3万个, 9000万元, 十二条.
    Amount,
    /// 2012年, 二〇一二年, 2015—2016年度.
    Year,
    /// A date with at least a month: 2017年3月6日, 3月6日, 2017.12, 2017-03-06, 12月底.
    Date,
    /// A time of day: 9:30, 15时40分.
    Time,
    /// A five-year plan or legal-education period: “十四五”, “八五”普法.
    Period,
    /// 第28个, 第三届, 第十四次.
    Ordinal,
    /// 1:500, 3∶2.
    Ratio,
    /// A pointer to another place: 附件2, 第三条, 表1.
    Reference,
}

/// A value with its place, its unit and its exact bounds.
#[derive(Clone, PartialEq, Debug)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// All its words, with 约, 近, 余, 多, 以上 and the like; bytes of the prose.
    pub span: Span,
    /// The numerals alone, with 万/亿 and the connector of a range; bytes of the prose, within `span`.
    pub number: Span,
    /// The unit or measure word: 所, 万元 has unit 元, 个百分点; % for percents; empty when there is none.
    pub unit: Span,
    /// The first number as written, in the bare unit: 3.3万个 is 33000; percents as written, 84.24% is 84.24. For a year,
    /// the year; for a reference or an ordinal, its number; 0 for a date and a time, see `detail`.
    pub low: Decimal,
    /// The second number as written: of a range (so that 15～10 has `low` 15 and `high` 10), a ratio, or a number that
    /// leaves a digit open (几个 is 2 to 9, 十几 11 to 19, 三四十 is not read, 三四个 is 3 to 4). Else equal to `low`.
    pub high: Decimal,
    /// One unit in the last place shown, in the bare unit: 0.1万 is 1000. Half of it is the rounding error.
    pub step: Decimal,
    /// How the numerals are written.
    pub form: Form,
    /// Whether the words around it make it exact.
    pub bound: Bound,
    /// The two ends, when the value is written as a range (3—5所, 10%～15%).
    pub range: Option<RangeMarks>,
    /// What only some kinds have.
    pub detail: Detail,
}

impl Value {
    /// A value of `kind` whose words are its numerals; the rest is filled in by who reads it.
    pub(crate) fn new(kind: ValueKind, number: Span, form: Form) -> Value {
        Value {
            kind,
            span: number,
            number,
            unit: Span::at(number.end),
            low: Decimal::ZERO,
            high: Decimal::ZERO,
            step: Decimal::ONE,
            form,
            bound: Bound::Exact,
            range: None,
            detail: Detail::None,
        }
    }

    /// Whether it stands for one exact number.
    pub fn is_exact(&self) -> bool {
        self.bound == Bound::Exact && self.range.is_none()
    }
}

/// How numerals are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// 0–9.
    Arabic,
    /// ０–９, at least in part.
    FullWidth,
    /// 一二三十百千万〇.
    Han,
    /// Han and Arabic in one date or range: 二〇二四年3月5日.
    Mixed,
}

impl Form {
    /// How two numerals together are written.
    pub fn with(self, other: Form) -> Form {
        match (self, other) {
            _ if self == other => self,
            (Form::Arabic, Form::FullWidth) | (Form::FullWidth, Form::Arabic) => Form::FullWidth,
            _ => Form::Mixed,
        }
    }
}

/// What the words around a number make of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Bound {
    /// Just that number.
    Exact,
    /// 约, 近, 左右, 余, 多, 几 …
    About,
    /// 以上, 超过, 不少于, 不低于, 至少 …
    AtLeast,
    /// 以下, 以内, 不超过, 不足, 低于 …
    AtMost,
}

/// The parts of a range as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RangeMarks {
    /// The first number, with its own unit where written.
    pub first: Span,
    /// The mark or word between: —, ～, -, 至, 到.
    pub connector: Span,
    /// The second number, without the shared unit.
    pub second: Span,
}

/// What only some kinds of values have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Detail {
    /// Nothing more.
    None,
    /// Of a date; 0 where a part is not written. Not checked against the calendar. Of a range of dates, the first. The
    /// end of a year, 2017年底, is its month 12, and the beginning, 2017年初, its month 1.
    Date {
        /// Year, or 0.
        year: i32,
        /// Month as written, even when impossible; 0 when absent.
        month: u32,
        /// Day as written, even when impossible; 0 when absent.
        day: u32,
        /// The weekday written in brackets after it, 1 for Monday to 7 for Sunday, with its place.
        weekday: Option<(u32, Span)>,
        /// The last day of a range of dates: 12月3日 of 11月28日—12月3日.
        until: Option<Day>,
    },
    /// Of a time of day, as written, even when impossible.
    Time {
        /// Hour as written.
        hour: u32,
        /// Minute as written, 0 when absent.
        minute: u32,
    },
    /// Of a period: which one, 14 for “十四五”, 1 for “一五”, and whether it is legal education (普法). Years written in
    /// brackets after it are a value of their own.
    Period {
        /// Ordinal of the plan: 一五 1, 十五 10, 十四五 14.
        ordinal: u32,
        /// Whether 普法 follows.
        legal_education: bool,
    },
    /// Of an ordinal: the number is `Value::low`; the counter is `Value::unit` (个, 届, 次, 批 …).
    Ordinal,
    /// Of a ratio: its two sides are `low` and `high`.
    Ratio,
    /// Of a reference: what it points to; the number is `Value::low`.
    Reference(Target),
}

/// A day as written; 0 where a part is not written, even when the start of its range has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Day {
    /// Year, or 0.
    pub year: i32,
    /// Month, or 0.
    pub month: u32,
    /// Day of the month, or 0.
    pub day: u32,
}

/// What a reference points to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    /// 附件2, 附件.
    Attachment,
    /// 第三条.
    Article,
    /// 第二章.
    Chapter,
    /// 表1.
    Table,
    /// 图1.
    Figure,
}
