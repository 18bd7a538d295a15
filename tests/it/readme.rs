//! What the READMEs show is what the program does: outputs, options, rules, the tables of findings and of verbs.

use crate::program::{COMMANDS, Folder, Outcome};
use std::collections::BTreeSet;
use std::fs;

const ENGLISH: &str = "README.md";

/// The Chinese README.
pub const CHINESE: &str = "README.zh-CN.md";

/// A file of the repository, with line breaks as on Unix.
pub fn text(name: &str) -> String {
    fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}")).replace("\r\n", "\n")
}

/// A fenced block: the language, then perhaps a file name; and what it holds.
pub struct Block {
    /// The language it is in, such as `yaml`.
    pub language: String,
    /// The file it shows, where it names one.
    pub file: Option<String>,
    /// What it holds.
    pub text: String,
}

/// The fenced blocks of a page.
pub fn blocks(readme: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut words = info.split_whitespace().map(str::to_owned);
        let (language, file) = (words.next().unwrap_or_default(), words.next());
        let text: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        blocks.push(Block { language, file, text });
    }
    blocks
}

/// A folder with the files that the blocks of a README name.
fn folder(blocks: &[Block]) -> Folder {
    let files = blocks.iter().filter_map(|block| Some((block.file.as_ref()?, &block.text)));
    files.fold(Folder::new(), |folder, (name, text)| folder.file(name, text))
}

/// The cells of the rows that have so many, with `⏎` made a line break.
fn rows(readme: &str, columns: usize) -> impl Iterator<Item = Vec<String>> {
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").map(|cell| cell.trim_matches('`').replace('⏎', "\n")).collect());
    cells.filter(move |cells: &Vec<String>| cells.len() == columns)
}

/// The arguments of a command line as a shell takes them, quotation marks being the only marks it knows.
fn arguments(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    for (index, piece) in line.split('"').enumerate() {
        match index % 2 {
            0 => arguments.extend(piece.split_whitespace().map(str::to_owned)),
            _ => arguments.push(piece.to_owned()),
        }
    }
    arguments
}

fn run(folder: &Folder, line: &str) -> Outcome {
    let arguments = arguments(line);
    folder.kanwu(arguments.iter().map(String::as_str)).run()
}

#[test]
fn outputs_are_what_the_program_prints() {
    for (name, least) in [(ENGLISH, 3), (CHINESE, 2)] {
        let blocks = blocks(&text(name));
        let folder = folder(&blocks);
        let mut commands = 0;
        for block in blocks.iter().filter(|block| block.language == "console") {
            let mut shown = String::new();
            for line in block.text.lines() {
                let command = ["$ kanwu ", "> kanwu "].iter().find_map(|prompt| line.strip_prefix(prompt));
                let Some(command) = command else { continue };
                let outcome = run(&folder, command);
                shown.push_str(&format!("{line}\n{}{}", outcome.out, outcome.messages));
                commands += 1;
            }
            if !shown.is_empty() {
                assert_eq!(block.text, shown, "{name}: the output has changed");
            }
        }
        assert!(commands >= least, "{name} shows {commands} outputs");
    }
}

#[test]
fn places_that_are_explained_are_in_the_output() {
    for (name, file) in [(ENGLISH, "notice.txt"), (CHINESE, "通知.txt")] {
        let readme = text(name);
        let output: String =
            blocks(&readme).into_iter().filter(|block| block.language == "console").map(|block| block.text).collect();
        let place = readme.split('`').find(|code| code.starts_with(&format!("{file}:"))).expect("a place is explained");
        assert!(output.contains(place), "{name}: {place} is not in the output");
    }
}

