//! `forbid`: text that must not occur.

use super::{Case, Find, Hit};
use crate::form::one_or_many;
use crate::pattern::Pattern;
use crate::source::Span;
use crate::table::Tables;
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
    /// The table of names in which the words are right; empty when there is none.
    pub protect: String,
    /// For wrong words of a table, longer strings in which they are right, parted by 、, in the order of `patterns`.
    pub not_when: Vec<String>,
}

impl Forbid {
    /// Takes the words of its table: the columns `wrong` and `right` and, where there is one, `not-when`. The error, in
    /// Chinese, names a table or a column that is missing, or a row whose `not-when` can excuse nothing.
    pub fn fill(&mut self, tables: &Tables) -> Result<(), String> {
        if self.table.is_empty() {
            return Ok(());
        }
        let named = |name: &str| tables.get(name).ok_or_else(|| format!("没有名为“{name}”的表"));
        let table = named(&self.table)?;
        let wrong = table.column("wrong").ok_or_else(|| format!("表“{}”缺“wrong”列", self.table))?;
        let right = table.column("right").ok_or_else(|| format!("表“{}”缺“right”列", self.table))?;
        let not_when = table.column("not-when");
        let names = match self.protect.as_str() {
            "" => None,
            name => {
                let table = named(name)?;
                Some((table, table.column("name").ok_or_else(|| format!("表“{name}”缺“name”列"))?))
            }
        };
        self.patterns = table.rows.iter().map(|row| Pattern::literal(row[wrong].clone())).collect();
        self.rights = table.rows.iter().map(|row| row[right].clone()).collect();
        self.not_when = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut longer = not_when.map_or_else(String::new, |column| row[column].clone());
            let idle = |text: &&str| !text.is_empty() && !Longer::new(text).is_longer_than(&row[wrong]);
            if let Some(idle) = longer.split('、').find(idle) {
                return Err(format!("表“{}”“{}”一行的 not-when “{idle}”应是含有它的更长文字", self.table, row[wrong]));
            }
            let held = names.iter().flat_map(|(table, column)| table.rows.iter().map(|row| row[*column].as_str()));
            for name in held.filter(|name| name.contains(row[wrong].as_str())) {
                longer.push('、');
                longer.push_str(name);
            }
            self.not_when.push(longer);
        }
        Ok(())
    }

    /// Whether what pattern `index` matched at `span` is part of a longer string in which it is right.
    pub fn is_excused(&self, index: usize, text: &str, span: Span) -> bool {
        let Some(longer) = self.not_when.get(index).filter(|longer| !longer.is_empty()) else { return false };
        longer.split('、').any(|longer| Longer::new(longer).covers(text, span))
    }

    /// What the words that pattern `index` matched should be; `None` when the rule does not say.
    pub fn right(&self, index: usize) -> Option<&str> {
        self.rights.get(index).map(String::as_str)
    }
}

/// A longer string in which a wrong form is right: `规定单位`, or, where words meet, `[力竞]争辨[明别]` — one of these
/// characters, the string, one of those.
struct Longer<'a> {
    before: Option<&'a str>,
    text: &'a str,
    after: Option<&'a str>,
}

impl<'a> Longer<'a> {
    fn new(written: &'a str) -> Longer<'a> {
        let opened = written.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let (before, rest) = opened.map_or((None, written), |(before, rest)| (Some(before), rest));
        let closed = rest.strip_suffix(']').and_then(|rest| rest.split_once('['));
        let (text, after) = closed.map_or((rest, None), |(text, after)| (text, Some(after)));
        Longer { before, text, after }
    }

    /// Whether it says more than the wrong form alone.
    fn is_longer_than(&self, wrong: &str) -> bool {
        self.text.contains(wrong) && (self.text != wrong || self.before.is_some() || self.after.is_some())
    }

    /// Whether it stands in a document where the wrong form at `span` is part of it.
    fn covers(&self, document: &str, span: Span) -> bool {
        self.text.match_indices(span.of(document)).any(|(at, _)| {
            let Some(start) = span.start.checked_sub(at).filter(|&start| document.is_char_boundary(start)) else {
                return false;
            };
            let (lead, rest) = document.split_at(start);
            rest.strip_prefix(self.text).is_some_and(|rest| {
                self.before.is_none_or(|set| lead.chars().next_back().is_some_and(|c| set.contains(c)))
                    && self.after.is_none_or(|set| rest.chars().next().is_some_and(|c| set.contains(c)))
            })
        })
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
            protect: String,
            not_when: Vec<String>,
        }
        if !deserializer.is_human_readable() {
            let Compact { patterns, rights, repeat, table, protect, not_when } = Compact::deserialize(deserializer)?;
            return Ok(Forbid { patterns, rights, repeat, table, protect, not_when });
        }
        deserializer.deserialize_any(FormVisitor)
    }
}

struct FormVisitor;

impl<'de> Visitor<'de> for FormVisitor {
    type Value = Forbid;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("模式、模式列表、{repeat: 标点}、{replace: {误: 正}} 或 {table: 表名, protect: 名称表}")
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
            Protect,
        }
        let Some(key) = map.next_key::<Key>()? else {
            return Err(de::Error::custom("缺 repeat、replace 或 table"));
        };
        let mut forbid = match key {
            Key::Repeat => {
                let repeat: String = map.next_value()?;
                let patterns =
                    repeat.chars().map(|c| Pattern::new(format!("/{0}{{2,}}/", regex_syntax::escape(&c.to_string()))));
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
            Key::Protect => return Err(de::Error::custom("protect 写在 table 之后")),
        };
        match map.next_key::<Key>()? {
            None => {}
            Some(Key::Protect) if !forbid.table.is_empty() => forbid.protect = map.next_value()?,
            Some(_) => return Err(de::Error::custom("repeat、replace、table 只能写一个")),
        }
        Ok(forbid)
    }
}

impl Forbid {
    fn of(patterns: Vec<Pattern>) -> Forbid {
        Forbid {
            patterns,
            rights: Vec::new(),
            repeat: String::new(),
            table: String::new(),
            protect: String::new(),
            not_when: Vec::new(),
        }
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
              "properties": {
                "table": { "type": "string", "description": "词表名，表中有 wrong、right 两列；not-when 列是含有误形而不算误的更长文字，以、分隔" },
                "protect": { "type": "string", "description": "名称表名，表中有 name 列；所列名称中的字样不报" } } }
        ] })
    }
}
