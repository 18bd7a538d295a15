//! Words of which any is looked for in many short texts.

/// Some words. Which characters they begin with is known, so that most texts are passed over at a glance.
pub struct Lexicon {
    words: &'static [&'static str],
    /// The last seven bits of the characters that words begin with, a bit each.
    beginnings: u128,
}

impl Lexicon {
    /// Prepares words, none of them empty.
    pub const fn new(words: &'static [&'static str]) -> Lexicon {
        let (mut beginnings, mut index) = (0, 0);
        while index < words.len() {
            let code = match *words[index].as_bytes() {
                [_, middle, last, ..] if words[index].as_bytes()[0] >= 0xe0 => (middle << 6) | (last & 63),
                [lead, last, ..] if lead >= 0xc0 => (lead << 6) | (last & 63),
                [only, ..] => only,
                [] => panic!("an empty word is in every text"),
            };
            beginnings |= 1 << (code & 127);
            index += 1;
        }
        Lexicon { words, beginnings }
    }

    /// Whether a text holds any of the words.
    pub fn is_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, c)| {
            self.beginnings >> (c as u32 & 127) & 1 == 1 && self.words.iter().any(|word| text[at..].starts_with(word))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_word_is_found_wherever_it_stands() {
        static WORDS: Lexicon = Lexicon::new(&["例如", "某", "e.g.", "é"]);
        for text in ["例如", "比如说某", "see e.g. this", "café", "某"] {
            assert!(WORDS.is_in(text), "{text}");
        }
        for text in ["", "例", "如例", "e.g", "cafe", "棐"] {
            assert!(!WORDS.is_in(text), "{text}");
        }
    }
}
