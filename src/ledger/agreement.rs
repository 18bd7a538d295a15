//! Which metrics are of one matter, and whether they agree.

use super::metric::{Bearing, Metric, Origin, Role};
use super::when::When;
use crate::document::character::is_han;
use crate::document::enumeration::common_unit;
use crate::document::value::numeral::is_han_numeral;
use crate::document::value::{Bound, ValueKind};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The fewest characters that tell one matter from others.
const SHORTEST: usize = 5;

/// The most metrics of one matter that are compared; what is stated more often is a column of a list.
const MOST: usize = 6;

/// Words that name nothing by themselves: a matter made of them alone is another each time.
const EMPTY_WORDS: &[&str] = &[
    "其中",
    "总投资",
    "投资",
    "资金",
    "项目",
    "建设",
    "完成",
    "安排",
    "实施",
    "人数",
    "面积",
    "数量",
    "总数",
    "金额",
    "占比",
    "比例",
    "比重",
    "以上",
    "总量",
    "总额",
    "同比",
    "增长",
    "下降",
    "提高",
    "增加",
    "减少",
    "新增",
    "新建",
    "年度",
    "目标",
    "达标率",
    "完成率",
    "合格率",
    "工作",
    "重点",
    "任务",
    "全部",
    "平均",
    "每年",
    "部门",
    "单位",
    "本级",
    "预计",
    "上一年",
    "人民币",
    "不低于",
    "不少于",
    "不超过",
    "应当",
    "处以",
    "罚款",
    "年均",
    "递增",
    "企业",
    "人员",
    "建筑",
    "用地",
    "合计",
    "累计",
    "共计",
    "活动",
    "开展",
    "举办",
    "组织",
    "培训",
    "检查",
    "问题",
    "计划",
    "实际",
    "本次",
    "其他",
    "分别",
    "中央",
    "省级",
    "市级",
    "县级",
    "区级",
    "补助",
    "奖励",
    "处罚",
    "罚款",
    "规模",
    "达到",
    "比上年",
];

/// Units of time: how long something takes depends on the case.
const TIMES: &[&str] =
    &["日", "天", "个月", "月", "年", "小时", "分钟", "工作日", "个工作日", "周", "个小时", "秒", "岁", "周岁"];

/// Verbs before a matter that change nothing of it.
const BEFORE: &[&str] = &["实现", "完成", "确保", "达到", "保持", "力争"];

/// Nouns after a matter that change nothing of it.
const AFTER: &[&str] = &["数量", "总数", "个数", "年末数", "数", "指标", "安排"];

/// What the names of shares end in.
const SHARES: &[&str] = &["比例", "占比", "比重"];

/// Two metrics that should be equal and are not: the later one, and the one it contradicts.
pub type Contradiction<'m, T> = (&'m T, &'m T);

/// What metrics are sorted by: what is alike here is of one matter.
#[derive(PartialEq, Eq, Hash)]
struct Key<'m> {
    what: &'m str,
    unit: &'m str,
    when: &'m When,
    kind: ValueKind,
}

/// The contradictions among `items`, whose metrics `metric` gives, in the order of the later ones. Items that `is_apart` says
/// are to be compared are; the others are not.
pub fn contradictions<'m, T>(
    items: &'m [T],
    metric: impl Fn(&T) -> &Metric,
    is_apart: impl Fn(&T, &T) -> bool,
) -> Vec<Contradiction<'m, T>> {
    let mut groups: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    // The names live as long as the metrics, which `metric` hides from the compiler.
    let metrics: Vec<&Metric> = items.iter().map(metric).collect();
    for (index, metric) in metrics.iter().enumerate() {
        let what = bare(&metric.what);
        let lasts = TIMES.contains(&metric.quantity.unit.as_str());
        if metric.bearing == Bearing::Free && !lasts && (is_day(metric) || metric.quantity.low == metric.quantity.high)
        {
            let key =
                Key { what, unit: common_unit(&metric.quantity.unit), when: &metric.when, kind: metric.quantity.kind };
            groups.entry(key).or_default().push(index);
        }
    }
    let mut found = Vec::new();
    for group in groups.into_values().filter(|group| (2..=MOST).contains(&group.len())) {
        // Of more than two values none is the wrong one.
        let ends = |&index: &usize| (metrics[index].quantity.low, metrics[index].quantity.high);
        let mut values: Vec<(Decimal, Decimal)> = group.iter().map(ends).collect();
        values.sort_unstable();
        values.dedup();
        if values.len() != 2 || !is_telling(bare(&metrics[group[0]].what)) {
            continue;
        }
        for (position, &later) in group.iter().enumerate() {
            let earlier = group[..position].iter().find(|&&earlier| {
                is_apart(&items[earlier], &items[later]) && contradict(metrics[earlier], metrics[later])
            });
            if let Some(&earlier) = earlier {
                found.push((later, earlier));
                break;
            }
        }
    }
    found.extend(slips(&metrics, |earlier, later| is_apart(&items[earlier], &items[later])));
    found.sort_unstable();
    found.dedup_by_key(|(later, _)| *later);
    found.into_iter().map(|(later, earlier)| (&items[later], &items[earlier])).collect()
}

