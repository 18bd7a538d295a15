//! Quotation marks, brackets and title marks: which belong together, and which have no partner.

use super::layout::{Line, LineKind};
use super::mark::{self, Mark};
use super::part::{Part, PartKind};
use crate::source::Span;

/// The pairs of a document, by kind, and what is left over.
#[derive(Default)]
pub struct Enclosures {
    /// “ ” ‘ ’.
    pub quotes: Vec<Part>,
    /// （ ） and its relatives.
    pub brackets: Vec<Part>,
    /// 《 》 〈 〉.
    pub book_titles: Vec<Part>,
    /// Marks without a partner.
    pub unpaired: Vec<Unpaired>,
}

/// A mark that has no partner in its paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unpaired {
    /// The mark.
    pub span: Span,
    /// Whether it opens.
    pub opens: bool,
    /// The mark nearest to it that may be meant as its partner, or that it crosses.
    pub nearest: Option<Span>,
}

/// Finds the pairs within each line.
pub fn find(text: &str, lines: &[Line], verbatim: &[Span], marks: &[Mark]) -> Enclosures {
    let mut marks_in = mark::within(marks);
    let mut found = Enclosures::default();
    let mut stack: Vec<(char, Span)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.kind == LineKind::Verbatim {
            continue;
        }
        stack.clear();
        for (span, c) in marks_in(line.span).iter().map(|mark| (mark.span(), mark.character)) {
            if let Some(close) = closer(c) {
                stack.push((close, span));
            } else if is_closer(c) {
                match stack.iter().rposition(|&(close, _)| matches(close, c)) {
                    Some(depth) => {
                        let (_, open) = stack[depth];
                        for &(_, lost) in &stack[depth + 1..] {
                            found.unpaired.push(Unpaired { span: lost, opens: true, nearest: Some(span) });
                        }
                        stack.truncate(depth);
                        found.push(text, open, span, index);
                    }
                    None if is_list_bracket(text, line, span) || is_verbatim(verbatim, span) => {}
                    None => found.unpaired.push(Unpaired { span, opens: false, nearest: None }),
                }
            }
        }
        for &(_, lost) in &stack {
            if !is_verbatim(verbatim, lost) {
                found.unpaired.push(Unpaired { span: lost, opens: true, nearest: None });
            }
        }
    }
    found.quotes.sort_by_key(|part| (part.span.start, std::cmp::Reverse(part.span.end)));
    found.brackets.sort_by_key(|part| (part.span.start, std::cmp::Reverse(part.span.end)));
    found.book_titles.sort_by_key(|part| (part.span.start, std::cmp::Reverse(part.span.end)));
    found.unpaired.sort_by_key(|unpaired| unpaired.span);
    found
}

impl Enclosures {
    fn push(&mut self, text: &str, open: Span, close: Span, line: usize) {
        let (list, kind) = match open.of(text) {
            "“" | "‘" => (&mut self.quotes, PartKind::Quote),
            "《" | "〈" => (&mut self.book_titles, PartKind::BookTitle),
            _ => (&mut self.brackets, PartKind::Bracket),
        };
        let inner = Span::new(open.end, close.start);
        list.push(Part { text: inner, ..Part::new(kind, open.cover(close), line) });
    }
}

/// The mark that closes what `open` opens.
pub fn closer(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '‘' => '’',
        '（' => '）',
        '(' => ')',
        '《' => '》',
        '〈' => '〉',
        '〔' => '〕',
        '【' => '】',
        '［' => '］',
        '[' => ']',
        _ => return None,
    })
}

/// Whether `c` closes something.
pub fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | ')' | '》' | '〉' | '〕' | '】' | '］' | ']')
}

/// Whether `close`, which an opening mark asks for, is met by `c`: round brackets of either width close each other.
fn matches(close: char, c: char) -> bool {
    close == c || matches!((close, c), ('）', ')') | (')', '）') | ('］', ']') | (']', '］'))
}

/// Whether the bracket belongs to a label at the start of a line: “1）”.
fn is_list_bracket(text: &str, line: &Line, span: Span) -> bool {
    let before = text[line.span.start..span.start].trim();
    !before.is_empty() && before.chars().count() <= 3 && before.chars().all(|c| c.is_alphanumeric())
}

fn is_verbatim(verbatim: &[Span], span: Span) -> bool {
    let index = verbatim.partition_point(|other| other.end <= span.start);
    verbatim.get(index).is_some_and(|other| other.contains(span))
}
