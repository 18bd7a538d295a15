//! How wide text stands on a terminal, and what stands for characters that cannot be seen there.
//!
//! Han and full-width marks take two columns, “ ” … — one, as most terminals show them.

use std::borrow::Cow;
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// Columns a tab is shown with, wherever it stands.
const TAB: &str = "    ";

/// Whether a terminal shows nothing for `c`, or obeys it instead of showing it.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0001}'..='\u{E007F}')
}

/// Adds `c` as it is shown: a tab as blanks, a hidden character by its code point.
pub(crate) fn push_visible(shown: &mut String, c: char) {
    if c == '\t' {
        shown.push_str(TAB);
    } else if is_hidden(c) {
        push_code_point(shown, c);
    } else {
        shown.push(c);
    }
}

/// Adds `c` by its code point, `<U+200B>`.
pub(crate) fn push_code_point(shown: &mut String, c: char) {
    write!(shown, "<U+{:04X}>", u32::from(c)).expect("writing to a string cannot fail");
}

/// The text as it is shown, without line ends and terminal commands.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    text.chars().for_each(|c| push_visible(&mut shown, c));
    Cow::Owned(shown)
}

/// Columns `c` takes as it is shown.
pub(crate) fn width_of(c: char) -> usize {
    match c {
        '\t' => TAB.len(),
        c if is_hidden(c) => "<U+>".len() + code_point_digits(c),
        c => c.width().unwrap_or(0),
    }
}

/// Hexadecimal digits of a code point, at least four.
fn code_point_digits(c: char) -> usize {
    match u32::from(c) {
        0..=0xFFFF => 4,
        0x10000..=0xFFFFF => 5,
        _ => 6,
    }
}

/// Columns `text` takes as it is shown.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// `text` in at most `columns` columns, cut in its middle where it is longer.
pub(crate) fn shorten(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let half = columns.saturating_sub(1) / 2;
    let head = prefix(text, half);
    let tail = suffix(text, half);
    Cow::Owned(format!("{}…{}", &text[..head], &text[tail..]))
}

/// Where the longest beginning of `text` within `columns` ends.
pub(crate) fn prefix(text: &str, columns: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += width_of(c);
        if used > columns {
            return at;
        }
    }
    text.len()
}

/// Where the longest end of `text` within `columns` begins.
pub(crate) fn suffix(text: &str, columns: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices().rev() {
        used += width_of(c);
        if used > columns {
            return at + c.len_utf8();
        }
    }
    0
}

/// The columns of `text` when they are at most `most`; looks no further than that.
pub(crate) fn width_within(text: &str, most: usize) -> Option<usize> {
    let mut used = 0;
    for c in text.chars() {
        used += width_of(c);
        if used > most {
            return None;
        }
    }
    Some(used)
}

/// Breaks `text` into lines of at most `columns` columns, no line beginning with a mark that ends something.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while width_within(rest, columns).is_none() {
        let fit = prefix(rest, columns);
        let may_break = |at: &usize| {
            let (before, after) = (rest[..*at].chars().next_back(), rest[*at..].chars().next());
            !(after.is_some_and(is_mark) || before.is_some_and(is_word) && after.is_some_and(is_word))
        };
        let back = rest[..fit].char_indices().rev().map(|(at, _)| at).take(columns / 2);
        let cut = std::iter::once(fit).chain(back).filter(|at| *at > 0).find(may_break).unwrap_or(fit.max(1));
        let cut = (cut..).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        lines.push(rest[..cut].trim_end().to_owned());
        rest = rest[cut..].trim_start();
    }
    lines.push(rest.to_owned());
    lines
}

/// Whether `c` is a mark that belongs to what is before it.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '！'
            | '？'
            | '…'
            | '—'
            | '”'
            | '’'
            | '）'
            | '》'
            | '〉'
            | '】'
            | '〕'
            | '」'
            | '』'
            | '．'
            | '～'
            | '·'
            | '％'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '"'
            | '\''
    )
}

/// Whether `c` is part of a Latin word, a number or an address, which reads badly when broken.
pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_graphic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_what_is_shown() {
        for (text, columns) in
            [("甲，", 4), ("“”…—", 4), ("a\tb", 6), ("𠮷", 2), ("\u{3000}\u{A0}", 3), ("e\u{301}", 1)]
        {
            assert_eq!(width(text), columns, "{text:?}");
        }
        for text in ["a\u{200B}b", "\x1b[31m", "\u{E0041}", "\u{10FFFD}"] {
            assert_eq!(width(text), width(&visible(text)), "{text:?}");
        }
    }

    #[test]
    fn terminal_commands_are_shown_not_obeyed() {
        assert_eq!(visible("甲\x1b[2J乙\u{202E}"), "甲<U+001B>[2J乙<U+202E>");
        assert!(matches!(visible("甲乙"), Cow::Borrowed(_)));
    }

    #[test]
    fn lines_do_not_begin_with_an_end_mark() {
        assert_eq!(wrap("一二三，四五六", 6), ["一二", "三，四", "五六"]);
        assert_eq!(wrap("一二 GB/T 三", 9), ["一二 GB/T", "三"]);
        assert_eq!(wrap("，，，，", 2), ["，", "，", "，", "，"]);
    }
}
