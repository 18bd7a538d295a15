//! `when` and `except`: what must hold, or must not, around the words in question.

use crate::document::Document;
use crate::document::layout::{LineKind, is_broken};
use crate::document::part::PartKind;
use crate::document::value::{Bound, Form, Value};
use crate::form::{Exact, one_or_many};
use crate::pattern::scan::Scan;
use crate::pattern::{Pattern, Patterns};
use crate::source::Span;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How far before and after the words a context pattern may reach, in bytes.
const REACH: usize = 180;

/// Conditions of which any must hold.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Conditions(pub Vec<Condition>);

impl<'de> Deserialize<'de> for Conditions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Conditions, D::Error> {
        one_or_many(deserializer).map(Conditions)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Conditions {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Conditions".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        crate::form::one_or_many_schema::<Condition>(generator)
    }
}

/// Context words; all that are written must hold. A list of conditions holds when any of them does.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Condition {
    /// 紧接在前的文字（任一）。
    pub preceded_by: Option<Patterns>,
    /// 紧接在后的文字（任一）。
    pub followed_by: Option<Patterns>,
    /// 同一分句内有的文字（任一）。
    pub near: Option<Patterns>,
    /// 上级标题中有的文字（任一）。
    pub under: Option<Patterns>,
    /// 所在的部分，如 quote、book-title、cell。
    #[serde(rename = "in")]
    pub inside: Option<Places>,
    /// 紧挨在前或在后的部分，如 verbatim。
    pub beside: Option<Places>,
    /// 全文中有的文字（任一）。
    pub doc: Option<Patterns>,
    /// 所指文字本身含有的文字（任一）。
    pub text: Option<Patterns>,
    /// 数值的单位、大小、写法。
    pub value: Option<ValueTest>,
    /// 下一行是哪类部分；unit 表示以这一行末尾的数的单位开头，end 表示没有下一行。
    pub next_line: Option<NextLine>,
    /// 全文中这样的写法不多于几处，即并非通篇如此。
    pub few: Option<Few>,
    /// 都成立。
    pub all: Vec<Condition>,
    /// 任一成立。
    pub any: Vec<Condition>,
    /// 不成立。
    pub not: Option<Box<Condition>>,
}

impl Conditions {
    /// Whether any condition holds at `span`. An absent list holds nowhere.
    pub fn hold(&self, scan: &Scan<'_>, span: Span) -> bool {
        self.0.iter().any(|condition| condition.holds(scan, span))
    }

    /// The units of which a value must have one wherever they hold; `None` when they ask for none.
    pub fn units(&self) -> Option<&Patterns> {
        match self.0.as_slice() {
            [only] => only.units(),
            _ => None,
        }
    }
}

impl Condition {
    fn units(&self) -> Option<&Patterns> {
        let own = self.value.as_ref().and_then(|value| value.unit.as_ref());
        own.or_else(|| self.all.iter().find_map(Condition::units))
    }

    fn holds(&self, scan: &Scan<'_>, span: Span) -> bool {
        let document = scan.document;
        let test = |patterns: &Option<Patterns>, holds: &dyn Fn(&Patterns) -> bool| patterns.as_ref().is_none_or(holds);
        // What costs least and rules out most comes first.
        self.next_line.as_ref().is_none_or(|next| next.holds(document, span))
            && self.value.as_ref().is_none_or(|test| test.holds(document, span))
            && test(&self.preceded_by, &|patterns| patterns.any_ends(before(document, span)))
            && test(&self.followed_by, &|patterns| patterns.any_starts(after(document, span)))
            && self.inside.as_ref().is_none_or(|places| places.hold(document, span))
            && self
                .beside
                .as_ref()
                .is_none_or(|places| neighbours(document, span).any(|span| places.hold(document, span)))
            && test(&self.text, &|patterns| patterns.any_in(document.slice(span)))
            && test(&self.near, &|patterns| patterns.any_in(clause(document, span)))
            && test(&self.under, &|patterns| is_under(document, span, patterns))
            && self.all.iter().all(|condition| condition.holds(scan, span))
            && (self.any.is_empty() || self.any.iter().any(|condition| condition.holds(scan, span)))
            && self.few.as_ref().is_none_or(|few| few.holds(scan))
            && test(&self.doc, &|patterns| patterns.0.iter().any(|pattern| scan.count(pattern, 1) > 0))
            && self.not.as_ref().is_none_or(|condition| !condition.holds(scan, span))
    }
}

