//! Recognises what this program itself wrote: a report saved beside the documents is none of them.

use crate::diagnostic::Severity;

/// What may stand above the findings where both streams went to one file.
const MESSAGES: &[&str] = &["注意  ", "未检查  ", "无法检查  ", "错误  ", "运行规则"];

/// Whether a text begins as a report does, in any format, with colours or without.
///
/// A document may quote a report, so only the very beginning counts.
pub(crate) fn is_report(text: &str) -> bool {
    let end = (0..=text.len().min(BEGINNING)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let text = without_colours(&text[..end]);
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).skip_while(is_message);
    let Some(first) = lines.next() else { return false };
    is_json(first) || is_concise(first) || is_summary(first) || is_header(first) && lines.next().is_some_and(is_place)
}

/// How much of a text is looked at, in bytes.
const BEGINNING: usize = 16 * 1024;

fn is_message(line: &&str) -> bool {
    let is_timing = line.contains('：') && line.ends_with("毫秒");
    is_timing || MESSAGES.iter().any(|message| line.starts_with(message))
}

/// `{"version":1,"files":[`, `{"path":…,"rule":…,"severity":…`.
fn is_json(line: &str) -> bool {
    line.starts_with("{\"version\":1,\"files\":[")
        || line.starts_with("{\"path\":\"") && line.contains("\",\"rule\":\"") && line.contains("\",\"severity\":\"")
}

/// `path:line:column: severity rule message`.
fn is_concise(line: &str) -> bool {
    severities().any(|severity| {
        let Some((place, rest)) = line.split_once(&format!(": {} ", severity.name())) else { return false };
        ends_in_position(place) && rest.split_once(' ').is_some_and(|(rule, _)| is_rule(rule))
    })
}

/// `已检查1份（6132字，UTF-8）：…`, the first line of a report without a finding.
fn is_summary(line: &str) -> bool {
    let Some((files, rest)) = line.strip_prefix("已检查").and_then(|rest| rest.split_once("份（")) else {
        return false;
    };
    let Some((characters, _)) = rest.split_once('字') else { return false };
    is_number(files) && is_number(characters)
}

/// `必须改  MESSAGE      RULE`.
fn is_header(line: &str) -> bool {
    let is_severity = severities().any(|severity| line.starts_with(&format!("{}  ", severity.chinese())));
    is_severity && line.rsplit_once("  ").is_some_and(|(_, rule)| is_rule(rule))
}

/// `  ┌─ path:line:column  section`.
fn is_place(line: &str) -> bool {
    line.trim_start().strip_prefix("┌─ ").is_some_and(|place| place.split("  ").any(ends_in_position))
}

fn ends_in_position(place: &str) -> bool {
    let mut pieces = place.rsplitn(3, ':');
    let mut is_next_number = || pieces.next().is_some_and(is_number);
    is_next_number() && is_next_number() && pieces.next().is_some_and(|path| !path.is_empty())
}

fn is_rule(word: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    word.split_once('/').is_some_and(|(group, name)| is_word(group) && is_word(name))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn severities() -> impl Iterator<Item = Severity> {
    [Severity::Error, Severity::Warning, Severity::Info].into_iter()
}

/// The text without the commands that set colours.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (index, piece) in text.split("\x1b[").enumerate() {
        plain.push_str(if index == 0 { piece } else { piece.split_once('m').map_or(piece, |(_, rest)| rest) });
    }
    plain
}
