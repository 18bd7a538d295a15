//! Documents to measure with, made from the corpus.

use std::fs;
use std::path::Path;

/// How long one document of a tree is, in bytes; 500 of them make 20 MB.
pub const DOCUMENT_BYTES: usize = 40_000;

/// The clean plain-text documents of the corpus that are in UTF-8, in order of their names.
pub fn clean_texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/clean");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the corpus is there").map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

/// The `number`-th document of a clean tree: whole documents of the corpus one after another, each as its own attachment,
/// up to the length of a document.
pub fn clean_document(texts: &[String], number: usize) -> String {
    let mut document = String::new();
    let mut index = number;
    while document.len() < DOCUMENT_BYTES {
        let text = &texts[index % texts.len()];
        if !document.is_empty() {
            document.push_str(&format!("\n附件{}\n", index - number));
        }
        document.push_str(text);
        index += 1;
    }
    document
}

/// The same with a slip in every 200 characters: a doubled mark, a half-width mark, a wrong word in turn.
pub fn dense_document(texts: &[String], number: usize) -> String {
    let clean = clean_document(texts, number);
    let mut dense = String::with_capacity(clean.len() + clean.len() / 100);
    let mut since = 0;
    let mut slips = 0;
    for c in clean.chars() {
        since += 1;
        if since >= 200 && matches!(c, '，' | '。') {
            since = 0;
            slips += 1;
            match slips % 3 {
                0 => dense.push_str("，，"),
                1 => dense.push(if c == '，' { ',' } else { c }),
                _ => dense.push_str("，并布署到位"),
            }
        }
        dense.push(c);
    }
    dense
}

/// A document of ten thousand characters.
pub fn ten_thousand_characters(texts: &[String]) -> String {
    clean_document(texts, 0).chars().take(10_000).collect()
}
