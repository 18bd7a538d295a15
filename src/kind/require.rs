//! `require`: text or a field that must occur in a part, where its siblings have it.

use super::{Case, Find, Hit};
use crate::document::Document;
use crate::document::part::{Part, PartKind};
use crate::pattern::Patterns;
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// What must occur, where, and how many of the siblings must have it before a part without it is wrong.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Require {
    /// 必须出现的文字（任一）。
    pub pattern: Option<Patterns>,
    /// 必须有的字段，如 牵头负责；值也不能为空。
    pub field: Option<Patterns>,
    /// 同级中至少多大比例已有，才报缺的（0–1）；不写则每个都必须有。
    pub siblings: Option<f64>,
    /// 同级至少几个才判断，默认3。
    pub at_least: Option<usize>,
    /// 出现在哪里：start、end、anywhere（默认）。
    pub at: At,
}

/// Where in a part the text must stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum At {
    /// At its start, after the label.
    Start,
    /// At its end.
    End,
    /// Anywhere.
    #[default]
    Anywhere,
}

impl Find for Require {
    const HOLES: &'static [&'static str] = &["siblings", "missing", "have"];

    fn may_find_among_siblings(&self, document: &Document) -> bool {
        // One without a field is wrong only beside others with it.
        self.field.as_ref().is_none_or(|names| {
            let fields = document.parts(PartKind::Field);
            fields.iter().any(|field| names.0.iter().any(|name| name.source() == document.slice(field.label)))
        })
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        if case.members.is_empty() {
            if !self.has(case, case.part) {
                hits.push(Hit::at(self.place(case, case.part)));
            }
            return;
        }
        let (have, mut lack): (Vec<&Part>, Vec<&Part>) = case.members.iter().partition(|part| self.has(case, part));
        let enough = self.siblings.is_none_or(|share| have.len() as f64 >= share * case.members.len() as f64);
        if case.members.len() < self.at_least.unwrap_or(3) || have.is_empty() || !enough {
            return;
        }
        lack.retain(|part| !self.is_shared(case, part));
        for part in &lack {
            let hit = Hit::at(self.place(case, part))
                .hole("siblings", case.members.len().to_string())
                .hole("missing", lack.len().to_string())
                .hole("have", have.len().to_string());
            let nearest = have.iter().min_by_key(|other| other.line.abs_diff(part.line));
            hits.push(match nearest.and_then(|other| self.evidence(case, other)) {
                Some(span) => hit.related(span, "同级已有"),
                None => hit,
            });
        }
    }
}

impl Require {
    fn has(&self, case: &Case<'_>, part: &Part) -> bool {
        // What must stand somewhere may stand in a later paragraph of the item.
        let end = if self.at == At::Anywhere { end_of(case, part) } else { part.span.end };
        let text = case.slice(Span::new(whole(part).start, end)).trim();
        let has_pattern = self.pattern.as_ref().is_none_or(|patterns| match self.at {
            At::Start => patterns.any_starts(text),
            At::End => patterns.any_ends(text),
            At::Anywhere => patterns.any_in(text),
        });
        has_pattern && (self.field.is_none() || self.evidence(case, part).is_some())
    }

    /// The field of a part that meets the demand.
    fn evidence(&self, case: &Case<'_>, part: &Part) -> Option<Span> {
        let names = self.field.as_ref()?;
        let end = end_of(case, part);
        let fields = case.document.parts(PartKind::Field);
        let from = fields.partition_point(|field| field.span.start < part.span.start);
        let inside = fields[from..].iter().take_while(|field| field.span.start < end);
        let mut named = inside.filter(|field| names.0.iter().any(|name| name.source() == case.slice(field.label)));
        named.find(|field| !case.slice(field.text).trim().is_empty()).map(|field| field.span)
    }

    /// Whether an item below says what it has for this one as well: 以上两项牵头单位：办公室.
    fn is_shared(&self, case: &Case<'_>, part: &Part) -> bool {
        let names = self.field.as_ref().map_or(&[][..], |names| &names.0);
        let from = case.members.partition_point(|member| member.span.start < part.span.start);
        (1..).zip(&case.members[from..]).take(9).any(|(count, member)| {
            let text = case.slice(Span::new(member.span.start, end_of(case, member)));
            let serves = |(at, word): (usize, &str)| {
                let rest = &text[at + word.len()..];
                let Some((number, rest)) = rest.split_once('项') else { return false };
                let near = rest.char_indices().nth(12).map_or(rest, |(end, _)| &rest[..end]);
                let named = names.is_empty() || names.iter().any(|name| near.contains(name.source()));
                named && count_of(number).is_some_and(|items| items >= count)
            };
            ["以上", "上述"].iter().any(|word| text.match_indices(word).any(serves))
        })
    }

    /// Where a lack is shown: the last character for what should end a part, its label, or its first words.
    fn place(&self, case: &Case<'_>, part: &Part) -> Span {
        let last = || {
            let text = case.slice(part.span);
            let from = text.char_indices().rev().nth(3).map_or(0, |(index, _)| index);
            Span::new(part.span.start + from, part.span.end)
        };
        match self.at {
            At::End => last(),
            _ if !part.label.is_empty() => part.label,
            _ => {
                // Its first clause: enough to know it by.
                let text = case.slice(part.span);
                let end = text.find(['，', '。', '；', '：', '\n']).unwrap_or(text.len());
                Span::new(part.span.start, part.span.start + end)
            }
        }
    }
}

/// The words of a part: a quote's text, else all of it.
fn whole(part: &Part) -> Span {
    if part.label.is_empty() { part.span } else { Span::new(part.label.end, part.span.end) }
}

/// The end of an item with the paragraphs and items under it.
fn end_of(case: &Case<'_>, part: &Part) -> usize {
    let Some(node) = part.node.map(|node| &case.document.outline.nodes[node]) else { return part.span.end };
    let last = node.end_line.saturating_sub(1).max(node.line);
    case.document.lines[last].span.end.max(part.span.end)
}

/// 2 of 两, 3 of 3.
fn count_of(number: &str) -> Option<usize> {
    let han = ["二", "三", "四", "五", "六", "七", "八", "九", "十"].iter().position(|numeral| *numeral == number);
    number.parse().ok().or(han.map(|index| index + 2)).or((number == "两").then_some(2))
}
