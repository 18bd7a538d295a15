//! The regular expression of a pattern, in two forms that find the same.
//!
//! A document of a few pages is searched in a few milliseconds; compiling every expression it needs to a fast automaton
//! takes twenty. So an expression is run as a [program](super::program), which is there when a rule was read. Where that proves slow, be it
//! because many ways must be tried or because much text is read, the fast form is compiled.

use super::machine::{Bound, Exhausted, Machine};
use super::program::Program;
use super::syntax::Expression;
use regex::Regex;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many steps a program may take beyond what the fast form would have taken, before that is compiled: about what can
/// be done in the time that takes.
const PATIENCE: usize = 60_000;

/// How many bytes the fast form reads in the time of a step.
const BYTES_PER_STEP: usize = 6;

/// What runs an expression.
#[derive(Debug, Default)]
pub struct Engine {
    fast: OnceLock<Regex>,
    /// The steps that programs took beyond what the fast form would have taken.
    spent: AtomicUsize,
}

/// A match and the places of the groups in it.
type Captured = (Range<usize>, Vec<Option<Range<usize>>>);

impl Engine {
    /// One whose fast form is there already.
    pub fn fast(regex: Regex) -> Engine {
        Engine { fast: OnceLock::from(regex), ..Engine::default() }
    }

    /// Whether `text` holds the expression, bound to its edges as said: always the same for one engine.
    pub fn is_match(&self, expression: &Expression, bound: Bound, text: &str) -> bool {
        let run = |mut machine: Machine<'_, '_>| (machine.find_from(0).map(|found| found.is_some()), machine.steps);
        self.by_program(expression, bound, text, run)
            .unwrap_or_else(|| self.fast_form(expression, bound).is_match(text))
    }

    /// How often `text` holds it, up to `most`.
    pub fn count(&self, expression: &Expression, text: &str, most: usize) -> usize {
        let run = |mut machine: Machine<'_, '_>| {
            let mut count = 0;
            let done = machine.find_while(|_, _| {
                count += 1;
                count < most
            });
            (done.map(|()| count), machine.steps)
        };
        self.by_program(expression, Bound::Free, text, run)
            .unwrap_or_else(|| self.fast_form(expression, Bound::Free).find_iter(text).take(most).count())
    }

    /// The places where `text` holds it, from left to right, none overlapping.
    pub fn find_each(&self, expression: &Expression, text: &str, each: impl FnMut(Range<usize>)) {
        let run = |mut machine: Machine<'_, '_>| {
            let mut found = Vec::new();
            let done = machine.find_while(|_, place| {
                found.push(place);
                true
            });
            (done.map(|()| found), machine.steps)
        };
        match self.by_program(expression, Bound::Free, text, run) {
            Some(found) => found.into_iter().for_each(each),
            None => {
                self.fast_form(expression, Bound::Free).find_iter(text).map(|found| found.range()).for_each(each);
            }
        }
    }

    /// The same, with the places of its named groups, in their order.
    pub fn captures_each(
        &self,
        expression: &Expression,
        text: &str,
        mut each: impl FnMut(Range<usize>, &[Option<Range<usize>>]),
    ) {
        let run = |machine: Machine<'_, '_>| {
            let (mut machine, mut found) = (machine.with_groups(), Vec::<Captured>::new());
            let done = machine.find_while(|machine, place| {
                found.push((place, machine.groups()));
                true
            });
            (done.map(|()| found), machine.steps)
        };
        if let Some(found) = self.by_program(expression, Bound::Free, text, run) {
            return found.iter().for_each(|(place, groups)| each(place.clone(), groups));
        }
        let fast = self.fast_form(expression, Bound::Free);
        for captures in fast.captures_iter(text) {
            let whole = captures.get(0).map_or(0..0, |found| found.range());
            let named = fast.capture_names().zip(captures.iter()).filter(|(name, _)| name.is_some());
            let groups: Vec<_> = named.map(|(_, group)| group.map(|group| group.range())).collect();
            each(whole, &groups);
        }
    }

