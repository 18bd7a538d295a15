//! Imports go one way: a module may name only modules of its own layer's list below it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the lowest layer to the highest. A module may use those before it.
const LAYERS: &[&str] = &[
    "source",
    "diagnostic",
    "document",
    "read",
    "form",
    "stored",
    "table",
    "pattern",
    "ledger",
    "kind",
    "rule",
    "config",
    "check",
    "builtin",
    "report",
    "cli",
    "main",
];

/// Uses that go upward for a reason: the examples in a rule are run by the check they test, and the names a template may
/// use are those the check fills.
const EXCEPTIONS: &[(&str, &str)] = &[("rule", "check"), ("kind", "rule")];

#[test]
fn imports_go_one_way() {
    let mut wrong = BTreeSet::new();
    for path in sources(Path::new("src")) {
        let module = module_of(&path);
        let Some(rank) = LAYERS.iter().position(|layer| *layer == module) else {
            assert_eq!(module, "lib", "{} has no layer", path.display());
            continue;
        };
        let text = fs::read_to_string(&path).unwrap();
        for used in text.split("crate::").skip(1) {
            let name: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let Some(other) = LAYERS.iter().position(|layer| *layer == name) else { continue };
            if other > rank && !EXCEPTIONS.contains(&(module.as_str(), name.as_str())) {
                wrong.insert(format!("{} uses {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn crates_are_named_where_they_belong() {
    let homes: &[(&str, &[&str])] = &[
        ("clap", &["cli"]),
        ("codespan_reporting", &["report"]),
        ("rayon", &["cli"]),
        ("ignore::", &["cli"]),
        ("serde_yaml", &["rule", "form", "config"]),
        ("encoding_rs", &["read"]),
        ("chardetng", &["read"]),
        ("html5gum", &["read"]),
        ("pulldown_cmark", &["read"]),
        ("daachorse", &["pattern"]),
        ("sha2", &["check"]),
        ("calamine", &["cli"]),
        ("csv::", &["cli"]),
    ];
    for path in sources(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        for (name, allowed) in homes {
            let uses = text.lines().any(|line| line.trim_start().starts_with(&format!("use {name}")));
            assert!(!uses || allowed.contains(&module_of(&path).as_str()), "{} names {name}", path.display());
        }
    }
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
