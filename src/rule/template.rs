//! Templates: messages and fixes with holes, such as `“{match}”重复，应删去一个`.

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};
use std::fmt;

/// A text with holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    source: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Hole(String),
}

impl Template {
    /// Reads a template. `\{` is a brace.
    pub fn new(source: impl Into<String>) -> Result<Template, String> {
        let source = source.into();
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut rest = source.chars();
        while let Some(c) = rest.next() {
            match c {
                '\\' => text.push(rest.next().ok_or("末尾的“\\”后缺一个字")?),
                '{' => {
                    let hole: String = rest.by_ref().take_while(|&c| c != '}').collect();
                    if hole.is_empty() || !source.contains('}') {
                        return Err("“{”没有配对的“}”，或花括号内没有名字".to_owned());
                    }
                    if !text.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut text)));
                    }
                    pieces.push(Piece::Hole(hole));
                }
                _ => text.push(c),
            }
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok(Template { source, pieces })
    }

    /// The text as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names of its holes.
    pub fn holes(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Hole(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The text with its holes filled. A hole that nothing fills becomes nothing.
    pub fn fill(&self, filling: impl Fn(&str) -> Option<String>) -> String {
        let mut filled = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Hole(name) => filled.push_str(&filling(name).unwrap_or_default()),
            }
        }
        filled
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.source.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Template, D::Error> {
        struct TemplateVisitor;

        impl Visitor<'_> for TemplateVisitor {
            type Value = Template;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("文字")
            }

            // Refused here, so that the error is at the words and not at the rule.
            fn visit_str<E: de::Error>(self, value: &str) -> Result<Template, E> {
                Template::new(value).map_err(E::custom)
            }
        }

        deserializer.deserialize_str(TemplateVisitor)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Template {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Template".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "文字，可含 {match} 等花括号名字" })
    }
}
