//! Clauses that tell off what a number counts: 90分以上为优秀，…; 一看…，二看…; 甲部门3万元、乙部门2万元; 3月、9月各一次.

use super::listed::Words;
use super::ordinals::{han, run_before};
use super::{Listed, Stated};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::enumeration::entries;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind, numeral};
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;

/// Marks between clauses.
const MARKS: [char; 4] = ['，', '；', '、', '。'];

/// Kinds of places, whose names end with them.
const PLACES: [char; 6] = ['镇', '乡', '县', '区', '村', '市'];

/// What stands after the numeral in its sentence, and where it begins.
fn rest_of_sentence<'d>(document: &'d Document, stated: &Stated<'_>) -> Option<(usize, &'d str)> {
    let sentence = document.enclosing(PartKind::Sentence, Span::at(stated.end))?.span;
    Some((stated.end, document.slice(Span::new(stated.end, sentence.end.max(stated.end)))))
}

/// The noun a number counts: the Han characters behind it.
fn noun(document: &Document, stated: &Stated<'_>) -> String {
    document.text()[stated.span.end..].chars().take_while(|&c| is_han(c)).take(8).collect()
}

/// 分为四等：90分以上为优秀，80分以上、90分以下为良好，…: the clauses that end by naming one.
pub(super) fn graded(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let (start, rest) = rest_of_sentence(document, stated)?;
    let colon = rest.find('：')? + '：'.len_utf8();
    let list = rest[colon..].trim_end_matches('。');
    let named = |clause: &str| {
        let (lead, name) = clause.rsplit_once('为')?;
        let name = name.trim_matches(['“', '”']);
        (!lead.is_empty() && (1..=6).contains(&name.chars().count()) && name.chars().all(is_han))
            .then(|| name.to_owned())
    };
    let without_bracket = list.split('（').next()?;
    let clauses: Vec<&str> = without_bracket.split(['，', '；']).collect();
    let names: Vec<String> = clauses.iter().filter_map(|clause| named(clause)).collect();
    let apart = names.iter().enumerate().all(|(at, name)| !names[..at].contains(name));
    (names.len() == clauses.len() && names.len() > 1 && apart)
        .then(|| Listed::new(names.len(), vec![Span::new(start + colon, start + colon + without_bracket.len())]))
}

/// “三看三改”：一看格式，二看文字，三看逻辑: the clauses that begin with the next number and the verb of the short form.
pub(super) fn verbs(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let verb = document.text()[stated.end..].chars().next().filter(|&c| is_han(c))?;
    let (start, rest) = rest_of_sentence(document, stated)?;
    let mut places = Vec::new();
    let mut at = 0;
    loop {
        let lead = rest[..at].chars().next_back();
        if lead.is_some_and(|c| MARKS.contains(&c) || matches!(c, '：' | '（'))
            && let Some((number, length)) = han(&rest[at..])
            && number == places.len() + 1
            && rest[at + length..].starts_with(verb)
        {
            places.push(Span::new(start + at, start + at + length + verb.len_utf8()));
        }
        match rest[at..].chars().next() {
            Some(c) => at += c.len_utf8(),
            None => break,
        }
    }
    (places.len() > 1).then(|| Listed::new(places.len(), places))
}

/// 3个部门…，即甲部门41万元、乙部门28万元、丙部门17万元: the entries that each name one and its amount.
pub(super) fn amounts(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let (start, rest) = rest_of_sentence(document, stated)?;
    let (at, opener) =
        ["，即", "，分别为", "，分别是"].iter().filter_map(|opener| Some((rest.find(opener)?, opener))).min()?;
    let noun = noun(document, stated);
    let list = entries(document, Span::new(start + at + opener.len(), start + rest.len()));
    let length = list.iter().position(|entry| entry.after != Some('、')).map_or(list.len(), |last| last + 1);
    let last = list.get(length.checked_sub(1)?)?;
    let label = |quantity: &Value, entry: Span| {
        document.slice(Span::new(entry.start, quantity.span.start)).trim_end_matches("为")
    };
    // 部门 of 部门无预算采购: the longest beginning that all labels end with.
    let least = if noun.starts_with(PLACES) { 1 } else { 2 };
    let kind = (least..=4.min(noun.chars().count()))
        .rev()
        .map(|size| noun.chars().take(size).collect::<String>())
        .find(|kind| {
            list[..length].iter().all(|entry| {
            matches!(entry.quantities.as_slice(), [quantity] if label(quantity, entry.span).ends_with(kind.as_str()))
        })
        });
    kind?;
    let closed = matches!(last.after, None | Some('。' | '；')) && !document.slice(last.span).contains('等');
    (length > 1 && closed).then(|| Listed::new(length, list[..length].iter().map(|entry| entry.span).collect()))
}