/// The text before the words, as far back as a context may reach.
fn before(document: &Document, span: Span) -> &str {
    let text = document.text();
    let mut start = span.start.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..span.start]
}

/// The text after the words, as far as a context may reach.
fn after(document: &Document, span: Span) -> &str {
    let text = document.text();
    let mut end = (span.end + REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[span.end..end]
}

/// The character before the words and the one after them.
fn neighbours(document: &Document, span: Span) -> impl Iterator<Item = Span> {
    let text = document.text();
    let before = text[..span.start].chars().next_back().map(|c| Span::new(span.start - c.len_utf8(), span.start));
    let after = text[span.end..].chars().next().map(|c| Span::new(span.end, span.end + c.len_utf8()));
    before.into_iter().chain(after)
}

/// The clause around the words: from mark to mark.
fn clause(document: &Document, span: Span) -> &str {
    let is_mark = |c: char| matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';' | '\n');
    let text = document.text();
    let start =
        text[..span.start].rfind(is_mark).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let end = text[span.end..].find(is_mark).map_or(text.len(), |at| span.end + at);
    &text[start..end]
}

/// Whether a heading above the words, or the run-in title of the item they are in, holds any of the patterns.
pub fn is_under(document: &Document, span: Span, patterns: &Patterns) -> bool {
    let mut node = document.line_at(span.start).node;
    while let Some(index) = node {
        let entry = &document.outline.nodes[index];
        if patterns.any_in(document.slice(entry.title)) {
            return true;
        }
        node = entry.parent;
    }
    false
}

/// Places of which any will do.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Places(pub Vec<Place>);

/// A kind of part to lie in, or a field of a certain name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    /// The kind of part.
    pub kind: PartKind,
    /// For fields, their names; any when absent.
    pub names: Option<Patterns>,
}

impl Places {
    /// Whether the words lie in any of the places.
    pub fn hold(&self, document: &Document, span: Span) -> bool {
        self.0.iter().any(|place| place.holds(document, span))
    }
}

impl Place {
    /// Fields with one of these names.
    pub fn field(names: Patterns) -> Place {
        Place { kind: PartKind::Field, names: Some(names) }
    }

    /// Whether the words lie in it.
    pub fn holds(&self, document: &Document, span: Span) -> bool {
        let Some(part) = document.enclosing(self.kind, span) else { return false };
        self.names.as_ref().is_none_or(|names| names.any_in(document.slice(part.label)))
    }
}

impl<'de> Deserialize<'de> for Places {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Places, D::Error> {
        if deserializer.is_human_readable() {
            let written: Vec<WrittenPlace> = one_or_many(deserializer)?;
            Ok(Places(written.into_iter().map(|place| place.0).collect()))
        } else {
            Vec::deserialize(deserializer).map(Places)
        }
    }
}

/// A place as written: `quote`, or `{field: 完成时限}`.
struct WrittenPlace(Place);

impl<'de> Deserialize<'de> for WrittenPlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WrittenPlace, D::Error> {
        struct PlaceVisitor;

