//! The whole of a share in the sentences before, or as the other shares of the paragraph tell it.

use super::sentence::{in_sentence, is_told_before, of_its_neighbours};
use super::{ABOVE, FAR, Pair, Whole, is_general, pairs, wholes_before};
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::part::PartKind;
use crate::document::value::Value;
use crate::kind::compare::{clause_before, float, written};
use crate::kind::{Case, Hit};
use crate::source::Span;
use rust_decimal::Decimal;

/// The whole in an earlier sentence, or what the other shares of the paragraph make of it.
pub(super) fn in_paragraph(case: &Case<'_>, pair: Pair<'_>) -> Option<Hit> {
    let document = case.document;
    let sentence = document.enclosing(PartKind::Sentence, pair.part.span)?.span;
    let line = document.line_at(pair.part.span.start).span;
    let line = Span::new(line.start.min(sentence.start), line.end.max(sentence.end));
    let before = Span::new(line.start, pair.part.span.start);
    let wholes = wholes_before(document, before, pair);
    if wholes.iter().any(|whole| pair.is_of(whole)) || in_sentence(case, pair).is_some() {
        return None;
    }
    let pairs = pairs(document, line);
    let place = pairs.iter().position(|other| other.percent.span == pair.percent.span)?;
    if is_told_before(document, &wholes, &pairs, place) {
        return None;
    }
    if let Some(value) = named_whole(case, &wholes, sentence, pair) {
        return pair.against(case, &Whole { value, limit: FAR });
    }
    let above = wholes_before(document, Span::new(around(document, line).start, line.start), pair);
    let is_special = pair.name.chars().count() > 3 && !above.iter().any(|whole| pair.is_of(whole));
    if let Some(value) = named_whole(case, &above, sentence, pair).filter(|_| is_special) {
        return pair.against(case, &Whole { value, limit: ABOVE });
    }
    if let Some(value) = of_its_neighbours(document, &wholes, &pairs, place) {
        return pair.against(case, &Whole { value, limit: f64::INFINITY });
    }
    if let Some(value) = before_among_which(case, &wholes, sentence, pair) {
        return pair.against(case, &Whole { value, limit: f64::INFINITY });
    }
    with_the_rest(case, sentence, &pairs, pair).or_else(|| against_the_rest(case, &pairs, place)).or_else(|| {
        let alike = |other: &Pair<'_>| other.name == pair.name && same_unit(document, other.part, pair.part);
        let pairs: Vec<Pair<'_>> = self::pairs(document, around(document, line)).into_iter().filter(alike).collect();
        let place = pairs.iter().position(|other| other.percent.span == pair.percent.span)?;
        if !is_general(pair.name) {
            return against_the_rest(case, &pairs, place);
        }
        // The whole may stand in the paragraph before a list of shares that need not make it up.
        let rest = || pairs.iter().enumerate().filter(|(index, _)| *index != place).map(|(_, other)| other);
        let wholes = wholes_before(document, Span::new(around(document, line).start, line.start), pair);
        let value = wholes.into_iter().rev().find(|whole| rest().all(|other| other.is_of(whole)))?;
        (pairs.len() >= 3).then(|| pair.against(case, &Whole { value, limit: f64::INFINITY }))?
    })
}

/// The one amount of the sentence before, where this sentence begins with 其中.
fn before_among_which<'d>(case: &Case<'d>, wholes: &[&'d Value], sentence: Span, pair: Pair<'_>) -> Option<&'d Value> {
    let within: Vec<&&Value> = wholes.iter().filter(|whole| whole.span.start >= sentence.start).collect();
    if !case.slice(sentence).starts_with("其中") || !within.is_empty() || !is_general(pair.name) {
        return None;
    }
    let previous = wholes.iter().rfind(|whole| whole.span.end <= sentence.start)?;
    let start = case.document.enclosing(PartKind::Sentence, previous.span)?.span.start;
    let alone = case
        .document
        .values_in(Span::new(start, sentence.start))
        .iter()
        .filter(|value| same_unit(case.document, value, pair.part))
        .count()
        == 1;
    (alone && previous.low >= pair.part.low).then_some(*previous)
}

