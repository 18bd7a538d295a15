//! A document as the rules see it.

mod bound;
pub mod character;
mod code_name;
mod date;
mod measure;
pub mod mention;
#[cfg(test)]
mod mention_test;
pub mod numeral;
mod ordinal;
mod passage;
mod quantity;
mod time;
pub mod value;
pub mod verbatim;
