//! Slips of the pen: one digit wrong, or two digits in each other's place.

use crate::document::value::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Whether one number with one digit put right, or two neighbouring digits exchanged, makes the parts the total; `excess` is
/// what they are more than it.
pub(super) fn explains(total: Option<&Value>, parts: &[(&Value, u32)], excess: Decimal) -> bool {
    in_total(total, excess) || parts.iter().any(|(value, times)| *times == 1 && is_off_by(value, -excess))
}

/// Whether the total is what is written wrong so.
pub(super) fn in_total(total: Option<&Value>, excess: Decimal) -> bool {
    total.is_some_and(|total| is_off_by(total, excess))
}

/// Whether a value with one such slip put right is greater by `change`.
fn is_off_by(value: &Value, change: Decimal) -> bool {
    let written =
        |number: Decimal| number.checked_div(value.step).filter(Decimal::is_integer).and_then(|number| number.to_u64());
    match (written(value.low), written(value.low + change)) {
        // A number with decimals may begin with 0: 7.0 for 0.7.
        (Some(is), Some(should)) => should > 0 && is_slip(is, should, has_decimals(value)),
        _ => false,
    }
}

/// Whether a number shows decimals: with 万 or 亿 its step is less than one of these, else less than one.
fn has_decimals(value: &Value) -> bool {
    let step = value.step;
    step < Decimal::ONE || step > Decimal::ONE && step != Decimal::from(10_000) && step != Decimal::from(100_000_000)
}

/// Whether two numbers of the same length differ in one digit, or in the order of two neighbours.
pub(in crate::kind) fn is_slip(is: u64, should: u64, padded: bool) -> bool {
    let (mut is, mut should) = (is.to_string(), should.to_string());
    if padded {
        let width = is.len().max(should.len());
        (is, should) = (format!("{is:0>width$}"), format!("{should:0>width$}"));
    }
    if is.len() != should.len() {
        return false;
    }
    let (is, should) = (is.as_bytes(), should.as_bytes());
    let differ: Vec<usize> = (0..is.len()).filter(|&at| is[at] != should[at]).collect();
    match differ.as_slice() {
        [_] => true,
        [first, second] => first + 1 == *second && is[*first] == should[*second] && is[*second] == should[*first],
        _ => false,
    }
}

/// The numbers that a value can have been meant to be, were one of its digits wrong or two neighbours exchanged.
pub(super) fn meant(value: &Value) -> Vec<Decimal> {
    let Some(written) =
        value.low.checked_div(value.step).filter(Decimal::is_integer).and_then(|number| number.to_u64())
    else {
        return Vec::new();
    };
    let digits = written.to_string().into_bytes();
    let mut found = Vec::new();
    for at in 0..digits.len() {
        for digit in b'0'..=b'9' {
            let mut other = digits.clone();
            other[at] = digit;
            found.push(other);
        }
        let mut other = digits.clone();
        if at > 0 {
            other.swap(at - 1, at);
            found.push(other);
        }
    }
    let number = |digits: &[u8]| {
        digits.iter().fold(Decimal::ZERO, |sum, digit| sum * Decimal::TEN + Decimal::from(digit - b'0'))
    };
    found.iter().filter(|other| **other != digits).map(|other| number(other) * value.step).collect()
}

/// How many digits a value shows.
pub(in crate::kind) fn digits(value: &Value) -> usize {
    let written = value.low.checked_div(value.step).and_then(|number| number.to_u64()).unwrap_or(0);
    written.to_string().len()
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn slips_are_one_digit_or_two_neighbours() {
        for (is, should) in [(101, 107), (364, 634), (5, 9), (1200, 2200)] {
            assert!(is_slip(is, should, false), "{is} {should}");
        }
        for (is, should) in [(101, 101), (99, 101), (123, 321), (10, 100), (145, 236)] {
            assert!(!is_slip(is, should, false), "{is} {should}");
        }
        assert!(is_slip(70, 7, true));
    }
}
