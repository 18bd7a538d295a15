//! Units and measure words of official texts, and the words that only begin like one.

use super::numeral::{Notation, Numeral, is_han_numeral};
use crate::document::passage::Passage;
use rust_decimal::Decimal;

/// Words that any count may precede: 三个, 两家, 5项. Sorted by their bytes, as the search is binary.
#[rustfmt::skip]
const COUNTERS: &[&str] = &[
    "个", "个多小时", "个多月", "个学年", "个学时", "个学期", "个小时", "个工作日", "个月", "个百分点", "个课时", "人", "人次", "件", "份", "位",
    "倍", "册", "分钟", "台", "名", "周", "周岁", "周年", "场", "场次", "块", "堂", "处", "大", "大类", "天", "套", "学年",
    "学期", "家", "家次", "小时", "小组", "层", "岁", "工作日", "幢", "年", "座", "户", "户次", "所", "批", "批次",
    "支", "方面", "期", "条", "枚", "栋", "次", "款", "步", "点", "环节", "番", "种", "篇", "类", "节", "讲", "轮", "辆",
    "部分", "部委", "部门", "门", "间", "阶段", "项", "项次",
];

/// Words that follow Arabic numerals, or Han numerals of ten and more: 9000元, 五百亩. Sorted by their bytes.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "GB", "GW", "Hz", "KB", "KG", "KM", "KW", "Kg", "Km", "L", "MB", "MHz", "MPa", "MW", "Mbps",
    "Pa", "TB", "cm", "dB", "g", "h", "hm²", "kJ", "kPa", "kV", "kW", "kWh", "kW·h", "kg", "km",
    "km/h", "km²", "m", "m/s", "m2", "m3", "mL", "mg", "min", "ml", "mm", "m²", "m³", "nm", "s",
    "t", "°C", "μm", "‰", "℃", "㎏", "㎜", "㎝", "㎞", "㎡", "㎥", "丈", "乡", "乡镇", "亩", "亩次", "人份", "人天",
    "件次", "伏", "位次", "例", "例次", "元", "兆", "兆帕", "兆瓦", "克", "公分", "公升", "公斤", "公里", "公顷", "分", "分贝",
    "分钱", "列", "剂", "剂次", "副", "包", "匹", "区", "千伏", "千克", "千卡", "千帕", "千焦", "千瓦", "千瓦时", "千米",
    "千米/小时", "升", "华里", "卷", "厘米", "县", "县区", "双", "口", "句", "只", "台套", "台次", "吉瓦", "吨", "团", "圈", "声",
    "处次", "大卡", "头", "头次", "套次", "字", "字节", "季度", "学分", "学时", "宗", "宗次", "寸", "对", "封", "尺", "尾",
    "届", "市", "席", "幅", "平方", "平方公里", "平方千米", "平方厘米", "平方米", "平米", "床", "床位", "床次", "度", "张", "微克",
    "微米", "所次", "扇", "捆", "排", "摄氏度", "支次", "斤", "旗", "日", "日元", "期次", "本", "朵", "杆", "村", "束", "架",
    "架次", "标准班", "标准箱", "标箱", "校次", "株", "株次", "根", "桩", "桶", "棵", "欧元", "段", "毫克", "毫升", "毫米",
    "海里", "港元", "滴", "点位", "点次", "片", "片区", "班", "班次", "班级", "瓶", "疗程", "盆", "盏", "盒", "盘", "盘次",
    "省", "眼", "社区", "票", "秒", "秒钟", "立方", "立方米", "站", "笔", "筐", "箱", "米", "粒", "级", "纳米", "组", "美元",
    "羽", "艘", "节次", "英镑", "行", "街道", "袋", "角", "课时", "起", "趟", "车次", "轨", "轮次", "辆次", "辑", "遍", "道",
    "部", "针", "针次", "镇", "队", "集", "页", "顶", "颗", "首", "马力",
];

