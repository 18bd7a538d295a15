//! `given`: which parts of a document a rule looks at.

use super::condition::{Place, Places};
use crate::document::Document;
use crate::document::label::LabelStyle;
use crate::document::part::{Part, PartKind};
use crate::form::one_or_many;
use crate::pattern::scan::Scan;
use crate::pattern::{Pattern, Patterns};
use crate::source::Span;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The parts a rule is given: any of these.
#[derive(Clone, Debug, Serialize)]
pub struct Given(pub Vec<Selector>);

/// One kind of part, narrowed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Selector {
    /// The kind.
    pub kind: PartKind,
    /// Whether runs of siblings are given, each as one group.
    pub siblings: bool,
    /// Only parts like this.
    pub narrow: Narrow,
}

/// What narrows a kind of part.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Narrow {
    /// 层级，1为最高。
    pub level: Option<u8>,
    /// 序号写法，如“（一）”。
    pub label: Option<LabelStyle>,
    /// 上级标题中有这些文字（任一）。
    pub under: Option<Patterns>,
    /// 位于哪类部分之内。
    #[serde(rename = "in")]
    pub inside: Option<Places>,
    /// 位于叫这个名字的字段之内。
    pub field: Option<Patterns>,
}

impl Given {
    /// Whether parts of `kind` are named, so that they are not passed over.
    pub fn names(&self, kind: PartKind) -> bool {
        self.0.iter().any(|selector| selector.kind == kind)
    }

    /// Whether the parts given stand on few lines of a document: titles, headings, notes, not paragraphs.
    pub fn is_on_few_lines(&self) -> bool {
        let everywhere = |kind| {
            use PartKind::{Document, Item, List, Paragraph, Section, Sentence};
            matches!(kind, Document | Paragraph | Sentence | Item | List | Section)
        };
        !self.0.iter().any(|selector| everywhere(selector.kind))
    }

    /// Whether values alone are given.
    pub fn is_values(&self) -> bool {
        self.0.iter().all(|selector| selector.kind.is_value())
    }

    /// Where a match can lie, sorted and apart: in the values given, and on the lines of other parts. `None` when that may be
    /// anywhere.
    pub fn places(&self, document: &Document) -> Option<Vec<Span>> {
        if !self.is_on_few_lines() {
            return None;
        }
        let mut places: Vec<Span> = Vec::new();
        for part in self.0.iter().flat_map(|selector| document.parts(selector.kind)) {
            if part.kind.is_value() {
                places.push(part.span);
                continue;
            }
            let ends_here = part.span.end <= document.lines[part.line].full.end;
            let last = if ends_here { part.line } else { document.line_index_at(part.span.end - 1) };
            places.extend(document.lines[part.line..=last].iter().map(|line| line.span));
        }
        places.sort_unstable();
        places.dedup_by(|next, place| {
            let meets = next.start < place.end || next == place;
            if meets {
                place.end = place.end.max(next.end);
            }
            meets
        });
        Some(places)
    }

    /// The part that holds the words at `span`, when one is given.
    pub fn part_at<'d>(&self, document: &'d Document, span: Span) -> Option<&'d Part> {
        self.0.iter().find_map(|selector| {
            let part = document.enclosing(selector.kind, span)?;
            selector.narrow.holds(document, part).then_some(part)
        })
    }
}

impl Selector {
    /// The parts of a document that are given.
    pub fn parts<'d>(&self, document: &'d Document) -> impl Iterator<Item = &'d Part> {
        document.parts(self.kind).iter().filter(|part| self.narrow.holds(document, part))
    }

    /// The same, without amounts of other units than those asked for, if any are.
    pub fn parts_with<'s, 'd: 's>(
        &'s self,
        units: Option<&Patterns>,
        scan: &Scan<'d>,
    ) -> Box<dyn Iterator<Item = &'d Part> + 's> {
        let document = scan.document;
        match units {
            Some(units) if self.kind == PartKind::Amount => {
                let amounts = scan.amounts_in(units.0.iter().map(Pattern::source));
                Box::new(amounts.into_iter().filter(|part| self.narrow.holds(document, part)))
            }
            _ => Box::new(self.parts(document)),
        }
    }

    /// Runs of siblings, each with at least two members.
    pub fn groups<'d>(&self, document: &'d Document) -> Vec<Vec<&'d Part>> {
        let narrow = |group: Vec<&'d Part>| -> Vec<&'d Part> {
            group.into_iter().filter(|part| self.narrow.holds(document, part)).collect()
        };
        let groups = match self.kind {
            PartKind::Heading | PartKind::Item => labelled_groups(document, self.kind),
            kind => unlabelled_groups(document, kind),
        };
        groups.into_iter().map(narrow).filter(|group| group.len() > 1).collect()
    }
}

fn labelled_groups(document: &Document, kind: PartKind) -> Vec<Vec<&Part>> {
    let groups = document.outline.groups.iter().filter(|group| group.kind == kind);
    groups.map(|group| group.members.iter().filter_map(|&node| document.part_of_node(node)).collect()).collect()
}

