//! Character references: `&amp;`, `&#20013;`, `&nbsp`.

use html5gum::{Token, Tokenizer};
use std::borrow::Cow;

/// The longest name has 31 letters.
const LONGEST: usize = 40;

/// The characters that the reference at the start of `text` stands for, and its length; `None` where `&` is just `&`.
pub(super) fn reference(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let body = text.strip_prefix('&')?;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let length = 1 + body.bytes().take(LONGEST).take_while(is_part).count();
    let written = if text[length..].starts_with(';') { &text[..=length] } else { &text[..length] };
    let usual = match written {
        "&nbsp;" => "\u{a0}",
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&ldquo;" => "“",
        "&rdquo;" => "”",
        "&mdash;" => "—",
        "&hellip;" => "…",
        "&middot;" => "·",
        "&ensp;" => "\u{2002}",
        "&emsp;" => "\u{2003}",
        "&" => return None,
        _ => "",
    };
    if !usual.is_empty() {
        return Some((usual.into(), written.len()));
    }
    let meaning = by_tokenizer(written);
    if meaning == written {
        return None;
    }
    // What follows a name without a semicolon stays as it is: “&notit” is “¬it”.
    let after = written.bytes().rev().zip(meaning.bytes().rev());
    let kept = after.take_while(|(a, b)| a == b && (a.is_ascii_alphanumeric() || *a == b';')).count();
    // “&semi;” is nothing but the semicolon itself.
    let kept = if kept == meaning.len() { 0 } else { kept };
    Some((meaning[..meaning.len() - kept].to_owned().into(), written.len() - kept))
}

/// html5gum holds the table of names, but shows it only through the tokenizer.
fn by_tokenizer(written: &str) -> String {
    let strings = Tokenizer::new(written).filter_map(|token| match token {
        Ok(Token::String(string)) => Some(String::from_utf8_lossy(&string.value).into_owned()),
        _ => None,
    });
    strings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_plain_ampersands() {
        for (text, expected) in [
            ("&nbsp;年", Some(("\u{a0}", 6))),
            ("&nbsp年", Some(("\u{a0}", 5))),
            ("&#20013;国", Some(("中", 8))),
            ("&#x4E2D;", Some(("中", 8))),
            ("&#20013国", Some(("中", 7))),
            ("&notit;", Some(("¬", 4))),
            ("&ampamp", Some(("&", 4))),
            ("&semi;", Some((";", 6))),
            ("&fjlig;", Some(("fj", 7))),
            ("&nGg;", Some(("⋙\u{338}", 5))),
            ("&#151;", Some(("—", 6))),
            ("&D", None),
            ("& ", None),
            ("&", None),
            ("&#;", None),
            ("&甲;", None),
            ("&nosuchname;", None),
        ] {
            let found = reference(text);
            assert_eq!(found.as_ref().map(|(meaning, length)| (&**meaning, *length)), expected, "{text}");
        }
    }
}
