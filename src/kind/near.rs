//! `near`: near misses of fixed terms: 扫黑险恶 for 扫黑除恶, 防腐拒变 for 拒腐防变.
//!
//! The terms stand in a table, the characters that are taken for each other in a second one. [`terms`] holds what is made
//! of both and searches a text, `compare` tells how a text differs from a term, [`shape`] which differences are slips.

mod compare;
pub mod shape;
pub mod terms;

use super::{Case, Find, Hit};
use crate::table::{Table, Tables};
use serde::{Deserialize, Serialize};
use shape::Shape;
use std::collections::BTreeMap;
use std::sync::Arc;
use terms::Terms;

/// Terms that must be written exactly.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Near {
    /// 固定用语表：列 term 为用语，kind 为类别，not-when 为不算误的文字，以、分隔。
    pub table: String,
    /// 音同或形近字组表：列 characters 为一组字。
    pub alike: String,
    /// 只报哪几种差异；不写则全报。
    #[serde(default)]
    pub shapes: Vec<Shape>,
    /// What was made of the tables; shared by all rules that name the same.
    #[serde(skip)]
    pub terms: Option<Arc<Terms>>,
}

/// What was made of tables, by their names.
pub type Prepared = BTreeMap<String, Arc<Terms>>;

impl Near {
    /// What is made of its tables goes by this name.
    pub fn key(&self) -> String {
        format!("{}\t{}", self.table, self.alike)
    }

    /// Takes what was made of its tables, or makes it. The error, in Chinese, names a table or a column that is missing.
    pub fn fill(&mut self, tables: &Tables, prepared: &mut Prepared) -> Result<(), String> {
        let key = self.key();
        if !prepared.contains_key(&key) {
            let cells = |name: &str, column: &str| {
                let table: &Table = tables.get(name).ok_or_else(|| format!("没有名为“{name}”的表"))?;
                let index = table.column(column).ok_or_else(|| format!("表“{name}”缺“{column}”列"))?;
                Ok::<_, String>(table.rows.iter().map(move |row| row[index].as_str()).collect::<Vec<_>>())
            };
            let words = cells(&self.table, "term")?;
            let kinds = cells(&self.table, "kind")?;
            let not_when = cells(&self.table, "not-when")?;
            let rows = words.into_iter().zip(kinds).zip(not_when).map(|((word, kind), not_when)| (word, kind, not_when));
            let terms = Terms::new(rows, &cells(&self.alike, "characters")?);
            prepared.insert(key.clone(), Arc::new(terms.map_err(|problem| format!("表“{}”{problem}", self.table))?));
        }
        self.terms = prepared.get(&key).cloned();
        Ok(())
    }
}

impl Find for Near {
    const HOLES: &'static [&'static str] = &["right", "kind"];

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let Some(terms) = &self.terms else { return };
        // Rules that report different shapes share one search: a longer near miss takes the place of a shorter one,
        // whichever rule reports it.
        let question = Arc::as_ptr(terms) as usize;
        let found = case.scan.once(question, || terms.search(case.document.text()));
        for miss in found.iter() {
            let is_asked = self.shapes.is_empty() || self.shapes.contains(&miss.shape);
            if is_asked && case.part.span.contains(miss.span) && !case.document.is_skipped(miss.span) {
                let right = terms.word(miss.term as usize);
                hits.push(Hit::at(miss.span).hole("right", right).hole("kind", miss.shape.words()));
            }
        }
    }
}
