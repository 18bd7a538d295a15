//! Why a file could not be read, told to the person who has to put it right.

use super::MAXIMUM_BYTES;
use super::binary::BinaryKind;
use crate::source::EncodingName;
use std::fmt;

/// Why the bytes of a file are no text that can be checked. Offsets count bytes from 0, lines from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The file is larger than [`MAXIMUM_BYTES`].
    TooLarge {
        /// The file's size.
        bytes: u64,
    },
    /// The file is of a known type that holds no plain text.
    KnownBinary {
        /// Which type.
        kind: BinaryKind,
    },
    /// The file holds a NUL byte, so it is no text.
    Binary {
        /// Where the first NUL is.
        offset: usize,
        /// Its line.
        line: usize,
    },
    /// Bytes that are no character in the encodings that were tried.
    Undecodable {
        /// The encodings, in the order in which they were tried.
        tried: Vec<EncodingName>,
        /// Where the first bad byte is.
        offset: usize,
        /// Its line.
        line: usize,
    },
    /// The file ends in the middle of a character.
    Truncated {
        /// The encoding the rest of the file is in.
        encoding: EncodingName,
        /// Where the broken character begins.
        offset: usize,
        /// Its line.
        line: usize,
    },
    /// The text is most likely in an encoding that is not read.
    OtherEncoding {
        /// The encoding's usual name.
        likely: &'static str,
    },
    /// Nothing but white space.
    Blank,
    /// Markup without any text between it.
    NoProse,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::TooLarge { bytes } => {
                let mebibyte = 1024 * 1024;
                let shown = bytes.div_ceil(mebibyte);
                write!(f, "文件约{shown}MiB，超过{}MiB的上限，请拆分后再检查", MAXIMUM_BYTES / mebibyte)
            }
            ReadError::KnownBinary { kind } => write!(f, "这是{kind}，请先另存为纯文本（.txt）"),
            ReadError::Binary { offset, line } => {
                write!(f, "第{line}行（字节偏移{offset}）有空字符NUL，不是文本，请核对文件，或另存为UTF-8文本")
            }
            ReadError::Undecodable { tried, offset, line } => {
                let names: Vec<String> = tried.iter().map(ToString::to_string).collect();
                write!(f, "第{line}行（字节偏移{offset}）无法解码，已试{}，请另存为UTF-8", names.join("、"))
            }
            ReadError::Truncated { encoding, offset, line } => {
                write!(f, "文件末尾第{line}行（字节偏移{offset}）的{encoding}字符不完整，请核对原文件，另存为UTF-8")
            }
            ReadError::OtherEncoding { likely } => write!(f, "文件像是{likely}编码，无法可靠读取，请另存为UTF-8"),
            ReadError::Blank => f.write_str("文件是空白的，没有可检查的文字，请核对文件是否已保存"),
            ReadError::NoProse => f.write_str("文件里只有标记，没有可检查的正文，请另存为纯文本（.txt）"),
        }
    }
}

impl std::error::Error for ReadError {}
