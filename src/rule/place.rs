//! Where words of a rule stand in its file, for what is found wrong only after reading.

use crate::source::Span;

/// One rule in the text of its file.
pub struct RulePlace<'a> {
    text: &'a str,
    span: Span,
}

impl<'a> RulePlace<'a> {
    /// The `index`-th rule of a file. When the file is written in a way that hides its rules, the whole file.
    pub fn new(text: &'a str, index: usize) -> RulePlace<'a> {
        let starts = entries(text);
        let whole = Span::new(0, text.len());
        let span = starts
            .get(index)
            .map_or(whole, |&start| Span::new(start, starts.get(index + 1).copied().unwrap_or(text.len())));
        RulePlace { text, span }
    }

    /// `words` in what stands under `key`, else the key's line, else the rule's first line.
    pub fn find(&self, key: &str, words: &str) -> Span {
        let value = self.value_of(key).unwrap_or(self.span);
        match value.of(self.text).find(words) {
            Some(at) if !words.is_empty() => Span::new(value.start + at, value.start + at + words.len()),
            _ => {
                let blanks = value.of(self.text).len() - value.of(self.text).trim_start().len();
                rest_of_line(self.text, value.start + blanks)
            }
        }
    }

    /// A key of the rule and all that stands under it.
    fn value_of(&self, key: &str) -> Option<Span> {
        let body = self.span.of(self.text);
        let first = body.find(|c: char| c != '-' && !c.is_whitespace())?;
        let column = first - body[..first].rfind('\n').map_or(0, |at| at + 1);
        let mut keys = Vec::new();
        let mut offset = 0;
        for line in body.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '-']).len();
            if indent == column && !line.trim().is_empty() && (offset == 0 || line[..indent].trim().is_empty()) {
                keys.push((offset + indent, &line[indent..]));
            }
            offset += line.len();
        }
        let is_key = |line: &str| {
            line.trim_start_matches(['"', '\''])
                .strip_prefix(key)
                .is_some_and(|rest| rest.starts_with([':', '"', '\'']))
        };
        let index = keys.iter().position(|(_, line)| is_key(line))?;
        let end = keys.get(index + 1).map_or(body.len(), |(start, _)| *start);
        Some(Span::new(self.span.start + keys[index].0, self.span.start + end))
    }
}

/// Where the entries of the list under `rules:` begin.
fn entries(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut indent = None;
    let mut inside = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let item = line.trim_start_matches(' ');
        let column = line.len() - item.len();
        if column == 0 && item.starts_with("rules:") {
            inside = true;
        } else if inside && item.starts_with("- ") && *indent.get_or_insert(column) == column {
            starts.push(offset);
        }
        offset += line.len();
    }
    starts
}

/// What stands on the line from a place on.
pub fn rest_of_line(text: &str, place: usize) -> Span {
    let rest = &text[place..];
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    Span::new(place, place + rest[..end].trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_their_rule_and_under_their_key() {
        let text = "rules:\n  - id: a/b\n    title: 甲 {x}\n    message: 乙 {x}\n  - title: 丙\n    id: a/b\n    then:\n      forbid: 丁\n";
        let found = |index, key, words| {
            let span = RulePlace::new(text, index).find(key, words);
            (text[..span.start].matches('\n').count() + 1, span.of(text))
        };
        assert_eq!(found(0, "message", "{x}"), (4, "{x}"));
        assert_eq!(found(0, "title", "{x}"), (3, "{x}"));
        assert_eq!(found(1, "id", "a/b"), (6, "a/b"));
        assert_eq!(found(1, "then", "丁"), (8, "丁"));
        assert_eq!(found(1, "then", "没有"), (7, "then:"));
        assert_eq!(found(1, "fix", "没有"), (5, "- title: 丙"));
    }
}