        impl<'de> Visitor<'de> for PlaceVisitor {
            type Value = Place;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("部分名（如 quote），或 {field: 字段名}")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Place, E> {
                let kind = PartKind::ALL.iter().copied().find(|kind| kind.name() == value);
                let names = PartKind::ALL.iter().map(|kind| kind.name());
                let kind = kind.ok_or_else(|| E::custom(super::load::unknown("部分", value, names)))?;
                Ok(Place { kind, names: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Place, A::Error> {
                match map.next_key::<String>()?.as_deref() {
                    Some("field") => Ok(Place::field(map.next_value()?)),
                    _ => Err(de::Error::custom("这里只能写 {field: 字段名}")),
                }
            }
        }
        deserializer.deserialize_any(PlaceVisitor).map(WrittenPlace)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Places {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Places".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let kind = generator.subschema_for::<PartKind>();
        let names = generator.subschema_for::<Patterns>();
        let one = serde_json::json!({ "anyOf": [kind, {
            "type": "object", "additionalProperties": false, "required": ["field"], "properties": { "field": names }
        }] });
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
    }
}

/// The kinds of part the next line may be.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct NextLine(pub Vec<NextKind>);

/// What the next line may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NextKind {
    /// A paragraph without a number.
    Paragraph,
    /// The unit of the number that this line ends in: 缩短到45 above 天，…; the sentence was broken there.
    Unit,
    /// A numbered paragraph or list entry.
    Item,
    /// A heading.
    Heading,
    /// A cell of a table, or a short line that looks like one.
    Cell,
    /// None: the text ends.
    End,
    /// Anything else.
    Other,
}

impl NextLine {
    fn holds(&self, document: &Document, span: Span) -> bool {
        let index = document.line_index_at(span.start);
        let next = document.lines.get(index + 1);
        if self.0.contains(&NextKind::Unit)
            && next.is_some_and(|next| is_broken(document.text(), &document.lines[index], next))
        {
            return true;
        }
        let kind = match next.map(|line| line.kind) {
            None => NextKind::End,
            Some(LineKind::Paragraph) => NextKind::Paragraph,
            Some(LineKind::Item) => NextKind::Item,
            Some(LineKind::Heading) => NextKind::Heading,
            Some(LineKind::Cell) => NextKind::Cell,
            Some(_) => NextKind::Other,
        };
        self.0.contains(&kind)
    }
}

/// A way of writing that a document has in few places only: a slip there, not its style.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Few {
    /// 写法。
    pub pattern: Pattern,
    /// 最多几处。
    pub at_most: usize,
}

impl Few {
    fn holds(&self, scan: &Scan<'_>) -> bool {
        scan.count(&self.pattern, self.at_most + 1) <= self.at_most
    }
}

/// What a value must be like.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ValueTest {
    /// 单位或量词（任一）。
    pub unit: Option<Patterns>,
    /// 是否约数（约、近、余、多、以上……）。
    pub approximate: Option<bool>,
    /// 是否区间。
    pub range: Option<bool>,
    /// 数字写法：arabic、full-width、han。
    pub form: Option<WrittenForm>,
    /// 不小于。
    pub min: Option<Exact>,
    /// 不大于。
    pub max: Option<Exact>,
}

/// How numerals are written, as rules name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WrittenForm {
    /// 0–9.
    Arabic,
    /// ０–９.
    FullWidth,
    /// 一二三.
    Han,
    /// More than one of these.
    Mixed,
}

impl ValueTest {
    fn holds(&self, document: &Document, span: Span) -> bool {
        document.values_in(span).iter().any(|value| self.fits(document, value))
    }

    fn fits(&self, document: &Document, value: &Value) -> bool {
        let form = match value.form {
            Form::Arabic => WrittenForm::Arabic,
            Form::FullWidth => WrittenForm::FullWidth,
            Form::Han => WrittenForm::Han,
            Form::Mixed => WrittenForm::Mixed,
        };
        let unit = document.slice(value.unit);
        self.unit.as_ref().is_none_or(|units| units.0.iter().any(|known| known.source() == unit))
            && self.approximate.is_none_or(|wanted| wanted == (value.bound != Bound::Exact))
            && self.range.is_none_or(|wanted| wanted == value.range.is_some())
            && self.form.is_none_or(|wanted| wanted == form)
            && self.min.is_none_or(|min| value.low >= min.0)
            && self.max.is_none_or(|max| value.high <= max.0)
    }
}
