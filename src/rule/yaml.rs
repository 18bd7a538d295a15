//! What the YAML reader says is wrong, as a place and a Chinese sentence.

use super::marks::unclosed_quote;
use super::nearest::unknown;
use super::place::rest_of_line;
use crate::document::character::is_han;
use crate::source::{Lines, Span};

/// Turns an error of the YAML reader into a place and a sentence.
pub fn explain(text: &str, failure: &serde_yaml::Error) -> (Span, String) {
    let full = failure.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full);
    let place = failure.location().map_or(0, |location| offset_at(text, location.line(), location.column()));
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let Some((name, valid)) = names.split_first() {
        if message.contains("unknown field") {
            return (word_at(text, place, name), unknown("键", name, valid.iter().copied()));
        }
        if message.contains("unknown variant") {
            return (word_at(text, place, name), unknown(what_is(valid), name, valid.iter().copied()));
        }
        if message.contains("missing field") && *name == "rules" {
            return (rest_of_line(text, place), "文件里没有规则，应有“rules:”".to_owned());
        }
        if message.contains("missing field") {
            return missing(text, place, name);
        }
        if message.contains("duplicate field") {
            return (word_after(text, place, name), format!("键“{name}”写了两次"));
        }
    }
    if let Some(name) = message.split("duplicate entry with key ").nth(1) {
        let name = name.trim_matches('"');
        return (word_at(text, place, name), format!("键“{name}”写了两次"));
    }
    // The path that the reader puts before the sentence says nothing the place does not.
    let bare = message.split_once(": ").filter(|(path, _)| is_path(path)).map_or(message, |(_, bare)| bare);
    if bare.starts_with("invalid type: sequence") && text[..place].trim().is_empty() {
        return (rest_of_line(text, place), "规则的列表前应有一行“rules:”，列表写在它下面".to_owned());
    }
    if bare.contains("more than one document") {
        let second = text.match_indices("\n---").map(|(at, _)| at + 1).find(|&at| !text[..at].trim().is_empty());
        return (rest_of_line(text, second.unwrap_or(place)), sentence(bare));
    }
    if let Some(span) = colon_without_blank(text, place).filter(|_| bare.contains("expected")) {
        return (span, "冒号后应有一个空格，如“severity: error”".to_owned());
    }
    if bare.contains("expected") || bare.contains("end of stream") {
        if let Some(quote) = unclosed_quote(text, place) {
            let message = "引号没有在这一行配对；引号里的半角引号请写作 \\\"，或用单引号括起来";
            return (rest_of_line(text, quote), message.to_owned());
        }
        if let Some(opening) = opening(text, &full) {
            return (rest_of_line(text, opening), sentence(bare));
        }
    }
    (span_of(text, place), sentence(bare))
}

/// The last line up to a place that has a key and its value with no blank between: `severity:error`.
fn colon_without_blank(text: &str, place: usize) -> Option<Span> {
    let line_start = text[..place].rfind('\n').map_or(0, |at| at + 1);
    let before = text[..line_start].trim_end_matches(['\n', '\r']);
    [line_start, before.rfind('\n').map_or(0, |at| at + 1)].into_iter().find_map(|start| {
        let span = rest_of_line(text, start);
        let words = span.of(text).trim_start_matches([' ', '-']);
        let (key, value) = words.split_once(':')?;
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let is_joined = value.starts_with(|c: char| !c.is_whitespace() && c != '/');
        (is_key && is_joined).then(|| Span::new(span.end - words.len(), span.end))
    })
}

/// A key that is missing, or stands there with another indentation than its neighbours.
fn missing(text: &str, place: usize, name: &str) -> (Span, String) {
    let line_start = text[..place].rfind('\n').map_or(0, |at| at + 1);
    let column = place - line_start;
    let mut offset = line_start;
    for (index, line) in text[line_start..].split_inclusive('\n').enumerate() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if index > 0 && !words.is_empty() && (indent == 0 || indent + 2 <= column && words.starts_with("- ")) {
            break;
        }
        let at = offset + indent;
        if index > 0 && indent != column && words.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')) {
            return (Span::new(at, at + name.len()), format!("“{name}”的缩进与同一条里的其他键没有对齐"));
        }
        offset += line.len();
    }
    (rest_of_line(text, place), format!("缺必填的键“{name}”"))
}

/// Where the bracket stands that the reader found no end of: `…, while parsing a flow mapping at line 6 column 11`.
fn opening(text: &str, full: &str) -> Option<usize> {
    let (_, context) = full.split_once("while parsing a flow ")?;
    let mut numbers = context.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
    Some(offset_at(text, numbers.next()?, numbers.next()?))
}

