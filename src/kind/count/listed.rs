//! Words in a row, with 、 between them: before the number, after a colon, in a bracket.

use super::{Listed, Stated, around};
use crate::document::Document;
use crate::document::enumeration::{Entry, entries};
use crate::document::lexicon::Lexicon;
use crate::document::part::PartKind;
use crate::source::Span;

/// Words that join the last two of a list, or two words to one name.
const JOINTS: [char; 3] = ['和', '与', '及'];

/// Words that begin with what looks like a joint.
const NO_JOINTS: [&str; 9] = ["和谐", "和平", "和睦", "普及", "涉及", "参与", "以及其他", "及时", "与会"];

/// Kinds of places and offices, which are written in a bracket after one of them.
const KINDS: [&str; 20] = [
    "自治区",
    "直辖市",
    "自治州",
    "自治县",
    "市",
    "区",
    "县",
    "旗",
    "乡",
    "镇",
    "街道",
    "社区",
    "村",
    "园区",
    "开发区",
    "地区",
    "盟",
    "农场",
    "功能区",
    "高新区",
];

/// Verbs and the like that a list cannot end with: after them the number begins an object of its own.
const VERBS: [&str; 46] = [
    "坚定",
    "做到",
    "推进",
    "坚持",
    "宣传",
    "落实",
    "执行",
    "贯彻",
    "开展",
    "实施",
    "提出",
    "形成",
    "遵循",
    "维护",
    "增强",
    "践行",
    "实行",
    "推行",
    "建立",
    "健全",
    "完善",
    "抓好",
    "抓实",
    "搞好",
    "做好",
    "突出",
    "聚焦",
    "围绕",
    "把握",
    "发挥",
    "打造",
    "建设",
    "深化",
    "组织",
    "举办",
    "设立",
    "不低于",
    "共处",
    "和平共处",
    "达到",
    "确保",
    "实现",
    "设置",
    "处以",
    "累计",
    "连续",
];

/// Words with which a list begins, though 、 stands before them: 甲局、乙局要聚焦道路、消防两个领域.
static LEADS: Lexicon = Lexicon::new(&[
    "分为",
    "包括",
    "采取",
    "聚焦",
    "围绕",
    "涵盖",
    "涉及",
    "分别是",
    "分别为",
    "划分为",
    "设有",
    "下设",
    "负责",
    "侧重于",
    "突出",
    "针对",
]);

/// Whom a list of fields does not count: 分管教育、卫生两个副县长.
const PEOPLE: [&str; 8] = ["副", "领导", "同志", "干部", "专家", "负责", "代表", "人员"];

/// How many words a list has, where 和 may join two.
pub(super) struct Words {
    found: usize,
    least: usize,
    most: usize,
    span: Span,
}

impl Words {
    /// Counts the entries of a list.
    pub(super) fn of(document: &Document, list: &[Entry<'_>]) -> Option<Words> {
        let joined = |entry: &Entry<'_>| {
            let mut words = document.slice(entry.span).to_owned();
            NO_JOINTS.iter().for_each(|word| words = words.replace(word, ""));
            words.trim_start_matches("以及").contains(JOINTS)
        };
        let last = list.last()?;
        let joints = list.iter().filter(|entry| joined(entry)).count();
        let found = list.len() + usize::from(joined(last));
        let span = list.first()?.span.cover(last.span);
        Some(Words { found, least: list.len(), most: list.len() + joints, span })
    }

    pub(super) fn listed(self, open: bool) -> Listed {
        // After 等 there may be more than are named.
        let most = if open { usize::MAX } else { self.most };
        Listed { found: self.found, right: (self.least, most), places: vec![self.span], instead: None }
    }
}

/// Whether an entry is but a numeral: 一、二、三等奖.
pub(super) fn is_numeral(document: &Document, entry: &Entry<'_>) -> bool {
    document.slice(entry.span).trim().chars().all(|c| "一二三四五六七八九十百0123456789ⅠⅡⅢⅣⅤ".contains(c))
}

pub(super) fn length(document: &Document, entry: &Entry<'_>) -> usize {
    document.slice(entry.span).trim().chars().count()
}

