//! The built-in rules and tables, compiled in by the build script.

use crate::rule::set::RuleSet;
use crate::rule::{Pack, Rule};
use crate::table::Tables;
use serde::Deserialize;

static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.postcard"));
static RULE_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rule-set.postcard"));

/// The built-in packs, rules and tables.
pub fn builtin() -> (Vec<Pack>, Vec<Rule>, Tables) {
    read(RULES)
}

/// The built-in rules, ready to run: much sooner there than a set made of [`builtin()`].
pub fn rule_set() -> RuleSet {
    read(RULE_SET)
}

fn read<T: Deserialize<'static>>(compact: &'static [u8]) -> T {
    postcard::from_bytes(compact).expect("the build script wrote what this reads: both share the types")
}
