//! A set of rules, ready to run.

use super::Rule;
use super::template::Template;
use crate::diagnostic::Basis;
use crate::document::Document;
use crate::kind::Verb;
use crate::pattern::Pattern;
use crate::pattern::scan::{Scan, Triggers};
use crate::table::Tables;
use std::sync::Arc;

/// Rules with the automaton that searches for all their patterns at once.
pub struct RuleSet {
    /// The rules, sorted by id, with what is derived from each.
    pub rules: Vec<Ready>,
    /// The fact tables.
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

impl RuleSet {
    /// Prepares rules. The error, in Chinese, names a table that does not exist or lacks a column.
    pub fn new(mut rules: Vec<Rule>, tables: Tables) -> Result<RuleSet, String> {
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        for rule in &mut rules {
            if let Verb::Forbid(forbid) = &mut rule.then
                && let Some(name) = forbid.table_name()
            {
                let table = tables.get(name).ok_or_else(|| format!("规则{}：没有名为“{name}”的表", rule.id))?;
                forbid.fill(table)?;
            }
        }
        let triggers = Triggers::new(rules.iter_mut().flat_map(searched));
        let rules = rules
            .into_iter()
            .map(|rule| Ready {
                id: rule.id.as_str().into(),
                message: rule.message(),
                basis: rule.basis.as_ref().map(|basis| Arc::new(basis.0.clone())),
                rule,
            })
            .collect();
        Ok(RuleSet { rules, tables, triggers })
    }

    /// Searches a document for all patterns of all rules.
    pub fn scan<'d>(&self, document: &'d Document) -> Scan<'d> {
        self.triggers.scan(document)
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
