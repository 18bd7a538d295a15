//! `length`: how long a part may be.

use super::{Case, Find, Hit};
use crate::document::part::PartKind;
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// The bounds and what is counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Length {
    /// 最多多少。
    pub max: usize,
    /// 最少多少，默认0。
    #[serde(default)]
    pub min: usize,
    /// 数什么：characters（字，不计序号和空白）、sentences（句）、items（条）。
    #[serde(default)]
    pub unit: Unit,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Characters, without the label and white space.
    #[default]
    Characters,
    /// Sentences.
    Sentences,
    /// Items.
    Items,
}

impl Find for Length {
    const HOLES: &'static [&'static str] = &["found", "max", "min"];

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let (count, excess) = match self.unit {
            Unit::Characters => self.characters(case),
            Unit::Sentences => self.parts(case, PartKind::Sentence),
            Unit::Items => self.parts(case, PartKind::Item),
        };
        if count > self.max || count < self.min {
            let span = if count > self.max { excess } else { case.part.span };
            hits.push(
                Hit::at(span)
                    .hole("found", count.to_string())
                    .hole("max", self.max.to_string())
                    .hole("min", self.min.to_string()),
            );
        }
    }
}

impl Length {
    /// How many characters there are, and the words past the greatest number.
    fn characters(&self, case: &Case<'_>) -> (usize, Span) {
        let text = case.part.text;
        let counted = case.slice(text).char_indices().filter(|(_, c)| !c.is_whitespace());
        let mut count = 0;
        let mut excess = text.end;
        for (at, _) in counted {
            if count == self.max {
                excess = text.start + at;
            }
            count += 1;
        }
        (count, Span::new(excess, text.end))
    }

    fn parts(&self, case: &Case<'_>, kind: PartKind) -> (usize, Span) {
        let inside: Vec<Span> = case
            .document
            .parts(kind)
            .iter()
            .map(|part| part.span)
            .filter(|&span| case.part.span.contains(span))
            .collect();
        let excess = inside.get(self.max).copied().unwrap_or(case.part.span);
        (inside.len(), excess)
    }
}
