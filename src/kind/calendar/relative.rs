//! Years told by other words: 今年（2023年）, 民国三十八年（1949年）, founded in a year and so many years ago.

use super::super::{Case, Hit, prose};
use super::{before, own_years, value, years_in};
use crate::document::value::{Detail, ValueKind};
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;

/// 今年 and the like, with how far the year lies from the document's.
const WORDS: &[(&str, i32)] = &[
    ("今年", 0),
    ("本年度", 0),
    ("本年", 0),
    ("去年", -1),
    ("上年度", -1),
    ("上年", -1),
    ("上一年度", -1),
    ("上一年", -1),
    ("前年", -2),
    ("明年", 1),
    ("下年度", 1),
    ("下一年度", 1),
    ("后年", 2),
];

/// Reports 今年（2023年） in a document of another year.
pub fn relative(case: &Case<'_>) -> Option<Hit> {
    let named = value(case)?;
    let year = match named.detail {
        Detail::Date { year, until: None, .. } => year,
        _ if named.kind == ValueKind::Year && named.range.is_none() => named.low.to_i32()?,
        _ => return None,
    };
    let line = case.document.line_at(named.span.start).span;
    let lead = case.slice(Span::new(line.start.min(named.span.start), named.span.start));
    let head = ["（即", "（", "，即", "即", "(", ""].iter().find_map(|mark| lead.strip_suffix(mark)).unwrap_or(lead);
    let told = WORDS.iter().find(|(word, _)| head.ends_with(word));
    let rest = case.slice(Span::new(named.span.end, line.end.max(named.span.end)));
    let inside = |word: &str| {
        rest.strip_prefix(['（', '('])
            .and_then(|rest| rest.strip_prefix(word))
            .is_some_and(|rest| rest.starts_with(['）', ')']))
    };
    // 较上年2023年 has a mark or a bracket between them; without one 上年 belongs to what stands before.
    let joined = lead.ends_with(['（', '(', '即']);
    let (word, offset) = told.filter(|_| joined).or_else(|| WORDS.iter().find(|(word, _)| inside(word)))?;
    let years = own_years(case);
    let base = *years.first()?;
    (year > 0 && !years.iter().any(|base| base + offset == year)).then(|| {
        Hit::at(named.span)
            .hole("name", *word)
            .hole("year", base.to_string())
            .hole("right", format!("{}年", base + offset))
    })
}

/// Reports 民国三十八年（1949年） where the two are not one year.
pub fn republic(case: &Case<'_>) -> Option<Hit> {
    let span = case.found?.slot("n")?;
    let named = crate::document::value::numeral::read(case.document.text(), span.start)?.value.to_i32()?;
    let years = years_in(case, Span::new(span.end, case.span().end));
    let [(year, place)] = years.as_slice() else { return None };
    (*year != named + 1911).then(|| Hit::at(*place).hole("right", format!("{}年", named + 1911)))
}

/// Words before a year that name a founding, and after it.
const FOUNDED_IN: [&str; 12] = [
    "始建于",
    "建于",
    "创建于",
    "成立于",
    "创办于",
    "建成于",
    "组建于",
    "设立于",
    "创立于",
    "建校于",
    "创刊于",
    "竣工于",
];
const FOUNDED: [&str; 19] = [
    "建区",
    "建县",
    "建市",
    "设市",
    "建院",
    "建馆",
    "建厂",
    "建成",
    "成立",
    "建校",
    "创办",
    "设立",
    "创建",
    "竣工",
    "组建",
    "投入使用",
    "建成投入使用",
    "建成并投入使用",
    "创立",
];

/// Reports N周年 or 建成N年 that does not fit the founding named in the same line.
pub fn founded(case: &Case<'_>) -> Option<Hit> {
    let count = value(case)?;
    let unit = case.slice(count.unit);
    if count.kind != ValueKind::Amount || !matches!(unit, "周年" | "年") || !count.is_exact() {
        return None;
    }
    let head = before(case, count.span).trim_end_matches(['已', '有', '了', '近', '将', '满']);
    if !FOUNDED.iter().any(|word| head.ends_with(word)) {
        return None;
    }
    let document = case.document;
    let lines = document.lines[..=document.line_index_at(count.span.start)].iter().rev().take(3).map(|line| line.span);
    let clause = years_in(case, prose::clause(document, count.span));
    let founding = |span: Span| -> Vec<(i32, Span)> {
        let years = years_in(case, span);
        let told = |place: Span| {
            let head = &document.text()[span.start..place.start];
            let tail = &document.text()[place.end..span.end];
            // 到2024年建成50年: the year by which, not in which.
            let by = ["到", "至", "截至", "截止"].iter().any(|word| head.ends_with(word));
            !by && (FOUNDED_IN.iter().any(|word| head.ends_with(word))
                || FOUNDED.iter().any(|word| tail.starts_with(word)))
        };
        years.into_iter().filter(|&(_, place)| told(place)).collect()
    };
    // Of 周年 the founding may stand anywhere, when the document tells but one.
    let line = document.line_at(count.span.start).span;
    let mut found = founding(line);
    if found.is_empty() && unit == "周年" {
        let all = || document.lines.iter().map(|line| line.span).flat_map(founding).collect::<Vec<_>>();
        found.clone_from(&case.scan.once(("foundings", 0), Span::at(0), all));
    } else if found.is_empty() {
        found = lines.flat_map(founding).collect();
    }
    let [(base, place)] = found.as_slice() else { return None };
    let others: Vec<i32> = clause.iter().filter(|(_, at)| at != place).map(|(year, _)| *year).collect();
    let earlier = super::year_before(case, count.span).filter(|(year, _)| year != base);
    let years: Vec<i32> = match others.as_slice() {
        [year] => vec![*year],
        _ => earlier.map_or_else(|| own_years(case), |(year, _)| vec![year]),
    };
    let said = count.low.to_i32()?;
    let now = *years.first()?;
    // 50年来 may be a round number.
    let spare = if unit == "年" { if said % 10 == 0 { 4 } else { 1 } } else { 0 };
    let fits = years.iter().any(|year| (year - base - said).abs() <= spare);
    (!fits && now > *base).then(|| {
        Hit::at(count.span)
            .related(*place, "成立年份")
            .hole("year", now.to_string())
            .hole("right", format!("{}{unit}", now - base))
    })
}
