//! All integration tests, in one binary.

mod cli;
mod cli_rules;
mod program;
mod reports;
mod schema;
