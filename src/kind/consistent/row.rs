//! What a sentence repeats of a row of the table beside it.

use super::super::{Case, Hit};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::enumeration::common_unit;
use crate::document::layout::LineKind;
use crate::document::part::{Part, PartKind};
use crate::document::value::{Bound, Value, ValueKind};
use crate::kind::prose;
use crate::ledger::slip;
use crate::ledger::table::{Figure, Row, rows};
use crate::source::Span;
use rust_decimal::Decimal;

/// How many lines may stand between a sentence and the table after it, and before it.
const NEAR: (usize, usize) = (8, 3);

/// The fewest digits by which a slip is told from another number, and by which what is repeated is told from chance.
const DIGITS: usize = 3;

/// Reports a value of a sentence that is a slip of a figure in a row of which the sentence repeats others.
pub fn find(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let document = case.document;
    let rows = rows(document);
    if rows.is_empty() {
        return;
    }
    for sentence in document.parts(PartKind::Sentence) {
        if !matches!(document.lines[sentence.line].kind, LineKind::Paragraph | LineKind::Item) {
            continue;
        }
        let is_near = |row: &&Row| {
            let (first, last) = row.lines;
            (sentence.line < first && first - sentence.line <= NEAR.0)
                || (sentence.line > last && sentence.line - last <= NEAR.1)
        };
        let (near, far): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(is_near);
        let far: Vec<&Row> = far.into_iter().filter(|row| row.is_total).collect();
        let sentence = Sentence::new(document, sentence);
        sentence.figures(&near, true, hits);
        sentence.figures(&far, false, hits);
        sentence.range(&near, hits);
    }
}

/// A sentence with its quantities.
struct Sentence<'d> {
    document: &'d Document,
    words: &'d str,
    values: Vec<&'d Value>,
}

impl<'d> Sentence<'d> {
    fn new(document: &'d Document, sentence: &Part) -> Sentence<'d> {
        let is_quantity = |value: &&Value| {
            matches!(value.kind, ValueKind::Amount | ValueKind::Percent) && value.bound != Bound::About
        };
        let values = document.values_in(sentence.span).iter().filter(is_quantity).collect();
        Sentence { document, words: document.slice(sentence.span), values }
    }

    fn clause(&self, value: &Value) -> &'d str {
        self.document.slice(prose::clause(self.document, value.span))
    }

    /// The words before a value, from the value before it.
    fn lead(&self, value: &Value) -> &'d str {
        let clause = prose::clause(self.document, value.span);
        let ends = self.values.iter().map(|other| other.span.end).filter(|&end| end <= value.span.start);
        let start = ends.max().unwrap_or(0).max(clause.start);
        self.document.slice(Span::new(start, value.span.start))
    }

    /// Rows far off must be named by the heads of their columns.
    fn figures(&self, rows: &[&Row], is_near: bool, hits: &mut Vec<Hit>) {
        let exact: Vec<&Value> = self.values.iter().copied().filter(|value| value.is_exact()).collect();
        if exact.len() < 2 || rows.is_empty() {
            return;
        }
        let equals =
            |value: &Value, figure: &Figure| is_like(self.document, value, figure) && value.low == figure.quantity.low;
        let is_told = |figure: &Figure| exact.iter().any(|value| equals(value, figure));
        for &value in &exact {
            // What stands in the table by that name is meant for that; a long number, wherever it stands.
            let named = |row: &Row, figure: &Figure| {
                digits(value.low, value.step) >= DIGITS
                    || has_head(self.lead(value), figure)
                    || self.words.contains(&row.name)
            };
            if rows.iter().any(|row| row.cells.iter().any(|figure| equals(value, figure) && named(row, figure))) {
                continue;
            }
            let meant: Vec<&Figure> = rows.iter().flat_map(|row| self.slips(value, row, is_near, &is_told)).collect();
            if let [figure] = meant.as_slice() {
                let words = self.document.slice(figure.span);
                let hit = Hit::at(value.span).related(figure.span, "表中的数");
                hits.push(
                    hit.hole("value", self.document.slice(value.span)).hole("other", words).hole("name", &*figure.head),
                );
            }
        }
    }

    /// The figures of a row that a value is a slip of, where enough speaks for the row.
    fn slips<'r>(
        &self,
        value: &Value,
        row: &'r Row,
        is_near: bool,
        is_told: &dyn Fn(&Figure) -> bool,
    ) -> Vec<&'r Figure> {
        let told: Vec<&Figure> = row.cells.iter().filter(|figure| is_told(figure)).collect();
        if told.is_empty() {
            return Vec::new();
        }
        let shown: usize = told.iter().map(|figure| digits(figure.quantity.low, figure.quantity.step)).sum();
        let named = row.name.chars().count() > 1 && !row.is_total && self.words.contains(&row.name);
        let heads =
            (told.len() > 1 || row.is_total && shown > 1) && told.iter().all(|figure| has_head(self.words, figure));
        let lead = self.lead(value);
        let fits = |figure: &&Figure| {
            if is_told(figure) || !is_like(self.document, value, figure) {
                return false;
            }
            let same = slip::digits((value.low, value.step), (figure.quantity.low, figure.quantity.step));
            same.is_some_and(|same| {
                heads && has_head(lead, figure)
                    || is_near
                        && same >= DIGITS
                        && (told.len() > 1 && shown > DIGITS + 1 && (named || row.is_total)
                            || named
                                && shown >= DIGITS
                                && (has_head(lead, figure) || told.iter().any(|figure| has_head(self.words, figure))))
            })
        };
        row.cells.iter().filter(fits).collect()
    }

    /// 各县优良天数为301～327天: the least and the greatest of a column.
    fn range(&self, rows: &[&Row], hits: &mut Vec<Hit>) {
        for value in self.values.iter().filter(|value| value.range.is_some() && self.words.contains('各')) {
            let clause = self.clause(value);
            let mut column: Vec<&Figure> = rows
                .iter()
                .filter(|row| !row.is_total)
                .flat_map(|row| &row.cells)
                .filter(|figure| has_head(clause, figure) && is_like(self.document, value, figure))
                .collect();
            column.sort_by_key(|figure| figure.quantity.low);
            let (Some(least), Some(most)) = (column.first(), column.last()) else { continue };
            let one = column.iter().all(|figure| figure.head == least.head);
            let (low, high) = (value.low == least.quantity.low, value.high == most.quantity.low);
            if column.len() > 2 && one && low != high {
                let figure = if low { most } else { least };
                let words = self.document.slice(figure.span);
                let hit = Hit::at(value.span).related(figure.span, "表中的数");
                hits.push(
                    hit.hole("value", self.document.slice(value.span)).hole("other", words).hole("name", &*figure.head),
                );
            }
        }
    }
}

/// Whether the head of a figure's column stands in the words.
fn has_head(words: &str, figure: &Figure) -> bool {
    let head: String = figure.head.chars().filter(|&c| is_han(c)).collect();
    head.chars().count() > 1 && words.contains(&head)
}

/// Whether a value may be a figure: both percentages, or both in the unit, where the table names one.
fn is_like(document: &Document, value: &Value, figure: &Figure) -> bool {
    let percent = |kind: ValueKind| kind == ValueKind::Percent;
    let unit = figure.quantity.unit.as_str();
    percent(value.kind) == percent(figure.quantity.kind)
        && (unit.is_empty() || common_unit(unit) == common_unit(document.slice(value.unit)))
}

/// How many digits a number shows.
fn digits(low: Decimal, step: Decimal) -> usize {
    low.abs().checked_div(step).map_or(0, |shown| shown.round().normalize().to_string().len())
}
