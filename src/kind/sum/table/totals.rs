//! Rows and columns of totals against what they add up.

use super::super::{apart, hit_of, loose_of, rounding, slip};
use super::Reader;
use crate::document::label::{LabelStyle, read_label};
use crate::document::value::Value;
use crate::kind::Hit;
use rust_decimal::Decimal;

/// Words in a header of a column whose figures are not added up.
const NOT_ADDED: &[&str] = &[
    "率",
    "比",
    "均",
    "%",
    "％",
    "单价",
    "标准（",
    "年份",
    "序号",
    "排名",
    "名次",
    "得分",
    "增长",
    "增幅",
    "每",
    "最大",
    "最小",
    "最高",
    "最低",
    "最多",
    "最少",
    "占",
    "次序",
    "编号",
    "亩产",
    "单产",
    "价格",
    "密度",
    "浓度",
];

/// Words in a header of a column that says how much there is at some time.
const STOCKS: &[&str] = &["累计", "年末", "年初", "期末", "期初", "月末"];

/// Words in the name of a row that stands for a time.
const TIMES: &[&str] = &["月", "季", "年", "期", "周", "日"];

/// What rows are called that are no part of the total.
const NO_PARTS: &[&str] = &[
    "平均",
    "均值",
    "人均",
    "户均",
    "最大",
    "最小",
    "最高",
    "最低",
    "占比",
    "比重",
    "增长",
    "增幅",
    "同比",
    "备注",
    "上年同",
    "上年数",
    "上年实",
];

/// Words in a header of a column that adds up others beside it.
const SUMS: &[&str] = &["合计", "小计", "总计", "共计"];

