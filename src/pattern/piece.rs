//! The pieces a pattern is written of: text, slots, choices and what is skipped.

use crate::document::part::PartKind;
use serde::{Deserialize, Serialize};

/// A named part of a pattern.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Slot {
    /// The name, without its kind.
    pub name: String,
    /// The kind of value it binds; `None` for text.
    pub kind: Option<PartKind>,
    /// Whether it binds a list of values.
    pub list: bool,
}

/// A piece of a pattern.
pub(super) enum Piece {
    /// Text as it is.
    Text(String),
    /// One of these texts.
    Choice(Vec<String>),
    /// Anything within the sentence; at most so many characters, when that is said.
    Skip(Option<u32>),
    /// A named part.
    Slot(Slot),
}

/// Reads the pieces of a pattern. The error says, in Chinese, what is wrong.
pub(super) fn pieces_of(source: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = source.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => text.push(rest.next().ok_or("模式末尾的“\\”后缺一个字")?),
            '{' => {
                let inside = until(&mut rest, '}').ok_or("“{”没有配对的“}”；要写花括号本身，请写“\\{”")?;
                flush(&mut text, &mut pieces);
                pieces.push(slot_of(&inside)?);
            }
            '[' => {
                let inside = until(&mut rest, ']').ok_or("“[”没有配对的“]”；要写方括号本身，请写“\\[”")?;
                flush(&mut text, &mut pieces);
                pieces.push(Piece::Choice(inside.split('|').map(str::to_owned).collect()));
            }
            _ => text.push(c),
        }
    }
    flush(&mut text, &mut pieces);
    let mut names: Vec<&str> = Vec::new();
    for piece in &pieces {
        if let Piece::Slot(slot) = piece {
            if names.contains(&slot.name.as_str()) {
                return Err(format!("槽位“{}”写了两次", slot.name));
            }
            names.push(&slot.name);
        }
    }
    Ok(pieces)
}

fn until(rest: &mut std::str::Chars<'_>, close: char) -> Option<String> {
    let mut inside = String::new();
    for c in rest {
        if c == close {
            return Some(inside);
        }
        inside.push(c);
    }
    None
}

fn flush(text: &mut String, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
}

fn slot_of(inside: &str) -> Result<Piece, String> {
    if let Some(most) = inside.strip_prefix('…') {
        if most.is_empty() {
            return Ok(Piece::Skip(None));
        }
        let most = most.parse().map_err(|_| format!("“{{…{most}}}”的“…”后应为数字"))?;
        return Ok(Piece::Skip(Some(most)));
    }
    let (name, kind) = inside.split_once(':').map_or((inside, None), |(name, kind)| (name, Some(kind)));
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name {
        return Err(format!("槽位名“{name}”只能用英文字母、数字和“_”，并以字母开头"));
    }
    let (kind, list) = match kind {
        None => (None, false),
        Some(kind) => {
            let bare = kind.strip_suffix('+').unwrap_or(kind);
            let found = PartKind::ALL.iter().copied().find(|known| known.is_value() && known.name() == bare);
            let found = found.ok_or_else(|| {
                let names: Vec<&str> =
                    PartKind::ALL.iter().filter(|kind| kind.is_value()).map(|kind| kind.name()).collect();
                format!("没有“{bare}”这类值；可用：{}", names.join(" "))
            })?;
            (Some(found), kind.ends_with('+'))
        }
    };
    Ok(Piece::Slot(Slot { name: name.to_owned(), kind, list }))
}
