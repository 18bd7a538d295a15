//! 发文字号: 云教发〔2024〕12号, with the wrong brackets too, so that rules can say so.

use crate::document::character::{digit, is_at_most, is_blank, is_han};

const OPENING: &[char] =
    &['〔', '[', '［', '（', '(', '【', '﹝', '〖', '{', '｛', '<', '＜', '〈', '《', '「', '﹙', '❲'];

const CLOSING: &[char] =
    &['〕', ']', '］', '）', ')', '】', '﹞', '〗', '}', '｝', '>', '＞', '〉', '》', '」', '﹚', '❳'];

/// The document number a line consists of, perhaps with 签发人 behind it.
pub fn doc_number(words: &str) -> Option<&str> {
    let number = words.find("签发人").map_or(words, |at| &words[..at]).trim_end_matches(is_blank);
    let is_one = is_at_most(number, 36)
        && number.ends_with('号')
        && number.match_indices(OPENING).any(|(at, _)| is_year(&number[at..]) && is_code(&number[..at]));
    is_one.then_some(number)
}

/// Whether what begins with an opening bracket begins with a year in brackets, of two digits or four.
fn is_year(words: &str) -> bool {
    let mut rest = words.chars().skip(1).filter(|&c| !is_blank(c)).peekable();
    let mut digits = 0;
    while rest.next_if(|&c| digit(c).is_some() || "〇零○一二三四五六七八九".contains(c)).is_some() {
        digits += 1;
    }
    rest.next_if_eq(&'年');
    matches!(digits, 2 | 4) && rest.peek().is_some_and(|c| CLOSING.contains(c))
}

/// Whether words are the code of an issuer: 云教发, 云汛（办）, 云JY发.
fn is_code(words: &str) -> bool {
    let code = || words.chars().filter(|&c| !is_blank(c));
    let is_part = |c| is_han(c) || matches!(c, 'A'..='Z' | '（' | '）' | '(' | ')');
    code().count() >= 2 && code().any(is_han) && code().all(is_part) && !words.contains("关于")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_recognised_whatever_their_brackets() {
        for number in [
            "云汛〔2024〕2号",
            "云汛[2024]2号",
            "云汛【2024】2号",
            "云汛(2024)2号",
            "云汛（2024）2号",
            "云汛［２０２４］２号",
            "云汛{2024}2号",
            "云汛<2024>2号",
            "云汛《2024》2号",
            "云汛〔2024]2号",
            "云汛〔2024年〕2号",
            "云汛〔二〇二四〕2号",
            "云汛〔24〕2号",
            "云汛〔2024〕第2号",
            "云汛〔2024〕002号",
            "云汛 〔2024〕 2 号",
            "云汛（办）〔2024〕2号",
            "云JY发〔2024〕2号",
        ] {
            assert_eq!(doc_number(number), Some(number));
        }
        assert_eq!(doc_number("云汛[2024]2号　　　　签发人：王某"), Some("云汛[2024]2号"));
    }

    #[test]
    fn other_lines_are_none() {
        for words in [
            "云津市防汛指挥部",
            "关于印发云津市地图（2024）第3号",
            "〔2024〕2号",
            "云津市人民政府令第5号",
            "见云汛〔2024〕2号文件",
            "云津市（十二）项任务第3号",
            "地图（1∶2024）审2号",
            "云汛〔2024〕2号，请遵照执行。",
        ] {
            assert_eq!(doc_number(words), None, "{words}");
        }
    }
}
