//! Parts that exclude each other by their names: 男 and 女, 城镇 and 农村, levels, years, districts.

use super::bands;
use crate::document::character::digit;

/// Sets of words of which a thing can have one only.
const DIMENSIONS: &[&[&str]] = &[
    &["男", "女"],
    &["城镇", "农村", "城市", "乡村", "城区", "乡镇"],
    &["公办", "民办", "公立", "私立"],
    &[
        "中央",
        "国家级",
        "部级",
        "省级",
        "市级",
        "县级",
        "区级",
        "镇级",
        "乡级",
        "村级",
        "校级",
        "厅级",
        "局级",
        "处级",
        "科级",
        "股级",
        "正处级",
        "副处级",
        "正科级",
        "副科级",
        "县处级",
        "乡科级",
        "市直",
        "县直",
        "区直",
    ],
    &[
        "幼儿园",
        "小学",
        "初中",
        "高中",
        "中职",
        "高职",
        "中专",
        "大专",
        "专科",
        "本科",
        "硕士",
        "博士",
        "研究生",
        "大学",
        "高校",
        "特殊教育",
        "职业学校",
    ],
    &["一季度", "二季度", "三季度", "四季度", "上半年", "下半年"],
    &["第一产业", "第二产业", "第三产业", "一产", "二产", "三产"],
    &["优秀", "良好", "合格", "基本合格", "不合格", "及格", "不及格", "称职", "基本称职", "不称职"],
    &["甲类", "乙类", "丙类", "丁类"],
    &["特别重大", "重大", "较大", "一般"],
    &["特大型", "大型", "中型", "小型", "微型", "小微", "大中型"],
    &["中共党员", "民主党派", "无党派", "共青团员", "群众"],
    &["正高", "副高", "高级", "中级", "初级"],
    &["特等", "一等", "二等", "三等"],
    &["特级", "一级", "二级", "三级", "四级", "五级", "Ⅰ级", "Ⅱ级", "Ⅲ级", "Ⅳ级"],
    &["Ⅰ类", "Ⅱ类", "Ⅲ类", "Ⅳ类", "Ⅴ类", "劣Ⅴ类"],
    &["早稻", "中稻", "晚稻"],
    &["东部", "中部", "西部"],
    &["居民", "职工"],
    &["新建", "续建", "改建", "扩建", "改扩建"],
    &["第一批", "第二批", "第三批", "第四批"],
    &["第一种", "第二种", "第三种", "第四种"],
];

/// The two or three sides of a thing: parts that have one of each set, all of them, leave nothing out.
const SIDES: &[&[&[&str]]] = &[
    &[&["男"], &["女"]],
    &[&["城镇", "城市", "城区", "县城"], &["农村", "乡村", "乡镇"]],
    &[&["出口"], &["进口"]],
    &[&["地上"], &["地下"]],
    &[&["一产", "第一产业"], &["二产", "第二产业"], &["三产", "第三产业"]],
    &[&["税收"], &["非税"]],
    &[&["一般债"], &["专项债"]],
    &[&["新增债"], &["再融资债"]],
    &[&["夏粮"], &["秋粮"]],
    &[&["财产险"], &["人身险"]],
    &[&["商品零售"], &["餐饮收入"]],
    &[&["商品零售额"], &["餐饮收入额"]],
    &[&["公办", "公立"], &["民办", "民营", "私立"]],
    &[&["在职"], &["退休"]],
    &[&["线上"], &["线下"]],
    &[&["集中"], &["网络", "分散"]],
    &[&["重伤"], &["轻伤"]],
    &[&["室内"], &["室外"]],
    &[&["专职"], &["兼职"]],
    &[&["在编"], &["编外"]],
    &[&["上半年"], &["下半年"]],
    &[&["党委"], &["党总支"], &["党支部"]],
    &[&["新建"], &["改扩建", "改建", "扩建", "改造"]],
    &[&["新开工", "新建"], &["续建"]],
    &[&["固定"], &["流动"]],
    &[&["县内", "市内", "省内", "境内", "国内"], &["县外", "市外", "省外", "境外", "国外"]],
    &[&["机关事业单位基本养老"], &["城乡居民基本养老"]],
    &[&["立行立改"], &["限期整改"]],
    &[&["已"], &["未", "正在", "在建", "尚"]],
    &[&["企业"], &["个人"]],
    &[&["专业课"], &["公共基础课"]],
    &[&["组长"], &["组员"]],
    &[&["本级"], &["下级", "县区", "县级", "乡镇"]],
    &[&["在家"], &["外出"]],
    &[&["赞成", "同意"], &["反对", "不同意"], &["弃权"]],
    &[&["捕捞"], &["养殖"]],
    &[&["生产领域"], &["流通领域"]],
    &[&["工资性"], &["经营"], &["财产"], &["转移"]],
    &[&["关停"], &["搬迁"], &["整改", "改造"]],
    &[&["本县", "本市", "本省", "我县", "我市"], &["外县", "外市", "外省", "贵县", "贵市"]],
    &[&["社区卫生服务中心"], &["镇卫生院", "乡镇卫生院"]],
    &[&["优的", "优秀"], &["良的", "良好"], &["中的", "中等"], &["差的", "较差"]],
    &[&["标准考场"], &["备用考场"]],
    &[&["汛期"], &["非汛期"]],
    &[&["丰水期"], &["枯水期"], &["平水期"]],
    &[&["来信"], &["来访"]],
    &[&["种植"], &["养殖"], &["加工"]],
];

