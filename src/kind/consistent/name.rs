//! One name for one thing: names that differ by a word where they should not.
//!
//! A name is what stands in 《 》 or “ ”, or a run of words that ends in 示范区, 基地, 中心 and the like. Where a run begins
//! cannot be told without knowing its words, so runs are compared from their ends: they are one name when they are equal,
//! then differ by little, then are equal again.

use super::super::{Across, Case, Hit};
use crate::document::character::is_han;
use crate::document::layout::LineKind;
use crate::document::part::PartKind;
use crate::ledger::name::find as marked_names;
use crate::ledger::{Ledger, Place};
use crate::pattern::Pattern;
use crate::source::Span;
use std::collections::BTreeMap;

/// The words a run of Han characters must end in to be a name.
pub const ENDS: &[&str] = &[
    "示范区",
    "实验区",
    "试验区",
    "先导区",
    "先行区",
    "示范基地",
    "实训基地",
    "基地",
    "中心",
    "示范校",
    "示范园",
    "示范县",
    "示范片",
    "产业园",
    "联合体",
    "共同体",
    "联盟",
    "工程",
    "行动计划",
    "培养计划",
    "提升计划",
    "服务平台",
    "公益活动",
];

/// Characters that tell real differences: numbers, levels, sides, kinds.
const TELLING: &str = "一二三四五六七八九十百两第0123456789〇省市县区镇乡村国州街州级上下左右前后内外东西南北中大小高初幼新老旧旧男女甲乙丙丁实试农工商林牧渔公民正副总分首次本他";

/// Words that tell real differences when only one of two names has them.
const TELLING_WORDS: &[&str] = &[
    "全国", "全省", "全市", "国家", "省级", "市级", "县级", "区级", "乡镇", "街道", "社区", "农村", "城市", "小学",
    "初中", "高中", "中学", "幼儿", "学前", "职业", "高等", "综合", "专业", "区域", "分类", "重点", "特色", "试点",
    "乡村", "城乡", "企业", "青年", "妇女", "儿童", "老年", "残疾", "体育", "文化", "卫生", "科技", "旅游", "数字",
    "智能", "绿色", "生态", "重大", "专项", "日间", "区级", "镇级", "村级", "便民", "公共", "社会", "一期", "二期",
    "三期", "东部", "西部", "现代", "医疗", "养老", "托育", "康复", "心理", "信息", "网络", "应急", "防汛", "消防",
    "交通", "电子", "政务", "市场", "主要", "周边", "配套", "附属", "相关", "有关", "其他", "部分", "以及", "和的",
];

/// Words that fall out of names without making them names of something else.
const SLIPPING: &[&str] =
    &["改革", "发展", "教育", "建设", "工作", "提升", "拔尖", "优质", "均衡", "基本", "协同", "实施", "专项", "行动"];

#[derive(Clone)]
struct Name {
    /// Its words, with the quotation marks inside it.
    words: Vec<char>,
    /// Where it stands.
    span: Span,
    line: usize,
    /// Whether marks tell where it begins.
    whole: bool,
}

/// Ends that are easily put for one another.
const KIN: &[&str] = &["示范区", "示范基地", "示范园", "示范校", "示范县", "示范点", "示范站", "实验基地", "实训基地"];

/// Reports names that are the same but for such an end.
pub fn kin(case: &Case<'_>, ends: &[Pattern], hits: &mut Vec<Hit>) {
    let names = runs(case, ends);
    let mut by_stem: BTreeMap<Vec<char>, Vec<(&Name, &str)>> = BTreeMap::new();
    for name in &names {
        let text: String = name.words.iter().filter(|c| !is_quote(**c)).collect();
        let Some(end) = KIN.iter().find(|end| text.ends_with(**end)) else { continue };
        let stem: Vec<char> = text[..text.len() - end.len()].chars().collect();
        if stem.len() >= STEM {
            by_stem.entry(stem[stem.len() - STEM..].to_vec()).or_default().push((name, end));
        }
    }
    for group in by_stem.values() {
        for (index, (name, end)) in group.iter().enumerate() {
            let count = |end: &str| group.iter().filter(|(_, other)| *other == end).count();
            let Some((right, right_end)) = group.iter().find(|(_, other)| other != end) else { continue };
            let (mine, theirs) = (count(end), group.len() - count(end));
            let is_later = group[..index].iter().any(|(_, other)| other != end);
            if mine < theirs || mine == theirs && is_later {
                let stem = |name: &Name, end: &str| name.words[..name.words.len() - end.chars().count()].to_vec();
                let (a, b) = (stem(name, end), stem(right, right_end));
                let equal = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count().max(STEM);
                let place = tail_span(case, name, equal + end.chars().count());
                let other = tail_span(case, right, equal + right_end.chars().count());
                let hit = Hit::at(place).related(other, "他处的写法").hole("name", quoted(case.slice(place)));
                hits.push(hit.hole("other", quoted(case.slice(other))));
            }
        }
    }
}

