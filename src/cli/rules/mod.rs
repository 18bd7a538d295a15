//! `kanwu rules`: the rules themselves — listed, tested, described for editors, traced.

pub(super) mod list;
pub(super) mod schema;
pub(super) mod test;
pub(super) mod trace;
