//! A set of rules, ready to run.

use super::Rule;
use super::example::Examples;
use super::template::Template;
use crate::diagnostic::Basis;
use crate::document::Document;
use crate::kind::Verb;
use crate::kind::near::Prepared;
use crate::pattern::Pattern;
use crate::pattern::scan::{Scan, Triggers, Within, number};
use crate::stored::Stored;
use crate::table::{Shelf, Table, Tables};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Rules with the automaton that searches for all their patterns at once.
pub struct RuleSet {
    /// The rules, sorted by id.
    entries: Vec<Entry>,
    /// The fact tables that verbs consult.
    pub tables: Shelf,
    /// The day on which the table that was checked first was checked.
    facts_until: Option<(i32, u32, u32)>,
    /// What was made of tables.
    prepared: Stored<Prepared>,
    triggers: Triggers,
}

/// A rule that is read when it is needed, and what tells whether it is.
struct Entry {
    id: Cow<'static, str>,
    search: Search,
    rule: Stored<Ready>,
}

/// Under which numbers a rule searches for its patterns.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Search {
    /// The first.
    first: u32,
    /// The first and the last of those without which there is nothing to find.
    needed: Option<(u32, u32)>,
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
struct Compact<E, T, P, S> {
    entries: E,
    tables: T,
    facts_until: Option<(i32, u32, u32)>,
    prepared: P,
    triggers: S,
}

/// A table in a compact set.
type CompactTable<'a> = (&'a str, &'a [u8]);

/// A rule in a compact set.
type CompactEntry<'a> = (&'a str, Search, &'a [u8]);

impl Entry {
    /// A rule whose patterns are numbered.
    fn new(mut rule: Rule) -> Entry {
        let first = searched(&mut rule).first().map_or(0, |(pattern, _)| pattern.search);
        let sought = sought(&rule);
        let needed = sought.filter(|patterns| patterns.iter().all(|pattern| pattern.everywhere));
        let ends = |patterns: &[Pattern]| Some((patterns.first()?.search, patterns.last()?.search));
        let search = Search { first, needed: needed.and_then(ends) };
        Entry { id: rule.id.clone().into(), search, rule: Stored::made(Ready::new(rule)) }
    }

    fn ready(&self, prepared: &Stored<Prepared>) -> &Ready {
        self.rule.get(|mut rule: Rule| {
            if let Verb::Near(near) = &mut rule.then {
                near.terms = prepared.get(|prepared| prepared).get(&near.key()).cloned();
            }
            number(searched(&mut rule), self.search.first);
            Ready::new(rule)
        })
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
        let mut next = 0;
        for rule in &mut rules {
            next = number(searched(rule), next);
        }
        let triggers = Triggers::new(rules.iter_mut().flat_map(searched).map(|(pattern, _)| &*pattern));
        let entries = rules.into_iter().map(Entry::new).collect();
        let facts_until = tables.values().filter_map(Table::checked_on).min();
        Ok(RuleSet { entries, tables: Shelf::new(tables), facts_until, prepared: Stored::made(prepared), triggers })
    }

