//! `kanwu rules`: the rules themselves — listed, tested, described for editors, traced, and word lists made tables of.

mod coverage;
pub(super) mod import;
pub(super) mod list;
mod reference;
pub(super) mod schema;
pub(super) mod test;
pub(super) mod trace;
