//! What a quantity measures, from the words before and after it.

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

/// Words before a metric that say nothing of what it is.
const LEADS: &[&str] = &[
    "年初确定的",
    "年初",
    "同时",
    "并且",
    "并",
    "今年",
    "本年",
    "去年",
    "上年",
    "明年",
    "当年",
    "全年",
    "年内",
    "年底前",
    "年底",
    "年末",
    "上半年",
    "下半年",
    "前三季度",
    "第一季度",
    "第二季度",
    "第三季度",
    "第四季度",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "期间",
    "以来",
    "截至",
    "截止",
    "到",
    "至",
    "从",
    "由",
    "底前",
    "底",
    "末",
    "前",
    "目前",
    "现已",
    "现",
    "我们",
    "共",
    "总共",
    "一共",
    "合计",
    "再",
    "还",
    "又",
    "分别",
    "每年",
    "来",
];

/// Words before a metric that say that it is planned, or that it has come about.
const PLANNED: &[&str] = &["计划", "力争", "争取", "确保", "预计", "拟", "将", "要", "预期", "目标"];
const ACHIEVED: &[&str] = &["已经", "已", "累计", "共计"];

/// Whose a metric is.
const OWNERS: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "全镇",
    "全乡",
    "全街道",
    "全州",
    "全系统",
    "我省",
    "我市",
    "我县",
    "我区",
    "我镇",
    "我局",
    "本市",
    "本县",
    "本区",
    "本省",
    "全校",
    "我校",
];

/// Words between a metric and its value that only join them.
const COPULAS: &[&str] = &[
    "达到了",
    "达到",
    "已达",
    "达",
    "为",
    "是",
    "有",
    "共有",
    "共计",
    "共",
    "总计",
    "合计",
    "累计",
    "超过",
    "突破",
    "不少于",
    "不低于",
    "不超过",
    "控制在",
    "保持在",
    "稳定在",
    "提高到",
    "提升到",
    "增加到",
    "上升到",
    "扩大到",
    "下降到",
    "降低到",
    "降到",
    "降至",
    "增至",
    "提高至",
    "提升至",
    "升至",
    "了",
    "约",
    "近",
    "至少",
    "在",
    "到",
    "至",
    "分别",
    "仅",
    "只有",
    "均",
    "各",
    "：",
    ":",
];

/// Words that make a value the change of what stands before.
const CHANGES: &[&str] = &[
    "增长", "增加", "提高", "提升", "上升", "扩大", "下降", "减少", "降低", "回落", "压减", "增幅", "降幅", "多", "少",
    "净增", "新增",
];

/// What a change is measured against.
const COMPARED: &[&str] = &[
    "同比",
    "环比",
    "比上年",
    "比去年",
    "较上年",
    "较去年",
    "比上年同期",
    "较上年同期",
    "比去年同期",
    "比上年末",
    "较上年末",
    "比年初",
    "较年初",
    "同比净",
    "又",
    "再",
    "名义",
    "实现",
];

/// Verbs whose object follows the quantity: 新建35所幼儿园.
const VERBS: &[&str] = &[
    "新建",
    "新增",
    "新改扩建",
    "新改建",
    "改扩建",
    "改建",
    "扩建",
    "建成",
    "建设",
    "改造",
    "完成",
    "培育",
    "培训",
    "发放",
    "引进",
    "开展",
    "举办",
    "组织",
    "安排",
    "落实",
    "创建",
    "创成",
    "打造",
    "实施",
    "推进",
    "解决",
    "检查",
    "查处",
    "办理",
    "办结",
    "受理",
    "救助",
    "帮扶",
    "招聘",
    "选派",
    "评选",
    "认定",
    "命名",
    "表彰",
    "投入",
    "获得",
    "获",
    "建立",
    "设立",
    "成立",
    "配备",
    "购置",
    "采购",
    "提供",
    "帮助",
    "转移",
    "搬迁",
    "修建",
    "整治",
    "排查",
    "化解",
    "拨付",
    "下达",
    "争取",
    "实现",
    "现有",
    "拥有",
    "设有",
    "建有",
    "形成",
    "制定",
    "出台",
    "签订",
    "签约",
    "落地",
    "开工",
    "竣工",
    "招收",
    "招录",
    "补充",
    "遴选",
    "推出",
    "提升",
    "打通",
    "新开",
    "新辟",
    "关闭",
    "淘汰",
    "清理",
    "拆除",
    "种植",
    "栽植",
    "恢复",
    "治理",
    "覆盖",
    "惠及",
    "服务",
    "接待",
    "吸引",
    "带动",
];

/// Where the object after a quantity ends.
const OBJECT_ENDS: &[&str] =
    &["并", "和", "及", "与", "等", "为", "是", "已", "都", "均", "以上", "以下", "左右", "，", "、", "的"];

/// The most characters an object after a quantity has.
const LONGEST_OBJECT: usize = 14;

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
    let part = words.find("其中").map(|at| &words[at + "其中".len()..]);
    words = matter.take_leads(part.unwrap_or(words));
    words = trim_end(words, COPULAS);
    if let Some(change) = CHANGES.iter().find(|change| words.ends_with(**change)) {
        let rest = trim_end(&words[..words.len() - change.len()], COMPARED);
        // 新增 and 提升 alone take an object.
        if !rest.is_empty() || !VERBS.contains(change) || object(after).is_empty() {
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
    matter.verb = VERBS.iter().find(|verb| words.starts_with(**verb)).copied().unwrap_or("");
    matter.is_change = is_rate && before.trim_end().ends_with('的')
        || words.contains('占')
        || words.ends_with("比重")
        || words.ends_with("比例");
    let takes_object =
        words.is_empty() || words.ends_with(['于', '前']) || VERBS.iter().any(|verb| words.ends_with(verb));
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
            let lead = |list: &[&str]| list.iter().filter(|lead| rest.starts_with(**lead)).map(|lead| lead.len()).max();
            let (planned, achieved, owner) = (lead(PLANNED), lead(ACHIEVED), lead(OWNERS));
            self.planned |= planned.is_some();
            self.achieved |= achieved.is_some();
            if let Some(length) = owner {
                rest[..length].clone_into(&mut self.of);
            }
            let taken = [planned, achieved, owner, lead(LEADS)].into_iter().flatten().max();
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
    VERBS.iter().any(|verb| words.starts_with(verb))
}

/// The noun right after a quantity.
fn object(after: &str) -> &str {
    let run: usize = after.chars().take_while(|&c| is_han(c) || c.is_ascii_alphanumeric()).map(char::len_utf8).sum();
    let run = after[..run].trim_start_matches(['前', '起']);
    let end = OBJECT_ENDS.iter().filter_map(|end| run.find(end)).min().unwrap_or(run.len());
    let object = &run[..end];
    if object.chars().count() <= LONGEST_OBJECT { object } else { "" }
}

fn trim_end<'t>(mut words: &'t str, list: &[&str]) -> &'t str {
    loop {
        let rest = words.trim_end_matches(|c| is_blank(c) || c == '的');
        match list.iter().filter(|word| rest.ends_with(**word)).max_by_key(|word| word.len()) {
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