/// What, after a measure word, makes another word of it: 年级, 三分之一, 人大. Sorted by the measure word's bytes.
#[rustfmt::skip]
const REFUSED: &[(&str, &[&str])] = &[
    ("乡", &["村", "级", "土", "亲", "情", "风"]),
    ("人", &["大代表", "大常委", "民", "员", "才"]),
    ("位", &["置"]),
    ("例", &["如", "会", "外", "行"]),
    ("元", &["素", "旦", "宵", "月", "年"]),
    ("克", &["服", "难", "制"]),
    ("分", &["之", "别", "类", "析", "配", "布", "级", "组", "批", "期", "层", "步", "解", "管", "工", "开", "明"]),
    ("列", &["为", "入", "出", "举", "车", "席"]),
    ("副", &["校", "局", "主", "市", "县", "书", "省", "处", "科", "部", "厅", "院", "教", "职"]),
    ("包", &["括", "含", "装", "容", "村", "干", "保"]),
    ("匹", &["配"]),
    ("区", &["域", "级", "别", "委", "政", "属", "间", "块", "长", "划"]),
    ("升", &["级", "学", "格", "本", "旗"]),
    ("卷", &["入"]),
    ("县", &["级", "委", "政", "直", "属", "域", "城", "长"]),
    ("双", &["方", "向", "重", "减", "创", "师"]),
    ("口", &["径", "号", "岸", "腔", "岗", "头"]),
    ("句", &["容"]),
    ("只", &["有", "要", "能", "是", "为", "读"]),
    ("台", &["湾", "阶", "账", "风", "州"]),
    ("名", &["单", "称", "额", "誉"]),
    ("周", &["期", "边", "转", "密", "到"]),
    ("团", &["队", "结", "体", "员", "委", "购"]),
    ("场", &["所", "馆", "景", "地", "面"]),
    ("块", &["状"]),
    ("声", &["明", "音"]),
    ("处", &["于", "理", "置", "罚", "分", "级", "长", "室"]),
    ("大", &["于", "量", "型", "幅", "力", "众", "小", "多", "约", "学", "专", "会", "以", "精", "召", "胜", "报", "代", "、"]),
    ("天", &["空", "然", "津", "河", "府", "宁"]),
    ("头", &["部", "脑", "等", "号", "条"]),
    ("套", &["餐"]),
    ("字", &["样", "母", "号"]),
    ("家", &["庭", "长", "属", "政"]),
    ("对", &["口", "接", "象", "于", "照", "外", "应", "标", "比", "策", "手", "待"]),
    ("封", &["闭", "控", "面", "山", "装"]),
    ("层", &["面", "级", "次", "出"]),
    ("届", &["时"]),
    ("岁", &["月"]),
    ("市", &["场", "民", "级", "委", "政", "直", "属", "区", "长", "容"]),
    ("席", &["位"]),
    ("幅", &["度"]),
    ("年", &["级", "代", "龄", "轮", "画", "货", "味"]),
    ("度", &["过", "假"]),
    ("座", &["谈", "位"]),
    ("张", &["家", "贴", "力", "某"]),
    ("户", &["籍", "外", "型", "口"]),
    ("所", &["示", "列", "述", "需", "属", "在", "谓"]),
    ("批", &["准", "复", "评", "示", "判", "量"]),
    ("排", &["名", "查", "放", "除", "水", "序", "列", "练", "头"]),
    ("支", &["部", "持", "撑", "付", "援"]),
    ("日", &["常", "前", "益", "本", "报", "语", "均", "记", "期", "程", "照"]),
    ("期", &["间", "望", "末", "中", "限"]),
    ("本", &["科", "市", "省", "区", "县", "级", "地", "校", "次", "年", "质", "身", "文", "人", "届", "着", "土"]),
    ("村", &["级", "民", "委", "庄", "干", "镇"]),
    ("束", &["缚"]),
    ("条", &["例", "件", "款"]),
    ("架", &["构", "设"]),
    ("根", &["据", "本", "治"]),
    ("桶", &["装"]),
    ("次", &["产业", "生", "日", "数", "要", "年", "方"]),
    ("款", &["项"]),
    ("步", &["行", "入", "骤"]),
    ("段", &["落"]),
    ("点", &["位", "击", "评", "燃", "面"]),
    ("片", &["面", "段"]),
    ("班", &["子", "主", "组"]),
    ("番", &["禺"]),
    ("盘", &["活", "点"]),
    ("省", &["级", "委", "政", "直", "属", "内", "市", "长", "厅"]),
    ("眼", &["光", "科"]),
    ("社区", &["级"]),
    ("票", &["据", "价", "务"]),
    ("种", &["植", "子", "粮", "田", "养", "业"]),
    ("笔", &["试", "者", "记"]),
    ("篇", &["章", "幅"]),
    ("米", &["粉", "线"]),
    ("类", &["似", "型", "别"]),
    ("粒", &["度", "子"]),
    ("级", &["别"]),
    ("组", &["织", "建", "成", "长", "合"]),
    ("股", &["份"]),
    ("节", &["气", "能", "约", "假", "点", "水"]),
    ("行", &["动", "政", "业", "为", "使", "走", "程", "列", "驶", "长", "人"]),
    ("角", &["度", "色", "落"]),
    ("讲", &["话", "解", "座", "师", "课", "授", "述", "好", "究", "坛", "台"]),
    ("起", &["草", "来", "到", "点", "始", "动", "源", "着", "重", "码", "用", "见", "诉", "立", "义", "步"]),
    ("轮", &["车", "胎", "换", "岗", "流", "训"]),
    ("道", &["路", "德", "理", "歉"]),
    ("部", &["分", "长", "署", "属", "队", "级", "落", "委"]),
    ("针", &["对"]),
    ("镇", &["级", "委", "政", "江", "长"]),
    ("门", &["峡", "户", "县", "诊", "票", "头"]),
    ("间", &["接", "隔", "断", "距"]),
    ("队", &["伍", "员", "长"]),
    ("阶段", &["性"]),
    ("集", &["中", "体", "团", "合", "聚", "成", "约", "镇"]),
    ("页", &["面", "岩"]),
    ("顶", &["层", "格", "岗"]),
    ("首", &["先", "要", "都", "届", "席", "府", "创", "次", "家", "位", "个", "批"]),
];

