//! The schema that `kanwu rules schema` prints accepts every built-in rule file, and refuses what the reader refuses.

use crate::program::Folder;
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(&Folder::new().run("rules schema").out).unwrap()
}

/// What of a value a schema does not accept: the path to it. Knows the keywords that schema uses.
fn refused(root: &Value, schema: &Value, value: &Value, path: &str) -> Option<String> {
    let Value::Object(keywords) = schema else {
        return (schema == &Value::Bool(false)).then(|| path.to_owned());
    };
    keywords.iter().find_map(|(keyword, wanted)| {
        let here = |holds: bool| (!holds).then(|| format!("{path} ({keyword} {wanted})"));
        let list = || wanted.as_array().unwrap().iter();
        match keyword.as_str() {
            "$ref" => {
                let target = root.pointer(wanted.as_str()?.trim_start_matches('#')).expect("a definition");
                refused(root, target, value, path)
            }
            "anyOf" => here(list().any(|one| refused(root, one, value, path).is_none())),
            "oneOf" => here(list().filter(|one| refused(root, one, value, path).is_none()).count() == 1),
            "const" => here(value == wanted),
            "enum" => here(list().any(|one| one == value)),
            "type" => here(match wanted {
                Value::Array(kinds) => kinds.iter().any(|kind| is_a(value, kind.as_str().unwrap())),
                kind => is_a(value, kind.as_str().unwrap()),
            }),
            "required" => {
                here(value.as_object().is_none_or(|map| list().all(|key| map.contains_key(key.as_str().unwrap()))))
            }
            "properties" => wanted.as_object().unwrap().iter().find_map(|(key, one)| {
                value.get(key).and_then(|inner| refused(root, one, inner, &format!("{path}/{key}")))
            }),
            "additionalProperties" => value.as_object()?.iter().find_map(|(key, inner)| {
                let known = keywords.get("properties").is_some_and(|known| known.get(key).is_some());
                (!known).then(|| refused(root, wanted, inner, &format!("{path}/{key}"))).flatten()
            }),
            "items" => value
                .as_array()?
                .iter()
                .enumerate()
                .find_map(|(index, inner)| refused(root, wanted, inner, &format!("{path}/{index}"))),
            "minItems" => here(value.as_array().is_none_or(|items| items.len() as u64 >= wanted.as_u64().unwrap())),
            "minProperties" => here(value.as_object().is_none_or(|map| map.len() as u64 >= wanted.as_u64().unwrap())),
            "maxProperties" => here(value.as_object().is_none_or(|map| map.len() as u64 <= wanted.as_u64().unwrap())),
            "minLength" => here(value.as_str().is_none_or(|text| !text.is_empty())),
            "minimum" => here(value.as_f64().is_none_or(|number| number >= wanted.as_f64().unwrap())),
            "maximum" => here(value.as_f64().is_none_or(|number| number <= wanted.as_f64().unwrap())),
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => None,
            other => panic!("the schema uses {other}, which this test does not know"),
        }
    })
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("no type {other}"),
    }
}

#[test]
fn accepts_every_built_in_rule() {
    let schema = schema();
    let mut count = 0;
    for entry in std::fs::read_dir("rules").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let file: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(refused(&schema, &schema, &file, ""), None, "{}", path.display());
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn refuses_what_the_reader_refuses() {
    let schema = schema();
    let rule = |then: &str, more: &str| -> Value {
        let text = format!("rules: [{{id: a/b, title: t, given: item, then: {then}, severity: info{more}}}]");
        serde_yaml::from_str(&text).unwrap()
    };
    assert_eq!(refused(&schema, &schema, &rule("{forbid: 甲}", ""), ""), None);
    for (then, more) in [
        ("{forbd: 甲}", ""),
        ("{forbid: 甲}", ", titel: x"),
        ("{forbid: 甲}", ", when: {nearby: 甲}"),
        ("{forbid: {repat: 甲}}", ""),
    ] {
        assert!(refused(&schema, &schema, &rule(then, more), "").is_some(), "{then}{more}");
    }
}

#[test]
fn describes_every_part_and_verb_in_chinese() {
    let schema = schema();
    let han = |words: &Value| words.as_str().is_some_and(|words| words.chars().any(|c| ('一'..='龥').contains(&c)));
    let parts = schema["$defs"]["PartKind"]["oneOf"].as_array().unwrap();
    assert!(parts.len() > 30 && parts.iter().all(|part| han(&part["description"])));
    let verbs = schema["$defs"]["Verb"]["oneOf"].as_array().unwrap();
    assert!(verbs.iter().all(|verb| han(&verb["description"])), "{verbs:#?}");
    let conditions = schema["$defs"]["Condition"]["properties"].as_object().unwrap();
    assert!(conditions.values().all(|condition| han(&condition["description"])));
}