/// The greatest amount earlier in the paragraph that stands right after the name of what the percentage is of: 382处 in
/// “各级文物保护单位382处 … 86处，占文物保护单位总数的25.5%”.
fn named_whole<'d>(case: &Case<'d>, wholes: &[&'d Value], sentence: Span, pair: Pair<'_>) -> Option<&'d Value> {
    if pair.name.chars().count() < 2 {
        return None;
    }
    // One in the same sentence is for patterns that name it.
    let before = wholes.iter().filter(|whole| whole.span.end <= sentence.start);
    let named = before.filter(|whole| {
        let words = case.document.text()[..whole.span.start].trim_end_matches(['为', '达', '到', '约']);
        ["总额", "总量", "总数", "合计"]
            .iter()
            .fold(words, |words, total| words.trim_end_matches(total))
            .ends_with(pair.name)
    });
    let named: Vec<&&Value> = named.collect();
    // 内资企业法人3086个、外商投资企业法人9个: of all of them together a share may be.
    let together: Decimal = named.iter().map(|whole| whole.low).sum();
    let largest = named.into_iter().max_by_key(|whole| whole.low).copied()?;
    let of_all = Value { low: together, high: together, ..largest.clone() };
    (largest.low >= pair.part.low && !pair.is_of(&of_all)).then_some(largest)
}

/// Three shares or more that make up a whole, or are said of one by its name: the one that the others do not agree with.
fn against_the_rest(case: &Case<'_>, pairs: &[Pair<'_>], place: usize) -> Option<Hit> {
    let pair = pairs[place];
    let like = |other: &Pair<'_>| same_unit(case.document, other.part, pair.part) && other.name == pair.name;
    let start = pairs[..place].iter().rposition(|other| !like(other)).map_or(0, |at| at + 1);
    let end = pairs[place..].iter().position(|other| !like(other)).map_or(pairs.len(), |at| place + at);
    let group = &pairs[start..end];
    let rest = || group.iter().filter(|other| other.percent.span != pair.percent.span);
    let first = rest().next()?;
    let agree = rest().all(|a| rest().all(|b| a.agrees(*b)));
    if group.len() < 3 || !agree || rest().any(|other| other.agrees(pair)) {
        return None;
    }
    let implied = rest().map(|other| 100.0 * float(other.part.low) / float(other.percent.low)).sum::<f64>()
        / (group.len() - 1) as f64;
    let share = 100.0 * float(pair.part.low) / implied;
    let all: f64 = group.iter().map(|other| float(other.percent.low)).sum();
    let corrected = all - float(pair.percent.low) + share;
    let whole = |sum: f64| (sum - 100.0).abs() <= 0.25 * group.len() as f64;
    if is_general(pair.name) && !whole(all) && !whole(corrected) {
        return None;
    }
    let working =
        format!("{}÷({}÷{})", written(case, pair.part), written(case, first.part), case.slice(first.percent.span));
    Some(pair.hit(share, working).related(first.percent.span, "其他占比"))
}

/// Shares of which the last is that of the rest: the parts make up the whole, with which all but one of the shares agree.
fn with_the_rest(case: &Case<'_>, sentence: Span, pairs: &[Pair<'_>], pair: Pair<'_>) -> Option<Hit> {
    let within = pairs
        .iter()
        .filter(|other| sentence.contains(other.percent.span) && same_unit(case.document, other.part, pair.part));
    let group: Vec<Pair<'_>> = within.copied().collect();
    let last = group.last()?;
    let label = clause_before(case.document, last.part);
    let closed = ["其余", "其他", "其它", "剩余"].iter().any(|word| label.contains(word)) && group.len() > 1;
    let sum = group.iter().map(|other| other.part.low).sum();
    let whole = Value { low: sum, high: sum, ..pair.part.clone() };
    let agree = group.iter().all(|other| (other.percent.span == pair.percent.span) != other.is_of(&whole));
    if !closed || !agree {
        return None;
    }
    let parts: Vec<String> = group.iter().map(|other| written(case, other.part)).collect();
    let (share, _) = pair.share_of(&whole);
    Some(pair.hit(share, format!("{}÷({})", written(case, pair.part), parts.join("+"))))
}

/// The lines around one: shares of one whole may be items of a list.
fn around(document: &Document, line: Span) -> Span {
    const LINES: usize = 3;
    let at = document.line_index_at(line.start);
    let (first, last) = (at.saturating_sub(LINES), (at + LINES).min(document.lines.len() - 1));
    Span::new(document.lines[first].span.start, document.lines[last].span.end)
}
