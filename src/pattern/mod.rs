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
pub mod texts;

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

/// What copies of a pattern have in common.
#[derive(Debug)]
struct Shared {
    source: Box<str>,
    /// Nothing where it is plain text, as most patterns are: what they are takes no further memory then.
    expression: Option<Box<Compiled>>,
}

/// A pattern that is more than its own text.
#[derive(Debug)]
struct Compiled {
    /// What was understood of it, as it is kept with the rules that are compiled in; nothing where it was read from a file.
    compact: Box<[u8]>,
    /// Whether it holds one of some texts wherever it stands.
    needs_texts: bool,
    /// Whether it is found in a text no matter what stands around that.
    stands_alone: bool,
    parsed: OnceLock<Box<Parsed>>,
    engines: OnceLock<Box<Engines>>,
}

/// What runs its expression: anywhere, and bound to one end of a text.
#[derive(Debug, Default)]
struct Engines {
    free: Engine,
    at_start: Engine,
    at_end: Engine,
}

impl Compiled {
    fn new(compact: &[u8], needs_texts: bool, stands_alone: bool) -> Compiled {
        let (parsed, engines) = (OnceLock::new(), OnceLock::new());
        Compiled { compact: compact.into(), needs_texts, stands_alone, parsed, engines }
    }

    fn parsed(&self) -> &Parsed {
        let read = || postcard::from_bytes(&self.compact).expect("the build script wrote what this reads");
        self.parsed.get_or_init(|| Box::new(read()))
    }

    fn engines(&self) -> &Engines {
        self.engines.get_or_init(Box::default)
    }
}

impl Pattern {
    /// Reads a pattern. The error says, in Chinese, what is wrong with it.
    pub fn new(source: impl Into<String>) -> Result<Pattern, String> {
        let source = source.into();
        let parsed = Parsed::new(&source)?;
        if parsed.literal() == Some(&source) {
            return Ok(Pattern::literal(source));
        }
        let compiled = Compiled::new(&[], !parsed.literals.is_empty(), parsed.stands_alone());
        if let Some(regex) = parsed.regex() {
            let free = Engine::fast(checked(&regex.source)?);
            let _ = compiled.engines.set(Box::new(Engines { free, ..Engines::default() }));
        }
        let _ = compiled.parsed.set(Box::new(parsed));
        Ok(Pattern::with(source, Some(compiled)))
    }

    /// A pattern that is plain text, whatever characters it holds.
    pub fn literal(text: impl Into<String>) -> Pattern {
        Pattern::with(text.into(), None)
    }

    fn with(source: String, expression: Option<Compiled>) -> Pattern {
        let shared = Shared { source: source.into(), expression: expression.map(Box::new) };
        Pattern { shared: Arc::new(shared), search: u32::MAX, everywhere: false }
    }

    /// The text the author wrote.
    pub fn source(&self) -> &str {
        &self.shared.source
    }

    /// What was understood of it; `None` when it is plain text, its own source.
    pub fn parsed(&self) -> Option<&Parsed> {
        self.shared.expression.as_ref().map(|expression| expression.parsed())
    }

    /// The plain text it is, when it is plain text.
    pub fn plain(&self) -> Option<&str> {
        self.parsed().map_or(Some(self.source()), Parsed::literal)
    }

    /// Texts of which at least one must occur wherever it does; none when there are no such texts.
    pub fn literals(&self) -> Vec<&str> {
        self.parsed().map_or_else(|| vec![self.source()], |parsed| parsed.literals.iter().flatten().collect())
    }

    /// Whether it holds one of some texts wherever it stands. It is not read to tell.
    pub fn needs_texts(&self) -> bool {
        self.shared.expression.as_ref().is_none_or(|expression| expression.needs_texts)
    }

    /// Whether what it matches in a text depends on nothing around that text. It is not read to tell.
    pub fn stands_alone(&self) -> bool {
        self.shared.expression.as_ref().is_none_or(|expression| expression.stands_alone)
    }

    /// Whether it must be matched against the shadow text, where values are single tokens.
    pub fn binds_values(&self) -> bool {
        self.parsed().is_some_and(Parsed::binds_values)
    }

