//! Ordinals that begin clauses: 一是、二是; 第一，第二，; 首先、其次、再次; （1）（2）; ①②.

use super::{Listed, Stated};
use crate::document::Document;
use crate::document::part::PartKind;
use crate::document::value::{ValueKind, numeral};
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;

/// How ordinals are written; those of one run are alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    /// 一是.
    Is,
    /// 一要.
    Must,
    /// 第一，.
    Nth,
    /// 首先, 其次, 再次, 最后.
    First,
    /// 其一，.
    Among,
    /// （1）, （一）.
    Bracket,
    /// ①.
    Circle,
}

/// An ordinal with its place.
#[derive(Clone, Copy)]
struct Ordinal {
    number: usize,
    place: Span,
    style: Style,
}

/// The run of ordinals in the paragraph, begun soon after the number; each may begin a line of its own. Only a run that can
/// be told from others is counted.
pub(super) fn ordinals(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let text = document.text();
    let line = document.line_index_at(stated.span.start);
    let begins = |line: Span, least: usize| {
        places_of_ordinals(document, line).first().is_some_and(|first| {
            // （一） and ① at the start of a line number items.
            let word = !matches!(first.style, Style::Bracket | Style::Circle);
            word && first.number >= least && document.slice(Span::new(line.start, first.place.start)).trim().is_empty()
        })
    };
    // Farther off than this, a run is none of the number's.
    let near = text[stated.span.end..].char_indices().nth(24).map_or(text.len(), |(index, _)| stated.span.end + index);
    let mut below = document.lines[line + 1..].iter();
    let line_end = document.lines[line].span.end.max(stated.span.end);
    let is_near = places_of_ordinals(document, Span::new(stated.span.end, line_end.min(near)))
        .iter()
        .any(|first| first.number == 1)
        || line_end < near && document.lines.get(line + 1).is_some_and(|next| begins(next.span, 1));
    if !is_near {
        return None;
    }
    let listed = below.by_ref().take_while(|next| begins(next.span, 1)).last();
    // The run goes on below a paragraph that does not begin so: how many there are cannot be told.
    let goes_on = below.take(8).any(|next| begins(next.span, 2));
    let end = listed.map_or(line_end, |listed| listed.span.end);
    let all = places_of_ordinals(document, Span::new(stated.span.end, end));
    let first = *all.iter().find(|ordinal| ordinal.number == 1)?;
    let lead = document.slice(Span::new(stated.span.end, first.place.start));
    let reach = if lead.contains('。') { 8 } else { 14 };
    let is_near = lead.chars().count() <= reach
        && lead.matches(['。', '：', ':']).count() <= 1
        && lead.trim_end().ends_with(['。', '：', ':', '，']);
    // “五项议题，其中两项：一是……” counts the nearer.
    let between = document.values_in(Span::new(stated.span.end, first.place.start));
    let is_nearest = between.iter().all(|other| other.kind != ValueKind::Amount);
    if !is_near || !is_nearest || (goes_on && listed.is_some()) {
        return None;
    }
    let alike: Vec<Ordinal> = all.iter().filter(|ordinal| ordinal.style == first.style).copied().collect();
    let begin = alike.iter().position(|ordinal| ordinal.place == first.place)?;
    let length = alike[begin..].iter().skip(1).take_while(|ordinal| ordinal.number > 1).count() + 1;
    let run = &alike[begin..begin + length];
    // Numbers that go back belong to a run around this one, or to one within it; so does another 一是 in the same sentence.
    let rises = run.windows(2).all(|pair| pair[0].number < pair[1].number);
    let last = run[run.len() - 1];
    let next = alike.get(begin + length);
    let apart = next.is_none_or(|next| document.slice(Span::new(last.place.end, next.place.start)).contains('。'));
    let resumed = alike[begin + length..].iter().any(|ordinal| ordinal.number == last.number + 1);
    // A run within 三是…… may be followed by 四是 of the run around it.
    let line_start = document.lines[line].span.start.min(stated.span.start);
    let outer = places_of_ordinals(document, Span::new(line_start, stated.span.start));
    let leaves = |place: Span| text[..place.start].trim_end().ends_with(['。', '；']);
    let left = outer
        .iter()
        .rev()
        .find(|ordinal| ordinal.style == first.style)
        .is_some_and(|outer| run.iter().any(|ordinal| ordinal.number == outer.number + 1 && leaves(ordinal.place)));
    // 四种类型：一是……。二是……。还有两类：…….
    let more = document.slice(Span::new(last.place.end, end.max(last.place.end))).split("还有").skip(1);
    let is_more = |words: &str| {
        numeral::read(words, 0)
            .and_then(|more| more.value.to_usize())
            .is_some_and(|more| more + run.len() == stated.number)
    };
    if more.into_iter().any(is_more) {
        return None;
    }
    let places: Vec<Span> = run.iter().map(|ordinal| ordinal.place).collect();
    let right = (run.len().min(last.number), run.len().max(last.number));
    (run.len() > 1 && rises && apart && !resumed && !left).then_some(Listed { right, ..Listed::new(run.len(), places) })
}

