//! The syntax of patterns, and their translation into one linear-time regex each.
//!
//! | written | meaning |
//! |---|---|
//! | 文字 | itself |
//! | `{name}` | a slot: the shortest text, never empty, within the sentence |
//! | `{name:kind}` | a value of that kind, already found in the document |
//! | `{name:kind+}` | a list of such values, with the words before each |
//! | `{…}` `{…5}` | anything within the sentence; at most five characters; beside slots that bind values, no other quantity |
//! | `[甲\|乙]` | one of these; `[甲\|]` may be absent |
//! | `\` | takes the next character as it is |
//! | `/…/` | a regular expression |

use super::characters::Characters;
use super::outermost::{Side, outermost};
use super::piece::{Piece, Slot, pieces_of};
use super::program::Program;
use super::required::{self, Edges, cross, rarest};
use super::shadow::token;
use super::texts::TextSets;
use crate::document::part::PartKind;
use crate::source::Span;
use regex_syntax::hir::{self, Class, Hir, HirKind};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// A pattern that was understood.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parsed {
    form: Form,
    /// Its slots, in order.
    pub slots: Vec<Slot>,
    /// A set of texts of which at least one must occur wherever the pattern does; empty when there are no such texts.
    pub literals: TextSets,
    /// Further sets of texts; of each, one must occur too.
    pub also: TextSets,
    /// Small sets of texts, pieces of those above, of each of which one must occur.
    telling: TextSets,
    /// The most bytes a match can have, when there is a bound and nothing around a match matters: then it can be sought
    /// near the texts it needs instead of on whole lines.
    pub reach: Option<usize>,
    /// How it is bound to the edges of a text.
    pub edges: Edges,
    /// The characters a match can consist of, as sorted ranges, when nothing around a match matters. Where the pattern binds
    /// values, these are characters of the shadow text.
    pub characters: Option<Characters>,
    /// The characters a match can end with, when that can be said.
    last: Option<Characters>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Form {
    Literal(String),
    /// One character of these ranges, which needs no regex.
    Class {
        characters: Characters,
        regex: Expression,
    },
    Regex(Expression),
}

/// A regular expression, as it is written and as it is run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Expression {
    /// What the regex crate is given.
    pub source: String,
    /// The same as steps, where it can be.
    pub program: Option<Program>,
}

/// A class that stands in most patterns, and the ranges written instead: those of the characters in use. The whole class
/// has dozens of ranges, some of four bytes, and takes ten times as long to compile.
const HAN: &str = r"\p{Han}";
const HAN_RANGES: &str = "[一-鿿㐀-䶿〇]";

impl Parsed {
    /// Reads a pattern. The error says, in Chinese, what is wrong.
    pub fn new(source: &str) -> Result<Parsed, String> {
        if source.is_empty() {
            return Err("模式不能为空".to_owned());
        }
        if source.len() > 2 && source.starts_with('/') && source.ends_with('/') {
            return Parsed::regular(&source[1..source.len() - 1]);
        }
        let pieces = pieces_of(source)?;
        match pieces.as_slice() {
            [Piece::Text(text)] => Ok(Parsed::literal_text(text.clone())),
            [] => Err("模式不能为空".to_owned()),
            pieces if pieces.iter().all(|piece| matches!(piece, Piece::Skip(_))) => {
                Err("模式会匹配空文字，请写出至少一个字".to_owned())
            }
            pieces => Ok(Parsed::translate(pieces)),
        }
    }

    /// Plain text.
    pub fn literal_text(text: String) -> Parsed {
        Parsed {
            literals: [vec![text.clone()]].into_iter().collect(),
            form: Form::Literal(text),
            slots: Vec::new(),
            also: TextSets::default(),
            telling: TextSets::default(),
            reach: None,
            edges: Edges::default(),
            characters: None,
            last: None,
        }
    }

    fn regular(source: &str) -> Result<Parsed, String> {
        let source = source.replace(HAN, HAN_RANGES);
        let hir = regex_syntax::parse(&source)
            .map_err(|error| format!("正则表达式有误：{}", super::first_line(&error.to_string())))?;
        let mut slots = Vec::new();
        named_groups(&hir, &mut slots);
        let (literals, also) = rarest(required::sets(&hir));
        // Written out from what was understood, classes such as `\d` and flags mean the same to every engine.
        let mut regex = String::new();
        let printed = hir::print::Printer::new().print(&grouped(&hir), &mut regex);
        if printed.is_err() {
            regex = source;
        }
        let regex = Expression { source: regex, program: Program::new(&hir) };
        let form = match hir.kind() {
            HirKind::Class(Class::Unicode(class)) => Form::Class { characters: Characters::of(class), regex },
            _ => Form::Regex(regex),
        };
        Ok(Parsed {
            form,
            telling: required::telling(literals.iter().chain(&also)),
            slots,
            literals: literals.into_iter().collect(),
            also: also.into_iter().collect(),
            reach: required::reach(&hir),
            edges: Edges::of(&hir),
            characters: required::characters(&hir),
            last: last(&hir),
        })
    }

