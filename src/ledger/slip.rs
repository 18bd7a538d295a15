//! Slips of the pen between two numbers that should be one: a digit wrong, or two neighbours exchanged.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// How many digits two numbers share the length of, where the one is a slip of the other; each with one unit in its last
/// place. The more digits, the less likely they are two numbers that look alike by chance.
pub fn digits(a: (Decimal, Decimal), b: (Decimal, Decimal)) -> Option<usize> {
    let step = a.1.max(b.1);
    let shown = |number: Decimal| number.abs().checked_div(step)?.round().to_u64().map(|number| number.to_string());
    let (a, b) = (shown(a.0)?, shown(b.0)?);
    if a.len() != b.len() {
        return None;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differ: Vec<usize> = (0..a.len()).filter(|&at| a[at] != b[at]).collect();
    let slip = match differ.as_slice() {
        // A last digit off by one or two may have been rounded.
        [at] => at + 1 < a.len() || a[*at].abs_diff(b[*at]) > 2,
        [first, second] => first + 1 == *second && a[*first] == b[*second] && a[*second] == b[*first],
        _ => false,
    };
    slip.then_some(a.len())
}

#[cfg(test)]
mod tests {
    use super::digits;
    use rust_decimal::Decimal;

    #[test]
    fn slips_keep_the_length() {
        let one = Decimal::ONE;
        let of = |a: i64, b: i64| digits((Decimal::from(a), one), (Decimal::from(b), one));
        assert_eq!(of(9630, 9650), Some(4));
        assert_eq!(of(963, 936), Some(3));
        assert_eq!(of(963, 967), Some(3));
        for (a, b) in [(963, 964), (963, 963), (963, 96), (963, 852)] {
            assert_eq!(of(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn the_coarser_number_tells_the_places() {
        let rounded =
            digits((Decimal::new(5284, 2), Decimal::new(1, 2)), (Decimal::new(528_800, 4), Decimal::new(1, 4)));
        assert_eq!(rounded, Some(4));
    }
}
