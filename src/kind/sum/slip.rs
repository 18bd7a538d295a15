//! Slips of the pen: one digit wrong, or two digits in each other's place.

use crate::document::value::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Whether one number with one digit put right, or two neighbouring digits exchanged, makes the parts the total; `excess` is
/// what they are more than it.
pub(super) fn explains(total: Option<&Value>, parts: &[(&Value, u32)], excess: Decimal) -> bool {
    let right = |value: &Value, change: Decimal| {
        let written = |number: Decimal| number.checked_div(value.step).filter(Decimal::is_integer).and_then(|number| number.to_u64());
        match (written(value.low), written(value.low + change)) {
            (Some(is), Some(should)) => should > 0 && is_slip(is, should),
            _ => false,
        }
    };
    total.is_some_and(|total| right(total, excess))
        || parts.iter().any(|(value, times)| *times == 1 && right(value, -excess))
}

/// Whether two numbers of the same length differ in one digit, or in the order of two neighbours.
pub(in crate::kind) fn is_slip(is: u64, should: u64) -> bool {
    let (is, should) = (is.to_string(), should.to_string());
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
            assert!(is_slip(is, should), "{is} {should}");
        }
        for (is, should) in [(101, 101), (99, 101), (123, 321), (10, 100), (145, 236)] {
            assert!(!is_slip(is, should), "{is} {should}");
        }
    }
}
