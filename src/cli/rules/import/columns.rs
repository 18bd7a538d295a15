//! Which column is which, told by the headings.

use super::sheet::{Cell, Sheet, is_blank};

/// In how many rows from the top the headings are looked for: many a list begins with a title.
const ROWS_TO_HEADINGS: usize = 10;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    Wrong,
    Right,
    NotWhen,
    Basis,
}

impl Role {
    pub(super) const ALL: [Role; 4] = [Role::Wrong, Role::Right, Role::NotWhen, Role::Basis];

    /// The name of the column in a table.
    pub(super) fn name(self) -> &'static str {
        match self {
            Role::Wrong => "wrong",
            Role::Right => "right",
            Role::NotWhen => "not-when",
            Role::Basis => "basis",
        }
    }

    /// The headings it goes by, parted by blanks.
    fn headings(self) -> &'static str {
        match self {
            Role::Wrong => {
                "误 错 错误 错误写法 错误用法 错误表述 错误用语 错词 错误词 误写 误用 误形 不规范 不规范写法 不规范用法 \
                 不规范表述 不规范用语 wrong"
            }
            Role::Right => {
                "正 正确 正确写法 正确用法 正确表述 正确用语 正词 正确词 正形 规范 规范写法 规范用法 规范表述 规范用语 \
                 应为 应改为 改为 right"
            }
            Role::NotWhen => "不算误 不算错 例外 例外情况 not-when notwhen",
            Role::Basis => "依据 出处 basis",
        }
    }

    /// What messages call it: the first of its headings.
    pub(super) fn label(self) -> &'static str {
        self.headings().split(' ').next().unwrap_or_default()
    }

    fn of(cell: &Cell) -> Option<Role> {
        let Cell::Text(text) = cell else { return None };
        let heading: String = text.chars().filter(|&c| !is_blank(c)).flat_map(char::to_lowercase).collect();
        let heading = heading.trim_end_matches(['：', ':']).replace('_', "-");
        Role::ALL.into_iter().find(|role| role.headings().split(' ').any(|known| known == heading))
    }
}

/// Where the columns are.
#[derive(Debug)]
pub(super) struct Columns {
    /// The column of each role, in the order of [`Role::ALL`].
    places: [Option<usize>; 4],
    /// How many of the sheet's rows stand before the first word.
    pub(super) skipped: usize,
    /// What the user should know.
    pub(super) notes: Vec<String>,
}

impl Columns {
    /// The column of a role.
    pub(super) fn of(&self, role: Role) -> Option<usize> {
        self.places[role as usize]
    }

    /// Finds the columns. The errors, in Chinese, name the place and what to write there.
    pub(super) fn find(sheet: &Sheet) -> Result<Columns, Vec<String>> {
        let roles = |index: usize| -> Vec<Option<Role>> { sheet.rows[index].cells.iter().map(Role::of).collect() };
        let top = ROWS_TO_HEADINGS.min(sheet.rows.len());
        let is_whole =
            |roles: &[Option<Role>]| [Role::Wrong, Role::Right].iter().all(|role| roles.contains(&Some(*role)));
        match (0..top).find(|&index| is_whole(&roles(index))) {
            Some(index) => Columns::headed(sheet, index, &roles(index)),
            None => Columns::bare(sheet, &roles(0)),
        }
    }

    fn headed(sheet: &Sheet, index: usize, roles: &[Option<Role>]) -> Result<Columns, Vec<String>> {
        let row = &sheet.rows[index];
        let mut columns = Columns { places: [None; 4], skipped: index + 1, notes: Vec::new() };
        let mut mistakes = Vec::new();
        for role in Role::ALL {
            let mut found = (0..roles.len()).filter(|&column| roles[column] == Some(role));
            columns.places[role as usize] = found.next();
            if let (Some(first), Some(second)) = (columns.of(role), found.next()) {
                mistakes.push(format!(
                    "{}：“{}”已在{}，请删去其中一列的列名",
                    sheet.cell(row.number, second),
                    role.label(),
                    sheet.column(first)
                ));
            }
        }
        if let Some(last) = index.checked_sub(1) {
            let first = sheet.rows[0].number;
            let last = sheet.rows[last].number;
            let range = if first == last { format!("第{first}行") } else { format!("第{first}至{last}行") };
            columns.notes.push(format!("{}{range}在列名之前，略去", sheet.place()));
        }
        let width = sheet.rows[index..].iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let is_used = |column: usize| {
            sheet.rows[index..].iter().any(|row| row.cells.get(column).is_some_and(|cell| !cell.is_blank()))
        };
        let extra: Vec<String> = (0..width)
            .filter(|&column| roles.get(column).is_none_or(Option::is_none) && is_used(column))
            .map(|column| match row.cells.get(column) {
                Some(Cell::Text(name)) if !name.trim_matches(is_blank).is_empty() => {
                    format!("{}“{}”", sheet.column(column), name.trim_matches(is_blank))
                }
                _ => sheet.column(column),
            })
            .collect();
        if !extra.is_empty() {
            columns.notes.push(format!("{}略去{}", sheet.place(), extra.join("、")));
        }
        if mistakes.is_empty() { Ok(columns) } else { Err(mistakes) }
    }

    /// The columns of a list without headings.
    fn bare(sheet: &Sheet, first: &[Option<Role>]) -> Result<Columns, Vec<String>> {
        let known = |role| first.contains(&Some(role));
        for (there, missing) in [(Role::Wrong, Role::Right), (Role::Right, Role::Wrong)] {
            if known(there) {
                return Err(vec![format!(
                    "{}：有“{}”列，没有“{}”列，请补上列名，如{}",
                    sheet.row(sheet.rows[0].number),
                    there.label(),
                    missing.label(),
                    examples(missing)
                )]);
            }
        }
        let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let is_used =
            |column: &usize| sheet.rows.iter().any(|row| row.cells.get(*column).is_some_and(|cell| !cell.is_blank()));
        let used: Vec<usize> = (0..width).filter(is_used).collect();
        let &[wrong, right] = used.as_slice() else {
            return Err(vec![format!(
                "{}：认不出列名，请在第一行写列名：错误的一列写{}，正确的一列写{}",
                sheet.row(sheet.rows[0].number),
                examples(Role::Wrong),
                examples(Role::Right)
            )]);
        };
        let note = format!("{}没有列名，把{}作为误，{}作为正", sheet.place(), sheet.column(wrong), sheet.column(right));
        Ok(Columns { places: [Some(wrong), Some(right), None, None], skipped: 0, notes: vec![note] })
    }
}

fn examples(role: Role) -> String {
    let first = role.headings().split(' ').take(3).map(|heading| format!("“{heading}”"));
    first.collect::<Vec<_>>().join("或")
}
