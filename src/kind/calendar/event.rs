//! What happened when: five-year periods, congresses and plenums, anniversaries, numbered festivals.

use super::super::{Case, Hit, prose};
use super::{By, after, before, own_years, title_year, value, year_of, years_in};
use crate::document::part::PartKind;
use crate::document::value::{Detail, ValueKind};
use crate::source::Span;
use crate::table::Table;
use rust_decimal::prelude::ToPrimitive;

/// The first and last year of the period the case is about.
fn years_of_period(case: &Case<'_>, table: &Table) -> Option<(i32, i32)> {
    let Detail::Period { ordinal, legal_education } = value(case)?.detail else { return None };
    let kind = if legal_education { "普法" } else { "规划" };
    let (kinds, ordinals) = (table.column("kind")?, table.column("ordinal")?);
    let row = table.rows.iter().find(|row| row[kinds] == kind && row[ordinals] == ordinal.to_string())?;
    let year = |name: &str| row[table.column(name)?].parse().ok();
    Some((year("start")?, year("end")?))
}

/// Reports the years in brackets after a period when they reach beyond it.
pub fn period(case: &Case<'_>, table: &Table) -> Option<Hit> {
    let period = value(case)?;
    let (start, end) = years_of_period(case, table)?;
    let line = case.document.line_at(period.span.start).full;
    let rest = case.slice(Span::new(period.span.end, line.end.max(period.span.end)));
    let open = rest.find(['（', '('])?;
    // Between the two only 规划, 时期 and the like may stand; 普法 there makes it another period.
    if !["", "规划", "时期", "期间", "计划", "规划期", "发展规划", "规划时期"].contains(&&rest[..open])
    {
        return None;
    }
    let bracket = Span::new(period.span.end + open, period.span.end + rest.find(['）', ')'])? + '）'.len_utf8());
    let years =
        case.document.values_in(bracket).iter().find(|value| value.kind == ValueKind::Year && value.range.is_some())?;
    let (low, high) = (years.low.to_i32()?, years.high.to_i32()?);
    // Years of part of the period may be meant.
    let begins_there = case.slice(Span::new(bracket.start, years.span.start)).chars().count() == 1;
    (begins_there && (low < start || high > end)).then(|| {
        let end_of_bracket = case
            .slice(bracket)
            .find(['）', ')'])
            .map_or(bracket.len(), |at| at + if case.slice(bracket)[at..].starts_with('）') { 3 } else { 1 });
        Hit::at(Span::new(bracket.start, bracket.start + end_of_bracket))
            .related(period.span, format!("{start}—{end}年"))
            .hole("name", case.slice(period.span))
            .hole("right", format!("{start}—{end}年"))
    })
}

/// What may stand between a period and 开局之年.
const QUALIFIERS: [&str; 17] = [
    "规划",
    "时期",
    "计划",
    "纲要",
    "实施",
    "期间",
    "执行",
    "发展",
    "承上启下",
    "全面",
    "目标任务",
    "各项",
    "任务",
    "的",
    "推进",
    "决胜",
    "落实",
];

/// The number of 第N年.
fn nth_year(words: &str) -> Option<i32> {
    let inside = words.strip_prefix('第')?;
    let numeral = crate::document::value::numeral::read(words, words.len() - inside.len())?;
    words[numeral.span.end..].starts_with('年').then(|| numeral.value.to_i32()).flatten()
}

