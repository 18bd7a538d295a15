//! How a text differs from a term by a single slip.
//!
//! All is done on the bytes of the text: a Chinese character of a term has three, so that places are multiples of three.

use crate::document::character::is_han;

/// The bytes of a character.
pub const WIDTH: usize = 3;

/// The one slip that makes a text of a term. Places count the characters of the term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edit {
    /// Another character stands for the one at a place.
    Replace {
        /// Where.
        place: usize,
        /// What stands there.
        by: char,
    },
    /// The characters at a place and the next are exchanged.
    Swap {
        /// Where.
        place: usize,
    },
    /// Two characters that do not touch are exchanged.
    Exchange {
        /// The first.
        first: usize,
        /// The second.
        second: usize,
    },
    /// A character stands before the one at a place.
    Insert {
        /// Where.
        place: usize,
        /// What stands there.
        what: char,
    },
    /// The character at a place is left out.
    Leave {
        /// Where.
        place: usize,
    },
}

/// What a text is, set against a term.
#[derive(Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The term itself.
    Exact,
    /// One slip away; where the text begins and ends, in bytes.
    Near(Edit, usize, usize),
}

/// The text at `start`, which holds the first `known` bytes of the term: tells `each` every single slip it may be.
pub fn compare_forward(text: &str, start: usize, term: &[u8], known: usize, mut each: impl FnMut(Likeness)) {
    let bytes = &text.as_bytes()[start..];
    let equal = bytes[known..].iter().zip(&term[known..]).take_while(|(a, b)| a == b).count();
    let at = (known + equal) / WIDTH * WIDTH;
    if at == term.len() {
        return each(Likeness::Exact);
    }
    let place = at / WIDTH;
    let mut near = |edit, length: usize| each(Likeness::Near(edit, start, start + length));
    let goes_on = |from: usize, with: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(with));
    let (here, after) = (&term[at..], &term[at + WIDTH..]);
    let stranger = || character(text, start + at);
    if goes_on(at + WIDTH, after)
        && let Some(by) = stranger()
    {
        near(Edit::Replace { place, by }, term.len());
    }
    if goes_on(at + WIDTH, here)
        && let Some(what) = stranger()
    {
        near(Edit::Insert { place, what }, term.len() + WIDTH);
    }
    if after.is_empty() {
        return;
    }
    if goes_on(at, after) {
        near(Edit::Leave { place }, term.len() - WIDTH);
    }
    let (one, next) = (&here[..WIDTH], &after[..WIDTH]);
    if one != next && goes_on(at, next) && goes_on(at + WIDTH, one) && goes_on(at + 2 * WIDTH, &after[WIDTH..]) {
        near(Edit::Swap { place }, term.len());
    }
}

/// The text up to `end`, which holds the last `known` bytes of the term.
pub fn compare_backward(text: &str, end: usize, term: &[u8], known: usize, mut each: impl FnMut(Likeness)) {
    let bytes = &text.as_bytes()[..end];
    let equal = bytes[..end - known].iter().rev().zip(term[..term.len() - known].iter().rev());
    let equal = equal.take_while(|(a, b)| a == b).count();
    let from_end = (known + equal) / WIDTH * WIDTH;
    if from_end == term.len() {
        // The forward comparison says so.
        return;
    }
    let (before, here) = (&term[..term.len() - from_end - WIDTH], &term[..term.len() - from_end]);
    let place = before.len() / WIDTH;
    let mut near = |edit, length: usize| each(Likeness::Near(edit, end - length, end));
    let comes_after =
        |skipped: usize, with: &[u8]| end.checked_sub(skipped).is_some_and(|until| bytes[..until].ends_with(with));
    let stranger = || character(text, end.checked_sub(from_end + WIDTH)?);
    if comes_after(from_end + WIDTH, before)
        && let Some(by) = stranger()
    {
        near(Edit::Replace { place, by }, term.len());
    }
    if comes_after(from_end + WIDTH, here)
        && let Some(what) = stranger()
    {
        // Of equal characters side by side the last is the one too many, as in the forward comparison.
        let place = place + 1 + here_again(term, place + 1, what);
        // One too many at the end is no part of the term.
        if place < term.len() / WIDTH {
            near(Edit::Insert { place, what }, term.len() + WIDTH);
        }
    }
    if before.is_empty() {
        return;
    }
    if comes_after(from_end, before) {
        let mut left = [0; WIDTH];
        left.copy_from_slice(&term[before.len()..here.len()]);
        let left = std::str::from_utf8(&left).ok().and_then(|left| left.chars().next()).unwrap_or_default();
        near(Edit::Leave { place: place + here_again(term, place + 1, left) }, term.len() - WIDTH);
    }
    let (one, next) = (&term[before.len()..here.len()], &before[before.len() - WIDTH..]);
    if one != next
        && comes_after(from_end, next)
        && comes_after(from_end + WIDTH, one)
        && comes_after(from_end + 2 * WIDTH, &before[..before.len() - WIDTH])
    {
        near(Edit::Swap { place: place - 1 }, term.len());
    }
}

/// How many characters of the term from `place` on are `c`.
fn here_again(term: &[u8], place: usize, c: char) -> usize {
    let mut buffer = [0; 4];
    let c = c.encode_utf8(&mut buffer).as_bytes();
    term[place * WIDTH..].chunks(WIDTH).take_while(|next| *next == c).count()
}

/// The Chinese character of three bytes that begins at `at`.
fn character(text: &str, at: usize) -> Option<char> {
    let c = text.get(at..at + WIDTH)?.chars().next()?;
    (c.len_utf8() == WIDTH && is_han(c)).then_some(c)
}
