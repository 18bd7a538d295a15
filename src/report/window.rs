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
        let mut group = group.to_vec();
        group.push(mark.clone());
        let needed = CONTEXT.max(1 + self.beside(&group));
        width_within(&self.text[cover(&group)], self.room.saturating_sub(needed)).is_some()
    }

    /// Columns that what is said of the last mark takes beside it; no more than leave room for the words.
    fn beside(&self, marks: &[Mark]) -> usize {
        let last = marks.iter().max_by_key(|mark| mark.range.end).map_or("", |mark| &mark.message);
        if last.is_empty() { 0 } else { (1 + width(last)).min(self.room / 2) }
    }

    fn piece(&self, marks: Vec<Mark>) -> Piece {
        let core = self.shown_core(cover(&marks));
        let beside = self.beside(&marks);
        let segments = match width_within(&self.text[core.clone()], self.room.saturating_sub(1 + beside.max(1))) {
            Some(columns) => vec![self.around(core, columns.max(1), beside)],
            None => self.ends_of(core, beside),
        };
        self.render(&segments, marks)
    }

    /// What of the line must be seen: an empty place is pointed at on the character behind it.
    fn shown_core(&self, core: Range<usize>) -> Range<usize> {
        let next = self.text[core.end..].chars().next().filter(|_| core.is_empty());
        core.start..core.end + next.map_or(0, char::len_utf8)
    }

    /// `core` with as much of the line on both sides as there is room for; what one side does not need is the other's.
    fn around(&self, core: Range<usize>, columns: usize, beside: usize) -> Range<usize> {
        let spare = self.room.saturating_sub(columns);
        let mut left = spare / 2;
        if let Some(after) = width_within(&self.text[core.end..], spare - left) {
            left = spare - after;
        }
        // What is said beside the caret stands to its right and has to fit there.
        left = left.min(spare.saturating_sub(beside));
        if suffix(&self.text[..core.start], left) == 0 {
            left = width(&self.text[..core.start]);
        }
        self.start_of(core.start, left)..self.end_of(core.end, spare - left)
    }

    /// The beginning and the end of words too long to be shown whole, with a little of what is around them.
    fn ends_of(&self, core: Range<usize>, beside: usize) -> Vec<Range<usize>> {
        let start = self.start_of(core.start, CONTEXT);
        let end = self.end_of(core.end, CONTEXT);
        let before = width(&self.text[start..core.start]) + usize::from(start > 0);
        let behind = width(&self.text[core.end..end]) + usize::from(end < self.text.len());
        let inner = self.room.saturating_sub(before + behind.max(beside) + 1).max(CONTEXT);
        let words = &self.text[core.clone()];
        let head = core.start + prefix(words, inner / 2);
        let tail = core.start + suffix(words, inner - inner / 2);
        let well = |at: &usize| core.start < *at && *at < core.end && self.reads_well(*at);
        let head = self.boundaries(core.start..head).rev().take(PATIENCE).find(well).unwrap_or(head);
        let tail = self.boundaries(tail..core.end).take(PATIENCE).find(well).unwrap_or(tail);
        vec![start..head, tail..end]
    }

    /// Where a piece begins that has `columns` columns before `from`, the … included.
    fn start_of(&self, from: usize, columns: usize) -> usize {
        let whole = suffix(&self.text[..from], columns);
        if whole == 0 {
            return 0;
        }
        let farthest = suffix(&self.text[..from], columns.saturating_sub(1));
        let well = |at: &usize| self.may_cut(*at) && !self.text[*at..].starts_with(is_mark);
        self.boundaries(farthest..from).take(PATIENCE).find(well).unwrap_or(farthest)
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
        let torn = is_mark(before) && is_mark(after) || is_word(before) && is_word(after);
        !torn && width_of(after) > 0
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

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "加强领导。。健全“一把手负总责”机制（见附件1）。”投入1234.5万元，\tabc.def/ghi\u{3000}共𠮷林e\u{301}省……完成！！";

    fn mark(range: Range<usize>, primary: bool, message: &str) -> Mark {
        Mark { range, primary, message: message.into() }
    }

    /// What is underlined in a piece, and all of the piece.
    fn drawn(piece: &Piece) -> (Vec<&str>, &str) {
        (piece.marks.iter().map(|mark| &piece.text[mark.range.clone()]).collect(), &piece.text)
    }

    #[test]
    fn every_place_at_every_width_is_shown_whole_and_fits() {
        let bounds: Vec<usize> = (0..=TEXT.len()).filter(|at| TEXT.is_char_boundary(*at)).collect();
        for room in [30, 36, 75] {
            for (index, &start) in bounds.iter().enumerate() {
                for &end in &bounds[index..] {
                    for message in ["", "改为“甲”"] {
                        let made = pieces(TEXT, vec![mark(start..end, true, message)], room);
                        let [piece] = made.as_slice() else { panic!("{} pieces", made.len()) };
                        let columns = width(&piece.text);
                        let most = room + if piece.text.contains("<U+0301>") { 8 } else { 0 };
                        assert!(columns <= most, "{columns} columns of {room} at {start}..{end}: {}", piece.text);
                        let beside = if message.is_empty() { 0 } else { 1 + width(message) };
                        let underlined = width(&piece.text[..piece.marks[0].range.end]);
                        assert!(underlined + beside <= most, "{start}..{end}: {}", piece.text);
                        check_words(piece, &TEXT[start..end]);
                    }
                }
            }
        }
    }

    /// The words underlined are those marked; of long ones, beginning and end.
    fn check_words(piece: &Piece, words: &str) {
        let shown = &piece.text[piece.marks[0].range.clone()];
        let words: String = words.replace('\t', "    ");
        let whole = shown == words || shown == words.replacen('\u{301}', "<U+0301>", 1);
        let ends = shown.char_indices().filter(|(_, c)| *c == '…').any(|(cut, _)| {
            let (head, tail) = (&shown[..cut], &shown[cut + '…'.len_utf8()..]);
            words.starts_with(head.trim_end_matches("<U+0301>")) && words.ends_with(tail)
        });
        assert!(whole || ends, "{shown:?} for {words:?}");
    }

    #[test]
    fn a_cut_spares_rows_of_marks_and_numbers() {
        let line = "一二三四五六七八九十。。投入1234万元，在册甲乙丙丁";
        let place = line.find("在册").unwrap();
        let made = pieces(line, vec![mark(place..place + 6, true, "")], 20);
        assert_eq!(drawn(&made[0]), (vec!["在册"], "…万元，在册甲乙丙丁"));
        let made = pieces(line, vec![mark(place..place + 6, true, "")], 30);
        assert_eq!(drawn(&made[0]), (vec!["在册"], "…投入1234万元，在册甲乙丙丁"));
    }

    #[test]
    fn places_close_together_share_a_piece_and_far_ones_do_not() {
        let line = format!("前{}甲、乙{}后", "文".repeat(50), "字".repeat(50));
        let (first, second) = (line.find('甲').unwrap(), line.find('乙').unwrap());
        let far = line.len() - 3;
        let marks =
            vec![mark(second..second + 3, true, ""), mark(first..first + 3, false, ""), mark(far..far + 3, false, "")];
        let made = pieces(&line, marks, 30);
        assert_eq!(drawn(&made[0]), (vec!["乙", "甲"], "…文文文文文甲、乙字字字字字…"));
        assert_eq!(drawn(&made[1]), (vec!["后"], "…字字字字字字字字字字字字字后"));
        assert_eq!(made.len(), 2);
    }

    #[test]
    fn words_longer_than_the_window_are_cut_in_their_middle() {
        let line = format!("一、{}。完", "甲乙丙丁".repeat(30));
        let end = line.find('。').unwrap();
        let made = pieces(&line, vec![mark(6..end, true, "")], 40);
        assert_eq!(drawn(&made[0]).1, "一、甲乙丙丁甲乙丙…甲乙丙丁甲乙丙丁。完");
        assert_eq!(drawn(&made[0]).0, ["甲乙丙丁甲乙丙…甲乙丙丁甲乙丙丁"]);
    }

    #[test]
    fn a_hundred_thousand_characters_cost_no_more_than_a_hundred() {
        let line = "文".repeat(100_000);
        let started = std::time::Instant::now();
        for at in 0..1000 {
            pieces(&line, vec![mark(at * 300..at * 300 + 3, true, "删去")], 75);
        }
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }
}
