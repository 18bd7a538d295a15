//! Metrics in tables: a figure, the name of its row, the head of its column.

use super::metric::{Bearing, Metric, Origin, Role};
use super::quantity::Quantity;
use super::when::{Clock, When};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::columns;
use crate::document::label::read_label;
use crate::document::value::{Value, ValueKind};
use crate::source::{Role as BlockRole, Span};
use std::collections::BTreeMap;

/// Heads of columns that name no row.
const NO_NAMES: &[&str] = &[
    "序号",
    "单位",
    "计量单位",
    "责任单位",
    "牵头单位",
    "责任部门",
    "备注",
    "属性",
    "指标属性",
    "性质",
    "编号",
    "类型",
];

/// What rows of totals are called.
const TOTALS: &[&str] = &["合计", "总计", "共计", "全市", "全县", "全区", "全省", "全镇"];

/// What the names of places and offices end in: such a row is somebody's.
const OWNERS: &[char] = &['省', '市', '县', '区', '镇', '乡', '道', '村', '局', '委', '办', '校', '院', '厂', '司'];

/// Words in the head of a column that say nothing but for which time, or whether it is planned.
const PLANNED: &[&str] = &["目标", "目标值", "计划", "计划数", "预期", "任务", "任务数", "预算", "预算数", "规划"];
const ACHIEVED: &[&str] = &[
    "完成",
    "完成值",
    "完成数",
    "完成情况",
    "实际",
    "实际值",
    "实绩",
    "决算",
    "决算数",
    "现状",
    "现状值",
    "实现值",
    "基期",
    "基期值",
];

/// Where a cell stands, and the index of its line.
#[derive(Clone, Copy)]
struct Place {
    span: Span,
    line: usize,
}

/// A table, row by row, column by column.
type Grid = BTreeMap<u32, BTreeMap<u32, Place>>;

/// The tables of a document: those that markup shows, and those set in columns of blanks.
fn grids(document: &Document) -> Vec<Grid> {
    let mut marked: BTreeMap<u32, Grid> = BTreeMap::new();
    for (index, line) in document.lines.iter().enumerate() {
        if let BlockRole::Cell { table, row, column } = line.role {
            let place = Place { span: line.span, line: index };
            marked.entry(table).or_default().entry(row).or_default().insert(column, place);
        }
    }
    let numbered = |(line, cells): (usize, Vec<Span>)| {
        (0..).zip(cells.into_iter().map(|span| Place { span, line })).collect::<BTreeMap<u32, Place>>()
    };
    let plain = columns::tables(document).into_iter();
    marked.into_values().chain(plain.map(|rows| (0..).zip(rows.into_iter().map(numbered)).collect())).collect()
}

/// The metrics of all tables.
pub(super) fn find(document: &Document, clock: &Clock<'_>) -> Vec<Metric> {
    grids(document).iter().flat_map(|grid| Reader { document, clock, grid }.read()).collect()
}

/// A row of figures.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which table of the document it is of.
    pub table: usize,
    /// The first and the last line of that table.
    pub lines: (usize, usize),
    /// What it is called.
    pub name: String,
    /// Whether it adds up others.
    pub is_total: bool,
    /// Its figures.
    pub cells: Vec<Figure>,
}

/// A figure of a table.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The head of its column, without the unit.
    pub head: String,
    /// How much, in the unit that the table names.
    pub quantity: Quantity,
    /// Its words.
    pub span: Span,
}

