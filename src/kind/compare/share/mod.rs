//! A part, its whole and the percentage between them; where the whole is not named by the pattern it is sought in the text before.

mod pair;
mod paragraph;
mod sentence;

use super::{clause_before, exact, float, relative, shown, slack, slip, times_apart, written};
use crate::document::Document;
use crate::document::enumeration::same_unit;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::{Case, Hit};
use crate::source::Span;
pub(super) use pair::is_listed;
use pair::{is_named_again, pairs, wholes_before};
use paragraph::in_paragraph;
use rust_decimal::Decimal;
use sentence::in_sentence;
use serde::{Deserialize, Serialize};

/// A part, its whole and the percentage between them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// 部分所在的槽位。
    pub part: String,
    /// 总数所在的槽位；不写则在前文中找，within 说明找到何处为止。
    #[serde(default)]
    pub whole: Option<String>,
    /// 百分比所在的槽位。
    pub percent: String,
    /// 写明占什么、什么率的槽位：这几个字须在总数或部分的近旁出现，否则不判断。
    #[serde(default)]
    pub named: Option<String>,
    /// 总数在何处找：sentence（默认）为本句；paragraph 为本句以外的本段前文，或由同段各占比相互推算。
    #[serde(default)]
    pub within: Within,
}

/// How far back the whole is sought.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// In the sentence.
    #[default]
    Sentence,
    /// In the paragraph, where the sentence has none.
    Paragraph,
}

/// Up to this many times what it should be, a share of a whole named with it is miscalculated; beyond, the two are more likely
/// unrelated.
const FAR: f64 = 12.0;
/// The same, of a whole in a paragraph above: each project has a plan of its own.
const ABOVE: f64 = 1.5;
/// The same, where the part follows its whole directly.
const BESIDE: f64 = 4.0;

/// A part with the percentage said of it: 480人，占40%.
#[derive(Clone, Copy)]
struct Pair<'d> {
    part: &'d Value,
    percent: &'d Value,
    /// What it is said to be of, 总数的 and the like left out.
    name: &'d str,
    /// Whether the part is said not to be what the percentage is of: 不合格30批，合格的占98.5%.
    contrary: bool,
    /// Whether the percentage is what was set, and the part reckoned from it: 由县级承担70%，即63万元.
    set: bool,
}

/// What a part is measured against.
struct Whole<'d> {
    value: &'d Value,
    /// How many times too great or small the percentage may be.
    limit: f64,
}

impl Share {
    pub(super) fn slots(&self) -> Vec<&str> {
        let others = self.named.iter().chain(&self.whole).map(String::as_str);
        [self.part.as_str(), &self.percent].into_iter().chain(others).collect()
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let (part, percent) = (exact(case, &self.part)?, exact(case, &self.percent)?);
        // 分别占53%、16%、12%: the first is that of the first of several parts.
        let several = clause_before(case.document, percent).contains("分别");
        if percent.kind != ValueKind::Percent || !percent.low.is_sign_positive() || several {
            return None;
        }
        let name =
            self.named.as_ref().and_then(|slot| case.found?.slot(slot)).map_or("", |span| bare(case.slice(span)));
        let Some(slot) = &self.whole else {
            if is_listed(case.document, part) && !is_named_again(case.document, part, percent) {
                return None;
            }
            let pair = Pair::new(case.document, part, percent, name);
            return match self.within {
                Within::Sentence => in_sentence(case, pair),
                Within::Paragraph => in_paragraph(case, pair),
            };
        };
        let whole = exact(case, slot)?;
        let named = self.named.is_none() || is_named(case, name, part, whole, percent);
        let usable = same_unit(case.document, part, whole) && whole.low > Decimal::ZERO;
        (usable && named)
            .then(|| Pair::new(case.document, part, percent, name).against(case, &Whole { value: whole, limit: FAR }))?
    }
}

