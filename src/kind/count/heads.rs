//! Numbers against headings and marked lines: their titles, the counts in their brackets, the words they begin with.

use super::{Listed, Stated};
use crate::document::Document;
use crate::document::character::{is_blank, is_han};
use crate::document::label::LabelStyle;
use crate::document::layout::{Line, LineKind};
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind, numeral};
use crate::source::{Role, Span};
use rust_decimal::prelude::ToPrimitive;

/// Marks that begin the lines of a list without numbers.
const BULLETS: [char; 14] = ['△', '▲', '●', '○', '■', '□', '◆', '◇', '★', '☆', '▶', '►', '※', '•'];

/// What is counted in a text and listed under a heading of that name.
const KINDS: [&str; 10] = ["活动", "任务", "工作", "措施", "行动", "项目", "工程", "实事", "举措", "指标"];

/// 【短讯七则】: the lines below that begin with one mark.
pub(super) fn marked(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let words = |line: &Line| document.slice(line.span);
    let bullet =
        document.lines.get(index + 1).and_then(|line| words(line).chars().next()).filter(|c| BULLETS.contains(c))?;
    let ends = |line: &&Line| line.kind != LineKind::Heading && line.label.is_none() && !words(line).starts_with('【');
    let below = document.lines[index + 1..].iter().take_while(ends);
    let places: Vec<Span> = below.filter(|line| words(line).starts_with(bullet)).map(|line| line.span).collect();
    (places.len() > 1).then(|| Listed::new(places.len(), places))
}

/// 三把“钥匙”打开致富门 as a heading: the numbered lines right below.
pub(super) fn headed(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let words = document.slice(document.lines[index].span);
    let title = !words.ends_with(['。', '：', '；', '，']) && words.chars().count() <= 30;
    title.then(|| numbered(document, index)).flatten()
}

/// The numbered lines right below a line, from 1 on.
pub(super) fn numbered(document: &Document, index: usize) -> Option<Listed> {
    let nodes = &document.outline.nodes;
    let first = nodes.iter().position(|node| node.line == index + 1)?;
    let number = |node: usize| nodes[node].read.map(|label| label.number);
    let members = &document.outline.groups[nodes[first].group].members;
    let from = members.iter().position(|&node| node == first)?;
    let run: Vec<usize> = members[from..]
        .iter()
        .copied()
        .enumerate()
        .take_while(|&(at, node)| number(node) == Some(at as u32 + 1))
        .map(|(_, node)| node)
        .collect();
    // A number left out or doubled is another matter.
    let clean = members.get(from + run.len()).is_none_or(|&node| number(node) == Some(1));
    (run.len() > 1 && clean).then(|| Listed::new(run.len(), run.iter().map(|&node| nodes[node].label).collect()))
}

/// 全市设6个考点……。各考点考场安排如下：: the numbered lines below, which are what was counted.
pub(super) fn arranged(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let text = &document.text()[stated.end..stated.span.end];
    let measure = text.chars().next().filter(|&c| is_han(c))?;
    let noun: String = text[measure.len_utf8()..].chars().take_while(|&c| is_han(c)).take(2).collect();
    let (_, last) = text.rsplit_once("。各")?;
    let index = document.line_index_at(stated.span.start);
    let ends = document.lines[index].span.end == stated.span.end;
    let place = Span::new(stated.span.start, stated.end + measure.len_utf8());
    let listed = (ends && last.starts_with(&noun)).then(|| numbered(document, index)).flatten()?;
    Some(Listed { instead: Some((stated.number, place)), ..listed })
}

/// 以下4项工作由各处室共同承担，…。: the items right below, whatever number they begin with.
pub(super) fn following(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let line = document.lines[index].span;
    let rest = document.slice(Span::new(stated.span.end, line.end.max(stated.span.end)));
    let lead = &document.text()[line.start.min(stated.span.start)..stated.span.start];
    let told = ["以下", "下列"].contains(&lead);
    // 另有2项 counts others among them.
    let other = document.values_in(Span::new(stated.span.end, line.end.max(stated.span.end))).iter();
    let other = other.filter(|value| document.slice(value.unit) == stated.unit).count() > 0;
    if !told || other || !rest.ends_with('。') || !rest.contains('，') {
        return None;
    }
    let nodes = &document.outline.nodes;
    let first = nodes.iter().position(|node| node.line == index + 1)?;
    let members = &document.outline.groups[nodes[first].group].members;
    let from = members.iter().position(|&node| node == first)?;
    let run = &members[from..];
    let number = |node: usize| nodes[node].read.map(|label| label.number);
    let rises = run.windows(2).all(|pair| number(pair[1]) == number(pair[0]).map(|number| number + 1));
    // Another such line would part them.
    let last = nodes[*run.last()?].end_line;
    let parted = document.lines[index + 1..last].iter().any(|line| {
        let words = document.slice(line.span);
        line.label.is_none() && ["以下", "下列", "以上", "上述"].iter().any(|word| words.starts_with(word))
    });
    (run.len() > 1 && rises && !parted)
        .then(|| Listed::new(run.len(), run.iter().map(|&node| nodes[node].label).collect()))
}

