//! `length`: at most, or at least, so many characters, sentences or items.

use super::{Case, Find, Hit};
use crate::document::character::is_blank;
use crate::document::part::PartKind;
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// How long a part may be. The number before a heading or item does not count.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Length {
    /// 最多多少。
    pub max: Option<usize>,
    /// 至少多少。
    pub min: Option<usize>,
    /// 数什么：characters 字（默认，不计空格和序号）、sentences 句、items 同级条目。
    pub unit: Unit,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Characters, marks among them, blanks not.
    #[default]
    Characters,
    /// Sentences.
    Sentences,
    /// Headings or items directly under a heading or item; the members of a run of siblings.
    Items,
}

impl Find for Length {
    const HOLES: &'static [&'static str] = &["length", "max", "min", "excess"];

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let units = self.units(case);
        let count = units.len();
        let span = match (self.max, self.min) {
            // What exceeds the limit, to the end.
            (Some(max), _) if count > max => units[max].cover(units[count - 1]),
            (_, Some(min)) if count < min => case.found.map_or(case.part.text, |found| found.span),
            _ => return,
        };
        let shown = |limit: Option<usize>| limit.map_or_else(String::new, |limit| limit.to_string());
        hits.push(
            Hit::at(span)
                .hole("length", count.to_string())
                .hole("max", shown(self.max))
                .hole("min", shown(self.min))
                .hole("excess", count.saturating_sub(self.max.unwrap_or(count)).to_string()),
        );
    }
}

impl Length {
    /// The place of each unit.
    fn units(&self, case: &Case<'_>) -> Vec<Span> {
        let span = case.found.map_or(case.part.text, |found| found.span);
        match self.unit {
            Unit::Characters => {
                let characters = case.slice(span).char_indices().filter(|(_, c)| !is_blank(*c) && !matches!(c, '\n' | '\r'));
                characters.map(|(at, c)| Span::new(span.start + at, span.start + at + c.len_utf8())).collect()
            }
            Unit::Sentences => {
                let sentences = case.document.parts(PartKind::Sentence).iter().map(|sentence| sentence.span);
                sentences.filter(|sentence| span.contains(*sentence) || case.part.span.contains(*sentence)).collect()
            }
            Unit::Items if !case.members.is_empty() => case.members.iter().map(|member| member.span).collect(),
            Unit::Items => {
                let nodes = case.document.outline.nodes.iter();
                let under = nodes.filter(|node| node.parent.is_some() && node.parent == case.part.node);
                under.map(|node| case.document.lines[node.line].span).collect()
            }
        }
    }
}
