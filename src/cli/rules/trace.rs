//! `kanwu rules trace`: how many parts a rule was given in a file and how many each step left.

use crate::check::{Trace, trace};
use crate::cli::arguments::TraceArguments;
use crate::cli::words::table;
use crate::cli::{Exit, Stop, glob, input, rule_files};
use crate::document::Document;
use crate::kind::Verb;
use crate::rule::Rule;
use crate::rule::set::RuleSet;
use std::io::{Write, stdout};
use std::sync::Arc;

/// Traces a rule.
pub(in crate::cli) fn run(arguments: &TraceArguments) -> Result<Exit, Stop> {
    let set = rule_files::runnable(&arguments.rules)?.set;
    let id = &arguments.rule;
    let Some(rule) = set.rule(id).map(|ready| &ready.rule) else {
        return Err(Stop::Message(glob::unknown_id(id, &set.ids())));
    };
    let source = input::read_one(&arguments.file, None)?;
    let document = Document::new(Arc::new(source));
    let Trace { given, after_when, after_except, failed } = trace(&document, &set, id).unwrap_or_default();
    let mut output = stdout().lock();
    writeln!(output, "{id}  {}", document.source.name)?;
    let genre = document.facts.genre.as_ref().map(|genre| genre.value.as_str());
    if !rule.genres.is_empty() && !genre.is_some_and(|genre| rule.genres.iter().any(|known| known == genre)) {
        let genres = rule.genres.join("、");
        writeln!(output, "这条规则只用于{genres}；这个文件的文种是{}，未用", genre.unwrap_or("未知的"))?;
        return Ok(Exit::Clean);
    }
    let row = |name: &str, count: usize| vec![name.to_owned(), format!("{count:>6}")];
    let mut rows = match found(&document, &set, id) {
        None => vec![row("given   给出", given)],
        Some((key, found)) => vec![
            row("given   给出", parts(&document, rule)),
            row(&format!("{key:<8}全文找到"), found),
            row("        在给出的部分内", given),
        ],
    };
    if rule.when.is_some() {
        rows.push(row("when    之后", after_when));
    }
    if rule.except.is_some() {
        rows.push(row("except  之后", after_except));
    }
    rows.push(row("then    不合", failed));
    output.write_all(table(&rows).as_bytes())?;
    Ok(Exit::Clean)
}

/// How many parts a rule is given in a document.
fn parts(document: &Document, rule: &Rule) -> usize {
    rule.given.0.iter().map(|selector| selector.parts(document).count()).sum()
}

/// How many matches the words a rule searches for have in the whole text, whether or not they lie in a part that is
/// given, and the key they are written under.
fn found(document: &Document, set: &RuleSet, id: &str) -> Option<(&'static str, usize)> {
    let rule = &set.rule(id)?.rule;
    let (key, patterns) = match (&rule.then, &rule.find) {
        (Verb::Forbid(forbid), _) => ("forbid", forbid.patterns.as_slice()),
        (_, Some(find)) => ("find", find.0.as_slice()),
        (_, None) => return None,
    };
    let scan = set.scan(document);
    Some((key, patterns.iter().map(|pattern| scan.matches(pattern, None).len()).sum()))
}
