//! Where the total of a breakdown stands, and where its parts.

use super::{HALF, apart, loose_of, names, rounding, slip};
use crate::document::Document;
use crate::document::enumeration::{Entry, Enumeration, RESTS, entries, enumeration, is_remark, same_unit, stretch};
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::Case;
use crate::source::Span;
use rust_decimal::Decimal;

/// A total and what was read as its parts.
pub(super) struct Breakdown<'d> {
    /// The total, in the bare unit.
    pub total: Decimal,
    /// Where it is written, unless the rule says it.
    pub place: Option<&'d Value>,
    /// The parts.
    pub list: Enumeration<'d>,
    /// Further amounts of that unit after the parts, in order.
    pub rest: Vec<Decimal>,
    /// Other amounts of that unit before the parts, which may be the total meant.
    pub others: Vec<Decimal>,
    /// Whether the total stands in the sentence of the parts.
    pub close_by: bool,
    /// Whether it may be another amount that is the total.
    pub doubtful: bool,
    /// Whether the total was just divided in another way, and agreed.
    pub again: bool,
    /// Whether the list certainly ends where it was read to end.
    pub settled: bool,
}

impl<'d> Breakdown<'d> {
    /// Parts that are known to be those of a total.
    pub(super) fn settled(total: Decimal, place: Option<&'d Value>, list: Enumeration<'d>) -> Breakdown<'d> {
        Breakdown { total, place, list, rest: Vec::new(), others: Vec::new(), close_by: true, doubtful: false, again: false, settled: true }
    }
}

/// Words at the start of a clause that goes on about the total, or about the part before it, instead of naming another part.
const ANOTHER_MATTER: &[&str] = &[
    "发现", "查出", "排查", "已", "现已", "均", "都", "配备", "配有", "设有", "建有", "整改", "涉及", "累计", "惠及", "解决", "办结", "查处",
    "立案", "关闭", "带动", "吸纳", "覆盖", "新增", "达", "实现", "共", "有", "包括", "含", "其中", "分别", "合计", "总计",
];

/// Words before an amount that is compared with the total, and no total itself.
const NO_TOTAL: &[&str] = &["上年", "去年", "同期", "平均", "人均", "户均", "每", "比20", "较20"];

/// Words of attributes by which one thing is divided again: 按经营地统计.
const VIEWS: &[&str] = &["按", "分", "从", "其中"];

/// Whether words begin with a way of dividing: 按用途分.
fn is_view(words: &str) -> bool {
    let head = words.split(['，', ',', '：']).next().unwrap_or_default();
    head.starts_with('按') && head.ends_with(['分', '看'])
}

/// The breakdowns that what was found announces: 其中, 分别为, an opening bracket.
pub(super) fn after<'d>(case: &Case<'d>) -> Vec<Breakdown<'d>> {
    let document = case.document;
    let anchor = announced(case);
    let inside = Span::at(anchor.end);
    let around = stretch(document, inside);
    let after = Span::new(anchor.end, around.end.max(anchor.end));
    // Within a bracket, these announce the parts themselves.
    if case.found.is_none() && ["其中", "包括", "分别"].iter().any(|word| document.slice(after).trim_start().starts_with(word)) {
        return Vec::new();
    }
    let all = entries(document, after);
    let read = &all[..parts_end(document, after, &all)];
    let units = read.iter().find(|entry| !entry.quantities.is_empty()).map_or(&[][..], |entry| &entry.quantities);
    let mut found: Vec<Breakdown<'d>> = Vec::new();
    for like in units {
        if found.iter().any(|breakdown| same_unit(document, breakdown.list.values[0], like)) {
            continue;
        }
        let Some(list) = enumeration(document, read, Some(like)) else { continue };
        let Some(Total { place, others, close_by, doubtful }) = total(case, like, &names(case, &list)) else { continue };
        if !place.is_exact() || list.values.iter().any(|value| value.span.overlaps(place.span)) {
            continue;
        }
        // A bracket that is not introduced holds the parts alone.
        if case.slice(anchor).ends_with(['（', '(']) && (list.end < around.end || list.read < all.len()) {
            continue;
        }
        let next = list.read;
        let settled = is_settled(case, &list, all.get(next));
        let rest = if settled { Vec::new() } else { amounts(document, Span::new(list.end, around.end.max(list.end)), like) };
        let breakdown = Breakdown { rest, others, close_by, doubtful, settled, ..Breakdown::settled(place.low, Some(place), list) };
        // “其中，女教师28名、男教师18名；小学教师30名、初中教师16名”: the whole divided in another way.
        let again = breakdown.excess(case).is_none() && breakdown.list.mark == Some('、');
        found.push(breakdown);
        if again {
            found.extend(again_divided(case, place, &all[next.min(all.len())..], close_by));
        }
    }
    found
}

