//! Where a line of the source breaks within a paragraph: whether a reader sees a space there.

/// Whether a line break between `before` and `after` is no text: official pages wrap their source lines within words.
pub(super) fn is_seamless(before: char, after: char) -> bool {
    is_wide(before) && is_wide(after)
}

/// Whether `c` fills a whole square in Chinese text, where no space stands between squares.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{323af}'
        // Marks that Unicode shares with the West but Chinese text sets in a square.
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_between_squares_are_no_text() {
        for (before, after, seamless) in [
            ('教', '育', true),
            ('，', '教', true),
            ('”', '教', true),
            ('教', 'A', false),
            ('4', '年', false),
            ('a', 'b', false),
            ('𠮷', '　', true),
        ] {
            assert_eq!(is_seamless(before, after), seamless, "{before}|{after}");
        }
    }
}