/// Consecutive parts of one kind in one division, under one heading; the cells of one column.
fn unlabelled_groups(document: &Document, kind: PartKind) -> Vec<Vec<&Part>> {
    let mut groups: Vec<Vec<&Part>> = Vec::new();
    let mut last: Option<(&Part, usize)> = None;
    for part in document.parts(kind) {
        let line = &document.lines[part.line];
        let joins = last.is_some_and(|(previous, end)| {
            let above = &document.lines[previous.line];
            part.line <= end + 1
                && part.style.is_none()
                && previous.style.is_none()
                && above.division == line.division
                && above.node == line.node
        });
        match groups.last_mut() {
            Some(group) if joins => group.push(part),
            _ => groups.push(vec![part]),
        }
        last = Some((part, document.line_index_at(part.span.end.saturating_sub(1))));
    }
    groups
}

impl Narrow {
    fn holds(&self, document: &Document, part: &Part) -> bool {
        self.level.is_none_or(|level| part.level == level)
            && self.label.is_none_or(|label| part.style == Some(label))
            && self.under.as_ref().is_none_or(|under| super::condition::is_under(document, part.span, under))
            && self.inside.as_ref().is_none_or(|places| places.hold(document, part.span))
            && self.field.as_ref().is_none_or(|names| Place::field(names.clone()).holds(document, part.span))
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Given, D::Error> {
        #[derive(Deserialize)]
        #[serde(transparent)]
        struct One(Written);
        if deserializer.is_human_readable() {
            let selectors: Vec<One> = one_or_many(deserializer)?;
            Ok(Given(selectors.into_iter().map(|one| one.0.0).collect()))
        } else {
            Vec::deserialize(deserializer).map(Given)
        }
    }
}

/// A selector as written: `item`, `{item: 2}`, `{item: （一）}`, `{date: {field: 完成时限}}`, `{siblings: item}`.
struct Written(Selector);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Written, D::Error> {
        deserializer.deserialize_any(SelectorVisitor).map(Written)
    }
}

struct SelectorVisitor;

impl<'de> Visitor<'de> for SelectorVisitor {
    type Value = Selector;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("部分名（如 paragraph），或 {部分名: 层级、序号写法或条件}，或 {siblings: 部分名}")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Selector, E> {
        Ok(Selector { kind: kind_named(value)?, siblings: false, narrow: Narrow::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Selector, A::Error> {
        let Some(key) = map.next_key::<String>()? else { return Err(de::Error::custom("given 缺部分名")) };
        let selector = if key == "siblings" {
            let Written(of) = map.next_value()?;
            Selector { siblings: true, ..of }
        } else {
            let kind = kind_named(&key)?;
            Selector { kind, siblings: false, narrow: map.next_value_seed(NarrowSeed)? }
        };
        if map.next_key::<String>()?.is_some() {
            return Err(de::Error::custom("given 的一个条目只写一个部分名；多个部分请写成列表"));
        }
        Ok(selector)
    }
}

fn kind_named<E: de::Error>(name: &str) -> Result<PartKind, E> {
    let known = PartKind::ALL.iter().copied().find(|kind| kind.name() == name);
    known.ok_or_else(|| E::custom(super::load::unknown("部分", name, PartKind::ALL.iter().map(|kind| kind.name()))))
}

/// Reads what follows a part's name: a level, a way of writing the label, or a map.
struct NarrowSeed;

impl<'de> DeserializeSeed<'de> for NarrowSeed {
    type Value = Narrow;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Narrow, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NarrowSeed {
    type Value = Narrow;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("层级（1–5）、序号写法（如“（一）”）或条件")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Narrow, E> {
        let level = u8::try_from(value).ok().filter(|level| (1..=6).contains(level));
        let level = level.ok_or_else(|| E::custom(format!("层级应为1到6，而不是{value}")))?;
        Ok(Narrow { level: Some(level), ..Narrow::default() })
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Narrow, E> {
        let label = LabelStyle::deserialize(de::value::StrDeserializer::<E>::new(value))?;
        Ok(Narrow { label: Some(label), ..Narrow::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Narrow, A::Error> {
        Narrow::deserialize(de::value::MapAccessDeserializer::new(map))
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Given {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Given".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let kind = generator.subschema_for::<PartKind>();
        let narrow = generator.subschema_for::<Narrow>();
        let label = generator.subschema_for::<LabelStyle>();
        let narrowed =
            serde_json::json!({ "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 6 }, label, narrow] });
        let mut properties: serde_json::Map<String, serde_json::Value> =
            PartKind::ALL.iter().map(|kind| (kind.name().to_owned(), narrowed.clone())).collect();
        let by_kind = serde_json::json!({ "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false, "properties": properties });
        properties.insert("siblings".to_owned(), serde_json::json!({ "anyOf": [kind, by_kind] }));
        let one = serde_json::json!({ "anyOf": [kind, {
            "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false, "properties": properties
        }] });
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
    }
}
