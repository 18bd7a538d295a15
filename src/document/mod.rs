//! A document as the rules see it.

pub mod character;
pub mod value;
