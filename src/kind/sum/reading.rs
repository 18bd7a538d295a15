//! Where the total of a breakdown stands, and where its parts.

use super::total::{Total, amounts, announced, total};
use super::{HALF, apart, loose_of, names, rounding, slip};
use crate::document::Document;
use crate::document::enumeration::{Entry, Enumeration, RESTS, entries, enumeration, is_remark, same_unit, stretch};
use crate::document::value::{Value, ValueKind};
use crate::kind::Case;
use crate::source::Span;
use rust_decimal::Decimal;

/// A total and what was read as its parts.
#[derive(Clone)]
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
        Breakdown {
            total,
            place,
            list,
            rest: Vec::new(),
            others: Vec::new(),
            close_by: true,
            doubtful: false,
            again: false,
            settled: true,
        }
    }
}

/// Words at the start of a clause that goes on about the total, or about the part before it, instead of naming another part.
const ANOTHER_MATTER: &[&str] = &[
    "发现", "查出", "排查", "已", "现已", "均", "都", "配备", "配有", "设有", "建有", "整改", "涉及", "累计", "惠及",
    "解决", "办结", "查处", "立案", "关闭", "带动", "吸纳", "覆盖", "新增", "达", "实现", "共", "有", "包括", "含",
    "其中", "分别", "合计", "总计",
];

/// A breakdown as it is kept while a document is checked: its values by their numbers in the document.
struct Kept {
    breakdown: Breakdown<'static>,
    place: Option<usize>,
    values: Vec<usize>,
}

/// The breakdowns that what was found announces: 其中, 分别为, an opening bracket. Rules that report different kinds of them
/// ask for the same.
pub(super) fn after<'d>(case: &Case<'d>) -> Vec<Breakdown<'d>> {
    if case.found.is_some_and(|found| !found.slots.is_empty()) {
        return read_after(case);
    }
    let all = &case.document.values;
    let number = |value: &Value| all.partition_point(|other| other.span < value.span);
    let question = ("breakdowns", usize::from(case.found.is_some()));
    let kept = case.scan.once(question, announced(case), || {
        let keep = |breakdown: Breakdown<'_>| Kept {
            place: breakdown.place.map(number),
            values: breakdown.list.values.iter().map(|value| number(value)).collect(),
            breakdown: Breakdown {
                place: None,
                list: Enumeration { values: Vec::new(), ..breakdown.list },
                ..breakdown
            },
        };
        read_after(case).into_iter().map(keep).collect::<Vec<Kept>>()
    });
    let given = |Kept { breakdown, place, values }: &Kept| Breakdown {
        place: place.map(|number| &all[number]),
        list: Enumeration { values: values.iter().map(|&number| &all[number]).collect(), ..breakdown.list.clone() },
        ..breakdown.clone()
    };
    kept.iter().map(given).collect()
}

fn read_after<'d>(case: &Case<'d>) -> Vec<Breakdown<'d>> {
    let document = case.document;
    let anchor = announced(case);
    let inside = Span::at(anchor.end);
    let around = stretch(document, inside);
    let after = Span::new(anchor.end, around.end.max(anchor.end));
    // Within a bracket, these announce the parts themselves.
    if case.found.is_none()
        && ["其中", "包括", "分别"].iter().any(|word| document.slice(after).trim_start().starts_with(word))
    {
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
        let Some(Total { place, others, close_by, doubtful }) = total(case, like, &names(case, &list)) else {
            continue;
        };
        if !place.is_exact() || list.values.iter().any(|value| value.span.overlaps(place.span)) {
            continue;
        }
        // A bracket that is not introduced holds the parts alone.
        if case.slice(anchor).ends_with(['（', '(']) && (list.end < around.end || list.read < all.len()) {
            continue;
        }
        let next = list.read;
        let settled = is_settled(case, &list, all.get(next));
        let rest =
            if settled { Vec::new() } else { amounts(document, Span::new(list.end, around.end.max(list.end)), like) };
        let breakdown =
            Breakdown { rest, others, close_by, doubtful, settled, ..Breakdown::settled(place.low, Some(place), list) };
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
    (like.kind == ValueKind::Percent && said).then(|| Breakdown {
        rest,
        settled,
        ..Breakdown::settled(whole, None, list)
    })
}

