//! What a check reports: one main place, what is wrong there, on what ground, and what to do.

use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// How much a finding weighs. Ordered: `Info` is the least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 提示: worth a look.
    Info,
    /// 建议改: most likely wrong.
    Warning,
    /// 必须改: certainly wrong.
    Error,
}

impl Severity {
    /// The name used in options, rules and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The name shown to people.
    pub fn chinese(self) -> &'static str {
        match self {
            Severity::Info => "提示",
            Severity::Warning => "建议改",
            Severity::Error => "必须改",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The ground a finding rests on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Basis {
    /// The standard or document, such as `GB/T 15834—2011`; empty when the ground is the text itself.
    pub standard: String,
    /// The clause, such as `5.1.1`; may be empty.
    pub clause: String,
    /// How binding it is.
    pub force: Force,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.standard.as_str(), self.clause.as_str()) {
            ("", _) => f.write_str(self.force.meaning()),
            (standard, "") => f.write_str(standard),
            (standard, clause) => write!(f, "{standard} {clause}"),
        }
    }
}

/// How binding a ground is; it caps the severity of the rules that rest on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub enum Force {
    /// The standard says 应 or 不得. Any severity.
    #[serde(rename = "应")]
    Shall,
    /// A plain slip: wrong or doubled characters, a leftover placeholder, an impossible date. Any severity.
    #[serde(rename = "硬伤")]
    Slip,
    /// The document contradicts itself. Any severity.
    #[serde(rename = "文内")]
    Within,
    /// The standard says 宜 or 一般. At most `warning`.
    #[serde(rename = "宜")]
    Should,
    /// The standard says 可. At most `info`.
    #[serde(rename = "可")]
    May,
    /// Custom, not written in a standard. At most `info`.
    #[serde(rename = "惯例")]
    Custom,
    /// A unit's own ground, named in its own rule. Any severity.
    #[serde(rename = "本单位")]
    House,
}

impl Force {
    /// What the word means, for people who have not learnt it, with the word.
    pub fn meaning(self) -> &'static str {
        match self {
            Force::Shall => "必须遵守（应）",
            Force::Slip => "明显差错（硬伤）",
            Force::Within => "前后文不一致（文内）",
            Force::Should => "一般应遵守（宜）",
            Force::May => "允许的写法（可）",
            Force::Custom => "习惯写法（惯例）",
            Force::House => "本单位规定",
        }
    }

    /// The word used in rules.
    pub fn chinese(self) -> &'static str {
        match self {
            Force::Shall => "应",
            Force::Slip => "硬伤",
            Force::Within => "文内",
            Force::Should => "宜",
            Force::May => "可",
            Force::Custom => "惯例",
            Force::House => "本单位",
        }
    }

    /// The highest severity a rule on this ground may have.
    pub fn cap(self) -> Severity {
        match self {
            Force::Shall | Force::Slip | Force::Within | Force::House => Severity::Error,
            Force::Should => Severity::Warning,
            Force::May | Force::Custom => Severity::Info,
        }
    }
}

/// A place in a text, named by its file, and what to say of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The name of the [`Source`](crate::source::Source).
    pub path: Arc<str>,
    /// Bytes of the decoded text.
    pub span: Span,
    /// A few words shown beside the place; may be empty.
    pub message: String,
}

/// One replacement of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// The bytes that go; empty for an insertion.
    pub span: Span,
    /// What comes in their place; empty for a deletion.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// Whether it may be applied without a person looking.
    pub safe: bool,
    /// The replacements, in the order of the text, apart from each other.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The id of the rule, `group/name`.
    pub rule: Arc<str>,
    /// How much it weighs.
    pub severity: Severity,
    /// One line that makes sense without the text.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// Other places it rests on.
    pub related: Vec<Label>,
    /// The headings above the place, outermost first, such as `一（四）`; empty at the top.
    pub section: String,
    /// What to do, where no fix can say it; may be empty.
    pub advice: String,
    /// The ground.
    pub basis: Option<Arc<Basis>>,
    /// How to mend it.
    pub fix: Option<Fix>,
    /// Sixteen hexadecimal digits that survive edits elsewhere in the document.
    pub fingerprint: String,
}
