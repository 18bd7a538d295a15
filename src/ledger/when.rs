//! The time a metric holds for.

use super::metric::Role;
use crate::document::Document;
use crate::document::lexicon::Lexicon;
use crate::document::value::{Detail, Value, ValueKind};
use rust_decimal::prelude::ToPrimitive;
use std::fmt;

/// A year, a span of years, a part of a year, a period; or unknown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum When {
    /// Nothing says when.
    Unknown,
    /// A year, 0 where it is not known; with a part of it where one is named: 上半年, 一季度, 6月.
    Year(i32, String),
    /// From one year to another.
    Years(i32, i32),
    /// A five-year plan, by its ordinal.
    Period(u32),
    /// A word such as 今年 or 上半年 in a document whose year is not known.
    Told(&'static str),
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Unknown => Ok(()),
            When::Told(word) => f.write_str(word),
            When::Year(0, part) => f.write_str(part),
            When::Year(year, part) => write!(f, "{year}年{part}"),
            When::Years(from, to) => write!(f, "{from}—{to}年"),
            When::Period(ordinal) => {
                let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
                let (tens, ones) = (*ordinal / 10, digits[*ordinal as usize % 10]);
                match tens {
                    0 => write!(f, "“{ones}五”"),
                    _ if *ordinal == 10 => f.write_str("“十五”"),
                    _ => write!(f, "“十{ones}五”"),
                }
            }
        }
    }
}

/// Words for years as seen from the year of the document.
const RELATIVE: &[(&str, i32)] = &[
    ("今年", 0),
    ("本年", 0),
    ("当年", 0),
    ("年内", 0),
    ("上年", -1),
    ("去年", -1),
    ("前年", -2),
    ("明年", 1),
    ("次年", 1),
    ("下年", 1),
];

/// Parts of a year.
const PARTS: &[&str] = &[
    "前三季度",
    "上半年",
    "下半年",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "第一季度",
    "第二季度",
    "第三季度",
    "第四季度",
    "年初",
    "春季",
    "秋季",
];

/// Words in a heading over what is meant to be done, and over what was.
static PLANS: Lexicon = Lexicon::new(&[
    "计划",
    "安排",
    "打算",
    "目标",
    "下一步",
    "要点",
    "方案",
    "规划",
    "任务书",
    "重点任务",
    "主要任务",
    "建议",
    "预期",
]);
static REPORTS: Lexicon = Lexicon::new(&["总结", "回顾", "完成情况", "执行情况", "基本情况", "主要做法"]);

/// Kinds of documents that tell what was done. In a heading such a word may be of anything: 健全报告制度.
const REPORTING: &[&str] = &["公报", "报告", "汇报", "通报"];

/// What the document and its headings say of time.
pub(super) struct Clock<'d> {
    document: &'d Document,
    year: Option<i32>,
    role: Role,
}

impl<'d> Clock<'d> {
    pub(super) fn new(document: &'d Document) -> Clock<'d> {
        let title = document.facts.title.as_ref().map_or("", |title| title.value.as_str());
        let reports = REPORTING.iter().any(|kind| title.contains(kind));
        let role = match role_of(title) {
            None if reports => Role::Achieved,
            role => role.unwrap_or(Role::Stated),
        };
        Clock { document, year: document.facts.year.as_ref().map(|year| year.value), role }
    }

    /// The time a value names, when it is one.
    pub(super) fn of_value(&self, value: &Value) -> Option<When> {
        match (&value.detail, value.kind) {
            (_, ValueKind::Year) if value.range.is_some() => {
                Some(When::Years(value.low.to_i32()?, value.high.to_i32()?))
            }
            (_, ValueKind::Year) => Some(When::Year(value.low.to_i32()?, String::new())),
            (Detail::Date { year, month, .. }, _) => {
                let year = if *year > 0 { *year } else { self.year.unwrap_or(0) };
                // 2024年底 is of the year; so is a deadline within it, as far as quantities go.
                let part = if *month == 12 { String::new() } else { format!("{month}月") };
                Some(When::Year(year, part))
            }
            (Detail::Period { ordinal, legal_education: false }, _) => Some(When::Period(*ordinal)),
            _ => None,
        }
    }

    /// The first and the last day a date names, as 20240306; the year is the document's where none is written.
    pub(super) fn day(&self, value: &Value) -> Option<(i64, i64)> {
        let Detail::Date { year, month, day, until, .. } = value.detail else { return None };
        let code = |year: i32, month: u32, day: u32| i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(day);
        let year = if year > 0 { year } else { self.year.unwrap_or(0) };
        let last = until.map_or(code(year, month, day), |last| {
            let or = |own: u32, first: u32| if own > 0 { own } else { first };
            code(if last.year > 0 { last.year } else { year }, or(last.month, month), or(last.day, day))
        });
        (day > 0).then(|| (code(year, month, day), last))
    }

    /// The time that words such as 去年 and 上半年 name.
    pub(super) fn relative(&self, words: &str) -> Option<When> {
        // Every word of the lists holds one of these.
        if !words.contains(['年', '季']) {
            return None;
        }
        let part = PARTS.iter().find(|part| words.contains(**part)).map_or("", |part| part.trim_start_matches('第'));
        let compared = words.contains('比') || words.contains('较');
        let told = RELATIVE.iter().find(|(word, _)| !compared && words.contains(word));
        match (told, part, self.year) {
            (None, "", _) => None,
            (Some((word, _)), _, None) => Some(When::Told(word)),
            (None, part, None) => Some(When::Told(part)),
            (told, part, year) => Some(When::Year(year? + told.map_or(0, |(_, shift)| *shift), part.to_owned())),
        }
    }

    /// The time that holds for a line: that of the nearest heading that names one, else of the document.
    pub(super) fn at(&self, line: usize) -> When {
        let by_heading = self.headings(line).find_map(|heading| {
            let values = self.document.values_in(heading);
            let year = values.iter().find_map(|value| self.of_value(value));
            year.or_else(|| self.relative(self.document.slice(heading)))
        });
        by_heading.or_else(|| Some(When::Year(self.year?, String::new()))).unwrap_or(When::Unknown)
    }

    /// Whether the headings over a line, or the title, speak of plans or of what was done.
    pub(super) fn role_at(&self, line: usize) -> Role {
        self.headings(line).find_map(|heading| role_of(self.document.slice(heading))).unwrap_or(self.role)
    }

    /// Whether the document tells what was done, so that this year is what lies ahead.
    pub(super) fn is_report(&self) -> bool {
        self.role == Role::Achieved
    }

    /// The headings over a line, the nearest first.
    fn headings(&self, line: usize) -> impl Iterator<Item = crate::source::Span> + use<'_, 'd> {
        let nodes = &self.document.outline.nodes;
        let mut node = self.document.lines[line].node;
        std::iter::from_fn(move || {
            let entry = &nodes[node?];
            node = entry.parent;
            Some(entry.title)
        })
    }
}

fn role_of(words: &str) -> Option<Role> {
    match (PLANS.is_in(words), REPORTS.is_in(words)) {
        (true, false) => Some(Role::Planned),
        (false, true) => Some(Role::Achieved),
        _ => None,
    }
}
