//! `compare`: two or more values that determine each other: a share, a growth rate, a difference, a product, an order.
//! One file for each relation; here is what they have in common.

mod average;
mod capital;
mod convert;
mod difference;
mod direction;
mod each;
mod formula;
mod growth;
mod multiple;
mod order;
mod parts;
mod product;
mod proportion;
mod rank;
mod rate;
mod ratio;
mod rows;
mod share;
mod share_of_named;
mod shares;
mod slip;
mod span;

use super::{Case, Find, Hit};
use crate::document::Document;
use crate::document::character::digit;
use crate::document::value::Value;
use crate::form::one_key;
use crate::source::Span;
pub use average::Average;
pub use capital::Capital;
pub use convert::Convert;
pub use difference::Difference;
pub use direction::Direction;
pub use each::Each;
pub use formula::Formula;
pub use growth::Growth;
pub use multiple::Multiple;
pub use order::Order;
pub use parts::Parts;
pub use product::Product;
pub use proportion::Proportion;
pub use rank::Rank;
pub use rate::Rate;
pub use ratio::Ratio;
pub use rows::Rows;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
pub use share::{Share, Within};
pub use share_of_named::ShareOfNamed;
pub use shares::Shares;
pub use span::Years;

/// What is compared with what.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Compare {
    /// The relation the values must stand in.
    #[serde(with = "one_key")]
    #[cfg_attr(feature = "cli", schemars(with = "Relation"))]
    pub relation: Relation,
}

macro_rules! relations {
    ($($(#[$doc:meta])* $relation:ident,)*) => {
        /// A relation of values; each is named by its slot.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Relation {
            $($(#[$doc])* $relation($relation),)*
        }

        impl Relation {
            /// The slots it speaks of.
            fn slots(&self) -> Vec<&str> {
                match self { $(Relation::$relation(relation) => relation.slots(),)* }
            }

            /// Reports what does not agree.
            fn judge(&self, case: &Case<'_>) -> Option<Hit> {
                match self { $(Relation::$relation(relation) => relation.judge(case),)* }
            }
        }
    };
}

relations! {
    /// percent = part ÷ whole.
    Share,
    /// percent = part ÷ whole, both sought before it; the words before the percentage name the part: 完成率.
    Rate,
    /// percents = each part ÷ the whole, for parts and percentages listed in one order.
    Shares,
    /// percent = (to − from) ÷ from; the words before the percentage say up or down.
    Growth,
    /// by = to − from; of two percentages, by is in 个百分点.
    Difference,
    /// A verb of rising or falling between two values, the second the greater or the smaller.
    Direction,
    /// to = times × from, or from with times × from added to it, as the words say.
    Multiple,
    /// first ÷ second = ratio.
    Ratio,
    /// percent = part ÷ whole, both named in its clause and found before it: 预备费占支出的1.4%.
    ShareOfNamed,
    /// Amounts listed in a row are in the ratio stated: 4∶3∶3.
    Proportion,
    /// The sides of a ratio make up a sum: 9.4∶40.7∶49.9.
    Parts,
    /// result = the product of the factors, one of which is a rate: 每人300元.
    Product,
    /// rate = a total in the same unit ÷ a count of what the rate is per, both sought around it.
    Average,
    /// result = what a formula comes to: 78×40%+82×60%=80.4.
    Formula,
    /// A total = so many of each × how many are listed: 春、夏、秋、冬各3条.
    Each,
    /// One measure in two units.
    Convert,
    /// A sum in capital numerals and in figures.
    Capital,
    /// A rank among so many.
    Rank,
    /// A number of years, and the first and last of them.
    Years,
    /// first ≤ second; without slots, the two ends of the range given.
    Order,
    /// In each row of a table, amount = rate × counts.
    Rows,
}

impl Find for Compare {
    const HOLES: &'static [&'static str] = &["expected", "working", "first", "second"];

    fn slots(&self) -> Vec<&str> {
        self.relation.slots()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        match &self.relation {
            Relation::Rows(rows) => rows.find(case, hits),
            relation => hits.extend(relation.judge(case)),
        }
    }
}

/// The one value of a slot.
fn one<'d>(case: &Case<'d>, slot: &str) -> Option<&'d Value> {
    match case.values(Some(slot)) {
        [value] if !is_torn(case.document, value) => Some(value),
        _ => None,
    }
}

/// The one exact value of a slot.
fn exact<'d>(case: &Case<'d>, slot: &str) -> Option<&'d Value> {
    one(case, slot).filter(|value| value.is_exact())
}

/// Whether it is the rest of a number with a mark of punctuation between its thousands: 753 of 1，753亿元.
fn is_torn(document: &Document, value: &Value) -> bool {
    let before = document.text()[..value.span.start].strip_suffix(['，', ',', '．', '。']);
    before.is_some_and(|before| before.ends_with(|c| digit(c).is_some()))
}

/// Words that what follows them is less, or more, than something else.
const FALLS: &[&str] = &[
    "下降",
    "减少",
    "降低",
    "压减",
    "缩减",
    "回落",
    "降幅",
    "同比降",
    "负增长",
    "压缩",
    "缩短",
    "核减",
    "净减",
    "精简",
    "下跌",
    "缩小",
    "收窄",
    "下滑",
    "调减",
    "减",
    "少",
    "低",
];
const RISES: &[&str] = &[
    "增长",
    "增加",
    "上升",
    "提高",
    "提升",
    "增幅",
    "同比增",
    "扩大",
    "净增",
    "上涨",
    "回升",
    "前移",
    "延长",
    "增至",
    "增",
    "多",
    "高",
];