/// What a closed list of words is a list of.
fn what_is(valid: &[&str]) -> &'static str {
    const KNOWN: &[(&str, &str)] = &[
        ("forbid", "动词"),
        ("repeat", "键"),
        ("error", "级别"),
        ("惯例", "强度"),
        ("paragraph", "部分"),
        ("（一）", "序号写法"),
    ];
    KNOWN.iter().find(|(word, _)| valid.contains(word)).map_or("词", |(_, what)| what)
}

/// Whether words are a path such as `rules[0].then`.
fn is_path(words: &str) -> bool {
    words.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '[' | ']' | '-' | '_' | '?'))
        && !words.contains(' ')
        && (words.starts_with("rules") || words.starts_with("pack") || words.contains(['.', '[']))
}

fn sentence(bare: &str) -> String {
    if bare.contains("single key") {
        return "这里只能写一个键，如 {forbid: …}".to_owned();
    }
    if let Some(wrong) = bare.strip_prefix("invalid type: ").or_else(|| bare.strip_prefix("invalid value: ")) {
        let (found, expected) = wrong.split_once(", expected ").unwrap_or((wrong, ""));
        let expected = expected_words(expected);
        let space = if expected.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
        return format!("这里写的是{}，应为{space}{expected}", found_words(found));
    }
    if let Some(wrong) = bare.strip_prefix("invalid length ") {
        let (length, expected) = wrong.split_once(", expected ").unwrap_or((wrong, ""));
        return format!("个数{length}不对，应为{}", expected_words(expected));
    }
    const SENTENCES: &[(&str, &str)] = &[
        ("repetition limit", "YAML的别名（*）展开过多，请直接写出内容"),
        ("recursion limit", "YAML嵌套过深"),
        ("unknown anchor", "YAML的别名（*）没有对应的锚（&）；以“*”开头的文字请用引号括起来"),
        ("undefined alias", "YAML的别名（*）没有对应的锚（&）；以“*”开头的文字请用引号括起来"),
        ("more than one document", "一个文件只能有一份YAML，请删去中间的“---”"),
        ("EOF while parsing", "文件里没有规则，应有“rules:”"),
        ("mapping values are not allowed", "这里不能再有冒号“: ”：检查上一行的缩进，文字里有“: ”的请用引号括起来"),
        ("did not find expected key", "这一行的缩进与前后不一致，或前面的引号、括号没有配对"),
        ("did not find expected '-' indicator", "列表的每一项应以“- ”开头，并对齐缩进"),
        ("did not find expected ',' or '}'", "花括号“{”没有配对的“}”，或缺半角逗号；文字里有花括号的请用引号括起来"),
        ("did not find expected ',' or ']'", "方括号“[”没有配对的“]”，或缺半角逗号；文字里有方括号的请用引号括起来"),
        ("could not find expected ':'", "键后缺冒号“: ”"),
        ("cannot start any token", "文字不能以这个符号开头，请用引号括起来"),
        ("unexpected end of stream", "引号没有配对，到文件末尾还没有结束"),
        ("unknown escape character", "双引号里的“\\”后只能是规定的字符；要写“\\”本身，请改用单引号"),
        ("tab character", "YAML不能用制表符缩进，请改用空格"),
        ("block sequence entries are not allowed", "这里不能写列表项“- ”，请另起一行"),
        ("mapping keys are not allowed", "这里不能写键，请另起一行"),
        ("did not find expected node content", "这里缺内容，或多了一个逗号"),
        ("control characters", "有不可见的控制字符，请删去"),
        ("unexpected document indicator", "引号里不能有“---”一行"),
        ("alphabetic or numeric character", "以“&”或“*”开头的文字请用引号括起来"),
        ("URI", "以“!”开头的文字请用引号括起来"),
        ("tag", "以“!”开头的文字请用引号括起来"),
        ("merg", "“<<”的写法不对"),
        ("octet", "文件不是UTF-8编码"),
    ];
    if let Some((before, english)) = bare.split_once("正则表达式有误：") {
        return format!("{before}正则表达式有误：{}", regex_words(english));
    }
    if bare.chars().any(is_han) {
        return bare.to_owned();
    }
    match SENTENCES.iter().find(|(english, _)| bare.contains(english)) {
        Some((_, chinese)) => (*chinese).to_owned(),
        None => format!("YAML的写法有误（{bare}）"),
    }
}

