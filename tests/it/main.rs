//! The integration tests, in one program.

#![allow(missing_docs)]

mod cli;
mod cli_import;
mod cli_rules;
mod cli_sets;
mod corpus;
mod examples;
mod figures;
mod house;
mod laws;
mod layers;
mod near;
mod program;
mod readme;
mod reference;
mod reports;
mod schema;
mod workbook;
