//! 全市15个县区中列第3位: a rank among so many.

use super::exact;
use crate::document::value::ValueKind;
use crate::kind::{Case, Hit};
use serde::{Deserialize, Serialize};

/// A rank, and how many are ranked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rank {
    /// 参加排名的总数所在的槽位。
    pub total: String,
    /// 名次所在的槽位。
    pub rank: String,
}

impl Rank {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.total, &self.rank]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (total, rank) = (exact(case, &self.total)?, exact(case, &self.rank)?);
        let beyond = rank.kind == ValueKind::Ordinal && rank.low > total.low;
        beyond.then(|| {
            Hit::at(rank.span)
                .hole("first", case.slice(total.span))
                .hole("second", case.slice(rank.span))
                .related(total.span, "总数")
        })
    }
}
