//! Reading rule files: YAML in, rules out, or an error that points at the words and says what to write instead.

use super::{Rule, RuleFile};
use crate::check::HOLES;
use crate::diagnostic::{Force, Severity};
use crate::kind::Verb;
use crate::source::{Lines, Span};
use crate::table::Table;
use std::collections::HashMap;

/// The largest rule file that is read, in bytes.
pub const MAXIMUM_BYTES: usize = 4 << 20;

/// What is wrong with a rule file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleError {
    /// The name of the file.
    pub path: String,
    /// The words; bytes of the file's text.
    pub span: Span,
    /// What is wrong, with the nearest valid word where there is one.
    pub message: String,
}

/// Reads a rule file.
pub fn load(path: &str, text: &str) -> Result<RuleFile, Vec<RuleError>> {
    let error = |span: Span, message: String| RuleError { path: path.to_owned(), span, message };
    if text.len() > MAXIMUM_BYTES {
        return Err(vec![error(Span::at(0), format!("规则文件有{}字节，超过4 MiB，请拆成几个文件", text.len()))]);
    }
    if let Some((span, message)) = wrong_marks(text) {
        return Err(vec![error(span, message)]);
    }
    let file: RuleFile = serde_yaml::from_str(text).map_err(|failure| {
        let (span, message) = explain(text, &failure);
        vec![error(span, message)]
    })?;
    let mut errors = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, rule) in file.rules.iter().enumerate() {
        let place = RulePlace::new(text, index);
        if seen.insert(&rule.id, index).is_some() {
            errors.push(error(place.find("id:", &rule.id), format!("规则编号“{}”重复", rule.id)));
        }
        for problem in problems(rule) {
            errors.push(error(place.find(problem.key, &problem.words), problem.message));
        }
    }
    if errors.is_empty() { Ok(file) } else { Err(errors) }
}

/// Reads a fact table: YAML, or tab-separated lines whose first names the columns and whose comments (`# title: …`) say
/// title, source and day of checking.
pub fn load_table(path: &str, text: &str) -> Result<Table, RuleError> {
    let error = |span: Span, message: String| RuleError { path: path.to_owned(), span, message };
    let table = if path.ends_with(".tsv") {
        tab_separated(text)
    } else {
        if let Some((span, message)) = wrong_marks(text) {
            return Err(error(span, message));
        }
        serde_yaml::from_str(text).map_err(|failure| {
            let (span, message) = explain(text, &failure);
            error(span, message)
        })?
    };
    for (index, row) in table.rows.iter().enumerate() {
        if row.len() != table.columns.len() {
            let words = row.first().map_or("", String::as_str);
            let at = text.find(words).map_or(Span::at(0), |at| Span::new(at, at + words.len()));
            let message = format!(
                "第{}行有{}格，应有{}格（{}）",
                index + 1,
                row.len(),
                table.columns.len(),
                table.columns.join("、")
            );
            return Err(error(at, message));
        }
    }
    Ok(table)
}

fn tab_separated(text: &str) -> Table {
    let mut table = Table::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(comment) = line.strip_prefix('#') {
            match comment.trim().split_once(':') {
                Some(("title", title)) => table.title = title.trim().to_owned(),
                Some(("source", source)) => table.source = source.trim().to_owned(),
                Some(("checked", day)) => table.checked = day.trim().to_owned(),
                _ => {}
            }
        } else if table.columns.is_empty() {
            table.columns = line.split('\t').map(str::to_owned).collect();
        } else {
            table.rows.push(line.split('\t').map(str::to_owned).collect());
        }
    }
    table
}

