//! The values of a document's prose, found in one walk over its bytes.
//!
//! The walk stops only at characters that may begin a number; what stands around them then decides what is read. A
//! numeral that fits nothing known is left alone: rules judge values, and a value that is none is a false alarm.

use super::date;
use super::measure;
use super::numeral::{self, Numeral, is_han_numeral};
use super::ordinal;
use super::quantity;
use super::time;
use super::{Form, Value};
use crate::document::character::{is_blank, is_han};
use crate::document::passage::Passage;
use crate::source::{Block, Role, Span};

/// Finds all values in the prose, in order and apart from each other. None crosses the border of a block or touches one
/// of the `verbatim` spans, which are sorted and apart. The label a block begins with (1. （3） 第二条) is not a value.
pub fn find_values(text: &str, blocks: &[Block], verbatim: &[Span]) -> Vec<Value> {
    // A figure in every sixty bytes is many.
    let mut values = Vec::with_capacity(text.len() / 64);
    let mut verbatim = verbatim.iter().copied().peekable();
    for block in blocks.iter().filter(|block| block.role != Role::Verbatim) {
        let mut start = block.span.start;
        loop {
            while verbatim.next_if(|span| span.end <= start).is_some() {}
            let cut = verbatim.peek().copied().filter(|span| span.start < block.span.end);
            let end = cut.map_or(block.span.end, |span| span.start.max(start));
            let passage = Passage { text: &text[..end], start };
            let after_label = if start == block.span.start { skip_label(passage) } else { start };
            find_in_passage(passage, after_label, &mut values);
            match cut {
                Some(span) if span.end < block.span.end => start = span.end,
                _ => break,
            }
        }
    }
    values
}

fn find_in_passage(mut passage: Passage, start: usize, values: &mut Vec<Value>) {
    let bytes = passage.text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        // Nearly every character takes three bytes and begins no number.
        let mut rest = &bytes[at..];
        while let &[lead @ 0xe0..=0xef, second, third, ref after @ ..] = rest
            && !begins_number(lead, second, third)
        {
            rest = after;
        }
        at = bytes.len() - rest.len();
        let length = match *rest {
            [0xe0..=0xef, ..] if is_lone_one(bytes, at) => 3,
            [0xe0..=0xef | b'0'..=b'9', ..] => 0,
            [0..=0x7f, ..] => 1,
            [0x80..=0xdf, ..] => 2,
            [_, ..] => 4,
            [] => break,
        };
        if length > 0 {
            at += length;
            continue;
        }
        match read(passage, at, values.last()) {
            Ok(value) => {
                at = value.span.end;
                passage.start = at;
                values.push(value);
            }
            Err(end) => at = end,
        }
    }
}

/// The characters of three bytes that may begin a number, besides the digits of ASCII.
const BEGINNINGS: [char; 28] = [
    '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '两', '百', '千', '万', '亿', '零', '〇', '几', '０',
    '１', '２', '３', '４', '５', '６', '７', '８', '９',
];

/// A bit for each character of three bytes: the first two bytes choose the word, the third the bit. The walk asks it for
/// every character, so it must not branch.
static BEGINS: [u64; 1024] = {
    let mut table = [0; 1024];
    let mut index = 0;
    while index < BEGINNINGS.len() {
        let code = BEGINNINGS[index] as usize;
        table[code >> 6] |= 1 << (code & 63);
        index += 1;
    }
    table
};

/// Whether three bytes of UTF-8 are a full-width digit, a Han numeral character, or 几.
fn begins_number(lead: u8, second: u8, third: u8) -> bool {
    let word = (usize::from(lead & 0xf) << 6) | usize::from(second & 0x3f);
    BEGINS[word] >> (third & 0x3f) & 1 == 1
}

/// Whether the character at `at` is a 一 that counts nothing, as nearly every one: 一批, 一是, 进一步, 统一. One that is part
/// of a longer numeral (一百, 一五规划), of an ordinal (第一批) or of a date (一月三日) is worth a closer look.
fn is_lone_one(bytes: &[u8], at: usize) -> bool {
    const ONE: &[u8] = "一".as_bytes();
    if &bytes[at..at + 3] != ONE {
        return false;
    }
    let longer = match bytes.get(at + 3..at + 6) {
        Some(next) => begins_number(next[0], next[1], next[2]) || next == "月".as_bytes() || next == "点".as_bytes(),
        None => false,
    };
    !longer && !bytes[..at].ends_with("第".as_bytes())
}

