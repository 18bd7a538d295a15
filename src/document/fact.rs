//! What a document says of itself: year, kind, issuer, date, number, title, each with its place.

use super::Document;
use super::layout::{GENRES, LineKind};
use super::part::PartKind;
use super::value::{Detail, ValueKind};
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;

/// A fact and the words it was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact<T> {
    /// What the words say.
    pub value: T,
    /// The words; bytes of the prose.
    pub span: Span,
}

/// What a document says of itself. A fact it does not state is absent.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// The title, its lines joined.
    pub title: Option<Fact<String>>,
    /// The year in the title; without one there, of the document number or the date at the end.
    pub year: Option<Fact<i32>>,
    /// The kind of document the title ends with: 通知, 工作要点 …
    pub genre: Option<Fact<String>>,
    /// The issuer: the signature, or what stands before 关于 in the title.
    pub issuer: Option<Fact<String>>,
    /// The date at the end: year, month, day.
    pub date: Option<Fact<(i32, u32, u32)>>,
    /// 发文字号.
    pub number: Option<Fact<String>>,
}

/// Reads the facts of a document's main text.
pub fn find(document: &Document) -> Facts {
    let mut facts = Facts::default();
    let main_title = document.parts(PartKind::Title).first().filter(|title| document.lines[title.line].division <= 1);
    if let Some(title) = main_title {
        let words: String = document.slice(title.span).lines().map(str::trim).collect();
        facts.genre = genre_of(document, title.span, &words);
        facts.title = Some(Fact { value: words, span: title.span });
    }
    let first = document.parts(PartKind::DocNumber).first();
    facts.number = first.map(|number| Fact { value: document.slice(number.span).to_owned(), span: number.span });
    facts.date = date_of(document);
    facts.issuer = issuer_of(document);
    let title_year = main_title.and_then(|title| year_in(document, title.span));
    let date_year = facts.date.as_ref().map(|date| Fact { value: date.value.0, span: date.span });
    facts.year = title_year.or(date_year);
    facts
}

fn genre_of(document: &Document, span: Span, title: &str) -> Option<Fact<String>> {
    let bare = title.trim_end_matches(['）', ')']);
    let bare =
        if bare.len() < title.len() { bare.rfind(['（', '(']).map_or(bare, |open| &bare[..open]) } else { title };
    let genre = GENRES.iter().find(|genre| bare.ends_with(**genre))?;
    let at =
        document.slice(span).rfind(genre).map_or(span, |at| Span::new(span.start + at, span.start + at + genre.len()));
    Some(Fact { value: (*genre).to_owned(), span: at })
}

/// The last year in the title: in 关于印发《2024年工作要点》的通知 the one of the matter at hand.
fn year_in(document: &Document, span: Span) -> Option<Fact<i32>> {
    let mut years = document.values_in(span).iter().filter_map(|value| match (&value.detail, value.kind) {
        (_, ValueKind::Year) if value.range.is_none() => Some(Fact { value: value.low.to_i32()?, span: value.span }),
        (Detail::Date { year, .. }, _) if *year > 0 => Some(Fact { value: *year, span: value.span }),
        _ => None,
    });
    let first = years.next()?;
    years.all(|year| year.value == first.value).then_some(first)
}

fn date_of(document: &Document) -> Option<Fact<(i32, u32, u32)>> {
    let line = document
        .lines
        .iter()
        .find(|line| line.kind == LineKind::DateLine && line.division == 0)
        .or_else(|| document.lines.iter().rev().find(|line| line.kind == LineKind::DateLine))?;
    document.values_in(line.span).iter().find_map(|value| match value.detail {
        Detail::Date { year, month, day, .. } if year > 0 => Some(Fact { value: (year, month, day), span: value.span }),
        _ => None,
    })
}

fn issuer_of(document: &Document) -> Option<Fact<String>> {
    let signed = document.lines.iter().rev().find(|line| line.kind == LineKind::Signature);
    if let Some(line) = signed {
        return Some(Fact { value: document.slice(line.span).to_owned(), span: line.span });
    }
    let title = document.parts(PartKind::Title).first()?;
    let words = document.slice(title.span);
    let end = words.find("关于").or_else(|| words.find(|c: char| c.is_ascii_digit()))?;
    let issuer = words[..end].trim();
    (issuer.chars().count() >= 3)
        .then(|| Fact { value: issuer.to_owned(), span: Span::new(title.span.start, title.span.start + issuer.len()) })
}