/// Marks that look right on a Chinese keyboard but are none in YAML.
fn wrong_marks(text: &str) -> Option<(Span, String)> {
    let mut offset = 0;
    let mut block_indent: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        let body = trimmed.trim_end();
        if block_indent.is_some_and(|block| indent > block || body.is_empty()) {
            offset += line.len();
            continue;
        }
        block_indent = body.ends_with(['|', '>']).then_some(indent).or_else(|| body.ends_with("|-").then_some(indent));
        if let Some(at) = line.find('\t').filter(|&at| line[..at].trim().is_empty()) {
            let span = Span::new(offset + at, offset + at + 1);
            return Some((span, "YAML不能用制表符缩进，请改用空格".to_owned()));
        }
        let key_end =
            body.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' '))).unwrap_or(body.len());
        let after = &body[key_end..];
        if key_end > 0 && after.starts_with('：') && !body[..key_end].trim().is_empty() {
            let start = offset + indent + key_end;
            return Some((
                Span::new(start, start + '：'.len_utf8()),
                format!("“{}”后应为半角冒号“: ”", body[..key_end].trim_start_matches("- ")),
            ));
        }
        if let Some(value) = after.strip_prefix(": ")
            && value.trim_start().starts_with('“')
            && !value.contains(['"', '\''])
            && value.trim_end().ends_with('”')
        {
            let at = offset + line.find('“').unwrap_or(0);
            return Some((Span::new(at, at + '“'.len_utf8()), "文字请用半角引号 \"…\" 括起来，不用“ ”".to_owned()));
        }
        offset += line.len();
    }
    None
}

/// Turns a YAML error into a place and a sentence.
fn explain(text: &str, failure: &serde_yaml::Error) -> (Span, String) {
    let full = failure.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full);
    let place = failure.location().map_or(0, |location| offset_at(text, location.line(), location.column()));
    let quoted = |text: &str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let names = quoted(message);
    if let (true, Some((name, valid))) =
        (message.contains("unknown field") || message.contains("unknown variant"), names.split_first())
    {
        let what = if message.contains("unknown field") { "键" } else { "值" };
        return (word_at(text, place, name), unknown(what, name, valid.iter().map(String::as_str)));
    }
    if let (true, Some(name)) = (message.contains("missing field"), names.first()) {
        return (line_at(text, place), format!("缺必填的键“{name}”"));
    }
    if let (true, Some(name)) = (message.contains("duplicate"), names.first()) {
        return (word_at(text, place, name), format!("键“{name}”写了两次"));
    }
    // The path that serde puts before the sentence says nothing the place does not.
    let bare = message
        .rsplit_once(": ")
        .filter(|(path, _)| path.is_ascii() && !path.contains(' '))
        .map_or(message, |(_, bare)| bare);
    let sentence = match bare {
        _ if bare.contains("repetition limit") => "YAML的别名展开过多".to_owned(),
        _ if bare.contains("recursion limit") => "YAML嵌套过深".to_owned(),
        _ if bare.starts_with("invalid type") => {
            format!("写法不对：{}", bare.trim_start_matches("invalid type: ").replace(", expected ", "；应为"))
        }
        _ if bare.chars().any(crate::document::character::is_han) => bare.to_owned(),
        _ => format!("YAML有误：{bare}"),
    };
    (line_at(text, place), sentence)
}

/// The byte at a line and column, both from 1, the column in characters.
fn offset_at(text: &str, line: usize, column: usize) -> usize {
    let lines = Lines::new(text);
    let span = lines.span(text, line.saturating_sub(1).min(lines.count() - 1));
    let body = span.of(text);
    span.start + body.char_indices().nth(column.saturating_sub(1)).map_or(body.len(), |(index, _)| index)
}

/// A word at or soon after a place.
fn word_at(text: &str, place: usize, word: &str) -> Span {
    text[place..].find(word).map_or_else(|| line_at(text, place), |at| Span::new(place + at, place + at + word.len()))
}

/// What stands on the line from a place on.
fn line_at(text: &str, place: usize) -> Span {
    let rest = &text[place..];
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    Span::new(place, place + rest[..end].trim_end().len())
}

/// “没有…，是否想写…”, with the nearest valid word.
pub fn unknown<'a>(what: &str, name: &str, valid: impl Iterator<Item = &'a str>) -> String {
    let valid: Vec<&str> = valid.collect();
    let nearest = valid
        .iter()
        .min_by_key(|candidate| distance(name, candidate))
        .filter(|candidate| distance(name, candidate) <= 3.min(name.len()));
    match nearest {
        Some(nearest) => format!("没有“{name}”这个{what}，是否想写“{nearest}”？"),
        None => format!("没有“{name}”这个{what}；可用：{}", valid.join(" ")),
    }
}

