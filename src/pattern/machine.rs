//! Searching a text by the steps of a [program](super::program): one way after the other, as long as that is soon done.
//!
//! The machine finds what the regex crate finds: the first match from the left, and of those that begin there the one
//! whose choices come first.

use super::characters::Characters;
use super::program::{Edge, Program, Starts, Step, Take};
use memchr::memchr;
use std::ops::Range;

/// How a match must lie in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Anywhere.
    Free,
    /// Beginning where the text begins.
    Start,
    /// Ending where the text ends.
    End,
}

/// There were too many ways to try: another form must find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

/// A machine with its text.
pub struct Machine<'p, 't> {
    program: &'p Program,
    text: &'t str,
    bound: Bound,
    /// Ways left to try, the next one last.
    ways: Vec<Way>,
    /// Where groups begin and end, when that is asked.
    marks: Option<Vec<Option<usize>>>,
    /// How many steps were taken.
    pub steps: usize,
}

/// What is tried when the way taken leads nowhere.
enum Way {
    /// To go on with a step.
    Go { step: u16, at: usize },
    /// To take a character fewer before a step, so many times at most.
    Less { step: u16, at: usize, least: usize, left: u32 },
    /// To take one more in a step, so many times at most.
    More { step: u16, at: usize, left: u32 },
    /// Nothing to try: a group is where it was before.
    Mark { mark: u16, was: Option<usize> },
}

impl<'p, 't> Machine<'p, 't> {
    /// One that looks for a program's expression in a text.
    pub fn new(program: &'p Program, text: &'t str, bound: Bound) -> Machine<'p, 't> {
        Machine { program, text, bound, ways: Vec::new(), marks: None, steps: 0 }
    }

    /// One that also says where groups are.
    pub fn with_groups(mut self) -> Machine<'p, 't> {
        self.marks = Some(vec![None; 2 * self.program.groups as usize]);
        self
    }

    /// The places of the groups in the match found last.
    pub fn groups(&self) -> Vec<Option<Range<usize>>> {
        let marks = self.marks.iter().flat_map(|marks| marks.chunks_exact(2));
        marks.map(|marks| marks[0].zip(marks[1]).map(|(start, end)| start..end)).collect()
    }

    /// The first match that begins at `from` or after it.
    pub fn find_from(&mut self, from: usize) -> Result<Option<Range<usize>>, Exhausted> {
        let mut next = self.candidate(from);
        while let Some(at) = next {
            if let Some(end) = self.run(at)? {
                return Ok(Some(at..end));
            }
            next = self.following(at).and_then(|at| self.candidate(at));
        }
        Ok(None)
    }

    /// Tells of every match, from left to right, none overlapping, as long as that is wanted.
    pub fn find_while(&mut self, mut each: impl FnMut(&Self, Range<usize>) -> bool) -> Result<(), Exhausted> {
        let (mut from, mut last) = (0, None);
        while let Some(found) = self.find_from(from)? {
            from = found.end;
            if found.is_empty() && last == Some(found.end) {
                match self.following(from) {
                    Some(next) => from = next,
                    None => break,
                }
                continue;
            }
            last = Some(found.end);
            if !each(self, found) {
                break;
            }
        }
        Ok(())
    }

    /// The first place from `from` on where a match can begin.
    fn candidate(&self, from: usize) -> Option<usize> {
        if self.bound == Bound::Start && from > 0 {
            return None;
        }
        let found = match &self.program.starts {
            Starts::Anywhere => Some(from),
            Starts::Text => (from == 0).then_some(0),
            Starts::Line if self.is_at(Edge::LineStart, from) => Some(from),
            Starts::Line => memchr(b'\n', &self.text.as_bytes()[from..]).map(|at| from + at + 1),
            Starts::With(characters) if self.bound == Bound::Start => characters.end_at(self.text, 0).map(|_| 0),
            Starts::With(characters) => characters.find_from(self.text, from),
            Starts::WithOne(c) => self.text[from..].find(*c).map(|at| from + at),
        };
        found.filter(|&at| self.bound != Bound::Start || at == 0)
    }

    fn following(&self, at: usize) -> Option<usize> {
        self.text[at..].chars().next().map(|c| at + c.len_utf8())
    }

