//! `sequence`: numbers that follow each other, in one style, none missing.

use super::{Case, Find, Hit};
use crate::document::Document;
use crate::document::label::{LabelStyle, han_number};
use crate::document::outline::{Group, Node};
use crate::document::part::{Part, PartKind};
use crate::pattern::Pattern;
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// What the numbers of siblings, or the 一是、二是 of a paragraph, must be like.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Sequence {
    /// 从几起：one（从1起）、run-on（接上一组）、either（默认，两种都可）。
    pub start: Start,
    /// 检查什么：numbers（默认，序号连续）、marks（写法一致）、unnumbered（标题漏了序号）。
    pub check: Check,
    /// 检查段落内的序次语而不是行首序号：{n} 表示数字，如 “{n}是”“第{n}，”。given 为 {siblings: paragraph} 的，检查各段开头的。
    pub words: Option<String>,
    /// The words with each number, once they are searched for.
    #[serde(skip)]
    pub numerals: Vec<Pattern>,
}

/// Where a run of numbers begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// At 1.
    One,
    /// After the last number of the run before it.
    RunOn,
    /// At either.
    #[default]
    Either,
}

/// What is checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// That each number follows the one before.
    #[default]
    Numbers,
    /// That the marks around the numbers are the same.
    Marks,
    /// That no heading among numbered ones lacks its number.
    Unnumbered,
}

/// A number with its place.
#[derive(Clone, Copy, Debug)]
struct Numbered {
    number: u32,
    span: Span,
    /// Whether a heading without a number stands right before it, taking up one.
    skips: bool,
}

impl Find for Sequence {
    const HOLES: &'static [&'static str] = &["expected", "previous", "found"];

    fn searched(&mut self) -> Vec<&mut Pattern> {
        if let (Some(words), true) = (&self.words, self.numerals.is_empty()) {
            self.numerals =
                (1..=10).map(|number| Pattern::literal(words.replace("{n}", &han_number(number)))).collect();
        }
        self.numerals.iter_mut().collect()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        if let Some(words) = &self.words {
            let numbers = self.enumerators(case);
            let write = |number| words.replace("{n}", &han_number(number));
            if case.members.is_empty() {
                check_numbers(case, &numbers, None, &write, hits);
            } else {
                check_beginnings(case, &numbers, &write, hits);
            }
            return;
        }
        let Some(style) = case.members.first().and_then(|member| member.style) else { return };
        match self.check {
            Check::Numbers => {
                let numbers: Vec<Numbered> = numbered_members(case, style);
                let expected_first = self.first(case, &numbers);
                check_numbers(case, &numbers, expected_first, &|number| style.write(number), hits);
            }
            Check::Marks => check_marks(case, hits),
            Check::Unnumbered => check_unnumbered(case, style, hits),
        }
    }
}

impl Sequence {
    /// The numbers of 一是、二是 in a paragraph, or in several: each stands at the start of one or after a mark.
    fn enumerators(&self, case: &Case<'_>) -> Vec<Numbered> {
        if !case.scan.may_find(&self.numerals) {
            return Vec::new();
        }
        let text = case.document.text();
        let opens =
            |c: char| matches!(c, '，' | '。' | '；' | '：' | '、' | ',' | ';' | ':' | '“' | ' ' | '\u{3000}' | '\n');
        let mut numbers = Vec::new();
        for (number, pattern) in (1..).zip(&self.numerals) {
            for span in case.scan.places(pattern, case.part.span) {
                let previous = text[case.part.span.start..span.start].chars().next_back();
                if previous.is_none_or(opens) {
                    numbers.push(Numbered { number, span, skips: false });
                }
            }
        }
        numbers.sort_by_key(|numbered| numbered.span);
        numbers
    }

    /// What the first number should be when it is not what it may be; `None` when it is right.
    fn first(&self, case: &Case<'_>, numbers: &[Numbered]) -> Option<(u32, Span)> {
        let first = numbers.first()?.number;
        let member = case.members.first()?;
        if member.style == Some(LabelStyle::Article) {
            let (last, label) = article_before(case.document, member.node?)?;
            return (first != 1 && first != last + 1).then_some((last + 1, label));
        }
        let runs = Runs::before(case.document, member)?;
        let follows = runs.may_be_followed_by(first);
        let expected = match self.start {
            Start::One => (first != 1).then_some(1),
            Start::RunOn => (!follows && first != 1).then(|| runs.last.map_or(1, |last| last + 1)),
            // A run that begins at neither is judged only beside another run; an excerpt may begin anywhere. Where all
            // other runs go on from each other, one that begins anew is wrong.
            Start::Either if first == 1 => {
                (runs.others_run_on && runs.last.is_some()).then(|| runs.last.map(|last| last + 1)).flatten()
            }
            Start::Either => (!follows).then(|| runs.last.map(|last| last + 1)).flatten(),
        };
        expected.map(|expected| (expected, runs.last_label))
    }
}