    /// A set that was written by [`RuleSet::to_compact`].
    pub fn from_compact(compact: &'static [u8]) -> postcard::Result<RuleSet> {
        type Read = Compact<Vec<CompactEntry<'static>>, Vec<CompactTable<'static>>, &'static [u8], Triggers>;
        let Compact { entries, tables, facts_until, prepared, triggers } = postcard::from_bytes::<Read>(compact)?;
        let entry = |(id, search, rule): CompactEntry<'static>| Entry {
            id: Cow::Borrowed(id),
            search,
            rule: Stored::compact(rule),
        };
        let entries = entries.into_iter().map(entry).collect();
        Ok(RuleSet {
            entries,
            tables: Shelf::compact(tables),
            facts_until,
            prepared: Stored::compact(prepared),
            triggers,
        })
    }

    /// The set in a compact form, to be compiled in.
    pub fn to_compact(&self) -> postcard::Result<Vec<u8>> {
        let bare = |ready: &Ready| Rule { examples: Examples::default(), ..ready.rule.clone() };
        let rules: Vec<Vec<u8>> =
            self.rules().map(|ready| postcard::to_stdvec(&bare(ready))).collect::<postcard::Result<_>>()?;
        let entry = |(entry, rule)| -> CompactEntry<'_> {
            let (entry, rule): (&Entry, &Vec<u8>) = (entry, rule);
            (&entry.id, entry.search, rule)
        };
        let entries: Vec<CompactEntry<'_>> = self.entries.iter().zip(&rules).map(entry).collect();
        let tables = self.tables.iter().map(|(name, table)| Ok((name, postcard::to_stdvec(table)?)));
        let tables: Vec<(&str, Vec<u8>)> = tables.collect::<postcard::Result<_>>()?;
        let tables: Vec<CompactTable<'_>> = tables.iter().map(|(name, table)| (*name, table.as_slice())).collect();
        let prepared = postcard::to_stdvec(self.prepared.get(|prepared: Prepared| prepared))?;
        let facts_until = self.facts_until;
        postcard::to_stdvec(&Compact { entries, tables, facts_until, prepared, triggers: &self.triggers })
    }

    /// Until which day the facts hold: that on which the table that was checked first was checked.
    pub fn facts_until(&self) -> Option<(i32, u32, u32)> {
        self.facts_until
    }

    /// The ids of all rules, sorted.
    pub fn ids(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| &*entry.id).collect()
    }

    /// All rules, sorted by id.
    pub fn rules(&self) -> impl Iterator<Item = &Ready> {
        self.entries.iter().map(|entry| entry.ready(&self.prepared))
    }

    /// The rules that may find something in a document that was searched, sorted by id, by their number in the set.
    pub fn numbers_for(&self, scan: &Scan<'_>) -> Vec<usize> {
        let may_find = |entry: &Entry| entry.search.needed.is_none_or(|(first, last)| scan.has_found(first, last));
        (0..self.entries.len()).filter(|&number| may_find(&self.entries[number])).collect()
    }

    /// The rule with a number in the set.
    pub fn numbered(&self, number: usize) -> &Ready {
        self.entries[number].ready(&self.prepared)
    }

    /// The rule with an id.
    pub fn rule(&self, id: &str) -> Option<&Ready> {
        let entry = self.entries.iter().find(|entry| entry.id == id)?;
        Some(entry.ready(&self.prepared))
    }

    /// Drops the rules whose id is not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.entries.retain(|entry| keep(&entry.id));
    }

    /// Searches a document for all patterns of all rules.
    pub fn scan<'d>(&self, document: &'d Document) -> Scan<'d> {
        self.triggers.scan(document)
    }
}

/// The patterns of which one must be found for a rule to be tried at all.
pub fn sought(rule: &Rule) -> Option<&[Pattern]> {
    match (&rule.then, &rule.find) {
        (Verb::Forbid(forbid), _) => Some(&forbid.patterns),
        (_, find) => find.as_ref().map(|find| find.0.as_slice()),
    }
}

/// The patterns a rule searches for, each with where that is worth doing: a common text that matters only in titles, say, is
/// looked for in titles.
fn searched(rule: &mut Rule) -> Vec<(&mut Pattern, Within)> {
    let given = match &rule.given {
        given if !given.is_on_few_lines() => Within::Text,
        given if given.is_values() => Within::Values,
        _ => Within::Lines,
    };
    // A verb that asks where its words stand asks of all places; `forbid` leaves the search to the engine.
    let is_forbid = matches!(rule.then, Verb::Forbid(_));
    let own = rule.then.searched().into_iter().map(|pattern| (pattern, if is_forbid { given } else { Within::Text }));
    let find = rule.find.iter_mut().flat_map(|find| &mut find.0).map(|pattern| (pattern, given));
    own.chain(find).collect()
}