/// The shares of one whole that what was found announces: “其中A占20%、B占68%，其余占12%”.
pub(super) fn shares<'d>(case: &Case<'d>, whole: Decimal) -> Option<Breakdown<'d>> {
    let document = case.document;
    let anchor = case.span();
    let around = stretch(document, Span::at(anchor.end));
    let all = entries(document, Span::new(anchor.end, around.end.max(anchor.end)));
    let like = all.iter().find_map(|entry| entry.quantities.first())?;
    let list = enumeration(document, &all, Some(like))?;
    let of_whole = |label: &Span| document.slice(*label).contains('占');
    let said = list.labels.iter().all(of_whole) || document.slice(anchor).ends_with('即') && list.mark == Some('、');
    let rest = amounts(document, Span::new(list.end, around.end.max(list.end)), like);
    let settled = list.mark == Some('、') && matches!(list.close, None | Some('。'));
    let rest = if settled { Vec::new() } else { rest };
    (like.kind == ValueKind::Percent && said).then(|| Breakdown { rest, settled, ..Breakdown::settled(whole, None, list) })
}

/// Whether a list between 、 ends where it was read to end: its names are those of the kinds of one thing, as what follows is not.
fn is_settled(case: &Case<'_>, list: &Enumeration<'_>, next: Option<&Entry<'_>>) -> bool {
    let mut names = names(case, list);
    let are_kinds = |names: &[&str]| apart::are_apart(names) || apart::are_parallel(names);
    if list.mark != Some('、') || list.close == Some('、') || !are_kinds(&names) {
        return false;
    }
    let Some((next, value)) = next.and_then(|next| next.quantities.first().map(|value| (next, value))) else { return true };
    names.push(case.slice(Span::new(next.span.start, value.span.start)).trim());
    !are_kinds(&names) && !is_rest(case.slice(next.span))
}

/// Whether words begin with what is left: 其余, 其他.
fn is_rest(words: &str) -> bool {
    RESTS.iter().any(|word| words.trim_start().starts_with(word))
}

/// What announces the parts: what was found, or the mark that opens a bracket.
fn announced(case: &Case<'_>) -> Span {
    match (case.found, case.part.kind) {
        (None, PartKind::Bracket) => Span::new(case.part.span.start, case.part.text.start),
        _ => case.span(),
    }
}

/// The further lists after ；, each of which makes up the same total.
fn again_divided<'d>(case: &Case<'d>, place: &'d Value, entries: &[Entry<'d>], close_by: bool) -> Vec<Breakdown<'d>> {
    let document = case.document;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(entry) = entries.get(at) {
        // “35岁以下的3名” has two amounts, one of which counts.
        let alike = entry.quantities.iter().filter(|value| same_unit(document, value, place)).count();
        let begins = entry.before == Some('；') && alike == 1 && entry.after == Some('、');
        let list = begins.then(|| enumeration(document, &entries[at..], Some(place))).flatten();
        at += list.as_ref().map_or(1, |list| list.read.max(1));
        let Some(list) = list.filter(|list| list.mark == Some('、') && matches!(list.close, None | Some('；' | '。'))) else { continue };
        let settled = is_settled(case, &list, entries.get(at));
        found.push(Breakdown { close_by, again: true, settled, ..Breakdown::settled(place.low, Some(place), list) });
    }
    found
}