/// Reads the value at `at`, where a number may begin; else says where to go on.
fn read(passage: Passage, at: usize, last: Option<&Value>) -> Result<Value, usize> {
    let first = passage.next(at).unwrap_or(' ');
    let run_end = numeral::run_end(passage.text, at);
    match first {
        '几' => return quantity::some(passage, at).ok_or(at + first.len_utf8()),
        '百' => {
            if let Some(value) = quantity::percent_in_words(passage, at) {
                return Ok(value);
            }
        }
        _ => {}
    }
    let before = passage.previous(at);
    let is_han = is_han_numeral(first);
    if is_han
        && before != Some('第')
        && let Some(value) = ordinal::period(passage, at)
    {
        return Ok(value);
    }
    let Some(numeral) = numeral::read(passage.text, at) else { return Err(run_end) };
    if before == Some('第') {
        return ordinal::read(passage, &numeral).ok_or(run_end.max(numeral.span.end));
    }
    // A5 and 三２ are names; ③ and the like never come here.
    let in_word = before.is_some_and(|c| c.is_ascii_alphabetic()) && !is_han;
    if in_word {
        return Err(numeral.span.end);
    }
    if let Some(end) = document_number(passage, &numeral) {
        return Err(end);
    }
    if let Some(value) = ordinal::reference(passage, &numeral) {
        return Ok(value);
    }
    if let Some(value) = last.and_then(|last| ordinal::further_reference(passage, &numeral, last)) {
        return Ok(value);
    }
    if let Some(value) = date::read(passage, &numeral).or_else(|| time::read(passage, &numeral)) {
        return Ok(value);
    }
    quantity::read(passage, &numeral)
}

/// The end of 〔2024〕5号 after its bracket, when `year` is its year.
fn document_number(passage: Passage, year: &Numeral) -> Option<usize> {
    let close = passage.next(year.span.end).filter(|c| matches!(c, '〕' | ']' | '］' | '】' | ')' | '）'))?;
    date::year_of(year)?;
    let at = year.span.end + close.len_utf8();
    let at = passage.first_of(at, &["第"]).unwrap_or(at);
    let (_, end, _) = numeral::digits(passage.text, at)?;
    passage.first_of(end, &["号"])
}

/// Past the label a block begins with: 1. 1、 （3） (3) 1.2 第二条 and a bare number before a title.
fn skip_label(passage: Passage) -> usize {
    let text = passage.text;
    let start = text.len() - passage.rest(passage.start).trim_start_matches(is_blank).len();
    let rest = passage.rest(start);
    let begins = |c: char| {
        matches!(c, '（' | '(' | '第') || numeral::digit_at(rest.as_bytes(), 0).is_some() || is_han_numeral(c)
    };
    if !rest.starts_with(begins) {
        return start;
    }
    let bracketed = rest.strip_prefix(['（', '(', '第']);
    let at = text.len() - bracketed.unwrap_or(rest).len();
    let Some(numeral) = numeral::read(text, at) else { return start };
    let end = numeral.span.end;
    let after = passage.rest(end);
    let mut characters = after.chars();
    let next = characters.next();
    let then = characters.next();
    if rest.starts_with('第') {
        let unit = matches!(next, Some('章' | '条' | '节' | '编'));
        return if unit && then.is_none_or(is_blank) { end + '章'.len_utf8() } else { start };
    }
    if bracketed.is_some() {
        return if matches!(next, Some('）' | ')')) && numeral.short(2).is_some() { end } else { start };
    }
    let small = numeral.form == Form::Han || numeral.short(2).is_some();
    match next {
        Some('、') if small && then.is_some_and(|c| !c.is_ascii_digit()) => end,
        Some('.' | '．') if small && numeral::digits(text, end + next.map_or(0, char::len_utf8)).is_none() => end,
        Some(')' | '）') if small => end,
        // 1.2 总体要求 is a section, 1.2 万元 is not.
        Some(c) if is_blank(c) && then.is_some_and(is_han) && numeral.form != Form::Han => {
            let counted = measure::unit_at(passage, passage.skip_blank(end), &numeral).is_some();
            let dated = date::year_of(&numeral).is_some() || matches!(then, Some('年' | '月' | '日' | '时'));
            if counted || dated { start } else { end }
        }
        _ => start,
    }
}
