//! `resolves`: a reference has its target in the document; the attachment note agrees with the attachments.

mod across;

use super::{Across, Case, Find, Hit, prose};
use crate::document::character::is_blank;
use crate::document::label::LabelStyle;
use crate::document::layout::GENRES;
use crate::document::part::PartKind;
use crate::document::value::{Detail, Target};
use crate::ledger::Ledger;
use crate::ledger::attachment::{Attachment, attached, leading_number, listed};
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
    /// 成套材料中的另一份文件，以其标题或文号引用.
    Document,
}

/// In what the attachment note and the attachments must agree.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Same {
    /// Each numbered attachment is listed; a document is cited by its own number.
    Number,
    /// The title is the one listed, or the document's own.
    Title,
}

fn without_target(span: Span, last: u32) -> Hit {
    Hit::at(span).hole("last", last.to_string())
}

fn other_title(place: Span, listed: Span, case: &Case<'_>) -> Hit {
    Hit::at(place).related(listed, "附件说明").hole("other", case.slice(listed))
}

impl Find for Resolves {
    const HOLES: &'static [&'static str] = &["last", "other", "file"];

    fn compares_documents(&self) -> bool {
        matches!((self.what, self.same.as_slice()), (What::Document, [_, ..]) | (What::Attachment, [Same::Title]))
    }

    fn find_across<'l>(&self, ledgers: &'l [Ledger], hits: &mut Vec<Across<'l>>) {
        match self.what {
            What::Document => across::citations(ledgers, &self.same, hits),
            _ => across::attachments(ledgers, hits),
        }
    }

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
            // A document is no part of the document that cites it.
            What::Figure | What::Document => Target::Figure,
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
                let all = listed(document).into_iter().chain(attached(document));
                all.map(|attachment| attachment.number.max(1)).collect()
            }
            What::Article => Some(labelled(LabelStyle::Article)).filter(|all| all.len() >= 3).unwrap_or_default(),
            What::Chapter => Some(labelled(LabelStyle::Chapter)).filter(|all| all.len() >= 2).unwrap_or_default(),
            What::Table => captioned("表"),
            What::Figure => captioned("图"),
            What::Document => Vec::new(),
        }
    }

    fn compare(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let (listed, attached) = (listed(case.document), attached(case.document));
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
    let (only_a, only_b) = (&a[front..a.len() - back], &b[front..b.len() - back]);
    let sorted = |words: &[char]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    // 意见征求 for 征求意见 is a slip too.
    let (most, least) = if sorted(only_a) == sorted(only_b) { (4, 4) } else { (3, 6) };
    let kind = |title: &[char]| {
        let words: String = title.iter().collect();
        GENRES.iter().find(|genre| words.ends_with(**genre))
    };
    let kinds = (kind(&a), kind(&b));
    only_a.len().max(only_b.len()) <= most
        && front + back >= least
        && (kinds.0 == kinds.1 || kinds.0.is_none() || kinds.1.is_none())
}
