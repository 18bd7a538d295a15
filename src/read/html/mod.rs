//! The prose of a web page.
//!
//! html5gum finds the tags and the text between them; [`page::Page`] keeps the list of open elements, from which each
//! text's role follows. No tree is built, and what a page leaves open is closed much as browsers close it.

mod element;
mod grid;
mod open;
mod page;
mod reference;

pub(super) use page::Page;

use crate::source::{Prose, Span};
use html5gum::{DefaultEmitter, State, Token, Tokenizer};
use std::borrow::Cow;

/// Extracts the prose. A block never holds a line end: preformatted text gives one block for each line.
pub(super) fn prose_of(text: &str) -> Prose {
    let mut page = Page::new(text);
    read(&mut page, &[Span::new(0, text.len())]);
    page.finish()
}

/// Reads the tags and texts of `pieces` of the page's source as if nothing stood between them: the mark of a block
/// quote, before each line of HTML in a Markdown text, is none of it.
pub(super) fn read(page: &mut Page<'_>, pieces: &[Span]) {
    let written: Cow<'_, str> = match pieces {
        [piece] => Cow::Borrowed(piece.of(page.source())),
        pieces => pieces.iter().map(|piece| piece.of(page.source())).collect(),
    };
    let mut tokenizer = Tokenizer::new_with_emitter(&*written, DefaultEmitter::<usize>::new_with_span());
    let mut before = Before { pieces, length: 0 };
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
            Token::String(string) => {
                before.each(string.span.start, string.span.end, |source| page.text(source));
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
}

/// Reads a piece of the page's source that is nothing but a tag or a comment. What else seems to be in it is not: a tag
/// of two lines in a block quote has its mark within.
pub(super) fn read_tags(page: &mut Page<'_>, piece: Span) {
    for token in Tokenizer::new(piece.of(page.source())) {
        match token {
            Ok(Token::StartTag(tag)) => {
                page.start_tag(&String::from_utf8_lossy(&tag.name), |_| None, tag.self_closing);
            }
            Ok(Token::EndTag(tag)) => page.end_tag(&String::from_utf8_lossy(&tag.name)),
            _ => {}
        }
    }
}

/// The pieces that are not yet behind, and the length of those that are.
struct Before<'a> {
    pieces: &'a [Span],
    length: usize,
}

impl Before<'_> {
    /// Gives the spans of the source for a stretch of the pieces put together; stretches are asked for in their order.
    fn each(&mut self, mut start: usize, end: usize, mut give: impl FnMut(Span)) {
        while let [piece, rest @ ..] = self.pieces
            && start < end
        {
            let piece_end = self.length + piece.len();
            if start < piece_end {
                let within = |at: usize| piece.start + at - self.length;
                give(Span::new(within(start), within(end.min(piece_end))));
                start = end.min(piece_end);
            }
            if start < end {
                self.length = piece_end;
                self.pieces = rest;
            }
        }
    }
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
