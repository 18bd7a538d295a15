//! The row of totals of a table against the rows above it, column by column.

use super::{rounding, total_hit};
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Role;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What the row of totals is called.
const TOTALS: &[&str] = &["合计", "总计", "共计", "全市合计", "全县合计", "全区合计", "总数"];

/// Words in a header of a column whose figures are not added up.
const NOT_ADDED: &[&str] = &["率", "比", "均", "%", "％", "单价", "标准（", "年份", "序号", "排名", "名次", "得分", "增长", "增幅", "每"];

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
    let body: Vec<&BTreeMap<u32, usize>> = rows.range(first + 1..*last).map(|(_, row)| row).collect();
    let complete = body.iter().all(|row| row.len() == header.len()) && totals.len() == header.len();
    if body.len() < 2 || has_subtotal || !complete {
        return;
    }
    for (column, &line) in totals {
        let Some(total) = plain(case, line) else { continue };
        let title = header.get(column).map(|&line| words(line)).unwrap_or_default();
        let values: Option<Vec<&Value>> = body.iter().map(|row| plain(case, *row.get(column)?)).collect();
        let Some(values) = values.filter(|_| !NOT_ADDED.iter().any(|word| title.contains(word))) else { continue };
        let sum: Decimal = values.iter().map(|value| value.low).sum();
        // Figures with decimals may each have been rounded, the total apart from them.
        let loose: Decimal = values.iter().copied().chain([total]).map(rounding).sum();
        if (sum - total.low).abs() > loose {
            hits.push(total_hit(case, &values, Some(total), total.low, sum));
        }
    }
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
