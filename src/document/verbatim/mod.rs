//! Text that is quoted to the letter and is no prose: addresses, model and standard numbers, formulas, placeholders.
//!
//! Rules leave it alone, and no value is read in it. The walk stops at ASCII words and at the few marks of placeholders.

mod code_name;

use crate::document::passage::Passage;
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
        // Nearly every character is a Han one; placeholders begin with other bytes.
        if matches!(bytes[at], 0xe3..=0xed) {
            at += 3;
            continue;
        }
        let span = match bytes[at..] {
            [byte, ..] if class(byte) != 0 => word_at(passage, at),
            [0..=0x7f, ..] => Err(at + 1),
            // × □ ○ ╳ ＿ Ｘ.
            [0xc3, 0x97, ..]
            | [0xe2, 0x96, 0xa1, ..]
            | [0xe2, 0x97, 0x8b, ..]
            | [0xe2, 0x95, 0xb3, ..]
            | [0xef, 0xbc, 0xbf | 0xb8, ..] => placeholder(passage, at),
            [0x80..=0xdf, ..] => Err(at + 2),
            [0xe0..=0xef, ..] => Err(at + 3),
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

/// What a byte is in a word of ASCII, a bit each, so that the bits of a word say what it holds.
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const DOT: u8 = 4;
const MARK: u8 = 8;

/// The classes of the bytes a word of ASCII may hold, 0 for all others; the colon of a URL is dealt with apart, as many
/// writers set it for ：.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'.' => DOT,
            b'-' | b'_' | b'/' | b'\\' | b'@' | b'+' => MARK,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// The verbatim span that begins with the ASCII word at `at`; else says where to go on.
fn word_at(passage: Passage, at: usize) -> Result<Span, usize> {
    let bytes = passage.text.as_bytes();
    let mut held = 0;
    let mut end = at;
    while let Some(&byte) = bytes.get(end)
        && class(byte) != 0
    {
        held |= class(byte);
        end += 1;
    }
    // Nearly all words are numbers, and few numbers are names.
    if held == DIGIT {
        return code_name::digits(passage, Span::new(at, end)).ok_or(end);
    }
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
    if held == DIGIT | DOT && word.bytes().filter(|&byte| byte == b'.').count() <= 1 {
        return code_name::number(passage, span).ok_or(end);
    }
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
    "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "wps", "ofd", "et", "dps", "txt", "zip", "rar", "7z", "jpg",
    "jpeg", "png", "gif", "csv", "md", "htm", "html", "xml", "json", "exe", "apk", "mp3", "mp4",
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
pub(super) const PLACES: &[char] =
    &['年', '月', '日', '号', '省', '市', '县', '区', '镇', '乡', '村', '局', '厅', '同', '某'];

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Prose;

    /// Each row: a text, and what is verbatim in it.
    #[test]
    fn rows() {
        let rows: &[(&str, &[&str])] = &[
            ("网址www.jiangsu.gov.cn，", &["www.jiangsu.gov.cn"]),
            ("见http://edu.cz.gov.cn/a?b=1&c=2。", &["http://edu.cz.gov.cn/a?b=1&c=2"]),
            ("邮箱czjy@163.com。", &["czjy@163.com"]),
            ("访问jyj.nantong.gov.cn", &["jyj.nantong.gov.cn"]),
            ("存于C:\\docs\\a.txt中", &["C:\\docs\\a.txt"]),
            ("见/usr/share/doc目录", &["/usr/share/doc"]),
            ("附件report.docx。", &["report.docx"]),
            ("地址192.168.1.10端口", &["192.168.1.10"]),
            ("V2.0版", &["V2.0"]),
            ("C919客机", &["C919"]),
            ("H3C-5500交换机", &["H3C-5500"]),
            ("按3.1.2规定", &["3.1.2"]),
            ("GB/T 9704—2012要求", &["GB/T 9704—2012"]),
            ("ISO 9001:2015认证", &["ISO 9001:2015"]),
            ("按GB 3100执行", &["GB 3100"]),
            ("GB/T15834-2011", &["GB/T15834-2011"]),
            ("DB32/T 1234-2020", &["DB32/T 1234-2020"]),
            ("014466995/2017-00018", &["014466995/2017-00018"]),
            ("苏ICP备10205253号-1", &["苏ICP备10205253号-1"]),
            ("苏公网安备 32040202000000号", &["苏公网安备 32040202000000号"]),
            ("电话0513-88880000。", &["0513-88880000"]),
            ("TEL:0513-88880000", &["0513-88880000"]),
            ("热线400-820-8820", &["400-820-8820"]),
            ("“12345”热线", &["12345"]),
            ("12345热线", &["12345"]),
            ("联系电话：88880000", &["88880000"]),
            ("手机13912345678", &["13912345678"]),
            ("“532”战略", &["532"]),
            ("“1+N”模式", &["1+N"]),
            ("“3+3“3+4等", &["3+3", "3+4"]),
            ("“135工程”", &["135"]),
            ("211工程", &["211"]),
            ("“12·4”宪法日", &["12·4"]),
            ("“5”彩", &["5"]),
            ("“1+1+1”", &["1+1+1"]),
            ("3+x方案", &["3+x"]),
            ("N+1平台", &["N+1"]),
            ("1+1=2个", &["1+1=2"]),
            (
                "@Copyright 2008 Zhenjiang China All Rights Reserved 苏ICP备10205253号-1",
                &["@Copyright 2008 Zhenjiang China All Rights Reserved", "苏ICP备10205253号-1"],
            ),
            ("××同志", &["××"]),
            ("×年×月×日", &["×", "×", "×"]),
            ("XX市", &["XX"]),
            ("20XX年", &["20XX"]),
            ("□同意", &["□"]),
            ("姓名＿＿＿＿", &["＿＿＿＿"]),
            ("5G网络", &["5G"]),
            ("A4纸", &["A4"]),
            ("PM2.5浓度", &["PM2.5"]),
            ("“线上+线下”", &[]),
            ("长20km的路", &[]),
            ("2017-03-06", &[]),
            ("2017/3/6", &[]),
            ("2017.12.5", &[]),
            ("3-4个", &[]),
            ("(2016-2018)", &[]),
            ("84.24%", &[]),
            ("9:30", &[]),
            ("享去APP", &[]),
            ("AB角", &[]),
            ("“2017年”", &[]),
            ("“3年行动”", &[]),
            ("12.5万", &[]),
            ("10000-20000人", &[]),
            ("5×3米", &[]),
            ("e学习", &[]),
        ];
        for (text, expected) in rows {
            let spans = find_verbatim(text, &Prose::plain((*text).into()).blocks);
            let found: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
            assert_eq!(&found, expected, "in {text}");
        }
    }

    #[test]
    fn a_verbatim_block_is_so_as_a_whole() {
        let block = Block { span: Span::new(0, 3), role: Role::Verbatim };
        assert_eq!(find_verbatim("12 34", &[block]), [block.span]);
    }
}
