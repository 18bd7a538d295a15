//! The valid word that is nearest to one that is not: “是否想写…”.

/// “没有…，是否想写…”, with the nearest valid word, else with all of them.
pub fn unknown<'a>(what: &str, name: &str, valid: impl Iterator<Item = &'a str>) -> String {
    let valid: Vec<&str> = valid.collect();
    match nearest(name, valid.iter().copied()) {
        Some(nearest) => format!("没有“{name}”这个{what}，是否想写“{nearest}”？"),
        None if valid.is_empty() => format!("没有“{name}”这个{what}"),
        None => format!("没有“{name}”这个{what}；可用：{}", valid.join(" ")),
    }
}

/// What an author may write in Chinese where the word is English.
const CHINESE: &[(&str, &str)] = &[
    ("必须改", "error"),
    ("建议改", "warning"),
    ("提示", "info"),
    ("级别", "severity"),
    ("编号", "id"),
    ("标题", "title"),
    ("提示语", "message"),
    ("依据", "basis"),
    ("建议", "advice"),
    ("修改", "fix"),
    ("文种", "genres"),
    ("例子", "examples"),
    ("全文", "document"),
    ("段落", "paragraph"),
    ("条目", "item"),
    ("小标题", "heading"),
    ("句子", "sentence"),
    ("规则", "rules"),
];

/// The word that is only a slip away from `name`, or begins with it.
pub fn nearest<'a>(name: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let valid: Vec<&str> = valid.into_iter().collect();
    if let Some((_, english)) = CHINESE.iter().find(|(chinese, english)| *chinese == name && valid.contains(english)) {
        return valid.into_iter().find(|word| word == english);
    }
    let length = name.chars().count();
    let slips = length.div_ceil(3).clamp(1, 3);
    let close = valid.iter().map(|word| (distance(name, word), *word)).filter(|(slip, _)| *slip <= slips);
    let close = close.min_by_key(|(slip, _)| *slip).map(|(_, word)| word);
    close.filter(|_| length > 1).or_else(|| valid.into_iter().find(|word| length > 2 && word.starts_with(name)))
}

/// How many letters must be changed, added, dropped or swapped to make one word of the other.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let substituted = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substituted.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(above[j - 2] + 1);
            }
            next.push(best);
        }
        above = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised() {
        let words = ["title", "given", "then", "paragraph", "item", "must"];
        for (written, meant) in [
            ("titel", Some("title")),
            ("pargraph", Some("paragraph")),
            ("para", Some("paragraph")),
            ("giben", Some("given")),
            ("标题", Some("title")),
            ("x", None),
            ("colour", None),
        ] {
            assert_eq!(nearest(written, words), meant, "{written}");
        }
    }
}
