//! The row of totals of a table against the rows above it, column by column.

use super::{apart, hit_of, loose, rounding, slip};
use crate::document::label::{LabelStyle, read_label};
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::{Role, Span};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// What the row of totals is called.
const TOTALS: &[&str] = &["合计", "总计", "共计", "全市合计", "全县合计", "全区合计", "总数"];

/// Words in a header of a column whose figures are not added up.
const NOT_ADDED: &[&str] = &["率", "比", "均", "%", "％", "单价", "标准（", "年份", "序号", "排名", "名次", "得分", "增长", "增幅", "每", "最大", "最小",
    "最高", "最低", "最多", "最少", "累计", "年末", "年初", "期末", "期初", "月末", "占", "次序", "编号",
];

/// What rows are called that are no part of the total.
const NO_PARTS: &[&str] = &["平均", "均值", "人均", "户均", "最大", "最小", "最高", "最低", "占比", "比重", "增长", "增幅", "同比", "备注", "上年同", "上年数", "上年实"];

/// Words in a header of a column that adds up others beside it.
const SUMS: &[&str] = &["合计", "小计", "总计", "共计"];

/// The cells of a table; the first row is its header.
struct Grid {
    rows: Vec<Vec<Option<Span>>>,
}

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

/// Compares the shares of a table with what they are shares of.
pub(super) fn shares(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let grids = if case.part.kind == PartKind::Table { marked_up(case).into_iter().collect() } else { plain_tables(case) };
    for grid in &grids {
        Reader::new(case, grid).shares(hits);
    }
}

