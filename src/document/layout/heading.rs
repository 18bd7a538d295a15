//! Which numbered lines are headings, and which lines without a number.

use super::{Line, LineKind, is_broken};
use crate::document::character::{digit, is_at_most, is_blank, is_han};
use crate::document::label::{Label, LabelStyle, looks_like_heading};
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
    return_sentences(text, lines);
    for index in 0..lines.len() {
        let line = lines[index];
        let next = lines.get(index + 1).filter(|next| next.division == line.division);
        let words = line.span.of(text);
        if line.kind == LineKind::Paragraph
            && line.role == Role::Text
            && is_unnumbered_heading(words, next)
            && !is_entry(words)
            && !is_slogan(text, lines, index)
        {
            lines[index].kind = LineKind::Heading;
        }
    }
}

/// Makes items of the headings 一、 that end in 。 where their siblings are sentences too: 三、 above 此复。 in a reply.
fn return_sentences(text: &str, lines: &mut [Line]) {
    let is_sentence = |line: &Line| line.span.of(text).trim_end_matches('”').ends_with(['。', '；']);
    let is_sibling =
        |line: &Line, kind| line.kind == kind && line.label.is_some_and(|label| label.style == LabelStyle::HanComma);
    // By division: whether an item is a sentence, and whether a heading is none.
    let mut found = vec![(false, false); lines.last().map_or(0, |line| line.division + 1)];
    for line in lines.iter() {
        let seen = &mut found[line.division];
        seen.0 |= is_sibling(line, LineKind::Item) && is_sentence(line);
        seen.1 |= is_sibling(line, LineKind::Heading) && !is_sentence(line);
    }
    for line in lines.iter_mut() {
        let is_like_items = found[line.division] == (true, false);
        if is_like_items && line.role == Role::Text && is_sibling(line, LineKind::Heading) {
            line.kind = LineKind::Item;
        }
    }
}

/// Whether a line is an entry: 分会场：会议室, 8:30—9:00　报到, 云政发〔2024〕3号.
fn is_entry(words: &str) -> bool {
    let clock = |words: &str| {
        let hours = words.len() - words.trim_start_matches(|c| digit(c).is_some()).len();
        let minutes = words[hours..].strip_prefix([':', '：']).unwrap_or_default();
        hours > 0 && minutes.starts_with(|c| digit(c).is_some())
    };
    let labelled = words.split_once(['：', ':']).is_some_and(|(label, value)| {
        let bare = label.split(['（', '(']).next().unwrap_or_default();
        !value.is_empty() && (2..=8).contains(&bare.chars().count()) && bare.chars().all(|c| is_han(c) || is_blank(c))
    });
    // A place of a form to be signed: （盖章）　　年　　月　　日.
    let blank_date = words.trim_end_matches(is_blank).strip_suffix('日').is_some_and(|rest| {
        let rest = rest.trim_end_matches(is_blank).strip_suffix('月');
        rest.is_some_and(|rest| rest.trim_end_matches(is_blank).ends_with('年'))
    });
    labelled || blank_date || clock(words) || words.ends_with('号') && words.contains('〔')
}

/// Whether a line of two clauses stands beside another whose clauses are as long, or of one length as its own are.
fn is_slogan(text: &str, lines: &[Line], index: usize) -> bool {
    let measure = |line: &Line| {
        let (first, second) = line.span.of(text).split_once('，')?;
        is_at_most(second, 15).then(|| (first.chars().count(), second.chars().count()))
    };
    let Some(own) = measure(&lines[index]) else { return false };
    let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|at| lines.get(at));
    let mut measures = neighbours.filter(|line| line.label.is_none()).filter_map(measure);
    measures.any(|other| other == own || own.0 == own.1 && other.0 == other.1)
}

fn is_numbered_heading(words: &str, label: Label, next: Option<&Line>) -> bool {
    use LabelStyle::{Article, Chapter, HanComma, Section, Volume};
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::source::Source;
    use std::sync::Arc;

    /// The kinds of the lines below a title.
    fn kinds(text: &str) -> Vec<LineKind> {
        let document = Document::new(Arc::new(Source::plain("a", format!("关于场馆建设的批复\n市教育局：\n{text}"))));
        document.lines.iter().skip(2).map(|line| line.kind).collect()
    }

    #[test]
    fn decisions_are_items_to_the_last() {
        use LineKind::{Heading, Item, Paragraph};
        assert_eq!(kinds("一、同意建设。\n二、抓好落实。\n三、加强指导。\n此复。"), [Item, Item, Item, Paragraph]);
        assert_eq!(kinds("一、目标\n如下。\n二、要求。\n抓好落实。"), [Heading, Paragraph, Heading, Paragraph]);
    }

    #[test]
    fn entries_and_slogans_are_no_headings() {
        use LineKind::{Heading, Paragraph};
        let below =
            |line: &str| kinds(&format!("一、会议安排\n按时参会。\n{line}\n（一）准时到会。\n（二）遵守纪律。"))[2];
        assert_eq!(below("分会场：各乡镇会议室"), Paragraph);
        assert_eq!(below("优秀等次（2个）：临江区、青川县"), Paragraph);
        assert_eq!(below("8:30—9:00　授牌仪式"), Paragraph);
        assert_eq!(below("（盖章）　　年　　月　　日"), Paragraph);
        assert_eq!(below("加强会议组织保障"), Heading);
        assert_eq!(kinds("口号如下。\n天天阅读，天天向上\n书香飘万家，书声满云津\n（一）张贴门联。")[2], Paragraph);
    }
}