/// What the regex reader says.
fn regex_words(english: &str) -> &str {
    const SENTENCES: &[(&str, &str)] = &[
        ("unclosed group", "“(”没有配对的“)”；要找括号本身请写“\\(”"),
        ("unopened group", "“)”没有配对的“(”；要找括号本身请写“\\)”"),
        ("unclosed character class", "“[”没有配对的“]”；要找方括号本身请写“\\[”"),
        ("repetition operator missing", "“*”“+”“?”前面没有可重复的内容"),
        ("invalid repetition count range", "重复次数的上限小于下限"),
        ("repetition quantifier expects", "花括号里的重复次数应为数字，如 {2,5}"),
        ("unclosed counted repetition", "重复次数的“{”没有配对的“}”"),
        ("look-around", "不支持前后查看，请用 preceded-by、followed-by"),
        ("backreferences", "不支持反向引用"),
        ("character class range", "方括号里的范围前大后小"),
        ("character class escape", "方括号里的“\\”后不能是这个字符"),
        ("unrecognized escape", "“\\”后不能是这个字符"),
        ("incomplete escape", "“\\”后缺一个字符"),
        ("Unicode property", "没有“\\p{…}”里所写的字符类"),
        ("duplicate capture group", "组名写了两次"),
        ("capture group", "组名只能用英文字母、数字和“_”"),
        ("unrecognized flag", "“(?”后不能是这个字符"),
        ("flag", "“(?…)”里的写法不对"),
        ("size limit", "展开后过大，请减少重复次数"),
        ("nest", "嵌套过深"),
    ];
    SENTENCES.iter().find(|(words, _)| english.contains(words)).map_or(english, |(_, chinese)| chinese)
}

/// What stands there: `integer `5``, `string "甲"`, `sequence`, `map`.
fn found_words(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let value = value.trim_start_matches("point ").trim_start_matches("value").trim_matches(['`', '"']);
    let kind = match kind {
        "integer" => "整数",
        "floating" => "小数",
        "boolean" => "真假值",
        "string" | "character" => "文字",
        "unit" | "null" | "Option" => return "空值".to_owned(),
        "sequence" => return "列表".to_owned(),
        "map" => return "键值对".to_owned(),
        _ => return format!("“{found}”"),
    };
    if value.is_empty() { kind.to_owned() } else { format!("{kind}“{value}”") }
}

/// What should stand there; most types say it in Chinese themselves.
fn expected_words(expected: &str) -> String {
    if expected.chars().any(is_han) {
        return expected.to_owned();
    }
    let words = match expected {
        "a string" | "string" | "str" => "文字",
        "a sequence" => "列表（每项以“- ”开头）",
        "a boolean" => "true 或 false",
        "a map" => "键值对（键: 值）",
        "u8" | "u16" | "u32" | "u64" | "usize" => "非负整数",
        "i8" | "i16" | "i32" | "i64" | "isize" => "整数",
        "f32" | "f64" => "数",
        _ if expected.contains("enum") || expected.contains("variant") => "一个键的键值对，如 {forbid: …}",
        _ if expected.starts_with("struct") || expected.starts_with("map") => "键值对（键: 值）",
        _ => return format!("“{expected}”"),
    };
    words.to_owned()
}

/// The byte at a line and column, both from 1, the column in characters.
fn offset_at(text: &str, line: usize, column: usize) -> usize {
    let lines = Lines::new(text);
    let span = lines.span(text, line.saturating_sub(1).min(lines.count() - 1));
    let body = span.of(text);
    span.start + body.char_indices().nth(column.saturating_sub(1)).map_or(body.len(), |(index, _)| index)
}

/// A value or the rest of its line; where the place is the very end, the last words before it.
fn span_of(text: &str, place: usize) -> Span {
    let span = rest_of_line(text, place);
    let before = text[..place].trim_end();
    if !span.is_empty() || before.is_empty() {
        return span;
    }
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let indent = before[start..].len() - before[start..].trim_start().len();
    Span::new(start + indent, before.len())
}

/// A word at a place, soon after it, or else before it.
fn word_at(text: &str, place: usize, word: &str) -> Span {
    let start = text[place..].find(word).map(|at| place + at).or_else(|| text[..place].rfind(word));
    start.map_or_else(|| rest_of_line(text, place), |start| Span::new(start, start + word.len()))
}

/// The second of two equal keys: the reader's place is the map that holds both.
fn word_after(text: &str, place: usize, key: &str) -> Span {
    let is_key = |at: &usize| {
        let before = text[..*at].trim_end_matches(['"', '\'']);
        text[*at + key.len()..].trim_start_matches(['"', '\'']).starts_with(':')
            && (before.is_empty() || before.ends_with([' ', '\n', '{', ',']))
    };
    let mut places = text[place..].match_indices(key).map(|(at, _)| place + at).filter(is_key);
    let first = places.next();
    let second = places.next().or(first);
    second.map_or_else(|| rest_of_line(text, place), |start| Span::new(start, start + key.len()))
}
