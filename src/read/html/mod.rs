//! The prose of a web page.
//!
//! html5gum finds the tags and the text between them; [`page::Page`] keeps the list of open elements, from which each
//! text's role follows. No tree is built, and what a page leaves open is closed much as browsers close it.

mod element;
mod grid;
mod open;
mod page;
mod reference;

use crate::source::{Prose, Span};
use html5gum::{DefaultEmitter, State, Token, Tokenizer};
use page::Page;

/// Extracts the prose. A block never holds a line end: preformatted text gives one block for each line.
pub(super) fn prose_of(text: &str) -> Prose {
    let mut page = Page::new(text);
    let mut tokenizer = Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span());
    while let Some(Ok(token)) = tokenizer.next() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                let attribute = |name: &str| {
                    let value = tag.attributes.get(name.as_bytes())?;
                    Some(String::from_utf8_lossy(&value.value).into_owned())
                };
                page.start_tag(&name, attribute, tag.self_closing);
                if let Some(state) = state_within(&name)
                    && !page.is_in_drawing()
                {
                    tokenizer.set_state(state);
                }
            }
            Token::EndTag(tag) => page.end_tag(&String::from_utf8_lossy(&tag.name)),
            Token::String(string) => page.text(Span::new(string.span.start, string.span.end.max(string.span.start))),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page.finish()
}

/// How the text within an element is tokenised where tags do not count there. In a drawing they always count.
fn state_within(name: &str) -> Option<State> {
    match name {
        "title" | "textarea" => Some(State::RcData),
        "script" => Some(State::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" => Some(State::RawText),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
