//! The built-in rules and tables, compiled in by the build script.

use crate::rule::{Pack, Rule};
use crate::table::Tables;

static COMPACT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/builtin.postcard"));

/// The built-in packs, rules and tables.
pub fn builtin() -> (Vec<Pack>, Vec<Rule>, Tables) {
    postcard::from_bytes(COMPACT).expect("the build script wrote what this reads: both share the types")
}
