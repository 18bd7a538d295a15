//! Short forms whose noun comes back in what they stand for, and places of several levels written together.

use super::{Listed, Stated};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::part::PartKind;
use crate::source::Span;

/// “三个到位”：宣传到位、培训到位、监管到位: how often the noun occurs in the sentence after the colon or bracket, or before
/// the mark.
pub(super) fn echo(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let quote = document.enclosing(PartKind::Quote, stated.span).filter(|quote| quote.text.start == stated.span.start)?;
    // Of “五议” the number is 五 alone.
    let noun = document.slice(Span::new(stated.span.end, quote.text.end.max(stated.span.end)));
    let length = noun.chars().count();
    if !(1..=4).contains(&length) || !noun.chars().all(is_han) {
        return None;
    }
    let sentence = document.enclosing(PartKind::Sentence, quote.span)?.span;
    let after = document.slice(Span::new(quote.span.end, sentence.end.max(quote.span.end)));
    let before = document.slice(Span::new(sentence.start, quote.span.start));
    let place = if let Some(inside) = after.strip_prefix('（') {
        let end = inside.find('）')?;
        Span::new(quote.span.end + '（'.len_utf8(), quote.span.end + '（'.len_utf8() + end)
    } else if after.starts_with(['：', ':']) {
        Span::new(quote.span.end, sentence.end)
    } else if before.ends_with('的') {
        let start = before.rfind(['，', '：', '；']).map_or(0, |at| at + '，'.len_utf8());
        Span::new(sentence.start + start, quote.span.start)
    } else {
        return None;
    };
    let words = document.slice(place);
    let found = words.matches(noun).count();
    // Each must stand in an entry of its own.
    let parts = words.split(['、', '，', '；']).filter(|part| part.contains(noun)).count();
    (found > 1 && found == parts).then(|| Listed::new(found, vec![place]))
}

/// 市县两级: more levels than there are places written together.
pub(super) fn places(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let text = document.text();
    let head = &text[..stated.span.start];
    let run: Vec<char> = head.chars().rev().take_while(|c| "国省市州盟县区旗乡镇街村社组".contains(*c)).collect();
    let start = stated.span.start - run.iter().map(|c| c.len_utf8()).sum::<usize>();
    let lead = text[..start].chars().next_back();
    let apart = lead.is_none_or(|c| matches!(c, '，' | '。' | '；' | '：' | '、' | '“' | '\n' | '的' | '了' | '和' | '由' | '在' | '按'));
    let listed = lead == Some('、');
    let found = run.len();
    let wrong = stated.number > found || apart;
    (found > 1 && wrong && !listed).then(|| Listed::new(found, vec![Span::new(start, stated.span.start)]))
}
