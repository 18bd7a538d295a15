//! Several rates that make one sum: 36个村每村20万元、12个示范村每村另补助10万元，合计840万元; 8个共同体，每个由1所高校、2所高中组成，
//! 共24所.

use super::verdict::{Factor, is_total, options};
use super::{FAR, Outcome, Rate};
use crate::document::value::Value;
use crate::kind::compare::{float, in_unit_of, is_change, is_rate, relative, times_apart, written};
use crate::kind::{Case, Hit};
use crate::source::Span;

/// One addend: values of a list, times what they are per.
struct Addend<'d> {
    list: Vec<&'d Value>,
    count: Factor<'d>,
}

impl Addend<'_> {
    fn number(&self) -> f64 {
        self.list.iter().map(|value| float(value.low)).sum::<f64>() * self.count.number
    }

    fn written(&self, case: &Case<'_>) -> String {
        let list: Vec<String> = self.list.iter().map(|value| written(case, value)).collect();
        let list = if list.len() > 1 { format!("({})", list.join("+")) } else { list.concat() };
        self.count.value.map_or(list.clone(), |count| format!("{}×{list}", written(case, count)))
    }
}

/// Holds the rates of a stretch, `rate` being the first, against the total after them.
pub(super) fn judge<'d>(case: &Case<'d>, rate: &Rate<'d>, around: Span) -> Option<Outcome> {
    let document = case.document;
    let values = document.values_in(around);
    let mut addends: Vec<Addend<'d>> = Vec::new();
    let mut at = around.start;
    for value in values.iter().filter(|value| is_rate(document, value) && rate.total(case, value).is_some()) {
        // 每年共需8万元 is a total itself; the rest of a list belongs to its first.
        if value.span.start < at || addends.len() > 3 {
            continue;
        }
        let own = Rate::read(document, value)?;
        let [divisor] = own.divisors.as_slice() else { return None };
        if own.averaged
            || !value.is_exact()
            || is_total(document, value) && !addends.is_empty() && own.clause.contains(['共', '合', '总'])
        {
            return None;
        }
        let list = list(case, value);
        let before: Vec<&Value> = document.values_in(Span::new(at, value.span.start)).iter().collect();
        let counts = options(document, around, &before, divisor, true);
        let after: Vec<&Value> = document.values_in(Span::new(list.last()?.span.end, around.end)).iter().collect();
        let later = || options(document, around, &after, divisor, true).into_iter().next().filter(|_| list.len() > 1);
        let count = counts.last().copied().or_else(later)?;
        at = list.last()?.span.end;
        addends.push(Addend { list, count });
    }
    let first = addends.first()?.list[0];
    let is_sum = addends.len() > 1 || addends[0].list.len() > 1;
    if first.span != rate.value.span || !is_sum {
        return None;
    }
    let summed = |value: &&Value| {
        is_total(document, value)
            && !is_rate(document, value)
            && !is_change(document, value)
            && rate.total(case, value).is_some()
    };
    let counted =
        |value: &&Value| addends.iter().all(|addend| addend.count.value.is_none_or(|count| count.span != value.span));
    let total = document
        .values_in(Span::new(at, around.end))
        .iter()
        .filter(counted)
        .find(summed)
        .filter(|total| total.is_exact())?;
    let between = case.slice(Span::new(at, total.span.start));
    if !["共", "合计", "总计", "计"].iter().any(|word| between.contains(word)) {
        return None;
    }
    let sum: f64 = addends.iter().map(Addend::number).sum();
    let stated = rate.total(case, total)?;
    let error = addends.iter().map(|addend| addend.count.error).chain([relative(total)]).fold(1e-9, f64::hypot);
    if (sum - stated).abs() <= sum * error {
        return Some(Outcome::Right);
    }
    if times_apart(sum, stated) > FAR {
        return None;
    }
    let working: Vec<String> = addends.iter().map(|addend| addend.written(case)).collect();
    let expected = in_unit_of(case, sum * float(total.low) / stated, total, 4);
    let mut hit = Hit::at(total.span)
        .hole("expected", expected)
        .hole("working", working.join("+"))
        .hole("second", case.slice(total.span));
    for addend in &addends {
        let mut factors: Vec<Span> =
            addend.count.value.iter().copied().chain(addend.list.iter().copied()).map(|value| value.span).collect();
        factors.sort_by_key(|span| span.start);
        hit = factors.into_iter().fold(hit, |hit, span| hit.related(span, "因数"));
    }
    Some(Outcome::Wrong(hit))
}

/// A value and those of its unit that follow it between 、.
fn list<'d>(case: &Case<'d>, first: &'d Value) -> Vec<&'d Value> {
    let document = case.document;
    let line = document.line_at(first.span.start).span;
    let mut list = vec![first];
    for next in document.values_in(Span::new(first.span.end, line.end.max(first.span.end))) {
        let last = list[list.len() - 1];
        let between = case.slice(Span::new(last.span.end, next.span.start));
        let joined = between.contains(['、', '和']) && !between.contains(['，', '。', '；', '每']);
        if !joined || !next.is_exact() || case.slice(next.unit) != case.slice(first.unit) {
            break;
        }
        list.push(next);
    }
    list
}
