//! From the bytes of a file to a [`Source`]: decoded, and with the prose its markup holds.
//!
//! Nothing is read from a disk here. What cannot be read as text is refused with its place and a remedy; odd markup is
//! never refused, it only gives a poorer prose.

mod binary;
mod decode;
mod error;
mod guess;
mod html;
mod line_break;
mod markdown;

pub use binary::BinaryKind;
pub use error::ReadError;

use crate::source::Source;
use std::path::Path;
use std::sync::Arc;

/// The largest file that is read, in bytes.
pub const MAXIMUM_BYTES: u64 = 64 * 1024 * 1024;

/// The markup of a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// No markup: each line is a block.
    Plain,
    /// CommonMark with tables, footnotes and front matter.
    Markdown,
    /// A web page, or a piece of one.
    Html,
}

impl Format {
    /// The format a file's extension names; `None` for a type that is not read.
    pub fn of_path(path: impl AsRef<Path>) -> Option<Format> {
        let extension = path.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" => Some(Format::Plain),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            _ => None,
        }
    }
}

/// Reads a file's bytes. `name` is what findings call the file.
pub fn read(name: &str, bytes: &[u8], format: Format) -> Result<Source, ReadError> {
    if bytes.len() as u64 > MAXIMUM_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() as u64 });
    }
    if let Some(kind) = binary::kind_of(bytes) {
        return Err(ReadError::KnownBinary { kind });
    }
    let decoded = decode::decode(bytes)?;
    if decoded.text.chars().all(is_invisible) {
        return Err(ReadError::Blank);
    }
    let text: Arc<str> = Arc::from(decoded.text);
    let mut source = match format {
        Format::Plain => Source::plain(name, text),
        Format::Markdown => Source::with_prose(name, text.clone(), markdown::prose_of(&text)),
        Format::Html => Source::with_prose(name, text.clone(), html::prose_of(&text)),
    };
    if source.prose.blocks.is_empty() {
        return Err(ReadError::NoProse);
    }
    source.encoding = decoded.encoding;
    Ok(source)
}

/// Whether `c` leaves no ink; byte-order marks and zero-width spaces do not count as white space in Unicode.
fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

#[cfg(test)]
mod tests;
