//! The metrics of a document as a list: in columns for the eye, as CSV for a spreadsheet.

use super::tree;
use crate::cli::words::{cut, table};
use crate::document::Document;
use crate::ledger::metric::{self, Metric, Origin, Role};
use crate::report::place::Places;

/// Columns of the longest cell of a kind; what a metric is called is cut last.
const WHAT: usize = 40;
const OTHERS: usize = 16;

/// The names of the columns.
const COLUMNS: [&str; 6] = ["位置", "时间", "主体", "指标", "数值", "性质"];

/// What the document says of itself, then its metrics in lines of about `columns` columns.
pub(super) fn draw(document: &Document, columns: usize) -> String {
    let metrics = metric::find(document);
    let mut text = tree::head(document, columns);
    if metrics.is_empty() {
        text.push_str("没有读出指标\n");
        return text;
    }
    let what = columns.saturating_sub(OTHERS * 4).max(WHAT);
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    for row in rows_of(document, &metrics) {
        let [place, when, of, name, value, role] = row;
        rows.push(vec![place, cut(&when, OTHERS), cut(&of, OTHERS), cut(&name, what), cut(&value, OTHERS), role]);
    }
    text.push_str(&table(&rows));
    text.push_str(&format!("\n共{}项指标\n", metrics.len()));
    text
}

/// The metrics as CSV in UTF-8 with a byte-order mark, by which spreadsheets know the encoding.
pub(super) fn write_csv(document: &Document) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let rows = rows_of(document, &metric::find(document));
    let written = std::iter::once(COLUMNS.map(str::to_owned)).chain(rows).try_for_each(|row| writer.write_record(&row));
    written.expect("a vector can be written to");
    let bytes = writer.into_inner().expect("a vector can be written to");
    format!("\u{feff}{}", String::from_utf8(bytes).expect("what was written is UTF-8"))
}

fn rows_of(document: &Document, metrics: &[Metric]) -> Vec<[String; 6]> {
    let mut places = Places::new(&document.source);
    let mut row = |metric: &Metric| {
        let position = places.at(document.source.prose.to_source(metric.span).start);
        let role = match (metric.role, metric.origin) {
            (Role::Planned, _) => "计划",
            (Role::Achieved, _) => "完成",
            (Role::Stated, Origin::Table) => "表中",
            (Role::Stated, Origin::Text) => "",
        };
        let value = metric.shown(document.slice(metric.span));
        [
            format!("{}:{}", position.line, position.column),
            metric.when.to_string(),
            metric.of.clone(),
            metric.what.clone(),
            value,
            role.to_owned(),
        ]
    };
    metrics.iter().map(&mut row).collect()
}
