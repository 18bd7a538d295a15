//! Marks that a Chinese keyboard writes and that are none in YAML: ： ， “ ”, and tabs.

use crate::source::Span;

/// The first wrong mark of a text, and what to write instead.
pub fn wrong_mark(text: &str) -> Option<(Span, String)> {
    read(text, text.len(), &mut Flow::default())
}

/// A quotation mark before `place` that its line does not close: where texts are one line each, it was forgotten.
pub fn unclosed_quote(text: &str, place: usize) -> Option<usize> {
    let mut flow = Flow::default();
    read(text, place, &mut flow);
    flow.unclosed
}

/// Reads the lines that start before `end`.
fn read(text: &str, end: usize, flow: &mut Flow) -> Option<(Span, String)> {
    let mut offset = 0;
    // The indentation of a line that opens a block of text (`key: |`), whose lines are not YAML.
    let mut block: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        if offset >= end && end < text.len() {
            return None;
        }
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        let body = trimmed.trim_end();
        if block.is_some_and(|block| indent > block || body.is_empty()) {
            offset += line.len();
            continue;
        }
        block = None;
        if let Some(found) = tab(line).or_else(|| flow.line(line, indent)) {
            let (span, message) = found;
            return Some((Span::new(offset + span.start, offset + span.end), message));
        }
        flow.note_unclosed(offset);
        if flow.depth == 0 && is_block_header(body) {
            block = Some(indent);
        }
        offset += line.len();
    }
    None
}

/// `key: |`, `key: >-`, `- |2`.
fn is_block_header(body: &str) -> bool {
    let last = body.rsplit(' ').next().unwrap_or("");
    last.starts_with(['|', '>']) && last[1..].chars().all(|c| matches!(c, '-' | '+' | '0'..='9'))
}

fn tab(line: &str) -> Option<(Span, String)> {
    let at = line.find('\t').filter(|&at| line[..at].trim().is_empty())?;
    (!line.trim().is_empty()).then(|| (Span::new(at, at + 1), "YAML不能用制表符缩进，请改用空格".to_owned()))
}

/// Whether the text is within `{…}` or `[…]` or quotes, carried from line to line.
#[derive(Default)]
struct Flow {
    depth: usize,
    quote: Option<char>,
    /// Where the quotation in the present line began.
    quote_start: usize,
    /// The first quotation mark, in bytes of the text, that the end of its line found open.
    unclosed: Option<usize>,
}

impl Flow {
    /// Remembers the first quotation that is open at the end of the line that starts at `offset`.
    fn note_unclosed(&mut self, offset: usize) {
        if self.quote.is_some() && self.unclosed.is_none() {
            self.unclosed = Some(offset + self.quote_start);
        }
    }

    /// Reads a line; the wrong mark in it, if there is one.
    fn line(&mut self, line: &str, indent: usize) -> Option<(Span, String)> {
        let mut start = indent;
        if self.depth == 0 && self.quote.is_none() {
            while line[start..].starts_with("- ") {
                start += 2;
                start += line[start..].len() - line[start..].trim_start_matches(' ').len();
            }
            if line[start..].starts_with('#') {
                return None;
            }
            if let Some(found) = full_width_colon(line, start) {
                return Some(found);
            }
            let key = key_length(&line[start..]);
            if key > 0 && line[start + key..].starts_with(": ") {
                start += key + 2;
                start += line[start..].len() - line[start..].trim_start_matches(' ').len();
            }
            let value = line[start..].trim_end();
            if value.starts_with('“') && value.ends_with('”') && value.matches('“').count() == 1 {
                return Some((Span::new(start, start + '“'.len_utf8()), curly()));
            }
            if let Some(bracket) = value.chars().next().filter(|c| matches!(c, '｛' | '［')) {
                let message = format!("“{bracket}”应为半角“{}”", if bracket == '｛' { '{' } else { '[' });
                return Some((Span::new(start, start + bracket.len_utf8()), message));
            }
            if !value.starts_with(['{', '[', '"', '\'']) {
                return None;
            }
        }
        self.inside(line, start)
    }

    /// Reads what is, or begins, a flow collection or a quoted text.
    fn inside(&mut self, line: &str, start: usize) -> Option<(Span, String)> {
        let mut fresh = true;
        let mut rest = line[start..].char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let at = start + at;
            if let Some(quote) = self.quote {
                match c {
                    '\\' if quote == '"' => drop(rest.next()),
                    _ if c == quote => self.quote = None,
                    _ => {}
                }
                continue;
            }
            match c {
                '"' | '\'' if fresh => {
                    self.quote = Some(c);
                    self.quote_start = at;
                }
                // A brace within plain text, as in {text: 甲{x}}, is refused by YAML itself.
                '{' | '[' if fresh || self.depth > 0 => self.depth += 1,
                '}' | ']' => self.depth = self.depth.saturating_sub(1),
                '#' if line[..at].ends_with(' ') => return None,
                '“' if fresh && self.depth > 0 => return Some((Span::new(at, at + c.len_utf8()), curly())),
                '，' if self.depth > 0 => {
                    let message = "这里的逗号应为半角“, ”；逗号若属于文字，请用半角引号 \"…\" 把文字括起来";
                    return Some((Span::new(at, at + c.len_utf8()), message.to_owned()));
                }
                _ => {}
            }
            if fresh
                && self.depth > 0
                && c.is_ascii_alphabetic()
                && let Some(found) = full_width_colon(line, at)
            {
                return Some(found);
            }
            fresh = matches!(c, '{' | '[' | ',' | ':') || fresh && c == ' ';
        }
        None
    }
}

/// A key followed by ：.
fn full_width_colon(line: &str, start: usize) -> Option<(Span, String)> {
    let key = key_length(&line[start..]);
    let at = start + key;
    (key > 0 && line[at..].starts_with('：')).then(|| {
        let name = line[start..at].trim();
        (Span::new(at, at + '：'.len_utf8()), format!("“{name}”后应为半角冒号加空格“: ”"))
    })
}

/// The length of a key such as `id` or `preceded-by` that `text` begins with.
fn key_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(text.len())
}

fn curly() -> String {
    "文字请用半角引号 \"…\" 括起来；“ ”若属于文字，外面再加一层 '…'".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_marks_are_found_and_text_is_left_alone() {
        for (text, expected) in [
            ("severity：error\n", Some("：")),
            ("  - id：a/b\n", Some("：")),
            ("title: “甲”\n", Some("“")),
            ("good: [“甲”]\n", Some("“")),
            ("genres: [通知，通报]\n", Some("，")),
            ("bad:\n  - {text：甲}\n", Some("：")),
            ("then: ｛forbid: 甲｝\n", Some("｛")),
            ("a:\n\tb: 1\n", Some("\t")),
            ("title: 甲：乙，丙\n", None),
            ("message: “{match}”重复，应删去一个“{match}”\n", None),
            ("message: \"“{match}”重复，删去\"\n", None),
            ("good: [\"甲，乙\", '“丙”：丁']\n", None),
            ("text: |\n  a：b\n  \t甲，“乙”\n", None),
            ("# id：a\n", None),
            ("then: {forbid: {replace: {\"甲，\": 乙}}}\n", None),
            ("then: {forbid: [\"甲\\\"，乙\"]}\n", None),
        ] {
            let found = wrong_mark(text).map(|(span, _)| span.of(text));
            assert_eq!(found, expected, "{text}");
        }
    }
}
