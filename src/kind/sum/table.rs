//! The row of totals of a table against the rows above it, column by column.

use super::{rounding, hit_of};
use crate::document::label::{LabelStyle, read_label};
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Role;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What the row of totals is called.
const TOTALS: &[&str] = &["合计", "总计", "共计", "全市合计", "全县合计", "全区合计", "总数"];

/// Words in a header of a column whose figures are not added up.
const NOT_ADDED: &[&str] = &["率", "比", "均", "%", "％", "单价", "标准（", "年份", "序号", "排名", "名次", "得分", "增长", "增幅", "每", "最大", "最小",
    "最高", "最低", "最多", "最少", "累计", "年末", "年初", "期末", "期初", "月末", "占", "次序", "编号",
];

/// What rows are called that are no part of the total.
const NO_PARTS: &[&str] = &["平均", "均值", "人均", "户均", "最大", "最小", "最高", "最低", "占比", "比重", "增长", "增幅", "同比", "备注", "上年"];

/// Compares each column of a table with its total; a column with a cell that holds no plain number is passed over.
pub(super) fn find(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let document = case.document;
    let mut rows: BTreeMap<u32, BTreeMap<u32, usize>> = BTreeMap::new();
    for cell in document.parts(PartKind::Cell).iter().filter(|cell| case.part.span.contains(cell.span)) {
        let line = &document.lines[cell.line];
        if let Role::Cell { row, column, .. } = line.role {
            rows.entry(row).or_default().insert(column, cell.line);
        }
    }
    let words = |line: usize| document.slice(document.lines[line].span).replace([' ', '\u{3000}'], "");
    let is_total = |row: &BTreeMap<u32, usize>| row.values().next().is_some_and(|&line| TOTALS.contains(&words(line).as_str()));
    let Some((last, totals)) = rows.iter().find(|(_, row)| is_total(row)) else { return };
    let Some((first, header)) = rows.iter().next() else { return };
    // Subtotals among the rows would count twice.
    let has_subtotal = rows.values().flat_map(BTreeMap::values).any(|&line| words(line).contains("小计"));
    let name = |row: &BTreeMap<u32, usize>| row.values().next().map(|&line| words(line)).unwrap_or_default();
    let rows: Vec<&BTreeMap<u32, usize>> = rows.range(first + 1..*last).map(|(_, row)| row).collect();
    let complete = rows.iter().all(|row| row.len() == header.len()) && totals.len() == header.len();
    let body: Vec<&BTreeMap<u32, usize>> =
        rows.into_iter().filter(|row| !NO_PARTS.iter().any(|word| name(row).starts_with(word))).collect();
    if body.len() < 2 || has_subtotal || !complete {
        return;
    }
    let levels: Vec<Level> = body.iter().map(|row| Level::of(row.values().next().map_or("", |&line| document.slice(document.lines[line].full)))).collect();
    let titles = |part: &str| header.values().any(|&line| words(line).contains(part));
    for (column, &line) in totals {
        let Some(total) = plain(case, line) else { continue };
        let title = header.get(column).map(|&line| words(line)).unwrap_or_default();
        let values: Option<Vec<&Value>> = body.iter().map(|row| plain(case, *row.get(column)?)).collect();
        let Some(values) = values.filter(|_| !NOT_ADDED.iter().any(|word| title.contains(word))) else { continue };
        // Who came twice is counted once among 人数.
        if title.contains("人数") && titles("人次") {
            continue;
        }
        let parts = parts_of(&values, &levels);
        let sum: Decimal = parts.iter().map(|value| value.low).sum();
        let all: Decimal = values.iter().map(|value| value.low).sum();
        // Figures with decimals may each have been rounded, the total apart from them.
        let loose: Decimal = values.iter().copied().chain([total]).map(rounding).sum();
        let fits = |sum: Decimal| (sum - total.low).abs() <= loose;
        if !fits(sum) && !fits(all) && !fits(collapsed(&values, loose)) && parts.len() > 1 {
            hits.push(hit_of(case, &parts, Some(total), total.low, sum));
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
fn plain<'d>(case: &Case<'d>, line: usize) -> Option<&'d Value> {
    let span = case.document.lines[line].span;
    match case.document.values_in(span) {
        [value] if value.is_exact() && value.span == span && matches!(value.kind, ValueKind::Number | ValueKind::Amount) => {
            Some(value)
        }
        _ => None,
    }
}