/// The rows of all tables that hold figures.
pub fn rows(document: &Document) -> Vec<Row> {
    let clock = Clock::new(document);
    let mut rows: Vec<Row> = Vec::new();
    for (table, grid) in grids(document).iter().enumerate() {
        let reader = Reader { document, clock: &clock, grid };
        let places = || grid.values().flat_map(BTreeMap::values).map(|place| place.line);
        let lines = (places().min().unwrap_or(0), places().max().unwrap_or(0));
        let mut last = None;
        for cell in reader.cells() {
            if last != Some(cell.row) {
                let name = reader.name(cell.named);
                let is_total = TOTALS.contains(&name.as_str()) || name.ends_with('计');
                rows.push(Row { table, lines, name, is_total, cells: Vec::new() });
                last = Some(cell.row);
            }
            let figure =
                Figure { head: cell.head.words.clone(), quantity: reader.quantity(&cell), span: cell.value.span };
            if let Some(row) = rows.last_mut() {
                row.cells.push(figure);
            }
        }
    }
    rows
}

struct Reader<'d> {
    document: &'d Document,
    clock: &'d Clock<'d>,
    grid: &'d Grid,
}

/// What the head of a column says.
#[derive(Clone)]
struct Head {
    /// All its words, without the unit.
    words: String,
    /// Its words without times and roles.
    what: String,
    unit: String,
    when: Option<When>,
    role: Option<Role>,
}

/// A figure with what names it.
struct Cell<'d> {
    row: u32,
    named: Place,
    head: Head,
    unit: String,
    place: Place,
    value: &'d Value,
}

impl<'d> Reader<'d> {
    fn read(&self) -> Vec<Metric> {
        self.cells().iter().filter_map(|cell| self.metric(cell)).collect()
    }

