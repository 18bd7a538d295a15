//! The words by which the matter of a quantity is told from what only leads up to it.

use std::sync::OnceLock;

/// Words that a text may begin or end with. Every quantity of every document is asked for them, so that only those are
/// tried that share the character.
pub(super) struct Words {
    all: &'static [&'static str],
    by_first: OnceLock<Vec<(char, &'static str)>>,
    by_last: OnceLock<Vec<(char, &'static str)>>,
}

impl Words {
    const fn new(all: &'static [&'static str]) -> Words {
        Words { all, by_first: OnceLock::new(), by_last: OnceLock::new() }
    }

    /// The longest of them that a text begins with.
    pub(super) fn beginning(&self, text: &str) -> Option<&'static str> {
        let sorted = self.by_first.get_or_init(|| self.sorted(|word| word.chars().next()));
        with(sorted, text.chars().next()?).filter(|word| text.starts_with(word)).max_by_key(|word| word.len())
    }

    /// The longest of them that a text ends with.
    pub(super) fn ending(&self, text: &str) -> Option<&'static str> {
        let sorted = self.by_last.get_or_init(|| self.sorted(|word| word.chars().next_back()));
        with(sorted, text.chars().next_back()?).filter(|word| text.ends_with(word)).max_by_key(|word| word.len())
    }

    /// Whether a word is one of them.
    pub(super) fn hold(&self, word: &str) -> bool {
        self.beginning(word) == Some(word)
    }

    fn sorted(&self, key: impl Fn(&str) -> Option<char>) -> Vec<(char, &'static str)> {
        let mut sorted: Vec<(char, &'static str)> =
            self.all.iter().filter_map(|word| Some((key(word)?, *word))).collect();
        sorted.sort_unstable();
        sorted
    }
}

fn with(sorted: &[(char, &'static str)], key: char) -> impl Iterator<Item = &'static str> {
    let from = sorted.partition_point(|(c, _)| *c < key);
    sorted[from..].iter().take_while(move |(c, _)| *c == key).map(|(_, word)| *word)
}

/// Words before a metric that say nothing of what it is.
pub(super) static LEADS: Words = Words::new(&[
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
    "规划期内",
    "期内",
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
]);

/// Words before a metric that say that it is planned, or that it has come about.
pub(super) static PLANNED: Words =
    Words::new(&["计划", "力争", "争取", "确保", "预计", "拟", "将", "要", "预期", "目标"]);
pub(super) static ACHIEVED: Words = Words::new(&["已经", "已", "累计", "共计"]);

/// Whose a metric is.
pub(super) static OWNERS: Words = Words::new(&[
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
]);

/// Words between a metric and its value that only join them.
pub(super) static COPULAS: Words = Words::new(&[
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
    "由",
    "从",
]);

/// Words that make a value the change of what stands before.
pub(super) static CHANGES: Words = Words::new(&[
    "增长", "增加", "提高", "提升", "上升", "扩大", "下降", "减少", "降低", "回落", "压减", "增幅", "降幅", "多", "少",
    "净增", "新增",
]);

/// What a change is measured against.
pub(super) static COMPARED: Words = Words::new(&[
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
]);

/// Verbs whose object follows the quantity: 新建35所幼儿园.
pub(super) static VERBS: Words = Words::new(&[
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
]);

/// Where the object after a quantity ends.
pub(super) const OBJECT_ENDS: &[&str] =
    &["并", "和", "及", "与", "等", "为", "是", "已", "都", "均", "以上", "以下", "左右", "，", "、", "的"];
