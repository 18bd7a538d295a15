//! Which words the built-in rules report already.

use super::words::Word;
use crate::builtin::rule_set;
use crate::check::check;
use crate::document::Document;
use crate::kind::Verb;
use crate::source::{Source, Span};
use std::sync::Arc;

/// For each word that a built-in rule reports, its index and the id of the rule.
pub(super) fn known(words: &[Word]) -> Vec<(usize, String)> {
    // A title and an addressee, so that no word is taken for one.
    let mut text = String::from("关于核对用词的通知\n各科室：\n");
    let mut spans = Vec::with_capacity(words.len());
    for word in words {
        text.push_str("请核对");
        spans.push(Span::new(text.len(), text.len() + word.wrong.len()));
        text.push_str(&word.wrong);
        text.push_str("一词。\n");
    }
    let rules = rule_set();
    let found = check(&Document::new(Arc::new(Source::plain("词表", text))), &rules);
    let forbids = |id: &str| rules.rule(id).is_some_and(|ready| matches!(ready.rule.then, Verb::Forbid(_)));
    let mut known = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        let first = found.partition_point(|finding| finding.primary.span.start < span.start);
        let inside = found[first..].iter().take_while(|finding| finding.primary.span.start < span.end);
        let rule = inside.filter(|finding| finding.primary.span.end <= span.end).find(|finding| forbids(&finding.rule));
        known.extend(rule.map(|finding| (index, finding.rule.to_string())));
    }
    known
}
