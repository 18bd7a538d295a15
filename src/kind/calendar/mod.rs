//! `calendar`: dates exist, and agree with weekdays, anniversaries, five-year periods, party congresses and the document's own year.

mod age;
mod clock;
mod day;
mod event;
mod issue;
mod relative;
mod span;

use super::{Case, Find, Hit, prose};
use crate::document::part::PartKind;
use crate::document::value::{Detail, Value, ValueKind};
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// Which fact is checked, and by which year.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Calendar {
    /// 核对什么。
    pub check: Check,
    /// 依据的事实表。
    #[serde(default)]
    pub table: Option<String>,
    /// 年份取自同一分句（clause，默认），还是文件自身（document）。
    #[serde(default)]
    pub by: By,
}

/// The facts that can be checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The date exists.
    Exists,
    /// The weekday is that of the date.
    Weekday,
    /// The years of a five-year or legal-education period. 表列：kind、ordinal、start、end。
    Period,
    /// 开局之年 and 收官之年 of a period. 表列同 period。
    PeriodYear,
    /// The year a plenum or congress met. 表列：name、year。
    Meeting,
    /// A meeting is not spoken of as past before its year. 表列：name、year。
    NotYet,
    /// 周年. 表列：event、year。
    Anniversary,
    /// 第N个教师节. 表列：name、first。
    Ordinal,
    /// The day of a festival. 表列：name、month、day。
    Festival,
    /// The year of the date at the end against that of the title.
    Signature,
    /// The year of the date at the end against that of the document number.
    Number,
    /// A year in the words found against that of the title.
    TitleYear,
    /// A range runs forward.
    Range,
    /// Phases follow each other.
    Phases,
    /// A number of years, months or days beside the range it lasts.
    Lasting,
    /// 历时3小时27分 against the times of day told before.
    Elapsed,
    /// An age beside the month of birth.
    Age,
    /// 今年（2023年）against the document's year.
    Relative,
    /// 民国三十八年（1949年）; the slot n holds the number.
    Republic,
    /// N周年 against a founding told in the same line.
    Founded,
    /// The day of a festival of the lunar calendar. 表列：name、year、month、day。
    Lunar,
    /// 党的二十大精神的开局之年. 表列：name、year。
    Opening,
}

/// Which year a fact is measured by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The only year in the clause.
    #[default]
    Clause,
    /// The year the document's title names, where the clause names none.
    Document,
}

impl Find for Calendar {
    const HOLES: &'static [&'static str] = &["right", "year", "name"];

    fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        match self.check {
            Check::Exists => day::exists(case, hits),
            Check::Weekday => day::weekday(case, hits),
            Check::Festival => hits.extend(self.table(case).and_then(|table| day::festival(case, table))),
            Check::Period => hits.extend(self.table(case).and_then(|table| event::period(case, table))),
            Check::PeriodYear => {
                hits.extend(self.table(case).and_then(|table| event::period_year(case, table, self.by)))
            }
            Check::Meeting => hits.extend(self.table(case).and_then(|table| event::meeting(case, table))),
            Check::NotYet => hits.extend(self.table(case).and_then(|table| event::not_yet(case, table))),
            Check::Anniversary => {
                hits.extend(self.table(case).and_then(|table| event::anniversary(case, table, self.by)))
            }
            Check::Ordinal => hits.extend(self.table(case).and_then(|table| event::ordinal(case, table, self.by))),
            Check::Signature => hits.extend(issue::signature(case)),
            Check::Number => hits.extend(issue::number(case)),
            Check::TitleYear => hits.extend(issue::year_in_words(case)),
            Check::Range => hits.extend(span::reversed(case)),
            Check::Phases => span::phases(case, hits),
            Check::Lasting => hits.extend(span::lasting(case)),
            Check::Elapsed => hits.extend(clock::elapsed(case)),
            Check::Age => hits.extend(age::age(case)),
            Check::Relative => hits.extend(relative::relative(case)),
            Check::Republic => hits.extend(relative::republic(case)),
            Check::Founded => hits.extend(relative::founded(case)),
            Check::Lunar => hits.extend(self.table(case).and_then(|table| day::lunar(case, table))),
            Check::Opening => hits.extend(self.table(case).and_then(|table| event::opening(case, table))),
        }
    }
}