/// Names that begin like a count.
const NAMES: &[&str] = &[
    "三台县",
    "三门县",
    "三门峡",
    "九台",
    "五台县",
    "五台山",
    "五家渠",
    "七台河",
    "三人行",
    "三天两头",
    "三番五次",
    "三年五载",
    "四处",
    "四面",
    "十分",
    "十点",
];

/// What is asked of listeners in so many 点.
const POINTS: &[&str] =
    &["要求", "意见", "建议", "希望", "措施", "体会", "启示", "想法", "做法", "经验", "感受", "认识", "内容", "声明"];

/// The end of the unit or measure word that follows `numeral` at `at`.
pub(crate) fn unit_at(passage: Passage, at: usize, numeral: &Numeral) -> Option<usize> {
    let rest = passage.rest(at);
    let end = match numeral.notation {
        Notation::Digits | Notation::Composed => {
            let length = COUNTER_WORDS.longest(rest).max(UNIT_WORDS.longest(rest));
            at + accept(rest, length)?
        }
        Notation::Named => unit_of_han(passage, at, numeral)?,
        Notation::Positional => at + accept(rest, COUNTER_WORDS.longest(rest))?,
    };
    Some(per(passage, end))
}

/// The unit after a Han numeral, where chance meetings of characters are common: 三门峡, 五位一体, 二类苗.
fn unit_of_han(passage: Passage, at: usize, numeral: &Numeral) -> Option<usize> {
    let rest = passage.rest(at);
    let small = numeral.value < Decimal::TEN && numeral.step == Decimal::ONE;
    let mut length = COUNTER_WORDS.longest(rest);
    if !small {
        length = length.max(UNIT_WORDS.longest(rest));
    }
    length = accept(rest, length)?;
    let word = &rest[..length];
    let second = passage.text[numeral.span.range()] == *"二";
    let odd = match word {
        // 三类苗 and 三期工程 may be counts; 二类, 二期 and 二等 never are, as two are 两.
        _ if second => !matches!(word, "个" | "名" | "所" | "家" | "项" | "件"),
        "点" => !POINTS.iter().any(|point| rest[length..].starts_with(point)),
        "大" => numeral.value > Decimal::TEN,
        "届" | "级" | "班" | "组" | "村" | "镇" | "区" | "市" | "县" | "乡" | "日" | "号" | "字" | "分" | "段" => {
            true
        }
        "期" => rest[length..].starts_with("工程"),
        "次" => {
            rest[length..].starts_with("会议") && passage.before(numeral.span.start).ends_with(['大', '届', '协', '会'])
        }
        _ => false,
    };
    // 六个一, 五位一体, 两年两次 are figures of speech.
    let figure = rest[length..].starts_with(is_han_numeral);
    let named = NAMES.iter().any(|name| passage.rest(numeral.span.start).starts_with(name));
    let reached = matches!(passage.previous(numeral.span.start), Some('期' | '周' | '拜' | '初' | '高' | '数'))
        && !["同期", "为期", "任期", "聘期", "工期", "周期", "建设期", "实施期", "试点期", "规划期"]
            .iter()
            .any(|word| passage.before(numeral.span.start).ends_with(word));
    (!odd && !figure && !named && !reached).then_some(at + length)
}

/// The measure word at `at` whatever number is before it, for 第…, 几… and ranges.
pub(crate) fn counter_at(passage: Passage, at: usize) -> Option<usize> {
    let rest = passage.rest(at);
    Some(at + accept(rest, COUNTER_WORDS.longest(rest))?)
}

