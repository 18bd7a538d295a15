//! 107项任务完成98项，完成率91.6%: a rate that its name tells what is divided by what.

use super::share::{is_listed, share_of, should_be};
use super::{clause_before, exact, float, is_change, is_rate, relative, slip, times_apart, written};
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A percentage called a rate of something.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// 百分比所在的槽位；部分和总数在本句前文找，部分所在的分句须有率的名称中的字，如“完成率”的“完成”。
    pub percent: String,
}

/// A rate this many times what it should be, or more, is more likely of something else.
const FAR: f64 = 12.0;
/// Days of a year on which the air was measured.
const YEAR: std::ops::RangeInclusive<u32> = 360..=366;
/// The most that a part may be in percent of what stands before it, to be a part of it that is wrongly written.
const MOST: f64 = 110.0;
/// Rates of what a review cut.
const CUTS: &[&str] = &["审减", "核减", "压减", "节约"];
/// What a rate is called.
const CALLED: &[&str] = &["比例", "比率", "比重", "进度", "率", "面"];

impl Rate {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.percent]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let document = case.document;
        let percent = exact(case, &self.percent)?;
        let name = name(document, percent)?;
        let sentence = document.enclosing(PartKind::Sentence, percent.span)?.span;
        let before = Span::new(sentence.start, percent.span.start);
        let amounts: Vec<&Value> = document
            .values_in(before)
            .iter()
            .filter(|value| value.kind == ValueKind::Amount && value.low > Decimal::ZERO)
            .collect();
        let stated = float(percent.low);
        // Of what failed (不合格30批) the rest may be meant (合格率98.5%), and of what was left by a review what was cut.
        let cut = CUTS.contains(&name.as_str());
        let bears_out = |part: &Value, whole: &Value| {
            let (share, slack) = share_of(part, whole, percent);
            let contrary = cut || clause_before(document, part).contains(['不', '未', '非', '无', '没']);
            (share - stated).abs() <= slack || contrary && (100.0 - share - stated).abs() <= slack
        };
        let usable =
            |value: &&&Value| value.is_exact() && (cut || !is_change(document, value)) && !is_rate(document, value);
        let named = amounts.iter().rposition(|value| is_named(document, value, &name));
        if cut && named.is_none() {
            return left_by_review(case, &amounts, percent);
        }
        let at = named.or_else(|| {
            amounts.len().checked_sub(1).filter(|&last| last > 0 && heads(document, amounts[last - 1], amounts[last]))
        })?;
        let part = amounts.get(at).filter(usable).copied()?;
        let like: Vec<&Value> = amounts.iter().copied().filter(|value| same_unit(document, value, part)).collect();
        if like.iter().any(|part| like.iter().any(|whole| part.span != whole.span && bears_out(part, whole))) {
            return None;
        }
        // All of it is said of what was due, which need not be all that is named.
        if stated >= 100.0 || is_listed(document, part) {
            return None;
        }
        if case.slice(part.unit) == "天" && name.starts_with("优良") {
            return of_the_year(case, part, percent);
        }
        let whole =
            amounts[..at].iter().rev().find(|value| same_unit(document, value, part)).filter(usable).copied()?;
        let between = case.slice(Span::new(whole.span.end, part.span.start));
        let enclosed = between.matches('（').count() != between.matches('）').count();
        let leads = !between.contains('；')
            && !enclosed
            && !["增加到", "提高到", "减少到", "下降到", "达到", "扩大到"].iter().any(|word| between.ends_with(word));
        let (share, _) = share_of(part, whole, percent);
        let timed = matches!(case.slice(part.unit), "年" | "月" | "个月");
        // A part a little greater than the whole is a slip; a much greater one is a part of something else.
        let other = share > MOST || times_apart(share, stated) > FAR;
        if timed || !leads || other && !slip::explains_share(part, whole, percent, share) {
            return None;
        }
        Some(
            should_be(percent, share, format!("{}÷{}", written(case, part), written(case, whole)))
                .related(part.span, "部分")
                .related(whole.span, "总数"),
        )
    }
}

/// 送审金额20亿元，审定金额18.4亿元，审减率8%: of two amounts the smaller is what was left.
fn left_by_review(case: &Case<'_>, amounts: &[&Value], percent: &Value) -> Option<Hit> {
    let [.., before, left] = amounts else { return None };
    let share = 100.0 - 100.0 * float(left.low) / float(before.low);
    let usable = before.is_exact() && left.is_exact() && same_unit(case.document, before, left) && share > 0.0;
    let right =
        (share - float(percent.low)).abs() <= super::slack(percent) + 100.0 * relative(left).hypot(relative(before));
    let reviewed =
        clause_before(case.document, before).contains('审') && clause_before(case.document, left).contains('审');
    (usable && reviewed && !right).then(|| {
        let (from, to) = (written(case, before), written(case, left));
        should_be(percent, share, format!("({from}-{to})÷{from}"))
            .related(before.span, "送审")
            .related(left.span, "审定")
    })
}

/// The last two characters of what a rate is of: 完成 of 年度任务完成率, 优良 of 优良天数比例.
fn name(document: &Document, percent: &Value) -> Option<String> {
    let clause = clause_before(document, percent).trim_start_matches(['，', '。', '；', '：', '、', '（', '\n', ',']);
    let clause = clause.trim_end_matches(['仅', '为', '达', '到', '约']);
    let clause = CALLED.iter().find_map(|word| clause.strip_suffix(word))?;
    let clause = clause.trim_end_matches("天数");
    let named: Vec<char> = clause.chars().rev().take(2).collect();
    (named.len() == 2).then(|| named.into_iter().rev().collect())
}

/// Whether the clause of an amount has the characters of a rate's name: 调解撤诉61件 those of 调撤率.
fn is_named(document: &Document, value: &Value, name: &str) -> bool {
    let after: String = document.text()[value.span.end..]
        .chars()
        .take_while(|c| !matches!(c, '，' | '。' | '；' | '、' | '：' | '\n'))
        .collect();
    let before = clause_before(document, value);
    let before = before.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or(before);
    name.chars().all(|c| before.contains(c)) || name.chars().all(|c| after.contains(c))
}

/// Whether “……个……中，” leads from one amount to the next.
fn heads(document: &Document, whole: &Value, part: &Value) -> bool {
    let between = document.slice(Span::new(whole.span.end.min(part.span.start), part.span.start));
    same_unit(document, whole, part)
        && between.split_once('，').is_some_and(|(head, _)| head.ends_with('中') && !head.ends_with("集中"))
}

/// A share of the days of a year, some of which may not have been measured.
fn of_the_year(case: &Case<'_>, part: &Value, percent: &Value) -> Option<Hit> {
    let share = |days: u32| 100.0 * float(part.low) / f64::from(days);
    let stated = float(percent.low);
    let step = float(percent.step);
    // Rounded, or cut off.
    let right = |days: u32| (-0.51 * step..=1.01 * step).contains(&(share(days) - stated));
    let annual = part.low > Decimal::from(200) && part.low <= Decimal::from(*YEAR.end());
    let days = |days: u32| Value { low: days.into(), high: days.into(), step: Decimal::ONE, ..part.clone() };
    let slipped = || [365, 366].iter().any(|&year| slip::explains_share(part, &days(year), percent, share(year)));
    (!YEAR.into_iter().any(right) && (annual || slipped()))
        .then(|| should_be(percent, share(365), format!("{}÷365", written(case, part))).related(part.span, "部分"))
}