/// Reports 开局之年 or 收官之年 of a period in a year that is neither.
pub fn period_year(case: &Case<'_>, table: &Table, by: By) -> Option<Hit> {
    let period = value(case)?;
    let mut rest = after(case, period.span);
    while let Some(stripped) = QUALIFIERS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = stripped;
    }
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    let is_first = begins(&["开局之年", "起步之年", "开局年", "起步年", "首年", "开始执行", "开始实施", "启动之年"]);
    let is_last = begins(&["收官之年", "收官年", "最后一年", "末年", "结束之年"]);
    let is_within = begins(&["关键一年", "关键之年", "重要一年", "攻坚之年", "冲刺之年"]);
    let nth = nth_year(rest);
    // The table is asked last: most periods are only named.
    if !is_first && !is_last && !is_within && nth.is_none() {
        return None;
    }
    let (start, end) = years_of_period(case, table)?;
    let wanted = match () {
        () if is_first => start,
        () if is_last => end,
        () if is_within => {
            let (year, place) = year_of(case, period.span, By::Clause)?;
            // 谋划“十五五”的关键之年 lies before the period.
            let ahead = ["谋划", "筹划", "编制", "开启", "奠定", "迈向", "衔接", "承接", "迎接", "筹备", "研究"];
            if ahead.iter().any(|word| before(case, period.span).contains(word)) {
                return None;
            }
            let told = by == By::Clause && !(start..=end).contains(&year) && before(case, period.span).contains('是');
            return told.then(|| {
                Hit::at(period.span)
                    .related(place, "年份")
                    .hole("name", case.slice(period.span))
                    .hole("year", year.to_string())
                    .hole("right", format!("{start}—{end}年"))
            });
        }
        () => start + nth? - 1,
    };
    let words: String = rest.chars().take_while(|&c| c != '年').chain(['年']).collect();
    let clause = case.slice(prose::clause(case.document, period.span));
    let head = before(case, period.span);
    let other_year = ["去年", "明年", "上年", "来年", "即将", "迎来"].iter().any(|word| head.contains(word));
    if other_year || head.ends_with('为') || clause.contains("以来") {
        return None;
    }
    let (year, place) = year_of(case, period.span, by)?;
    if by == By::Document && own_years(case).contains(&wanted) {
        return None;
    }
    (year != wanted).then(|| {
        Hit::at(period.span)
            .related(place, "年份")
            .hole("name", format!("{}{words}", case.slice(period.span)))
            .hole("year", year.to_string())
            .hole("right", format!("{wanted}年"))
    })
}

/// The row of the meeting whose name was found, and its year.
fn meeting_year(case: &Case<'_>, table: &Table) -> Option<i32> {
    let words = case.slice(case.span()).trim_start_matches("党的");
    table.look_up("name", words, "year")?.parse().ok()
}

/// Reports the year a meeting is said to have met when it met in another.
pub fn meeting(case: &Case<'_>, table: &Table) -> Option<Hit> {
    let wanted = meeting_year(case, table)?;
    let clause = prose::clause(case.document, case.span());
    let words = case.slice(clause);
    let tells = ["召开", "举行", "闭幕", "开幕"].iter().any(|word| words.contains(word));
    let other = ["精神", "贯彻", "以来", "之后", "迎接", "前夕", "学习", "年会", "会后"]
        .iter()
        .any(|word| words.contains(word));
    let years = years_in(case, clause);
    let [(year, place)] = years.as_slice() else { return None };
    (tells && !other && *year != wanted && place.end <= case.span().start).then(|| {
        Hit::at(*place)
            .related(case.span(), format!("{wanted}年召开"))
            .hole("name", case.slice(case.span()))
            .hole("right", format!("{wanted}年"))
    })
}

/// Reports a meeting spoken of as past in a document of an earlier year.
pub fn not_yet(case: &Case<'_>, table: &Table) -> Option<Hit> {
    let met = meeting_year(case, table)?;
    let (year, place) = title_year(case)?;
    let (head, tail) = (before(case, case.span()), after(case, case.span()));
    let expected = ["迎接", "将", "召开", "筹备", "喜迎", "明年", "向"]
        .iter()
        .any(|word| head.contains(word) || tail.contains(word));
    let told = ["学习", "贯彻", "落实", "宣传"].iter().any(|word| head.contains(word))
        || tail.starts_with("以来")
        || tail.starts_with("精神");
    (told && !expected && year < met).then(|| {
        Hit::at(case.span())
            .related(place, "文件年份")
            .hole("year", met.to_string())
            .hole("name", case.slice(case.span()))
    })
}