/// 甲、乙、丙 after a colon, to the end of the sentence or bracket.
pub(super) fn after(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let around = around(document, stated.span);
    let rest = Span::new(stated.span.end, around.end.max(stated.span.end));
    let lead = document.slice(rest);
    let opener = ["：", ":", "，即", "，分别是", "，分别为"];
    let (at, mark) = opener.iter().filter_map(|mark| Some((lead.find(mark)?, *mark))).min()?;
    let noun = &lead[..at];
    if noun.chars().count() > 8 || noun.contains(['，', '、', '。', '；', '等', '（', '(', '；']) {
        return None;
    }
    let mut start = rest.start + at + mark.len();
    if document.text()[start..rest.end].starts_with('：') {
        start += '：'.len_utf8();
    }
    let list = entries(document, Span::new(start, rest.end));
    let is_plain = |entry: &Entry<'_>| {
        let words = document.slice(entry.span).trim();
        let ordinal = ["一是", "一要", "一方面", "一个", "第一", "首先"].iter().any(|word| words.starts_with(word));
        (1..=14).contains(&words.chars().count()) && entry.quantities.is_empty() && !ordinal
    };
    let count = list.iter().take_while(|entry| entry.after == Some('、')).count() + 1;
    let list = &list[..count.min(list.len())];
    let last = list.last()?;
    // 分别是甲和乙.
    if let [pair] = list
        && mark.starts_with("，分别")
        && matches!(pair.after, None | Some('。' | '；'))
        && pair.quantities.is_empty()
        && length(document, pair) <= 24
        && document.slice(pair.span).matches(JOINTS).count() == 1
    {
        return Some(Listed::new(2, vec![pair.span]));
    }
    let closed = matches!(last.after, None | Some('。'));
    let open = document.slice(last.span).contains('等');
    let noun = noun.trim_start_matches('个').trim_end_matches('”');
    let echoes = noun.chars().count() > 1
        && list.iter().all(|entry| document.slice(entry.span).contains(noun) && entry.quantities.is_empty());
    if echoes && list.len() > 1 && matches!(last.after, None | Some('。' | '；' | '，')) {
        return Some(Words::of(document, list)?.listed(open));
    }
    if list.len() < 2
        || !closed
        || open
        || !list.iter().all(is_plain)
        || list.iter().any(|entry| is_numeral(document, entry))
    {
        return None;
    }
    if noun.starts_with('字') {
        return characters(document, list);
    }
    let joined = list.iter().filter(|entry| document.slice(entry.span).contains(JOINTS)).count();
    if joined > 1 {
        return None;
    }
    Some(Words::of(document, list)?.listed(false))
}

/// 甲、乙、丙 in a bracket that opens soon after the number: 三个课堂（甲、乙、丙）.
pub(super) fn bracket(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let around = around(document, stated.span);
    let lead = document.slice(Span::new(stated.span.end, around.end.max(stated.span.end)));
    let open = lead.find(['（', '('])?;
    let noun = &lead[..open];
    if noun.chars().count() > 8 || noun.contains(['，', '、', '。', '；', '：', '等', '“', '《']) {
        return None;
    }
    let start = stated.span.end + open;
    let parts = document.parts(PartKind::Bracket);
    let bracket = parts.iter().find(|part| part.span.start == start)?;
    let list = entries(document, bracket.text);
    let is_plain = |entry: &Entry<'_>| {
        let words = document.slice(entry.span).trim();
        let other = ["含", "其中", "不", "见", "详", "即", "包括", "如", "下同", "或", "以下", "以及", "级以"];
        (2..=14).contains(&words.chars().count())
            && entry.quantities.is_empty()
            && !other.iter().any(|word| words.starts_with(word))
    };
    let marks = ['、', '；', '，'];
    let mark = list.first()?.after.filter(|mark| marks.contains(mark))?;
    let same = list[..list.len() - 1].iter().all(|entry| entry.after == Some(mark));
    let last = list.last()?;
    // 县（市、区）, 省（自治区、直辖市） say what kinds there are, not which.
    let kinds = list.iter().all(|entry| KINDS.contains(&document.slice(entry.span).trim()))
        || list.iter().any(|entry| length(document, entry) < 3) && list.len() < 3;
    let open = document.slice(last.span).ends_with('等') || document.slice(last.span).contains("等等");
    if list.len() < 2 || !same || mark == '，' || kinds || !list.iter().all(is_plain) {
        return None;
    }
    Some(Words::of(document, &list)?.listed(open))
}

