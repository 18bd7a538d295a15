//! Metrics in tables: a figure, the name of its row, the head of its column.

use super::metric::{Bearing, Metric, Origin, Quantity, Role};
use super::when::{Clock, When};
use crate::document::Document;
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

/// A table, row by row, column by column: indexes of lines.
type Grid = BTreeMap<u32, BTreeMap<u32, usize>>;

/// The metrics of all tables that markup shows to be tables.
pub(super) fn find(document: &Document, clock: &Clock<'_>) -> Vec<Metric> {
    let mut grids: BTreeMap<u32, Grid> = BTreeMap::new();
    for (index, line) in document.lines.iter().enumerate() {
        if let BlockRole::Cell { table, row, column } = line.role {
            grids.entry(table).or_default().entry(row).or_default().insert(column, index);
        }
    }
    grids.values().flat_map(|grid| Reader { document, clock, grid }.read()).collect()
}

struct Reader<'a> {
    document: &'a Document,
    clock: &'a Clock<'a>,
    grid: &'a Grid,
}

/// What the head of a column says.
struct Head {
    what: String,
    unit: String,
    when: Option<When>,
    role: Option<Role>,
}

impl Reader<'_> {
    fn read(&self) -> Vec<Metric> {
        let head_rows =
            self.grid.values().take_while(|row| row.values().all(|&line| self.figure(line).is_none())).count();
        let rows: Vec<&BTreeMap<u32, usize>> = self.grid.values().skip(head_rows).collect();
        if head_rows == 0 || rows.is_empty() {
            return Vec::new();
        }
        let columns: Vec<u32> = self.grid.values().next().into_iter().flat_map(|row| row.keys().copied()).collect();
        let heads: BTreeMap<u32, Head> = columns.iter().map(|&column| (column, self.head(column, head_rows))).collect();
        let is_figures = |column: &u32| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.clone().filter(|line| self.figure(**line).is_some()).count() * 2 > cells.count()
        };
        let names: Vec<u32> = columns
            .iter()
            .copied()
            .take_while(|column| !is_figures(column) || NO_NAMES.contains(&heads[column].what.as_str()))
            .filter(|column| !NO_NAMES.contains(&heads[column].what.as_str()))
            .collect();
        let Some(&name) = names.last() else { return Vec::new() };
        let unit = columns.iter().copied().find(|column| matches!(heads[column].what.as_str(), "单位" | "计量单位"));
        let mut metrics = Vec::new();
        for row in &rows {
            let Some(&named) = row.get(&name) else { continue };
            let unit = unit.and_then(|column| row.get(&column)).map(|&line| self.words(line)).unwrap_or_default();
            for column in columns.iter().copied().filter(|&column| column > name && is_figures(&column)) {
                let figure = row.get(&column).and_then(|&line| Some((line, self.figure(line)?)));
                if let Some((line, value)) = figure {
                    metrics.extend(self.metric(named, &heads[&column], &unit, line, value));
                }
            }
        }
        metrics
    }

    fn metric(&self, named: usize, head: &Head, unit: &str, line: usize, value: &Value) -> Option<Metric> {
        let (name, unit_of_name) = without_unit(&self.words(named));
        let mut quantity = Quantity::of(self.document, value);
        let stated = [unit, &unit_of_name, &head.unit].into_iter().find(|unit| !unit.is_empty());
        if let Some(unit) = stated.filter(|_| quantity.unit.is_empty()) {
            quantity.scale(unit);
        }
        let name = name.trim_start_matches("其中").trim_start_matches(['：', ':']);
        let (what, of) = if TOTALS.contains(&name) || head.what.is_empty() {
            (if head.what.is_empty() { name.to_owned() } else { head.what.clone() }, String::new())
        } else if name.ends_with(OWNERS) && name.chars().count() > 2 {
            (head.what.clone(), name.to_owned())
        } else {
            (format!("{name}{}", head.what), String::new())
        };
        (!what.is_empty()).then(|| Metric {
            what,
            of,
            when: head.when.clone().unwrap_or_else(|| self.clock.at(line)),
            role: head.role.unwrap_or_else(|| self.clock.role_at(line)),
            bearing: Bearing::Free,
            quantity,
            span: value.span,
            line,
            origin: Origin::Table,
        })
    }

    fn head(&self, column: u32, rows: usize) -> Head {
        let mut head = Head { what: String::new(), unit: String::new(), when: None, role: None };
        let mut cells: Vec<usize> = self.grid.values().take(rows).filter_map(|row| row.get(&column).copied()).collect();
        cells.dedup_by_key(|line| self.words(*line));
        for line in cells {
            let span = self.document.lines[line].span;
            let (words, unit) = without_unit(&self.words(line));
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
                _ if matches!(words.as_str(), "数值" | "数量" | "指标值" | "年" | "金额") => {}
                _ => head.what.push_str(&words),
            }
        }
        head
    }

    fn words(&self, line: usize) -> String {
        self.document
            .slice(self.document.lines[line].span)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{3000}')
            .collect()
    }

    /// The figure that a cell is.
    fn figure(&self, line: usize) -> Option<&Value> {
        let span: Span = self.document.lines[line].span;
        match self.document.values_in(span) {
            [value] if value.span == span => {
                matches!(value.kind, ValueKind::Number | ValueKind::Amount | ValueKind::Percent).then_some(value)
            }
            _ => None,
        }
    }
}

/// Words without the unit in brackets at their end, and the unit.
fn without_unit(words: &str) -> (String, String) {
    let inside = words.strip_suffix(['）', ')']).and_then(|rest| rest.rsplit_once(['（', '(']));
    match inside {
        Some((name, unit)) if unit.chars().count() <= 6 => (name.to_owned(), unit.to_owned()),
        _ => (words.to_owned(), String::new()),
    }
}
