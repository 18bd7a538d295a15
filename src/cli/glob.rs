//! Patterns of rule ids, such as `punctuation/*`: which rules `--only` and `--skip` mean.

use crate::rule::load::nearest;

/// Whether `pattern` names `id`; `*` stands for any characters, also none.
pub(super) fn matches(pattern: &str, id: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or("");
    let Some(mut rest) = id.strip_prefix(first) else { return false };
    let mut last = None;
    for piece in pieces {
        if let Some(previous) = last.replace(piece) {
            let Some(at) = rest.find(previous) else { return false };
            rest = &rest[at + previous.len()..];
        }
    }
    match last {
        Some(last) => rest.ends_with(last),
        None => rest.is_empty(),
    }
}

/// The patterns of an option that may be repeated and may hold comma lists.
pub(super) fn split(written: &[String]) -> Vec<&str> {
    written.iter().flat_map(|list| list.split([',', '，'])).map(str::trim).filter(|word| !word.is_empty()).collect()
}

/// Refuses a pattern that names no rule, with the nearest one that does.
pub(super) fn refuse_unknown(option: &str, patterns: &[&str], ids: &[&str]) -> Result<(), String> {
    for pattern in patterns {
        if !ids.iter().any(|id| matches(pattern, id)) {
            return Err(unknown(option, pattern, ids));
        }
    }
    Ok(())
}

/// Says that no rule has such an id and which one may be meant.
fn unknown(option: &str, pattern: &str, ids: &[&str]) -> String {
    let groups: Vec<String> = groups(ids).map(|group| format!("{group}/*")).collect();
    let candidates = groups.iter().map(String::as_str).chain(ids.iter().copied());
    let meant = format!("{pattern}/*");
    let hint = match groups.iter().find(|group| **group == meant) {
        Some(group) => Some(group.as_str()),
        None => nearest(pattern, candidates),
    };
    match hint {
        Some(hint) => format!("{option} {pattern}：没有这样的规则，是否想写“{hint}”？"),
        None => format!("{option} {pattern}：没有这样的规则，用 kanwu rules list 查看全部规则"),
    }
}

/// The groups of sorted ids.
pub(super) fn groups<'a>(ids: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let mut last = None;
    let groups = ids.iter().filter_map(|id| Some(id.split_once('/')?.0));
    groups.filter(move |group| last.replace(*group) != Some(*group))
}

/// Says that no rule has this id and which one may be meant.
pub(super) fn unknown_id(id: &str, ids: &[&str]) -> String {
    match nearest(id, ids.iter().copied()).or_else(|| same_name(id, ids)) {
        Some(hint) => format!("没有规则“{id}”，是否想写“{hint}”？"),
        None => format!("没有规则“{id}”，用 kanwu rules list 查看全部规则"),
    }
}

/// The rule whose name after the `/` is what was written for the whole id.
fn same_name<'a>(written: &str, ids: &[&'a str]) -> Option<&'a str> {
    let name = written.rsplit('/').next()?;
    ids.iter().copied().find(|id| id.rsplit('/').next() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, id, expected) in [
            ("a/b", "a/b", true),
            ("a/b", "a/bc", false),
            ("a/*", "a/bc", true),
            ("*/bc", "a/bc", true),
            ("a/*c", "a/bc", true),
            ("a/*c", "a/cb", false),
            ("*", "a/b", true),
            ("a*b*c", "axbybzc", true),
            ("a*b*c", "axbybz", false),
            ("ab*ab", "ab", false),
            ("", "a/b", false),
        ] {
            assert_eq!(matches(pattern, id), expected, "{pattern} {id}");
        }
    }

    #[test]
    fn an_unknown_one_is_refused_with_the_nearest() {
        let ids = ["dates/weekday", "punctuation/doubled", "punctuation/half-width"];
        let refused = |pattern: &str| refuse_unknown("--only", &[pattern], &ids).unwrap_err();
        assert!(refused("punctuation").contains("“punctuation/*”"));
        assert!(refused("punctuation/double").contains("“punctuation/doubled”"));
        assert!(refused("date/*").contains("“dates/*”"));
        assert!(refused("xyz").contains("rules list"));
        assert!(unknown_id("doubled", &ids).contains("“punctuation/doubled”"));
    }
}
