//! Reading rule files: YAML in, rules out, or an error that points at the words and says what to write instead.

pub use super::nearest::{nearest, unknown};
pub use super::place::RulePlace;

use super::marks::wrong_mark;
use super::yaml::explain;
use super::{Rule, RuleFile};
use crate::check::HOLES;
use crate::diagnostic::{Force, Severity};
use crate::document::part::PartKind;
use crate::kind::Verb;
use crate::kind::resolves::What;
use crate::source::Span;
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
    if let Some((span, message)) = wrong_mark(text) {
        return Err(vec![error(span, message)]);
    }
    let file: RuleFile = serde_yaml::from_str(text).map_err(|failure| {
        let (span, message) = explain(text, &failure);
        vec![error(span, message)]
    })?;
    let mut errors = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, rule) in file.rules.iter().enumerate() {
        let place = |key: &str, words: &str| RulePlace::new(text, index).find(key, words);
        if let Some(first) = seen.insert(&rule.id, index) {
            let line = line_of(text, RulePlace::new(text, first).find("id", &rule.id));
            errors.push(error(place("id", &rule.id), format!("规则编号“{}”重复，第{line}行已用", rule.id)));
        }
        for problem in problems(rule) {
            errors.push(error(place(problem.key, &problem.words), problem.message));
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
        if let Some((span, message)) = wrong_mark(text) {
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

/// The line of a span, from 1.
pub fn line_of(text: &str, span: Span) -> usize {
    text[..span.start].matches('\n').count() + 1
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
        report("id", &rule.id, format!("规则编号“{}”应为“组名/名称”，用小写英文、数字和连字符", rule.id));
    }
    if rule.title.trim().is_empty() {
        report("title", "", "title 不能为空，请用一句话说明这条规则".to_owned());
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
        ("message", rule.message.as_ref()),
        ("fix", rule.fix.as_ref().and_then(|fix| fix.replace.as_ref())),
        ("fix", rule.fix.as_ref().and_then(|fix| fix.before.as_ref())),
        ("fix", rule.fix.as_ref().and_then(|fix| fix.after.as_ref())),
        ("fix", rule.fix.as_ref().and_then(|fix| fix.title.as_ref())),
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
            report("then", slot, unknown("槽位", slot, slots.iter().copied()));
        }
    }
    if matches!(rule.then, Verb::Forbid(_)) && rule.find.is_some() {
        report("find", "find", "forbid 自己写要找的文字，不再写 find".to_owned());
    }
    if rule.given.names(PartKind::Set) {
        let unfit = [
            ("find", rule.find.is_some()),
            ("when", rule.when.is_some()),
            ("except", rule.except.is_some()),
            ("fix", rule.fix.is_some()),
            ("genres", !rule.genres.is_empty()),
        ];
        for (key, _) in unfit.iter().filter(|(_, is_written)| *is_written) {
            report(key, key, format!("given 为 set 的规则比较几份文件，不能写 {key}"));
        }
        if rule.given.0.len() > 1 || !rule.then.compares_documents() {
            let message = "given 为 set 时，then 只能是 consistent 的 values: same-quantity、values: same-telephone、names，或 resolves 的 what: document、what: attachment 加 same";
            report("then", rule.then.name(), message.to_owned());
        }
    } else if matches!(&rule.then, Verb::Resolves(resolves) if resolves.what == What::Document) {
        report("given", "given", "what: document 比较几份文件，given 应写 set".to_owned());
    }
    let cap = rule.basis.as_ref().map_or(Severity::Error, |basis| basis.0.force.cap());
    if rule.severity > cap {
        let force = rule.basis.as_ref().map_or(Force::House, |basis| basis.0.force);
        let message = format!("依据的强度是“{}”，级别最高为 {}（{}）", force.chinese(), cap.name(), cap.chinese());
        report("severity", rule.severity.name(), message);
    }
    problems
}
