//! The total of a list of parts: in its sentence, before its bracket, in the sentence before, or named earlier.

use crate::document::Document;
use crate::document::enumeration::{Entry, entries, is_remark, same_unit, stretch};
use crate::document::part::PartKind;
use crate::document::value::Value;
use crate::kind::Case;
use crate::source::Span;
use rust_decimal::Decimal;

/// Words before an amount that is compared with the total, and no total itself.
const NO_TOTAL: &[&str] = &["上年", "去年", "同期", "平均", "人均", "户均", "每", "比20", "较20"];

/// Words of attributes by which one thing is divided again: 按经营地统计.
const VIEWS: &[&str] = &["按", "分", "从", "其中"];

/// A total, what else it may be, whether it stands in the same sentence, and whether another amount may be meant.
pub(super) struct Total<'d> {
    pub(super) place: &'d Value,
    pub(super) others: Vec<Decimal>,
    pub(super) close_by: bool,
    pub(super) doubtful: bool,
}

/// The total of parts like `part`.
pub(super) fn total<'d>(case: &Case<'d>, part: &Value, names: &[&str]) -> Option<Total<'d>> {
    let document = case.document;
    let anchor = announced(case);
    let around = stretch(document, Span::at(anchor.end));
    // “42个新开工项目中，”: what was found holds the total.
    if let [place] = case.values(Some("t"))
        && case.found.is_some()
    {
        let earlier = amounts(document, Span::new(around.start.min(place.span.start), place.span.start), part);
        // “54个超标天中，轻度污染46天”.
        let noun = document.slice(Span::new(place.span.end, anchor.end)).trim_end_matches(['中', '，']);
        let is_total =
            same_unit(document, place, part) || noun.ends_with(document.slice(part.unit)) && !part.unit.is_empty();
        return is_total.then_some(Total { place, others: earlier, close_by: true, doubtful: false });
    }
    // Within brackets that hold the parts alone, the total stands before the bracket.
    let bracket = document
        .enclosing(PartKind::Bracket, Span::at(anchor.end))
        .filter(|bracket| bracket.text.contains(Span::at(anchor.end)));
    let start = around.start.min(anchor.end);
    let inside = Span::new(start, anchor.end);
    // “税收收入分项情况是：”, “新增债券中，” name a total said before.
    if case.found.is_some()
        && case.values(Some("named")).is_empty()
        && let Some(name) = case.found.and_then(|found| found.slot("named"))
    {
        return named_total(document, name, part);
    }
    if let Some(bracket) = bracket
        && (bracket.span.start >= inside.start || document.values_in(inside).is_empty())
    {
        let outer = stretch(document, Span::at(bracket.span.start.saturating_sub(1)));
        let start = outer.start.min(bracket.span.start);
        // The value must end right before the bracket, but for the noun it counts.
        let total = document.values_in(Span::new(start, bracket.span.start)).last()?;
        let noun = &document.text()[total.span.end..bracket.span.start];
        let near = noun.chars().count() <= 8 && !noun.contains(['，', '、', '；', '。', '：']);
        let before = amounts(document, Span::new(start, total.span.start), part);
        let is_total = near && same_unit(document, total, part);
        return is_total.then_some(Total { place: total, others: before, close_by: true, doubtful: false });
    }
    let mut entries = entries(document, inside);
    // “780名，其中…；按学科分，…” divide the same whole.
    if is_view(document.slice(anchor).trim_start_matches(['，', '；']))
        && let Some(first) = entries.iter().position(|entry| document.slice(entry.span).contains("其中"))
    {
        entries.truncate(first);
    }
    // “投资500万元：财政200万元、自筹300万元”.
    if document.slice(anchor) == "：" {
        let last = document.values_in(inside).last()?;
        if document.slice(Span::new(last.span.end, anchor.start)).chars().count() > 4 {
            return None;
        }
    }
    let alike = |entry: &Entry<'d>| -> Vec<&'d Value> {
        entry.quantities.iter().copied().filter(|value| same_unit(document, value, part)).collect()
    };
    let fresh = |entry: &Entry<'d>| !is_compared(document, entry) && !alike(entry).is_empty();
    let others = amounts(document, inside, part);
    let Some(at) = entries.iter().rposition(fresh) else {
        let blank =
            document.slice(Span::new(start, anchor.start.max(start))).trim_matches([' ', '　', '，']).is_empty();
        return if others.is_empty() && blank { headline(document, around, part) } else { None };
    };
    // “A60个、B140个，其中…” has two totals: which of them is meant cannot be told.
    let previous = at.checked_sub(1).filter(|_| entries[at].before == Some('、'));
    let next = Some(at + 1).filter(|&next| entries[at].after == Some('、') && next < entries.len());
    let rivals = [previous, next].into_iter();
    let own = alike(&entries[at]);
    let [total] = own.as_slice() else { return None };
    // “6个考点、168个考场，其中标准考场167个” says which.
    let noun = document.slice(Span::new(total.span.end, entries[at].span.end.max(total.span.end)));
    let named = noun.chars().count() > 1 && names.iter().all(|name| name.contains(noun));
    let rivalled = !named && rivals.flatten().any(|index| !alike(&entries[index]).is_empty());
    (!rivalled).then_some(Total { place: total, others, close_by: true, doubtful: false })
}

