//! A document as the rules see it.

mod bound;
pub mod character;
mod code_name;
mod date;
#[cfg(test)]
mod date_test;
mod measure;
pub mod mention;
#[cfg(test)]
mod mention_test;
pub mod numeral;
#[cfg(test)]
mod numeral_test;
mod ordinal;
mod passage;
mod quantity;
mod time;
pub mod value;
pub mod verbatim;