/// How many characters before such an end must be the same.
const STEM: usize = 6;

/// Reports the names that differ from one used more often, or earlier, by a slip.
pub fn find(case: &Case<'_>, ends: &[Pattern], differ: u8, hits: &mut Vec<Hit>) {
    let names = if differ == 1 { runs(case, ends).into_iter().chain(marked(case)).collect() } else { marked(case) };
    let mut reported: Vec<Span> = Vec::new();
    for (a, b) in pairs(&names) {
        if a.words == b.words || a.whole != b.whole || a.span.overlaps(b.span) {
            continue;
        }
        let Some(slip) = slip(&a.words, &b.words, differ) else { continue };
        if !slip.fits(a, b) {
            continue;
        }
        let count = |tail: &[char]| names.iter().filter(|name| name.words.ends_with(tail)).count();
        let (in_a, in_b) = (count(slip.tail(&a.words, slip.drop.0)), count(slip.tail(&b.words, slip.drop.1)));
        if in_a > 1 && in_b > 1 || is_defined(case, a, b) {
            continue;
        }
        let later_is_b = a.span.start < b.span.start;
        let (wrong, right) = if in_a > in_b || (in_a == in_b && later_is_b) { (b, a) } else { (a, b) };
        let close = slip.near_only && (in_a == in_b || wrong.line != right.line);
        if close || reported.iter().any(|span| span.overlaps(wrong.span)) {
            continue;
        }
        let (wrong_drop, right_drop) = if std::ptr::eq(wrong, b) { (slip.drop.1, slip.drop.0) } else { slip.drop };
        let place = tail_span(case, wrong, slip.length(wrong_drop));
        let other = tail_span(case, right, slip.length(right_drop));
        reported.push(wrong.span);
        let hit = Hit::at(place).related(other, "他处的写法").hole("name", quoted(case.slice(place)));
        hits.push(hit.hole("other", quoted(case.slice(other))));
    }
}

/// Reports the marked names of a set of documents that differ by a slip from one used more often, or in an earlier document.
pub fn across<'l>(ledgers: &'l [Ledger], differ: u8, hits: &mut Vec<Across<'l>>) {
    let stated =
        || ledgers.iter().enumerate().flat_map(|(index, ledger)| ledger.names.iter().map(move |name| (index, name)));
    let places: Vec<(usize, &Place)> = stated().map(|(index, name)| (index, &name.place)).collect();
    // Spans of several documents do not compare: each name stands where it comes in the set.
    let names: Vec<Name> = stated()
        .enumerate()
        .map(|(at, (line, name))| Name { words: name.value.clone(), span: Span::new(at, at + 1), line, whole: true })
        .collect();
    let mut reported: Vec<usize> = Vec::new();
    for (a, b) in pairs(&names) {
        let Some(slip) = slip(&a.words, &b.words, differ).filter(|slip| a.words != b.words && slip.fits(a, b)) else {
            continue;
        };
        let count = |words: &[char]| names.iter().filter(|name| name.words == words).count();
        let (of_a, of_b) = (count(&a.words), count(&b.words));
        let (wrong, right) = if of_a < of_b { (a, b) } else { (b, a) };
        let known = names.iter().any(|name| name.line == wrong.line && name.words == right.words);
        if a.line == b.line || known || slip.near_only || of_a > 1 && of_b > 1 || reported.contains(&wrong.span.start) {
            continue;
        }
        reported.push(wrong.span.start);
        let ((at, place), (other, right)) = (places[wrong.span.start], places[right.span.start]);
        hits.push(Across {
            at: (at, place),
            related: (other, right, "另一份文件的写法"),
            holes: vec![
                ("name", quoted(&place.words)),
                ("other", quoted(&right.words)),
                ("file", ledgers[other].file_name().to_owned()),
            ],
        });
    }
}

