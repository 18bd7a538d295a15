//! Patterns: what an author writes to find words, and how a document is searched for many of them at once.
//!
//! A pattern is plain text with slots: `（牵头负责：{who}）`, `{total:amount}，其中{parts:amount+}`, `[约|近]{n:amount}`.
//! Text between slashes is a regular expression: `/[0-9]{4}年/`. See [`syntax`] for the rules and [`scan`] for the search.

pub mod characters;
pub mod engine;
pub mod machine;
mod outermost;
pub mod piece;
pub mod program;
mod required;
pub mod scan;
pub mod seeds;
pub mod shadow;
pub mod syntax;

use engine::Engine;
use machine::Bound;
use regex::Regex;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};
use std::sync::{Arc, OnceLock};
use syntax::{Expression, Parsed};

/// A pattern. It is parsed, and so refused when wrong, while a rule file is read; its regex is compiled on first use.
#[derive(Clone, Debug)]
pub struct Pattern {
    shared: Arc<Shared>,
    /// The number under which a rule set searches for it; `u32::MAX` when it is not searched for.
    pub(crate) search: u32,
    /// Whether the automaton finds the texts it needs wherever they stand.
    pub(crate) everywhere: bool,
}

/// What copies of a pattern have in common. Most patterns are plain words, for which the rest is never made.
#[derive(Debug)]
struct Shared {
    source: String,
    /// What was understood of it, as it is kept with the rules that are compiled in; nothing where it is plain text.
    compact: Vec<u8>,
    /// Whether it holds one of some texts wherever it stands.
    needs_texts: bool,
    /// Whether it is found in a text no matter what stands around that.
    stands_alone: bool,
    parsed: OnceLock<Parsed>,
    engines: OnceLock<Box<Engines>>,
}

/// What runs its expression: anywhere, and bound to one end of a text.
#[derive(Debug, Default)]
struct Engines {
    free: Engine,
    at_start: Engine,
    at_end: Engine,
}

impl Pattern {
    /// Reads a pattern. The error says, in Chinese, what is wrong with it.
    pub fn new(source: impl Into<String>) -> Result<Pattern, String> {
        let source = source.into();
        let parsed = Parsed::new(&source)?;
        let pattern = Pattern::unread(source, Vec::new(), parsed.literals.is_some(), parsed.stands_alone());
        let _ = pattern.shared.parsed.set(parsed);
        pattern.check_regex()?;
        Ok(pattern)
    }

    /// A pattern that is plain text, whatever characters it holds.
    pub fn literal(text: impl Into<String>) -> Pattern {
        Pattern::unread(text.into(), Vec::new(), true, true)
    }

    /// One that is not read before that is asked for.
    fn unread(source: String, compact: Vec<u8>, needs_texts: bool, stands_alone: bool) -> Pattern {
        let (parsed, engines) = (OnceLock::new(), OnceLock::new());
        let shared = Shared { source, compact, needs_texts, stands_alone, parsed, engines };
        Pattern { shared: Arc::new(shared), search: u32::MAX, everywhere: false }
    }

    fn engines(&self) -> &Engines {
        self.shared.engines.get_or_init(Box::default)
    }

    fn check_regex(&self) -> Result<(), String> {
        let Some(regex) = self.parsed().regex() else { return Ok(()) };
        let compiled =
            Regex::new(&regex.source).map_err(|error| format!("正则表达式有误：{}", first_line(&error.to_string())))?;
        // `\z` and the like match nothing at the edge of a text, which is what they are for; only inside a text is it wrong.
        let inside = "\u{e0ff}".len();
        if compiled.find_iter("\u{e0ff}\u{e0ff}").any(|found| found.is_empty() && found.start() == inside) {
            return Err("模式会匹配空文字，请写出至少一个字".to_owned());
        }
        let _ = self.shared.engines.set(Box::new(Engines { free: Engine::fast(compiled), ..Engines::default() }));
        Ok(())
    }

    /// The text the author wrote.
    pub fn source(&self) -> &str {
        &self.shared.source
    }

    /// What was understood of it.
    pub fn parsed(&self) -> &Parsed {
        self.shared.parsed.get_or_init(|| match self.shared.compact.as_slice() {
            [] => Parsed::literal_text(self.source().to_owned()),
            compact => postcard::from_bytes(compact).expect("the build script wrote what this reads"),
        })
    }

    /// Whether it holds one of some texts wherever it stands. It is not read to tell.
    pub fn needs_texts(&self) -> bool {
        self.shared.needs_texts
    }

    /// Whether what it matches in a text depends on nothing around that text. It is not read to tell.
    pub fn stands_alone(&self) -> bool {
        self.shared.stands_alone
    }

