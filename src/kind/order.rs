//! `order`: kinds of parts that come in a fixed order.

use super::{Case, Find, Hit};
use crate::document::part::{Part, PartKind};
use serde::{Deserialize, Serialize};

/// The kinds of parts of one division, in the order they must come in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Order(pub Vec<PartKind>);

impl Find for Order {
    const HOLES: &'static [&'static str] = &["before"];

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let mut parts: Vec<(usize, &Part)> = Vec::new();
        for (rank, &kind) in self.0.iter().enumerate() {
            let inside = case.document.parts(kind).iter().filter(|part| case.part.span.contains(part.span));
            parts.extend(inside.map(|part| (rank, part)));
        }
        parts.sort_by_key(|(_, part)| part.span.start);
        let division = |part: &Part| case.document.lines[part.line].division;
        for (index, (rank, part)) in parts.iter().enumerate() {
            let earlier =
                parts[..index].iter().find(|(other, before)| other > rank && division(before) == division(part));
            if let Some((_, before)) = earlier {
                let words = case.slice(before.span).lines().next().unwrap_or_default();
                hits.push(
                    Hit::at(first_line(case, part)).hole("before", words).related(first_line(case, before), "应在其后"),
                );
            }
        }
    }
}

/// The part's first line, for a part that has several.
fn first_line(case: &Case<'_>, part: &Part) -> crate::source::Span {
    part.span_of_line(&case.document.lines[part.line])
}
