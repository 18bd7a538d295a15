//! `pair`: quotation marks, brackets and title marks that belong together.

use super::{Case, Find, Hit};
use crate::document::character::{is_chinese_mark, is_han};
use crate::document::enclosure::{Unpaired, closer};
use crate::document::part::{Part, PartKind};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// Which marks must be paired, or be of one width.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pair {
    /// 成对的标点，如 “”‘’（）《》；半角括号归入同形的全角括号。
    pub marks: String,
    /// 检查什么：partner（默认，有没有配对）、width（半角括号应为全角）、nesting（同形标点套用）。
    #[serde(default)]
    pub check: Check,
    /// 检查 width 时，括号内须含汉字（默认 true）；false 则只看括号内没有汉字的。
    #[serde(default = "yes")]
    pub han: bool,
}

fn yes() -> bool {
    true
}

/// What is checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// That every mark has its partner.
    #[default]
    Partner,
    /// That brackets in Chinese text are full-width.
    Width,
    /// That marks of one form do not stand within each other.
    Nesting,
}

impl Find for Pair {
    const HOLES: &'static [&'static str] = &["partner", "right"];

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        match self.check {
            Check::Partner => self.find_unpaired(case, hits),
            Check::Width => self.find_half_width(case, hits),
            Check::Nesting => self.find_nested(case, hits),
        }
    }
}

impl Pair {
    fn find_unpaired(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let unpaired = &case.document.unpaired;
        let from = unpaired.partition_point(|mark| mark.span.start < case.part.span.start);
        for mark in unpaired[from..].iter().take_while(|mark| mark.span.start < case.part.span.end) {
            let c = case.slice(mark.span).chars().next().unwrap_or_default();
            if !self.marks.contains(full_width(c)) || opens_quoted_paragraph(case, mark) {
                continue;
            }
            let partner = if mark.opens { closer(c).unwrap_or(c) } else { opener(c) };
            let hit = Hit::at(mark.span).hole("partner", partner.to_string()).hole("right", c.to_string());
            hits.push(match mark.nearest {
                Some(nearest) => hit.related(nearest, "与此交叉"),
                None => hit,
            });
        }
    }

    /// Brackets of which at least one is half-width, in Chinese text.
    fn find_half_width(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        for bracket in parts_within(case, PartKind::Bracket) {
            let (open, close) = marks_of(bracket);
            let text = case.document.text();
            let (Some(first), Some(last)) = (open.of(text).chars().next(), close.of(text).chars().next()) else {
                continue;
            };
            if !self.marks.contains(full_width(first)) || !(first.is_ascii() || last.is_ascii()) {
                continue;
            }
            let has_han = case.slice(bracket.text).chars().any(is_han);
            let is_chinese = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_chinese_mark(c));
            let before = text[..open.start].chars().next_back();
            // A pair of two widths is wrong whatever it holds.
            let judged = if self.han {
                has_han || first.is_ascii() != last.is_ascii()
            } else {
                !has_han && is_chinese(before) && first.is_ascii() && last.is_ascii()
            };
            if judged {
                for (span, c) in [(open, first), (close, last)] {
                    if c.is_ascii() {
                        hits.push(Hit::at(span).hole("right", full_width(c).to_string()).hole("partner", ""));
                    }
                }
            }
        }
    }

    /// Marks directly within marks of the same form.
    fn find_nested(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        for kind in [PartKind::Quote, PartKind::Bracket, PartKind::BookTitle] {
            let parts: Vec<&Part> = parts_within(case, kind).collect();
            for (index, outer) in parts.iter().enumerate() {
                let form = first_char(case, outer.span);
                if !self.marks.contains(form) {
                    continue;
                }
                let inner = parts[index + 1..].iter().find(|inner| outer.span.contains(inner.span));
                if let Some(inner) = inner.filter(|inner| first_char(case, inner.span) == form) {
                    hits.push(Hit::at(inner.span).hole("right", "").hole("partner", "").related(outer.span, "外层"));
                }
            }
        }
    }
}

fn first_char(case: &Case<'_>, span: Span) -> char {
    case.slice(span).chars().next().unwrap_or_default()
}

fn parts_within<'a>(case: &Case<'a>, kind: PartKind) -> impl Iterator<Item = &'a Part> {
    let span = case.part.span;
    let parts = case.document.parts(kind);
    let from = parts.partition_point(|part| part.span.start < span.start);
    parts[from..].iter().take_while(move |part| part.span.start < span.end)
}

fn marks_of(enclosed: &Part) -> (Span, Span) {
    (Span::new(enclosed.span.start, enclosed.text.start), Span::new(enclosed.text.end, enclosed.span.end))
}

/// Whether an opening quotation mark begins a paragraph of a quotation that runs on: the next paragraph begins with one
/// too, or this one ends the run (GB/T 15834—2011 4.8.3.5).
fn opens_quoted_paragraph(case: &Case<'_>, mark: &Unpaired) -> bool {
    let c = case.slice(mark.span);
    let line = case.document.line_index_at(mark.span.start);
    let next = case.document.lines.get(line + 1);
    mark.opens
        && matches!(c, "“" | "‘")
        && case.document.lines[line].span.start == mark.span.start
        && next.is_some_and(|next| case.slice(next.span).starts_with(c))
}

fn full_width(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        '[' => '［',
        ']' => '］',
        _ => c,
    }
}

fn opener(close: char) -> char {
    ['“', '‘', '（', '(', '《', '〈', '〔', '【', '［', '[']
        .into_iter()
        .find(|&open| closer(open) == Some(close))
        .unwrap_or(close)
}
