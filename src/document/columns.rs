//! Tables of a plain text: lines in a row with as many columns, between tabs or wide blanks.

use super::Document;
use crate::source::{Role, Span};

/// The rows of a table set in columns of blanks; each with the line it stands in and its cells.
pub type Rows = Vec<(usize, Vec<Span>)>;

/// More bytes than a row of a table has.
const LONGEST: usize = 600;

/// The columns of a line, where tabs or wide blanks divide it; none of a line that holds a sentence.
pub fn columns(text: &str, line: Span) -> Vec<Span> {
    let words = line.of(text);
    // A text is sought faster than any of some characters.
    if line.len() > LONGEST || !words.contains('\t') && !words.contains("\u{3000}") || words.contains('。') {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut at = line.start;
    for cell in words.split(['\t', '\u{3000}']) {
        let blank = cell.len() - cell.trim_start().len();
        if !cell.trim().is_empty() {
            cells.push(Span::new(at + blank, at + cell.trim_end().len()));
        }
        let end = at + cell.len();
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    cells
}

/// All such tables: four lines or more, each with the columns of the widest; a caption in columns above is no row.
pub fn tables(document: &Document) -> Vec<Rows> {
    let mut tables = Vec::new();
    let mut rows: Rows = Vec::new();
    for (index, line) in document.lines.iter().enumerate() {
        let cells =
            if matches!(line.role, Role::Cell { .. }) { Vec::new() } else { columns(document.text(), line.span) };
        if cells.len() > 1 {
            rows.push((index, cells));
        } else if !rows.is_empty() {
            tables.extend(even(std::mem::take(&mut rows)));
        }
    }
    tables.extend(even(rows));
    tables
}

/// The rows of full width, where there are enough of them in a row.
fn even(rows: Rows) -> Option<Rows> {
    let width = rows.iter().map(|(_, cells)| cells.len()).max()?;
    let first = rows.iter().position(|(_, cells)| cells.len() == width)?;
    let rows: Rows = rows.into_iter().skip(first).take_while(|(_, cells)| cells.len() == width).collect();
    (rows.len() > 3).then_some(rows)
}
