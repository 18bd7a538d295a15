//! The integration tests, in one program.

#![allow(missing_docs)]

mod cli;
mod cli_rules;
mod corpus;
mod examples;
mod laws;
mod layers;
mod near;
mod program;
mod readme;
mod reports;
mod schema;
