//! `kanwu rules`: the rules themselves — listed, tested, described for editors, traced, and word lists made tables of.

pub(super) mod import;
pub(super) mod list;
pub(super) mod schema;
pub(super) mod test;
pub(super) mod trace;