/// The number and the label of the article before one. Articles run on through the division, whatever chapters and sections
/// stand between them.
fn article_before(document: &Document, node: usize) -> Option<(u32, Span)> {
    let outline = &document.outline;
    let division = |node: &Node| outline.groups[node.group].division;
    let own = division(&outline.nodes[node]);
    outline.nodes[..node].iter().rev().take_while(|other| division(other) == own).find_map(|other| {
        let label = other.read.filter(|label| label.style == LabelStyle::Article)?;
        Some((label.number, other.label))
    })
}

/// The runs of the same style before one run in its division.
struct Runs {
    /// The last number of the run before it.
    last: Option<u32>,
    /// Its label.
    last_label: Span,
    /// What that number would be had the run been numbered without a gap.
    counted: Option<u32>,
    /// Whether at least two other runs go on from the one before them, and none but the first begins at 1.
    others_run_on: bool,
}

impl Runs {
    fn before(document: &Document, member: &Part) -> Option<Runs> {
        let own = document.outline.nodes[member.node?].group;
        let group = &document.outline.groups[own];
        // Runs under 总体目标 and under 主要任务 are numbered apart, whatever runs on within each.
        let above = |group: &Group| group.parent.map(|parent| document.outline.nodes[parent].parent);
        let number = |node: &usize| document.outline.nodes[*node].read.map_or(0, |label| label.number);
        let mut runs = Runs { last: None, last_label: Span::at(0), counted: None, others_run_on: false };
        let (mut run_on, mut anew) = (0, 0);
        let mut previous_last: Option<u32> = None;
        for (index, other) in document.outline.groups.iter().enumerate() {
            let kindred =
                other.style == group.style && other.division == group.division && above(other) == above(group);
            if !kindred {
                continue;
            }
            let first = other.members.first().map_or(0, number);
            let last = other.members.last().map(number);
            if index == own {
                runs.last = previous_last;
            } else {
                match previous_last {
                    Some(previous) if first == previous + 1 => run_on += 1,
                    Some(_) if first == 1 => anew += 1,
                    _ => {}
                }
                if index < own {
                    runs.last_label =
                        other.members.last().map_or(Span::at(0), |&node| document.outline.nodes[node].label);
                    runs.counted = u32::try_from(other.members.len()).ok().map(|count| first + count - 1);
                }
            }
            previous_last = last;
        }
        runs.others_run_on = run_on >= 2 && anew == 0;
        Some(runs)
    }

    fn may_be_followed_by(&self, number: u32) -> bool {
        [self.last, self.counted].into_iter().flatten().any(|last| number == last + 1)
            // A heading or item without its number may have taken one.
            || self.counted.is_some_and(|counted| number == counted + 2 && self.last == Some(counted + 1))
    }
}

/// The members' numbers. A number written as 0 or unread is left out.
fn numbered_members(case: &Case<'_>, style: LabelStyle) -> Vec<Numbered> {
    let unnumbered = unnumbered_among(case, style);
    let mut numbers: Vec<Numbered> = Vec::new();
    let mut last_line = 0;
    for member in case.members.iter().filter(|member| member.number > 0) {
        let skips =
            unnumbered.iter().any(|node| last_line < node.line && node.line < member.line && !numbers.is_empty());
        numbers.push(Numbered { number: member.number, span: member.label, skips });
        last_line = member.line;
    }
    numbers
}

fn check_numbers(
    case: &Case<'_>,
    numbers: &[Numbered],
    expected_first: Option<(u32, Span)>,
    write: &dyn Fn(u32) -> String,
    hits: &mut Vec<Hit>,
) {
    let Some(first) = numbers.first() else { return };
    if let Some((expected, previous)) = expected_first {
        hits.push(wrong(case, first, expected, previous, write));
    }
    let mut expected = expected_first.map_or(first.number, |(expected, _)| expected) + 1;
    let mut run_length = 1;
    // The last numbers of the runs around this one: 一、二、 under 二、 begin anew, and 三、 returns.
    let mut outer: Vec<u32> = Vec::new();
    for (index, pair) in numbers.windows(2).enumerate() {
        let [previous, current] = pair else { continue };
        let allowed = [expected, previous.number + 1, previous.number + 2];
        let allowed = if current.skips { &allowed[..] } else { &allowed[..2] };
        let follower = numbers.get(index + 2).map(|next| next.number);
        let starts_anew = current.number == 1 && run_length > 1 && follower.is_none_or(|next| next == 2);
        if allowed.contains(&current.number) {
            run_length += 1;
            expected = current.number + 1;
        } else if let Some(depth) = outer.iter().rposition(|last| current.number == last + 1) {
            outer.truncate(depth);
            run_length += 1;
            expected = current.number + 1;
        } else if starts_anew && follower.is_some() {
            outer.push(previous.number);
            run_length = 1;
            expected = 2;
        } else {
            // Behind a gap, the count goes on from the number that stands there.
            let due = if current.number > previous.number { previous.number + 1 } else { expected };
            hits.push(wrong(case, current, due, previous.span, write));
            run_length += 1;
            expected += 1;
        }
    }
}

