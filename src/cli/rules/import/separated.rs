//! Lists whose cells are parted by commas or tabs, in any encoding that documents may have.

use super::sheet::{Cell, Row};
use crate::read::{self, Format};
use csv::ReaderBuilder;

/// Reads a list. `tabs` says that its cells are parted by tabs; else its first line tells.
pub(super) fn read(name: &str, bytes: &[u8], tabs: bool) -> Result<Vec<Row>, String> {
    let source = match read::read(name, bytes, Format::Plain) {
        Ok(source) => source,
        Err(read::ReadError::Blank) => return Ok(Vec::new()),
        Err(error) => return Err(error.to_string()),
    };
    let first = source.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = if tabs || first.contains('\t') { b'\t' } else { b',' };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(source.text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("读不出各列（{error}），请另存为 .xlsx 再导入"))?;
        let number = record.position().map_or(0, |position| line(&source.text, position.byte()));
        rows.push(Row { number, cells: record.iter().map(|cell| Cell::Text(cell.to_owned())).collect() });
    }
    Ok(rows)
}

/// The line on which a record begins: the reader's own count takes blank lines before it for its beginning.
fn line(text: &str, byte: u64) -> usize {
    let byte = usize::try_from(byte).unwrap_or(text.len());
    let blank = text[byte..].find(|c| c != '\n' && c != '\r').unwrap_or(0);
    1 + text[..byte + blank].matches('\n').count()
}
