//! Writes the trees that whole-process timings are made on: `cargo bench --bench tree -- FOLDER` makes FOLDER/clean and
//! FOLDER/dense, 500 documents of 40 KB each.

#![allow(missing_docs, dead_code)]

mod support;

use std::fs;
use std::path::Path;

/// How many documents a tree has.
const DOCUMENTS: usize = 500;

fn main() {
    // Cargo adds --bench to what the user writes.
    let Some(folder) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        println!("usage: cargo bench --bench tree -- FOLDER");
        return;
    };
    let texts = support::clean_texts();
    for (kind, make) in
        [("clean", support::clean_document as fn(&[String], usize) -> String), ("dense", support::dense_document)]
    {
        let folder = Path::new(&folder).join(kind);
        fs::create_dir_all(&folder).expect("the folder can be made");
        for number in 0..DOCUMENTS {
            fs::write(folder.join(format!("{number:03}.txt")), make(&texts, number))
                .expect("the folder can be written to");
        }
    }
    let one = folder + "/one.txt";
    fs::write(&one, support::ten_thousand_characters(&texts)).expect("the folder can be written to");
}