/// 开展12项主题活动 and a heading 主题活动: the items under it, which are numbered through.
pub(super) fn titled(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let noun: String = document.text()[stated.span.end..].chars().take_while(|&c| is_han(c)).take(9).collect();
    if !(4..=8).contains(&noun.chars().count()) || !KINDS.iter().any(|kind| noun.ends_with(kind)) {
        return None;
    }
    let nodes = &document.outline.nodes;
    let is_titled = |span: Span| document.slice(span).trim() == noun;
    let head = nodes.iter().position(|node| node.kind == PartKind::Heading && is_titled(node.text))?;
    let under = |node: &&crate::document::outline::Node| {
        node.line > nodes[head].line
            && node.line < nodes[head].end_line
            && node.read.is_some_and(|label| label.style == LabelStyle::ArabicDot)
    };
    let items: Vec<_> = nodes.iter().filter(under).collect();
    let through =
        items.iter().enumerate().all(|(at, node)| node.read.is_some_and(|label| label.number as usize == at + 1));
    // Numbered on from one subheading to the next, they are meant to be counted.
    let parted = items.windows(2).any(|pair| pair[0].parent != pair[1].parent);
    (items.len() > 2 && through && parted)
        .then(|| Listed::new(items.len(), items.iter().map(|node| node.label).collect()))
}

/// 分为4个标段 and the lines 标段1：…, 标段2：…: the words that lines begin with.
pub(super) fn labelled(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let noun: String = document.text()[stated.span.end..].chars().take_while(|&c| is_han(c)).take(5).collect();
    if !(1..=4).contains(&noun.chars().count()) {
        return None;
    }
    let nodes = &document.outline.nodes;
    let mut places: Vec<Span> = Vec::new();
    for line in document.lines.iter().filter(|line| !matches!(line.role, Role::Cell { .. })) {
        let own =
            line.node.map(|node| &nodes[node]).filter(|node| line.span.contains(node.label) && !node.label.is_empty());
        let text = own.map_or(line.span, |node| node.text);
        let Some(rest) = document.slice(text).strip_prefix(noun.as_str()) else { continue };
        let at = text.start + noun.len();
        let Some(number) = numeral::read(document.text(), at).filter(|number| number.span.start == at) else {
            continue;
        };
        let after = &rest[number.span.len()..];
        let apart = after.is_empty() || after.starts_with(['：', ':', '，', '（', '。', '　', ' ']);
        // 标段1 may come again where something else is said of it.
        match number.value.to_usize() {
            Some(number) if apart && number == places.len() + 1 => places.push(text),
            _ => {}
        }
    }
    (places.len() > 1).then(|| Listed::new(places.len(), places))
}

/// The counts in the brackets of headings against what the text says of them: 授予12个单位“先进集体”称号 and 先进集体（14个）;
/// 对30个先进集体予以表彰 and the headings that part them.
pub(super) fn headings(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let index = document.line_index_at(stated.span.start);
    let own = bracketed(document, index).filter(|(value, _)| value.span == stated.span)?;
    // The headings beside it that count in the same unit.
    let style = document.lines[index].label?.style;
    let beside: Vec<(&Value, &str)> = document
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.label.is_some_and(|label| label.style == style))
        .filter_map(|(index, _)| bracketed(document, index))
        .collect();
    let quoted = format!("“{}”", own.1);
    let unit = |value: &Value| document.slice(value.unit).to_owned();
    let head = Span::new(0, document.lines[index].span.start);
    for mention in document.values_in(head).iter().filter(|value| value.kind == ValueKind::Amount && value.is_exact()) {
        let rest = &document.text()[mention.span.end..];
        let said = mention.low.to_usize()?;
        let named = ["个单位", "单位", "名同志", "同志", "个集体", "集体", "名个人", "人", "个", "家", "名", ""];
        if named.iter().any(|word| rest.strip_prefix(word).is_some_and(|rest| rest.starts_with(&quoted))) {
            return Some(Listed {
                instead: Some((said, mention.span)),
                ..Listed::new(stated.number, vec![stated.span])
            });
        }
        if !document.text()[..mention.span.start].ends_with('等') || unit(mention) != stated.unit {
            continue;
        }
        let noun: String = rest.chars().take_while(|&c| is_han(c)).take(8).collect();
        let parts: Vec<&(&Value, &str)> =
            beside.iter().filter(|(value, words)| unit(value) == stated.unit && shared(words, &noun)).collect();
        // Told once, at the first of them.
        if parts.first().is_some_and(|first| first.0.span == stated.span) {
            let sum = parts.iter().filter_map(|(value, _)| value.low.to_usize()).sum();
            let places = parts.iter().map(|(value, _)| value.span).collect();
            return Some(Listed { instead: Some((said, mention.span)), ..Listed::new(sum, places) });
        }
    }
    None
}

/// Whether a heading ends with the noun that a text begins with: 抗旱工作先进集体 and 先进集体予以表彰.
fn shared(words: &str, noun: &str) -> bool {
    let length = noun.chars().count();
    (4..=length).any(|size| words.ends_with(&noun.chars().take(size).collect::<String>()))
}

/// A line that ends with a count in a bracket: the count, and the words before the bracket without the number.
fn bracketed(document: &Document, index: usize) -> Option<(&Value, &str)> {
    let line = &document.lines[index];
    if !document.slice(line.span).ends_with(['）', ')']) {
        return None;
    }
    let value =
        document.values_in(line.span).last().filter(|value| value.kind == ValueKind::Amount && value.is_exact())?;
    let text = document.text();
    let open = text[..value.span.start].strip_suffix(['（', '('])?.len();
    let label = line.node.map(|node| document.outline.nodes[node].label).filter(|label| line.span.contains(*label));
    let start = label.map_or(line.span.start, |label| label.end.max(line.span.start));
    let whole = value.span.end + '）'.len_utf8() >= line.span.end;
    (whole && start < open).then(|| (value, text[start..open].trim_matches(is_blank)))
}