    /// What the program finds, while it is the one to use.
    fn by_program<T>(
        &self,
        expression: &Expression,
        bound: Bound,
        text: &str,
        run: impl FnOnce(Machine<'_, '_>) -> (Result<T, Exhausted>, usize),
    ) -> Option<T> {
        let program: &Program = expression.program.as_ref()?;
        if self.spent.load(Ordering::Relaxed) > PATIENCE {
            return None;
        }
        let (found, steps) = run(Machine::new(program, text, bound));
        let beyond = if found.is_ok() { steps.saturating_sub(text.len() / BYTES_PER_STEP) } else { PATIENCE };
        self.spent.fetch_add(beyond, Ordering::Relaxed);
        found.ok()
    }

    fn fast_form(&self, expression: &Expression, bound: Bound) -> &Regex {
        let source = &expression.source;
        // An expression that does not compile was refused when the rule was read; should one slip through, it finds nothing.
        let compile = |source: &str| {
            Regex::new(source).unwrap_or_else(|_| Regex::new("[^\\s\\S]").expect("the empty class compiles"))
        };
        self.fast.get_or_init(|| match bound {
            Bound::Free => compile(source),
            Bound::Start => compile(&format!(r"\A(?:{source})")),
            Bound::End => compile(&format!(r"(?:{source})\z")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    type Found = Vec<Captured>;

    /// What both forms find in a text: matches with groups, and whether it begins and ends with the expression.
    fn both(pattern: &str, text: &str) -> [(Found, bool, bool); 2] {
        let written = Pattern::new(format!("/{pattern}/")).unwrap();
        let expression = written.parsed().unwrap().regex().unwrap();
        assert!(expression.program.is_some(), "{pattern}");
        let fast = Expression { source: expression.source.clone(), program: None };
        [expression, &fast].map(|expression| {
            let (mut found, engine) = (Vec::new(), Engine::default());
            engine.captures_each(expression, text, |whole, groups| found.push((whole, groups.to_vec())));
            let mut places = Vec::new();
            engine.find_each(expression, text, |place| places.push(place));
            assert_eq!(places, found.iter().map(|(place, _)| place.clone()).collect::<Vec<_>>(), "{pattern}");
            assert_eq!(engine.is_match(expression, Bound::Free, text), !places.is_empty(), "{pattern}");
            let bound = |bound| Engine::default().is_match(expression, bound, text);
            (found, bound(Bound::Start), bound(Bound::End))
        })
    }

    #[test]
    fn both_forms_find_the_same() {
        let text = "共3类，其中甲5个、乙12个；另有６个。\n第一，甲甲乙乙甲，ab，aab。\n\n共aaa项ＡＢab";
        for pattern in [
            "(?P<n>[0-9]+)个",
            "[甲乙](?P<n>[^、；]*?)个",
            "(?m-u:^共)",
            "(?m)^共(?P<n>.*)$",
            "(?P<n>其中)[^。]{0,9}?乙",
            "(?P<a>甲+)(?P<b>甲?乙)",
            "甲*乙|乙(?P<n>甲)?",
            "(?:甲|甲乙|乙)+(?P<n>甲|，)",
            "(?:(?P<n>[甲乙]){2}|，第?)+",
            "(?:a|aa)b",
            "(?:a{1,2}){2,}",
            "a{2}|a",
            "(?i)AB",
            "个.*个",
            "个.*?个",
            r"共|ab\z",
            r"\A共",
            "[^，]+$",
            "(?:第[一二三]，)?(?P<n>甲+?)乙",
            "(?:甲?乙?)甲，",
            ".*[个项。]$",
            "(?m)[^\\n]{2,}[，；][^\\n]+[^甲]。$",
            ".*?个。$",
            ".{0,3}?个",
            r".+\p{Han}b\z",
            "[^。\\n]*乙。",
        ] {
            let [program, fast] = both(pattern, text);
            assert_eq!(program, fast, "{pattern}");
        }
    }

    #[test]
    fn what_takes_too_long_is_left_to_the_fast_form() {
        let pattern = Pattern::new("/(?:甲|甲甲)+乙/").unwrap();
        let (engine, expression) = pattern.engine().unwrap();
        assert!(!engine.is_match(expression, Bound::Free, &"甲".repeat(60)));
        assert!(!Engine::default().is_match(expression, Bound::Free, &"甲".repeat(60)));
    }

    #[test]
    fn word_boundaries_mean_letters_of_any_script() {
        let pattern = Pattern::new(r"/\bA\b/").unwrap();
        assert!(!pattern.is_in("中A中"));
        assert!(pattern.is_in("中 A。"));
    }
}