/// Whether a word of ASCII letters is a unit: km, kW, mL.
pub(crate) fn is_unit(word: &str) -> bool {
    UNITS.binary_search(&word).is_ok()
}

/// Sorted words with an index to those that begin with a given character.
struct Words {
    words: &'static [&'static str],
    /// Where the group of a first character begins, by the low bits of its code; several characters may share a slot, so
    /// a slot holds the least of their groups' beginnings, or `NONE`.
    starts: [u16; Words::SLOTS],
}

impl Words {
    const SLOTS: usize = 4096;
    const NONE: u16 = u16::MAX;

    const fn new(words: &'static [&'static str]) -> Words {
        let mut starts = [Words::NONE; Words::SLOTS];
        let mut index = words.len();
        while index > 0 {
            index -= 1;
            starts[Words::slot(words[index].as_bytes())] = index as u16;
        }
        Words { words, starts }
    }

    /// The slot of a word's first character.
    const fn slot(word: &[u8]) -> usize {
        match word {
            [first, ..] if *first < 0x80 => *first as usize,
            [first, second, third, ..] => {
                let low = ((*second & 0x3f) as usize) << 6 | (*third & 0x3f) as usize;
                (low ^ ((*first & 0xf) as usize) << 8) & (Words::SLOTS - 1)
            }
            _ => 0,
        }
    }

    /// Length of the longest of the words that `rest` begins with; 0 when none does.
    fn longest(&self, rest: &str) -> usize {
        let rest = rest.as_bytes();
        let start = self.starts[Words::slot(rest)];
        if start == Words::NONE {
            return 0;
        }
        let mut longest = 0;
        for word in &self.words[usize::from(start)..] {
            let word = word.as_bytes();
            let mut shared = 0;
            while shared < word.len() && rest.get(shared) == Some(&word[shared]) {
                shared += 1;
            }
            if shared == word.len() {
                // A longer word stands after its beginning.
                longest = shared;
            } else if rest.get(shared).is_none_or(|&byte| word[shared] > byte) {
                // All words from here on are greater than `rest`.
                break;
            }
        }
        longest
    }
}

static COUNTER_WORDS: Words = Words::new(COUNTERS);
static UNIT_WORDS: Words = Words::new(UNITS);

/// Where in `REFUSED` the measure words of a slot begin.
static REFUSED_STARTS: [u16; Words::SLOTS] = {
    let mut starts = [Words::NONE; Words::SLOTS];
    let mut index = REFUSED.len();
    while index > 0 {
        index -= 1;
        starts[Words::slot(REFUSED[index].0.as_bytes())] = index as u16;
    }
    starts
};

/// What makes another word of the measure word `word`.
fn refused_after(word: &str) -> &'static [&'static str] {
    let start = REFUSED_STARTS[Words::slot(word.as_bytes())];
    if start == Words::NONE {
        return &[];
    }
    let known = REFUSED[usize::from(start)..].iter().take_while(|(measure, _)| *measure <= word);
    known.filter(|(measure, _)| *measure == word).map(|(_, refused)| *refused).next().unwrap_or(&[])
}

/// Whether `after` begins with what may stand in `REFUSED`: a Han character, or the 、 after 大.
fn may_begin_refused(after: &str) -> bool {
    matches!(after.as_bytes(), [0xe4..=0xe9, ..] | [0xe3, 0x80, 0x81, ..])
}

/// The length of the measure word, unless what follows makes another word of it.
fn accept(rest: &str, length: usize) -> Option<usize> {
    let (word, after) = rest.split_at(length);
    if word.is_empty() || (word.is_ascii() && after.starts_with(|c: char| c.is_ascii_alphanumeric())) {
        return None;
    }
    // 三支队 is a unit of the police, 三支队伍 are three teams.
    let unit_name = word == "支" && after.starts_with('队') && !after.starts_with("队伍") && !after.starts_with("队员");
    let refused = may_begin_refused(after) && refused_after(word).iter().any(|refused| after.starts_with(refused));
    (!refused && !unit_name).then_some(length)
}

/// Past the divisor of a compound unit: 元/吨, 公里/小时, 人次/年.
fn per(passage: Passage, end: usize) -> usize {
    let Some(rest) = passage.rest(end).strip_prefix('/') else { return end };
    let length = COUNTER_WORDS.longest(rest).max(UNIT_WORDS.longest(rest));
    if length > 0 { end + 1 + length } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(COUNTERS.is_sorted());
        assert!(UNITS.is_sorted());
        assert!(REFUSED.is_sorted_by_key(|(word, _)| word));
        assert!(REFUSED.iter().flat_map(|(_, refused)| *refused).all(|refused| may_begin_refused(refused)));
    }
}
