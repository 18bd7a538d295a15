//! The built-in rules and tables, compiled in by the build script.

use crate::rule::set::RuleSet;
use crate::rule::{Pack, Rule};
use crate::table::Tables;

static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.postcard"));
static RULE_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rule-set.postcard"));

/// The built-in packs, rules and tables.
pub fn builtin() -> (Vec<Pack>, Vec<Rule>, Tables) {
    postcard::from_bytes(RULES).expect(SHARED)
}

/// The built-in rules, ready to run: much sooner there than a set made of [`builtin()`].
pub fn rule_set() -> RuleSet {
    RuleSet::from_compact(RULE_SET).expect(SHARED)
}

/// Why both can be read.
const SHARED: &str = "the build script wrote what this reads: both share the types";
