//! The rows and columns of a table, of which cells may take several.

/// Where the next cell of a table stands.
#[derive(Default)]
pub(super) struct Grid {
    row: u32,
    column: usize,
    /// For each column, how many rows from this one on are taken.
    taken: Vec<u32>,
    begun: bool,
}

/// Far more columns than any page has; a page may claim any number.
const MOST_COLUMNS: usize = 1000;

impl Grid {
    /// Begins a row.
    pub(super) fn next_row(&mut self) {
        if self.begun {
            self.row += 1;
            self.taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
        self.begun = true;
        self.column = 0;
    }

    /// Ends a group of rows, beyond which no cell reaches.
    pub(super) fn end_group(&mut self) {
        self.taken.iter_mut().for_each(|rows| *rows = (*rows).min(1));
    }

    /// Places a cell and gives its row and its first column. `rows` of 0 means all that follow in the group.
    pub(super) fn place(&mut self, columns: usize, rows: u32) -> (u32, u32) {
        self.begun = true;
        while self.taken.get(self.column).is_some_and(|&rows| rows > 0) {
            self.column += 1;
        }
        let first = self.column;
        let end = (first + columns.max(1)).min(MOST_COLUMNS.max(first + 1));
        if end <= MOST_COLUMNS {
            if self.taken.len() < end {
                self.taken.resize(end, 0);
            }
            let rows = if rows == 0 { u32::MAX } else { rows };
            self.taken[first..end].fill(rows);
        }
        self.column = end;
        (self.row, u32::try_from(first).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_span_push_others_aside() {
        let mut grid = Grid::default();
        grid.next_row();
        assert_eq!(grid.place(1, 2), (0, 0));
        assert_eq!(grid.place(2, 1), (0, 1));
        assert_eq!(grid.place(1, 0), (0, 3));
        grid.next_row();
        assert_eq!(grid.place(1, 1), (1, 1));
        assert_eq!(grid.place(1, 1), (1, 2));
        assert_eq!(grid.place(1, 1), (1, 4));
        grid.end_group();
        grid.next_row();
        assert_eq!(grid.place(1, 1), (2, 0));
        assert_eq!(grid.place(usize::MAX / 2, u32::MAX), (2, 1));
        assert_eq!(grid.place(1, 1), (2, 1000));
    }
}
