//! Text that is quoted to the letter and is no prose: addresses, model and standard numbers, formulas, placeholders.
//!
//! Rules leave it alone, and no value is read in it. The walk stops at ASCII words and at the few marks of placeholders.

use super::code_name;
use super::passage::Passage;
use crate::source::{Block, Role, Span};

/// Finds what is verbatim in the prose, sorted and apart. A block of the role `Verbatim` is so as a whole.
pub fn find_verbatim(text: &str, blocks: &[Block]) -> Vec<Span> {
    let mut found = Vec::new();
    for block in blocks {
        if block.role == Role::Verbatim {
            found.push(block.span);
        } else {
            find_in_block(Passage { text: &text[..block.span.end], start: block.span.start }, &mut found);
        }
    }
    found
}

fn find_in_block(passage: Passage, found: &mut Vec<Span>) {
    let bytes = passage.text.as_bytes();
    let mut at = passage.start;
    while at < bytes.len() {
        let span = match bytes[at] {
            byte if is_word_byte(byte) => word_at(passage, at),
            0..=0x7f => Err(at + 1),
            0xc3 | 0xe2 | 0xef => placeholder(passage, at),
            0x80..=0xdf => Err(at + 2),
            0xe0..=0xef => Err(at + 3),
            _ => Err(at + 4),
        };
        at = match span {
            Ok(span) => {
                found.push(span);
                span.end
            }
            Err(end) => end,
        };
    }
}

/// Characters a word of ASCII may hold; the colon of a URL is dealt with apart, as many writers set it for ：.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/' | b'\\' | b'@' | b'+')
}

/// The verbatim span that begins with the ASCII word at `at`; else says where to go on.
fn word_at(passage: Passage, at: usize) -> Result<Span, usize> {
    let bytes = passage.text.as_bytes();
    let end = at + bytes[at..].iter().take_while(|byte| is_word_byte(**byte)).count();
    let whole = &passage.text[at..end];
    if whole.starts_with("__") || whole.starts_with('\\') {
        return Ok(Span::new(at, end));
    }
    let word = whole.trim_matches(['-', '.', '+', '_']);
    let word = if word.contains('.') { word } else { word.trim_end_matches('/') };
    if word.is_empty() {
        return Err(end);
    }
    let start = at + (whole.len() - whole.trim_start_matches(['-', '.', '+', '_']).len());
    let span = Span::new(start, start + word.len());
    let is_foreign_start = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '@');
    if is_foreign_start && let Some(end) = foreign_end(passage, start) {
        return Ok(Span::new(start, end));
    }
    let found = address(passage, span, word).or_else(|| code_name::read(passage, span));
    found.ok_or(end)
}

/// The end of a passage of three or more foreign words from `start` on.
fn foreign_end(passage: Passage, start: usize) -> Option<usize> {
    let rest = passage.rest(start);
    let length = rest.bytes().position(|byte| !(byte.is_ascii_graphic() || byte == b' ')).unwrap_or(rest.len());
    let run = &rest[..length];
    if !run.contains(' ') {
        return None;
    }
    let run = run.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != ')');
    let is_word = |word: &str| {
        let letters = word.trim_matches(|c: char| c.is_ascii_punctuation());
        letters.len() >= 2 && letters.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'\''))
    };
    (run.split(' ').filter(|word| is_word(word)).count() >= 3).then_some(start + run.len())
}

/// Endings of host names.
const DOMAINS: &[&str] = &["cn", "com", "net", "org", "gov", "edu", "info", "cc", "top", "vip", "io", "asia", "mobi"];

/// Endings of file names.
const FILES: &[&str] = &[
    "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "wps", "ofd", "et", "dps", "txt", "zip", "rar", "7z", "jpg", "jpeg",
    "png", "gif", "csv", "md", "htm", "html", "xml", "json", "exe", "apk", "mp3", "mp4",
];

/// A URL, an e-mail address, a path, a file name or an IP address.
fn address(passage: Passage, span: Span, word: &str) -> Option<Span> {
    let rest = passage.rest(span.end);
    if rest.starts_with("://") {
        return Some(Span::new(span.start, url_end(passage, span.end + "://".len())));
    }
    if word.len() == 1 && rest.starts_with(":\\") {
        return Some(Span::new(span.start, url_end(passage, span.end + 1)));
    }
    if let Some((name, host)) = word.split_once('@') {
        return (!name.is_empty() && host.contains('.')).then_some(span);
    }
    if word.contains('\\') {
        return Some(span);
    }
    let host = word.split('/').next().unwrap_or(word);
    let labels = || host.split('.');
    let lettered = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    if host.contains('.') && labels().all(|label| !label.is_empty()) {
        let last = labels().next_back().unwrap_or("").to_ascii_lowercase();
        let named = host.len() > 4 && host[..4].eq_ignore_ascii_case("www.");
        if lettered && (named || (DOMAINS.contains(&last.as_str()) && host.bytes().any(|b| b.is_ascii_alphabetic()))) {
            return Some(Span::new(span.start, url_end(passage, span.start + host.len())));
        }
        if lettered && FILES.contains(&last.as_str()) {
            return Some(span);
        }
        let is_octet = |label: &str| label.len() <= 3 && label.parse::<u16>().is_ok_and(|octet| octet < 256);
        if labels().count() == 4 && labels().all(is_octet) {
            return Some(span);
        }
    }
    (lettered && word.matches('/').count() >= 2).then_some(span)
}

/// Where a URL ends: before what no URL holds, and before the marks that close a sentence.
fn url_end(passage: Passage, start: usize) -> usize {
    let rest = passage.rest(start);
    let length = rest
        .bytes()
        .position(|byte| !byte.is_ascii_graphic() || matches!(byte, b'"' | b'<' | b'>' | b'(' | b')' | b'\'' | b'|'))
        .unwrap_or(rest.len());
    start + rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?']).len()
}

/// What a placeholder stands before when it is a single mark: ×年×月×日, X市.
pub(super) const PLACES: &[char] = &['年', '月', '日', '号', '省', '市', '县', '区', '镇', '乡', '村', '局', '厅', '同', '某'];

/// Marks left to be filled in: ××, □, ＿＿, ○○, ＸＸ.
fn placeholder(passage: Passage, at: usize) -> Result<Span, usize> {
    let Some(mark) = passage.next(at) else { return Err(passage.text.len()) };
    let next = at + mark.len_utf8();
    if !matches!(mark, '×' | '□' | '○' | '＿' | 'Ｘ' | '╳') {
        return Err(next);
    }
    let rest = passage.rest(at);
    let end = at + rest.len() - rest.trim_start_matches(mark).len();
    let alone = end == next;
    let stands_for_word = mark == '□' || (mark != '○' && passage.rest(end).starts_with(PLACES));
    if !alone || (stands_for_word && mark != '＿') { Ok(Span::new(at, end)) } else { Err(end) }
}