/// Whether the words before a value say that something went up or down by it.
fn direction(document: &Document, value: &Value) -> Option<f64> {
    let before = before(document, value);
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if ends(FALLS) {
        Some(-1.0)
    } else if ends(RISES) {
        Some(1.0)
    } else {
        None
    }
}

/// The text before a value, without 了, 约 and the like.
fn before<'d>(document: &'d Document, value: &Value) -> &'d str {
    document.text()[..value.span.start].trim_end_matches(['了', '约', '为', '达', '到', ' '])
}

/// The words of the clause before a value, with the mark before them; what stands in brackets between them belongs to them.
fn clause_before<'d>(document: &'d Document, value: &Value) -> &'d str {
    let text = &document.text()[..value.span.start];
    let mut depth = 0_u32;
    for (at, c) in text.char_indices().rev() {
        match c {
            '\n' => return &text[at..],
            '）' => depth += 1,
            '（' if depth > 0 => depth -= 1,
            '，' | '。' | '；' | '：' | '、' | '（' | ',' if depth == 0 => return &text[at..],
            _ => {}
        }
    }
    text
}

/// Whether a rate gives way to another: 由每人94元提高到99元.
fn is_replaced(document: &Document, rate: &Value) -> bool {
    let after = &document.text()[rate.span.end..];
    let changes = ["提高", "提升", "增加", "上调", "调整", "增至", "升至", "降低", "下调", "降至", "降到"];
    changes.iter().any(|change| after.starts_with(change))
}

/// Whether a change is said of each year, or of another measure than what stands before it.
fn is_yearly(document: &Document, value: &Value) -> bool {
    let clause = clause_before(document, value);
    ["年均", "月均", "平均", "每", "递增", "累计", "实际"].iter().any(|word| clause.contains(word))
}

/// Whether it is a rate: 每人5元, 人均3000元, but not the 40名 of 每人5元发给40名.
fn is_rate(document: &Document, value: &Value) -> bool {
    let clause = clause_before(document, value);
    let at = ["每", "人均", "户均", "亩均", "平均"].iter().filter_map(|word| clause.rfind(word)).max();
    at.is_some_and(|at| !clause[at..].contains(|c: char| c.is_ascii_digit()))
}

/// Whether it is what something grew or shrank by: 增加2亿元, 同比增收2亿元, 多3件.
fn is_change(document: &Document, value: &Value) -> bool {
    let before = before(document, value);
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    ends(RISES)
        || ends(FALLS)
        || ends(&[
            "增收", "减收", "增支", "减支", "增产", "减产", "多收", "少收", "增幅", "降幅", "超收", "短收", "增量",
            "减量",
        ])
}

/// How far a percentage may be from what it was rounded from: half of its last digit, and the whole of it where decimals are
/// shown, as some cut off rather than round.
fn slack(percent: &Value) -> f64 {
    let step = float(percent.step);
    if step < 1.0 { step * 1.01 } else { step * 0.6 }
}

/// The error of rounding as a share of the value; none for what was counted.
fn relative(value: &Value) -> f64 {
    let counted = value.step == Decimal::ONE || value.low.is_zero();
    if counted { 0.0 } else { float(value.step) / 2.0 / float(value.low) }
}

/// How many times the one is the other, the greater divided by the smaller.
fn times_apart(a: f64, b: f64) -> f64 {
    let (a, b) = (a.abs(), b.abs());
    if a.min(b) > 0.0 { a.max(b) / a.min(b) } else { f64::INFINITY }
}

fn float(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}

/// A number with as many decimals as the stated one shows.
fn shown(number: f64, like: &Value) -> String {
    let decimals = like.step.scale() as usize;
    format!("{number:.decimals$}")
}

/// A value's numerals as written.
fn written(case: &Case<'_>, value: &Value) -> String {
    case.slice(value.number).to_owned()
}

/// What 万 or 亿 at the end of a value's numerals multiplies them by, with the word.
fn scale(case: &Case<'_>, value: &Value) -> (f64, &'static str) {
    match case.slice(value.number).chars().next_back() {
        Some('万') => (1e4, "万"),
        Some('亿') => (1e8, "亿"),
        _ => (1.0, ""),
    }
}

/// A number in the unit of `like`, at its scale and with at most `decimals` decimals.
fn in_unit_of(case: &Case<'_>, number: f64, like: &Value, decimals: u32) -> String {
    let (scale, word) = scale(case, like);
    let number = Decimal::from_f64_retain(number / scale).unwrap_or_default().round_dp(decimals).normalize();
    let unit = case.slice(like.unit);
    if like.unit.start < like.number.start { format!("{unit}{number}{word}") } else { format!("{number}{word}{unit}") }
}

/// The decimals shown of a value, at its scale.
fn decimals(case: &Case<'_>, value: &Value) -> u32 {
    let number = case.slice(value.number);
    number.rsplit_once('.').map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count() as u32)
}

/// The clause that holds a place: from ；or 。 to ；or 。.
fn segment(document: &Document, place: Span) -> Span {
    let text = document.text();
    let start = text[..place.start]
        .rfind(['。', '；', '\n', '！', '？'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let end = text[place.end..].find(['。', '；', '\n', '！', '？']).map_or(text.len(), |at| place.end + at);
    Span::new(start, end)
}
