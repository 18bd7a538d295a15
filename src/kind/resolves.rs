//! `resolves`: a reference has its target in the document; the attachment note agrees with the attachments.

use super::{Case, Find, Hit, prose};
use crate::document::character::{digit, is_blank};
use crate::document::label::LabelStyle;
use crate::document::layout::{Line, LineKind};
use crate::document::part::PartKind;
use crate::document::value::{Detail, Target};
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// What must be found.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Resolves {
    /// 所指的是什么。
    pub what: What,
    /// attachment：改为核对附件说明与附件的顺序号（number）、标题（title）。
    #[serde(default)]
    pub same: Vec<Same>,
}

/// What a reference points to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// 附件2.
    Attachment,
    /// 第三条.
    Article,
    /// 第二章.
    Chapter,
    /// 表1.
    Table,
    /// 图1.
    Figure,
}

/// In what the attachment note and the attachments must agree.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Same {
    /// Each numbered attachment is listed.
    Number,
    /// The title is the one listed.
    Title,
}

/// An attachment as the note lists it or as it begins. Number 0 when it has none.
struct Attachment {
    number: u32,
    /// Its 附件2.
    mark: Span,
    /// Its title; empty when it has none.
    title: Span,
}

fn without_target(span: Span, last: u32) -> Hit {
    Hit::at(span).hole("last", last.to_string())
}

fn other_title(place: Span, listed: Span, case: &Case<'_>) -> Hit {
    Hit::at(place).related(listed, "附件说明").hole("other", case.slice(listed))
}

impl Find for Resolves {
    const HOLES: &'static [&'static str] = &["last", "other"];

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        if !self.same.is_empty() {
            self.compare(case, hits);
            return;
        }
        let known = self.targets(case);
        let Some(last) = known.iter().copied().max() else { return };
        for value in case.document.values_in(case.part.span) {
            let Detail::Reference(target) = value.detail else { continue };
            let number = value.high.to_u32().unwrap_or(0);
            let missing = number > last && target == self.target();
            // Where another document is named, the reference points into that.
            let clause = prose::clause(case.document, value.span);
            let head = case.slice(Span::new(clause.start, value.span.start));
            let elsewhere = head.contains(['》', '”', '法', '例', '令']) || head.ends_with("的");
            let is_mark = case.document.line_at(value.span.start).span.start == value.span.start;
            if missing && !elsewhere && !is_mark && case.document.enclosing(PartKind::BookTitle, value.span).is_none() {
                hits.push(without_target(value.span, last));
            }
        }
    }
}

impl Resolves {
    fn target(&self) -> Target {
        match self.what {
            What::Attachment => Target::Attachment,
            What::Article => Target::Article,
            What::Chapter => Target::Chapter,
            What::Table => Target::Table,
            What::Figure => Target::Figure,
        }
    }

    /// The numbers of what the document has of this kind. Empty when it cannot be known.
    fn targets(&self, case: &Case<'_>) -> Vec<u32> {
        let document = case.document;
        let labelled = |style| {
            let labels = document.lines.iter().filter_map(|line| line.label).filter(|label| label.style == style);
            labels.map(|label| label.number).collect::<Vec<u32>>()
        };
        let captioned = |noun: &str| {
            let lines = document.lines.iter().map(|line| document.slice(line.span));
            lines.filter_map(|text| leading_number(text.strip_prefix(noun)?).map(|(number, _)| number)).collect()
        };
        match self.what {
            What::Attachment => {
                let all = listed(case).into_iter().chain(attached(case));
                all.map(|attachment| attachment.number.max(1)).collect()
            }
            What::Article => Some(labelled(LabelStyle::Article)).filter(|all| all.len() >= 3).unwrap_or_default(),
            What::Chapter => Some(labelled(LabelStyle::Chapter)).filter(|all| all.len() >= 2).unwrap_or_default(),
            What::Table => captioned("表"),
            What::Figure => captioned("图"),
        }
    }