impl<'d> Pair<'d> {
    fn new(document: &Document, part: &'d Value, percent: &'d Value, name: &'d str) -> Pair<'d> {
        let contrary = clause_before(document, part).contains(['不', '未', '非', '无', '没']);
        let borne = ["承担", "负担", "自筹", "列支", "配套", "补助", "出资", "分担"]
            .iter()
            .any(|word| clause_before(document, percent).ends_with(word));
        Pair { part, percent, name, contrary, set: borne && percent.span.end <= part.span.start }
    }

    /// The share of the part in percent, and how far the stated one may be from it.
    fn share_of(self, whole: &Value) -> (f64, f64) {
        let (share, slack) = share_of(self.part, whole, self.percent);
        let exact = share * relative(self.part).hypot(relative(whole)).max(1e-9) * 1.001;
        (share, if self.set { exact } else { slack })
    }

    /// Whether `whole` bears the percentage out.
    fn is_of(self, whole: &Value) -> bool {
        let (share, slack) = self.share_of(whole);
        let stated = float(self.percent.low);
        (share - stated).abs() <= slack || self.contrary && (100.0 - share - stated).abs() <= slack
    }

    /// The least and the greatest whole that would bear the percentage out.
    fn implied(self) -> (f64, f64) {
        let (part, stated, slack) = (float(self.part.low), float(self.percent.low), slack(self.percent));
        let half = relative(self.part);
        (100.0 * part * (1.0 - half) / (stated + slack), 100.0 * part * (1.0 + half) / (stated - slack).max(0.01))
    }

    fn agrees(self, other: Pair<'_>) -> bool {
        let (a, b) = (self.implied(), other.implied());
        a.0 <= b.1 && b.0 <= a.1
    }

    /// Reports the pair where `whole` does not bear it out.
    fn against(self, case: &Case<'_>, whole: &Whole<'_>) -> Option<Hit> {
        let (share, _) = self.share_of(whole.value);
        let far = times_apart(share, float(self.percent.low)) > whole.limit;
        if self.is_of(whole.value) || far && !self.is_slip(whole.value) {
            return None;
        }
        let working = format!("{}÷{}", written(case, self.part), written(case, whole.value));
        Some(self.hit(share, working).related(whole.value.span, "总数"))
    }

    /// Whether a slip in one number explains that `whole` does not bear it out.
    fn is_slip(self, whole: &Value) -> bool {
        !self.is_of(whole) && slip::explains_share(self.part, whole, self.percent, self.share_of(whole).0)
    }

    /// That the share should be so many percent.
    fn hit(self, share: f64, working: String) -> Hit {
        should_be(self.percent, share, working).related(self.part.span, "部分")
    }

    /// Whether it is said of the whole at hand, or of what stands before `until` by its name.
    fn is_said_of(self, case: &Case<'_>, from: usize, until: usize) -> bool {
        is_general(self.name) || case.slice(Span::new(from.min(until), until)).contains(self.name)
    }
}

/// That a percentage should be another.
pub(super) fn should_be(percent: &Value, share: f64, working: String) -> Hit {
    Hit::at(percent.span).hole("expected", format!("{}%", shown(share, percent))).hole("working", working)
}

/// The share of a part in percent, and how far a stated one may be from it.
pub(in crate::kind::compare) fn share_of(part: &Value, whole: &Value, percent: &Value) -> (f64, f64) {
    let share = 100.0 * float(part.low) / float(whole.low);
    (share, slack(percent) + share * relative(part).hypot(relative(whole)))
}

/// Whether the whole is what the percentage is said to be of, where the text says it.
fn is_named(case: &Case<'_>, name: &str, part: &Value, whole: &Value, percent: &Value) -> bool {
    if is_general(name) {
        return true;
    }
    let start = case
        .document
        .enclosing(PartKind::Sentence, whole.span)
        .map_or(whole.span.start, |sentence| sentence.span.start);
    let until = case.document.text()[..percent.span.start].rfind(name).unwrap_or(percent.span.start);
    case.slice(Span::new(start.min(until), until)).contains(name) && part.span.start >= start
}

/// Whether a name says no more than that it is all of it.
pub(super) fn is_general(name: &str) -> bool {
    matches!(name, "" | "总" | "比" | "比重" | "比例" | "其" | "全部" | "总体" | "整体")
}

/// What a percentage is of, without 总数的 and the like.
pub(super) fn bare(name: &str) -> &str {
    let name = name.trim().trim_end_matches(['的', '为', '达', '到', '约', '（', '(']);
    let words = ["总数", "总量", "总额", "总人数", "总户数", "全部", "比重", "比例", "的"];
    let name = words.iter().fold(name, |name, word| name.trim_end_matches(word));
    name.trim_start_matches("全部").trim_start_matches('总')
}
