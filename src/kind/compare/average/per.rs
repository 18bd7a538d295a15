//! What a rate is per, and what counts it: 每家 and 24家, 人均 and 50万常住人口, 每2个网格 and 412个网格.

use crate::document::Document;
use crate::document::value::{Value, ValueKind};
use crate::kind::compare::product::fits;
use crate::kind::compare::{clause_before, float};

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
    let word = PER.iter().find(|(word, _)| clause.rfind(word).is_some_and(|at| clause[at + word.len()..].chars().count() <= 4));
    let mut found: Vec<Divisor> = word.map(|(_, noun)| Divisor::one((*noun).to_owned())).into_iter().collect();
    if let Some(word) = TIMED.iter().find(|word| clause.contains(**word)) {
        found.push(Divisor::one(word.chars().take(1).collect()));
    }
    for (at, word) in clause.match_indices('每') {
        let after = start + at + word.len();
        let group = values.iter().find(|value| value.span.start == after && value.is_exact() && value.low > rust_decimal::Decimal::ZERO);
        let rest = match group {
            Some(value) => &document.text()[value.number.end..],
            None => &clause[at + word.len()..],
        };
        let noun = rest.chars().take(2).collect();
        found.push(Divisor { noun, group: group.map_or(1.0, |value| float(value.low)) });
    }
    found
}

/// Whether a value counts what the rate is per: 24家 of 每家, 6个薄弱村 of 每个村, 62万常住人口 of 人均, 车位240个 of 每个车位.
pub(super) fn counts_it(document: &Document, value: &Value, divisor: &str) -> bool {
    let text = document.text();
    let ends = ['，', '。', '；', '、', '（', '\n'];
    let after: String = text[value.span.end..].chars().take(7).take_while(|c| !ends.contains(c)).collect();
    let unit = document.slice(value.unit);
    let noun: String = divisor.chars().skip_while(|c| *c == '个').collect();
    match value.kind {
        ValueKind::Amount if unit == "个" => {
            let before: String = clause_before(document, value).chars().rev().take(8).collect();
            let named = |words: &str| noun.chars().all(|c| words.contains(c));
            !noun.is_empty() && (named(&after) || divisor.starts_with('个') && named(&before)) && !noun.starts_with(['月', '年', '天'])
        }
        ValueKind::Amount => fits(divisor, unit) || (after.contains(&noun) && !is_measure_word(&noun)),
        ValueKind::Number => divisor.starts_with(['人', '生', '名']) && after.contains(['人', '生']),
        _ => false,
    }
}

/// Whether words say too little to be sought after a number.
fn is_measure_word(noun: &str) -> bool {
    noun.is_empty() || noun.starts_with(['人', '名', '天', '日', '月', '年', '次', '位', '元', '户', '家', '所'])
}
