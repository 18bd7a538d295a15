//! What stands between marks right before the number: “甲”“乙”, 《甲》《乙》, “甲、乙”.

use super::listed::{characters, is_numeral, length};
use super::{Listed, Stated};
use crate::document::Document;
use crate::document::enumeration::entries;
use crate::document::part::PartKind;
use crate::source::Span;

/// What “一办”“两组” are.
const BODIES: [&str; 9] = ["机构", "工作机构", "专班", "工作专班", "工作组", "小组", "部门", "单位", "组织"];

/// “甲”“乙” or 《甲》《乙》 right before a number.
pub(super) fn quoted(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let text = document.text();
    let mut places = Vec::new();
    let mut end = stated.span.start;
    let mut open = false;
    if let Some(bare) = text[..end].strip_suffix('等') {
        (end, open) = (bare.len(), true);
    }
    while text[..end].ends_with(['”', '》']) {
        let inside = Span::at(end - '”'.len_utf8());
        let kind = if text[..end].ends_with('”') { PartKind::Quote } else { PartKind::BookTitle };
        let part = document.parts(kind).iter().find(|part| part.span.end == end && part.span.contains(inside))?;
        places.push(part.span);
        end = part.span.start;
        // 、GB 17761—2018《……》: the number of a standard stands before its title.
        let number = if kind == PartKind::BookTitle {
            text[..end]
                .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '—' | '/' | '.' | '-'))
        } else {
            &text[..end]
        };
        end = number.strip_suffix(['、', '和', '与']).map_or(end, str::len);
    }
    places.reverse();
    if let [place] = places.as_slice() {
        return within(document, *place, stated);
    }
    let found = places.len();
    let counted = match stated.unit {
        "种" | "部" | "篇" => true,
        "个" | "大" | "项" | "类" => stated.han,
        "件" | "份" | "栏" | "册" | "本" => {
            places.iter().all(|place| document.slice(*place).starts_with('《')) || stated.han
        }
        _ => false,
    };
    // “一办”“两组”“三专班”六个: each says how many it stands for itself.
    let own = |place: &Span| {
        let first = document.slice(*place).chars().nth(1)?;
        if first == '两' {
            Some(2)
        } else {
            "一二三四五六七八九十".chars().position(|c| c == first).map(|at| at + 1)
        }
    };
    if found > 1 && places.iter().all(|place| own(place).is_some()) {
        let sum: usize = places.iter().filter_map(own).sum();
        // “一办”“两组”两个机构 counts the names.
        let noun = &text[stated.span.end..];
        let bodies = BODIES.iter().any(|body| noun.starts_with(body));
        return (!open && stated.han && stated.number != found && bodies).then(|| Listed::new(sum, places));
    }
    let most = if open { usize::MAX } else { found };
    (found > 1 && counted).then(|| Listed { right: (found, most), ..Listed::new(found, places) })
}

/// “快、优、实”三个奖项: the words within one pair of quotation marks.
fn within(document: &Document, place: Span, stated: &Stated<'_>) -> Option<Listed> {
    let inside = Span::new(place.start + '“'.len_utf8(), place.end - '”'.len_utf8());
    let list = entries(document, inside);
    let plain = list.iter().all(|entry| {
        entry.quantities.is_empty()
            && !is_numeral(document, entry)
            && (1..=6).contains(&length(document, entry))
            && matches!(entry.after, None | Some('、'))
    });
    if document.text()[stated.span.end..].starts_with('字') {
        return characters(document, &list).filter(|_| plain);
    }
    let even = list.windows(2).all(|pair| length(document, &pair[0]) == length(document, &pair[1]));
    let counted = matches!(stated.unit, "个" | "大" | "项" | "类" | "种" | "方面" | "字");
    (list.len() > 1 && plain && even && counted && stated.han).then(|| Listed::new(list.len(), vec![place]))
}
