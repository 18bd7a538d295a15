//! Cuts a line of text to pieces that fit the terminal, around the places marked in it.
//!
//! A paragraph of an official document is one line of a thousand characters. What is shown of it is a piece around the
//! marked words, cut with … on either side; words too far apart for one piece get one each; words longer than a piece
//! are cut in their middle.

use super::columns::{is_mark, is_word, prefix, push_code_point, push_visible, suffix, width, width_of, width_within};
use std::ops::Range;

/// A place to be underlined.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mark {
    /// Bytes of the line, or of the piece.
    pub(super) range: Range<usize>,
    /// Whether this is where it is wrong, rather than a place that has to do with it.
    pub(super) primary: bool,
    /// What stands beside the line under the words; may be empty.
    pub(super) message: String,
}

/// What is shown of a line.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Piece {
    /// The text to print, every character of it visible.
    pub(super) text: String,
    /// The marks in it, in bytes of `text`.
    pub(super) marks: Vec<Mark>,
}

/// Columns of text around the marks without which a further mark is not worth fitting in.
const CONTEXT: usize = 8;

/// How many characters a cut may move to spare a word or a row of marks.
const PATIENCE: usize = 12;

/// The pieces of `line` that show all `marks`, each in at most `room` columns, in the order of the line.
pub(super) fn pieces(line: &str, mut marks: Vec<Mark>, room: usize) -> Vec<Piece> {
    let places: Vec<Range<usize>> = marks.iter().map(|mark| mark.range.clone()).collect();
    let line = Line { text: line, places: &places, room };
    marks.sort_by_key(|mark| (!mark.primary, mark.range.start, mark.range.end));
    let mut groups: Vec<Vec<Mark>> = Vec::new();
    for mark in marks {
        let home = groups.iter_mut().find(|group| line.fits_with(group, &mark));
        match home {
            Some(group) => group.push(mark),
            None => groups.push(vec![mark]),
        }
    }
    groups.sort_by_key(|group| cover(group).start);
    groups.into_iter().map(|group| line.piece(group)).collect()
}

/// The range from the first to the last byte of some marks.
fn cover(marks: &[Mark]) -> Range<usize> {
    let start = marks.iter().map(|mark| mark.range.start).min().unwrap_or(0);
    let end = marks.iter().map(|mark| mark.range.end).max().unwrap_or(0);
    start..end
}

/// A line to be shown in part.
struct Line<'a> {
    text: &'a str,
    /// Every marked place of the line, also those another piece will show.
    places: &'a [Range<usize>],
    room: usize,
}

