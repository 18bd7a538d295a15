//! Fact tables: rows of named cells, each table with its source and the day it was checked.

use crate::stored::Stored;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// All tables, by name.
pub type Tables = BTreeMap<String, Table>;

/// A table of facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What it lists.
    pub title: String,
    /// Where the facts come from.
    pub source: String,
    /// The day they were last checked, `2026-11-22`.
    pub checked: String,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// Tables by name, each read when it is first asked for.
pub struct Shelf(BTreeMap<Cow<'static, str>, Stored<Table>>);

impl Shelf {
    /// Tables that are there.
    pub fn new(tables: Tables) -> Shelf {
        Shelf(tables.into_iter().map(|(name, table)| (name.into(), Stored::made(table))).collect())
    }

    /// Tables in their compact form, by name.
    pub fn compact(tables: Vec<(&'static str, &'static [u8])>) -> Shelf {
        Shelf(tables.into_iter().map(|(name, table)| (name.into(), Stored::compact(table))).collect())
    }

    /// The table with a name.
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.0.get(name).map(|table| table.get(|table: Table| table))
    }

    /// All tables, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Table)> {
        self.0.iter().map(|(name, table)| (&**name, table.get(|table: Table| table)))
    }
}

impl Table {
    /// The day it was last checked: year, month, day. `None` when it does not say.
    pub fn checked_on(&self) -> Option<(i32, u32, u32)> {
        let mut parts = self.checked.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        Some((year, month, parts.next()?.parse().ok()?))
    }

    /// Which column has a name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The row whose cell in `column` is `key`.
    pub fn row(&self, column: &str, key: &str) -> Option<&[String]> {
        let column = self.column(column)?;
        self.rows.iter().find(|row| row.get(column).is_some_and(|cell| cell == key)).map(Vec::as_slice)
    }

    /// The cell in `wanted` of the row whose cell in `column` is `key`.
    pub fn look_up(&self, column: &str, key: &str, wanted: &str) -> Option<&str> {
        let wanted = self.column(wanted)?;
        self.row(column, key)?.get(wanted).map(String::as_str)
    }
}
