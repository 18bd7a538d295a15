//! Which encoding bytes without a byte-order mark are in, where the bytes alone allow several.

use crate::source::EncodingName;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK};

/// The characters that carry official Chinese: one in five or six of any such text is among them, and next to none of
/// the characters that another encoding turns into under GB18030.
const COMMON: &str = "的一和在了是有为不中上大人作工会年月日要发国学生教育关于市区县省府政部局通知各位本及与以对等\
                      行动全开展进做好公文件办文方面第二三十实施加强提高建设管理";

/// The 16-bit units of UTF-16 bytes; a last odd byte is left out.
pub(super) fn utf16_units(bytes: &[u8], encoding: EncodingName) -> impl Iterator<Item = u16> {
    let little = encoding == EncodingName::Utf16Le;
    bytes.chunks_exact(2).map(move |pair| {
        let pair = [pair[0], pair[1]];
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    })
}

/// The byte order under which bytes that hold a NUL read as Chinese or English UTF-16, if one does.
///
/// The place of the NULs does not decide: 一, 开 and 最 have one too, on the other side.
pub(super) fn utf16_order(bytes: &[u8]) -> Option<EncodingName> {
    more_likely(bytes, |likeness| likeness.expected * 5 >= likeness.units * 4)
}

/// The byte order under which bytes without a NUL read as Chinese UTF-16 that has no ASCII character and none such as 一.
///
/// Two ASCII letters make a Han character as well, so that only what is common in Chinese tells.
pub(super) fn utf16_order_without_nul(bytes: &[u8]) -> Option<EncodingName> {
    let is_chinese = |likeness: &Likeness| {
        likeness.expected * 10 >= likeness.units * 9
            && likeness.familiar * 6 >= likeness.units
            && likeness.familiar >= 2
    };
    if bytes.is_ascii() { None } else { more_likely(bytes, is_chinese) }
}

/// How much UTF-16 units look like those of a Chinese or English text.
struct Likeness {
    units: usize,
    /// Units of characters that may stand in such a text.
    expected: usize,
    /// Units of characters of which there are many in any such text. Read in the wrong order, a Han character mostly is
    /// another one, but seldom one of these; marks, blanks and line ends are nothing at all.
    familiar: usize,
}

fn more_likely(bytes: &[u8], is_likely: impl Fn(&Likeness) -> bool) -> Option<EncodingName> {
    // A few thousand characters decide as well as all of them.
    let sample = &bytes[..bytes.len().min(8192)];
    let likeness = |encoding| {
        let mut likeness = Likeness { units: 0, expected: 0, familiar: 0 };
        for unit in utf16_units(sample, encoding) {
            likeness.units += 1;
            likeness.expected += usize::from(is_expected(unit));
            likeness.familiar += usize::from(is_familiar(unit));
        }
        Some(likeness).filter(|likeness| likeness.units > 0 && is_likely(likeness))
    };
    let weight = |likeness: Option<Likeness>| likeness.map_or(0, |likeness| likeness.expected + likeness.familiar);
    match (weight(likeness(EncodingName::Utf16Le)), weight(likeness(EncodingName::Utf16Be))) {
        (little, big) if little > big => Some(EncodingName::Utf16Le),
        (little, big) if little < big => Some(EncodingName::Utf16Be),
        _ => None,
    }
}

fn is_expected(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0xff | 0x2010..=0x2027 | 0x2460..=0x2473
        | 0x3000..=0x3020 | 0x3400..=0x9fff | 0xd840..=0xd87f | 0xdc00..=0xdfff | 0xff01..=0xff5e)
}

fn is_familiar(unit: u16) -> bool {
    matches!(unit, 0x0a | 0x0d | 0x20..=0x7e | 0x2010..=0x2027 | 0x3000..=0x3020 | 0xff01..=0xff5e)
        || char::from_u32(unit.into()).is_some_and(|c| COMMON.contains(c))
}

