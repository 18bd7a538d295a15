//! What shape a difference from a term has, and which differences are usage whatever is written: function words come and
//! go. Whether an unlike character, one too many or one too few is a slip, the evidence must tell.

use super::compare::Edit;
use serde::{Deserialize, Serialize};

/// How a near miss differs from the term.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// 相邻两字颠倒。
    Swap,
    /// 不相邻的两字对调。
    Exchange,
    /// 中间一字误作音同或形近的字。
    Alike,
    /// 首字或末字误作音同或形近的字。
    Edge,
    /// 一字重写。
    Double,
    /// 一字误作他字。
    Other,
    /// 多一字。
    Extra,
    /// 少一字。
    Missing,
}

impl Shape {
    /// What a message calls it.
    pub fn words(self) -> &'static str {
        match self {
            Shape::Swap => "相邻两字颠倒",
            Shape::Exchange => "两字对调",
            Shape::Alike | Shape::Edge => "误用音同或形近字",
            Shape::Double => "一字重写",
            Shape::Other => "误用他字",
            Shape::Extra => "多一字",
            Shape::Missing => "少一字",
        }
    }
}

/// What kinds of terms differ in: names of laws and institutions have neighbours that are names, too.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// The name of a law.
    Law,
    /// The name of an institution.
    Institution,
    /// A set phrase, of four characters as a rule.
    Idiom,
    /// Any other fixed phrase or name.
    Phrase,
}

impl Kind {
    /// The kind a table calls by a name.
    pub fn of(name: &str) -> Kind {
        match name {
            "law" => Kind::Law,
            "institution" => Kind::Institution,
            "idiom" => Kind::Idiom,
            _ => Kind::Phrase,
        }
    }
}

/// Function words, and 总 of 总局: that one of them stands in, or takes the place of a character, makes another phrase of
/// a term.
pub const LOOSE: &str =
    "的和与及或之并等了地而以中各为是在有不也但且由将被把从向对于至该其要可能需未已都就使让按依因总";

/// Function words that a term can do without, unless it is the name of a law.
const DISPENSABLE: &str = "的和与及之地了是不其也";

/// The fewest characters of a long term. Of four characters nearly every neighbour is usage.
pub const LONG: usize = 5;

/// How long a term is of which hardly another word makes the greater part.
pub const LENGTHY: usize = 7;

/// The shape of an edit of a term of a kind; `None` when it is usage. `is_alike` tells whether two characters are taken for
/// each other.
pub fn shape_of(word: &[char], kind: Kind, edit: Edit, is_alike: impl Fn(char, char) -> bool) -> Option<Shape> {
    let is_long = word.len() >= LONG;
    let last = word.len() - 1;
    match edit {
        Edit::Swap { .. } => Some(Shape::Swap),
        Edit::Exchange { .. } => Some(Shape::Exchange),
        Edit::Replace { place, by } => {
            let is_loose = LOOSE.contains(by);
            let is_alike = is_alike(word[place], by) && (!is_loose || kind == Kind::Idiom);
            let is_edge = place == 0 || place == last;
            Some(match (is_alike, is_edge) {
                (true, false) => Shape::Alike,
                (true, true) if !is_loose && is_edge_fixed(is_long, kind, place, by) => Shape::Edge,
                _ => Shape::Other,
            })
        }
        Edit::Insert { place, what } if what == word[place - 1] || what == word[place] => Some(Shape::Double),
        Edit::Insert { .. } => Some(Shape::Extra),
        Edit::Leave { place } => {
            let is_inner = (1..last).contains(&place);
            // 市场监管局 is no slip of 市场监管总局, nor 发展改革局 of 发展和改革局.
            let is_needed = word[place] != '总' && (kind == Kind::Law || !DISPENSABLE.contains(word[place]));
            (is_inner && is_needed).then_some(Shape::Missing)
        }
    }
}

/// Whether an alike character at the beginning or the end of a term is a slip, not the next word: 乡村教育发展 is no slip of
/// 教育法, nor 生态环境补偿 of 生态环境部.
fn is_edge_fixed(is_long: bool, kind: Kind, place: usize, by: char) -> bool {
    match kind {
        Kind::Law => is_long && by != '发',
        Kind::Institution => is_long && place == 0,
        _ => true,
    }
}