/// The names that may be compared: those whose last three characters are the same.
fn pairs(names: &[Name]) -> Vec<(&Name, &Name)> {
    let mut by_end: BTreeMap<&[char], Vec<&Name>> = BTreeMap::new();
    for name in names {
        by_end.entry(&name.words[name.words.len() - 3..]).or_default().push(name);
    }
    let mut pairs = Vec::new();
    // A list of hundreds of names of one kind tells distinct things apart; comparing them all would be slow and wrong.
    for group in by_end.into_values().filter(|group| group.len() <= MOST) {
        for (index, a) in group.iter().enumerate() {
            pairs.extend(group[index + 1..].iter().map(|b| (*a, *b)));
        }
    }
    pairs.sort_by_key(|(a, b)| (a.span, b.span));
    pairs
}

/// The most names with one end that are compared.
const MOST: usize = 200;

/// How two names differ: equal ends, then so many characters only in each, then equal words before.
struct Slip {
    after: usize,
    drop: (usize, usize),
    before: usize,
    differing: (Vec<char>, Vec<char>),
    near_only: bool,
}

impl Slip {
    fn length(&self, drop: usize) -> usize {
        self.after + drop + self.before
    }

    fn tail<'a>(&self, words: &'a [char], drop: usize) -> &'a [char] {
        &words[words.len() - self.length(drop).min(words.len())..]
    }

    /// Whether the difference is of the kind a slip of the pen makes.
    fn fits(&self, a: &Name, b: &Name) -> bool {
        let told = |words: &[char]| {
            let word: String = words.iter().collect();
            words.iter().any(|&c| TELLING.contains(c) || is_quote(c)) || TELLING_WORDS.contains(&word.as_str())
        };
        if told(&self.differing.0) || told(&self.differing.1) {
            return false;
        }
        // Two whole names must agree to their first characters.
        let reaches_start =
            !a.whole || (self.length(self.drop.0) == a.words.len() && self.length(self.drop.1) == b.words.len());
        // Titles are many and alike; a short one that lacks a word is more often another document.
        let long = !a.whole || self.drop == (1, 1) || a.words.len().max(b.words.len()) >= 12;
        reaches_start && long
    }
}

fn slip(a: &[char], b: &[char], differ: u8) -> Option<Slip> {
    let after = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[..a.len() - after], &b[..b.len() - after]);
    let drops: &[(usize, usize)] = match differ {
        1 => &[(1, 1), (0, 1), (1, 0), (0, 2), (2, 0), (2, 2)],
        _ => &[(2, 2), (0, 2), (2, 0)],
    };
    let mut best: Option<Slip> = None;
    for &drop in drops {
        if rest_a.len() < drop.0 || rest_b.len() < drop.1 {
            continue;
        }
        let (head_a, head_b) = (&rest_a[..rest_a.len() - drop.0], &rest_b[..rest_b.len() - drop.1]);
        let before = head_a.iter().rev().zip(head_b.iter().rev()).take_while(|(x, y)| x == y).count();
        // 融合资源中心 beside 融合教育资源中心 in one paragraph, the latter more often.
        let differing = (rest_a[head_a.len()..].to_vec(), rest_b[head_b.len()..].to_vec());
        // What stands right after an opening mark is known to begin there: “澜邻里”居家养老服务中心.
        let opens = head_a[head_a.len() - before..].first() == Some(&'“') && before >= 3;
        let swapped = differing.0.iter().eq(differing.1.iter().rev());
        let near_only = before < 4 && !opens;
        let word: String = if drop.0 == 2 { &differing.0 } else { &differing.1 }.iter().collect();
        let is_slipping = SLIPPING.contains(&word.as_str());
        let enough = match drop {
            (1, 1) => (before >= 4 || opens) && after >= 4,
            (2, 2) if differ == 1 => swapped && (before >= 4 || opens) && after >= 4,
            (0, 2) | (2, 0) if near_only => differ == 1 && before >= 2 && after >= 4 && word == "教育",
            (2, 2) => before >= 6 && after >= 4,
            // With another word missing, whole names are at most worth a look, and runs are two things.
            (0, 2) | (2, 0) if is_slipping != (differ == 1) => false,
            _ => before >= 4 && after >= 3 && before + after >= 8,
        };
        if enough && best.as_ref().is_none_or(|known| before > known.before) {
            best = Some(Slip { after, drop, before, differing, near_only });
        }
    }
    best
}

