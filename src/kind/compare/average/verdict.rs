//! A rate times what it is multiplied by, held against a total.

use super::Rate;
use super::per::Divisor;
use crate::document::Document;
use crate::document::value::{Bound, Value, ValueKind};
use crate::kind::compare::product::{Bounded, bounded};
use crate::kind::compare::slip::is_slip_of;
use crate::kind::compare::{clause_before, float, is_change, is_rate, relative, times_apart};
use crate::source::Span;
use rust_decimal::Decimal;

/// One thing a rate is multiplied by.
#[derive(Clone, Copy)]
pub(super) struct Factor<'d> {
    pub number: f64,
    pub error: f64,
    pub value: Option<&'d Value>,
}

impl<'d> Factor<'d> {
    /// As many as a value counts; of a rate per several of them, as many such groups.
    pub fn of(value: &'d Value, group: f64) -> Factor<'d> {
        Factor { number: float(value.low) / group, error: relative(value), value: Some(value) }
    }

    /// A number that is not written: the months of a year.
    pub fn known(number: f64) -> Factor<'d> {
        Factor { number, error: 0.0, value: None }
    }
}

/// A rate, what it was multiplied by, and the total the product was held against.
pub(super) struct Verdict<'d> {
    pub total: &'d Value,
    /// The total in the unit of the rate.
    pub stated: f64,
    pub product: f64,
    pub factors: Vec<Factor<'d>>,
    /// Whether the two agree as far as the digits show.
    pub right: bool,
}

impl<'d> Verdict<'d> {
    pub fn new(rate: &Rate<'d>, total: &'d Value, stated: f64, factors: Vec<Factor<'d>>) -> Verdict<'d> {
        let count: f64 = factors.iter().map(|factor| factor.number).product();
        let product = rate.number * count;
        let quotient = stated / count;
        // An average is rounded; a rate that is set is not.
        let value = rate.value;
        let step = if value.bound == Bound::About { about(value) } else { float(value.step) };
        let even = value.bound == Bound::Exact && value.step == Decimal::ONE && quotient.fract() == 0.0;
        let own = if rate.averaged && !even || value.bound == Bound::About {
            step / float(value.low)
        } else {
            relative(value)
        };
        let error = factors.iter().map(|factor| factor.error).chain([relative(total)]).fold(0.0, f64::hypot);
        let off = (product - stated).abs();
        let near = off <= product * error.hypot(own) * 1.001;
        let set = value.bound == Bound::Exact && !rate.averaged;
        let mut verdict = Verdict { total, stated, product, factors, right: near };
        // 每间8万元 is as good as set; that it was rounded is less likely than a slip, where one explains the difference.
        if near && set && off > product * error * 1.001 && verdict.is_slip(rate, 3) {
            verdict.right = false;
        }
        verdict
    }

    /// Whether it is no wonder, as the rate is the least or the most: 每村至少3名 is met by more.
    pub fn is_within(&self, document: &Document, rate: &Value) -> bool {
        match bounded(document, rate) {
            Some(Bounded::Least) => self.stated > self.product,
            Some(Bounded::Most) => self.stated < self.product,
            None => false,
        }
    }

    /// How many times the one is the other.
    pub fn apart(&self) -> f64 {
        times_apart(self.product, self.stated)
    }

    /// Whether one of the numbers, of so many digits at least, with one digit put right makes the other two agree.
    pub fn is_slip(&self, rate: &Rate<'_>, digits: usize) -> bool {
        let ratio = self.product / self.stated;
        let exact = |value: &Value| {
            self.factors
                .iter()
                .filter_map(|factor| factor.value)
                .chain([self.total])
                .filter(|other| other.span != value.span)
                .map(relative)
                .fold(1e-9, f64::hypot)
        };
        let averaged = if rate.averaged { f64::INFINITY } else { exact(rate.value) };
        let error = relative(rate.value);
        is_slip_of(self.total, ratio, f64::INFINITY, digits)
            || is_slip_of(rate.value, 1.0 / ratio, averaged, digits)
            || self
                .factors
                .iter()
                .filter_map(|factor| factor.value)
                .any(|value| is_slip_of(value, 1.0 / ratio, exact(value).hypot(error), digits))
    }
}

/// The ways to choose one option of each factor; no way where a factor has none.
pub(super) fn products<'d>(options: &[&[Factor<'d>]]) -> Vec<Vec<Factor<'d>>> {
    let mut ways: Vec<Vec<Factor<'d>>> = vec![Vec::new()];
    for factor in options {
        ways = ways
            .iter()
            .flat_map(|way| factor.iter().map(move |option| way.iter().copied().chain([*option]).collect()))
            .collect();
    }
    ways
}

/// What a divisor may be multiplied by: the values that count it, or the months and years that the words tell of.
pub(super) fn options<'d>(
    document: &'d Document,
    around: Span,
    values: &[&'d Value],
    divisor: &Divisor,
    alone: bool,
) -> Vec<Factor<'d>> {
    let named = |value: &&'d Value| {
        super::per::counted(document, value, &divisor.noun)
            .filter(|_| !is_rate(document, value) && !is_more(document, value))
    };
    let surest = values.iter().filter_map(named).max();
    let counted = values.iter().filter(|value| surest.is_some() && named(value) == surest);
    let mut options: Vec<Factor<'d>> = counted.map(|value| Factor::of(value, divisor.group)).collect();
    let said = document.slice(around);
    match divisor.noun.chars().next() {
        Some('月') if options.is_empty() && ["全年", "一年", "年度", "每年"].iter().any(|word| said.contains(word)) => {
            options.push(Factor::known(12.0))
        }
        Some('月') if options.is_empty() && said.contains("半年") => options.push(Factor::known(6.0)),
        Some('年') if options.is_empty() => match years(document, around) {
            Some(years) => options.push(Factor::known(years)),
            None if !alone => options.push(Factor::known(1.0)),
            None => {}
        },
        _ => {}
    }
    options
}

/// Whether it is by how much something is more or less than it was: 比上年增加0.6万亩, but not 改造提升1.1万亩.
fn is_more(document: &Document, value: &Value) -> bool {
    is_change(document, value) && clause_before(document, value).contains(['比', '较'])
}

/// How many years stand written as from one to another.
fn years(document: &Document, around: Span) -> Option<f64> {
    let years =
        document.values_in(around).iter().find(|value| value.kind == ValueKind::Year && value.range.is_some())?;
    Some(float(years.high - years.low) + 1.0)
}

/// How far what is said to be about a number may be off: one in its last digit that is no zero.
pub(in crate::kind::compare) fn about(value: &Value) -> f64 {
    let mut step = value.step;
    while (value.low / (step * Decimal::TEN)).fract().is_zero() {
        step *= Decimal::TEN;
    }
    float(step)
}

/// Whether the words before a value call it a total.
pub(super) fn is_total(document: &Document, value: &Value) -> bool {
    const TOTAL: &[&str] =
        &["共", "合计", "总", "需", "应", "计", "发放", "拨付", "兑现", "安排", "投入", "投资", "奖励", "容纳"];
    let clause = clause_before(document, value);
    TOTAL.iter().any(|word| clause.contains(word)) && !clause.contains("共有") && !clause.contains('另')
}
