//! From bytes to characters: byte-order marks, UTF-8, UTF-16, GB18030. Strict: nothing is replaced or left out.

use super::error::ReadError;
use super::guess;
use crate::source::{Encoding, EncodingName};
use encoding_rs::{DecoderResult, GB18030, UTF_8};
use std::borrow::Cow;

/// The characters of a file, without a byte-order mark.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The characters.
    pub text: Cow<'a, str>,
    /// How they were encoded.
    pub encoding: Encoding,
}

/// Decodes the bytes of a text.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(ReadError::OtherEncoding { likely: "UTF-32" });
    }
    if let Some(body) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        refuse_nul(bytes)?;
        return match std::str::from_utf8(body) {
            Ok(text) => Ok(decoded(text, EncodingName::Utf8, true)),
            Err(error) => Err(bad_utf8(bytes, bytes.len() - body.len() + error.valid_up_to(), error.error_len())),
        };
    }
    for (mark, encoding) in [(b"\xff\xfe", EncodingName::Utf16Le), (b"\xfe\xff", EncodingName::Utf16Be)] {
        if bytes.starts_with(mark) {
            return Ok(decoded(decode_utf16(bytes, mark.len(), encoding)?, encoding, true));
        }
    }
    if memchr::memchr(0, bytes).is_some() {
        // ASCII characters in UTF-16 have one byte NUL; no other encoding that is read has any.
        let Some(encoding) = guess::utf16_order(bytes) else {
            refuse_nul(bytes)?;
            unreachable!("a NUL byte was found above");
        };
        return Ok(decoded(decode_utf16(bytes, 0, encoding)?, encoding, false));
    }
    // The same check as that of the standard library below, at a fraction of its time.
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes)
        && !guess::is_chance_utf8(&text)
    {
        return Ok(decoded(text, EncodingName::Utf8, false));
    }
    if let Some(encoding) = guess::utf16_order_without_nul(bytes) {
        return Ok(decoded(decode_utf16(bytes, 0, encoding)?, encoding, false));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if guess::is_chance_utf8(text) => Ok(decoded(decode_gb18030(bytes)?, EncodingName::Gb18030, false)),
        Ok(text) => Ok(decoded(text, EncodingName::Utf8, false)),
        Err(error) if guess::is_damaged_utf8(bytes) => Err(bad_utf8(bytes, error.valid_up_to(), error.error_len())),
        Err(_) => Ok(decoded(decode_gb18030(bytes)?, EncodingName::Gb18030, false)),
    }
}

fn decoded<'a>(text: impl Into<Cow<'a, str>>, name: EncodingName, byte_order_mark: bool) -> Decoded<'a> {
    Decoded { text: text.into(), encoding: Encoding { name, byte_order_mark } }
}

fn refuse_nul(bytes: &[u8]) -> Result<(), ReadError> {
    match memchr::memchr(0, bytes) {
        Some(offset) => Err(ReadError::Binary { offset, line: line_at(bytes, offset) }),
        None => Ok(()),
    }
}

fn bad_utf8(bytes: &[u8], offset: usize, error_length: Option<usize>) -> ReadError {
    let line = line_at(bytes, offset);
    match error_length {
        Some(_) => ReadError::Undecodable { tried: vec![EncodingName::Utf8], offset, line },
        None => ReadError::Truncated { encoding: EncodingName::Utf8, offset, line },
    }
}

/// The line, from 1, of the byte at `offset` in an encoding where line ends are ASCII bytes.
fn line_at(bytes: &[u8], offset: usize) -> usize {
    let ends = memchr::memchr2_iter(b'\n', b'\r', &bytes[..offset]);
    1 + ends.filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n')).count()
}

fn decode_utf16(bytes: &[u8], start: usize, encoding: EncodingName) -> Result<String, ReadError> {
    let body = &bytes[start..];
    let units = guess::utf16_units(body, encoding);
    let mut text = String::with_capacity(body.len() + body.len() / 2);
    let mut offset = start;
    for character in char::decode_utf16(units) {
        let line = || line_at(text.as_bytes(), text.len());
        match character {
            Ok('\0') => return Err(ReadError::Binary { offset, line: line() }),
            Ok(character) => {
                text.push(character);
                offset += 2 * character.len_utf16();
            }
            Err(_) if offset + 4 > bytes.len() => {
                return Err(ReadError::Truncated { encoding, offset, line: line() });
            }
            Err(_) => return Err(ReadError::Undecodable { tried: vec![encoding], offset, line: line() }),
        }
    }
    if offset < bytes.len() {
        return Err(ReadError::Truncated { encoding, offset, line: line_at(text.as_bytes(), text.len()) });
    }
    Ok(text)
}

