//! kanwu 勘误 checks Chinese official documents (公文) against rules written in YAML.

pub mod diagnostic;
pub mod document;
pub mod read;
pub mod source;
