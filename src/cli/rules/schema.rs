//! `kanwu rules schema`: the JSON Schema of rule files, with a Chinese word on every part, verb and condition.

use crate::cli::{Exit, Stop, names};
use crate::document::part::PartKind;
use crate::kind::Verb;
use crate::rule::RuleFile;
use serde_json::{Value, json};
use std::io::{Write, stdout};

/// Prints the schema.
pub(in crate::cli) fn run() -> Result<Exit, Stop> {
    let text = serde_json::to_string_pretty(&schema()).expect("a schema is JSON");
    writeln!(stdout(), "{text}")?;
    Ok(Exit::Clean)
}

fn schema() -> Value {
    let mut schema = schemars::schema_for!(RuleFile).to_value();
    schema["title"] = json!("kanwu 规则文件");
    schema["description"] = json!(
        "每条规则读作一句话：given 这些部分，when 满足时、except 不满足时，then 应当如此。用 kanwu rules test 运行例子。"
    );
    let parts: Vec<Value> = PartKind::ALL
        .iter()
        .map(|&kind| {
            let description = format!("{}。{}", names::part(kind), names::attributes(kind));
            json!({ "const": kind.name(), "title": names::part(kind), "description": description })
        })
        .collect();
    schema["$defs"]["PartKind"] = json!({ "description": "文件的部分", "type": "string", "oneOf": parts });
    describe_verbs(&mut schema["$defs"]["Verb"]);
    in_chinese(&mut schema);
    without_null(&mut schema);
    schema
}

/// Puts a Chinese sentence on each verb.
fn describe_verbs(verbs: &mut Value) {
    verbs["description"] = json!(format!("要求，写一个动词：{}", Verb::NAMES.join("、")));
    for verb in verbs["oneOf"].as_array_mut().into_iter().flatten() {
        let name = verb["properties"].as_object().and_then(|keys| keys.keys().next().cloned()).unwrap_or_default();
        if let Some(words) = names::verb(&name) {
            verb["description"] = json!(words);
        }
    }
}

/// Drops descriptions that are for programmers: those without a Han character.
fn in_chinese(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            let is_foreign = |words: &Value| {
                words.as_str().is_some_and(|words| !words.chars().any(crate::document::character::is_han))
            };
            if map.get("description").is_some_and(is_foreign) {
                map.remove("description");
            }
            map.values_mut().for_each(in_chinese);
        }
        Value::Array(items) => items.iter_mut().for_each(in_chinese),
        _ => {}
    }
}

/// Drops what says that a key may be left out by writing null: a key is left out by not writing it.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if map.get("default").is_some_and(|value| value.is_null()) {
                map.remove("default");
            }
            if let Some(Value::Array(choices)) = map.get_mut("anyOf") {
                choices.retain(|choice| choice["type"] != "null");
            }
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|kind| kind != "null");
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}