    /// The names of its slots.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.parsed().slots.iter().map(|slot| slot.name.as_str())
    }

    /// What finds it anywhere, and its expression; `None` for plain text.
    pub fn engine(&self) -> Option<(&Engine, &Expression)> {
        let expression = self.parsed().regex()?;
        Some((&self.engines().free, expression))
    }

    /// Whether `text` holds it.
    pub fn is_in(&self, text: &str) -> bool {
        let parsed = self.parsed();
        if parsed.class_holds(' ').is_some() {
            return text.chars().any(|c| parsed.class_holds(c) == Some(true));
        }
        match parsed.literal() {
            Some(literal) => text.contains(literal),
            None if parsed.edges.at_end && !parsed.may_end(text) => false,
            None => match (self.engine(), parsed.edges.deciding(text)) {
                (Some((engine, expression)), Some(text)) => {
                    (parsed.edges.at_start || parsed.may_be_in(text)) && engine.is_match(expression, Bound::Free, text)
                }
                _ => false,
            },
        }
    }

    /// How often `text` holds it, up to `most`.
    pub fn count_in(&self, text: &str, most: usize) -> usize {
        if most == 1 {
            return usize::from(self.is_in(text));
        }
        match self.engine() {
            Some((engine, expression)) => engine.count(expression, text, most),
            None => text.matches(self.parsed().literal().unwrap_or_default()).take(most).count(),
        }
    }

    /// What tells it from every other pattern as long as it exists.
    fn identity(&self) -> usize {
        Arc::as_ptr(&self.shared) as usize
    }

    /// Whether `text` begins with it.
    pub fn starts(&self, text: &str) -> bool {
        if let Some(holds) = text.chars().next().and_then(|c| self.parsed().class_holds(c)) {
            return holds;
        }
        match self.parsed().literal() {
            Some(literal) => text.starts_with(literal),
            None => self.is_bound_in(&self.engines().at_start, Bound::Start, text),
        }
    }

    /// Whether `text` ends with it.
    pub fn ends(&self, text: &str) -> bool {
        if let Some(holds) = text.chars().next_back().and_then(|c| self.parsed().class_holds(c)) {
            return holds;
        }
        match self.parsed().literal() {
            Some(literal) => text.ends_with(literal),
            None if !self.parsed().may_end(text) => false,
            None => {
                let near = self.parsed().edges.tail(text);
                self.is_bound_in(&self.engines().at_end, Bound::End, near)
            }
        }
    }

    fn is_bound_in(&self, engine: &Engine, bound: Bound, text: &str) -> bool {
        self.parsed().regex().is_some_and(|expression| engine.is_match(expression, bound, text))
    }
}

fn first_line(message: &str) -> String {
    let lines: Vec<&str> = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.last().map_or_else(String::new, |line| (*line).trim_start_matches("error: ").to_owned())
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.source() == other.source()
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.source().serialize(serializer);
        }
        let parsed = self.parsed();
        let compact = match parsed.literal() {
            Some(literal) if literal == self.source() => Vec::new(),
            _ => postcard::to_stdvec(parsed).map_err(S::Error::custom)?,
        };
        (self.source(), compact, self.needs_texts(), self.stands_alone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pattern, D::Error> {
        if deserializer.is_human_readable() {
            return Pattern::new(String::deserialize(deserializer)?).map_err(D::Error::custom);
        }
        let (source, compact, needs_texts, stands_alone): (_, &[u8], _, _) = Deserialize::deserialize(deserializer)?;
        Ok(Pattern::unread(source, compact.to_owned(), needs_texts, stands_alone))
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Pattern {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Pattern".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "minLength": 1,
            "description": "普通文字，可含槽位：{名} {名:类} {名:类+} {…} {…5}，选择 [甲|乙]，转义 \\；/…/ 之间是正则表达式"
        })
    }
}

/// One pattern or several; several mean any of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patterns(pub Vec<Pattern>);

impl Patterns {
    /// Whether `text` holds any of them.
    pub fn any_in(&self, text: &str) -> bool {
        self.0.iter().any(|pattern| pattern.is_in(text))
    }

    /// Whether `text` begins with any of them.
    pub fn any_starts(&self, text: &str) -> bool {
        self.0.iter().any(|pattern| pattern.starts(text))
    }

    /// Whether `text` ends with any of them.
    pub fn any_ends(&self, text: &str) -> bool {
        self.0.iter().any(|pattern| pattern.ends(text))
    }
}

impl Serialize for Patterns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Patterns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Patterns, D::Error> {
        crate::form::one_or_many(deserializer).map(Patterns)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Patterns {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Patterns".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        crate::form::one_or_many_schema::<Pattern>(generator)
    }
}