    fn translate(pieces: &[Piece]) -> Parsed {
        let mut regex = String::new();
        let mut slots = Vec::new();
        // Values that a pattern binds follow each other: what it skips holds no further one, years and dates excepted.
        let binds = pieces.iter().any(|piece| matches!(piece, Piece::Slot(slot) if slot.kind.is_some()));
        let barred: String = if binds { QUANTITIES.iter().map(|&kind| token(kind)).collect() } else { String::new() };
        let mut needs: Vec<Vec<String>> = Vec::new();
        let mut run = vec![String::new()];
        for (index, piece) in pieces.iter().enumerate() {
            if matches!(piece, Piece::Skip(_) | Piece::Slot(_)) {
                needs.push(run);
                run = vec![String::new()];
            }
            match piece {
                Piece::Text(text) => {
                    let after_year = index > 0
                        && matches!(&pieces[index - 1], Piece::Slot(slot) if slot.kind == Some(PartKind::Year));
                    // A year's 年 is part of the value; “{y:year}年” asks for that 年.
                    let text = if after_year { text.strip_prefix('年').unwrap_or(text) } else { text };
                    regex.push_str(&regex::escape(text));
                    extend(&mut run, &mut needs, &[text.to_owned()]);
                }
                Piece::Choice(choices) => {
                    let escaped: Vec<String> = choices.iter().map(|choice| regex::escape(choice)).collect();
                    let _ = write!(regex, "(?:{})", escaped.join("|"));
                    extend(&mut run, &mut needs, choices);
                }
                Piece::Skip(None) => {
                    let _ = write!(regex, "[^。！？\n{barred}]*?");
                }
                Piece::Skip(Some(most)) => {
                    let _ = write!(regex, "[^。！？\n{barred}]{{0,{most}}}?");
                }
                Piece::Slot(slot) => {
                    let next = pieces.get(index + 1);
                    push_slot(&mut regex, slot, next, &barred);
                    slots.push(slot.clone());
                }
            }
        }
        needs.push(run);
        let (literals, also) = rarest(needs);
        // In the shadow text a value of any length is one character, so that bytes there say nothing.
        let hir = regex_syntax::parse(&regex).ok();
        let reach = hir.as_ref().filter(|_| !binds).and_then(required::reach);
        let edges = hir.as_ref().filter(|_| !binds).map(Edges::of).unwrap_or_default();
        let characters = hir.as_ref().and_then(required::characters);
        let program = hir.as_ref().and_then(Program::new);
        let last = hir.as_ref().and_then(last);
        let form = Form::Regex(Expression { source: regex, program });
        let telling = required::telling(literals.iter().chain(&also));
        let (literals, also) = (literals.into_iter().collect(), also.into_iter().collect());
        Parsed { form, slots, literals, also, telling, reach, edges, characters, last }
    }

    /// Whether `text` holds the texts a match needs, as far as that is soon told.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.telling.each_in(text)
    }

    /// Whether a match can end where `text` ends, as far as that is soon told.
    pub fn may_end(&self, text: &str) -> bool {
        let last = text.chars().next_back();
        self.last.as_ref().is_none_or(|characters| last.is_some_and(|c| characters.hold(c)))
    }

    /// The plain text it is, when it is plain text.
    pub fn literal(&self) -> Option<&str> {
        match &self.form {
            Form::Literal(text) => Some(text),
            Form::Class { .. } | Form::Regex(_) => None,
        }
    }

    /// The class of characters it is, when it is one.
    pub fn class(&self) -> Option<&Characters> {
        match &self.form {
            Form::Class { characters, .. } => Some(characters),
            _ => None,
        }
    }

    /// The regex it is, when it is not plain text. Slots that bind values match one token of the shadow text each.
    pub fn regex(&self) -> Option<&Expression> {
        match &self.form {
            Form::Literal(_) => None,
            Form::Class { regex, .. } | Form::Regex(regex) => Some(regex),
        }
    }

    /// How many values it binds at least.
    pub fn least_values(&self) -> usize {
        self.slots.iter().filter(|slot| slot.kind.is_some()).count()
    }

    /// The run of characters around `middle`, within `limits`, that a match can consist of.
    pub fn run(&self, text: &str, middle: Span, limits: Span) -> Span {
        self.characters.as_ref().map_or(limits, |characters| characters.around(text, middle, limits))
    }

    /// Whether a match depends on nothing around it: the same text matches wherever it stands.
    pub(super) fn stands_alone(&self) -> bool {
        (self.characters.is_some() || self.literal().is_some()) && !self.binds_values()
    }

    /// Whether it must be matched against the shadow text, where values are single tokens.
    pub fn binds_values(&self) -> bool {
        self.slots.iter().any(|slot| slot.kind.is_some())
    }
}

fn last(hir: &Hir) -> Option<Characters> {
    outermost(hir, Side::Last).map(|class| Characters::of(&class))
}

/// What a skip does not pass over in a pattern that binds values.
const QUANTITIES: [PartKind; 4] = [PartKind::Number, PartKind::Percent, PartKind::Amount, PartKind::Ratio];

