//! A part, its whole and the percentage between them; where the whole is not named by the pattern it is sought in the text before.

use super::{direction, exact, float, is_change, is_rate, relative, shown, slack, times_apart, written};
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A part, its whole and the percentage between them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// 部分所在的槽位。
    pub part: String,
    /// 总数所在的槽位；不写则在前文中找，within 说明找到何处为止。
    #[serde(default)]
    pub whole: Option<String>,
    /// 百分比所在的槽位。
    pub percent: String,
    /// 写明占什么、什么率的槽位：这几个字须在总数或部分的近旁出现，否则不判断。
    #[serde(default)]
    pub named: Option<String>,
    /// 总数在何处找：sentence（默认）为本句；paragraph 为本句以外的本段前文，或由同段各占比相互推算。
    #[serde(default)]
    pub within: Within,
}

/// How far back the whole is sought.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// In the sentence.
    #[default]
    Sentence,
    /// In the paragraph, where the sentence has none.
    Paragraph,
}

/// Up to this many times what it should be, a share of a whole named with it is miscalculated; beyond, the two are more likely
/// unrelated.
const FAR: f64 = 12.0;
/// The same, where the part follows its whole directly.
const BESIDE: f64 = 4.0;

/// A part with the percentage said of it: 480人，占40%.
#[derive(Clone, Copy)]
struct Pair<'d> {
    part: &'d Value,
    percent: &'d Value,
    /// What it is said to be of, 总数的 and the like left out.
    name: &'d str,
}

/// What a part is measured against.
struct Whole<'d> {
    value: &'d Value,
    /// How many times too great or small the percentage may be.
    limit: f64,
}

impl Share {
    pub(super) fn slots(&self) -> Vec<&str> {
        let others = self.named.iter().chain(&self.whole).map(String::as_str);
        [self.part.as_str(), &self.percent].into_iter().chain(others).collect()
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (part, percent) = (exact(case, &self.part)?, exact(case, &self.percent)?);
        // 分别占53%、16%、12%: the first is that of the first of several parts.
        let several = super::clause_before(case.document, percent).contains("分别");
        if percent.kind != ValueKind::Percent || !percent.low.is_sign_positive() || several {
            return None;
        }
        let name = self.named.as_ref().and_then(|slot| case.found?.slot(slot)).map_or("", |span| bare(case.slice(span)));
        let Some(slot) = &self.whole else {
            if is_listed(case.document, part) {
                return None;
            }
            let pair = Pair { part, percent, name };
            return match self.within {
                Within::Sentence => in_sentence(case, pair),
                Within::Paragraph => in_paragraph(case, pair),
            };
        };
        let whole = exact(case, slot)?;
        let named = self.named.is_none() || is_named(case, name, part, whole, percent);
        let usable = same_unit(case.document, part, whole) && whole.low > Decimal::ZERO;
        (usable && named).then(|| Pair { part, percent, name }.against(case, &Whole { value: whole, limit: FAR }))?
    }
}

impl<'d> Pair<'d> {
    /// Whether `whole` bears the percentage out.
    fn is_of(self, whole: &Value) -> bool {
        let (share, slack) = share_of(self.part, whole, self.percent);
        let stated = float(self.percent.low);
        // Of what failed (不合格30批) the rest may be meant (合格率98.5%).
        (share - stated).abs() <= slack || (100.0 - share - stated).abs() <= slack
    }

    /// The least and the greatest whole that would bear the percentage out.
    fn implied(self) -> (f64, f64) {
        let (part, stated, slack) = (float(self.part.low), float(self.percent.low), slack(self.percent));
        let half = relative(self.part);
        (100.0 * part * (1.0 - half) / (stated + slack), 100.0 * part * (1.0 + half) / (stated - slack).max(0.01))
    }

    fn agrees(self, other: Pair<'_>) -> bool {
        let (a, b) = (self.implied(), other.implied());
        a.0 <= b.1 && b.0 <= a.1
    }

    /// Reports the pair where `whole` does not bear it out.
    fn against(self, case: &Case<'_>, whole: &Whole<'_>) -> Option<Hit> {
        let (share, _) = share_of(self.part, whole.value, self.percent);
        if self.is_of(whole.value) || times_apart(share, float(self.percent.low)) > whole.limit {
            return None;
        }
        let working = format!("{}÷{}", written(case, self.part), written(case, whole.value));
        Some(
            Hit::at(self.percent.span)
                .hole("expected", format!("{}%", shown(share, self.percent)))
                .hole("working", working)
                .related(self.part.span, "部分")
                .related(whole.value.span, "总数"),
        )
    }

    /// Whether it is said of the whole at hand, or of what stands before `until` by its name.
    fn is_said_of(self, case: &Case<'_>, from: usize, until: usize) -> bool {
        is_general(self.name) || case.slice(Span::new(from.min(until), until)).contains(self.name)
    }
}

