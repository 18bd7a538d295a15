//! The regular expression of a pattern: light at first, fast once that pays.
//!
//! A document of a few pages is searched in a millisecond; compiling every expression it needs to a fast automaton takes
//! twenty. So an expression is compiled to its light form, which costs a twentieth, and to the fast one only when it has
//! read more text than that was worth. Both find the same.

use regex::Regex;
use regex_lite::Regex as LightRegex;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How much text the light form reads before the fast one is compiled, in bytes: about what it reads in the time that takes.
const LIGHT_READING: usize = 6 * 1024;

/// An expression, compiled when it is first used.
#[derive(Debug, Default)]
pub struct Engine {
    light: OnceLock<Option<LightRegex>>,
    fast: OnceLock<Regex>,
    read: AtomicUsize,
}

impl Engine {
    /// One whose fast form is there already.
    pub fn fast(regex: Regex) -> Engine {
        Engine { fast: OnceLock::from(regex), ..Engine::default() }
    }

    /// Whether `text` holds the expression.
    pub fn is_match(&self, expression: &str, text: &str) -> bool {
        match self.light_for(expression, text.len()) {
            Some(light) => light.is_match(text),
            None => self.fast_form(expression).is_match(text),
        }
    }

    /// The same for an expression that can only match where the text begins: of most texts little is read.
    pub fn is_match_at_start(&self, expression: &str, text: &str) -> bool {
        const LITTLE: usize = 48;
        match self.light_for(expression, text.len().min(LITTLE)) {
            Some(light) => light.is_match(text),
            None => self.fast_form(expression).is_match(text),
        }
    }

    /// The places where `text` holds it, from left to right, none overlapping.
    pub fn find_each(&self, expression: &str, text: &str, mut each: impl FnMut(Range<usize>)) {
        match self.light_for(expression, text.len()) {
            Some(light) => light.find_iter(text).for_each(|found| each(found.range())),
            None => self.fast_form(expression).find_iter(text).for_each(|found| each(found.range())),
        }
    }

    /// The same, with the places of named groups: `each` is told the whole match and what a name stands for.
    pub fn captures_each(
        &self,
        expression: &str,
        text: &str,
        mut each: impl FnMut(Range<usize>, &dyn Fn(&str) -> Option<Range<usize>>),
    ) {
        match self.light_for(expression, text.len()) {
            Some(light) => {
                for captures in light.captures_iter(text) {
                    let whole = captures.get(0).map_or(0..0, |found| found.range());
                    each(whole, &|name| captures.name(name).map(|found| found.range()));
                }
            }
            None => {
                for captures in self.fast_form(expression).captures_iter(text) {
                    let whole = captures.get(0).map_or(0..0, |found| found.range());
                    each(whole, &|name| captures.name(name).map(|found| found.range()));
                }
            }
        }
    }

    /// The light form, while it is the one to use for so many further bytes.
    fn light_for(&self, expression: &str, bytes: usize) -> Option<&LightRegex> {
        if self.fast.get().is_some() {
            return None;
        }
        let read = self.read.fetch_add(bytes, Ordering::Relaxed);
        if read + bytes > LIGHT_READING {
            return None;
        }
        // Its `\b` knows ASCII letters only.
        let light = || (!expression.contains(r"\b") && !expression.contains(r"\B")).then_some(expression);
        self.light.get_or_init(|| light().and_then(|expression| LightRegex::new(expression).ok())).as_ref()
    }

    fn fast_form(&self, expression: &str) -> &Regex {
        // An expression that does not compile was refused when the rule was read; should one slip through, it finds nothing.
        self.fast.get_or_init(|| {
            Regex::new(expression).unwrap_or_else(|_| Regex::new("[^\\s\\S]").expect("the empty class compiles"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(engine: &Engine, expression: &str, text: &str) -> Vec<(Range<usize>, Option<Range<usize>>)> {
        let mut places = Vec::new();
        engine.captures_each(expression, text, |whole, group| places.push((whole, group("n"))));
        places
    }

    #[test]
    fn both_forms_find_the_same() {
        let line = "共3类，其中甲5个、乙12个；另有６个。\n";
        for expression in ["(?P<n>[0-9]+)个", "[甲乙](?P<n>[^、；]*?)个", "(?m-u:^共)", "(?P<n>其中)[^。]{0,9}?乙"]
        {
            let engine = Engine::default();
            let light = places(&engine, expression, line);
            assert!(engine.fast.get().is_none(), "{expression}: a short text is read with the light form");
            places(&engine, expression, &line.repeat(400));
            assert!(engine.fast.get().is_some(), "{expression}: a long text calls for the fast form");
            assert!(!light.is_empty());
            assert_eq!(light, places(&engine, expression, line), "{expression}");
        }
    }

    #[test]
    fn word_boundaries_mean_letters_of_any_script() {
        let engine = Engine::default();
        assert!(!engine.is_match(r"\bA\b", "中A中"));
        assert!(engine.is_match(r"\bA\b", "中 A。"));
    }
}