/// The total after the parts: “小学3所、初中2所，共5所”.
pub(super) fn before<'d>(case: &Case<'d>, place: &'d Value, anchor: Span) -> Option<Breakdown<'d>> {
    let document = case.document;
    let around = stretch(document, anchor);
    let all = entries(document, Span::new(around.start.min(anchor.start), anchor.start));
    let reaches = |list: &Enumeration<'_>| document.text()[list.end..anchor.start].chars().count() <= 1;
    let starts = (0..all.len()).filter(|&from| from == 0 || all[from].before != all[from].after || all[from].before == Some('，'));
    let mut lists = starts.filter_map(|from| {
        let list = enumeration(document, &all[from..], Some(place))?;
        // The longest enumeration that ends where the match begins.
        (reaches(&list) && list.times.iter().sum::<u32>() > 1).then_some((from, list))
    });
    let (from, mut list) = lists.next()?;
    // “收入510万元，加上补助352万元、结余12万元”.
    if case.slice(list.labels[0]).trim_start().starts_with('加') {
        let first = all[..from].iter().rev().find(|entry| !is_remark(document, entry))?;
        let [value] = first.quantities.as_slice() else { return None };
        if !same_unit(document, value, place) {
            return None;
        }
        list.values.insert(0, value);
        list.labels.insert(0, first.span);
        list.times.insert(0, 1);
    }
    // What has another amount beside its own is seldom added up: 流量1000立方米/时的4台.
    let read: &[Entry<'_>] = &all[from..];
    // 10kV of “10kV电力线5处” is but a name.
    let rated = |value: &&&Value| !case.slice(value.unit).is_ascii() || value.unit.is_empty();
    let several = |entry: &Entry<'_>| entry.quantities.iter().filter(rated).count() > 1 && !case.slice(entry.span).contains(['各', '别']);
    list.unclear |= read.iter().any(several);
    let start = list.values[0].span.start;
    let mut earlier = amounts(document, Span::new(around.start.min(start), start), place);
    // The last amounts before the total may be all its parts, or there may be more.
    let values: Vec<Decimal> = earlier.iter().copied().chain(list.values.iter().map(|value| value.low)).collect();
    let loose = rounding(place);
    // “分别为3所、4所，合计7所” begins with 分别.
    let said = ["分别", "依次"].iter().any(|word| case.slice(list.labels[0]).contains(word));
    let fits = |from: usize| !said && values.len() - from > 1 && (values[from..].iter().sum::<Decimal>() - place.low).abs() <= loose;
    if list.times.iter().all(|&times| times == 1) && (0..values.len()).any(fits) {
        return None;
    }
    earlier.clear();
    Some(Breakdown { others: earlier, ..Breakdown::settled(place.low, Some(place), list) })
}

impl Breakdown<'_> {
    /// By how much the parts exceed the total; `None` where some reading of the parts and the total agrees.
    pub(super) fn excess(&self, case: &Case<'_>) -> Option<Decimal> {
        let list = &self.list;
        let amount = |(value, &times): (&&Value, &u32)| value.low * Decimal::from(times);
        let amounts: Vec<Decimal> = list.values.iter().zip(&list.times).map(amount).collect();
        let sum: Decimal = amounts.iter().sum();
        let loose = loose_of(case, &list.values, self.place);
        let excess = sum - self.total;
        if excess.abs() <= loose || self.others.contains(&sum) && !self.is_repeated(excess) {
            return None;
        }
        if self.settled {
            return Some(excess);
        }
        // The list may end sooner, or go on.
        let place = self.place.map_or(Decimal::ZERO, rounding);
        let is = |sum: Decimal| (sum - self.total).abs() <= place;
        let mut prefix = Decimal::ZERO;
        for (index, amount) in amounts.iter().chain(&self.rest).enumerate() {
            prefix += amount;
            if index > 0 && is(prefix) {
                return None;
            }
        }
        // A part may be broken down again by those after it.
        let mut collapsed = Decimal::ZERO;
        let mut at = 0;
        while let Some(&amount) = amounts.get(at) {
            collapsed += amount;
            at += 1;
            let mut below = Decimal::ZERO;
            let children = amounts[at..].iter().position(|child| {
                below += child;
                (below - amount).abs() <= loose * HALF
            });
            at += children.filter(|&last| last > 0).map_or(0, |last| last + 1);
        }
        (!is(collapsed)).then_some(excess)
    }

    /// Whether the total says once more what was said before it, but for a digit: 收入总计685420万元。支出总计685240万元.
    fn is_repeated(&self, excess: Decimal) -> bool {
        self.place.is_some_and(|place| slip::digits(place) > 2 && slip::in_total(self.place, excess))
    }
}

