//! kanwu 勘误 checks Chinese official documents (公文) against rules written in YAML.
//!
//! # The map
//!
//! ```text
//! bytes ─ read ─▶ Source ─ document ─▶ Document ─┐
//!                                                ├─ check ─▶ Vec<Diagnostic> ─ report ─▶ terminal, JSON
//! YAML ── rule::load ─▶ Rule ─ rule::set ─▶ RuleSet ┘
//! ```
//!
//! - [`source`]: spans, lines, a text and the prose in it. A span is bytes; only reports turn it into lines and columns.
//! - [`read`]: bytes in any encoding, plain, Markdown or HTML, into a [`Source`](source::Source).
//! - [`document`]: structure (title, headings, items, fields, quotes …), values (numbers, dates, periods …) and facts. Never
//!   fails; odd input gives a poorer document.
//! - [`pattern`]: what authors write to find words; one automaton finds the words of all rules in one pass.
//! - [`kind`]: the verbs, one file each. A verb knows its own place and its related places, nothing of severity or message.
//! - [`rule`]: rules as data, strictly read, with their examples; [`builtin`](mod@builtin) holds those that are compiled in.
//! - [`check`](mod@check): a pure function of a document and a set of rules.
//! - `report`, `cli` (feature `cli`): thin shells. No other part writes, starts threads or looks at the clock.
//!
//! Imports go one way, in the order of this list; a test holds them to it.
//!
//! # Example
//!
//! ```
//! use kanwu::{builtin::rule_set, check::check, document::Document, source::Source};
//! use std::sync::Arc;
//!
//! let rules = rule_set();
//! let source = Source::plain("通知.txt", "关于召开会议的通知\n各科室：\n会议定于2024年2月30日召开。。请准时参加。\n");
//! let found = check(&Document::new(Arc::new(source)), &rules);
//! let ids: Vec<&str> = found.iter().map(|finding| &*finding.rule).collect();
//! assert_eq!(ids, ["dates/impossible", "punctuation/doubled"]);
//! ```

pub mod builtin;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod form;
pub mod kind;
pub mod ledger;
pub mod pattern;
pub mod read;
#[cfg(feature = "cli")]
pub mod report;
pub mod rule;
pub mod source;
pub mod stored;
pub mod table;