/// Whether a list between 、 ends where it was read to end: its names are those of the kinds of one thing, as what follows is not.
fn is_settled(case: &Case<'_>, list: &Enumeration<'_>, next: Option<&Entry<'_>>) -> bool {
    if list.mark != Some('、') || list.close == Some('、') {
        return false;
    }
    let mut names = names(case, list);
    let are_kinds = |names: &[&str]| apart::are_parallel(names) || apart::are_apart(names);
    if !are_kinds(&names) {
        return false;
    }
    let Some((next, value)) = next.and_then(|next| next.quantities.first().map(|value| (next, value))) else {
        return true;
    };
    names.push(case.slice(Span::new(next.span.start, value.span.start)).trim());
    !are_kinds(&names) && !is_rest(case.slice(next.span))
}

/// Whether words begin with what is left: 其余, 其他.
fn is_rest(words: &str) -> bool {
    let words = words.trim_start();
    RESTS.iter().any(|word| words.starts_with(word))
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
        let Some(list) = list.filter(|list| list.mark == Some('、') && matches!(list.close, None | Some('；' | '。')))
        else {
            continue;
        };
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
    let starts = (0..all.len())
        .filter(|&from| from == 0 || all[from].before != all[from].after || all[from].before == Some('，'));
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
    let several = |entry: &Entry<'_>| {
        entry.quantities.iter().filter(rated).count() > 1 && !case.slice(entry.span).contains(['各', '别'])
    };
    // “收入860万元，结转120万元，支出合计910万元” adds up nothing.
    let said = |word: &str| case.slice(Span::new(anchor.start, place.span.start.max(anchor.start))).contains(word);
    let named = |word: &str| list.labels.iter().any(|label| case.slice(*label).contains(word));
    if [("支出", "收入"), ("收入", "支出")].iter().any(|(own, other)| said(own) && !named(own) && named(other))
    {
        return None;
    }
    // Rates make up no total: “按省级200万元、市级120万元的标准奖补，共2120万元”.
    list.unclear |= read.iter().any(|entry| several(entry) || case.slice(entry.span).contains("标准"));
    let start = list.values[0].span.start;
    let mut earlier = amounts(document, Span::new(around.start.min(start), start), place);
    // The last amounts before the total may be all its parts, or there may be more.
    let values: Vec<Decimal> = earlier.iter().copied().chain(list.values.iter().map(|value| value.low)).collect();
    let loose = rounding(place);
    // “分别为3所、4所，合计7所” begins with 分别.
    let said = ["分别", "依次"].iter().any(|word| case.slice(list.labels[0]).contains(word));
    let fits = |from: usize| {
        !said && values.len() - from > 1 && (values[from..].iter().sum::<Decimal>() - place.low).abs() <= loose
    };
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

/// How many of the entries after 其中 may be parts: a ； ends them, and a clause that begins with a verb none of them has.
fn parts_end(document: &Document, after: Span, entries: &[Entry<'_>]) -> usize {
    // “其中：小学3所；初中4所。” lists them with ；, and so does “其中，小学3所，占30%；初中7所，占70%。”.
    let listed = document.slice(after).starts_with(['：', ':', '，', ',']);
    let remarked = entries.iter().any(|entry| entry.before == Some('，') && is_remark(document, entry));
    let words = |entry: &Entry<'_>| document.slice(entry.span).trim_start();
    let verb = |entry: &Entry<'_>| {
        let words = words(entry);
        ANOTHER_MATTER.iter().find(|word| words.starts_with(**word))
    };
    let first = entries.iter().find(|entry| !entry.span.is_empty()).and_then(verb);
    let rest = |entry: &Entry<'_>| words(entry).starts_with("其余");
    let ends = |entry: &Entry<'_>| match entry.before {
        Some('；') => !listed && !remarked && !rest(entry),
        Some('，') => verb(entry).is_some_and(|word| first != Some(word)),
        _ => false,
    };
    entries.iter().skip(1).position(ends).map_or(entries.len(), |at| at + 1)
}