impl<'d> Reader<'_, 'd> {
    fn level(&self, row: usize, column: usize) -> Level {
        let Some(span) = self.grid.rows[row][column] else { return Level::Plain };
        let line = self.case.document.line_at(span.start);
        Level::of(if line.span == span { self.case.slice(line.full) } else { self.case.slice(span) })
    }

    /// The rows of totals against the rows above them, or, where they come first, below.
    pub(super) fn columns(&self, hits: &mut Vec<Hit>) {
        let rows = self.grid.rows.len();
        for label in 0..self.header.len() {
            let Some(last) = (1..rows).find(|&row| self.is_total(row, label)) else { continue };
            // A block of columns ends where the next begins: 收入总计, 支出总计.
            let end =
                (label + 1..self.header.len()).find(|&column| self.is_total(last, column)).unwrap_or(self.header.len());
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
        // What is there at the end of each month is not added up; what is there of each kind is.
        let stock = STOCKS.iter().any(|word| title.contains(word));
        if stock && body.iter().any(|&row| TIMES.iter().any(|word| self.words(row, label).contains(word))) {
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
            .filter(|&row| {
                !matches!(self.words(row, label).as_str(), "" | "—" | "-") || self.value(row, column).is_some()
            })
            .collect();
        let Some(values) = filled.iter().map(|&row| self.value(row, column)).collect::<Option<Vec<&Value>>>() else {
            return;
        };
        let levels = Level::settled(filled.iter().map(|&row| self.level(row, label)).collect());
        let parts = parts_of(&values, &levels);
        let sum: Decimal = parts.iter().map(|value| value.low).sum();
        let all: Decimal = values.iter().map(|value| value.low).sum();
        // Figures with decimals may each have been rounded, the total apart from them.
        let loose = loose_of(self.case, &values, Some(total));
        let fits = |sum: Decimal| (sum - total.low).abs() <= loose;
        // Rows that are seen to make up the one above them are not added once more.
        let mut nested = false;
        // The rows set in below a row make it up, or all but a digit of it.
        for (at, value) in values.iter().enumerate().filter(|(at, _)| levels[*at] != Level::Below) {
            let children: Vec<&Value> = values[at + 1..]
                .iter()
                .zip(&levels[at + 1..])
                .take_while(|(_, level)| **level == Level::Below)
                .map(|(value, _)| *value)
                .collect();
            let below: Decimal = children.iter().map(|value| value.low).sum();
            let pairs: Vec<(&Value, u32)> = children.iter().map(|value| (*value, 1)).collect();
            let loose = loose_of(self.case, &children, Some(value));
            nested |= children.len() > 1 && (below - value.low).abs() <= loose;
            if children.len() > 1
                && (below - value.low).abs() > loose
                && slip::digits(value) > 2
                && slip::explains(Some(value), &pairs, below - value.low)
            {
                hits.push(hit_of(self.case, &children, Some(value), value.low, below));
            }
        }
        let pairs: Vec<(&Value, u32)> = parts.iter().map(|value| (*value, 1)).collect();
        let told = !stock || slip::digits(total) > 2 && slip::explains(Some(total), &pairs, sum - total.low);
        let other =
            !nested && fits(all) || !self.adds_up(total_row, body, column, label) && fits(collapsed(&values, loose));
        if !fits(sum) && !other && parts.len() > 1 && told {
            hits.push(hit_of(self.case, &parts, Some(total), total.low, sum));
        }
    }

    /// Whether all rows are plainly added up to the total in another column, so that they must be in this one.
    fn adds_up(&self, total_row: usize, body: &[usize], column: usize, label: usize) -> bool {
        (label + 1..self.header.len()).filter(|other| *other != column).any(|other| {
            let values: Option<Vec<&Value>> = body.iter().map(|&row| self.value(row, other)).collect();
            let (Some(total), Some(values)) = (self.value(total_row, other), values) else { return false };
            let share =
                total.low == Decimal::ONE_HUNDRED && NOT_ADDED.iter().any(|word| self.header[other].contains(word));
            !share && values.iter().map(|value| value.low).sum::<Decimal>() == total.low && !total.low.is_zero()
        })
    }

    /// Each 小计 against the rows since the last, and the total against all of them.
    fn subtotals(
        &self,
        total: &Value,
        body: &[usize],
        column: usize,
        is_subtotal: &dyn Fn(&usize) -> bool,
        hits: &mut Vec<Hit>,
    ) {
        // 小计 before its rows, or rows without one, are read in too many ways.
        let ends = body.last().is_some_and(is_subtotal) && !body.first().is_some_and(is_subtotal);
        let Some(values) = body.iter().map(|&row| self.value(row, column)).collect::<Option<Vec<&Value>>>() else {
            return;
        };
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
        let rows: Vec<&Value> =
            body.iter().zip(&values).filter(|(row, _)| !is_subtotal(row)).map(|(_, &value)| value).collect();
        // A wrong 小计 is no fault of the total.
        let right = |parts: &[&Value]| {
            (parts.iter().map(|value| value.low).sum::<Decimal>() - total.low).abs() <= rounding(total)
        };
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
        let loose = loose_of(self.case, parts, Some(total));
        if (sum - total.low).abs() > loose && !parts.is_empty() {
            hits.push(hit_of(self.case, parts, Some(total), total.low, sum));
        }
    }

    /// Columns called 合计 or 小计 against those beside them which in most rows add up to them.
    pub(super) fn sum_columns(&self, hits: &mut Vec<Hit>) {
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
                let kept =
                    |column: usize| !NOT_ADDED.iter().chain(STOCKS).any(|word| self.header[column].contains(word));
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

    /// Rows of 其中 that divide the row above them: in one column they do, so they must in the others.
    pub(super) fn among(&self, hits: &mut Vec<Hit>) {
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
            let group: Vec<usize> =
                (row..next).filter(|&other| other == row || !among(other) || alike(other)).collect();
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
    /// （一）住宿费, below 一、 where there is such.
    Bracketed,
    /// 其中：住宿费, or a cell that is set in.
    Below,
    /// Any other.
    Plain,
}

impl Level {
    /// The levels of a column, what is bracketed being below what is numbered.
    fn settled(levels: Vec<Level>) -> Vec<Level> {
        let bracketed = if levels.contains(&Level::Numbered) { Level::Below } else { Level::Numbered };
        levels.into_iter().map(|level| if level == Level::Bracketed { bracketed } else { level }).collect()
    }

    fn of(cell: &str) -> Level {
        let words = cell.trim_start_matches([' ', '|', '\n']);
        // 1.1 under 1.
        if words.len() > 2 && words.chars().all(|c| c.is_ascii_digit() || c == '.') && words.contains('.') {
            return Level::Below;
        }
        if words.starts_with(['\u{3000}', '#']) || words.starts_with("其中") {
            return Level::Below;
        }
        if !words.trim().is_empty() && words.trim().chars().all(|c| "一二三四五六七八九十".contains(c)) {
            return Level::Numbered;
        }
        match read_label(words.trim()) {
            Some(label) if label.style == LabelStyle::HanBracket => Level::Bracketed,
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
