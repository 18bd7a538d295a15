//! A set of rules, ready to run.

use super::Rule;
use super::example::Examples;
use super::template::Template;
use crate::diagnostic::Basis;
use crate::document::Document;
use crate::kind::Verb;
use crate::kind::near::Prepared;
use crate::kind::near::terms::Terms;
use crate::pattern::Pattern;
use crate::pattern::scan::{Scan, Triggers, number};
use crate::table::{Table, Tables};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Rules with the automaton that searches for all their patterns at once.
pub struct RuleSet {
    /// The rules, sorted by id, with what is derived from each.
    pub rules: Vec<Ready>,
    /// The fact tables that verbs consult.
    pub tables: Tables,
    triggers: Triggers,
}

/// A rule and what every finding of it shares.
pub struct Ready {
    /// The rule.
    pub rule: Rule,
    /// Its id, shared by its findings.
    pub id: Arc<str>,
    /// Its message.
    pub message: Template,
    /// Its ground.
    pub basis: Option<Arc<Basis>>,
}

/// A set as it is compiled in: what it would take time to derive again. Examples are no part of it.
#[derive(Serialize, Deserialize)]
struct Compact<R, T, P, S> {
    rules: R,
    tables: T,
    prepared: P,
    triggers: S,
}

impl Serialize for RuleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bare = |ready: &Ready| Rule { examples: Examples::default(), ..ready.rule.clone() };
        let rules: Vec<Rule> = self.rules.iter().map(bare).collect();
        let prepared: Prepared = self.rules.iter().filter_map(|ready| prepared(&ready.rule)).collect();
        Compact { rules, tables: &self.tables, prepared, triggers: &self.triggers }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RuleSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RuleSet, D::Error> {
        let Compact { mut rules, tables, prepared, triggers } =
            Compact::<Vec<Rule>, Tables, Prepared, Triggers>::deserialize(deserializer)?;
        for rule in &mut rules {
            if let Verb::Near(near) = &mut rule.then {
                near.terms = prepared.get(&near.key()).cloned();
            }
        }
        number(rules.iter_mut().flat_map(searched));
        Ok(RuleSet { rules: rules.into_iter().map(Ready::new).collect(), tables, triggers })
    }
}

impl Ready {
    fn new(rule: Rule) -> Ready {
        Ready {
            id: rule.id.as_str().into(),
            message: rule.message(),
            basis: rule.basis.as_ref().map(|basis| Arc::new(basis.0.clone())),
            rule,
        }
    }
}

impl RuleSet {
    /// Prepares rules. The error, in Chinese, names a table that does not exist or lacks a column.
    pub fn new(mut rules: Vec<Rule>, mut tables: Tables) -> Result<RuleSet, String> {
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        let mut prepared = Prepared::new();
        for rule in &mut rules {
            let filled = match &mut rule.then {
                Verb::Forbid(forbid) => forbid.fill(&tables),
                Verb::Near(near) => near.fill(&tables, &mut prepared),
                _ => Ok(()),
            };
            filled.map_err(|problem| format!("规则{}：{problem}", rule.id))?;
            if let Some(name) = rule.then.table().filter(|name| !tables.contains_key(*name)) {
                return Err(format!("规则{}：没有名为“{name}”的表", rule.id));
            }
        }
        // Words that were taken from a table are in the rules now.
        tables.retain(|name, _| rules.iter().any(|rule| rule.then.table() == Some(name.as_str())));
        number(rules.iter_mut().flat_map(searched));
        let triggers = Triggers::new(rules.iter_mut().flat_map(searched).map(|(pattern, _)| &*pattern));
        Ok(RuleSet { rules: rules.into_iter().map(Ready::new).collect(), tables, triggers })
    }

    /// Until which day the facts hold: that on which the table that was checked first was checked.
    pub fn facts_until(&self) -> Option<(i32, u32, u32)> {
        self.tables.values().filter_map(Table::checked_on).min()
    }

    /// The ids of all rules, sorted.
    pub fn ids(&self) -> Vec<&str> {
        self.rules.iter().map(|ready| &*ready.id).collect()
    }

    /// Drops the rules whose id is not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.rules.retain(|ready| keep(&ready.id));
    }

    /// Searches a document for all patterns of all rules.
    pub fn scan<'d>(&self, document: &'d Document) -> Scan<'d> {
        self.triggers.scan(document)
    }
}

/// What was made of the tables of a rule, with its name.
fn prepared(rule: &Rule) -> Option<(String, Arc<Terms>)> {
    match &rule.then {
        Verb::Near(near) => near.terms.clone().map(|terms| (near.key(), terms)),
        _ => None,
    }
}

/// The patterns a rule searches for, each with whether it is worth looking for everywhere: a common text that matters only
/// in titles, say, is looked for in titles.
fn searched(rule: &mut Rule) -> Vec<(&mut Pattern, bool)> {
    let everywhere = !rule.given.is_on_few_lines();
    // A verb that asks where its words stand asks of all places; `forbid` leaves the search to the engine.
    let is_forbid = matches!(rule.then, Verb::Forbid(_));
    let own = rule.then.searched().into_iter().map(|pattern| (pattern, everywhere || !is_forbid));
    let find = rule.find.iter_mut().flat_map(|find| &mut find.0).map(|pattern| (pattern, everywhere));
    own.chain(find).collect()
}
