//! Whether a slip of the pen in one number makes it agree with the others.

use super::{float, relative, slack};
use crate::document::value::Value;
use crate::kind::sum::slip::{digits, is_slip};
use rust_decimal::prelude::ToPrimitive;

/// Whether a value of so many digits differs from `times` what it is, rounded by a share of at most `loose`, in one digit or in
/// the order of two.
pub(super) fn is_slip_of(value: &Value, times: f64, loose: f64, digits: usize) -> bool {
    let Some(is) = value.low.checked_div(value.step).and_then(|number| number.to_u64()) else { return false };
    let exact = is as f64 * times;
    let should = exact.round();
    is.to_string().len() >= digits
        && (1.0..1e15).contains(&should)
        && (should - exact).abs() <= loose * exact
        && is_slip(is, should as u64, false)
}

/// Whether a slip in the percentage, the part or the whole is why a share is not `share` percent; of a percentage with less than
/// three digits, or numbers with less than two, it may be by chance.
pub(super) fn explains_share(part: &Value, whole: &Value, percent: &Value, share: f64) -> bool {
    let ratio = share / float(percent.low);
    let sharp = digits(percent) > 2;
    let least = if sharp { 2 } else { 3 };
    let loose = slack(percent) / float(percent.low);
    is_slip_of(percent, ratio, f64::INFINITY, 3)
        || is_slip_of(part, 1.0 / ratio, loose.hypot(relative(whole)), least)
        || is_slip_of(whole, ratio, loose.hypot(relative(part)), least)
}