/// The amounts of one unit in a span.
fn amounts(document: &Document, span: Span, like: &Value) -> Vec<Decimal> {
    document.values_in(span).iter().filter(|value| same_unit(document, value, like)).map(|value| value.low).collect()
}

/// How many of the entries after 其中 may be parts: a ； ends them, and a clause that begins with a verb none of them has.
fn parts_end(document: &Document, after: Span, entries: &[Entry<'_>]) -> usize {
    // “其中：小学3所；初中4所。” lists them with ；, and so does “其中，小学3所，占30%；初中7所，占70%。”.
    let listed = document.slice(after).starts_with(['：', ':', '，', ',']);
    let remarked = entries.iter().any(|entry| entry.before == Some('，') && is_remark(document, entry));
    let words = |entry: &Entry<'_>| document.slice(entry.span).trim_start();
    let verb = |entry: &Entry<'_>| ANOTHER_MATTER.iter().find(|word| words(entry).starts_with(**word));
    let first = entries.iter().find(|entry| !entry.span.is_empty()).and_then(verb);
    let rest = |entry: &Entry<'_>| words(entry).starts_with("其余");
    let ends = |entry: &Entry<'_>| match entry.before {
        Some('；') => !listed && !remarked && !rest(entry),
        Some('，') => verb(entry).is_some_and(|word| first != Some(word)),
        _ => false,
    };
    entries.iter().skip(1).position(ends).map_or(entries.len(), |at| at + 1)
}

/// A total, what else it may be, whether it stands in the same sentence, and whether another amount may be meant.
pub(super) struct Total<'d> {
    pub(super) place: &'d Value,
    others: Vec<Decimal>,
    close_by: bool,
    pub(super) doubtful: bool,
}

/// The total of parts like `part`.
fn total<'d>(case: &Case<'d>, part: &Value, names: &[&str]) -> Option<Total<'d>> {
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
        let is_total = same_unit(document, place, part) || noun.ends_with(document.slice(part.unit)) && !part.unit.is_empty();
        return is_total.then_some(Total { place, others: earlier, close_by: true, doubtful: false });
    }
    // Within brackets that hold the parts alone, the total stands before the bracket.
    let bracket = document.enclosing(PartKind::Bracket, Span::at(anchor.end)).filter(|bracket| bracket.text.contains(Span::at(anchor.end)));
    let start = around.start.min(anchor.end);
    let inside = Span::new(start, anchor.end);
    // “税收收入分项情况是：”, “新增债券中，” name a total said before.
    if case.found.is_some() && case.values(Some("named")).is_empty() && let Some(name) = case.found.and_then(|found| found.slot("named")) {
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
    let fresh = |entry: &Entry<'d>| {
        !is_compared(document, entry) && !alike(entry).is_empty()
    };
    let others = amounts(document, inside, part);
    let Some(at) = entries.iter().rposition(fresh) else {
        let blank = document.slice(Span::new(start, anchor.start.max(start))).trim_matches([' ', '　', '，']).is_empty();
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
        !VIEWS.iter().any(|word| words.starts_with(word)) || !words.starts_with("其中") && !words.contains(['统', '划', '看']) && !is_view(words)
    })?;
    let entries = entries(document, sentence.span);
    let alike = |entry: &Entry<'d>| -> Vec<&'d Value> {
        entry.quantities.iter().copied().filter(|value| same_unit(document, value, part)).collect()
    };
    // What it is divided into there is no total.
    let parts = entries.iter().position(|entry| entry.before.is_some() && document.slice(entry.span).starts_with("其中"));
    let fresh: Vec<&Entry<'d>> = entries[..parts.unwrap_or(entries.len())]
        .iter()
        .filter(|entry| !is_compared(document, entry) && !alike(entry).is_empty())
        .collect();
    let last = alike(fresh.last()?);
    let [place] = last.as_slice() else { return None };
    let others = amounts(document, sentence.span, part);
    Some(Total { place, others, close_by: false, doubtful: fresh.len() > 1 })
}