/// How many characters must be changed, added or dropped to make one text of the other.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

struct Problem {
    key: &'static str,
    words: String,
    message: String,
}

/// What is wrong with a rule though every key of it is known.
fn problems(rule: &Rule) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut report =
        |key, words: &str, message: String| problems.push(Problem { key, words: words.to_owned(), message });
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !matches!(rule.id.split('/').collect::<Vec<_>>().as_slice(), [group, name] if is_word(group) && is_word(name)) {
        report("id:", &rule.id, format!("规则编号“{}”应为“组名/名称”，用小写英文、数字和连字符", rule.id));
    }
    let slots: Vec<&str> = rule.find.iter().flat_map(|find| &find.0).flat_map(|pattern| pattern.slots()).collect();
    let forbidden: Vec<&str> = match &rule.then {
        Verb::Forbid(forbid) => forbid.patterns.iter().flat_map(|pattern| pattern.slots()).collect(),
        _ => Vec::new(),
    };
    let known = || {
        HOLES
            .iter()
            .copied()
            .chain(rule.then.holes().iter().copied())
            .chain(slots.iter().copied())
            .chain(forbidden.iter().copied())
    };
    let templates = [
        ("message:", rule.message.as_ref()),
        ("fix:", rule.fix.as_ref().and_then(|fix| fix.replace.as_ref())),
        ("fix:", rule.fix.as_ref().and_then(|fix| fix.before.as_ref())),
        ("fix:", rule.fix.as_ref().and_then(|fix| fix.after.as_ref())),
        ("fix:", rule.fix.as_ref().and_then(|fix| fix.title.as_ref())),
    ];
    for (key, template) in templates {
        for hole in template.iter().flat_map(|template| template.holes()) {
            if !known().any(|name| name == hole) {
                report(key, &format!("{{{hole}}}"), unknown("花括号名字", hole, known()));
            }
        }
    }
    for slot in rule.then.slots() {
        if !slots.contains(&slot) {
            report("then:", slot, unknown("槽位", slot, slots.iter().copied()));
        }
    }
    if matches!(rule.then, Verb::Forbid(_)) && rule.find.is_some() {
        report("find:", "find", "forbid 自己写要找的文字，不再写 find".to_owned());
    }
    let cap = rule.basis.as_ref().map_or(Severity::Error, |basis| basis.0.force.cap());
    if rule.severity > cap {
        let force = rule.basis.as_ref().map_or(Force::House, |basis| basis.0.force);
        let message = format!("依据的强度是“{}”，级别最高为{}", force.chinese(), cap.name());
        report("severity:", rule.severity.name(), message);
    }
    problems
}

/// Finds words of one rule again in the text of its file, for what is found wrong only after reading.
struct RulePlace<'a> {
    text: &'a str,
    span: Span,
}

impl<'a> RulePlace<'a> {
    /// The `index`-th rule of a file: from its `- id:` to the next.
    fn new(text: &'a str, index: usize) -> RulePlace<'a> {
        let mut starts = Vec::new();
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let item = line.trim_start();
            if item
                .strip_prefix('-')
                .is_some_and(|rest| rest.trim_start().starts_with("id:") || rest.trim_start().starts_with("\"id\":"))
            {
                starts.push(offset);
            }
            offset += line.len();
        }
        let start = starts.get(index).copied().unwrap_or(0);
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        RulePlace { text, span: Span::new(start, end) }
    }

    /// The words after a key of the rule, else the key, else the rule's first line.
    fn find(&self, key: &str, words: &str) -> Span {
        let body = self.span.of(self.text);
        let at_key = body.find(key).unwrap_or(0);
        let start = self.span.start + at_key;
        match body[at_key..].find(words) {
            Some(at) if !words.is_empty() => Span::new(start + at, start + at + words.len()),
            _ => line_at(self.text, start),
        }
    }
}
