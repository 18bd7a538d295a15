//! A regular expression as steps for the [machine](super::machine).
//!
//! Steps are made when a rule is read and kept with it, so that nothing is compiled while documents are checked.

use super::characters::Characters;
use super::outermost::{Side, outermost};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};
use serde::{Deserialize, Serialize};

/// The most steps of a program; what would be longer is left to the fast form.
const MOST_STEPS: usize = 1200;

/// A step of a program. Where nothing else is said, the next one follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// This text stands here.
    Text(String),
    /// A character of a class stands here.
    One(u16),
    /// From so many to so many characters of a class.
    Many {
        /// The number of the class.
        class: u16,
        /// How many there must be.
        least: u32,
        /// How many there may be.
        most: u32,
        /// How many are tried first.
        take: Take,
    },
    /// One way is tried, then the other.
    Either(u16, u16),
    /// Goes on elsewhere.
    Jump(u16),
    /// A group begins or ends here: an even number begins it, the next odd one ends it.
    Mark(u16),
    /// Here is an edge.
    At(Edge),
    /// All is found.
    Found,
}

/// How many characters a repetition takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Take {
    /// As many as there are; up to so many fewer when nothing is found then.
    Most(u32),
    /// As few as need be.
    Least,
}

/// An edge of the text or of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edge {
    /// The beginning of the text.
    Start,
    /// Its end.
    End,
    /// The beginning of a line.
    LineStart,
    /// Its end.
    LineEnd,
}

/// Steps that find an expression, and where it is worth trying them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) classes: Vec<Characters>,
    pub(super) starts: Starts,
    pub(super) groups: u16,
}

/// Where a match can begin.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub enum Starts {
    /// Anywhere.
    #[default]
    Anywhere,
    /// Where the text begins.
    Text,
    /// Where a line begins.
    Line,
    /// With one of these characters.
    With(Characters),
    /// With this one.
    WithOne(char),
}

impl Program {
    /// The steps for an expression; `None` where it asks for what the machine does not know.
    pub fn new(hir: &Hir) -> Option<Program> {
        let mut program = Program::default();
        program.add(hir)?;
        program.steps.push(Step::Found);
        for at in 0..program.steps.len() {
            program.settle(at);
        }
        program.starts = program.starts_of(hir);
        Some(program)
    }

    fn starts_of(&self, hir: &Hir) -> Starts {
        let looks = hir.properties().look_set_prefix();
        match outermost(hir, Side::First).map(|class| Characters::of(&class)) {
            _ if looks.contains(Look::Start) => Starts::Text,
            _ if looks.contains(Look::StartLF) => Starts::Line,
            Some(characters) => characters.only().map_or(Starts::With(characters), Starts::WithOne),
            None => Starts::Anywhere,
        }
    }