    /// The names of its slots.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.parsed().into_iter().flat_map(|parsed| &parsed.slots).map(|slot| slot.name.as_str())
    }

    /// What finds it anywhere, and its expression; `None` for plain text.
    pub fn engine(&self) -> Option<(&Engine, &Expression)> {
        let compiled = self.shared.expression.as_ref()?;
        Some((&compiled.engines().free, compiled.parsed().regex()?))
    }

    /// Whether `text` holds it.
    pub fn is_in(&self, text: &str) -> bool {
        let Some(compiled) = &self.shared.expression else { return text.contains(self.source()) };
        let parsed = compiled.parsed();
        if let Some(class) = parsed.class() {
            return text.chars().any(|c| class.hold(c));
        }
        let Some(expression) = parsed.regex() else {
            return parsed.literal().is_some_and(|literal| text.contains(literal));
        };
        if parsed.edges.at_end && !parsed.may_end(text) {
            return false;
        }
        parsed.edges.deciding(text).is_some_and(|text| {
            (parsed.edges.at_start || parsed.may_be_in(text))
                && compiled.engines().free.is_match(expression, Bound::Free, text)
        })
    }

    /// How often `text` holds it, up to `most`.
    pub fn count_in(&self, text: &str, most: usize) -> usize {
        if most == 1 {
            return usize::from(self.is_in(text));
        }
        match self.engine() {
            Some((engine, expression)) => engine.count(expression, text, most),
            None => text.matches(self.plain().unwrap_or_default()).take(most).count(),
        }
    }

    /// What tells it from every other pattern as long as it exists.
    fn identity(&self) -> usize {
        Arc::as_ptr(&self.shared) as usize
    }

    /// Whether `text` begins with it.
    pub fn starts(&self, text: &str) -> bool {
        let Some(compiled) = &self.shared.expression else { return text.starts_with(self.source()) };
        let parsed = compiled.parsed();
        match (text.chars().next(), parsed.class(), parsed.regex()) {
            (Some(first), Some(class), _) => class.hold(first),
            (_, _, Some(expression)) => compiled.engines().at_start.is_match(expression, Bound::Start, text),
            (_, _, None) => parsed.literal().is_some_and(|literal| text.starts_with(literal)),
        }
    }

    /// Whether `text` ends with it.
    pub fn ends(&self, text: &str) -> bool {
        let Some(compiled) = &self.shared.expression else { return text.ends_with(self.source()) };
        let parsed = compiled.parsed();
        match (text.chars().next_back(), parsed.class(), parsed.regex()) {
            (Some(last), Some(class), _) => class.hold(last),
            (_, _, Some(expression)) => {
                parsed.may_end(text)
                    && compiled.engines().at_end.is_match(expression, Bound::End, parsed.edges.tail(text))
            }
            (_, _, None) => parsed.literal().is_some_and(|literal| text.ends_with(literal)),
        }
    }
}

/// The regex of a pattern, when it compiles and does not match empty text. The error, in Chinese, says what is wrong.
fn checked(source: &str) -> Result<Regex, String> {
    let compiled = Regex::new(source).map_err(|error| format!("正则表达式有误：{}", first_line(&error.to_string())))?;
    // `\z` and the like match nothing at the edge of a text, which is what they are for; only inside a text is it wrong.
    let inside = "\u{e0ff}".len();
    if compiled.find_iter("\u{e0ff}\u{e0ff}").any(|found| found.is_empty() && found.start() == inside) {
        return Err("模式会匹配空文字，请写出至少一个字".to_owned());
    }
    Ok(compiled)
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
        let compact = self.parsed().map_or(Ok(Vec::new()), postcard::to_stdvec).map_err(S::Error::custom)?;
        (self.source(), compact, self.needs_texts(), self.stands_alone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pattern, D::Error> {
        if deserializer.is_human_readable() {
            return Pattern::new(String::deserialize(deserializer)?).map_err(D::Error::custom);
        }
        let (source, compact, needs_texts, stands_alone): (_, &[u8], _, _) = Deserialize::deserialize(deserializer)?;
        let compiled = (!compact.is_empty()).then(|| Compiled::new(compact, needs_texts, stands_alone));
        Ok(Pattern::with(source, compiled))
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
