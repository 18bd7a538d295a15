//! `kanwu rules`: the rules themselves — listed, tested, described for editors, traced.

mod coverage;
pub(super) mod list;
mod reference;
pub(super) mod schema;
pub(super) mod test;
pub(super) mod trace;
