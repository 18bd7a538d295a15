//! `compare`: two or three values that determine each other: a share, a growth rate, a product, an order.

use super::{Case, Find, Hit};
use crate::document::Document;
use crate::document::character::digit;
use crate::document::enumeration::same_unit;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::form::{one_key, one_or_many};
use crate::source::Span;
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
    /// 基数所在的槽位。
    pub from: String,
    /// 现值所在的槽位。
    pub to: String,
    /// 增长或下降的百分比所在的槽位。
    pub percent: String,
}

/// Factors and their product.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// 因数所在的槽位，其中一个为“每……”的标准。
    #[serde(deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "cli", schemars(schema_with = "crate::form::one_or_many_schema::<String>"))]
    pub factors: Vec<String>,
    /// 积所在的槽位。
    pub result: String,
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
            Relation::Growth(growth) => vec![&growth.from, &growth.to, &growth.percent],
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
        let (from, to, percent) = (exact(case, &self.from)?, exact(case, &self.to)?, exact(case, &self.percent)?);
        let usable = same_unit(case.document, from, to) && from.low > Decimal::ZERO && percent.kind == ValueKind::Percent;
        let sign = direction(case.document, percent)?;
        if !usable || from.kind != ValueKind::Amount {
            return None;
        }
        let (a, b, stated) = (float(from.low), float(to.low), sign * float(percent.low));
        let growth = 100.0 * (b - a) / a;
        let slack = slack(percent) + 100.0 * b / a * relative(from).hypot(relative(to));
        let off = (growth - stated).abs();
        if off <= slack || off > (FAR * growth.abs()).max(5.0) {
            return None;
        }
        let expected = shown(growth.abs(), percent);
        let direction = if growth < 0.0 { "下降" } else { "增长" };
        let working = format!("({}-{})÷{}", written(case, to), written(case, from), written(case, from));
        Some(
            Hit::at(percent.span)
                .hole("expected", format!("{direction}{expected}%"))
                .hole("working", working)
                .related(from.span, "基数")
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

impl Product {
    fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let factors: Vec<&Value> = self.factors.iter().map(|slot| exact(case, slot)).collect::<Option<_>>()?;
        let result = exact(case, &self.result)?;
        // The rate is the factor in the unit of the result; of the others, only a duration may be per something: 每人次1天.
        let rate = factors.iter().position(|factor| same_unit(case.document, factor, result))?;
        let per = divisors(case.document, factors[rate]);
        let others = factors.iter().enumerate().filter(|(index, _)| *index != rate).map(|(_, value)| *value);
        let plain = |value: &Value| matches!(case.slice(value.unit), "天" | "日" | "月" | "个月" | "次") || divisors(case.document, value).is_empty();
        if per.is_empty() || !others.clone().all(plain) {
            return None;
        }
        // Each “每X” must be met by a factor that counts X, or stand before the result as well.
        let mut counts: Vec<&Value> = others.collect();
        for divisor in &per {
            let counted = counts.iter().position(|value| fits(divisor, case.slice(value.unit)));
            match counted {
                Some(index) => drop(counts.remove(index)),
                None if is_said_again(case.document, result, divisor) => {}
                None => return None,
            }
        }
        if !counts.is_empty() {
            return None;
        }
        let product: Decimal = factors.iter().try_fold(Decimal::ONE, |product, factor| product.checked_mul(factor.low))?;
        let (expected, stated) = (float(product), float(result.low));
        let loose = factors.iter().map(|factor| relative(factor)).fold(0.0, f64::hypot) * expected;
        let half = if result.step == Decimal::ONE { 0.0 } else { float(result.step) / 2.0 };
        let off = (expected - stated).abs();
        if off <= loose + half * 1.001 || off > FAR * expected {
            return None;
        }
        let working: Vec<String> = factors.iter().map(|factor| written(case, factor)).collect();
        let scale = float(scale(case, result));
        let unit = match scale as u64 {
            10_000 => "万",
            100_000_000 => "亿",
            _ => "",
        };
        let value = Decimal::from_f64_retain(expected / scale)?.round_dp(4).normalize();
        let mut hit = Hit::at(result.span)
            .hole("expected", format!("{value}{unit}{}", case.slice(result.unit)))
            .hole("working", working.join("×"));
        for factor in factors {
            hit = hit.related(factor.span, "因数");
        }
        Some(hit)
    }
}

/// What a rate is per: 每名督导员每月补贴600元 is per 名 and per 月. Read back to the last ，; empty for what is no rate.
fn divisors<'d>(document: &'d Document, value: &Value) -> Vec<&'d str> {
    let text = &document.text()[..value.span.start];
    let start = text.rfind(['，', '。', '；', '：', '、', '\n', ',']).unwrap_or(0);
    let clause = &text[start..];
    let mut found = Vec::new();
    for (at, word) in clause.match_indices('每') {
        let rest = &clause[at + word.len()..];
        let end = rest.char_indices().nth(2).map_or(rest.len(), |(index, _)| index);
        found.push(&rest[..end]);
    }
    found
}

/// Whether `unit` counts what follows 每.
fn fits(divisor: &str, unit: &str) -> bool {
    const PEOPLE: [&str; 5] = ["人", "名", "位", "人次", "个人"];
    const DAYS: [&str; 3] = ["天", "日", "个工作日"];
    const MONTHS: [&str; 2] = ["月", "个月"];
    let class = |words: &[&str]| words.contains(&unit) && words.iter().any(|word| divisor.starts_with(word));
    // 每生, 每教师: people by another name.
    let person = divisor.starts_with(['生', '师']) && PEOPLE.contains(&unit);
    divisor.starts_with(unit) || class(&PEOPLE) || class(&DAYS) || class(&MONTHS) || person
}

/// Whether the words before the result say the same 每 again: 每月共需25.8万元.
fn is_said_again(document: &Document, result: &Value, divisor: &str) -> bool {
    let text = &document.text()[..result.span.start];
    let start = text.rfind(['，', '。', '；', '：', '\n']).unwrap_or(0);
    let first = divisor.chars().next().map(|c| format!("每{c}"));
    first.is_some_and(|word| text[start..].contains(&word))
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

fn scale(case: &Case<'_>, value: &Value) -> Decimal {
    match case.slice(value.number).chars().next_back() {
        Some('万') => Decimal::from(10_000),
        Some('亿') => Decimal::from(100_000_000),
        _ => Decimal::ONE,
    }
}
