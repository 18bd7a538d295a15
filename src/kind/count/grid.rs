//! Numbers that count the rows of a table near by, marked up or set in columns of blanks.

use super::{Listed, Stated};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::columns::columns;
use crate::source::{Role, Span};
use std::collections::BTreeMap;

/// What the rows of sums are called.
const SUMS: [&str; 6] = ["合计", "总计", "小计", "共计", "总数", "全市"];

/// How far, in bytes, a number may stand from the head of a paragraph on the table above.
const FAR: usize = 180;

/// The rows of a table below its head, without those of sums; each with its cells by column.
struct Rows<'d> {
    document: &'d Document,
    rows: Vec<BTreeMap<usize, Span>>,
    width: usize,
}

impl<'d> Rows<'d> {
    /// The table one of whose cells stands in the line.
    fn around(document: &'d Document, index: usize) -> Option<Rows<'d>> {
        let mut rows: Vec<BTreeMap<usize, Span>> = Vec::new();
        if let Role::Cell { table: own, .. } = document.lines.get(index)?.role {
            let mut by_row: BTreeMap<u32, BTreeMap<usize, Span>> = BTreeMap::new();
            for line in &document.lines {
                if let Role::Cell { table, row, column } = line.role
                    && table == own
                {
                    by_row.entry(row).or_default().insert(column as usize, line.span);
                }
            }
            rows.extend(by_row.into_values());
        } else {
            let cells = |index: usize| {
                document.lines.get(index).map(|line| columns(document.text(), line.span)).unwrap_or_default()
            };
            if cells(index).len() < 2 {
                return None;
            }
            let start = (0..index).rev().take_while(|&at| cells(at).len() > 1).last().unwrap_or(index);
            let set: Vec<Vec<Span>> =
                (start..document.lines.len()).map(cells).take_while(|cells| cells.len() > 1).collect();
            // 表1　主要指标 above it is no row.
            let width = set.iter().map(Vec::len).max()?;
            let captions = set.iter().take_while(|cells| cells.len() < width).count();
            rows.extend(set.into_iter().skip(captions).map(|cells| cells.into_iter().enumerate().collect()));
        }
        let width = rows.first()?.len();
        let body = rows.into_iter().skip(1).filter(|row| {
            let first = row.values().map(|cell| document.slice(*cell).trim()).find(|words| !words.is_empty());
            !first.is_some_and(|first| SUMS.contains(&first) || first.ends_with("合计") || first.ends_with("小计"))
        });
        let rows: Vec<BTreeMap<usize, Span>> = body.collect();
        // Cells that hold for several rows leave it open what a row is.
        let even = rows.iter().all(|row| row.len() == width);
        (even && rows.len() > 1).then_some(Rows { document, rows, width })
    }

    /// The cells of a column, one a row.
    fn column(&self, column: usize) -> Vec<&'d str> {
        self.rows.iter().filter_map(|row| row.get(&column)).map(|cell| self.document.slice(*cell).trim()).collect()
    }

    /// The columns that hold words.
    fn worded(&self) -> impl Iterator<Item = Vec<&'d str>> {
        (0..self.width)
            .map(|column| self.column(column))
            .filter(|cells| cells.iter().all(|cell| cell.chars().any(is_han)))
    }

    fn listed(&self, found: usize) -> Listed {
        let cell = |row: Option<&BTreeMap<usize, Span>>| row.and_then(|row| row.values().next().copied());
        Listed::new(found, cell(self.rows.first()).into_iter().chain(cell(self.rows.last())).collect())
    }
}

/// 上表12项、五大类: the rows of the table right above, those of one kind (约束性指标2项), or its groups.
pub(super) fn above(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let line = document.lines[index].span;
    let lead = document.slice(Span::new(line.start.min(stated.span.start), stated.span.start));
    let text = document.text();
    let opens = lead.is_empty() && text[stated.span.end..].chars().take(7).any(|c| c == '中');
    // What speaks of the table above stands at the head of its paragraph.
    let told = lead.len() < FAR && (lead.contains("上表") || lead.contains("表中")) && !lead.contains('。');
    if !opens && !told {
        return None;
    }
    let table = Rows::around(document, index.checked_sub(1)?)?;
    let rest = document.slice(Span::new(stated.span.end, line.end.max(stated.span.end)));
    if opens {
        let after = rest.find('中')?;
        // 六项基金中，失业保险基金……: a row is named next.
        let next = rest[after + '中'.len_utf8()..].trim_start_matches(['，', '、']);
        let named = |cells: &[&str]| cells.iter().any(|cell| cell.chars().count() > 1 && next.starts_with(cell));
        return table.worded().any(|cells| named(&cells)).then(|| table.listed(table.rows.len()));
    }
    let clause = lead.rsplit(['，', '；', '、', '。']).next()?;
    let first = clause.len() == lead.len();
    let distinct = |cells: &[&str]| {
        let mut cells = cells.to_vec();
        cells.sort_unstable();
        cells.dedup();
        cells.len()
    };
    if matches!(stated.unit, "大类" | "类") {
        let groups: Vec<usize> = table
            .worded()
            .map(|cells| distinct(&cells))
            .filter(|&count| count > 1 && count < table.rows.len())
            .collect();
        let [only] = groups.as_slice() else { return None };
        return Some(table.listed(*only));
    }
    if first {
        return Some(table.listed(table.rows.len()));
    }
    let of_kind = |cells: Vec<&str>| {
        let kind = cells.iter().find(|cell| cell.chars().count() > 1 && clause.starts_with(**cell)).copied()?;
        let found = cells.iter().filter(|cell| **cell == kind).count();
        (found < cells.len() && distinct(&cells) < cells.len()).then_some(found)
    };
    table.worded().find_map(of_kind).map(|found| table.listed(found))
}

/// 对6个街道、4个镇的补助见下表: the rows of the table below whose names end with the noun.
pub(super) fn kinds(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let noun: String = document.text()[stated.span.end..].chars().take_while(|&c| is_han(c)).take(4).collect();
    let table = (index + 1..index + 5).find_map(|below| Rows::around(document, below))?;
    let places = ["街道", "镇", "乡", "县", "区", "社区", "学校", "小学", "中学", "医院"];
    let kind = places.iter().filter(|place| noun.starts_with(**place)).max_by_key(|place| place.len())?;
    let counts = table.worded().map(|cells| {
        let named = cells.iter().filter(|cell| cell.ends_with(kind) && cell.chars().count() > kind.chars().count());
        let mut names: Vec<&str> = named.copied().collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        // A name that comes twice is no row of its own.
        if names.len() == all { all } else { 0 }
    });
    let found = counts.max()?;
    (found > 1).then(|| table.listed(found))
}
