//! The examples inside the built-in rules.

use kanwu::builtin::builtin;
use kanwu::rule::example;

#[test]
fn every_example_comes_out_as_written() {
    let (_, rules, tables) = builtin();
    let mut lines = Vec::new();
    for rule in &rules {
        for failure in example::run(rule, &tables) {
            lines.push(format!("{}\n  {}\n  {}", failure.rule, failure.text, failure.problem));
        }
    }
    assert!(!rules.is_empty());
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn messages_fit_on_one_line() {
    let (_, rules, _) = builtin();
    for rule in &rules {
        let message = rule.message();
        let fixed: usize = message.source().chars().filter(|c| !c.is_ascii()).count();
        assert!(fixed <= 40, "{}: {}", rule.id, message.source());
        assert!(!message.source().ends_with('。'), "{}: a message ends without a mark", rule.id);
    }
}

#[test]
fn every_verb_has_a_built_in_rule() {
    let (_, rules, _) = builtin();
    for name in kanwu::kind::Verb::NAMES {
        assert!(rules.iter().any(|rule| rule.then.name() == *name), "no built-in rule says {name}");
    }
}