/// Whether the sentence begins with 过去一年 or the like.
fn speaks_of_past(case: &Case<'_>, span: Span) -> bool {
    let sentence = case.document.enclosing(PartKind::Sentence, span).map_or(span, |sentence| sentence.span);
    ["过去一年", "过去的一年", "一年来"].iter().any(|word| case.slice(sentence).contains(word))
}

/// Reports 党的二十大精神的开局之年 in another year than the one after the congress.
pub fn opening(case: &Case<'_>, table: &Table) -> Option<Hit> {
    let name = case.slice(case.found?.slot("name")?);
    let wanted = table.look_up("name", name, "year")?.parse::<i32>().ok()? + 1;
    let (year, place) = year_of(case, case.span(), By::Clause)?;
    (year != wanted && place.end <= case.span().start).then(|| {
        Hit::at(place)
            .related(case.span(), format!("{wanted}年"))
            .hole("name", name)
            .hole("right", format!("{wanted}年"))
    })
}

/// Reports N周年 that does not fit the year.
pub fn anniversary(case: &Case<'_>, table: &Table, by: By) -> Option<Hit> {
    let count = value(case)?;
    if count.kind != ValueKind::Amount || case.slice(count.unit) != "周年" || !count.is_exact() {
        return None;
    }
    let (event, first) = (table.column("event")?, table.column("year")?);
    let head = before(case, count.span);
    let row = table.rows.iter().find(|row| head.ends_with(row[event].as_str()))?;
    let base: i32 = row[first].parse().ok()?;
    let rest = after(case, count.span);
    // 在庆祝中国共产党成立100周年大会上的讲话 is quoted for years.
    let quoted = ["大会", "讲话", "以来", "纪念章", "座谈会", "时"].iter().any(|word| rest.contains(word))
        || ["去年", "上年", "自", "从"].iter().any(|word| head.contains(word))
        || case.document.enclosing(PartKind::BookTitle, count.span).is_some();
    if quoted {
        return None;
    }
    let (year, place) = year_of(case, count.span, by)?;
    let (said, wanted) = (count.low.to_i32()?, year - base);
    // 过去一年，是……75周年 speaks of the year before.
    let past = by == By::Document && speaks_of_past(case, count.span);
    let fits = |year: &i32| year - base == said || past && year - 1 - base == said;
    if by == By::Document && own_years(case).iter().any(fits) {
        return None;
    }
    (said != wanted && wanted > 0).then(|| {
        Hit::at(count.span)
            .related(place, "年份")
            .hole("name", row[event].clone())
            .hole("year", year.to_string())
            .hole("right", format!("{wanted}周年"))
    })
}

/// Reports 第N个教师节 that does not fit the year.
pub fn ordinal(case: &Case<'_>, table: &Table, by: By) -> Option<Hit> {
    let ordinal = value(case)?;
    if ordinal.kind != ValueKind::Ordinal || !matches!(case.slice(ordinal.unit), "个" | "届") {
        return None;
    }
    let rest = &case.document.text()[ordinal.span.end..];
    let rest = rest.trim_start_matches(['“', '国', '全']);
    let (name, first) = (table.column("name")?, table.column("first")?);
    let row = table
        .rows
        .iter()
        .find(|row| !row[first].is_empty() && rest.starts_with(row[name].trim_start_matches(['国', '全'])))?;
    let first: i32 = row[first].parse().ok()?;
    let (year, place) = year_of(case, ordinal.span, by)?;
    let (said, wanted) = (ordinal.low.to_i32()?, year - first + 1);
    if by == By::Document && own_years(case).iter().any(|year| year - first + 1 == said) {
        return None;
    }
    (said != wanted && wanted > 0).then(|| {
        Hit::at(ordinal.span)
            .related(place, "年份")
            .hole("name", row[name].clone())
            .hole("year", year.to_string())
            .hole("right", format!("第{wanted}个"))
    })
}