#[test]
fn each_group_finds_its_example() {
    let groups = Folder::new().run("rules list --format json").out;
    let groups: serde_json::Value = serde_json::from_str(&groups).unwrap();
    let groups: BTreeSet<&str> =
        groups.as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap().split('/').next().unwrap()).collect();
    for name in [ENGLISH, CHINESE] {
        let mut seen = BTreeSet::new();
        for row in rows(&text(name), 3) {
            let [group, example, message] = row.as_slice() else { unreachable!() };
            let Some(group) = groups.get(group.split(' ').next_back().unwrap()) else { continue };
            let folder = Folder::new().file("a.txt", format!("{example}\n"));
            let found = folder.run("check a.txt --format concise").out;
            let wanted = found
                .lines()
                .any(|line| line.contains(&format!(" {group}/")) && line.ends_with(&format!(" {message}")));
            assert!(wanted, "{name}: {example} gives\n{found}");
            seen.insert(*group);
        }
        assert_eq!(seen, groups, "{name} does not have every group");
    }
}

#[test]
fn options_are_in_the_help() {
    let empty = Folder::new();
    let help: Vec<(&str, String)> =
        COMMANDS.map(|command| (command, empty.run(&format!("{command} --help")).out)).into();
    let knows = |help: &str, option: &str| {
        help.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|word| word == option)
    };
    for name in [ENGLISH, CHINESE] {
        for code in text(name).split(['`', '\n']).map(str::trim) {
            let code = code.rsplit_once("cargo run --release -- ").map_or(code, |(_, rest)| rest);
            if code.starts_with("cargo ") {
                continue;
            }
            // The help of the command at the beginning, or of any command where only the option is named.
            let line = code.trim_start_matches(['$', '>', ' ']).trim_start_matches("kanwu ");
            let named = help.iter().filter(|(command, _)| !command.is_empty() && line.starts_with(command));
            let command = named.max_by_key(|(command, _)| command.len());
            for option in code.split_whitespace().filter(|word| word.starts_with('-') && word.len() > 1) {
                if !option.trim_start_matches('-').starts_with(|c: char| c.is_ascii_alphabetic()) {
                    continue;
                }
                let known = match command {
                    Some((_, help)) => knows(help, option),
                    None => help.iter().any(|(_, help)| knows(help, option)),
                };
                assert!(known, "{name}: no option {option}, in {code}");
            }
        }
    }
}

#[test]
fn options_of_check_are_all_there() {
    let readme = text(ENGLISH);
    for word in Folder::new().run("check --help").out.split([' ', ',', '\n']) {
        if word.starts_with("--") && word != "--help" {
            assert!(readme.contains(&format!("`{word}")), "{ENGLISH} does not name {word}");
        }
    }
}

#[test]
fn rules_pass_their_examples() {
    for (name, least) in [(ENGLISH, 1), (CHINESE, 4)] {
        let blocks = blocks(&text(name));
        let folder = folder(&blocks);
        let files: Vec<&String> =
            blocks.iter().filter(|block| block.language == "yaml").filter_map(|block| block.file.as_ref()).collect();
        assert!(files.len() >= least, "{name} shows {} rule files", files.len());
        for file in files {
            let outcome = folder.run(&format!("rules test {file}"));
            outcome.ends(0, "").says("全部通过");
            assert!(!outcome.out.contains("注意"), "{name}: {outcome:#?}");
        }
    }
}

#[test]
fn each_verb_reports_its_example() {
    let mut rules = String::from("rules:\n");
    let mut verbs = BTreeSet::new();
    for row in rows(&text(CHINESE), 4) {
        let [verb, _, rule, example] = row.as_slice() else { unreachable!() };
        if !rule.contains("then:") {
            continue;
        }
        assert!(rule.contains(&format!("then: {{{verb}:")), "the row of {verb} is of another verb: {rule}");
        let example = serde_json::to_string(example).unwrap();
        let id = verb.replace('_', "-");
        rules.push_str(&format!(
            "- {{id: readme/{id}, title: 甲, severity: info, {rule}, examples: {{bad: [{example}]}}}}\n"
        ));
        verbs.insert(verb.clone());
    }
    let known: BTreeSet<String> = kanwu::kind::Verb::NAMES.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(verbs, known);
    Folder::new().file("r.yaml", rules).run("rules test r.yaml").ends(0, "").says("全部通过");
}

#[test]
fn the_tests_are_run_with_cargo_test() {
    let blocks = blocks(&text(ENGLISH));
    assert!(blocks.iter().any(|block| block.text == "cargo test\n"), "no block is `cargo test` alone");
}
