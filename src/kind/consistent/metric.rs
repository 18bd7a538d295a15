//! One quantity, one value: what a document, or the documents of a set, state twice.

use super::super::{Across, Case, Hit};
use crate::ledger::agreement::contradictions;
use crate::ledger::metric::{self, Metric};
use crate::ledger::when::When;
use crate::ledger::{Ledger, Stated};

/// Reports metrics that contradict one stated before, in another line.
pub fn find(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let metrics = metric::find(case.document);
    for (later, earlier) in contradictions(&metrics, |metric| metric, |a, b| a.line != b.line) {
        let hit = Hit::at(later.span).related(earlier.span, "他处的数值");
        let words = |metric: &Metric| metric.shown(case.slice(metric.span));
        hits.push(hit.hole("name", later.what.clone()).hole("value", words(later)).hole("other", words(earlier)));
    }
}

/// Reports metrics that contradict one of an earlier document.
pub fn across<'l>(ledgers: &'l [Ledger], hits: &mut Vec<Across<'l>>) {
    let all: Vec<(usize, &Stated<Metric>)> = ledgers
        .iter()
        .enumerate()
        .flat_map(|(index, ledger)| ledger.metrics.iter().map(move |metric| (index, metric)))
        // 今年 is another year in another document.
        .filter(|(_, metric)| !matches!(metric.value.when, When::Told(_) | When::Year(0, _)))
        .collect();
    for (later, earlier) in contradictions(&all, |(_, metric)| &metric.value, |a, b| a.0 != b.0) {
        let ((at, metric), (other, contradicted)) = (*later, *earlier);
        hits.push(Across {
            at: (at, &metric.place),
            related: (other, &contradicted.place, "另一份文件的数值"),
            holes: vec![
                ("name", metric.value.what.clone()),
                ("value", metric.value.shown(&metric.place.words)),
                ("other", contradicted.value.shown(&contradicted.place.words)),
                ("file", ledgers[other].file_name().to_owned()),
            ],
        });
    }
}
