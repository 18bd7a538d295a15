//! Rules as data: one YAML entry each, read strictly, kept in a compact form, compiled on first use.
//!
//! A rule reads as a sentence: *given* these parts of the document, *when* this holds and *except* there, *then* this must
//! be so. What it demands is a [`Verb`]; how it is run is in [`crate::check`].

pub mod condition;
pub mod example;
pub mod given;
pub mod load;
mod marks;
mod nearest;
mod place;
pub mod set;
pub mod template;
pub(crate) mod yaml;

use crate::diagnostic::{Basis, Force, Severity};
use crate::form::one_key;
use crate::kind::Verb;
use crate::pattern::Patterns;
use condition::Conditions;
use example::Examples;
use given::Given;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;
use template::Template;

/// A file of rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// 规则包的说明。
    #[serde(default)]
    pub pack: Option<Pack>,
    /// 规则。
    pub rules: Vec<Rule>,
}

/// The header of a file of rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// 包名，即规则编号“/”前的部分。
    pub name: String,
    /// 中文名。
    pub title: String,
}

/// One rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// 编号，组名/名称，用小写英文和连字符。
    pub id: String,
    /// 一句话说明，显示在清单里。
    pub title: String,
    /// 检查哪些部分。
    pub given: Given,
    /// 在其中找什么；不写则就部分本身判断。
    #[serde(default)]
    pub find: Option<Patterns>,
    /// 满足时才检查；列表表示任一。
    #[serde(default)]
    pub when: Option<Conditions>,
    /// 满足时不检查；列表表示任一。
    #[serde(default)]
    pub except: Option<Conditions>,
    /// 要求。
    #[serde(with = "one_key")]
    #[cfg_attr(feature = "cli", schemars(with = "Verb"))]
    pub then: Verb,
    /// 提示语，可用 {match} 等；不写则用 title。
    #[serde(default)]
    pub message: Option<Template>,
    /// 怎样修改。
    #[serde(default)]
    pub fix: Option<FixForm>,
    /// 无法自动修改时的建议。
    #[serde(default)]
    pub advice: Option<String>,
    /// 级别。
    pub severity: Severity,
    /// 依据。
    #[serde(default)]
    pub basis: Option<BasisForm>,
    /// 适用的文种；不写则全部适用。
    #[serde(default)]
    pub genres: Vec<String>,
    /// 标签。
    #[serde(default)]
    pub tags: Vec<String>,
    /// 例子：既是测试，也是说明。
    #[serde(default)]
    pub examples: Examples,
}

impl Rule {
    /// The message, or the title where none is written.
    pub fn message(&self) -> Template {
        self.message.clone().unwrap_or_else(|| {
            Template::new(self.title.replace('{', "\\{")).unwrap_or_else(|_| {
                // A title whose braces were escaped is always a template.
                Template::new("").expect("the empty template is valid")
            })
        })
    }
}

/// How to mend what a rule finds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct FixForm {
    /// 替换成；空文字表示删去。
    pub replace: Option<Template>,
    /// 在前面补上。
    pub before: Option<Template>,
    /// 在后面补上。
    pub after: Option<Template>,
    /// 可以不经人看直接修改。
    pub safe: bool,
    /// 修改的说明；不写则由修改内容生成。
    pub title: Option<Template>,
}

/// A ground as written: a map, or the words of a unit's own ground.
#[derive(Clone, Debug, Serialize)]
pub struct BasisForm(pub Basis);

impl<'de> Deserialize<'de> for BasisForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<BasisForm, D::Error> {
        struct BasisVisitor;

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            #[serde(default)]
            standard: String,
            #[serde(default)]
            clause: String,
            force: Force,
        }

        impl<'de> Visitor<'de> for BasisVisitor {
            type Value = Basis;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("依据：{standard, clause, force}，或本单位的规定")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Basis, E> {
                Ok(Basis { standard: value.to_owned(), clause: String::new(), force: Force::House })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Basis, A::Error> {
                let Written { standard, clause, force } =
                    Written::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Basis { standard, clause, force })
            }
        }

        if deserializer.is_human_readable() {
            deserializer.deserialize_any(BasisVisitor).map(BasisForm)
        } else {
            Basis::deserialize(deserializer).map(BasisForm)
        }
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for BasisForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Basis".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let force = generator.subschema_for::<Force>();
        schemars::json_schema!({ "anyOf": [
            { "type": "string", "description": "本单位的规定" },
            { "type": "object", "additionalProperties": false, "required": ["force"], "properties": {
                "standard": { "type": "string" }, "clause": { "type": "string" }, "force": force } }
        ] })
    }
}