/// The fewest digits by which a slip is told from another number, where the names are not the same.
const DIGITS: usize = 3;

/// The most metrics with one unit and one last character that are held against each other.
const CROWD: usize = 40;

/// Metrics of matters named nearly alike that differ by a slip: the later one, and the one it contradicts. That a number is
/// one digit off another by chance is rare, so that less is asked of their names.
fn slips(metrics: &[&Metric], is_apart: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut groups: HashMap<(&str, char), Vec<usize>> = HashMap::new();
    for (index, metric) in metrics.iter().enumerate() {
        let share = metric.what.ends_with(super::matter::SHARE);
        let told = (share || matches!(metric.bearing, Bearing::Free | Bearing::Listed))
            && metric.quantity.low == metric.quantity.high;
        let name = SHARES.iter().find_map(|share| metric.what.strip_suffix(share)).unwrap_or(bare(&metric.what));
        let last = name.chars().next_back().filter(|_| told && !is_day(metric));
        if let Some(last) = last.filter(|_| !TIMES.contains(&metric.quantity.unit.as_str())) {
            groups.entry((common_unit(&metric.quantity.unit), last)).or_default().push(index);
        }
    }
    let mut found = Vec::new();
    for group in groups.into_values().filter(|group| (2..=CROWD).contains(&group.len())) {
        let again = |index: usize| {
            group.iter().any(|&other| {
                other != index
                    && metrics[other].line != metrics[index].line
                    && metrics[other].quantity.low == metrics[index].quantity.low
                    && is_kin(metrics[other], metrics[index])
            })
        };
        // Of a row of years a sentence repeats one.
        let in_table = |index: usize| {
            metrics[index].origin == Origin::Text
                && group.iter().any(|&other| {
                    metrics[other].origin == Origin::Table
                        && metrics[other].quantity.low == metrics[index].quantity.low
                        && is_kin(metrics[other], metrics[index])
                })
        };
        for (position, &later) in group.iter().enumerate() {
            let alike: Vec<usize> = group[..position]
                .iter()
                .copied()
                .filter(|&earlier| is_apart(earlier, later) && is_kin(metrics[earlier], metrics[later]))
                .collect();
            let value = |index: usize| metrics[index].quantity.low;
            if alike.iter().any(|&earlier| value(earlier) == value(later)) {
                continue;
            }
            let mut meant = alike.iter().copied().filter(|&earlier| is_slip(metrics[earlier], metrics[later]));
            let Some(earlier) = meant.next() else { continue };
            // Of several values none is known to be meant, but in the row of a table.
            let one =
                alike.iter().all(|&other| value(other) == value(earlier) || metrics[other].origin == Origin::Table);
            let rest = meant.all(|other| value(other) == value(earlier));
            if one && rest && !(again(earlier) && again(later)) && !in_table(earlier) && !in_table(later) {
                found.push((later, earlier));
            }
        }
    }
    found
}

/// Whether two metrics may be of one matter.
fn is_kin(a: &Metric, b: &Metric) -> bool {
    let owners = a.of == b.of || is_whole(&a.of) && is_whole(&b.of);
    let in_table = |metric: &Metric| metric.origin == Origin::Table;
    // A table of years leaves out what holds for all of them.
    let open = (in_table(a) || in_table(b)) && (a.when == When::Unknown || b.when == When::Unknown);
    let times = a.when == b.when || open;
    let tables = in_table(a) && in_table(b);
    let planned = |metric: &Metric| metric.role == Role::Planned;
    let roles = a.role == b.role || in_table(a) || in_table(b) || planned(a) == planned(b);
    a.quantity.kind == b.quantity.kind
        && owners
        && times
        && roles
        && !tables
        && are_alike(bare(&a.what), bare(&b.what), !a.of.is_empty() && a.of == b.of)
}