/// The list that ends right before the number, with 等 and the mark of a short form between them.
fn list_before<'d>(document: &'d Document, stated: &Stated<'_>) -> Option<(Vec<Entry<'d>>, bool)> {
    let around = around(document, stated.span);
    if stated.span.start < around.start {
        return None;
    }
    let text = document.slice(Span::new(around.start, stated.span.start));
    let bare = text.strip_suffix('“').unwrap_or(text);
    let (bare, open) = bare.strip_suffix('等').map_or((bare, false), |bare| (bare, true));
    let bare = bare.strip_suffix(['这', '共']).unwrap_or(bare);
    // 甲、乙、丙为三大产业.
    let bare = bare.strip_suffix('为').filter(|_| stated.han).unwrap_or(bare);
    if bare.ends_with(['，', '、', '。', '；', '：', '！', '？', ',', ';', ':']) {
        return None;
    }
    if !bare.contains('、') {
        return None;
    }
    let mut list = entries(document, Span::new(around.start, around.start + bare.len()));
    let from = list.iter().rposition(|entry| entry.before != Some('、'))?;
    let mut list = list.split_off(from);
    let leads = |entry: &Entry<'_>| LEADS.is_in(document.slice(entry.span));
    let list = list.split_off(list.iter().rposition(leads).unwrap_or(0));
    let last = list.last()?;
    let words = document.slice(last.span);
    // 广东、福建两省的深圳: another number stands within.
    let inner = list.iter().any(|entry| {
        let words = document.slice(entry.span);
        let at = words.find(['两', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
        at.is_some_and(|at| words[at..].chars().nth(1).is_some_and(|c| "省市县区乡镇国个项级类种大者家".contains(c)))
    });
    let ends = [
        '的', '共', '第', '每', '各', '前', '后', '近', '约', '于', '‘', '为', '是', '有', '在', '从', '到', '至',
        '这', '那', '其', '下', '列', '述', '续', '少', '多', '侧', '外', '了',
    ];
    // 粮食安全、耕地保护、乡村建设: alike in length, its last word is a noun as the others are.
    let alike = list.len() > 2
        && length(document, last) > 3
        && list[1..].iter().all(|entry| length(document, entry) == length(document, last));
    let hangs = words.is_empty()
        || inner
        || words.ends_with(JOINTS)
        || words.ends_with(ends)
        || !alike && VERBS.iter().any(|verb| words.ends_with(verb));
    // 村庄、集镇总体规划和村庄、集镇建设规划: 和 joins two lists.
    let twice = list.len() < 4
        && list
            .iter()
            .skip(1)
            .take(list.len().saturating_sub(2))
            .any(|entry| document.slice(entry.span).contains(JOINTS));
    let hangs = hangs || twice;
    let odd = list.iter().any(|entry| !entry.quantities.is_empty() || is_numeral(document, entry));
    (list.len() > 1 && !hangs && !odd).then_some((list, open))
}

/// 市场、政务、法治三个环境: a number in Han, or one whose measure word counts kinds.
pub(super) fn before(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let (list, open) = list_before(document, stated)?;
    let others = &list[1..];
    let plain = others.iter().all(|entry| (1..=12).contains(&length(document, entry)));
    let clause = others.iter().any(|entry| document.slice(entry.span).contains(['“', '《', '”']));
    let text = document.text();
    // “五大总成” is a name; a short form that counts what stands before it counts three or more.
    let name = text[..stated.span.start].ends_with('“') && list.len() < 3;
    let rest = &text[stated.span.end..];
    // 棉纺织、印染厂十五个，: what is counted stands before the number; 海南岛八所和安徽: the list goes on.
    let noun = rest.starts_with(crate::document::character::is_han) && !rest.starts_with(JOINTS)
        || matches!(stated.unit, "方面" | "部分" | "类" | "大类" | "级");
    // 中央和省、市两级; 七级文员、专业技术八级.
    let level = stated.unit.chars().count() == 1 && stated.unit != "个";
    let words = document.slice(list[0].span.cover(list[list.len() - 1].span));
    let unsure = stated.unit == "级" && words.ends_with("国家")
        || level && words.contains(stated.unit)
        || stated.unit == "级" && words.contains(JOINTS);
    // 刘某塞进八大决议中的: a congress.
    let congress = stated.unit == "大"
        && ["决议", "报告", "精神", "以来", "代表", "路线", "召开", "党章"].iter().any(|word| rest.starts_with(word));
    // 中央八项规定, 铁人三项, 残疾人两项补贴: names.
    let known =
        stated.unit == "项" && (rest.starts_with("规定") || rest.starts_with("补贴") || words.ends_with("铁人"));
    // 甘电入浙、金七门核电: the number is part of a name.
    let cut = stated.unit == "门" && length(document, &list[list.len() - 1]) == 1;
    let people =
        congress || known || cut || PEOPLE.iter().any(|word| rest.starts_with(word)) && stated.number < list.len();
    if !plain || clause || name || !noun || unsure || people {
        return None;
    }
    // 城区、郊区的中小学、幼儿园两类单位: the list may begin behind 的.
    let behind = list.iter().rposition(|entry| document.slice(entry.span).contains('的')).unwrap_or(0);
    let listed = Words::of(document, &list)?.listed(open);
    Some(Listed { right: (listed.right.0.min(list.len() - behind), listed.right.1), ..listed })
}

/// 田径、足球、篮球3项联赛, 甲县、乙县2个县: words of one kind, so that an Arabic number counts them.
pub(super) fn beside(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let (list, open) = list_before(document, stated)?;
    let words: Vec<&str> = list.iter().map(|entry| document.slice(entry.span).trim()).collect();
    let line = document.line_at(stated.span.start).span;
    let rest = document.slice(Span::new(stated.span.end, line.end.max(stated.span.end)));
    let people = matches!(stated.unit, "人" | "名" | "位");
    let is_person = |word: &str| word.chars().nth(1).is_some_and(|c| c == '某') && word.chars().count() <= 3;
    if people {
        let all = words[1..].iter().all(|word| is_person(word)) && words[0].contains('某');
        return if all { Some(Words::of(document, &list)?.listed(open)) } else { None };
    }
    // 学校、幼儿园62所，: what is counted stands before the number.
    let noun = rest.starts_with(crate::document::character::is_han);
    // 工商局（1953年）: what a bracket says is no part of the name.
    let length =
        |entry: &Entry<'_>| document.slice(entry.span).split('（').next().unwrap_or_default().trim().chars().count();
    let lengths: Vec<usize> = list[1..].iter().map(length).collect();
    let ending = |word: &str| word.chars().next_back();
    let same_end = words.iter().all(|word| ending(word) == ending(words[0]));
    let same_length =
        words.len() > 2 && lengths.iter().all(|&other| other == lengths[0]) && (2..=4).contains(&lengths[0]);
    let kind = matches!(stated.unit, "类" | "方面" | "大" | "种" | "大类" | "部分" | "环节" | "个方面")
        || [
            "方面", "环节", "层面", "维度", "等次", "等级", "档次", "领域", "层次", "类别", "阶段", "步骤", "渠道",
            "专班", "小组", "部分", "模块",
        ]
        .iter()
        .any(|word| rest.starts_with(word));
    let most = if kind && open { 14 } else { 10 };
    let short = lengths.iter().all(|length| (1..=most).contains(length));
    let alike = same_end && words.len() > 2 || same_length && noun || kind && words.len() > 1;
    // 钢铁、有色、化工等重点行业46种产品: so few are not what so many are.
    let far = stated.number > 3 * list.len();
    (short && alike && !far).then(|| Words::of(document, &list)).flatten().map(|words| words.listed(open))
}

/// “巩固、增强、提升、畅通”八个字: their characters, or the words.
pub(super) fn characters(document: &Document, list: &[Entry<'_>]) -> Option<Listed> {
    let found: usize = list.iter().map(|entry| length(document, entry)).sum();
    let span = list.first()?.span.cover(list.last()?.span);
    Some(Listed { right: (list.len().min(found), found), ..Listed::new(found, vec![span]) }).filter(|_| list.len() > 1)
}
