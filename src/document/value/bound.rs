//! Words around a number that bound it: 约, 近, 超过, 余, 多, 以上, 左右, 底前.

use super::Bound;
use super::numeral::{digit_at, is_han_numeral};
use crate::document::passage::Passage;

/// Words before a number, with what they say and whether 不 turns it round. A longer word stands before its end.
const BEFORE: &[(&str, Bound, bool)] = &[
    ("大约", Bound::About, false),
    ("约", Bound::About, false),
    ("将近", Bound::About, false),
    ("接近", Bound::About, false),
    ("近", Bound::About, false),
    ("超过", Bound::AtLeast, true),
    ("多于", Bound::AtLeast, true),
    ("高于", Bound::AtLeast, true),
    ("大于", Bound::AtLeast, true),
    ("突破", Bound::AtLeast, true),
    ("超出", Bound::AtLeast, true),
    ("超", Bound::AtLeast, true),
    ("逾", Bound::AtLeast, true),
    ("至少", Bound::AtLeast, false),
    ("最少", Bound::AtLeast, false),
    ("少于", Bound::AtMost, true),
    ("低于", Bound::AtMost, true),
    ("小于", Bound::AtMost, true),
    ("不足", Bound::AtMost, false),
    ("不到", Bound::AtMost, false),
    ("不满", Bound::AtMost, false),
    ("未满", Bound::AtMost, false),
    ("至多", Bound::AtMost, false),
    ("最多", Bound::AtMost, false),
];

/// Denials, longest first.
const DENIALS: &[&str] = &["不得", "不能", "不应", "不会", "不宜", "不可", "没有", "未曾", "不", "未", "莫"];

/// The bound that stands before `at`: where it starts and what it says.
pub(crate) fn before(passage: Passage, at: usize) -> Option<(usize, Bound)> {
    let mut text = passage.before(at);
    if text.ends_with(' ') {
        text = text.trim_end_matches(' ');
    }
    let last = text.chars().next_back()?;
    if !matches!(last, '约' | '近' | '过' | '于' | '破' | '超' | '出' | '逾' | '少' | '足' | '到' | '满' | '多')
    {
        return None;
    }
    let (word, bound, turns) = BEFORE.iter().find(|(word, ..)| text.ends_with(word))?;
    let head = &text[..text.len() - word.len()];
    let start = passage.start + head.len();
    let other_word = match *word {
        // 节约3万元, 附近3个村, 赶超3家.
        "约" => head.ends_with([
            '节', '条', '签', '合', '履', '公', '预', '违', '契', '制', '简', '失', '守', '续', '和', '邀', '特', '毁',
            '解',
        ]),
        "近" => head.ends_with(['附', '临', '邻', '靠', '最', '相', '就', '亲', '贴', '远', '晚']),
        "超" => head.ends_with(['赶', '反', '高']),
        "大于" => head.ends_with('远'),
        _ => false,
    };
    if other_word {
        return None;
    }
    match DENIALS.iter().find(|denial| *turns && head.ends_with(**denial)) {
        Some(denial) => Some((start - denial.len(), turned(*bound))),
        None => Some((start, *bound)),
    }
}

fn turned(bound: Bound) -> Bound {
    match bound {
        Bound::AtLeast => Bound::AtMost,
        Bound::AtMost => Bound::AtLeast,
        Bound::About | Bound::Exact => bound,
    }
}

/// The end of 余, 多, 来, 几 between a numeral and its unit: 20余所, 1500多人, 十来个, 十几个.
pub(crate) fn between(passage: Passage, at: usize) -> Option<usize> {
    let c = passage.next(at)?;
    matches!(c, '余' | '多' | '来' | '几').then(|| at + c.len_utf8())
}

/// Words after a unit.
const AFTER: &[(&str, Bound, &[char])] = &[
    ("以上", Bound::AtLeast, &[]),
    ("及以上", Bound::AtLeast, &[]),
    ("以下", Bound::AtMost, &[]),
    ("及以下", Bound::AtMost, &[]),
    ("以内", Bound::AtMost, &[]),
    ("之内", Bound::AtMost, &[]),
    ("左右", Bound::About, &['岸', '两']),
    ("上下", Bound::About, &['游', '联', '级', '贯', '协']),
];

/// Units of time and length, after which 内 and 多 say something: 3日内, 2年多.
const SPANS: &[&str] = &[
    "年",
    "个月",
    "月",
    "天",
    "日",
    "周",
    "小时",
    "分钟",
    "个工作日",
    "工作日",
    "个小时",
    "公里",
    "米",
    "千米",
    "学年",
    "个学期",
];

/// The bound that stands after a unit which ends at `at`: where it ends and what it says.
pub(crate) fn after(passage: Passage, at: usize, unit: &str) -> Option<(usize, Bound)> {
    let rest = passage.rest(at);
    let mut characters = rest.chars();
    let (c, next) = (characters.next()?, characters.next());
    if !matches!(c, '以' | '及' | '之' | '左' | '上' | '内' | '多' | '余') {
        return None;
    }
    let found = AFTER.iter().find(|(word, _, not)| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(*not)));
    if let Some((word, bound, _)) = found {
        return Some((at + word.len(), *bound));
    }
    if !SPANS.contains(&unit) && unit != "%" {
        return None;
    }
    match c {
        '内' if !matches!(next, Some('容' | '部' | '外' | '涵' | '设' | '生' | '地' | '需' | '控' | '审')) => {
            Some((at + '内'.len_utf8(), Bound::AtMost))
        }
        '多' | '余' if !matches!(next, Some('元' | '样' | '种' | '方' | '次' | '名' | '个' | '所')) => {
            let end = at + '多'.len_utf8();
            Some((end, Bound::About))
        }
        _ => None,
    }
}

/// The deadline or starting point after a date or year that ends at `at`: 以前, 前, 前后, 以来, 起.
pub(crate) fn deadline(passage: Passage, at: usize) -> Option<(usize, Bound)> {
    if !matches!(passage.next(at)?, '以' | '之' | '前' | '左' | '起') {
        return None;
    }
    let rest = passage.rest(at);
    for (word, bound) in [
        ("以前", Bound::AtMost),
        ("之前", Bound::AtMost),
        ("前后", Bound::About),
        ("左右", Bound::About),
        ("以来", Bound::AtLeast),
        ("以后", Bound::AtLeast),
        ("之后", Bound::AtLeast),
    ] {
        if rest.starts_with(word) {
            return Some((at + word.len(), bound));
        }
    }
    if let Some(rest) = rest.strip_prefix('前') {
        // 前三季度, 前期, 前往 are words of their own.
        let other_word = digit_at(rest.as_bytes(), 0).is_some()
            || rest.starts_with(is_han_numeral)
            || rest.starts_with([
                '列', '期', '沿', '往', '端', '瞻', '提', '来', '半', '几', '任', '身', '景', '途', '言', '线', '锋',
                '进',
            ]);
        return (!other_word).then_some((at + '前'.len_utf8(), Bound::AtMost));
    }
    let starts = ["起施行", "起实施", "起执行", "起，", "起,", "起至", "起开始", "起试行"];
    starts.iter().any(|word| rest.starts_with(word)).then_some((at + '起'.len_utf8(), Bound::AtLeast))
}
