//! Which numbered lines are headings, and which lines without a number.

use super::{Line, LineKind, is_broken};
use crate::document::character::{is_at_most, is_blank};
use crate::document::label::{Label, looks_like_heading};
use crate::source::Role;

/// Tells headings from items, then finds headings without a number.
pub(super) fn mark_headings(text: &str, lines: &mut [Line]) {
    for index in 0..lines.len() {
        let line = lines[index];
        let next = lines.get(index + 1).filter(|next| next.division == line.division);
        if let (LineKind::Item, Some(label)) = (line.kind, line.label)
            && is_numbered_heading(line.span.of(text), label, next)
            && !next.is_some_and(|next| is_broken(text, &line, next))
        {
            lines[index].kind = LineKind::Heading;
        }
    }
    for index in 0..lines.len() {
        let line = lines[index];
        let next = lines.get(index + 1).filter(|next| next.division == line.division);
        if line.kind == LineKind::Paragraph
            && line.role == Role::Text
            && is_unnumbered_heading(line.span.of(text), next)
        {
            lines[index].kind = LineKind::Heading;
        }
    }
}

fn is_numbered_heading(words: &str, label: Label, next: Option<&Line>) -> bool {
    use crate::document::label::LabelStyle::{Article, Chapter, HanComma, Section, Volume};
    let body = words[label.len..].trim_start_matches(is_blank);
    match label.style {
        Article => false,
        Volume | Chapter | Section => is_at_most(body, 40) && !body.contains('。'),
        _ => {
            // A heading may end in 。 by mistake; it is still one when nothing else stands on the line.
            let short = is_at_most(body, 50)
                && !body.trim_end_matches('。').contains(['。', '；', '！'])
                && !body.ends_with(['；', ';', '：', ':']);
            let ends_sentence = body.ends_with('。');
            let leads_down = next.is_some_and(|next| match next.label {
                Some(below) => below.style > label.style,
                None => matches!(next.kind, LineKind::Paragraph | LineKind::Heading),
            });
            short
                && (!ends_sentence || label.style == HanComma)
                && (leads_down || label.style == HanComma && !ends_sentence && is_at_most(body, 40))
        }
    }
}

fn is_unnumbered_heading(words: &str, next: Option<&Line>) -> bool {
    let lead_line = words.ends_with(['：', ':']) && is_at_most(words, 9);
    // A heading of two clauses is told from a broken sentence by the numbered items it leads to.
    let clauses = || 1 + words.matches(['，', ',']).count();
    let leads_to = |kind| next.is_some_and(|next| next.kind == kind);
    let leads = || leads_to(LineKind::Item) && clauses() <= 2 || leads_to(LineKind::Paragraph) && clauses() == 1;
    (lead_line || looks_like_heading(words)) && leads()
}