/// The whole in the sentence of the pair: 300人，其中…60人，占20%; 300人中，…60人，占20%.
fn in_sentence(case: &Case<'_>, pair: Pair<'_>) -> Option<Hit> {
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
    let whole = by_word(case, sentence, &wholes, pair, &pairs[..place]).or_else(|| beside(case, &wholes, pair)).or_else(|| {
        let of = of_its_neighbours(document, &wholes, &pairs, place)?;
        Some(Whole { value: of, limit: f64::INFINITY })
    })?;
    if !pair.is_said_of(case, sentence.start, pair.part.span.start) || is_told_before(document, &wholes, &pairs, place) {
        return None;
    }
    pair.against(case, &whole)
}

/// The whole that 其中 or 中 points to: the last amount before 其中, or the amount at the head of “……中，”.
fn by_word<'d>(case: &Case<'d>, sentence: Span, wholes: &[&'d Value], pair: Pair<'_>, earlier: &[Pair<'_>]) -> Option<Whole<'d>> {
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
        ((heads || within) && (whole.low >= pair.part.low || is_general(pair.name))).then_some(Whole { value: whole, limit: f64::INFINITY })
    })
}

/// The amount right before the part, without a further quantity between them.
fn beside<'d>(case: &Case<'d>, wholes: &[&'d Value], pair: Pair<'_>) -> Option<Whole<'d>> {
    let value = wholes.last().filter(|whole| whole.low >= pair.part.low)?;
    let between = case.document.values_in(Span::new(value.span.end, pair.part.span.start));
    let bare = between.iter().all(|value| !matches!(value.kind, ValueKind::Amount | ValueKind::Percent | ValueKind::Number));
    let apart = case.slice(Span::new(value.span.end, pair.part.span.start));
    (bare && apart.contains(['，', '（']) && !apart.contains('；')).then_some(Whole { value, limit: BESIDE })
}