    fn compare(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let (listed, attached) = (listed(case), attached(case));
        let last = listed.iter().map(|entry| entry.number.max(1)).max().unwrap_or(0);
        if listed.is_empty() {
            return;
        }
        for attachment in &attached {
            let same_number = |entry: &&Attachment| entry.number.max(1) == attachment.number.max(1);
            match listed.iter().find(same_number) {
                Some(entry)
                    if self.same.contains(&Same::Title)
                        && is_slip(case.slice(entry.title), case.slice(attachment.title)) =>
                {
                    hits.push(other_title(attachment.title, entry.title, case));
                }
                None if self.same.contains(&Same::Number) && attachment.number > last => {
                    hits.push(without_target(attachment.mark, last));
                }
                _ => {}
            }
        }
    }
}

/// The entries of the attachment note of the main text.
fn listed(case: &Case<'_>) -> Vec<Attachment> {
    let document = case.document;
    let lines = document.lines.iter().filter(|line| line.kind == LineKind::AttachmentNote);
    let Some(division) = lines.clone().map(|line| line.division).min() else { return Vec::new() };
    let entry = |span: Span| {
        let text = document.slice(span);
        let rest = text.strip_prefix("附件").map_or(text, |rest| rest.trim_start_matches(['：', ':']));
        let rest = rest.trim_start_matches(is_blank);
        let (number, rest) = match leading_number(rest) {
            Some((number, after)) => (number, after.strip_prefix(['.', '．', '、', '：', ':']).unwrap_or(after)),
            None => (0, rest),
        };
        let title = rest.trim_matches(is_blank).trim_end_matches(['。', '；', ';']);
        let start = span.start + (title.as_ptr() as usize - text.as_ptr() as usize);
        Attachment { number, mark: span, title: Span::new(start, start + title.len()) }
    };
    lines
        .filter(|line| line.division == division)
        .map(|line| entry(line.span))
        .filter(|entry| !entry.title.is_empty())
        .collect()
}

/// The attachments that follow the main text, each with the title below its mark.
fn attached(case: &Case<'_>) -> Vec<Attachment> {
    let document = case.document;
    let marks = document.lines.iter().enumerate().filter(|(_, line)| line.kind == LineKind::AttachmentMark);
    marks
        .map(|(index, line)| {
            let text = document.slice(line.span);
            let number = text.strip_prefix("附件").and_then(leading_number).map_or(0, |(number, _)| number);
            let below = document.lines[index + 1..].iter().skip_while(|line| line.span.is_empty());
            // （图略） below a title is a remark on it.
            let of_title =
                |line: &&Line| line.kind == LineKind::Title && !document.slice(line.span).starts_with(['（', '(']);
            let titles: Vec<Span> = below.take_while(of_title).map(|line| line.span).collect();
            let title = match titles.as_slice() {
                [first, .., last] => first.cover(*last),
                [only] => *only,
                [] => Span::at(line.span.end),
            };
            Attachment { number, mark: line.span, title }
        })
        .collect()
}

/// The number a text begins with, and what follows.
fn leading_number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(is_blank);
    let length: usize = text.chars().take_while(|&c| digit(c).is_some()).map(char::len_utf8).sum();
    let digits: String = text[..length].chars().filter_map(digit).filter_map(|d| char::from_digit(d, 10)).collect();
    Some((digits.parse().ok().filter(|_| digits.len() <= 2)?, &text[length..]))
}

/// Whether two titles are meant for one and differ by a slip: neither is part of the other, and all but a few characters
/// at one place are the same.
fn is_slip(listed: &str, title: &str) -> bool {
    let bare = |text: &str| -> Vec<char> {
        let text = text.split(['（', '(']).next().unwrap_or(text);
        text.chars().filter(|c| !c.is_whitespace() && !is_blank(*c) && !matches!(c, '《' | '》' | '“' | '”')).collect()
    };
    let (a, b) = (bare(listed), bare(title));
    if a.is_empty() || b.is_empty() || a == b || a.ends_with(&b) || b.ends_with(&a) {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - front;
    let back = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let differing = a.len().max(b.len()) - front - back;
    differing <= 3 && front + back >= 6
}
