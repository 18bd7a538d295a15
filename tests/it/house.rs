//! The rules in `rules/examples`, such as an office would write: they pass, say on what ground, and are not built in.

use crate::program::Folder;
use crate::readme::{CHINESE, blocks, text};
use std::fs;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/examples");

fn listed() -> Vec<serde_json::Value> {
    let outcome = Folder::new().kanwu(["rules", "list", "--format", "json", "--rules", FOLDER]).run();
    outcome.ends(0, "");
    let rules: Vec<serde_json::Value> = serde_json::from_str(&outcome.out).unwrap();
    rules.into_iter().filter(|rule| rule["builtin"] == false).collect()
}

#[test]
fn they_pass_their_examples() {
    let outcome = Folder::new().kanwu(["rules", "test", FOLDER]).run();
    outcome.ends(0, "").says("全部通过");
    assert!(!outcome.out.contains("注意"), "{}", outcome.out);
}

#[test]
fn they_are_ten_with_grounds_and_not_built_in() {
    let rules = listed();
    assert!(rules.len() >= 10, "{} rules", rules.len());
    let (_, built_in, _) = kanwu::builtin::builtin();
    for rule in &rules {
        let id = rule["id"].as_str().unwrap();
        assert!(rule["basis"].is_object(), "{id} names no ground");
        assert!(built_in.iter().all(|other| other.id != id), "{id} is built in");
    }
}

#[test]
fn the_readme_explains_them_as_they_are() {
    let mut shown = 0;
    for block in blocks(&text(CHINESE)) {
        let Some(file) = block.file.and_then(|name| fs::read_to_string(format!("{FOLDER}/{name}")).ok()) else {
            continue;
        };
        let words = block.text.trim_start_matches("rules:\n");
        assert!(file.replace("\r\n", "\n").contains(words), "{CHINESE} shows what is not in {FOLDER}:\n{words}");
        shown += 1;
    }
    assert!(shown >= 3, "{CHINESE} shows {shown} files of {FOLDER}");
}
