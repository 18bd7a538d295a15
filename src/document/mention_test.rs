//! Values as they are read, row by row.

use super::mention::find_values;
use super::value::{Bound, Detail, Value, ValueKind};
use super::verbatim::find_verbatim;
use crate::source::Prose;

/// A value in one line: `kind|span|number|unit|low..high|step|bound`. Empty fields at the end, a step of 1 and an exact
/// bound are left out; a date shows its parts, and `~` before the last day of a range.
pub(super) fn show(text: &str, value: &Value) -> String {
    let plain = |number: rust_decimal::Decimal| number.normalize().to_string();
    let amount = if value.low == value.high { plain(value.low) } else { format!("{}..{}", plain(value.low), plain(value.high)) };
    let said = match &value.detail {
        Detail::Date { year, month, day, weekday, until } => {
            let weekday = weekday.map_or(String::new(), |(number, _)| format!("w{number}"));
            let until = until.map_or(String::new(), |to| format!("~{}-{}-{}", to.year, to.month, to.day));
            format!("{year}-{month}-{day}{weekday}{until}")
        }
        Detail::Time { hour, minute } => format!("{hour}:{minute:02}"),
        Detail::Period { ordinal, legal_education } => format!("{ordinal}{}", if *legal_education { "普法" } else { "" }),
        Detail::Reference(target) => format!("{target:?} {amount}"),
        Detail::None | Detail::Ordinal | Detail::Ratio => amount,
    };
    let kind = format!("{:?}", value.kind).to_lowercase();
    let step = if value.step == rust_decimal::Decimal::ONE { String::new() } else { plain(value.step) };
    let bound = if value.bound == Bound::Exact { String::new() } else { format!("{:?}", value.bound) };
    let (span, number, unit) = (value.span.of(text), value.number.of(text), value.unit.of(text));
    format!("{kind}|{span}|{number}|{unit}|{said}|{step}|{bound}").trim_end_matches('|').to_string()
}

fn values_of(text: &str) -> Vec<Value> {
    let prose = Prose::plain(text.into());
    let verbatim = find_verbatim(text, &prose.blocks);
    let values = find_values(text, &prose.blocks, &verbatim);
    let mut end = 0;
    for value in &values {
        assert!(value.span.start >= end, "values overlap in {text}");
        assert!(value.span.contains(value.number) && value.span.contains(value.unit), "{value:?} leaves its span in {text}");
        assert!(verbatim.iter().all(|span| !span.overlaps(value.span)), "{value:?} touches verbatim text in {text}");
        end = value.span.end;
    }
    values
}

#[test]
fn dump() {
    let path = std::env::var("DUMP").unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let prose = Prose::plain(text.as_str().into());
    let verbatim = find_verbatim(&text, &prose.blocks);
    for v in &verbatim { println!("VERB {}", v.of(&text)); }
    for line in text.lines() {
        for v in values_of(line) {
            let s = line[..v.span.start].chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect::<String>();
            let e = line[v.span.end..].chars().take(6).collect::<String>();
            println!("{s}[{}]{e}    {}", v.span.of(line), show(line, &v));
        }
    }
}