impl Line<'_> {
    fn fits_with(&self, group: &[Mark], mark: &Mark) -> bool {
        let together = cover(group);
        let together = together.start.min(mark.range.start)..together.end.max(mark.range.end);
        width_within(&self.text[together], self.room.saturating_sub(CONTEXT)).is_some()
    }

    fn piece(&self, marks: Vec<Mark>) -> Piece {
        let core = self.shown_core(cover(&marks));
        let message = marks.iter().max_by_key(|mark| mark.range.end).map_or(0, |mark| width(&mark.message));
        let segments = match width_within(&self.text[core.clone()], self.room.saturating_sub(2)) {
            Some(columns) => vec![self.around(core, columns.max(1), message)],
            None => self.ends_of(core, message),
        };
        self.render(&segments, marks)
    }

    /// What of the line must be seen: an empty place is pointed at on the character behind it.
    fn shown_core(&self, core: Range<usize>) -> Range<usize> {
        let next = self.text[core.end..].chars().next().filter(|_| core.is_empty());
        core.start..core.end + next.map_or(0, char::len_utf8)
    }

    /// `core` with as much of the line on both sides as there is room for; what one side does not need is the other's.
    fn around(&self, core: Range<usize>, columns: usize, message: usize) -> Range<usize> {
        let spare = self.room.saturating_sub(columns);
        let mut left = spare / 2;
        if let Some(after) = width_within(&self.text[core.end..], spare - left) {
            left = spare - after;
        }
        if message > 0 {
            // The words beside the caret stand to its right and have to fit there.
            left = left.min(spare.saturating_sub(message + 1).max(CONTEXT.min(left)));
        }
        if suffix(&self.text[..core.start], left) == 0 {
            left = width(&self.text[..core.start]);
        }
        self.start_of(core.start, left)..self.end_of(core.end, spare - left)
    }

    /// The beginning and the end of words too long to be shown whole, with a little of what is around them.
    fn ends_of(&self, core: Range<usize>, message: usize) -> Vec<Range<usize>> {
        let start = self.start_of(core.start, CONTEXT);
        let end =
            self.end_of(core.end, if message > 0 { CONTEXT.max(message + 1).min(self.room / 3) } else { CONTEXT });
        let around = width(&self.text[start..core.start]) + width(&self.text[core.end..end]) + 3;
        let inner = self.room.saturating_sub(around);
        let words = &self.text[core.clone()];
        let head = core.start + prefix(words, inner / 2);
        let tail = core.start + suffix(words, inner - inner / 2);
        let head =
            self.boundaries(core.start..head).rev().take(PATIENCE).find(|at| self.reads_well(*at)).unwrap_or(head);
        let tail = self.boundaries(tail..core.end).take(PATIENCE).find(|at| self.reads_well(*at)).unwrap_or(tail);
        vec![start..head, tail..end]
    }

    /// Where a piece begins that has `columns` columns before `from`, the … included.
    fn start_of(&self, from: usize, columns: usize) -> usize {
        let whole = suffix(&self.text[..from], columns);
        if whole == 0 {
            return 0;
        }
        let farthest = suffix(&self.text[..from], columns.saturating_sub(1));
        self.boundaries(farthest..from).take(PATIENCE).find(|at| self.may_cut(*at)).unwrap_or(farthest)
    }

    /// Where a piece ends that has `columns` columns behind `from`, the … included.
    fn end_of(&self, from: usize, columns: usize) -> usize {
        let rest = &self.text[from..];
        if prefix(rest, columns) == rest.len() {
            return self.text.len();
        }
        let farthest = from + prefix(rest, columns.saturating_sub(1));
        self.boundaries(from..farthest).rev().take(PATIENCE).find(|at| self.may_cut(*at)).unwrap_or(farthest)
    }

    /// The character boundaries from the start to the end of `range`, both included.
    fn boundaries(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
        (range.start..=range.end).filter(|at| self.text.is_char_boundary(*at))
    }

    fn may_cut(&self, at: usize) -> bool {
        self.reads_well(at) && !self.places.iter().any(|place| place.start < at && at < place.end)
    }

    /// Whether a cut leaves whole what belongs together: a row of marks, a number, a letter and its accent.
    fn reads_well(&self, at: usize) -> bool {
        let (Some(before), Some(after)) = (self.text[..at].chars().next_back(), self.text[at..].chars().next()) else {
            return true;
        };
        !(is_mark(before) && is_mark(after)) && !(is_word(before) && is_word(after)) && width_of(after) > 0
    }

    /// Prints the segments with … for what is left out, and carries the marks along.
    fn render(&self, segments: &[Range<usize>], marks: Vec<Mark>) -> Piece {
        let mut shown = String::new();
        let mut moved: Vec<(Mark, Range<usize>)> = marks.into_iter().map(|mark| (mark, 0..0)).collect();
        let mut at = 0;
        for segment in segments {
            if at < segment.start {
                shown.push('…');
            }
            for (offset, c) in self.text[segment.clone()].char_indices() {
                let offset = segment.start + offset;
                begin(&mut moved, offset, shown.len());
                let alone = width_of(c) == 0 && moved.iter().any(|(mark, _)| mark.range.start == offset);
                if alone {
                    push_code_point(&mut shown, c)
                } else {
                    push_visible(&mut shown, c)
                }
                finish(&mut moved, offset + c.len_utf8(), shown.len());
            }
            begin(&mut moved, segment.end, shown.len());
            at = segment.end;
        }
        if at < self.text.len() {
            shown.push('…');
        }
        let marks = moved.into_iter().map(|(mark, range)| Mark { range, ..mark }).collect();
        Piece { text: shown, marks }
    }
}

/// Notes where the marks that start at `offset` start in the piece. An empty mark ends there as well.
fn begin(moved: &mut [(Mark, Range<usize>)], offset: usize, shown: usize) {
    for (mark, range) in moved {
        if mark.range.start == offset {
            *range = shown..shown.max(range.end);
        }
    }
}

/// Notes where the marks that end at `offset` end in the piece.
fn finish(moved: &mut [(Mark, Range<usize>)], offset: usize, shown: usize) {
    for (mark, range) in moved {
        if mark.range.end == offset && !mark.range.is_empty() {
            range.end = shown;
        }
    }
}