/// The run of ordinals that ends before `end` within the line: how many, and where.
pub(super) fn run_before(document: &Document, line: Span, end: usize) -> Option<Listed> {
    let all = places_of_ordinals(document, Span::new(line.start, end.max(line.start)));
    let style = all.last()?.style;
    let alike: Vec<&Ordinal> = all.iter().filter(|ordinal| ordinal.style == style).collect();
    let begin = alike.iter().rposition(|ordinal| ordinal.number == 1)?;
    let run = &alike[begin..];
    let rises = run.iter().enumerate().all(|(at, ordinal)| ordinal.number == at + 1);
    (rises && run.len() > 1 && alike.len() == run.len())
        .then(|| Listed::new(run.len(), run.iter().map(|ordinal| ordinal.place).collect()))
}

/// The ordinals that begin a clause; not those within quotation marks.
fn places_of_ordinals(document: &Document, span: Span) -> Vec<Ordinal> {
    let text = document.slice(span);
    let mut found: Vec<Ordinal> = Vec::new();
    let mut of_first = 0;
    for (at, c) in text.char_indices() {
        let opens = || {
            let lead = text[..at].trim_end_matches([' ', '\u{3000}']);
            lead.is_empty() || lead.ends_with(['。', '；', '，', '：', '、', '\n', ';', ',', ':', '“'])
        };
        let rest = &text[at..];
        let read = match c {
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' if opens() => {
                is_or_must(rest)
            }
            '第' if opens() => nth(rest, '第', Style::Nth),
            '其' if opens() && !rest.starts_with("其次") => nth(rest, '其', Style::Among),
            '首' | '其' | '再' | '最' if opens() => {
                let word = ["首先", "其次", "再次", "再者", "最后"].iter().find(|word| rest.starts_with(**word));
                let after = word.map(|word| &rest[word.len()..]);
                let told = after.is_some_and(|after| after.starts_with(['，', '是', '要', ',']));
                word.filter(|_| told).and_then(|word| {
                    of_first = if *word == "首先" { 1 } else { of_first + 1 };
                    (of_first == 1 && *word == "首先" || of_first > 1).then_some((of_first, word.len(), Style::First))
                })
            }
            '（' | '(' => bracketed(rest),
            '①'..='⑳' => Some((c as usize - '①' as usize + 1, c.len_utf8(), Style::Circle)),
            _ => None,
        };
        let Some((number, length, style)) = read else { continue };
        let place = Span::new(span.start + at, span.start + at + length);
        if document.enclosing(PartKind::Quote, place).is_none() {
            found.push(Ordinal { number, place, style });
        }
    }
    found
}

/// 一是 or 一要: the number, the length, the style.
fn is_or_must(rest: &str) -> Option<(usize, usize, Style)> {
    let (number, length) = han(rest)?;
    let after = &rest[length..];
    let (verb, style) = match after.chars().next()? {
        verb @ '是' => (verb, Style::Is),
        verb @ '要' => (verb, Style::Must),
        _ => return None,
    };
    // 一是一、二是二.
    let idiom = after[verb.len_utf8()..].starts_with(&rest[..length]);
    (!idiom).then_some((number, length + verb.len_utf8(), style))
}

/// 第一， or 其一，.
fn nth(rest: &str, lead: char, style: Style) -> Option<(usize, usize, Style)> {
    let (number, length) = han(&rest[lead.len_utf8()..])?;
    let end = lead.len_utf8() + length;
    rest[end..].starts_with(['，', ',', '、', '是', '：']).then_some((number, end, style))
}

/// （1） or （一）.
fn bracketed(rest: &str) -> Option<(usize, usize, Style)> {
    let inside = rest.strip_prefix(['（', '('])?;
    let open = rest.len() - inside.len();
    let numeral = numeral::read(rest, open)?;
    let close = rest[numeral.span.end..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let number = numeral.short(2)? as usize;
    Some((number, numeral.span.end + close.len_utf8(), Style::Bracket))
}

/// A Han numeral up to 二十: its number and length.
pub(super) fn han(rest: &str) -> Option<(usize, usize)> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|digit| digit == c).map(|at| at + 1);
    let mut characters = rest.chars();
    let first = characters.next()?;
    let size = first.len_utf8();
    if first == '十' {
        return Some(characters.next().and_then(digit).map_or((10, size), |units| (10 + units, 2 * size)));
    }
    let number = digit(first)?;
    if number == 2 && characters.next() == Some('十') { Some((20, 2 * size)) } else { Some((number, size)) }
}
