//! Limits as rules write them — 100, 2月底, {doc.year}年12月31日, {doc.date} — and how values stand to them.

use crate::document::Document;
use crate::document::value::{Detail, Value, ValueKind};
use crate::source::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::cmp::Ordering;

/// A limit as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    source: String,
    year: Year,
    month: Option<u32>,
    day: Option<u32>,
    number: Option<Decimal>,
}

/// Where a limit takes its year from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Year {
    None,
    Written(i32),
    /// The year of the document and so many more.
    Document(i32),
    /// The day the document is dated.
    Dated,
}

/// A point that values are compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The number or the year; none for a date without a year.
    pub number: Option<Decimal>,
    /// Month and day, of a date; a month alone has no day.
    pub date: Option<(u32, Option<u32>)>,
    /// The words of the document it was taken from.
    pub ground: Option<Span>,
}

impl Limit {
    /// Reads a limit. The error says, in Chinese, how limits are written.
    pub fn new(source: &str) -> Result<Limit, String> {
        let wrong = || {
            format!("“{source}”不是数或日期；日期写作 2月底、{{doc.year}}年12月31日、{{doc.year+1}}年、{{doc.date}}")
        };
        let mut limit =
            Limit { source: source.to_owned(), year: Year::None, month: None, day: None, number: source.parse().ok() };
        if limit.number.is_some() {
            return Ok(limit);
        }
        if source == "{doc.date}" {
            limit.year = Year::Dated;
            return Ok(limit);
        }
        let mut rest = source;
        if let Some(inside) = rest.strip_prefix("{doc.year") {
            let (offset, after) = inside.split_once('}').ok_or_else(wrong)?;
            let offset = if offset.is_empty() { 0 } else { offset.parse().map_err(|_| wrong())? };
            limit.year = Year::Document(offset);
            rest = after.strip_prefix('年').unwrap_or(after);
        } else if let Some((year, after)) = rest.split_once('年') {
            limit.year = Year::Written(year.parse().map_err(|_| wrong())?);
            rest = after;
        }
        if let Some((month, day)) = rest.split_once('月') {
            limit.month = Some(month.parse().ok().filter(|month| (1..=12).contains(month)).ok_or_else(wrong)?);
            limit.day = match day {
                "" => None,
                "底" | "末" => Some(31),
                "初" => Some(1),
                day => Some(day.strip_suffix('日').and_then(|day| day.parse().ok()).ok_or_else(wrong)?),
            };
            rest = "";
        }
        if rest == "底" {
            (limit.month, limit.day, rest) = (Some(12), Some(31), "");
        }
        let is_empty = limit.year == Year::None && limit.month.is_none();
        if rest.is_empty() && !is_empty { Ok(limit) } else { Err(wrong()) }
    }

    /// The point it stands for in a document; `None` where the document does not say its year.
    pub fn place(&self, document: &Document) -> Option<Place> {
        if let Some(number) = self.number {
            return Some(Place { number: Some(number), date: None, ground: None });
        }
        let date = self.month.map(|month| (month, self.day));
        if self.year == Year::Dated {
            let fact = document.facts.date.as_ref()?;
            let (year, month, day) = fact.value;
            return Some(Place { number: Some(year.into()), date: Some((month, Some(day))), ground: Some(fact.span) });
        }
        let (year, ground) = match self.year {
            Year::None => (None, None),
            Year::Written(year) => (Some(year), None),
            Year::Dated => return None,
            Year::Document(offset) => {
                let fact = document.facts.year.as_ref()?;
                (Some(fact.value + offset), Some(fact.span).filter(|span| !span.is_empty()))
            }
        };
        Some(Place { number: year.map(Decimal::from), date, ground })
    }
}

impl Place {
    /// As people write it.
    pub fn show(&self) -> String {
        let number = self.number.map(|number| number.normalize().to_string());
        match self.date {
            None => number.unwrap_or_default(),
            Some((month, day)) => {
                let year = number.map_or_else(String::new, |year| format!("{year}年"));
                let day = day.map_or_else(String::new, |day| format!("{day}日"));
                format!("{year}{month}月{day}")
            }
        }
    }
}