/// Compares the totals of a table with the figures they are of; a column with a cell that holds no plain number is passed over.
pub(super) fn find(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let grids = if case.part.kind == PartKind::Table { marked_up(case).into_iter().collect() } else { plain_tables(case) };
    for grid in &grids {
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
        let cells = line.map(|line| columns_of(document.text(), line.span)).unwrap_or_default();
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

/// The columns of a line, where tabs or wide blanks divide it.
fn columns_of(text: &str, line: Span) -> Vec<Span> {
    let words = line.of(text);
    if !words.contains(['\t', '\u{3000}']) || words.contains('。') {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut at = line.start;
    for cell in words.split(['\t', '\u{3000}']) {
        let end = at + cell.len();
        let blank = cell.len() - cell.trim_start().len();
        if !cell.trim().is_empty() {
            cells.push(Span::new(at + blank, at + cell.trim_end().len()));
        }
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    cells
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
        self.grid.rows[row][column].map_or_else(String::new, |span| self.case.slice(span).replace([' ', '\u{3000}'], ""))
    }

    fn value(&self, row: usize, column: usize) -> Option<&'d Value> {
        plain(self.case, self.grid.rows[row].get(column).copied().flatten()?)
    }

    fn is_total(&self, row: usize, column: usize) -> bool {
        let words = self.words(row, column);
        TOTALS.contains(&words.as_str()) || words.ends_with("总计")
    }

    fn level(&self, row: usize, column: usize) -> Level {
        let Some(span) = self.grid.rows[row][column] else { return Level::Plain };
        let line = self.case.document.line_at(span.start);
        Level::of(if line.span == span { self.case.slice(line.full) } else { self.case.slice(span) })
    }

    /// The rows of totals against the rows above them, or, where they come first, below.
    fn columns(&self, hits: &mut Vec<Hit>) {
        let rows = self.grid.rows.len();
        for label in 0..self.header.len() {
            let Some(last) = (1..rows).find(|&row| self.is_total(row, label)) else { continue };
            // A block of columns ends where the next begins: 收入总计, 支出总计.
            let end = (label + 1..self.header.len()).find(|&column| self.is_total(last, column)).unwrap_or(self.header.len());
            let body: Vec<usize> = if last == 1 { (2..rows).collect() } else { (1..last).collect() };
            let name = |row: usize| self.words(row, label);
            let body: Vec<usize> =
                body.into_iter().filter(|&row| !NO_PARTS.iter().any(|word| name(row).starts_with(word))).collect();
            if body.len() < 2 {
                continue;
            }
            for column in label + 1..end {
                self.column(last, &body, label, column, hits);
            }
        }
    }

    fn column(&self, total_row: usize, body: &[usize], label: usize, column: usize, hits: &mut Vec<Hit>) {
        let Some(total) = self.value(total_row, column) else { return };
        let title = &self.header[column];
        let titles = |part: &str| self.header.iter().any(|title| title.contains(part));
        // Who came twice is counted once among 人数.
        if NOT_ADDED.iter().any(|word| title.contains(word)) || title.contains("人数") && titles("人次") {
            return;
        }
        let is_subtotal = |row: &usize| (0..column).any(|cell| self.words(*row, cell).ends_with("小计"));
        if body.iter().any(is_subtotal) {
            return self.subtotals(total, body, column, &is_subtotal, hits);
        }
        // Where two blocks stand side by side, the shorter ends in blanks.
        let filled: Vec<usize> = body
            .iter()
            .copied()
            .filter(|&row| !matches!(self.words(row, label).as_str(), "" | "—" | "-") || self.value(row, column).is_some())
            .collect();
        let Some(values) = filled.iter().map(|&row| self.value(row, column)).collect::<Option<Vec<&Value>>>() else { return };
        let levels: Vec<Level> = filled.iter().map(|&row| self.level(row, label)).collect();
        let parts = parts_of(&values, &levels);
        let sum: Decimal = parts.iter().map(|value| value.low).sum();
        let all: Decimal = values.iter().map(|value| value.low).sum();
        // Figures with decimals may each have been rounded, the total apart from them.
        let loose = loose(values.iter().copied().chain([total]));
        let fits = |sum: Decimal| (sum - total.low).abs() <= loose;
        // The rows set in below a row make it up, or all but a digit of it.
        for (at, value) in values.iter().enumerate().filter(|(at, _)| levels[*at] != Level::Below) {
            let children: Vec<&Value> =
                values[at + 1..].iter().zip(&levels[at + 1..]).take_while(|(_, level)| **level == Level::Below).map(|(value, _)| *value).collect();
            let below: Decimal = children.iter().map(|value| value.low).sum();
            let pairs: Vec<(&Value, u32)> = children.iter().map(|value| (*value, 1)).collect();
            if children.len() > 1 && (below - value.low).abs() > loose && slip::digits(value) > 2 && slip::explains(Some(value), &pairs, below - value.low) {
                hits.push(hit_of(self.case, &children, Some(value), value.low, below));
            }
        }
        if !fits(sum) && !fits(all) && !fits(collapsed(&values, loose)) && parts.len() > 1 {
            hits.push(hit_of(self.case, &parts, Some(total), total.low, sum));
        }
    }

    /// Each 小计 against the rows since the last, and the total against all of them.
    fn subtotals(&self, total: &Value, body: &[usize], column: usize, is_subtotal: &dyn Fn(&usize) -> bool, hits: &mut Vec<Hit>) {
        // 小计 before its rows, or rows without one, are read in too many ways.
        let ends = body.last().is_some_and(is_subtotal) && !body.first().is_some_and(is_subtotal);
        let Some(values) = body.iter().map(|&row| self.value(row, column)).collect::<Option<Vec<&Value>>>() else { return };
        if !ends {
            return;
        }
        let mut subtotals: Vec<&Value> = Vec::new();
        let mut wrong: Vec<Hit> = Vec::new();
        let mut group: Vec<&Value> = Vec::new();
        for (row, &value) in body.iter().zip(&values) {
            if !is_subtotal(row) {
                group.push(value);
                continue;
            }
            let group = std::mem::take(&mut group);
            self.compare(value, &group, &mut wrong);
            subtotals.push(value);
        }
        let rows: Vec<&Value> = body.iter().zip(&values).filter(|(row, _)| !is_subtotal(row)).map(|(_, &value)| value).collect();
        // A wrong 小计 is no fault of the total.
        let right = |parts: &[&Value]| (parts.iter().map(|value| value.low).sum::<Decimal>() - total.low).abs() <= rounding(total);
        if !right(&rows) {
            self.compare(total, &subtotals, &mut wrong);
        }
        // More than one that is wrong says that the table is made otherwise.
        if wrong.len() == 1 {
            hits.append(&mut wrong);
        }
    }

    fn compare(&self, total: &Value, parts: &[&Value], hits: &mut Vec<Hit>) {
        let sum: Decimal = parts.iter().map(|value| value.low).sum();
        let loose = loose(parts.iter().copied().chain([total]));
        if (sum - total.low).abs() > loose && !parts.is_empty() {
            hits.push(hit_of(self.case, parts, Some(total), total.low, sum));
        }
    }

    /// Columns called 合计 or 小计 against those beside them which in most rows add up to them.
    fn sum_columns(&self, hits: &mut Vec<Hit>) {
        let rows = 1..self.grid.rows.len();
        for sums in 0..self.header.len() {
            let title = self.header[sums].split(['（', '(']).next().unwrap_or_default();
            if !SUMS.contains(&title) {
                continue;
            }
            let ranges = (1..sums).flat_map(|from| (from + 2..=sums).map(move |to| from..to));
            let after = (sums + 3..=self.header.len()).map(|to| sums + 1..to);
            let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
            let mut candidates: Vec<std::ops::Range<usize>> = ranges.chain(after).collect();
            candidates.sort_by_key(|range| std::cmp::Reverse(range.len()));
            for range in candidates {
                let kept = |column: usize| !NOT_ADDED.iter().any(|word| self.header[column].contains(word));
                let inner = taken.iter().any(|other| other.start <= range.start && range.end <= other.end);
                if inner || !range.clone().all(kept) {
                    continue;
                }
                let mut wrong: Vec<Hit> = Vec::new();
                let mut read = 0;
                for row in rows.clone() {
                    let parts: Option<Vec<&Value>> = range.clone().map(|column| self.value(row, column)).collect();
                    if let (Some(total), Some(parts)) = (self.value(row, sums), parts) {
                        read += 1;
                        self.compare(total, &parts, &mut wrong);
                    }
                }
                // A slip in one row, in a table whose other rows say what the column is.
                if read > 2 && wrong.len() * 3 <= read {
                    taken.push(range);
                    hits.append(&mut wrong);
                }
            }
        }
    }

    /// Columns of shares and rates: what in most rows is one column divided by another, or by its total, must be so in all.
    pub(super) fn shares(&self, hits: &mut Vec<Hit>) {
        let rows = self.grid.rows.len();
        for column in 1..self.header.len() {
            let title = &self.header[column];
            if !["占", "比重", "比例", "构成", "率"].iter().any(|word| title.contains(word)) {
                continue;
            }
            let shown = |row: usize| self.value(row, column).filter(|value| value.high <= HUNDRED * HUNDRED);
            let of_total = (1..self.header.len()).filter(|&other| other != column).filter_map(|other| {
                let total = (1..rows).find(|&row| shown(row).is_some_and(|share| share.low == HUNDRED) && self.value(row, other).is_some())?;
                let whole = self.value(total, other)?;
                Some((1..rows).map(|row| (row, self.value(row, other), Some(whole))).collect::<Vec<_>>())
            });
            let pairs = (1..self.header.len()).flat_map(|part| (1..self.header.len()).map(move |whole| (part, whole)));
            let of_column = pairs.filter(|(part, whole)| part != whole && *part != column && *whole != column).map(|(part, whole)| {
                (1..rows).map(|row| (row, self.value(row, part), self.value(row, whole))).collect::<Vec<_>>()
            });
            for relation in of_total.chain(of_column) {
                let read: Vec<(&Value, &Value, &Value)> = relation
                    .into_iter()
                    .filter_map(|(row, part, whole)| Some((shown(row)?, part?, whole?)))
                    .filter(|(.., whole)| !whole.low.is_zero())
                    .collect();
                let expected = |part: &Value, whole: &Value, share: &Value| {
                    (part.low * HUNDRED / whole.low).round_dp_with_strategy(share.step.normalize().scale(), RoundingStrategy::MidpointAwayFromZero)
                };
                let wrong: Vec<&(&Value, &Value, &Value)> = read
                    .iter()
                    .filter(|(share, part, whole)| (expected(part, whole, share) - share.low).abs() > share.step)
                    .collect();
                if read.len() > 3 && wrong.len() * 4 <= read.len() {
                    for (share, part, whole) in wrong {
                        let hit = Hit::at(share.span)
                            .hole("working", format!("{}÷{}", self.case.slice(part.span), self.case.slice(whole.span)))
                            .hole("total", self.case.slice(whole.span).to_owned())
                            .hole("sum", expected(part, whole, share).normalize().to_string())
                            .hole("parts", "1".to_owned());
                        hits.push(hit.related(part.span, "部分").related(whole.span, "总数"));
                    }
                    break;
                }
            }
        }
    }

    /// Rows of 其中 that divide the row above them: in one column they do, so they must in the others.
    fn among(&self, hits: &mut Vec<Hit>) {
        let label = |row: usize| self.grid.rows[row].first().copied().flatten();
        let indent = |row: usize| {
            let full = label(row).map_or("", |span| self.case.slice(self.case.document.line_at(span.start).full));
            full.trim_start_matches(['|', ' ']).chars().take_while(|&c| c == '\u{3000}').count()
        };
        let among = |row: usize| self.words(row, 0).starts_with("其中");
        let mut row = 2;
        while row < self.grid.rows.len() {
            if !among(row) {
                row += 1;
                continue;
            }
            let depth = indent(row);
            let alike = |other: usize| among(other) && indent(other) == depth;
            let deeper = |other: usize| !among(other) && indent(other) > depth;
            let next = if row + 1 < self.grid.rows.len() && deeper(row + 1) {
                (row + 1..self.grid.rows.len()).take_while(|&other| indent(other) > depth).last().unwrap_or(row) + 1
            } else {
                (row + 1..self.grid.rows.len()).take_while(|&other| alike(other)).last().unwrap_or(row) + 1
            };
            let group: Vec<usize> = (row..next).filter(|&other| other == row || !among(other) || alike(other)).collect();
            let parent = (1..row).rev().find(|&above| !among(above) && indent(above) <= depth);
            if let Some(parent) = parent.filter(|_| group.len() > 1) {
                self.divided(parent, &group, hits);
            }
            row = next;
        }
    }

    fn divided(&self, parent: usize, group: &[usize], hits: &mut Vec<Hit>) {
        let names: Vec<String> = group.iter().map(|&row| self.words(row, 0).replace("其中：", "")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut wrong: Vec<Hit> = Vec::new();
        let mut read = 0;
        for column in 1..self.header.len() {
            let parts: Option<Vec<&Value>> = group.iter().map(|&row| self.value(row, column)).collect();
            if let (Some(total), Some(parts)) = (self.value(parent, column), parts) {
                read += 1;
                self.compare(total, &parts, &mut wrong);
            }
        }
        if wrong.len() == 1 && (read > 1 || apart::are_all(&names)) {
            hits.append(&mut wrong);
        }
    }
}

/// Where a row stands among the others, as its first cell shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// 一、差旅费.
    Numbered,
    /// 其中：住宿费, or a cell that is set in.
    Below,
    /// Any other.
    Plain,
}

impl Level {
    fn of(cell: &str) -> Level {
        let words = cell.trim_start_matches([' ', '|', '\n']);
        // 1.1 under 1.
        if words.len() > 2 && words.chars().all(|c| c.is_ascii_digit() || c == '.') && words.contains('.') {
            return Level::Below;
        }
        if words.starts_with(['\u{3000}', '#']) || words.starts_with("其中") {
            return Level::Below;
        }
        match read_label(words.trim()) {
            Some(label) if label.style != LabelStyle::ArabicBracket => Level::Numbered,
            _ => Level::Plain,
        }
    }
}

/// The values of the rows that make up the total: the numbered ones where only some are, else all that are no part of
/// another.
fn parts_of<'d>(values: &[&'d Value], levels: &[Level]) -> Vec<&'d Value> {
    let is_some = |level: Level| levels.contains(&level) && levels.iter().any(|other| *other != level);
    let keep = |level: Level| if is_some(Level::Numbered) { level == Level::Numbered } else { level != Level::Below };
    let all_below = levels.iter().all(|level| *level == Level::Below);
    values.iter().zip(levels).filter(|(_, level)| all_below || keep(**level)).map(|(value, _)| *value).collect()
}

/// Up to how many rows are tried as parts of the row above them.
const MOST_ROWS: usize = 300;

/// The sum without the rows that make up the row above them.
fn collapsed(values: &[&Value], loose: Decimal) -> Decimal {
    let mut sum = Decimal::ZERO;
    let mut at = 0;
    // Larger tables are not read by people row by row; their levels show in the first cells.
    let values = &values[..values.len().min(MOST_ROWS)];
    while let Some(value) = values.get(at) {
        sum += value.low;
        at += 1;
        let mut below = Decimal::ZERO;
        let children = values[at..].iter().position(|child| {
            below += child.low;
            (below - value.low).abs() <= loose
        });
        // One row that equals the one above it is none of its parts.
        at += children.filter(|&last| last > 0 && !value.low.is_zero()).map_or(0, |last| last + 1);
    }
    sum
}

/// The number that a cell is.
fn plain<'d>(case: &Case<'d>, span: Span) -> Option<&'d Value> {
    match case.document.values_in(span) {
        [value] if value.is_exact() && value.span == span && matches!(value.kind, ValueKind::Number | ValueKind::Amount | ValueKind::Percent) => {
            Some(value)
        }
        _ => None,
    }
}
