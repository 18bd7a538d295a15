//! One form throughout: of 其他 and 其它 the one the document uses more.

use super::super::{Case, Hit};
use super::Prefer;
use crate::document::part::PartKind;
use crate::pattern::Pattern;
use crate::source::Span;

/// Reports the forms of a group that are not the one to follow.
pub fn find(case: &Case<'_>, group: &[Pattern], prefer: Prefer, hits: &mut Vec<Hit>) {
    let mut found: Vec<Vec<Span>> = group.iter().map(|form| places(case, form, group)).collect();
    if found.iter().filter(|places| !places.is_empty()).count() < 2 {
        return;
    }
    let first_of = |places: &Vec<Span>| places.first().map_or(usize::MAX, |span| span.start);
    let right = match prefer {
        Prefer::Listed => (0..group.len()).find(|&index| !found[index].is_empty()),
        Prefer::First => (0..group.len()).min_by_key(|&index| first_of(&found[index])),
        Prefer::Majority => {
            (0..group.len()).min_by_key(|&index| (std::cmp::Reverse(found[index].len()), first_of(&found[index])))
        }
    };
    let Some(right) = right else { return };
    let evidence = std::mem::take(&mut found[right]);
    for span in found.into_iter().flatten() {
        let nearest = evidence.iter().min_by_key(|other| other.start.abs_diff(span.start)).copied().unwrap_or(span);
        hits.push(Hit::at(span).related(nearest, "他处的写法").hole("other", group[right].source()));
    }
}

/// Where a form stands, except inside a longer form of the group or the title of another document.
fn places(case: &Case<'_>, form: &Pattern, group: &[Pattern]) -> Vec<Span> {
    let words = form.source();
    let longer = |other: &&Pattern| other.source().len() > words.len() && other.source().contains(words);
    let longer: Vec<&Pattern> = group.iter().filter(longer).collect();
    let text = case.document.text();
    let stands = |span: &Span| {
        let inside = longer.iter().any(|other| {
            let offset = other.source().find(words).unwrap_or(usize::MAX);
            span.start
                .checked_sub(offset)
                .and_then(|at| text.get(at..))
                .is_some_and(|rest| rest.starts_with(other.source()))
        });
        !inside && case.document.enclosing(PartKind::BookTitle, *span).is_none() && !case.document.is_skipped(*span)
    };
    case.scan.places(form, case.part.span).filter(stands).collect()
}
