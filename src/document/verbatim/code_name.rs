//! Names made of letters and digits: V2.0, GB/T 9704—2012, 3.1.2, 0513-88880000, 苏ICP备10205253号-1, “135工程”, 1+N, XX.

use super::PLACES;
use crate::document::passage::Passage;
use crate::document::value::measure;
use crate::document::value::numeral;
use crate::source::Span;

/// The code name that the ASCII word under `span` is or begins.
pub(super) fn read(passage: Passage, span: Span) -> Option<Span> {
    let word = span.of(passage.text);
    let lettered = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    if !lettered {
        return formula(passage, span).or_else(|| number(passage, span));
    }
    if word.bytes().all(|byte| matches!(byte, b'X' | b'x')) {
        let stands_for_word = word.len() > 1 || passage.rest(span.end).starts_with(PLACES);
        return stands_for_word.then_some(span);
    }
    standard(passage, span)
        .or_else(|| licence(passage, span))
        .or_else(|| formula(passage, span))
        .or_else(|| model(span, word))
}

/// 1+1+1, 3+x, N+1, with = and what follows it.
fn formula(passage: Passage, span: Span) -> Option<Span> {
    let word = span.of(passage.text);
    let terms = || word.split('+');
    let is_term = |term: &str| !term.is_empty() && term.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !word.contains('+') || !terms().all(is_term) {
        return None;
    }
    let rest = passage.rest(span.end);
    let result = rest.strip_prefix('=').map_or(0, |rest| {
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if length > 0 { 1 + length } else { 0 }
    });
    Some(Span::new(span.start, span.end + result))
}

/// Digits alone that name something: a telephone, an index, a quoted name.
pub(super) fn digits(passage: Passage, span: Span) -> Option<Span> {
    let word = span.of(passage.text);
    if let Some(filing) = police_filing(passage, span) {
        return Some(filing);
    }
    if is_mobile_or_identity(word) || called(passage, span, word) {
        return Some(span);
    }
    if let Some(end) = quoted(passage, span, word) {
        return Some(Span::new(span.start, end));
    }
    // No number is written with zeros before it.
    (word.len() >= 5 && word.starts_with('0')).then_some(span)
}

/// Digits and marks that name something: a section, a telephone, an index, a quoted name.
pub(super) fn number(passage: Passage, span: Span) -> Option<Span> {
    let word = span.of(passage.text);
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(passage, span);
    }
    if let Some(filing) = police_filing(passage, span) {
        return Some(filing);
    }
    if let Some(end) = quoted(passage, span, word) {
        return Some(Span::new(span.start, end));
    }
    (is_telephone(word) || is_section(word) || is_index(word)).then_some(span)
}

fn is_mobile_or_identity(word: &str) -> bool {
    let mobile = word.len() == 11 && word.starts_with('1') && !matches!(word.as_bytes()[1], b'0'..=b'2');
    mobile || word.len() >= 15
}

/// 0513-88880000, 400-820-8820, 88880000-8012.
fn is_telephone(word: &str) -> bool {
    if !word.contains('-') {
        return false;
    }
    let parts: Vec<&str> = word.split('-').collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return false;
    }
    match parts.as_slice() {
        [area, number, ..] if area.starts_with('0') && matches!(area.len(), 3 | 4) => matches!(number.len(), 4..=8),
        [prefix, middle, last] => matches!(*prefix, "400" | "800") && middle.len() == 3 && last.len() == 4,
        [number, extension] => matches!(number.len(), 7 | 8) && extension.len() <= 4 && number.as_bytes()[0] != b'0',
        _ => false,
    }
}

/// 3.1.2 is a section; 2017.12.5 is a date.
fn is_section(word: &str) -> bool {
    if word.bytes().filter(|&byte| byte == b'.').count() < 2 {
        return false;
    }
    let parts = || word.split('.');
    let numeric =
        parts().all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
    numeric && parts().next().is_some_and(|first| first.len() < 3)
}

/// 014466995/2017-00018: more parts than a date, or zeros that no number begins with.
fn is_index(word: &str) -> bool {
    let parts = || word.split(['-', '/', '_']);
    let numeric = parts().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let filled = parts().any(|part| part.len() >= 5 && part.starts_with('0'));
    let mixed = word.contains('/') && word.contains('-');
    let dated = parts().next().is_some_and(|year| year.len() == 4) && parts().skip(1).all(|part| part.len() <= 2);
    numeric && (filled || mixed || parts().count() > 3 || (parts().count() == 3 && !dated))
}

/// Words before a number that make it a name.
const CALLED: &[&str] = &[
    "电话",
    "热线",
    "传真",
    "邮编",
    "邮政编码",
    "编号",
    "证号",
    "账号",
    "帐号",
    "号码",
    "手机",
    "代码",
    "QQ",
    "索引号",
    "文号",
];