/// The last `count` characters of a name, as a place; marks that stand between them come along.
fn tail_span(case: &Case<'_>, name: &Name, count: usize) -> Span {
    if name.whole {
        return name.span;
    }
    let text = case.slice(name.span);
    let mut left = count;
    let start = text.char_indices().rev().find(|&(_, c)| {
        left -= usize::from(is_word(c) || is_quote(c));
        left == 0
    });
    let words = &text[start.map_or(0, |(at, _)| at)..];
    // A mark whose partner lies outside the name is none of it.
    let words = words.strip_prefix('“').filter(|rest| !rest.contains('”')).unwrap_or(words);
    let lead = VERBS.iter().find(|verb| words.starts_with(**verb)).map_or(0, |verb| verb.len());
    Span::new(name.span.end - words.len() + lead, name.span.end)
}

/// Verbs that stand before a name and are none of it.
const VERBS: &[&str] = &[
    "创建", "争创", "创成", "建成", "建设", "打造", "实施", "推进", "推动", "开展", "申报", "启动", "做好", "完善",
    "组织", "举办", "落实", "培育", "深化", "加快", "加强", "通过", "依托", "支持", "发挥", "参加", "完成", "制定",
    "优化", "提升", "成立", "设立", "筹建", "新建",
];

/// Whether one of the names is the short name the document gives the other.
fn is_defined(case: &Case<'_>, a: &Name, b: &Name) -> bool {
    let text = case.document.text();
    [a, b].iter().any(|name| {
        let before = &text[..name.span.start];
        before.trim_end_matches(['“', '《', '：', ':']).ends_with("简称")
            || before.ends_with("原")
            || before.ends_with("原《")
    })
}

/// Whether a character belongs to the words of a name; quotation marks inside it do not.
fn is_word(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric() || c == '+'
}

/// A name as a message shows it.
fn quoted(name: &str) -> String {
    if name.starts_with(['“', '《']) { name.to_owned() } else { format!("“{name}”") }
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”')
}

/// Runs of words that end like a name.
fn runs(case: &Case<'_>, ends: &[Pattern]) -> Vec<Name> {
    let document = case.document;
    let mut places: Vec<Span> = ends.iter().flat_map(|end| case.scan.places(end, case.part.span)).collect();
    places.sort_unstable_by_key(|span| span.end);
    places.dedup_by_key(|span| span.end);
    let mut names = Vec::new();
    let mut last_end: usize = 0;
    for place in places {
        let line = document.line_at(place.start);
        let text = &document.text()[line.span.start..line.span.end.max(place.end)];
        let end = place.end - line.span.start;
        // 中心 in 中心校, 示范区 in 示范区域: the word goes on.
        if matches!(line.kind, LineKind::Cell | LineKind::Furniture | LineKind::Metadata | LineKind::Verbatim)
            || text[end..].starts_with(['校', '城', '组', '域', '村', '镇', '线', '化', '性', '户', '主', '小', '幼'])
        {
            continue;
        }
        let floor = last_end.saturating_sub(line.span.start);
        let start = text[..end]
            .char_indices()
            .rev()
            .take(30)
            .take_while(|&(_, c)| is_word(c) || is_quote(c))
            .last()
            .map_or(end, |(at, _)| at)
            .max(floor);
        last_end = place.end;
        let words: Vec<char> = text[start..end].chars().collect();
        let span = Span::new(line.span.start + start, place.end);
        if words.len() >= 6 && document.enclosing(PartKind::BookTitle, span).is_none() {
            names.push(Name { words, span, line: document.line_index_at(span.start), whole: false });
        }
    }
    names
}

/// Names between marks.
fn marked(case: &Case<'_>) -> Vec<Name> {
    let found = marked_names(case.document).into_iter().filter(|(_, span)| case.part.span.contains(*span));
    let line = |span: Span| case.document.line_index_at(span.start);
    found.map(|(words, span)| Name { words, span, line: line(span), whole: true }).collect()
}
