//! Tables: their cells as numbers, and what the columns and rows of them must agree in.

mod derived;
mod totals;

use crate::document::columns::columns;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::{Role, Span};
use std::collections::BTreeMap;

/// What the row of totals is called.
const TOTALS: &[&str] = &["合计", "总计", "共计", "全市合计", "全县合计", "全区合计", "总数"];

/// The cells of a table; the first row is its header.
struct Grid {
    rows: Vec<Vec<Option<Span>>>,
}

/// Compares the shares of a table with what they are shares of.
pub(super) fn shares(case: &Case<'_>, hits: &mut Vec<Hit>) {
    for grid in &grids(case) {
        Reader::new(case, grid).derived(hits);
    }
}

/// Compares the totals of a table with the figures they are of; a column with a cell that holds no plain number is passed over.
pub(super) fn find(case: &Case<'_>, hits: &mut Vec<Hit>) {
    for grid in &grids(case) {
        let reader = Reader::new(case, grid);
        let mut found: Vec<Hit> = Vec::new();
        reader.columns(&mut found);
        reader.sum_columns(&mut found);
        reader.among(&mut found);
        found.sort_by_key(|hit| hit.span.start);
        found.dedup_by_key(|hit| hit.span);
        hits.append(&mut found);
    }
}

/// The tables of what is given.
fn grids(case: &Case<'_>) -> Vec<Grid> {
    if case.part.kind == PartKind::Table { marked_up(case).into_iter().collect() } else { plain_tables(case) }
}

/// The table of a marked-up text.
fn marked_up(case: &Case<'_>) -> Option<Grid> {
    let document = case.document;
    let mut rows: BTreeMap<u32, BTreeMap<u32, Span>> = BTreeMap::new();
    for cell in document.parts(PartKind::Cell).iter().filter(|cell| case.part.span.contains(cell.span)) {
        let line = &document.lines[cell.line];
        if let Role::Cell { row, column, .. } = line.role {
            rows.entry(row).or_default().insert(column, line.span);
        }
    }
    let width = rows.values().flat_map(BTreeMap::keys).max()? + 1;
    let cells = |row: &BTreeMap<u32, Span>| (0..width).map(|column| row.get(&column).copied()).collect();
    Some(Grid { rows: rows.values().map(cells).collect() })
}

/// Tables of a plain text: lines in a row with as many columns, between tabs or wide blanks.
fn plain_tables(case: &Case<'_>) -> Vec<Grid> {
    let document = case.document;
    let mut grids = Vec::new();
    let mut rows: Vec<Vec<Option<Span>>> = Vec::new();
    for line in document.lines.iter().filter(|line| !matches!(line.role, Role::Cell { .. })).map(Some).chain([None]) {
        let cells = line.map(|line| columns(document.text(), line.span)).unwrap_or_default();
        let width = rows.first().map_or(0, Vec::len);
        if cells.len() > 1 && (rows.is_empty() || cells.len() == width) {
            rows.push(cells.into_iter().map(Some).collect());
            continue;
        }
        // “合计　10800” may leave out the cells between.
        if cells.len() > 1 && cells.len() < width && TOTALS.contains(&document.slice(cells[0])) {
            let gap = vec![None; width - cells.len()];
            let mut row: Vec<Option<Span>> = vec![Some(cells[0])];
            row.extend(gap);
            row.extend(cells[1..].iter().copied().map(Some));
            rows.push(row);
            continue;
        }
        let table = std::mem::take(&mut rows);
        if table.len() > 3 {
            grids.push(Grid { rows: table });
        }
        rows = if cells.len() > 1 { vec![cells.into_iter().map(Some).collect()] } else { Vec::new() };
    }
    grids
}

/// A grid with what its cells say.
struct Reader<'c, 'd> {
    case: &'c Case<'d>,
    grid: &'c Grid,
    header: Vec<String>,
}

impl<'c, 'd> Reader<'c, 'd> {
    fn new(case: &'c Case<'d>, grid: &'c Grid) -> Reader<'c, 'd> {
        let mut reader = Reader { case, grid, header: Vec::new() };
        reader.header = (0..grid.rows.first().map_or(0, Vec::len)).map(|column| reader.words(0, column)).collect();
        reader
    }

    fn words(&self, row: usize, column: usize) -> String {
        self.grid.rows[row][column]
            .map_or_else(String::new, |span| self.case.slice(span).replace([' ', '\u{3000}'], ""))
    }

    fn value(&self, row: usize, column: usize) -> Option<&'d Value> {
        plain(self.case, self.grid.rows[row].get(column).copied().flatten()?)
    }

    fn is_total(&self, row: usize, column: usize) -> bool {
        let words = self.words(row, column);
        TOTALS.contains(&words.as_str()) || words.ends_with("总计")
    }
}

/// The number that a cell is.
fn plain<'d>(case: &Case<'d>, span: Span) -> Option<&'d Value> {
    match case.document.values_in(span) {
        [value]
            if value.is_exact()
                && value.span == span
                && matches!(value.kind, ValueKind::Number | ValueKind::Amount | ValueKind::Percent) =>
        {
            Some(value)
        }
        _ => None,
    }
}