    fn add(&mut self, hir: &Hir) -> Option<()> {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => {
                self.steps.push(Step::Text(String::from_utf8(literal.0.to_vec()).ok()?));
            }
            HirKind::Class(Class::Unicode(class)) => {
                let class = self.class(class);
                self.steps.push(Step::One(class));
            }
            HirKind::Class(Class::Bytes(_)) => return None,
            HirKind::Look(look) => self.steps.push(Step::At(edge(*look)?)),
            HirKind::Repetition(repetition) => self.add_repetition(repetition)?,
            HirKind::Capture(capture) if capture.name.is_none() => self.add(&capture.sub)?,
            HirKind::Capture(capture) => {
                let group = self.groups;
                self.groups += 1;
                self.steps.push(Step::Mark(2 * group));
                self.add(&capture.sub)?;
                self.steps.push(Step::Mark(2 * group + 1));
            }
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.add(part))?,
            HirKind::Alternation(parts) => self.add_alternation(parts)?,
        }
        (self.steps.len() < MOST_STEPS).then_some(())
    }

    fn add_alternation(&mut self, parts: &[Hir]) -> Option<()> {
        let mut ends = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let is_last = index + 1 == parts.len();
            let fork = self.steps.len();
            if !is_last {
                self.steps.push(Step::Found);
            }
            self.add(part)?;
            if !is_last {
                ends.push(self.steps.len());
                self.steps.push(Step::Found);
                self.steps[fork] = Step::Either(fork as u16 + 1, self.steps.len() as u16);
            }
        }
        for end in ends {
            self.steps[end] = Step::Jump(self.steps.len() as u16);
        }
        Some(())
    }

    fn add_repetition(&mut self, repetition: &Repetition) -> Option<()> {
        let (least, most) = (repetition.min, repetition.max.unwrap_or(u32::MAX));
        if let Some(class) = one_character(&repetition.sub) {
            let class = self.class(&class);
            let take = if repetition.greedy { Take::Most(u32::MAX) } else { Take::Least };
            self.steps.push(Step::Many { class, least, most, take });
            return Some(());
        }
        // Going round without a step ahead would never end.
        if most > 1 && repetition.sub.properties().minimum_len().unwrap_or(0) == 0 {
            return None;
        }
        let groups = self.groups;
        let again = |program: &mut Program| {
            program.groups = groups;
            program.add(&repetition.sub)
        };
        for _ in 0..least {
            again(self)?;
        }
        let either = |greedy: bool, inside: usize, outside: usize| match greedy {
            true => Step::Either(inside as u16, outside as u16),
            false => Step::Either(outside as u16, inside as u16),
        };
        let mut forks = Vec::new();
        for _ in 0..if most == u32::MAX { 1 } else { most.saturating_sub(least) } {
            forks.push(self.steps.len());
            self.steps.push(Step::Found);
            again(self)?;
        }
        if most == u32::MAX {
            self.steps.push(Step::Jump(forks[0] as u16));
        }
        let outside = self.steps.len();
        for fork in forks {
            self.steps[fork] = either(repetition.greedy, fork + 1, outside);
        }
        Some(())
    }

    /// The number of a class.
    fn class(&mut self, class: &ClassUnicode) -> u16 {
        let characters = Characters::of(class);
        let known = self.classes.iter().position(|known| *known == characters);
        known.unwrap_or_else(|| {
            self.classes.push(characters);
            self.classes.len() - 1
        }) as u16
    }

    /// A repetition need not try how many characters to take when they cannot be what follows it, and only the last few
    /// of them can be what follows it at the end of a line.
    fn settle(&mut self, at: usize) {
        let Step::Many { class, least, most, take } = self.steps[at] else { return };
        let characters = &self.classes[class as usize];
        let apart = match &self.steps[at + 1] {
            Step::Text(text) => text.chars().next().is_some_and(|c| !characters.hold(c)),
            Step::One(next) | Step::Many { class: next, least: 1.., .. } => {
                !characters.meet(&self.classes[*next as usize])
            }
            _ => false,
        };
        let back = if apart { Some(0) } else { self.tail(at + 1, !characters.hold('\n')) };
        match (back, take) {
            (Some(back), Take::Most(_)) | (Some(back @ 0), Take::Least) => {
                self.steps[at] = Step::Many { class, least, most, take: Take::Most(back) };
            }
            _ => {}
        }
    }

    /// How many characters the steps from `from` on take up to the end of the text, or of the line where that will do.
    fn tail(&self, from: usize, or_line: bool) -> Option<u32> {
        let mut count = 0;
        for step in &self.steps[from..] {
            count += match step {
                Step::One(_) => 1,
                Step::Text(text) => text.chars().count() as u32,
                Step::At(Edge::End) => return Some(count),
                Step::At(Edge::LineEnd) if or_line => return Some(count),
                _ => return None,
            };
        }
        None
    }
}

fn edge(look: Look) -> Option<Edge> {
    match look {
        Look::Start => Some(Edge::Start),
        Look::End => Some(Edge::End),
        Look::StartLF => Some(Edge::LineStart),
        Look::EndLF => Some(Edge::LineEnd),
        _ => None,
    }
}

/// The class of an expression that is always one character.
fn one_character(hir: &Hir) -> Option<ClassUnicode> {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => Some(class.clone()),
        HirKind::Literal(literal) => only_character(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Capture(capture) if capture.name.is_none() => one_character(&capture.sub),
        _ => None,
    }
}

fn only_character(text: &str) -> Option<ClassUnicode> {
    let mut characters = text.chars();
    let class = characters.next().map(|c| ClassUnicode::new([ClassUnicodeRange::new(c, c)]));
    class.filter(|_| characters.next().is_none())
}
