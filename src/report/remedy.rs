//! A fix in a word, to stand beside the caret: 删去, 改为“X”, 补“X”.

use super::columns::{shorten, visible};
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{Source, Span};

/// The most columns the words of a fix may take beside the caret; the whole stands in the fix itself.
const LONGEST: usize = 24;

/// The fix as words about the place it is shown at; `None` without a fix, or where its edits lie elsewhere.
pub(super) fn remedy(source: &Source, finding: &Diagnostic) -> Option<String> {
    let place = finding.primary.span;
    let edits = &finding.fix.as_ref()?.edits;
    if edits.is_empty() || !edits.iter().all(|edit| place.contains(edit.span)) {
        return None;
    }
    match edits.as_slice() {
        [edit] => Some(one_edit(place, edit, &source.text)),
        edits => Some(format!("改为{}", quoted(&applied(place, edits, &source.text)))),
    }
}

fn one_edit(place: Span, edit: &Edit, text: &str) -> String {
    let (old, new) = (edit.span.of(text), edit.text.as_str());
    if edit.span == place {
        return match (old.is_empty(), new.is_empty()) {
            // The caret stands under the character behind the place, unless the line ends there.
            (true, _) if text[place.end..].starts_with(|c| c != '\r' && c != '\n') => format!("前补{}", quoted(new)),
            (true, _) => format!("补{}", quoted(new)),
            (false, true) => "删去".to_owned(),
            (false, false) => format!("改为{}", quoted(new)),
        };
    }
    if old.is_empty() {
        return match edit.span.start {
            at if at == place.start => format!("前补{}", quoted(new)),
            at if at == place.end => format!("后补{}", quoted(new)),
            _ => format!("改为{}", quoted(&applied(place, std::slice::from_ref(edit), text))),
        };
    }
    if new.is_empty() {
        let one = if place.of(text).matches(old).nth(1).is_some() { "一个" } else { "" };
        return format!("删去{one}{}", quoted(old));
    }
    format!("{}改为{}", quoted(old), quoted(new))
}

/// The words at `place` once the edits are made.
fn applied(place: Span, edits: &[Edit], text: &str) -> String {
    let mut result = String::new();
    let mut at = place.start;
    for edit in edits {
        result.push_str(&text[at..edit.span.start]);
        result.push_str(&edit.text);
        at = edit.span.end;
    }
    result.push_str(&text[at..place.end]);
    result
}

/// Words in quotation marks, so that they are told apart from ours; blanks by their names.
fn quoted(words: &str) -> String {
    match words {
        " " => return "空格".to_owned(),
        "\u{3000}" => return "全角空格".to_owned(),
        "\t" => return "制表符".to_owned(),
        "\n" | "\r\n" => return "换行".to_owned(),
        _ => {}
    }
    let words = visible(words);
    let shown = shorten(&words, LONGEST);
    if shown.contains(['“', '”']) { format!(" {shown}") } else { format!("“{shown}”") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Fix, Label, Severity};

    fn words(text: &str, place: (usize, usize), edits: &[(usize, usize, &str)]) -> Option<String> {
        let edit = |&(start, end, text): &(usize, usize, &str)| Edit { span: Span::new(start, end), text: text.into() };
        let finding = Diagnostic {
            rule: "a/b".into(),
            severity: Severity::Error,
            message: String::new(),
            primary: Label { path: "a".into(), span: Span::new(place.0, place.1), message: String::new() },
            related: Vec::new(),
            section: String::new(),
            advice: String::new(),
            basis: None,
            fix: Some(Fix { title: String::new(), safe: true, edits: edits.iter().map(edit).collect() }),
            fingerprint: String::new(),
        };
        remedy(&Source::plain("a", text), &finding)
    }

    /// A text, a place in it, edits, and what is said of them.
    type Case = (&'static str, (usize, usize), &'static [(usize, usize, &'static str)], Option<&'static str>);

    #[test]
    fn says_the_fix_in_a_word() {
        let cases: &[Case] = &[
            ("甲乙", (0, 3), &[(0, 3, "")], Some("删去")),
            ("甲乙", (0, 3), &[(0, 3, "丙")], Some("改为“丙”")),
            ("甲乙", (3, 3), &[(3, 3, "、")], Some("前补“、”")),
            ("甲乙", (6, 6), &[(6, 6, "。")], Some("补“。”")),
            ("甲乙\n丙", (6, 6), &[(6, 6, "。")], Some("补“。”")),
            ("甲乙", (3, 6), &[(3, 3, "、")], Some("前补“、”")),
            ("甲乙", (3, 6), &[(6, 6, "。")], Some("后补“。”")),
            ("甲乙", (0, 6), &[(3, 3, "、")], Some("改为“甲、乙”")),
            ("。。", (0, 6), &[(3, 6, "")], Some("删去一个“。”")),
            ("，。", (0, 6), &[(0, 3, "")], Some("删去“，”")),
            ("甲乙", (0, 6), &[(0, 3, "丙")], Some("“甲”改为“丙”")),
            ("\"甲\"", (0, 5), &[(0, 1, "“"), (4, 5, "”")], Some("改为 “甲”")),
            ("甲乙", (0, 3), &[(3, 6, "")], None),
            ("甲乙", (0, 3), &[(0, 3, "\u{3000}")], Some("改为全角空格")),
            ("甲乙", (0, 3), &[], None),
        ];
        for (text, place, edits, expected) in cases {
            assert_eq!(words(text, *place, edits).as_deref(), *expected, "{text} {place:?} {edits:?}");
        }
    }

    #[test]
    fn long_words_are_cut_in_the_middle() {
        let long = "一二三四五六七八九十一二三四五六七八九十";
        assert_eq!(words("甲", (0, 3), &[(0, 3, long)]).unwrap(), "改为“一二三四五…六七八九十”");
    }
}
