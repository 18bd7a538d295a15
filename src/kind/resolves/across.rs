//! References between the documents of a set.

use super::super::Across;
use super::{Same, is_slip};
use crate::ledger::{Ledger, Stated};

/// Reports documents of the set that are cited by a number or a title that is not quite their own.
pub(super) fn citations<'l>(ledgers: &'l [Ledger], same: &[Same], hits: &mut Vec<Across<'l>>) {
    for (at, ledger) in ledgers.iter().enumerate() {
        if let Some(twin) = twin(ledgers, at).filter(|_| same.contains(&Same::Number)) {
            hits.push(hit(ledgers, (at, twin.number), (twin.other, twin.theirs), "同一文件的文号"));
        }
        for citation in &ledger.citations {
            // What is the title of one document is no slip in the title of another.
            let own = ledgers.iter().filter_map(|ledger| ledger.title.as_ref());
            let is_known = own.clone().any(|title| is_title_of(&citation.title.value, &title.value));
            let others = ledgers.iter().enumerate().filter(|(other, _)| *other != at);
            for (other, cited) in others {
                let Some(title) = &cited.title else { continue };
                let same_title = is_title_of(&citation.title.value, &title.value);
                let numbers = citation.number.as_ref().zip(cited.number.as_ref());
                let same_number = numbers.is_some_and(|(number, own)| bare(&number.value) == bare(&own.value));
                let found = match numbers {
                    Some((number, own)) if same_title && !same_number && same.contains(&Same::Number) => {
                        Some((number, own, "该文件的文号"))
                    }
                    _ if !is_known
                        && same.contains(&Same::Title)
                        && (same_number || numbers.is_none())
                        && is_slip(&title.value, &citation.title.value) =>
                    {
                        Some((&citation.title, title, "该文件的标题"))
                    }
                    _ => None,
                };
                if let Some((wrong, right, words)) = found {
                    hits.push(hit(ledgers, (at, wrong), (other, right), words));
                }
            }
        }
    }
}

/// Reports attachments in files of their own whose title is not the one that the note of another document lists.
pub(super) fn attachments<'l>(ledgers: &'l [Ledger], hits: &mut Vec<Across<'l>>) {
    let mut listing = ledgers.iter().enumerate().filter(|(_, ledger)| !ledger.listed.is_empty());
    // With two notes in the set it cannot be told which of them an attachment belongs to.
    let (Some((main, notes)), None) = (listing.next(), listing.next()) else { return };
    for (at, ledger) in ledgers.iter().enumerate().filter(|(at, _)| *at != main) {
        for attachment in &ledger.attached {
            let number = attachment.value.0.max(1);
            let entry = notes.listed.iter().find(|entry| entry.value.0.max(1) == number);
            if let Some(entry) = entry.filter(|entry| is_slip(&entry.value.1, &attachment.value.1)) {
                let words = "附件说明";
                hits.push(Across {
                    at: (at, &attachment.place),
                    related: (main, &entry.place, words),
                    holes: vec![("other", entry.value.1.clone()), ("file", notes.file_name().to_owned())],
                });
            }
        }
    }
}

fn hit<'l>(
    ledgers: &[Ledger],
    (at, wrong): (usize, &'l Stated<String>),
    (other, right): (usize, &'l Stated<String>),
    words: &'static str,
) -> Across<'l> {
    Across {
        at: (at, &wrong.place),
        related: (other, &right.place, words),
        holes: vec![("other", right.value.clone()), ("file", ledgers[other].file_name().to_owned())],
    }
}

/// A document number that is not that of another document with the same title.
struct Twin<'l> {
    other: usize,
    number: &'l Stated<String>,
    theirs: &'l Stated<String>,
}

/// The number of a document and that of an earlier one with the same title, when they differ: a text and its page.
fn twin(ledgers: &[Ledger], at: usize) -> Option<Twin<'_>> {
    let own = &ledgers[at];
    let (title, number) = (own.title.as_ref()?, own.number.as_ref()?);
    ledgers[..at].iter().enumerate().find_map(|(other, earlier)| {
        let same = earlier.title.as_ref().is_some_and(|earlier| bare(&earlier.value) == bare(&title.value));
        let theirs = earlier.number.as_ref().filter(|theirs| same && bare(&theirs.value) != bare(&number.value))?;
        Some(Twin { other, number, theirs })
    })
}

/// Whether a cited title is a document's own: whole, without the issuer before 关于, or that of what the document issues.
fn is_title_of(cited: &str, own: &str) -> bool {
    let (cited, own) = (bare(cited), bare(own));
    let head = own.strip_suffix(cited.as_str());
    if !cited.is_empty() && head.is_some_and(|head| head.is_empty() || cited.starts_with("关于")) {
        return true;
    }
    let issued = own.split_once("关于印发").and_then(|(issuer, rest)| Some((issuer, rest.strip_suffix("的通知")?)));
    issued.is_some_and(|(issuer, rest)| {
        let rest = rest.trim_matches(['《', '》']);
        cited == rest || cited.strip_prefix(issuer) == Some(rest)
    })
}

/// Words without blanks.
fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && *c != '\u{3000}').collect()
}