/// 电话：88880000, 12345热线.
fn called(passage: Passage, span: Span, word: &str) -> bool {
    if word.len() < 3 {
        return false;
    }
    let before = passage.before(span.start).trim_end_matches([' ', '：', ':', '\u{3000}', '为', '是']);
    let may_name = before.ends_with(['话', '线', '真', '编', '码', '号', '机', '代', 'Q']);
    let named = may_name && CALLED.iter().any(|name| before.ends_with(name));
    let line = || passage.first_of(span.end, &["热线", "专线", "平台", "政务服务", "公共服务"]).is_some();
    named || (word.len() == 5 && word.starts_with('1') && line())
}

/// What a number in a name belongs to.
const NAMED: &[&str] = &[
    "工程", "计划", "行动", "模式", "战略", "人才", "体系", "机制", "热线", "平台", "专项", "方案", "产业", "高校",
    "思路",
];

/// The end of digits that are a name: “532”, “135工程”, “12·4”, 211工程.
fn quoted(passage: Passage, span: Span, word: &str) -> Option<usize> {
    let plain = || word.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(passage.previous(span.start), Some('“' | '‘' | '「' | '"')) {
        return (word.len() == 3 && plain() && passage.first_of(span.end, &["工程", "高校"]).is_some())
            .then_some(span.end);
    }
    if !word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-')) {
        return None;
    }
    let mut end = span.end;
    if let Some(c @ ('·' | '•' | '・')) = passage.next(end)
        && let Some((_, after, _)) = numeral::digits(passage.text, end + c.len_utf8())
    {
        end = after;
    }
    let closes = matches!(passage.next(end), Some('”' | '’' | '」' | '"'));
    (closes || end > span.end || (plain() && passage.first_of(end, NAMED).is_some())).then_some(end)
}

/// 苏公网安备 32040202000000号, whose number the word is.
fn police_filing(passage: Passage, span: Span) -> Option<Span> {
    let before = passage.before(span.start);
    if !before.ends_with(['备', ' ']) {
        return None;
    }
    let head = before.trim_end_matches(' ').strip_suffix("公网安备")?;
    let province =
        head.chars().next_back().filter(|c| crate::document::character::is_han(*c)).map_or(0, char::len_utf8);
    let end = passage.first_of(span.end, &["号"]).unwrap_or(span.end);
    Some(Span::new(passage.start + head.len() - province, end))
}

/// 苏ICP备10205253号-1, whose ICP the word is.
fn licence(passage: Passage, span: Span) -> Option<Span> {
    let word = span.of(passage.text);
    if word != "ICP" {
        return None;
    }
    let at = passage.first_of(span.end, &["备", "证"])?;
    let (_, end, _) = numeral::digits(passage.text, passage.skip_blank(at))?;
    let mut end = passage.first_of(end, &["号"]).unwrap_or(end);
    if let Some((_, after, _)) = passage.first_of(end, &["-", "－"]).and_then(|at| numeral::digits(passage.text, at)) {
        end = after;
    }
    let province =
        passage.previous(span.start).filter(|c| crate::document::character::is_han(*c)).map_or(0, char::len_utf8);
    Some(Span::new(span.start - province, end))
}

/// GB/T 9704—2012, ISO 9001:2015, GB 3100, DB32/T 1234-2020.
fn standard(passage: Passage, span: Span) -> Option<Span> {
    let text = passage.text;
    let word = span.of(text);
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(1..=4).contains(&letters) {
        return None;
    }
    let mut at = span.start + letters;
    if word.starts_with("DB") {
        at += text[at..span.end].bytes().take_while(u8::is_ascii_digit).count();
    }
    let kind = passage.first_of(at, &["/IEC", "/T", "/Z", "/CAS"]);
    at = kind.unwrap_or(at);
    // Only what is known to head a standard may stand apart from its number or lack its year.
    let known = kind.is_some() || matches!(&word[..letters], "GB" | "GBT" | "GBZ" | "ISO" | "IEC" | "DB");
    let start = if known { passage.skip_blank(at) } else { at };
    let (_, mut end, _) = numeral::digits(text, start)?;
    while let Some((_, after, _)) = text[end..].strip_prefix('.').and_then(|_| numeral::digits(text, end + 1)) {
        end = after;
    }
    let year = passage.next(end).filter(|c| matches!(c, '-' | '—' | '–' | '－' | ':' | '：' | '−')).and_then(|mark| {
        numeral::digits(text, end + mark.len_utf8()).filter(|(_, _, count)| *count == 4).map(|(_, end, _)| end)
    });
    if !known && year.is_none() {
        return None;
    }
    Some(Span::new(span.start, year.unwrap_or(end).max(if start == at { span.end } else { 0 })))
}

/// C919, V2.0, H3C-5500, 5G, 20XX; 20km and 1.5GB/s are amounts.
fn model(span: Span, word: &str) -> Option<Span> {
    let is_amount = word.split('-').all(|part| {
        let unit = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let whole = unit.split('/').next().unwrap_or(unit);
        unit.len() < part.len() && (measure::is_unit(unit) || measure::is_unit(whole))
            || part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    (has_digit && !is_amount).then_some(span)
}
