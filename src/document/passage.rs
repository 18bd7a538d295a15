//! A passage: the stretch of prose a value is read in, and the small questions asked of its characters.

use super::character::is_blank;

/// Part of one block, with nothing verbatim in it. Offsets are those of the whole prose.
#[derive(Clone, Copy)]
pub(crate) struct Passage<'a> {
    /// The prose up to the end of the passage.
    pub text: &'a str,
    /// Where the passage starts; what lies before it is not looked at.
    pub start: usize,
}

impl<'a> Passage<'a> {
    /// The passage from `at` on.
    pub fn rest(self, at: usize) -> &'a str {
        &self.text[at..]
    }

    /// The passage before `at`.
    pub fn before(self, at: usize) -> &'a str {
        &self.text[self.start..at]
    }

    /// The character at `at`.
    pub fn next(self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    /// The character before `at`.
    pub fn previous(self, at: usize) -> Option<char> {
        self.before(at).chars().next_back()
    }

    /// The end of the first of `words` that stands at `at`.
    pub fn first_of(self, at: usize, words: &[&str]) -> Option<usize> {
        let rest = self.rest(at);
        words.iter().find(|word| rest.starts_with(**word)).map(|word| at + word.len())
    }

    /// Past one blank at `at`, as some writers set between a numeral and its unit.
    pub fn skip_blank(self, at: usize) -> usize {
        match self.next(at) {
            Some(c) if is_blank(c) => at + c.len_utf8(),
            _ => at,
        }
    }

    /// The end of the mark or word that joins the two ends of a range.
    pub fn connector(self, at: usize) -> Option<usize> {
        let c = self.next(at)?;
        match c {
            '—' if self.rest(at).starts_with("——") => Some(at + "——".len()),
            '—' | '–' | '-' | '－' | '~' | '～' | '〜' | '∼' | '至' | '到' => Some(at + c.len_utf8()),
            _ => None,
        }
    }
}
