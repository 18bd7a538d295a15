//! kanwu 勘误 checks Chinese official documents (公文) against rules written in YAML.

pub mod builtin;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod form;
pub mod kind;
pub mod pattern;
pub mod read;
#[cfg(feature = "cli")]
pub mod report;
pub mod rule;
pub mod source;
pub mod table;
