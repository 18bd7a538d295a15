//! Quotation marks, brackets and title marks: which belong together, and which have no partner.

use super::layout::{Line, LineKind, line_of};
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
    found.unpaired = without_long(text, lines, &found.unpaired);
    found
}

/// Leaves out the marks around a quotation of several paragraphs: the one that opens it, where the next paragraph opens one
/// again (GB/T 15834—2011 4.8.3.5) or one further down closes it.
fn without_long(text: &str, lines: &[Line], unpaired: &[Unpaired]) -> Vec<Unpaired> {
    if unpaired.is_empty() {
        return Vec::new();
    }
    let mut kept = vec![true; unpaired.len()];
    let line_of = |span: Span| line_of(lines, span.start);
    for (index, mark) in unpaired.iter().enumerate().filter(|(_, mark)| mark.opens && mark.nearest.is_none()) {
        let open = mark.span.of(text);
        let line = line_of(mark.span);
        let before = text[lines[line].span.start..mark.span.start].trim_end();
        let Some(close) = open.chars().next().and_then(closer) else { continue };
        if !before.is_empty() && !before.ends_with(['：', ':']) {
            continue;
        }
        let next = lines[line + 1..].iter().find(|line| !line.span.is_empty());
        if matches!(open, "“" | "‘") && next.is_some_and(|next| next.span.of(text).starts_with(open)) {
            kept[index] = false;
            continue;
        }
        let ends = |other: &Unpaired| {
            let end = lines[line_of(other.span)].span.end.max(other.span.end);
            text[other.span.end..end].trim_matches(['。', '；', '，', '”', '’', ' ']).is_empty()
        };
        // The next of this form decides: another that opens leaves this one alone.
        let partner = unpaired[index + 1..].iter().position(|other| {
            let own = other.span.of(text);
            own == open || own.starts_with(close)
        });
        if let Some(partner) = partner.map(|at| index + 1 + at)
            && !unpaired[partner].opens
            && line_of(unpaired[partner].span) > line
            && ends(&unpaired[partner])
        {
            kept[index] = false;
            kept[partner] = false;
        }
    }
    unpaired.iter().zip(kept).filter(|(_, kept)| *kept).map(|(mark, _)| *mark).collect()
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

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::source::Source;
    use std::sync::Arc;

    /// The marks without a partner.
    fn check(text: &str, expected: &str) {
        let document = Document::new(Arc::new(Source::plain("例", text)));
        let found: String = document.unpaired.iter().map(|mark| document.slice(mark.span)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quotations_of_several_paragraphs() {
        check("一、增加一条：“各县应当公布名单。\n“名单应当更新。\n“名单一年一次。”\n二、删去第五条。", "");
        check("将第二条修改为：\n“下列区域禁止遛犬：\n1.学校；\n2.医院。”\n二、删去第五条。", "");
        check("他说：“要抓好落实。\n会议要求按时完成。", "“");
        check("开展“双创工作，成效明显。\n落实“双减”政策”，减轻负担。", "“”");
        check("“甲、乙二人到场。\n“丙未到场。\n会议结束。", "“");
    }
}
