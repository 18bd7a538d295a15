//! Classes of characters that matter in Chinese official text.

/// Whether `c` is a Chinese character. 〇 counts, as it is written as one.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3007}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

/// Whether `c` is one of the marks that end a sentence.
pub fn is_end_mark(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

/// Whether `c` is a full-width Chinese punctuation mark.
pub fn is_chinese_mark(c: char) -> bool {
    matches!(
        c,
        '。' | '，'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '（'
            | '）'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '〔'
            | '〕'
            | '【'
            | '】'
            | '［'
            | '］'
            | '—'
            | '…'
            | '·'
            | '～'
    )
}

/// Whether `c` is white space as a reader sees it, the full-width and the no-break space among it.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{feff}' | '\u{200b}' | '\u{2000}'..='\u{200a}' | '\u{202f}')
}

/// Whether `text` has no more than `most` characters; a long text is not counted.
pub fn is_at_most(text: &str, most: usize) -> bool {
    text.len() <= most || text.len() <= most * 4 && text.chars().count() <= most
}

/// The ASCII digit a full-width or ASCII digit stands for.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}
