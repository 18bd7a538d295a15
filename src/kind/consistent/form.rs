//! One form throughout: of 其他 and 其它 the one the document uses more.

use super::super::{Case, Hit, prose};
use super::Prefer;
use crate::document::part::PartKind;
use crate::source::Span;

/// Reports the forms of a group that are not the one to follow.
pub fn find(case: &Case<'_>, group: &[String], prefer: Prefer, hits: &mut Vec<Hit>) {
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
        hits.push(Hit::at(span).related(nearest, "他处的写法").hole("other", group[right].clone()));
    }
}

/// Where a form stands, except inside a longer form of the group or the title of another document.
fn places(case: &Case<'_>, form: &str, group: &[String]) -> Vec<Span> {
    let longer: Vec<&String> = group.iter().filter(|other| other.len() > form.len() && other.contains(form)).collect();
    let mut places = Vec::new();
    for line in prose::lines(case.document, case.part.span) {
        let text = case.slice(line.span);
        for (at, _) in text.match_indices(form) {
            let inside = longer.iter().any(|other| {
                other.find(form).is_some_and(|offset| at >= offset && text[at - offset..].starts_with(other.as_str()))
            });
            let span = Span::new(line.span.start + at, line.span.start + at + form.len());
            let quoted = case.document.enclosing(PartKind::BookTitle, span).is_some();
            if !inside && !quoted && !case.document.is_skipped(span) {
                places.push(span);
            }
        }
    }
    places
}