/// The whole that the shares before and after bear out, where these are of one unit and have no other.
fn of_its_neighbours<'d>(document: &Document, wholes: &[&'d Value], pairs: &[Pair<'d>], place: usize) -> Option<&'d Value> {
    let pair = pairs[place];
    let like = |other: &&Pair<'_>| same_unit(document, other.part, pair.part) && (is_general(pair.name) || other.name == pair.name);
    let mut neighbours = pairs[..place].iter().rev().filter(like).take(1).chain(pairs[place + 1..].iter().filter(like).take(1));
    neighbours.find_map(|other| {
        let whole = wholes.iter().rev().find(|whole| whole.span.end <= other.part.span.start && other.is_of(whole))?;
        (whole.low >= pair.part.low || wholes.len() == 1).then_some(*whole)
    })
}

/// Whether the share before it is wrong in the same way, so that the whole is what is wrong and has been reported there.
fn is_told_before(document: &Document, wholes: &[&Value], pairs: &[Pair<'_>], place: usize) -> bool {
    let pair = pairs[place];
    pairs[..place].iter().any(|other| {
        same_unit(document, other.part, pair.part) && pair.agrees(*other) && !wholes.iter().any(|whole| other.is_of(whole))
    })
}

/// The whole in an earlier sentence, or what the other shares of the paragraph make of it.
fn in_paragraph(case: &Case<'_>, pair: Pair<'_>) -> Option<Hit> {
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
    if let Some(value) = named_whole(case, &wholes, sentence, pair).or_else(|| {
        let lines = Span::new(around(document, line).start, line.start);
        let wholes = wholes_before(document, lines, pair);
        let long = pair.name.chars().count() > 3 && !wholes.iter().any(|whole| pair.is_of(whole));
        named_whole(case, &wholes, sentence, pair).filter(|_| long)
    }) {
        return pair.against(case, &Whole { value, limit: FAR });
    }
    if let Some(value) = of_its_neighbours(document, &wholes, &pairs, place) {
        return pair.against(case, &Whole { value, limit: f64::INFINITY });
    }
    if let Some(value) = before_among_which(case, &wholes, sentence, pair) {
        return pair.against(case, &Whole { value, limit: f64::INFINITY });
    }
    against_the_rest(case, &pairs, place).or_else(|| {
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
    let alone = case.document.values_in(Span::new(start, sentence.start)).iter().filter(|value| same_unit(case.document, value, pair.part)).count() == 1;
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
        ["总额", "总量", "总数", "合计"].iter().fold(words, |words, total| words.trim_end_matches(total)).ends_with(pair.name)
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
    let implied = rest().map(|other| 100.0 * float(other.part.low) / float(other.percent.low)).sum::<f64>() / (group.len() - 1) as f64;
    let share = 100.0 * float(pair.part.low) / implied;
    let all: f64 = group.iter().map(|other| float(other.percent.low)).sum();
    let corrected = all - float(pair.percent.low) + share;
    let whole = |sum: f64| (sum - 100.0).abs() <= 0.25 * group.len() as f64;
    if is_general(pair.name) && !whole(all) && !whole(corrected) {
        return None;
    }
    let working = format!("{}÷({}÷{})", written(case, pair.part), written(case, first.part), case.slice(first.percent.span));
    Some(
        Hit::at(pair.percent.span)
            .hole("expected", format!("{}%", shown(share, pair.percent)))
            .hole("working", working)
            .related(pair.part.span, "部分")
            .related(first.percent.span, "其他占比"),
    )
}

/// The lines around one: shares of one whole may be items of a list.
fn around(document: &Document, line: Span) -> Span {
    const LINES: usize = 3;
    let at = document.line_index_at(line.start);
    let (first, last) = (at.saturating_sub(LINES), (at + LINES).min(document.lines.len() - 1));
    Span::new(document.lines[first].span.start, document.lines[last].span.end)
}

/// Whether a part is the last of several listed with 、, so that the share may be that of all of them.
pub(super) fn is_listed(document: &Document, part: &Value) -> bool {
    let start = document.line_at(part.span.start).span.start;
    let before = document.values_in(Span::new(start.min(part.span.start), part.span.start));
    before.last().is_some_and(|previous| {
        let between = document.slice(Span::new(previous.span.end, part.span.start));
        same_unit(document, previous, part) && between.starts_with(['、', '和', '及']) && !between.contains(['，', '；', '。'])
    })
}

/// What a part may be measured against: the exact amounts of its unit that are no rates and no changes.
fn wholes_before<'d>(document: &'d Document, before: Span, pair: Pair<'_>) -> Vec<&'d Value> {
    let usable = |value: &&Value| {
        same_unit(document, value, pair.part) && value.is_exact() && value.low > Decimal::ZERO && !is_rate(document, value) && !is_change(document, value)
    };
    document.values_in(before).iter().filter(usable).collect()
}

/// The parts of a stretch that a share is said of: 480人，占40%; 480人，增长5%，占40%; 40%，即480人.
fn pairs(document: &Document, stretch: Span) -> Vec<Pair<'_>> {
    let values = document.values_in(stretch);
    let between = |a: &Value, b: &Value| document.slice(Span::new(a.span.end, b.span.start));
    let mut pairs = Vec::new();
    for (index, percent) in values.iter().enumerate() {
        let Some(before) = index.checked_sub(1).map(|before| &values[before]) else { continue };
        if percent.kind != ValueKind::Percent || !percent.is_exact() {
            continue;
        }
        let text = between(before, percent);
        if let Some(at) = text.rfind('占') {
            let growth = before.kind == ValueKind::Percent && direction(document, before).is_some();
            let part = if growth { index.checked_sub(2).map(|before| &values[before]) } else { Some(before) };
            if let Some(part) = part.filter(|part| part.kind == ValueKind::Amount && part.is_exact() && is_near(between(part, percent))) {
                pairs.push(Pair { part, percent, name: bare(&text[at + '占'.len_utf8()..]) });
            }
        } else if let Some(part) = values.get(index + 1).filter(|part| part.kind == ValueKind::Amount && part.is_exact())
            && matches!(between(percent, part), "，即" | "即" | "，计" | "，合" | "，共")
        {
            pairs.push(Pair { part, percent, name: "" });
        }
    }
    pairs
}

/// Whether a part and the percentage after these words may belong together.
fn is_near(between: &str) -> bool {
    !between.contains(['。', '；', '\n']) && between.chars().count() <= 40
}

/// The share of a part in percent, and how far a stated one may be from it.
pub(super) fn share_of(part: &Value, whole: &Value, percent: &Value) -> (f64, f64) {
    let share = 100.0 * float(part.low) / float(whole.low);
    (share, slack(percent) + share * relative(part).hypot(relative(whole)))
}

/// Whether the whole is what the percentage is said to be of, where the text says it.
fn is_named(case: &Case<'_>, name: &str, part: &Value, whole: &Value, percent: &Value) -> bool {
    if is_general(name) {
        return true;
    }
    let start = case.document.enclosing(PartKind::Sentence, whole.span).map_or(whole.span.start, |sentence| sentence.span.start);
    let until = case.document.text()[..percent.span.start].rfind(name).unwrap_or(percent.span.start);
    case.slice(Span::new(start.min(until), until)).contains(name) && part.span.start >= start
}

/// Whether a name says no more than that it is all of it.
fn is_general(name: &str) -> bool {
    matches!(name, "" | "总" | "比" | "比重" | "比例" | "其" | "全部" | "总体" | "整体")
}

/// What a percentage is of, without 总数的 and the like.
fn bare(name: &str) -> &str {
    let name = name.trim().trim_end_matches(['的', '为', '达', '到', '约', '（', '(']);
    let words = ["总数", "总量", "总额", "总人数", "总户数", "全部", "比重", "比例", "的"];
    let name = words.iter().fold(name, |name, word| name.trim_end_matches(word));
    name.trim_start_matches("全部").trim_start_matches('总')
}
