//! A total in a lead, its parts in the items below it.

use super::reading::Breakdown;
use crate::kind::{Case, Hit};

/// Compares the total of a lead with the items under it.
pub(super) fn find(_case: &Case<'_>, _hits: &mut Vec<Hit>) {
    let _: Option<Breakdown<'_>> = None;
}