/// Adds what a pattern goes on with to the texts it needs so far; starts over where these would become many.
fn extend(run: &mut Vec<String>, needs: &mut Vec<Vec<String>>, texts: &[String]) {
    match cross(run, texts) {
        Some(longer) => *run = longer,
        None => needs.push(std::mem::replace(run, texts.to_vec())),
    }
}

/// A slot that a plain character follows takes everything but that character and end marks: a negated class, which is cheap.
fn push_slot(regex: &mut String, slot: &Slot, next: Option<&Piece>, barred: &str) {
    let name = &slot.name;
    let written = match (slot.kind, slot.list) {
        (Some(kind), false) => write!(regex, "(?P<{name}>{})", token(kind)),
        (Some(kind), true) => {
            let token = token(kind);
            write!(regex, "(?P<{name}>(?:[^。！？；\n\u{e000}-\u{e0ff}]*{token}(?:（[^（）\n]*）)?)+)")
        }
        (None, _) => match next {
            Some(Piece::Text(text)) => {
                let stop = text.chars().next().map_or_else(String::new, |c| regex::escape(&c.to_string()));
                write!(regex, "(?P<{name}>[^。！？\n{stop}{barred}]+)")
            }
            Some(_) => write!(regex, "(?P<{name}>[^。！？\n{barred}]+?)"),
            None => write!(regex, "(?P<{name}>[^，。！？；：、\n]+)"),
        },
    };
    let _ = written;
}

/// The same regex with a group around what is repeated twice: written without it, `(?:a+)?` reads `a+?`, which is another.
fn grouped(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Repetition(repetition) => {
            let mut sub = grouped(&repetition.sub);
            if matches!(sub.kind(), HirKind::Repetition(_)) {
                sub = Hir::capture(hir::Capture { index: 0, name: None, sub: Box::new(sub) });
            }
            Hir::repetition(repetition.with(sub))
        }
        HirKind::Capture(capture) => {
            let sub = Box::new(grouped(&capture.sub));
            Hir::capture(hir::Capture { sub, ..capture.clone() })
        }
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(grouped).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(grouped).collect()),
        _ => hir.clone(),
    }
}

/// The named groups of a regex, in order.
fn named_groups(hir: &Hir, slots: &mut Vec<Slot>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            if let Some(name) = &capture.name {
                slots.push(Slot { name: name.to_string(), kind: None, list: false });
            }
            named_groups(&capture.sub, slots);
        }
        HirKind::Repetition(repetition) => named_groups(&repetition.sub, slots),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| named_groups(part, slots)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, sample: &str, expected: Option<&str>) {
        let pattern = super::super::Pattern::new(source).unwrap();
        let mut found = Vec::new();
        match pattern.engine() {
            Some((engine, expression)) => engine.find_each(expression, sample, |place| found.push(&sample[place])),
            None => found.extend(sample.matches(source)),
        }
        assert_eq!(found.first().copied(), expected, "{source} in {sample}");
    }

    #[test]
    fn patterns_match() {
        check("（牵头负责：{who}）", "加强。（牵头负责：组织处）", Some("（牵头负责：组织处）"));
        check("（牵头负责：{who}）", "（牵头负责：）", None);
        check("[约|近]{…4}左右", "约三十人左右", Some("约三十人左右"));
        check("[约|近]{…2}左右", "约三十五人左右", None);
        check("关于{matter}的[通知|函]", "关于召开会议的通知", Some("关于召开会议的通知"));
        check(r"\[{x}\]", "发[2024]号", Some("[2024]"));
        check("/[0-9]{4}年/", "在2024年", Some("2024年"));
        check("/第(?:[0-9]+)?个/", "第个", Some("第个"));
        check("/(?:[0-9]{2})*个/", "1234个", Some("1234个"));
    }

    #[test]
    fn wrong_patterns_are_refused() {
        let refused = |source: &str| super::super::Pattern::new(source).unwrap_err();
        assert!(refused("{…}").contains("空文字"));
        assert!(refused("/a*/").contains("空文字"));
        assert!(refused("{谁}").contains("槽位名"));
        assert!(refused("{x:amunt}").contains("amount"));
        assert!(refused("（{who").contains("没有配对"));
        assert!(refused("{a}和{a}").contains("两次"));
        assert!(refused("/[/").contains("正则表达式有误"));
    }

    #[test]
    fn required_texts_are_found() {
        let check = |source: &str, expected: &[&str]| {
            let parsed = Parsed::new(source).unwrap();
            assert_eq!(parsed.literals.iter().flatten().collect::<Vec<_>>(), expected, "{source}");
        };
        check("（牵头负责：{who}）", &["（牵头负责："]);
        check("/，[。；]|。。+/", &["，。", "，；", "。。"]);
        check("/[12]+、/", &["1、", "2、"]);
        check("[约|近]{…3}左右", &["左右"]);
        check("{a:amount}，[比|较]{b:year}", &["，比", "，较"]);
        check("/\\p{Han}+/", &[]);
        check("{a:amount}{b:amount}", &[]);
    }
}
