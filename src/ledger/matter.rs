//! What a quantity measures, from the words before and after it.

use super::words::{ACHIEVED, CHANGES, COMPARED, COPULAS, LEADS, OBJECT_ENDS, OWNERS, PLANNED, VERBS, Words};
use crate::document::character::{is_blank, is_han};

/// What a quantity measures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Matter {
    /// Its words.
    pub(super) what: String,
    /// Whose it is.
    pub(super) of: String,
    /// Whether the words say that it is planned.
    pub(super) planned: bool,
    /// Whether the words say that it has come about.
    pub(super) achieved: bool,
    /// Whether it is the change of another: 增长6%, or its share: 占60%.
    pub(super) is_change: bool,
    /// Whether nothing is missing: a verb without its object names no matter.
    pub(super) is_whole: bool,
    /// What 其中 makes it a part of.
    whole: Option<String>,
    /// The verb it begins with, which holds for what is listed after it.
    verb: &'static str,
}

/// The most characters an object after a quantity has.
const LONGEST_OBJECT: usize = 14;

/// What the name of a share ends in.
pub(super) const SHARE: &str = "占比";

/// What a quantity measures: `before` are the words of its clause up to it, without other values, `after` what follows it
/// there. `listed` says that a 、 stands before the clause, `is_rate` that the quantity is a percentage; `known` is what the
/// earlier ones of the sentence measure.
pub(super) fn read(before: &str, after: &str, listed: bool, is_rate: bool, known: &[Matter]) -> Option<Matter> {
    let mut matter = Matter {
        what: String::new(),
        of: String::new(),
        planned: false,
        achieved: false,
        is_change: false,
        is_whole: true,
        whole: None,
        verb: "",
    };
    let mut words = before.trim_matches(|c| is_blank(c) || c == '的');
    if words == "占" && is_rate {
        // 本科学历4366人，占83.0%: the share of what stands before.
        let part = known.last().filter(|part| !part.is_change)?;
        let what = part.what.clone() + SHARE;
        return Some(Matter { what, of: part.of.clone(), is_change: true, ..matter });
    }
    // 占全市1216个行政村的75%: what the share is of.
    if !is_rate && let Some(whole) = words.strip_prefix('占') {
        words = whole;
    }
    let part = words.find("其中").map(|at| &words[at + "其中".len()..]);
    words = matter.take_leads(part.unwrap_or(words));
    words = trim_end(words, &COPULAS);
    if let Some(change) = CHANGES.ending(words) {
        let rest = trim_end(&words[..words.len() - change.len()], &COMPARED);
        // 新增 and 提升 alone take an object.
        if !rest.is_empty() || !VERBS.hold(change) || object(after).is_empty() {
            matter.is_change = true;
            words = rest;
            matter.what = normal(words);
            let topic = known.iter().rev().find(|known| !known.is_change);
            if matter.what.is_empty() {
                matter.what = topic?.what.clone();
                matter.of.clone_from(&topic?.of);
            }
            matter.what.push_str(change);
            return Some(matter);
        }
    }
    matter.verb = VERBS.beginning(words).unwrap_or("");
    matter.is_change = is_rate && before.trim_end().ends_with('的')
        || words.contains('占')
        || words.ends_with("比重")
        || words.ends_with("比例");
    let takes_object = words.is_empty() || words.ends_with(['于', '前']) || VERBS.ending(words).is_some();
    let object = if takes_object { object(after) } else { "" };
    matter.is_whole = !takes_object || !object.is_empty();
    // 请于3月10日前报送方案: the day says when something else is done.
    let words = if words.ends_with('于') && !object.is_empty() { "" } else { words };
    matter.what = normal(words) + &normal(object);
    if matter.what.is_empty() {
        return None;
    }
    let last = known.last();
    if part.is_some() {
        let is_whole = |known: &&Matter| known.whole.is_none() && !known.is_change;
        matter.whole = known.iter().rev().find(is_whole).map(|known| known.what.clone());
    } else if listed && let Some(last) = last {
        matter.whole.clone_from(&last.whole);
        if matter.verb.is_empty() && !is_rate {
            matter.verb = last.verb;
            matter.what.insert_str(0, last.verb);
        }
    }
    if let Some(whole) = &matter.whole {
        matter.what = format!("{whole}其中{}", matter.what);
    }
    Some(matter)
}

impl Matter {
    /// Takes what leads up to the words: times, intentions, owners.
    fn take_leads<'t>(&mut self, mut words: &'t str) -> &'t str {
        loop {
            let rest = words.trim_start_matches(|c| is_blank(c) || "的了，：".contains(c));
            let lead = |words: &Words| words.beginning(rest).map(str::len);
            let (planned, achieved, owner) = (lead(&PLANNED), lead(&ACHIEVED), lead(&OWNERS));
            self.planned |= planned.is_some();
            self.achieved |= achieved.is_some();
            if let Some(length) = owner {
                rest[..length].clone_into(&mut self.of);
            }
            let taken = [planned, achieved, owner, lead(&LEADS)].into_iter().flatten().max();
            match taken {
                // A lead that is all there is may be the word itself.
                Some(length) if length < rest.len() => words = &rest[length..],
                Some(_) => return "",
                None => return rest,
            }
        }
    }
}

/// Whether words begin with a verb, so that they need no head.
pub(super) fn begins_with_verb(words: &str) -> bool {
    VERBS.beginning(words).is_some()
}

/// Whether words are a verb and what leads up to it: 全年新建.
pub(super) fn is_bare_verb(words: &str) -> bool {
    VERBS.ending(words).is_some_and(|verb| {
        let mut rest = &words[..words.len() - verb.len()];
        while let Some(lead) = LEADS.ending(rest).or_else(|| PLANNED.ending(rest)).or_else(|| OWNERS.ending(rest)) {
            rest = &rest[..rest.len() - lead.len()];
        }
        rest.trim_matches(|c: char| is_blank(c) || c.is_ascii_digit() || c == '.').is_empty()
    })
}

/// The noun right after a quantity.
fn object(after: &str) -> &str {
    let run: usize = after.chars().take_while(|&c| is_han(c) || c.is_ascii_alphanumeric()).map(char::len_utf8).sum();
    let run = after[..run].trim_start_matches(['前', '起']);
    let end = OBJECT_ENDS.iter().filter_map(|end| run.find(end)).min().unwrap_or(run.len());
    let object = &run[..end];
    if object.chars().count() <= LONGEST_OBJECT { object } else { "" }
}

fn trim_end<'t>(mut words: &'t str, list: &Words) -> &'t str {
    loop {
        let rest = words.trim_end_matches(|c| is_blank(c) || c == '的');
        match list.ending(rest) {
            Some(word) => words = &rest[..rest.len() - word.len()],
            None => return rest,
        }
    }
}

/// The words that tell one matter from another.
fn normal(words: &str) -> String {
    let words: String = words.chars().filter(|&c| is_han(c) || c.is_ascii_alphanumeric() || c == '+').collect();
    // The number an item begins with is none of its words.
    words.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned()
}
