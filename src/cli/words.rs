//! Columns of text: how wide words stand on a terminal, tables of them, and words cut to fit.

use crate::report::columns::{shorten, visible, width};

/// `text` followed by blanks up to `columns`.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{:blanks$}", "", blanks = columns.saturating_sub(width(text)))
}

/// `text` on one line, as a terminal shows it, in at most `columns` columns.
pub(super) fn cut(text: &str, columns: usize) -> String {
    shorten(&visible(text), columns).into_owned()
}

/// Rows whose cells stand under each other, two blanks between columns; the last column is not padded.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let mut lines = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&padded(cell, *width));
            line.push_str("  ");
        }
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_under_each_other() {
        let rows = [
            vec!["a/b".to_owned(), "必须改".to_owned(), "甲".to_owned()],
            vec!["c".to_owned(), "提示".to_owned(), "乙".to_owned()],
        ];
        assert_eq!(table(&rows), "a/b  必须改  甲\nc    提示    乙\n");
    }
}
