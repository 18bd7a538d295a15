//! `consistent`: one form throughout, one name for one thing, one value for one quantity.

mod form;
mod metric;
mod name;
mod quantity;
mod row;
mod telephone;

use super::{Across, Case, Find, Hit};
use crate::ledger::Ledger;
use crate::pattern::Pattern;
use serde::{Deserialize, Serialize};

/// What must be the same throughout; one of the three is written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Consistent {
    /// 各组中的写法全文只用一种。
    pub groups: Vec<Vec<Pattern>>,
    /// 以哪种为准：majority（多数，默认）、first（先出现的）、listed（组中排在前的）。
    pub prefer: Prefer,
    /// 名称前后一致。
    pub names: Option<Names>,
    /// 数量前后一致。
    pub values: Option<Quantities>,
    /// lost-dash-suspect：已知丢了连接号的文件名表（列 wrong），文中有其一即为旁证。
    pub titles: Option<String>,
    /// The words a name may end in, once they are searched for.
    #[serde(skip)]
    pub ends: Vec<Pattern>,
}

/// Which form the others are measured by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Prefer {
    /// The one met most often; on a tie, the earlier.
    #[default]
    Majority,
    /// The one met first.
    First,
    /// The one listed first.
    Listed,
}

/// How names may differ and still be meant for one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Names {
    /// 相差的字数：1为多、少、错一字或漏、衍一个双音词；2为同位置的双音词不同，或示范区与示范基地之类的结尾不同。
    pub differ: u8,
}

/// Which contradiction between quantities is sought.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Quantities {
    /// 34个课程基地 where 3—4个课程基地 stands elsewhere.
    LostDash,
    /// Where that happened once, other amounts that may have lost their dash: 力争12家.
    LostDashSuspect,
    /// One quantity with two values: 新建幼儿园12所 where 新建幼儿园15所 stands elsewhere.
    SameQuantity,
    /// What a sentence repeats of a row of the table beside it: 收入682.4亿元 where the table has 682.7.
    TableRow,
    /// One telephone number in all documents of a set: 61236655 where 61236565 stands in another.
    SameTelephone,
}

impl Find for Consistent {
    const HOLES: &'static [&'static str] = &["name", "value", "other", "dashed", "file"];

    fn searched(&mut self) -> Vec<&mut Pattern> {
        if self.names.is_some() && self.ends.is_empty() {
            self.ends = name::ENDS.iter().map(|end| Pattern::literal(*end)).collect();
        }
        self.groups.iter_mut().flatten().chain(&mut self.ends).collect()
    }

    fn table(&self) -> Option<&str> {
        self.titles.as_deref()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        for group in &self.groups {
            form::find(case, group, self.prefer, hits);
        }
        if let Some(names) = self.names {
            name::find(case, &self.ends, names.differ, hits);
            if names.differ == 2 {
                name::kin(case, &self.ends, hits);
            }
        }
        match self.values {
            Some(Quantities::LostDash) => quantity::certain(case, hits),
            Some(Quantities::LostDashSuspect) => {
                quantity::suspects(case, self.titles.as_ref().and_then(|name| case.tables.get(name)), hits)
            }
            Some(Quantities::SameQuantity) => metric::find(case, hits),
            Some(Quantities::TableRow) => row::find(case, hits),
            Some(Quantities::SameTelephone) | None => {}
        }
    }

    fn compares_documents(&self) -> bool {
        self.groups.is_empty()
            && (self.names.is_some()
                || matches!(self.values, Some(Quantities::SameQuantity | Quantities::SameTelephone)))
    }

    fn find_across<'l>(&self, ledgers: &'l [Ledger], hits: &mut Vec<Across<'l>>) {
        if let Some(names) = self.names {
            name::across(ledgers, names.differ, hits);
        }
        match self.values {
            Some(Quantities::SameQuantity) => metric::across(ledgers, hits),
            Some(Quantities::SameTelephone) => telephone::across(ledgers, hits),
            _ => {}
        }
    }
}
