//! `near`: near misses of fixed terms: 扫黑险恶 for 扫黑除恶, 防腐拒变 for 拒腐防变.
//!
//! The terms stand in a table, the characters that are taken for each other in a second one. [`terms`] holds what is made
//! of both and searches a text: `anchors` finds where a piece of a term stands, `compare` tells how a text differs from a
//! term, [`shape`] what shape the difference has, and [`evidence`] whether it is a slip, from which characters stand side by
//! side in Chinese ([`pairs`]) and from known usage.

mod anchors;
mod compare;
pub mod evidence;
mod packed;
pub mod pairs;
mod pieces;
pub mod shape;
pub mod terms;

use super::{Case, Find, Hit};
use crate::source::Span;
use crate::table::{Table, Tables};
use evidence::Certainty;
use pairs::Pairs;
use serde::{Deserialize, Serialize};
use shape::Shape;
use std::collections::BTreeMap;
use std::sync::Arc;
use terms::{Row, Terms};

/// Terms that must be written exactly.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Near {
    /// 固定用语表：列 term 为用语，kind 为类别，not-when 为不算误的文字，以、分隔。
    pub table: String,
    /// 音同或形近字组表：列 characters 为一组字。
    pub alike: String,
    /// 相邻两字用例表：列 first 为首字，words 为与之成词的字，pairs 为其他后续字。误作他字、多字、少字凭它与说法相分；不写则不报这几种。
    #[serde(default)]
    pub pairs: Option<String>,
    /// 说法表：列 term 为用语，usage 为差一字而不算误的说法，以、分隔，□代任一字：首末为□，指用语去此一字也成说法；中间为□，指此处换字另成说法。
    #[serde(default)]
    pub usage: Option<String>,
    /// 只报哪几种差异；不写则全报。
    #[serde(default)]
    pub shapes: Vec<Shape>,
    /// true 只报存疑的，false 只报有把握的；不写则都报。
    #[serde(default)]
    pub doubtful: Option<bool>,
    /// What was made of the tables; shared by all rules that name the same.
    #[serde(skip)]
    pub terms: Option<Arc<Terms>>,
}

/// What was made of tables, by their names.
pub type Prepared = BTreeMap<String, Arc<Terms>>;

impl Near {
    /// What is made of its tables goes by this name.
    pub fn key(&self) -> String {
        let other = |name: &Option<String>| name.clone().unwrap_or_default();
        format!("{}\t{}\t{}\t{}", self.table, self.alike, other(&self.pairs), other(&self.usage))
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
            let usages = match &self.usage {
                Some(name) => cells(name, "term")?.into_iter().zip(cells(name, "usage")?).collect(),
                None => BTreeMap::new(),
            };
            let pairs = match &self.pairs {
                Some(name) => {
                    let followers = cells(name, "words")?.into_iter().zip(cells(name, "pairs")?);
                    let rows = cells(name, "first")?.into_iter().zip(followers);
                    Some(Pairs::new(rows.map(|(first, (words, others))| (first, words, others))))
                }
                None => None,
            };
            let words = cells(&self.table, "term")?;
            let kinds = cells(&self.table, "kind")?;
            let not_when = cells(&self.table, "not-when")?;
            let rows = words.into_iter().zip(kinds).zip(not_when).map(|((word, kind), not_when)| {
                let usages = usages.get(word).copied().unwrap_or_default();
                Row { word, kind, not_when, usages }
            });
            let terms = Terms::new(rows, &cells(&self.alike, "characters")?, pairs);
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
        let question = ("near", Arc::as_ptr(terms) as usize);
        let found = case.scan.once(question, Span::at(0), || terms.search(case.document.text()));
        for miss in found.iter() {
            let is_asked = self.shapes.is_empty() || self.shapes.contains(&miss.shape);
            let is_doubtful = miss.certainty == Certainty::Doubtful;
            let is_asked = is_asked && self.doubtful.is_none_or(|wanted| wanted == is_doubtful);
            if is_asked && case.part.span.contains(miss.span) && !case.document.is_skipped(miss.span) {
                let right = terms.word(miss.term as usize);
                hits.push(Hit::at(miss.span).hole("right", right).hole("kind", miss.shape.words()));
            }
        }
    }
}