/// Whether bytes that are not UTF-8 are UTF-8 nonetheless, but for some that were broken.
///
/// Most pairs of UTF-8 bytes are characters of GB18030, so such a file would else be read as other words.
pub(super) fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        // Characters of two bytes also come about by chance, in GB18030 and its neighbours.
        sound += chunk.valid().chars().map(char::len_utf8).filter(|&length| length > 2).sum::<usize>();
        broken += chunk.invalid().len();
    }
    sound > broken
}

/// Whether a text that is sound UTF-8 is so by chance: “通知” in GB18030 is the UTF-8 of two letters of other scripts.
pub(super) fn is_chance_utf8(text: &str) -> bool {
    let mut above_ascii = text.chars().filter(|c| !c.is_ascii()).peekable();
    if above_ascii.peek().is_none() || above_ascii.any(|c| c.len_utf8() > 2) {
        return false;
    }
    let Some(chinese) = GB18030.decode_without_bom_handling_and_without_replacement(text.as_bytes()) else {
        return false;
    };
    let (han, common) = han_and_common(&chinese);
    common * 2 >= han && han > 0
}

/// Whether the last bytes of a file may be the beginning of a GB18030 character.
pub(super) fn is_cut_gb18030(rest: &[u8]) -> bool {
    matches!(rest, [0x81..=0xfe] | [0x81..=0xfe, 0x30..=0x39] | [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe])
}

/// Where a text decoded as GB18030 shows that it was not: a control character, or mainly private characters.
pub(super) fn first_implausible(text: &str) -> Option<usize> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}');
    if let Some(at) = text.find(is_control) {
        return Some(at);
    }
    let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}');
    let first = text.find(is_private)?;
    let private = text.chars().filter(|&c| is_private(c)).count();
    let others = text.chars().filter(|&c| !c.is_ascii()).count() - private;
    (private * 10 > others).then_some(first)
}

/// Whether `text`, decoded as GB18030 from `bytes`, is Chinese; else the encoding it more likely is in, if one is known.
pub(super) fn is_chinese(text: &str, bytes: &[u8]) -> Result<(), Option<&'static str>> {
    let (han, common) = han_and_common(text);
    if common * 12 >= han && han > 0 {
        return Ok(());
    }
    let guess = guess(bytes);
    if guess == GBK || guess == GB18030 {
        return Ok(());
    }
    match east_asian_name(guess) {
        // Too few characters to tell the standards of the same shape apart; around here it is this one.
        _ if han < 16 && is_gb2312(bytes) => Ok(()),
        Some(name) => Err(Some(name)),
        None if is_gb2312(bytes) => Ok(()),
        None => Err(None),
    }
}

/// How many of the first few thousand Chinese characters there are, and how many of them are common.
fn han_and_common(text: &str) -> (usize, usize) {
    let (mut han, mut common) = (0, 0);
    for c in text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9fff}')).take(4096) {
        han += 1;
        common += usize::from(COMMON.contains(c));
    }
    (han, common)
}

/// The encoding the bytes more likely are in than GB18030, if it is one of those in use around China.
pub(super) fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    let guess = guess(bytes);
    let name = east_asian_name(guess)?;
    guess.decode_without_bom_handling_and_without_replacement(bytes).map(|_| name)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn east_asian_name(encoding: &'static Encoding) -> Option<&'static str> {
    let known = [encoding_rs::BIG5, encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::EUC_KR];
    known.contains(&encoding).then(|| encoding.name())
}

/// Whether the bytes above ASCII come in pairs of the old national standard's rows of signs and characters.
fn is_gb2312(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let (mut inside, mut outside) = (0, 0);
    while let Some(at) = rest.iter().position(|byte| !byte.is_ascii()) {
        match rest[at..] {
            [0xa1..=0xa9 | 0xb0..=0xf7, 0xa1..=0xfe, ..] => inside += 1,
            _ => outside += 1,
        }
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    inside > outside * 4
}
