//! Telephone numbers after a word that says so: 联系电话：0578-61236655.

use crate::document::Document;
use crate::source::Span;

/// The fewest and the most digits of a telephone number, area code included.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=12;

/// The telephone numbers of a document: the digits, and the words with their hyphens.
pub(super) fn find(document: &Document) -> Vec<(String, Span)> {
    let text = document.text();
    let mut found = Vec::new();
    for (at, word) in text.match_indices("电话") {
        let start = at + word.len();
        let line_end = text[start..].find('\n').map_or(text.len(), |end| start + end);
        // 咨询电话：0578-62230122（交警大队）、0578-62230418（交通局）
        let end = text[start..line_end].find(['。', '；']).map_or(line_end, |end| start + end);
        let is_part = |c: char| c.is_ascii_digit() || c == '-' || c == '—' || c == '－';
        let mut from = start;
        while let Some(first) = text[from..end].find(|c: char| c.is_ascii_digit()) {
            let number = &text[from + first..end];
            let length: usize = number.chars().take_while(|&c| is_part(c)).map(char::len_utf8).sum();
            let span = Span::new(from + first, from + first + length);
            let digits: String = document.slice(span).chars().filter(char::is_ascii_digit).collect();
            if DIGITS.contains(&digits.len()) {
                found.push((digits, span));
            }
            from = span.end;
        }
    }
    found.sort_by_key(|(_, span)| *span);
    found.dedup();
    found
}

/// Whether one number is the other with two neighbouring digits exchanged: two numbers of one office differ in their last
/// digit, but seldom so.
pub(crate) fn is_turned(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    a.len() == b.len()
        && front + 1 < a.len()
        && a[front] == b[front + 1]
        && a[front + 1] == b[front]
        && a[front + 2..] == b[front + 2..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanged_digits_are_told_from_other_numbers() {
        assert!(is_turned("057861236655", "057861236565"));
        assert!(!is_turned("057861236655", "057861236656"));
        assert!(!is_turned("057861236655", "057861236655"));
        assert!(!is_turned("61236655", "057861236655"));
    }
}