    /// Where the match that begins at `start` ends.
    fn run(&mut self, start: usize) -> Result<Option<usize>, Exhausted> {
        /// Steps that any text may take, and those that each of its bytes may take besides.
        const SOME: usize = 2000;
        const PER_BYTE: usize = 48;
        let most = SOME + PER_BYTE * self.text.len();
        let program = self.program;
        self.ways.clear();
        if let Some(marks) = &mut self.marks {
            marks.fill(None);
        }
        let (mut step, mut at) = (0, start);
        loop {
            self.steps += 1;
            if self.steps > most {
                return Err(Exhausted);
            }
            let ahead = match &program.steps[step as usize] {
                Step::Text(text) => self.text.as_bytes()[at..].starts_with(text.as_bytes()).then(|| at + text.len()),
                Step::One(class) => program.classes[*class as usize].end_at(self.text, at),
                Step::Many { class, least, most, take } => {
                    let characters = &program.classes[*class as usize];
                    self.take(characters, at, (*least, *most), *take, step)
                }
                Step::Either(one, other) => {
                    self.note(Way::Go { step: *other, at });
                    step = *one;
                    continue;
                }
                Step::Jump(to) => {
                    step = *to;
                    continue;
                }
                Step::Mark(mark) => {
                    if let Some(marks) = &mut self.marks {
                        let was = marks[*mark as usize].replace(at);
                        self.ways.push(Way::Mark { mark: *mark, was });
                    }
                    Some(at)
                }
                Step::At(edge) => self.is_at(*edge, at).then_some(at),
                Step::Found if self.bound == Bound::End && at < self.text.len() => None,
                Step::Found => return Ok(Some(at)),
            };
            if let Some(ahead) = ahead {
                (step, at) = (step + 1, ahead);
            } else if let Some(way) = self.another_way() {
                (step, at) = way;
            } else {
                return Ok(None);
            }
        }
    }

    /// Takes characters as a repetition does first, and notes what else it can do.
    fn take(
        &mut self,
        characters: &Characters,
        at: usize,
        (least, most): (u32, u32),
        take: Take,
        step: u16,
    ) -> Option<usize> {
        let (mut end, mut count, mut enough) = (at, 0, at);
        let wanted = if take == Take::Least { least } else { most };
        while count < wanted
            && let Some(next) = characters.end_at(self.text, end)
        {
            end = next;
            count += 1;
            if count == least {
                enough = end;
            }
        }
        self.steps += count as usize / 4;
        if count < least {
            return None;
        }
        match take {
            Take::Most(back) if back > 0 && end > enough => {
                self.note(Way::Less { step: step + 1, at: end, least: enough, left: back });
            }
            Take::Least if most > least => self.note(Way::More { step, at: end, left: most - least }),
            _ => {}
        }
        Some(end)
    }

    fn note(&mut self, way: Way) {
        const SOME: usize = 16;
        if self.ways.capacity() == 0 {
            self.ways.reserve(SOME);
        }
        self.ways.push(way);
    }

    /// Turns back to what was left to try last.
    fn another_way(&mut self) -> Option<(u16, usize)> {
        loop {
            let found = match self.ways.pop()? {
                Way::Go { step, at } => Some((step, at)),
                Way::Less { step, at, least, left } => self.less(step, at, least, left),
                Way::More { step, at, left } => self.more(step, at, left),
                Way::Mark { mark, was } => {
                    if let Some(marks) = &mut self.marks {
                        marks[mark as usize] = was;
                    }
                    None
                }
            };
            if found.is_some() {
                return found;
            }
        }
    }

    /// Gives characters back until what follows can begin.
    fn less(&mut self, step: u16, mut at: usize, least: usize, mut left: u32) -> Option<(u16, usize)> {
        while at > least && left > 0 {
            let c = self.text[..at].chars().next_back()?;
            at -= c.len_utf8();
            left -= 1;
            if self.may_begin(step, at) {
                if at > least && left > 0 {
                    self.note(Way::Less { step, at, least, left });
                }
                return Some((step, at));
            }
            self.steps += 1;
        }
        None
    }

    /// Takes further characters until what follows can begin.
    fn more(&mut self, step: u16, mut at: usize, mut left: u32) -> Option<(u16, usize)> {
        let program = self.program;
        let Step::Many { class, .. } = &program.steps[step as usize] else { return None };
        let characters = &program.classes[*class as usize];
        while left > 0 {
            at = characters.end_at(self.text, at)?;
            left -= u32::from(left != u32::MAX);
            if self.may_begin(step + 1, at) {
                self.note(Way::More { step, at, left });
                return Some((step + 1, at));
            }
            self.steps += 1;
        }
        None
    }

    /// Whether a step may go on at `at`, as far as that is soon told.
    fn may_begin(&self, step: u16, at: usize) -> bool {
        match &self.program.steps[step as usize] {
            Step::One(class) | Step::Many { class, least: 1.., .. } => {
                self.program.classes[*class as usize].end_at(self.text, at).is_some()
            }
            Step::Text(text) => self.text.as_bytes()[at..].starts_with(text.as_bytes()),
            _ => true,
        }
    }

    fn is_at(&self, edge: Edge, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        match edge {
            Edge::Start => at == 0,
            Edge::End => at == bytes.len(),
            Edge::LineStart => at == 0 || bytes[at - 1] == b'\n',
            Edge::LineEnd => at == bytes.len() || bytes[at] == b'\n',
        }
    }
}