impl Calendar {
    fn table<'a>(&self, case: &Case<'a>) -> Option<&'a crate::table::Table> {
        case.tables.get(self.table.as_ref()?)
    }
}

/// The value the case is about.
fn value<'a>(case: &Case<'a>) -> Option<&'a Value> {
    case.values(None).first()
}

/// A year and the words it was read from.
type Year = (i32, Span);

/// The year a fact at `span` is measured by.
fn year_of(case: &Case<'_>, span: Span, by: By) -> Option<Year> {
    let in_clause = years_in(case, prose::clause(case.document, span));
    match by {
        By::Clause => match in_clause.as_slice() {
            [year] => Some(*year),
            [] => year_before(case, span),
            _ => None,
        },
        By::Document if in_clause.is_empty() => title_year(case),
        By::Document => None,
    }
}

/// The year of the clause before, which names nothing else (2024年，是……) or of which this one goes on to speak (……，也是……).
fn year_before(case: &Case<'_>, span: Span) -> Option<Year> {
    let clause = prose::clause(case.document, span);
    let sentence = case.document.enclosing(PartKind::Sentence, span)?.span;
    if clause.start <= sentence.start {
        return None;
    }
    // The clause right before, when it is but a year: 1999年，在庆祝……; 刚刚过去的2024年，是…….
    let previous = prose::clause(case.document, Span::at(clause.start - '，'.len_utf8()));
    if let [(year, place)] = years_in(case, previous).as_slice()
        && place.end == previous.end
        && case.slice(previous).chars().count() <= 12
        && case.document.text()[previous.end..].starts_with('，')
    {
        return Some((*year, *place));
    }
    let earlier = Span::new(sentence.start, clause.start);
    let years = years_in(case, earlier);
    let [(year, place)] = years.as_slice() else { return None };
    let goes_on = ["也是", "又是", "更是", "还是", "也", "又"].iter().any(|word| case.slice(clause).starts_with(word));
    (goes_on && case.slice(earlier).contains('是')).then_some((*year, *place))
}

/// The years named within a span; ranges count as none that can be relied on, so they make the answer unsure.
fn years_in(case: &Case<'_>, span: Span) -> Vec<Year> {
    let years = case.document.values_in(span).iter().filter_map(|value| match (&value.detail, value.kind) {
        (Detail::Date { year, .. }, _) if *year > 0 => Some((*year, value.span)),
        (_, ValueKind::Year) => Some((value.low.to_i32()?, value.span)),
        _ => None,
    });
    years.collect()
}

/// The year in the document's title; a year known from its end only is not what the text speaks of for certain.
fn title_year(case: &Case<'_>) -> Option<Year> {
    let facts = &case.document.facts;
    let year = facts.year.as_ref()?;
    // A year without a place was given from outside.
    let in_title = facts.title.as_ref().is_some_and(|title| title.span.contains(year.span)) || year.span.is_empty();
    in_title.then_some((year.value, year.span))
}

/// The years a fact may be of where its clause names none: the title's first, then those of the date and the number.
fn own_years(case: &Case<'_>) -> Vec<i32> {
    let facts = &case.document.facts;
    let number = facts.number.as_ref().and_then(|number| issue::year_of_number(&number.value));
    let date = facts.date.as_ref().map(|date| date.value.0);
    let mut years: Vec<i32> = facts.year.iter().map(|year| year.value).chain(date).chain(number).collect();
    let first = years.first().copied();
    years.sort_unstable();
    years.dedup();
    years.sort_by_key(|year| Some(*year) != first);
    years
}

/// The text before a place, within its clause.
fn before<'a>(case: &Case<'a>, span: Span) -> &'a str {
    let clause = prose::clause(case.document, span);
    case.slice(Span::new(clause.start, span.start))
}

/// The text after a place, within its clause.
fn after<'a>(case: &Case<'a>, span: Span) -> &'a str {
    let clause = prose::clause(case.document, span);
    case.slice(Span::new(span.end, clause.end))
}
