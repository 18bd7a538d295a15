//! Fingerprints: sixteen digits of a finding that depend only on the words around it, so that they survive edits elsewhere.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::ledger::context;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Fingerprints the findings of one document, in the order of the text.
pub(super) fn of_document(document: &Document, found: &mut [Diagnostic]) {
    let mut seen = Seen::default();
    for diagnostic in found {
        let span = diagnostic.primary.span;
        let words = span.of(&document.source.text);
        diagnostic.fingerprint = seen.fingerprint(&diagnostic.rule, &context(document, span), words);
    }
}

/// How often each key was met.
#[derive(Default)]
pub(super) struct Seen(HashMap<String, usize>);

impl Seen {
    /// The fingerprint of the next finding of a rule at such a place.
    pub(super) fn fingerprint(&mut self, rule: &str, context: &str, words: &str) -> String {
        let mut key = format!("{rule}\u{1f}{context}\u{1f}{words}");
        let ordinal = self.0.entry(key.clone()).and_modify(|count| *count += 1).or_insert(0);
        let _ = write!(key, "\u{1f}{ordinal}");
        Sha256::digest(key.as_bytes()).iter().take(8).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}
