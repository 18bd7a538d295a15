//! `compare`: two or three values that determine each other: a share, a growth rate, a product, an order.

mod product;

use super::{Case, Find, Hit};
use crate::document::Document;
use crate::document::character::digit;
use crate::document::enumeration::same_unit;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::form::one_key;
use crate::source::Span;
pub use product::Product;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

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

/// A relation of values; each is named by its slot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// percent = part ÷ whole.
    Share(Share),
    /// percent = (to − from) ÷ from; the words before the percentage say up or down.
    Growth(Growth),
    /// result = the product of the factors, one of which is a rate: 每人300元.
    Product(Product),
    /// first ≤ second; without slots, the two ends of the range given.
    Order(Order),
}

/// A part, its whole and the percentage between them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// 部分所在的槽位。
    pub part: String,
    /// 总数所在的槽位；不写则按 named 所写的名称在本段前文中找。
    #[serde(default)]
    pub whole: Option<String>,
    /// 百分比所在的槽位。
    pub percent: String,
    /// 写明占什么、什么率的槽位：这几个字须在总数或部分的近旁出现，否则不判断。
    #[serde(default)]
    pub named: Option<String>,
}

/// Two values and the percentage of growth between them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// 基数所在的槽位；不写则由现值和增减量得出。
    #[serde(default)]
    pub from: Option<String>,
    /// 增减量所在的槽位。
    #[serde(default)]
    pub by: Option<String>,
    /// 现值所在的槽位。
    pub to: String,
    /// 增长或下降的百分比所在的槽位。
    pub percent: String,
}

/// Two values in order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Order {
    /// 应较小的值所在的槽位。
    pub first: Option<String>,
    /// 应较大的值所在的槽位。
    pub second: Option<String>,
}

/// A stated value this many times what it should be, or more, is more likely misread than miscalculated.
const FAR: f64 = 0.35;

impl Find for Compare {
    const HOLES: &'static [&'static str] = &["expected", "working", "first", "second"];

    fn slots(&self) -> Vec<&str> {
        match &self.relation {
            Relation::Share(share) => {
                let named = share.named.iter().map(String::as_str);
                let whole = share.whole.iter().map(String::as_str);
                [share.part.as_str(), &share.percent].into_iter().chain(whole).chain(named).collect()
            }
            Relation::Growth(growth) => {
                let base = growth.from.iter().chain(&growth.by).map(String::as_str);
                [growth.to.as_str(), &growth.percent].into_iter().chain(base).collect()
            }
            Relation::Product(product) => product.factors.iter().chain([&product.result]).map(String::as_str).collect(),
            Relation::Order(order) => order.first.iter().chain(&order.second).map(String::as_str).collect(),
        }
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let hit = match &self.relation {
            Relation::Share(share) => share.judge(case),
            Relation::Growth(growth) => growth.judge(case),
            Relation::Product(product) => product.judge(case),
            Relation::Order(order) => order.judge(case),
        };
        hits.extend(hit);
    }
}

/// The one exact value of a slot.
fn exact<'d>(case: &Case<'d>, slot: &str) -> Option<&'d Value> {
    match case.values(Some(slot)) {
        [value] if value.is_exact() => Some(value),
        _ => None,
    }
}

impl Share {
    fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (part, percent) = (exact(case, &self.part)?, exact(case, &self.percent)?);
        let whole = match &self.whole {
            Some(slot) => exact(case, slot)?,
            None => self.named_whole(case, part, percent)?,
        };
        let usable = same_unit(case.document, part, whole) && part.low <= whole.low && whole.low > Decimal::ZERO;
        if !usable || percent.kind != ValueKind::Percent || !self.is_named(case, part, whole) {
            return None;
        }
        let stated = float(percent.low);
        let (share, slack) = share_of(part, whole, percent);
        // Of what failed (不合格30批) the rest may be meant (合格率98.5%).
        let right = (share - stated).abs() <= slack || (100.0 - share - stated).abs() <= slack;
        if right || (share - stated).abs() > FAR * share {
            return None;
        }
        let expected = shown(share, percent);
        let working = format!("{}÷{}", written(case, part), written(case, whole));
        Some(
            Hit::at(percent.span)
                .hole("expected", format!("{expected}%"))
                .hole("working", working)
                .related(part.span, "部分")
                .related(whole.span, "总数"),
        )
    }

    /// Whether the whole is what the percentage is said to be of, where the text says it.
    fn is_named(&self, case: &Case<'_>, part: &Value, whole: &Value) -> bool {
        let Some(named) = self.named.as_ref().and_then(|slot| case.found?.slot(slot)) else { return true };
        let name = bare(case.slice(named));
        if name.is_empty() || matches!(name, "总" | "比") {
            return true;
        }
        let start = case.document.enclosing(PartKind::Sentence, whole.span).map_or(whole.span.start, |sentence| sentence.span.start);
        case.slice(Span::new(start, named.start)).contains(name) && part.span.start >= start
    }
}

impl Share {
    /// The greatest amount earlier in the paragraph that stands right after the name of what the percentage is of: 382处 in
    /// “各级文物保护单位382处 … 86处，占文物保护单位总数的25.5%”. None where any of these amounts bears the percentage out.
    fn named_whole<'d>(&self, case: &Case<'d>, part: &Value, percent: &Value) -> Option<&'d Value> {
        let name = bare(case.slice(case.found?.slot(self.named.as_ref()?)?));
        let line = case.document.line_at(part.span.start).span;
        let before = Span::new(line.start.min(part.span.start), part.span.start);
        let text = case.slice(before);
        let named = |value: &&Value| text[..value.span.start - before.start].ends_with(name);
        let candidates = case.document.values_in(before).iter().filter(|value| same_unit(case.document, value, part));
        let candidates: Vec<&Value> = candidates.filter(named).collect();
        let right = candidates.iter().any(|whole| {
            let (share, slack) = share_of(part, whole, percent);
            (share - float(percent.low)).abs() <= slack
        });
        // One in the same sentence is for patterns that name it.
        let sentence = case.document.enclosing(PartKind::Sentence, part.span).map_or(line.start, |sentence| sentence.span.start);
        let whole = candidates.into_iter().filter(|value| value.span.end <= sentence).max_by_key(|value| value.low)?;
        (name.chars().count() > 1 && !right && whole.is_exact()).then_some(whole)
    }
}