/// Whether two names may be one: equal, or the one a part of the other with the same ends.
fn are_alike(a: &str, b: &str, owned: bool) -> bool {
    // 专任教师5260人，其中本科学历4366人，占83.0% and 专任教师本科学历比例.
    let share =
        |name: &str| SHARES.iter().find_map(|share| name.strip_suffix(share)).map(|name| name.replace("其中", ""));
    if let (Some(a), Some(b)) = (share(a), share(b)) {
        return a == b && tells(&a, 3);
    }
    if a.contains("其中") || b.contains("其中") {
        return a == b;
    }
    let (short, long): (Vec<char>, Vec<char>) = match a.len() <= b.len() {
        true => (a.chars().collect(), b.chars().collect()),
        false => (b.chars().collect(), a.chars().collect()),
    };
    // 行政村 of 全市 is one matter.
    let least = if a == b && owned { 3 } else { 4 };
    if short.len() < least || long.len() > short.len() + 3 {
        return false;
    }
    let ends = short[..2] == long[..2] && short[short.len() - 2..] == long[long.len() - 2..];
    let mut rest = long.iter();
    let within = a == b || ends && short.iter().all(|c| rest.any(|other| other == c));
    within && tells(&short.iter().collect::<String>(), 2)
}

fn is_slip(a: &Metric, b: &Metric) -> bool {
    let exact = a.quantity.bound == b.quantity.bound && a.quantity.bound != Bound::About;
    let shown = |metric: &Metric| (metric.quantity.low, metric.quantity.step);
    let (name, other) = (bare(&a.what), bare(&b.what));
    // A long name that a table and a sentence share leaves little to chance.
    let whole = |metric: &Metric| (metric.quantity.low % a.quantity.step.max(b.quantity.step)).is_zero();
    let table = (a.origin == Origin::Table || b.origin == Origin::Table) && whole(a) && whole(b);
    let least = match name.chars().count() {
        3 => DIGITS + 1,
        8.. if table && name == other => 1,
        5.. if table && name == other && is_telling(name) => 2,
        _ => DIGITS,
    };
    exact && super::slip::digits(shown(a), shown(b)).is_some_and(|digits| digits >= least)
}

/// Whether two metrics of one matter state different values.
fn contradict(a: &Metric, b: &Metric) -> bool {
    let owners = a.of == b.of || is_whole(&a.of) && is_whole(&b.of);
    let in_table = |metric: &Metric| metric.origin == Origin::Table;
    let roles = a.role == b.role || (in_table(a) || in_table(b)) && (a.role == Role::Stated || b.role == Role::Stated);
    let tables = in_table(a) && in_table(b);
    let exact = a.quantity.bound == b.quantity.bound && a.quantity.bound != Bound::About;
    let two = Decimal::from(2);
    let slack = (a.quantity.step + b.quantity.step) / two;
    let counted = a.quantity.step == Decimal::ONE && b.quantity.step == Decimal::ONE;
    if is_day(a) {
        // A day without its year may be of any.
        return (a.quantity.low, a.quantity.high) != (b.quantity.low, b.quantity.high)
            && a.quantity.low > FIRST_DAY
            && b.quantity.low > FIRST_DAY;
    }
    let differ = (a.quantity.low - b.quantity.low).abs() > if counted { Decimal::ZERO } else { slack };
    // 五年新增265万人 and 新增54万人: what is so far apart was counted over other times, unless a digit slipped.
    let shown = |metric: &Metric| (metric.quantity.low, metric.quantity.step);
    let (less, more) = (a.quantity.low.min(b.quantity.low), a.quantity.low.max(b.quantity.low));
    let near = more < two * less || super::slip::digits(shown(a), shown(b)).is_some();
    owners && roles && exact && differ && near && !tables
}

fn is_day(metric: &Metric) -> bool {
    metric.quantity.kind == ValueKind::Date
}

/// Days before it have no year.
const FIRST_DAY: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// Whether an owner is the whole that the document is about.
fn is_whole(of: &str) -> bool {
    of.is_empty() || of.starts_with(['全', '我', '本']) && of != "全国"
}

/// A matter without the verbs and nouns that change nothing.
fn bare(what: &str) -> &str {
    let what = BEFORE.iter().find_map(|verb| what.strip_prefix(verb)).unwrap_or(what);
    // 九年义务教育: a table names it whole, of a sentence the years are a value.
    let what = match what.split_once('年') {
        Some((years, rest)) if years.chars().count() == 1 && years.starts_with(is_han_numeral) => rest,
        _ => what,
    };
    AFTER.iter().find_map(|noun| what.strip_suffix(noun)).unwrap_or(what)
}

/// Whether the words tell the matter from others: enough characters are left when those that name nothing are taken away.
fn is_telling(what: &str) -> bool {
    if what.chars().count() < SHORTEST || what.contains("其中") {
        return false;
    }
    tells(what, 3)
}

/// Whether at least so many characters are left when the words that name nothing are taken away.
fn tells(what: &str, least: usize) -> bool {
    let mut rest = what.to_owned();
    for word in EMPTY_WORDS {
        rest = rest.replace(word, "");
    }
    rest.chars().filter(|&c| is_han(c) || c.is_ascii_alphanumeric()).count() >= least
}
