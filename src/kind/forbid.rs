//! `forbid`: text that must not occur.

use super::{Case, Find, Hit};
use crate::form::one_or_many;
use crate::pattern::Pattern;
use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Patterns, marks that must not be doubled, or wrong words with the right ones.
#[derive(Clone, Debug, Serialize)]
pub struct Forbid {
    /// What is searched for. The engine matches these and calls the verb once for each match that stands.
    pub patterns: Vec<Pattern>,
    /// For wrong words, the right ones, in the order of `patterns`; else empty.
    pub rights: Vec<String>,
    /// For doubled marks, which; else empty.
    pub repeat: String,
    /// The table the words come from; empty when they are written in the rule.
    pub table: String,
}

impl Forbid {
    /// Whether the words wait for a table.
    pub fn table_name(&self) -> Option<&str> {
        (!self.table.is_empty()).then_some(self.table.as_str())
    }

    /// Takes the words of a table: its columns `wrong` and `right`.
    pub fn fill(&mut self, table: &crate::table::Table) -> Result<(), String> {
        let wrong = table.column("wrong").ok_or_else(|| format!("表“{}”缺“wrong”列", self.table))?;
        let right = table.column("right").ok_or_else(|| format!("表“{}”缺“right”列", self.table))?;
        self.patterns = table.rows.iter().map(|row| Pattern::literal(row[wrong].clone())).collect();
        self.rights = table.rows.iter().map(|row| row[right].clone()).collect();
        Ok(())
    }

    /// What the words that pattern `index` matched should be; `None` when the rule does not say.
    pub fn right(&self, index: usize) -> Option<&str> {
        self.rights.get(index).map(String::as_str)
    }
}

impl Find for Forbid {
    const HOLES: &'static [&'static str] = &["right"];

    fn searched(&mut self) -> Vec<&mut Pattern> {
        self.patterns.iter_mut().collect()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        hits.push(Hit::at(case.span()));
    }
}

impl<'de> Deserialize<'de> for Forbid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Forbid, D::Error> {
        #[derive(Deserialize)]
        struct Compact {
            patterns: Vec<Pattern>,
            rights: Vec<String>,
            repeat: String,
            table: String,
        }
        if !deserializer.is_human_readable() {
            let Compact { patterns, rights, repeat, table } = Compact::deserialize(deserializer)?;
            return Ok(Forbid { patterns, rights, repeat, table });
        }
        deserializer.deserialize_any(FormVisitor)
    }
}

struct FormVisitor;

impl<'de> Visitor<'de> for FormVisitor {
    type Value = Forbid;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("模式、模式列表、{repeat: 标点}、{replace: {误: 正}} 或 {table: 表名}")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Forbid, E> {
        let pattern = Pattern::new(value).map_err(E::custom)?;
        Ok(Forbid::of(vec![pattern]))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, sequence: A) -> Result<Forbid, A::Error> {
        one_or_many(de::value::SeqAccessDeserializer::new(sequence)).map(Forbid::of)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Forbid, A::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum Key {
            Repeat,
            Replace,
            Table,
        }
        let Some(key) = map.next_key::<Key>()? else {
            return Err(de::Error::custom("缺 repeat、replace 或 table"));
        };
        let forbid = match key {
            Key::Repeat => {
                let repeat: String = map.next_value()?;
                let patterns = repeat.chars().map(|c| Pattern::new(format!("/{0}{{2,}}/", regex_syntax::escape(&c.to_string()))));
                let patterns = patterns.collect::<Result<_, _>>().map_err(de::Error::custom)?;
                Forbid { repeat, ..Forbid::of(patterns) }
            }
            Key::Replace => {
                let words: Words = map.next_value()?;
                let mut forbid = Forbid::of(Vec::new());
                for (wrong, right) in words.0 {
                    forbid.patterns.push(wrong);
                    forbid.rights.push(right);
                }
                forbid
            }
            Key::Table => Forbid { table: map.next_value()?, ..Forbid::of(Vec::new()) },
        };
        if map.next_key::<de::IgnoredAny>()?.is_some() {
            return Err(de::Error::custom("repeat、replace、table 只能写一个"));
        }
        Ok(forbid)
    }
}

impl Forbid {
    fn of(patterns: Vec<Pattern>) -> Forbid {
        Forbid { patterns, rights: Vec::new(), repeat: String::new(), table: String::new() }
    }
}

/// Wrong words and right ones, in the order written. The same wrong word twice is refused.
struct Words(Vec<(Pattern, String)>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
        struct WordsVisitor;

        impl<'de> Visitor<'de> for WordsVisitor {
            type Value = Words;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("{误: 正}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
                let mut words: Vec<(Pattern, String)> = Vec::new();
                while let Some(wrong) = map.next_key::<String>()? {
                    let right: String = map.next_value()?;
                    if words.iter().any(|(known, _)| known.source() == wrong) {
                        return Err(de::Error::custom(format!("“{wrong}”写了两次")));
                    }
                    if wrong == right {
                        return Err(de::Error::custom(format!("“{wrong}”的正误相同")));
                    }
                    let wrong = Pattern::deserialize(wrong.into_deserializer())?;
                    words.push((wrong, right));
                }
                Ok(Words(words))
            }
        }
        deserializer.deserialize_map(WordsVisitor)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Forbid {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Forbid".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let patterns = crate::form::one_or_many_schema::<Pattern>(generator);
        schemars::json_schema!({ "anyOf": [
            patterns,
            { "type": "object", "additionalProperties": false, "required": ["repeat"],
              "properties": { "repeat": { "type": "string", "minLength": 1, "description": "不得连用的标点" } } },
            { "type": "object", "additionalProperties": false, "required": ["replace"],
              "properties": { "replace": { "type": "object", "minProperties": 1, "additionalProperties": { "type": "string" }, "description": "误: 正" } } },
            { "type": "object", "additionalProperties": false, "required": ["table"],
              "properties": { "table": { "type": "string", "description": "词表名，表中有 wrong、right 两列" } } }
        ] })
    }
}