/// 2025年、2027年、2030年各开展一次，共三次: the entries before 各, times how often each.
pub(super) fn each(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let sentence = document.enclosing(PartKind::Sentence, stated.span)?.span;
    let lead = document.slice(Span::new(sentence.start, stated.span.start));
    let words =
        ["，全年共", "，总共", "，一共", "，合计", "，共计", "，共"].iter().find_map(|word| lead.strip_suffix(word))?;
    let clause = words.rfind(['，', '；', '：']).map_or(0, |at| at + '，'.len_utf8());
    let each = clause + words[clause..].rfind('各')?;
    let span = Span::new(sentence.start + each, sentence.start + words.len());
    // 一次 is too short to be read as an amount everywhere.
    let once = document.slice(span).char_indices().find_map(|(at, _)| {
        let numeral = numeral::read(document.text(), span.start + at)?;
        document.text()[numeral.span.end..].starts_with(stated.unit).then_some(numeral)
    })?;
    let times = once.value.to_usize()?;
    let list = entries(document, Span::new(sentence.start, sentence.start + each));
    let from = list.iter().rposition(|entry| entry.before != Some('、'))?;
    let list = &list[from..];
    let last = document.slice(list.last()?.span);
    let joined = list.last()?.span.end == span.start;
    if list.len() < 2 || !joined || last.ends_with(['等', '校', '市', '县', '区', '单']) || times == 0 {
        return None;
    }
    let listed = Words::of(document, list)?.listed(false);
    let (least, most) = listed.right;
    Some(Listed { found: listed.found * times, right: (least * times, most * times), ..listed })
}

/// 十件实事…五是……。另外五件: what the items before leave of the whole.
pub(super) fn rest(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let line = document.line_at(stated.span.start).span;
    let run = run_before(document, line, stated.span.start)?;
    let first = run.places.first()?.start;
    let whole =
        document.values_in(Span::new(line.start, first)).iter().rfind(|value| value.kind == ValueKind::Amount)?;
    let counted: String = noun(document, stated).chars().take(2).collect();
    let named = document.slice(Span::new(whole.span.end, first)).contains(&counted) && counted.chars().count() == 2;
    let left = whole.low.to_usize()?.checked_sub(run.found)?;
    let alike = document.slice(whole.unit) == stated.unit && whole.is_exact();
    (alike && named && left > 0).then(|| Listed::new(left, vec![whole.span]))
}

/// “3”即三个全覆盖: the number that the words behind say again.
pub(super) fn told(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let rest = document.text()[stated.end..].strip_prefix('”')?;
    let after = ["即", "是指", "指", "就是", "代表"].iter().find_map(|word| rest.strip_prefix(word))?;
    let again = numeral::read(document.text(), document.text().len() - after.len())?;
    Some(Listed::new(again.value.to_usize()?, vec![again.span]))
}

/// 四方验收，由甲、乙、丙和丁共同签字.
pub(super) fn jointly(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let (start, rest) = rest_of_sentence(document, stated)?;
    let by = rest.find("，由")? + "，由".len();
    let together = by + rest[by..].find("共同")?;
    let list = entries(document, Span::new(start + by, start + together));
    let plain = list.iter().all(|entry| entry.quantities.is_empty() && matches!(entry.after, None | Some('、')));
    let open = document.slice(list.last()?.span).ends_with('等');
    (list.len() > 1 && plain).then(|| Words::of(document, &list)).flatten().map(|words| words.listed(open))
}

/// “企业点单、部门接单、专班跟单”三单: the words in the quotation marks, which all end as the short form does.
pub(super) fn endings(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let ending = document.text()[stated.end..].chars().next()?;
    let mut end = stated.span.start;
    let mut words = Vec::new();
    while let Some(quote) = document.parts(PartKind::Quote).iter().find(|quote| quote.span.end == end) {
        let list = entries(document, quote.text);
        words.extend(list.iter().rev().map(|entry| entry.span));
        end = quote.span.start;
    }
    words.reverse();
    let all =
        words.iter().all(|word| document.slice(*word).ends_with(ending) && document.slice(*word).chars().count() <= 8);
    (words.len() > 1 && all).then(|| Listed::new(words.len(), words))
}