/// The share of a part in percent, and how far a stated one may be from it.
fn share_of(part: &Value, whole: &Value, percent: &Value) -> (f64, f64) {
    let share = 100.0 * float(part.low) / float(whole.low);
    (share, slack(percent) + share * relative(part).hypot(relative(whole)))
}

/// What a percentage is of, without 总数的 and the like.
fn bare(name: &str) -> &str {
    let name = name.trim_end_matches(['的', '为', '达', '到']);
    let words = ["总数", "总量", "总额", "总人数", "总户数", "全部"];
    words.iter().fold(name, |name, word| name.trim_end_matches(word))
}

impl Growth {
    fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (to, percent) = (exact(case, &self.to)?, exact(case, &self.percent)?);
        let base = exact(case, self.from.as_ref().or(self.by.as_ref())?)?;
        let sign = direction(case.document, percent)?;
        if !same_unit(case.document, base, to) || to.kind != ValueKind::Amount || percent.kind != ValueKind::Percent {
            return None;
        }
        let b = float(to.low);
        let (a, working) = if self.from.is_some() {
            (float(base.low), format!("({}-{})÷{}", written(case, to), written(case, base), written(case, base)))
        } else {
            // The change and the percentage must be said to go one way.
            let change = direction(case.document, base).filter(|change| *change == sign)? * float(base.low);
            let mark = if change < 0.0 { "+" } else { "-" };
            (b - change, format!("{}÷({}{mark}{})", written(case, base), written(case, to), written(case, base)))
        };
        if a <= 0.0 {
            return None;
        }
        let stated = sign * float(percent.low);
        let growth = 100.0 * (b - a) / a;
        let error = if self.from.is_some() { b / a * relative(base).hypot(relative(to)) } else { growth.abs() / 100.0 * relative(base) + relative(to) * (b / a - 1.0).abs() };
        let slack = slack(percent) + 100.0 * error;
        let off = (growth - stated).abs();
        if off <= slack || off > (FAR * growth.abs()).max(5.0) {
            return None;
        }
        let direction = if growth < 0.0 { "下降" } else { "增长" };
        Some(
            Hit::at(percent.span)
                .hole("expected", format!("{direction}{}%", shown(growth.abs(), percent)))
                .hole("working", working)
                .related(base.span, if self.from.is_some() { "基数" } else { "增减量" })
                .related(to.span, "现值"),
        )
    }
}

/// Whether the words before a percentage say that it went up or down.
fn direction(document: &Document, percent: &Value) -> Option<f64> {
    let before = &document.text()[..percent.span.start];
    let before = before.trim_end_matches(['了', '约', '为', '达', '到']);
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if ends(&["下降", "减少", "降低", "压减", "缩减", "回落", "降幅", "同比降", "负增长"]) {
        Some(-1.0)
    } else if ends(&["增长", "增加", "上升", "提高", "提升", "增幅", "同比增", "扩大"]) {
        Some(1.0)
    } else {
        None
    }
}

impl Order {
    fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        if let (Some(first), Some(second)) = (&self.first, &self.second) {
            let (first, second) = (exact(case, first)?, exact(case, second)?);
            let wrong = same_unit(case.document, first, second) && first.low > second.low;
            return wrong.then(|| {
                Hit::at(second.span)
                    .hole("first", case.slice(first.span))
                    .hole("second", case.slice(second.span))
                    .related(first.span, "应不大于后者")
            });
        }
        let value = case.values(None).first()?;
        let marks = value.range?;
        let measured = matches!(value.kind, ValueKind::Amount | ValueKind::Percent);
        (measured && value.low > value.high).then(|| {
            let (first, second) = (case.slice(marks.first), case.slice(marks.second));
            let connector = case.slice(marks.connector);
            let expected = turned(first, connector, second, case.slice(Span::new(marks.second.end, value.unit.end)));
            Hit::at(value.number.cover(value.unit))
                .hole("first", first)
                .hole("second", second)
                .hole("expected", expected)
        })
    }
}

/// A range the other way round: 10～15名 of 15～10名, 10%～15% of 15%～10%, 5～8万元 of 8～5万元.
fn turned(first: &str, connector: &str, second: &str, unit: &str) -> String {
    let digits = |text: &str| text.trim_end_matches(|c: char| digit(c).is_none()).len();
    let (own, scale) = (&first[digits(first)..], &second[digits(second)..]);
    if own.is_empty() {
        return format!("{}{connector}{first}{scale}{unit}", &second[..digits(second)]);
    }
    let unit_of_first = if own.ends_with(unit) { "" } else { unit };
    format!("{second}{unit}{connector}{first}{unit_of_first}")
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

fn float(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}

/// A percentage with as many decimals as the stated one shows.
fn shown(number: f64, like: &Value) -> String {
    let decimals = like.step.scale() as usize;
    format!("{number:.decimals$}")
}

/// A value's numerals as written.
fn written(case: &Case<'_>, value: &Value) -> String {
    case.slice(value.number).to_owned()
}