/// Reports the paragraphs that begin with a number which is not the next; what stands within those between may lead up to it.
fn check_beginnings(case: &Case<'_>, numbers: &[Numbered], write: &dyn Fn(u32) -> String, hits: &mut Vec<Hit>) {
    let begins = |numbered: &Numbered| case.members.iter().any(|member| member.span.start == numbered.span.start);
    let places: Vec<usize> = (0..numbers.len()).filter(|&at| begins(&numbers[at])).collect();
    for pair in places.windows(2) {
        let (previous, current) = (numbers[pair[0]], numbers[pair[1]]);
        let follows = current.number == previous.number + 1;
        let is_led = || numbers[pair[0] + 1..pair[1]].iter().any(|inner| inner.number + 1 == current.number);
        if current.number > 1 && !follows && !is_led() {
            hits.push(wrong(case, &current, previous.number + 1, previous.span, write));
        }
    }
}

fn wrong(case: &Case<'_>, current: &Numbered, expected: u32, previous: Span, write: &dyn Fn(u32) -> String) -> Hit {
    let hit = Hit::at(current.span).hole("expected", write(expected)).hole("found", case.slice(current.span));
    if previous.is_empty() {
        return hit.hole("previous", "无");
    }
    hit.hole("previous", case.slice(previous)).related(previous, "前一个序号")
}

/// Reports the members whose marks are not those of the most, or of the first where two are as many.
fn check_marks(case: &Case<'_>, hits: &mut Vec<Hit>) {
    let marks = |part: &Part| -> String {
        case.slice(part.label).chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect()
    };
    let mut counts: Vec<(String, usize)> = Vec::new();
    for member in case.members {
        let own = marks(member);
        match counts.iter_mut().find(|(known, _)| *known == own) {
            Some((_, count)) => *count += 1,
            None => counts.push((own, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let Some((usual, _)) = counts.iter().find(|(_, count)| *count == most) else { return };
    let Some(model) = case.members.iter().find(|member| marks(member) == *usual) else { return };
    // A label that is not written as the standard has it is the business of the rule on labels.
    let is_standard = |part: &Part| {
        part.node.and_then(|node| case.document.outline.nodes[node].read).is_some_and(|label| label.standard)
    };
    for member in case.members.iter().filter(|member| marks(member) != *usual && is_standard(member)) {
        let expected = member.style.map_or_else(String::new, |style| with_marks(style, member.number, usual));
        hits.push(
            Hit::at(member.label)
                .hole("expected", expected)
                .hole("previous", case.slice(model.label))
                .hole("found", case.slice(member.label))
                .related(model.label, "同级写法"),
        );
    }
}

/// A number in a style, with the marks its siblings have.
fn with_marks(style: LabelStyle, number: u32, marks: &str) -> String {
    let standard = style.write(number);
    let digits: String = standard.chars().filter(|c| c.is_alphanumeric()).collect();
    match marks.chars().collect::<Vec<_>>().as_slice() {
        [open, close] => format!("{open}{digits}{close}"),
        [mark] => format!("{digits}{mark}"),
        _ => standard,
    }
}

/// Headings without a number that stand among the numbered members: under the same heading, and leading to items as
/// the members do.
fn unnumbered_among<'a>(case: &Case<'a>, style: LabelStyle) -> Vec<&'a Node> {
    let outline = &case.document.outline;
    let Some(first) = case.members.first().and_then(|member| member.node) else { return Vec::new() };
    let parent = outline.nodes[first].parent;
    let members: Vec<usize> = case.members.iter().filter_map(|member| member.node).collect();
    let child_style = |node: usize| {
        outline.nodes[node + 1..]
            .iter()
            .take_while(|other| other.line < outline.nodes[node].end_line)
            .find_map(|other| (other.parent == Some(node)).then_some(other.read.map(|label| label.style)).flatten())
    };
    let usual = members.iter().find_map(|&member| child_style(member));
    if usual.is_none() || style != LabelStyle::HanComma && style != LabelStyle::HanBracket {
        return Vec::new();
    }
    let division = outline.groups[outline.nodes[first].group].division;
    let candidates = outline.nodes.iter().enumerate().skip(first + 1).filter(|(index, node)| {
        node.kind == PartKind::Heading
            && node.read.is_none()
            && node.parent == parent
            && outline.groups[node.group].division == division
            && !case.slice(node.text).ends_with(['：', ':'])
            && child_style(*index) == usual
    });
    candidates.map(|(_, node)| node).collect()
}

fn check_unnumbered(case: &Case<'_>, style: LabelStyle, hits: &mut Vec<Hit>) {
    for node in unnumbered_among(case, style) {
        let before = case.members.iter().rev().find(|member| member.line < node.line);
        let Some(before) = before else { continue };
        hits.push(
            Hit::at(node.text)
                .hole("expected", style.write(before.number + 1))
                .hole("previous", case.slice(before.label))
                .hole("found", "")
                .related(before.label, "前一个标题"),
        );
    }
}
