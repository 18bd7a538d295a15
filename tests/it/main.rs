//! The integration tests, in one program.

#![allow(missing_docs)]

mod corpus;
mod examples;
mod laws;
mod layers;
mod reports;
