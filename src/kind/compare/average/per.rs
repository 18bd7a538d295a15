//! What a rate is per, and what counts it: 每家 and 24家, 人均 and 50万常住人口, 每2个网格 and 412个网格.

use crate::document::Document;
use crate::document::value::{Value, ValueKind};
use crate::kind::compare::float;
use crate::kind::compare::product::fits;

/// Words that say what an average is per, with the measure word or name that counts it.
const PER: &[(&str, &str)] = &[
    ("人次均", "人次"),
    ("人均", "人"),
    ("户均", "户"),
    ("亩均", "亩"),
    ("亩产", "亩"),
    ("村均", "个村"),
    ("镇均", "个镇"),
    ("县均", "个县"),
    ("校均", "所"),
    ("班均", "个班"),
    ("均班额", "个班"),
    ("场均", "场"),
    ("次均", "次"),
    ("队均", "支"),
    ("家均", "家"),
    ("件均", "件"),
    ("店均", "家"),
];

/// What follows 年 and 月 where these are what a rate is per: 年租金每亩150元.
const TIMED: &[&str] = &["年租金", "年补助", "年补贴", "月租金", "月补助", "月补贴", "月工资", "年工资", "日租金"];

/// One thing a rate is per.
pub(super) struct Divisor {
    /// The words after 每, or what stands before 均.
    pub noun: String,
    /// How many of them together: 2 of 每2个网格.
    pub group: f64,
}

impl Divisor {
    fn one(noun: String) -> Divisor {
        Divisor { noun, group: 1.0 }
    }

    /// Whether two are per the same.
    pub fn is_like(&self, other: &Divisor) -> bool {
        self.noun.chars().next() == other.noun.chars().next()
    }
}

/// What the words of a clause say a rate is per; `values` are those of the clause.
pub(super) fn divisors(document: &Document, clause: &str, start: usize, values: &[Value]) -> Vec<Divisor> {
    let word = PER
        .iter()
        .find(|(word, _)| clause.rfind(word).is_some_and(|at| clause[at + word.len()..].chars().count() <= 4));
    let mut found: Vec<Divisor> = word.map(|(_, noun)| Divisor::one((*noun).to_owned())).into_iter().collect();
    let timed = |word: &&&str| clause.find(**word).is_some_and(|at| !clause[..at].ends_with('每'));
    if let Some(word) = TIMED.iter().find(timed) {
        found.push(Divisor::one(word.chars().take(1).collect()));
    }
    for (at, word) in clause.match_indices('每') {
        let after = start + at + word.len();
        let group = values
            .iter()
            .find(|value| value.span.start == after && value.is_exact() && value.low > rust_decimal::Decimal::ZERO);
        let rest = match group {
            Some(value) => &document.text()[value.number.end..],
            None => &clause[at + word.len()..],
        };
        let noun = rest.chars().take(4).collect();
        found.push(Divisor { noun, group: group.map_or(1.0, |value| float(value.low)) });
    }
    found
}

/// How surely a value counts what the rate is per.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    /// By its name earlier in the clause: 车位240个 of 每个车位.
    Before,
    /// By its unit or by the words after it: 24家 of 每家, 6个薄弱村 of 每个村, 62万常住人口 of 人均.
    Beside,
}

/// Whether a value counts what the rate is per.
pub(super) fn counted(document: &Document, value: &Value, divisor: &str) -> Option<Counted> {
    let text = document.text();
    let ends = ['，', '。', '；', '、', '（', '\n'];
    let after: String =
        text[value.span.end..].chars().take(7).take_while(|c| !ends.contains(c) && !c.is_ascii_digit()).collect();
    let unit = document.slice(value.unit);
    let named = |words: &str, noun: &str| !noun.is_empty() && noun.chars().all(|c| words.contains(c));
    let beside = match value.kind {
        ValueKind::Amount if unit == "个" => {
            let noun = noun(divisor);
            if noun.starts_with(['月', '年', '天']) {
                false
            } else if named(&after, &noun) {
                true
            } else {
                let before = name_before(document, value);
                return (divisor.starts_with('个') && named(&before, &noun)).then_some(Counted::Before);
            }
        }
        ValueKind::Amount => {
            let noun: String = divisor.chars().skip_while(|c| *c == '个').take(2).collect();
            fits(divisor, unit) || after.contains(&noun) && !is_measure_word(&noun)
        }
        ValueKind::Number => divisor.starts_with(['人', '生', '名']) && after.contains(['人', '生']),
        _ => false,
    };
    beside.then_some(Counted::Beside)
}

/// The characters that must stand beside a number of 个 for it to count a divisor: 村 of 每村 and 每个村, 教师 of 每教师.
fn noun(divisor: &str) -> String {
    let single = divisor.starts_with(['个', '村', '镇', '乡', '县', '区', '班', '队', '组', '校', '院', '站', '点']);
    divisor.chars().skip_while(|c| *c == '个').take(if single { 1 } else { 2 }).collect()
}

/// The last words of a value's clause before it, brackets left out: 乡镇综合文化站 of 乡镇（街道）综合文化站22个.
fn name_before(document: &Document, value: &Value) -> String {
    let mut depth = 0;
    let mut words = Vec::new();
    for c in document.text()[..value.span.start].chars().rev() {
        match c {
            '）' => depth += 1,
            '（' if depth > 0 => depth -= 1,
            '，' | '。' | '；' | '：' | '、' | '（' | '\n' if depth == 0 => break,
            _ if depth == 0 => words.push(c),
            _ => {}
        }
        if words.len() == 8 {
            break;
        }
    }
    words.into_iter().collect()
}

/// Whether words say too little to be sought after a number.
fn is_measure_word(noun: &str) -> bool {
    noun.is_empty() || noun.starts_with(['人', '名', '天', '日', '月', '年', '次', '位', '元', '户', '家', '所'])
}