/// The point a value is at; `None` for approximate and open ones, ranges, and values that are no quantity, year or date.
pub fn order_of(value: &Value) -> Option<Place> {
    match (value.kind, &value.detail) {
        (ValueKind::Date, Detail::Date { year, month, day, until: None, .. }) => {
            let number = Some(*year).filter(|&year| year > 0).map(Decimal::from);
            let date = Some((*month, Some(*day).filter(|&day| day > 0))).filter(|&(month, _)| month > 0);
            Some(Place { number, date, ground: None })
        }
        (ValueKind::Year, _) if value.range.is_none() => {
            Some(Place { number: Some(value.low), date: None, ground: None })
        }
        (ValueKind::Number | ValueKind::Percent | ValueKind::Amount | ValueKind::Ordinal, _)
            if value.range.is_none() =>
        {
            Some(Place { number: Some(value.low), date: None, ground: None })
        }
        _ => None,
    }
}

/// How `a` stands to `b`, as far as both say: 3月 is neither before nor after 3月5日.
pub fn compare(a: &Place, b: &Place) -> Option<Ordering> {
    let by_year = match (a.number, b.number) {
        (Some(a), Some(b)) => a.cmp(&b),
        (None, None) => Ordering::Equal,
        // A date that names no year is in that of the document, which the limit names.
        (None, Some(_)) => Ordering::Equal,
        (Some(_), None) => return None,
    };
    let (Ordering::Equal, Some((month, day)), Some((other_month, other_day))) = (by_year, a.date, b.date) else {
        return Some(by_year);
    };
    let by_month = month.cmp(&other_month);
    Some(match (by_month, day, other_day) {
        (Ordering::Equal, Some(day), Some(other)) => day.cmp(&other),
        (by_month, ..) => by_month,
    })
}

impl Serialize for Limit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.source.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Limit, D::Error> {
        Limit::new(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Limit {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Limit".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["number", "string"], "description": "数或日期：100、2月底、{doc.year}年12月31日" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, shown: &str) {
        let document =
            Document::new(std::sync::Arc::new(crate::source::Source::plain("例", "某局2024年工作要点\n正文。")));
        let place = Limit::new(source).map(|limit| limit.place(&document).map(|place| place.show()));
        assert_eq!(place, Ok(Some(shown.to_owned())), "{source}");
    }

    #[test]
    fn limits_are_read() {
        check("100", "100");
        check("0.5", "0.5");
        check("2月底", "2月31日");
        check("{doc.year}", "2024");
        check("{doc.year+1}年", "2025");
        check("{doc.year}年12月31日", "2024年12月31日");
        check("{doc.year-1}年3月", "2023年3月");
        check("2020年", "2020");
        assert!(Limit::new("明年").is_err());
        assert!(Limit::new("13月底").is_err());
        assert!(Limit::new("").is_err());
    }

    #[test]
    fn places_are_compared() {
        let place = |source: &str| Place { ground: None, ..limit_place(source) };
        assert_eq!(compare(&place("2024年3月"), &place("2024年3月5日")), Some(Ordering::Equal));
        assert_eq!(compare(&place("3月31日"), &place("2月底")), Some(Ordering::Greater));
        assert_eq!(compare(&place("2025年"), &place("2024年12月31日")), Some(Ordering::Greater));
        assert_eq!(compare(&place("6月1日"), &place("2024年12月31日")), Some(Ordering::Less));
        assert_eq!(compare(&place("2024年1月"), &place("2月底")), None);
    }

    fn limit_place(source: &str) -> Place {
        let document = Document::new(std::sync::Arc::new(crate::source::Source::plain("例", "正文。")));
        Limit::new(source).ok().and_then(|limit| limit.place(&document)).unwrap_or(Place {
            number: None,
            date: None,
            ground: None,
        })
    }
}
