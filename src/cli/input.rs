//! Files as they are asked for: which type each is, and its bytes as a text.

use super::language::system_reason;
use crate::read::{self, Format, MAXIMUM_BYTES, ReadError};
use crate::report::is_report;
use crate::source::Source;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The types of files that are read, as the user knows them.
pub(super) const TYPES: &str = ".txt .md .markdown .html .htm";

/// What findings in the standard input are said to be in, unless a name is given.
pub(super) const STANDARD_INPUT: &str = "<标准输入>";

/// Extensions of documents that offices write and this program cannot read.
const OTHER_DOCUMENTS: &[&str] = &[
    "doc", "docm", "docx", "dot", "dotx", "wps", "wpt", "ofd", "pdf", "rtf", "odt", "ceb", "cebx", "caj", "gd", "gw",
    "xls", "xlsm", "xlsx", "et", "ett", "ods", "ppt", "pptx", "dps", "odp", "xps",
];

/// Why a file was not read.
pub(super) enum Refusal {
    /// No document: nothing but white space or markup, or a report of this program. Only worth a note where the file was
    /// not asked for by name.
    NoDocument(String),
    /// Anything else.
    Unreadable(String),
}

impl Refusal {
    /// The reason, in Chinese, without the path.
    pub(super) fn reason(self) -> String {
        match self {
            Refusal::NoDocument(reason) | Refusal::Unreadable(reason) => reason,
        }
    }
}

/// Whether a path names a document of a type that this program cannot read. Lock files of office programs are none.
pub(super) fn is_other_document(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    let is_lock = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    !is_lock && extension.is_some_and(|extension| OTHER_DOCUMENTS.contains(&extension.as_str()))
}

/// The type of a file that was asked for by name; the error says why it cannot be checked.
pub(super) fn format_of(path: &Path) -> Result<Format, String> {
    Format::of_path(path).ok_or_else(|| match path.extension() {
        _ if is_other_document(path) => format!(
            "不能读取“.{}”文件，请先另存为纯文本（.txt）",
            path.extension().unwrap_or_default().to_string_lossy()
        ),
        Some(extension) => format!("不认识“.{}”类型的文件，可检查的类型：{TYPES}", extension.to_string_lossy()),
        None => format!("没有扩展名，不知道是什么类型，可检查的类型：{TYPES}"),
    })
}

/// The type of the standard input: what the name given for it says, else plain text.
pub(super) fn format_of_standard_input(name: Option<&str>) -> Result<Format, String> {
    match name.map(Path::new) {
        Some(path) if path.extension().is_some() => format_of(path),
        _ => Ok(Format::Plain),
    }
}

/// Reads a file. One that is too large is refused before it is read.
pub(super) fn read_file(path: &Path, name: &str, format: Format) -> Result<Source, Refusal> {
    let unreadable = |error: &io::Error| Refusal::Unreadable(system_reason(error));
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let facts = file.metadata().map_err(|error| unreadable(&error))?;
    if facts.is_dir() {
        return Err(Refusal::Unreadable("这是文件夹，不是文件".to_owned()));
    }
    if facts.len() > MAXIMUM_BYTES {
        return Err(Refusal::Unreadable(ReadError::TooLarge { bytes: facts.len() }.to_string()));
    }
    let expected = usize::try_from(facts.len()).unwrap_or(0);
    read_stream(file, expected, name, format)
}

/// Reads the standard input to its end.
pub(super) fn read_standard_input(name: &str, format: Format) -> Result<Source, Refusal> {
    read_stream(io::stdin().lock(), 0, name, format)
}

fn read_stream(stream: impl Read, expected: usize, name: &str, format: Format) -> Result<Source, Refusal> {
    let mut bytes = Vec::with_capacity(expected.saturating_add(1));
    // A stream has no size beforehand, and a file may grow while it is read.
    let taken = stream.take(MAXIMUM_BYTES + 1).read_to_end(&mut bytes);
    taken.map_err(|error| Refusal::Unreadable(system_reason(&error)))?;
    let source = read::read(name, &bytes, format).map_err(|error| match error {
        ReadError::Blank | ReadError::NoProse => Refusal::NoDocument(error.to_string()),
        other => Refusal::Unreadable(other.to_string()),
    })?;
    if is_report(&source.text) {
        return Err(Refusal::NoDocument("这是 kanwu 的检查报告，不是文稿".to_owned()));
    }
    Ok(source)
}

/// Reads the one file a command is about; `-` is the standard input. The error names the file.
pub(super) fn read_one(path: &Path, stdin_name: Option<&str>) -> Result<Source, String> {
    if path == Path::new("-") {
        let name = stdin_name.unwrap_or(STANDARD_INPUT);
        let source = format_of_standard_input(stdin_name)
            .and_then(|format| read_standard_input(name, format).map_err(Refusal::reason));
        return source.map_err(|reason| format!("{name}：{reason}"));
    }
    let name = path.to_string_lossy();
    let source = existing(path)
        .and_then(|()| format_of(path))
        .and_then(|format| read_file(path, &name, format).map_err(Refusal::reason));
    source.map_err(|reason| format!("{name}：{reason}"))
}

/// Refuses what is not there, or is no file, so that it is not refused for its extension.
fn existing(path: &Path) -> Result<(), String> {
    let facts = path.metadata().map_err(|error| system_reason(&error))?;
    if facts.is_dir() { Err("这是文件夹，不是文件".to_owned()) } else { Ok(()) }
}
