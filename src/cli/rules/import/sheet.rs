//! A word list as it was read: rows of cells, and how a place in it is named to the person who has it open.

use super::{separated, workbook};
use crate::cli::language::system_reason;
use std::fs;
use std::path::Path;

/// The largest word list that is read, in bytes. What it holds may not exceed the size of a table, which is smaller.
const MAXIMUM_BYTES: u64 = 16 << 20;

/// A cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Cell {
    /// What is written in it.
    Text(String),
    /// Something that is no text, and what to do about it.
    Other(&'static str),
}

impl Cell {
    /// Whether there is nothing to see in it.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Cell::Text(text) if text.trim_matches(is_blank).is_empty())
    }
}

/// Whether a character around a word is no part of it.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Whether a character leaves no ink and takes no room.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A row that is not blank.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number as the user counts, from 1.
    pub(super) number: usize,
    /// Its cells from the first column on; it may have fewer than others.
    pub(super) cells: Vec<Cell>,
}

/// A word list.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The file, as the user named it.
    pub(super) file: String,
    /// The worksheet; `None` for lists that are no workbook.
    pub(super) name: Option<String>,
    /// The rows that are not blank.
    pub(super) rows: Vec<Row>,
    /// Other worksheets that are not blank.
    pub(super) others: Vec<String>,
}

impl Sheet {
    /// Reads a list. The error, in Chinese, names the file.
    pub(super) fn read(path: &Path, wanted: Option<&str>) -> Result<Sheet, String> {
        let file = path.to_string_lossy().into_owned();
        let mut sheet = Sheet { file, name: None, rows: Vec::new(), others: Vec::new() };
        match sheet.fill(path, wanted) {
            Ok(()) => Ok(sheet),
            Err(reason) => Err(format!("{}：{reason}", sheet.file)),
        }
    }

    fn fill(&mut self, path: &Path, wanted: Option<&str>) -> Result<(), String> {
        let facts = fs::metadata(path).map_err(|error| system_reason(&error))?;
        if facts.is_dir() {
            return Err("这是文件夹，不是文件".to_owned());
        }
        if facts.len() > MAXIMUM_BYTES {
            return Err(format!("文件有{}字节，超过16 MiB的上限，请只留下词表", facts.len()));
        }
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let is_workbook = match extension.as_str() {
            "xlsx" | "xlsm" | "xls" | "ods" => true,
            "csv" | "tsv" | "txt" => false,
            _ => return Err("不认识这种类型，请另存为 .xlsx、.xls、.ods 或 .csv".to_owned()),
        };
        if !is_workbook && wanted.is_some() {
            return Err("只有工作簿才有工作表，请去掉 --sheet".to_owned());
        }
        let bytes = fs::read(path).map_err(|error| system_reason(&error))?;
        if is_workbook {
            let found = workbook::read(&self.file, bytes, wanted)?;
            self.name = Some(found.name);
            self.rows = found.rows;
            self.others = found.others;
        } else {
            self.rows = separated::read(&self.file, &bytes, extension == "tsv")?;
        }
        self.rows.retain(|row| !row.cells.iter().all(Cell::is_blank));
        Ok(())
    }

    /// The file, and the worksheet where there is one.
    pub(super) fn place(&self) -> String {
        match &self.name {
            Some(name) => format!("{}：工作表“{name}”", self.file),
            None => format!("{}：", self.file),
        }
    }

    /// The place of a row.
    pub(super) fn row(&self, number: usize) -> String {
        format!("{}第{number}行", self.place())
    }

    /// The place of a cell; columns count from 0.
    pub(super) fn cell(&self, number: usize, column: usize) -> String {
        format!("{}{}", self.row(number), self.column(column))
    }

    /// A column as the user knows it: by letters in a workbook, else by number.
    pub(super) fn column(&self, column: usize) -> String {
        match self.name {
            Some(_) => format!("{}列", letters(column)),
            None => format!("第{}列", column + 1),
        }
    }
}

/// `A`, …, `Z`, `AA`, ….
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        match column / 26 {
            0 => break,
            rest => column = rest - 1,
        }
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let names = [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")];
        for (column, name) in names {
            assert_eq!(letters(column), name);
        }
    }
}