/// How far before its parts a total that they name may stand, in bytes.
const NAMED_WITHIN: usize = 900;

/// What words before 中 end in that name no total: 工作中, 在实施过程中.
const NO_NAMES: &[&str] = &["工作", "过程", "活动", "行动", "其", "实践", "建设", "发展", "群众", "社会", "生活"];

/// The amount last said of a name before the words that divide it.
fn named_total<'d>(document: &'d Document, name: Span, part: &Value) -> Option<Total<'d>> {
    let text = document.text();
    let name_words = document.slice(name);
    if NO_NAMES.iter().any(|word| name_words.ends_with(word)) {
        return None;
    }
    let from = (name.start.saturating_sub(NAMED_WITHIN)..=name.start).find(|at| text.is_char_boundary(*at))?;
    let mut places = text[from..name.start].rmatch_indices(name_words).filter_map(|(at, _)| {
        let end = from + at + name_words.len();
        let value = document.values_in(Span::new(end, name.start)).first()?;
        let between = text[end..value.span.start].trim_start_matches(['为', '达', '到', '是', '共']);
        (between.is_empty() && same_unit(document, value, part)).then_some(value)
    });
    let place = places.next()?;
    place.is_exact().then_some(Total { place, others: Vec::new(), close_by: false, doubtful: false })
}

/// Whether the amounts of an entry are what another is compared with. “完成改造20个” is no remark at the start of a sentence.
fn is_compared(document: &Document, entry: &Entry<'_>) -> bool {
    let words = document.slice(entry.span);
    // What people earn and spend a head has parts.
    let head = words.contains("人均可支配收入") || words.contains("人均消费支出");
    let other = NO_TOTAL.iter().any(|word| words.contains(word) && !(head && *word == "人均"));
    entry.before.is_some() && is_remark(document, entry) || other
}

/// The amount the sentence before this one is about: “产值500万元，增长5%。其中，……”.
pub(super) fn headline<'d>(document: &'d Document, around: Span, part: &Value) -> Option<Total<'d>> {
    let sentences = document.parts(PartKind::Sentence);
    let own = sentences.partition_point(|sentence| sentence.span.end <= around.start);
    let line = sentences.get(own)?.line;
    // “按经营地统计……。按消费类型统计……。” both divide what the sentence before them is about.
    let earlier = sentences[..own].iter().rev().take(3).take_while(|sentence| sentence.line == line);
    let sentence = earlier.into_iter().find(|sentence| {
        let words = document.slice(sentence.span);
        !VIEWS.iter().any(|word| words.starts_with(word))
            || !words.starts_with("其中") && !words.contains(['统', '划', '看']) && !is_view(words)
    })?;
    let entries = entries(document, sentence.span);
    let alike = |entry: &Entry<'d>| -> Vec<&'d Value> {
        entry.quantities.iter().copied().filter(|value| same_unit(document, value, part)).collect()
    };
    // What it is divided into there is no total.
    let parts =
        entries.iter().position(|entry| entry.before.is_some() && document.slice(entry.span).starts_with("其中"));
    let fresh: Vec<&Entry<'d>> = entries[..parts.unwrap_or(entries.len())]
        .iter()
        .filter(|entry| !is_compared(document, entry) && !alike(entry).is_empty())
        .collect();
    let last = alike(fresh.last()?);
    let [place] = last.as_slice() else { return None };
    let others = amounts(document, sentence.span, part);
    Some(Total { place, others, close_by: false, doubtful: fresh.len() > 1 })
}

/// Whether words begin with a way of dividing: 按用途分.
fn is_view(words: &str) -> bool {
    let head = words.split(['，', ',', '：']).next().unwrap_or_default();
    head.starts_with('按') && head.ends_with(['分', '看'])
}

/// What announces the parts: what was found, or the mark that opens a bracket.
pub(super) fn announced(case: &Case<'_>) -> Span {
    match (case.found, case.part.kind) {
        (None, PartKind::Bracket) => Span::new(case.part.span.start, case.part.text.start),
        _ => case.span(),
    }
}

/// The amounts of one unit in a span.
pub(super) fn amounts(document: &Document, span: Span, like: &Value) -> Vec<Decimal> {
    document.values_in(span).iter().filter(|value| same_unit(document, value, like)).map(|value| value.low).collect()
}