/// Whether the names are all the sides of one thing: 男教师 and 女教师, 出口 and 进口, 党员 and 非党员.
pub(super) fn are_all(names: &[&str]) -> bool {
    let one_each = |sides: &[&[&str]]| {
        let side = |name: &str| {
            // 再融资债 is no 债 of another set: the longest word tells.
            let found = sides.iter().enumerate().flat_map(|(at, words)| words.iter().map(move |word| (at, *word)));
            found.filter(|(_, word)| name.contains(word)).max_by_key(|(_, word)| word.len()).map(|(at, _)| at)
        };
        // Most names are of no side, and the first of them tells so.
        let found: Option<Vec<usize>> = names.iter().map(|name| side(name)).collect();
        found.is_some_and(|mut found| {
            found.sort_unstable();
            found.into_iter().eq(0..sides.len())
        })
    };
    let negated = |a: &str, b: &str| b.strip_prefix('非').is_some_and(|word| !word.is_empty() && word == a);
    SIDES.iter().any(|sides| sides.len() == names.len() && one_each(sides))
        || bands::divide(names)
        || matches!(names, [a, b] if negated(a, b) || negated(b, a))
}

/// What names end in that are apart when they differ: 工贸类 and 矿山类, 澜东区 and 临江县.
const ENDINGS: &[&str] = &["类", "区", "县", "市", "乡", "镇", "街道", "村"];

/// Names of more characters than this are no place or class, but a description that ends so.
const LONGEST: usize = 8;

/// Whether no thing can be counted under two of the names.
pub(super) fn are_apart(names: &[&str]) -> bool {
    are_distinct(names, year)
        || are_distinct(names, grade)
        || are_distinct(names, place)
        || are_all(names)
        || DIMENSIONS.iter().any(|words| are_distinct(names, |name| longest(name, words)))
}

/// Whether each of the names has a word, and none the same as another.
fn are_distinct<'n>(names: &[&'n str], word: impl Fn(&'n str) -> Option<&'n str>) -> bool {
    let words: Option<Vec<&str>> = names.iter().map(|name| word(name)).collect();
    words.is_some_and(|mut words| {
        words.sort_unstable();
        words.windows(2).all(|pair| pair[0] != pair[1])
    })
}

/// A short name that ends as those of places and classes do.
fn place(name: &str) -> Option<&str> {
    (ENDINGS.iter().any(|ending| name.ends_with(ending)) && name.chars().count() <= LONGEST).then_some(name)
}

/// What names end in that tell what a thing does or has, and of which it can do or have several.
const OPEN_ENDINGS: &[char] = &['的', '者', '户', '人', '员', '业', '生'];

/// Whether the names of the parts are alike, as those of the kinds of one thing are: each ends in the same character.
pub(super) fn are_parallel(names: &[&str]) -> bool {
    let last = names.first().and_then(|name| name.chars().next_back());
    last.is_some_and(|last| !OPEN_ENDINGS.contains(&last)) && names.iter().all(|name| name.chars().next_back() == last)
}

/// The longest of `words` in a name.
fn longest(name: &str, words: &[&'static str]) -> Option<&'static str> {
    words.iter().copied().filter(|word| name.contains(word)).max_by_key(|word| word.len())
}

/// 2024 of 2024年新建.
fn year(name: &str) -> Option<&str> {
    let before = &name[..name.find('年')?];
    let year = &before[before.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    (year.len() == 4 && year.starts_with(|c| digit(c).is_some())).then_some(year)
}

/// A of A级, B of B类企业.
fn grade(name: &str) -> Option<&str> {
    let at = name.find(|c: char| c.is_ascii_uppercase())?;
    name[at + 1..].starts_with(['级', '类', '档', '等']).then(|| &name[at..=at])
}

#[cfg(test)]
mod tests {
    use super::{are_all, are_apart};

    #[test]
    fn names_that_leave_nothing_out() {
        for names in [
            &["男教师", "女教师"][..],
            &["出口", "进口"],
            &["第三产业", "第一产业", "第二产业"],
            &["税收收入", "非税收入"],
            &["新增债券", "再融资债券"],
            &["党员", "非党员"],
        ] {
            assert!(are_all(names), "{names:?}");
        }
        for names in
            [&["男教师", "党员教师"][..], &["第一产业", "第二产业"], &["税收收入", "其他收入"], &["国家级", "省级"]]
        {
            assert!(!are_all(names), "{names:?}");
        }
    }

    #[test]
    fn names_that_exclude_each_other() {
        for names in [
            &["男教师", "女教师"][..],
            &["城镇居民", "农村居民"],
            &["2022年改造", "2023年改造"],
            &["市级泵车", "县级泵车"],
            &["优秀的", "合格的", "不合格的"],
            &["危险化学品类", "其他类"],
            &["澜东区", "临江县", "经开区"],
            &["A级", "B级企业"],
        ] {
            assert!(are_apart(names), "{names:?}");
        }
        for names in [
            &["高血压患者", "糖尿病患者"][..],
            &["民营企业", "高新技术企业"],
            &["女教师", "党员教师"],
            &["合格的", "合格率高的"],
            &["有劳动力的", "享受补助的"],
            &["党纪处分", "政务处分"],
        ] {
            assert!(!are_apart(names), "{names:?}");
        }
    }
}