    /// The figures, row by row.
    fn cells(&self) -> Vec<Cell<'d>> {
        let head_rows =
            self.grid.values().take_while(|row| row.values().all(|&place| self.figure(place).is_none())).count();
        let rows: Vec<(u32, &BTreeMap<u32, Place>)> =
            self.grid.iter().skip(head_rows).map(|(&row, cells)| (row, cells)).collect();
        if head_rows == 0 || rows.is_empty() {
            return Vec::new();
        }
        let columns: Vec<u32> = self.grid.values().next().into_iter().flat_map(|row| row.keys().copied()).collect();
        let heads: BTreeMap<u32, Head> = columns.iter().map(|&column| (column, self.head(column, head_rows))).collect();
        let most = |column: u32, fits: &dyn Fn(Place) -> bool| {
            let cells = rows.iter().filter_map(|(_, row)| row.get(&column));
            cells.clone().filter(|place| fits(**place)).count() * 2 > cells.count()
        };
        let names_none = |column: u32| NO_NAMES.contains(&heads[&column].words.as_str());
        let is_named = |column: u32| most(column, &|place| self.document.slice(place.span).chars().any(is_han));
        let names: Vec<u32> =
            columns.iter().copied().filter(|&column| !names_none(column) && is_named(column)).collect();
        let unit = columns.iter().copied().find(|column| matches!(heads[column].words.as_str(), "单位" | "计量单位"));
        let figures: Vec<u32> = columns
            .iter()
            .copied()
            .filter(|&column| {
                !names_none(column)
                    && most(column, &|place| self.figure(place).is_some() || is_blank(self.document.slice(place.span)))
            })
            .collect();
        let mut cells = Vec::new();
        for (number, row) in &rows {
            let unit = unit.and_then(|column| row.get(&column)).map(|&place| self.words(place)).unwrap_or_default();
            for &column in &figures {
                // Two tables side by side name their rows each.
                let name = names.iter().rev().find(|&&name| name < column).and_then(|name| row.get(name));
                let figure = row.get(&column).and_then(|&place| Some((place, self.figure(place)?)));
                if let (Some(&named), Some((place, value))) = (name, figure) {
                    let head = heads[&column].clone();
                    cells.push(Cell { row: *number, named, head, unit: unit.clone(), place, value });
                }
            }
        }
        cells
    }

    /// What a row is called, without its number and what marks it as a part.
    fn name(&self, named: Place) -> String {
        let (name, _) = without_unit(&self.words(named));
        let name = name.trim_start_matches("其中").trim_start_matches(['：', ':']);
        read_label(name).map_or(name, |label| &name[label.len..]).to_owned()
    }

    fn quantity(&self, cell: &Cell<'_>) -> Quantity {
        let (_, unit_of_name) = without_unit(&self.words(cell.named));
        let mut quantity = Quantity::of(self.document, cell.value);
        let stated = [&cell.unit, &unit_of_name, &cell.head.unit].into_iter().find(|unit| !unit.is_empty());
        if let Some(unit) = stated.filter(|_| quantity.unit.is_empty()) {
            quantity.scale(unit);
        }
        quantity
    }

    fn metric(&self, cell: &Cell<'_>) -> Option<Metric> {
        let (name, head, line) = (self.name(cell.named), &cell.head, cell.place.line);
        let (what, of) = if TOTALS.contains(&name.as_str()) || head.what.is_empty() {
            (if head.what.is_empty() { name } else { head.what.clone() }, String::new())
        } else if name.ends_with(OWNERS) && name.chars().count() > 2 {
            (head.what.clone(), name)
        } else {
            (format!("{name}{}", head.what), String::new())
        };
        (!what.is_empty()).then(|| Metric {
            what,
            of,
            when: head.when.clone().unwrap_or_else(|| self.clock.at(line)),
            role: head.role.unwrap_or_else(|| self.clock.role_at(line)),
            bearing: Bearing::Free,
            quantity: self.quantity(cell),
            span: cell.value.span,
            line,
            origin: Origin::Table,
        })
    }

    fn head(&self, column: u32, rows: usize) -> Head {
        let mut head = Head { words: String::new(), what: String::new(), unit: String::new(), when: None, role: None };
        let mut cells: Vec<Place> = self.grid.values().take(rows).filter_map(|row| row.get(&column).copied()).collect();
        cells.dedup_by_key(|place| self.words(*place));
        for place in cells {
            let span = place.span;
            let (words, unit) = without_unit(&self.words(place));
            head.words.push_str(&words);
            if !unit.is_empty() {
                head.unit = unit;
            }
            let mut words = words;
            for value in self.document.values_in(span) {
                if let Some(when) = self.clock.of_value(value) {
                    head.when = Some(when);
                    words = words.replace(self.document.slice(value.span), "");
                }
            }
            if let Some(when) = self.clock.relative(&words) {
                head.when = Some(when);
            }
            let says = |list: &[&str]| list.contains(&words.trim_start_matches("年"));
            match (says(PLANNED), says(ACHIEVED)) {
                (true, _) => head.role = Some(Role::Planned),
                (_, true) => head.role = Some(Role::Achieved),
                _ if matches!(
                    words.as_str(),
                    "数值" | "数量" | "指标值" | "年" | "金额" | "合计" | "总计" | "共计"
                ) => {}
                _ => head.what.push_str(&words),
            }
        }
        head
    }

    fn words(&self, place: Place) -> String {
        self.document.slice(place.span).chars().filter(|c| !c.is_whitespace() && *c != '\u{3000}').collect()
    }

    /// The figure that a cell is.
    fn figure(&self, place: Place) -> Option<&'d Value> {
        let span = place.span;
        match self.document.values_in(span) {
            [value] if value.span == span => {
                matches!(value.kind, ValueKind::Number | ValueKind::Amount | ValueKind::Percent).then_some(value)
            }
            _ => None,
        }
    }
}

/// Whether a cell says that there is no figure.
fn is_blank(words: &str) -> bool {
    matches!(words.trim(), "" | "—" | "-" | "–" | "/")
}

/// Words without the unit in brackets at their end, and the unit.
fn without_unit(words: &str) -> (String, String) {
    let inside = words.strip_suffix(['）', ')']).and_then(|rest| rest.rsplit_once(['（', '(']));
    match inside {
        Some((name, unit)) if unit.chars().count() <= 6 => (name.to_owned(), unit.to_owned()),
        _ => (words.to_owned(), String::new()),
    }
}
