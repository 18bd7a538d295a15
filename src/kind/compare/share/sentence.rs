//! The whole of a share in its own sentence: 300人，其中…60人，占20%; 300人中，…60人，占20%.

use super::{BESIDE, Pair, Whole, is_general, pairs, wholes_before};
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;

/// The whole in the sentence of the pair: 300人，其中…60人，占20%; 300人中，…60人，占20%.
pub(super) fn in_sentence(case: &Case<'_>, pair: Pair<'_>) -> Option<Hit> {
    let document = case.document;
    let sentence = document.enclosing(PartKind::Sentence, pair.part.span)?.span;
    let wholes = wholes_before(document, Span::new(sentence.start, pair.part.span.start), pair);
    let line = document.line_at(pair.part.span.start).span;
    let earlier = wholes_before(document, Span::new(line.start.min(sentence.start), sentence.start), pair);
    if wholes.iter().chain(&earlier).any(|whole| pair.is_of(whole)) {
        return None;
    }
    let pairs = pairs(document, sentence);
    let place = pairs.iter().position(|other| other.percent.span == pair.percent.span)?;
    let neighbours =
        || of_its_neighbours(document, &wholes, &pairs, place).map(|value| Whole { value, limit: f64::INFINITY });
    let slipped = || slipped(case, sentence, &wholes, pair).map(|value| Whole { value, limit: f64::INFINITY });
    let whole = by_word(case, sentence, &wholes, pair, &pairs[..place])
        .or_else(|| beside(case, &wholes, pair))
        .or_else(neighbours)
        .or_else(slipped)?;
    if !pair.is_said_of(case, sentence.start, pair.part.span.start) || is_told_before(document, &wholes, &pairs, place)
    {
        return None;
    }
    pair.against(case, &whole)
}

/// The whole that 其中 or 中 points to: the last amount before 其中, or the amount at the head of “……中，”.
fn by_word<'d>(
    case: &Case<'d>,
    sentence: Span,
    wholes: &[&'d Value],
    pair: Pair<'_>,
    earlier: &[Pair<'_>],
) -> Option<Whole<'d>> {
    let before = case.slice(Span::new(sentence.start, pair.part.span.start));
    let word = before.rfind("其中").map(|at| sentence.start + at);
    let fits = |whole: &&&Value| whole.low >= pair.part.low;
    if let Some(word) = word {
        let group: Vec<&&Value> = wholes.iter().filter(|whole| whole.span.end <= word).collect();
        // Other amounts than parts with shares of their own between them may be what the share is of.
        let between = wholes.iter().filter(|whole| whole.span.start > word);
        let known = between.clone().all(|whole| earlier.iter().any(|pair| pair.part.span == whole.span));
        let value = group.iter().rev().copied().find(fits).or(group.last().copied())?;
        // Of a whole smaller than the part, only a bare 占 says that it is one.
        let sure = value.low >= pair.part.low || is_general(pair.name);
        return (known && sure).then_some(Whole { value, limit: f64::INFINITY });
    }
    wholes.iter().rev().find_map(|whole| {
        let rest = case.slice(Span::new(whole.span.end, pair.part.span.start));
        let clause = &rest[..rest.find(['，', '。', '；', '、', '（', ',']).unwrap_or(rest.len())];
        let heads = clause.ends_with('中') && clause.chars().count() <= 20 && !clause.ends_with("集中");
        let within = clause.starts_with('中');
        ((heads || within) && (whole.low >= pair.part.low || is_general(pair.name)))
            .then_some(Whole { value: whole, limit: f64::INFINITY })
    })
}

/// The amount right before the part, without a further quantity between them.
fn beside<'d>(case: &Case<'d>, wholes: &[&'d Value], pair: Pair<'_>) -> Option<Whole<'d>> {
    let value = wholes.last().filter(|whole| whole.low >= pair.part.low || pair.is_slip(whole))?;
    let between = case.document.values_in(Span::new(value.span.end, pair.part.span.start));
    let bare =
        between.iter().all(|value| !matches!(value.kind, ValueKind::Amount | ValueKind::Percent | ValueKind::Number));
    let apart = case.slice(Span::new(value.span.end, pair.part.span.start));
    (bare && apart.contains(['，', '（']) && !apart.contains('；')).then_some(Whole { value, limit: BESIDE })
}

/// The amount right before the part, the one before 其中 or the only one, where a slip explains that it does not bear the share out.
fn slipped<'d>(case: &Case<'d>, sentence: Span, wholes: &[&'d Value], pair: Pair<'_>) -> Option<&'d Value> {
    let word = case.slice(Span::new(sentence.start, pair.part.span.start)).rfind("其中").map(|at| sentence.start + at);
    let nearest = wholes.iter().rev().find(|whole| word.is_none_or(|word| whole.span.end <= word))?;
    pair.is_slip(nearest).then_some(*nearest)
}

/// The whole that the shares before and after bear out, where these are of one unit and have no other.
pub(super) fn of_its_neighbours<'d>(
    document: &Document,
    wholes: &[&'d Value],
    pairs: &[Pair<'d>],
    place: usize,
) -> Option<&'d Value> {
    let pair = pairs[place];
    let like = |other: &&Pair<'_>| {
        same_unit(document, other.part, pair.part) && (is_general(pair.name) || other.name == pair.name)
    };
    let mut neighbours =
        pairs[..place].iter().rev().filter(like).take(1).chain(pairs[place + 1..].iter().filter(like).take(1));
    neighbours.find_map(|other| {
        let whole =
            wholes.iter().rev().find(|whole| whole.span.end <= other.percent.span.start && other.is_of(whole))?;
        (whole.low >= pair.part.low || wholes.len() == 1).then_some(*whole)
    })
}

/// Whether the share before it is wrong in the same way, so that the whole is what is wrong and has been reported there.
pub(super) fn is_told_before(document: &Document, wholes: &[&Value], pairs: &[Pair<'_>], place: usize) -> bool {
    let pair = pairs[place];
    pairs[..place].iter().any(|other| {
        same_unit(document, other.part, pair.part)
            && pair.agrees(*other)
            && !wholes.iter().any(|whole| other.is_of(whole))
    })
}
