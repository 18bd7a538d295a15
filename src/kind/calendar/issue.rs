//! The document's own dates: the date at its end, its number, the year in its title.

use super::super::{Case, Hit};
use super::{title_year, years_in};

/// Reports a date at the end that the year in the title makes unlikely.
pub fn signature(case: &Case<'_>) -> Option<Hit> {
    let facts = &case.document.facts;
    let (year, place) = title_year(case)?;
    let date = facts.date.as_ref()?;
    let (signed, month, _) = date.value;
    let genre = facts.genre.as_ref().map_or("", |genre| genre.value.as_str());
    let title = facts.title.as_ref().map_or("", |title| title.value.as_str());
    let part_of_year = ["半年", "季度", "月", "前三季"].iter().any(|word| title.contains(word));
    let looks_back = matches!(genre, "工作总结" | "总结") || (genre == "报告" && title.contains("情况"));
    // A year's work is told when it is over; plans and notices come at most some months ahead.
    let too_early = if looks_back && !part_of_year {
        signed == year && month <= 6 || signed < year
    } else {
        signed == year - 1 && month <= 8 || signed < year - 1
    };
    too_early.then(|| Hit::at(date.span).related(place, "标题年份").hole("year", year.to_string()))
}

/// Reports a date at the end whose year is not that of the document number.
pub fn number(case: &Case<'_>) -> Option<Hit> {
    let facts = &case.document.facts;
    let number = facts.number.as_ref()?;
    let date = facts.date.as_ref()?;
    let year = year_of_number(&number.value)?;
    let (signed, month, _) = date.value;
    // A number may be taken in December and the paper signed in January.
    let turn_of_year = signed == year + 1 && month == 1 || signed == year - 1 && month == 12;
    (signed != year && !turn_of_year)
        .then(|| Hit::at(date.span).related(number.span, "发文字号").hole("year", year.to_string()))
}

/// Reports a year in the words found that is not that of the title.
pub fn year_in_words(case: &Case<'_>) -> Option<Hit> {
    let (year, place) = title_year(case)?;
    let years = years_in(case, case.span());
    let [(said, span)] = years.as_slice() else { return None };
    (*said != year).then(|| Hit::at(*span).related(place, "标题年份").hole("year", year.to_string()))
}

/// The year between the brackets of a document number.
pub fn year_of_number(number: &str) -> Option<i32> {
    number.split(['〔', '[', '［', '（', '(', '【']).nth(1)?.get(..4)?.parse().ok()
}