fn decode_gb18030(bytes: &[u8]) -> Result<String, ReadError> {
    let undecodable = |offset| {
        let tried = vec![EncodingName::Utf8, EncodingName::Gb18030];
        ReadError::Undecodable { tried, offset, line: line_at(bytes, offset) }
    };
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len() * 3);
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => {}
        (DecoderResult::Malformed(length, after), read) => {
            let offset = read - usize::from(length) - usize::from(after);
            return Err(match guess::other_encoding(bytes) {
                Some(likely) => ReadError::OtherEncoding { likely },
                // The bytes of the broken character reach to the end of the file.
                None if read == bytes.len() && after == 0 && guess::is_cut_gb18030(&bytes[offset..]) => {
                    ReadError::Truncated { encoding: EncodingName::Gb18030, offset, line: line_at(bytes, offset) }
                }
                None => undecodable(offset),
            });
        }
        (DecoderResult::OutputFull, read) => return Err(undecodable(read)),
    }
    if let Some(at) = guess::first_implausible(&text) {
        return Err(match guess::other_encoding(bytes) {
            Some(likely) => ReadError::OtherEncoding { likely },
            None => undecodable(GB18030.encode(&text[..at]).0.len().min(bytes.len() - 1)),
        });
    }
    match guess::is_chinese(&text, bytes) {
        Ok(()) => Ok(text),
        Err(Some(likely)) => Err(ReadError::OtherEncoding { likely }),
        Err(None) => {
            let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
            Err(undecodable(first))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "关于做好2024年教育工作的通知\r\n\r\n各县（区）教育局：\r\n    一、开展“最美”评选；最后一项，𠮷。\r\n";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let order = if little { u16::to_le_bytes } else { u16::to_be_bytes };
        text.encode_utf16().flat_map(order).collect()
    }

    fn check(bytes: &[u8], name: EncodingName, byte_order_mark: bool) {
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded.text, TEXT);
        assert_eq!(decoded.encoding, Encoding { name, byte_order_mark });
    }

    #[test]
    fn one_text_in_every_encoding() {
        let marked = format!("\u{feff}{TEXT}");
        check(TEXT.as_bytes(), EncodingName::Utf8, false);
        check(marked.as_bytes(), EncodingName::Utf8, true);
        check(&utf16(TEXT, true), EncodingName::Utf16Le, false);
        check(&utf16(TEXT, false), EncodingName::Utf16Be, false);
        check(&utf16(&marked, true), EncodingName::Utf16Le, true);
        check(&utf16(&marked, false), EncodingName::Utf16Be, true);
        check(&GB18030.encode(TEXT).0, EncodingName::Gb18030, false);
    }

    #[test]
    fn utf16_texts_without_ascii() {
        for text in [
            // Neither NUL nor ASCII.
            "关于印发《工作要点》的通知",
            "通知",
            "各县（区）教育局：请按照要求，做好本年度校园安全工作",
            "云津市青川县临江区：",
            // A NUL on the side where no ASCII character has one.
            "第一，开展检查",
            "各县区要做到：一是统一认识，二是最大限度减少影响",
            // One line feed, one blank.
            "校园安全检查方案\n",
            "教育局　安全检查 方案",
        ] {
            for little in [true, false] {
                let bytes = utf16(text, little);
                let decoded = decode(&bytes).unwrap_or_else(|error| panic!("{text}: {error}"));
                let name = if little { EncodingName::Utf16Le } else { EncodingName::Utf16Be };
                assert_eq!((&*decoded.text, decoded.encoding.name), (text, name));
            }
        }
        // Pairs of letters are Han characters in UTF-16.
        let plain = "this app can break, hid the facts, and so on and on";
        assert_eq!(decode(plain.as_bytes()).unwrap().encoding.name, EncodingName::Utf8);
        let message = "文件末尾第1行（字节偏移14）的UTF-16LE字符不完整，请核对原文件，另存为UTF-8";
        assert_eq!(refusal(&utf16("关于做好工作的通知", true)[..15]), message);
    }

    #[test]
    fn short_gbk_texts() {
        for text in
            ["通知", "关于印发《工作要点》的通知", "附件：1．任务分解表\n", "第三季度“双减”督查情况通报", "镕铸"]
        {
            let bytes = encoding_rs::GBK.encode(text).0;
            let decoded = decode(&bytes).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((&*decoded.text, decoded.encoding.name), (text, EncodingName::Gb18030));
        }
    }

    fn refusal(bytes: &[u8]) -> String {
        decode(bytes).map(|decoded| decoded.text.into_owned()).unwrap_err().to_string()
    }

    #[test]
    fn other_encodings_are_named() {
        let traditional = "關於辦理一百零九學年度國民中小學校務評鑑之通知，請各校於期限內完成自我評鑑報告。";
        let japanese = "令和六年度の学校運営に関する通知について、各学校は期限までに報告してください。";
        let korean = "각급 학교는 기한 내에 자체 평가 보고서를 제출하여 주시기 바랍니다.";
        for (encoding, text, name) in [
            (encoding_rs::BIG5, traditional, "Big5"),
            (encoding_rs::SHIFT_JIS, japanese, "Shift_JIS"),
            (encoding_rs::EUC_JP, japanese, "EUC-JP"),
            (encoding_rs::EUC_KR, korean, "EUC-KR"),
        ] {
            assert_eq!(refusal(&encoding.encode(text).0), format!("文件像是{name}编码，无法可靠读取，请另存为UTF-8"));
        }
        assert_eq!(refusal(b"\xff\xfe\0\0\x1a\x90\0\0"), "文件像是UTF-32编码，无法可靠读取，请另存为UTF-8");
    }

    #[test]
    fn bad_bytes_are_refused_with_their_place() {
        for (bytes, message) in [
            (
                [b"\xef\xbb\xbf", "一\n二".as_bytes(), b"\xff", "三".as_bytes()].concat(),
                "第2行（字节偏移10）无法解码，已试UTF-8，请另存为UTF-8",
            ),
            (
                ["一级\r\n标题，".as_bytes(), b"\xc3", "三是推进".as_bytes()].concat(),
                "第2行（字节偏移17）无法解码，已试UTF-8，请另存为UTF-8",
            ),
            (
                "各县区\n教育局".as_bytes()[..18].to_vec(),
                "文件末尾第2行（字节偏移16）的UTF-8字符不完整，请核对原文件，另存为UTF-8",
            ),
            (b"a\n\xff\xff\xff".to_vec(), "第2行（字节偏移2）无法解码，已试UTF-8、GB18030，请另存为UTF-8"),
            (
                [&encoding_rs::GBK.encode("各县区的工作\n").0[..], b"\xcd"].concat(),
                "文件末尾第2行（字节偏移13）的GB18030字符不完整，请核对原文件，另存为UTF-8",
            ),
            (
                b"abc\n\x81\x30\x81\x30\x81\x30\x81\x31".to_vec(),
                "第2行（字节偏移4）无法解码，已试UTF-8、GB18030，请另存为UTF-8",
            ),
            (
                b"\xff\xfe\x00\x4e\x0a\x00\x00\xd8\x00\x4e".to_vec(),
                "第2行（字节偏移6）无法解码，已试UTF-16LE，请另存为UTF-8",
            ),
            (
                b"\xff\xfe\x00\x4e\x0a\x00\x00\xd8".to_vec(),
                "文件末尾第2行（字节偏移6）的UTF-16LE字符不完整，请核对原文件，另存为UTF-8",
            ),
            (
                b"\xfe\xff\x4e\x00\x4e".to_vec(),
                "文件末尾第1行（字节偏移4）的UTF-16BE字符不完整，请核对原文件，另存为UTF-8",
            ),
            (
                b"\xfe\xff\x4e\x00\x00\x00".to_vec(),
                "第1行（字节偏移4）有空字符NUL，不是文本，请核对文件，或另存为UTF-8文本",
            ),
            ("通知\n\0".as_bytes().to_vec(), "第2行（字节偏移7）有空字符NUL，不是文本，请核对文件，或另存为UTF-8文本"),
        ] {
            assert_eq!(refusal(&bytes), message, "{bytes:x?}");
        }
    }
}
