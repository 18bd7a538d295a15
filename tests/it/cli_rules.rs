//! The program and rules: the user's files with every kind of mistake, lists, tests, explanations, the schema.

use crate::program::Folder;

/// A rule file without a mistake, which each case spoils at one place.
const RULES: &str = r#"pack: {name: house, title: 本局}
rules:
  - id: house/one
    title: 不写我局
    given: paragraph
    then: {forbid: 我局}
    message: "“{match}”应写全称"
    severity: warning
    examples:
      bad: ["请⟦我局⟧办理。"]
      good: ["请市教育局办理。"]
"#;

/// `RULES` with some words replaced.
fn spoiled(right: &str, wrong: &str) -> String {
    assert!(RULES.contains(right), "{right} is not in the rules");
    RULES.replace(right, wrong)
}

#[test]
fn mistakes_are_shown_at_their_words() {
    let rule = RULES.split_once("rules:\n").unwrap().1;
    let bomb = (1..12).fold(
        spoiled("    severity", "    when:\n      all:\n        - &c0 {near: 甲}\n    severity"),
        |text, number| {
            let many = vec![format!("*c{}", number - 1); 10].join(", ");
            text.replace("    severity", &format!("        - &c{number} {{all: [{many}]}}\n    severity"))
        },
    );
    let cases: Vec<(&str, String)> = vec![
        ("unknown key", spoiled("    title:", "    titel:")),
        ("missing key", spoiled("    severity: warning\n", "")),
        ("key with another indentation", spoiled("    given:", "   given:")),
        ("duplicate key", spoiled("    severity:", "    title: 又一个\n    severity:")),
        ("unknown part", spoiled("given: paragraph", "given: paragrph")),
        ("unknown part, narrowed", spoiled("given: paragraph", "given: {itme: 2}")),
        ("impossible level", spoiled("given: paragraph", "given: {item: 9}")),
        ("unknown way of numbering", spoiled("given: paragraph", "given: {item: （1.）}")),
        ("unknown verb", spoiled("{forbid: 我局}", "{forbd: 我局}")),
        ("two verbs", spoiled("{forbid: 我局}", "{forbid: 我局, require: {pattern: 甲}}")),
        ("unknown option of a verb", spoiled("{forbid: 我局}", "{require: {patern: 甲}}")),
        ("unknown form of a verb", spoiled("{forbid: 我局}", "{forbid: {repat: 甲}}")),
        ("unknown condition", spoiled("    severity", "    except: {precede-by: 甲}\n    severity")),
        ("unknown key of an example", spoiled("[\"请⟦我局⟧办理。\"]", "[{text: \"请⟦我局⟧办理。\", fixd: 甲}]")),
        ("undefined hole", spoiled("{match}", "{mach}")),
        ("open hole", spoiled("{match}", "{match")),
        ("no blank after a colon", spoiled("severity: warning", "severity:warning")),
        ("full-width brace", spoiled("{forbid: 我局}", "｛forbid: 我局｝")),
        ("no title", spoiled("title: 不写我局", "title:")),
        ("Chinese for a level", spoiled("severity: warning", "severity: 必须改")),
        ("no number", spoiled("    severity", "    when: {value: {min: 多}}\n    severity")),
        ("bad regex", spoiled("{forbid: 我局}", "{forbid: \"/我(局/\"}")),
        ("pattern that matches nothing", spoiled("{forbid: 我局}", "{forbid: \"/我*/\"}")),
        ("bad slot", spoiled("{forbid: 我局}", "{forbid: \"{谁}我局\"}")),
        ("unknown level", spoiled("severity: warning", "severity: waring")),
        (
            "level above its ground",
            spoiled(
                "severity: warning",
                "severity: error\n    basis: {standard: GB/T 9704—2012, clause: 7.1, force: 宜}",
            ),
        ),
        ("unknown force", spoiled("severity: warning", "severity: info\n    basis: {force: 必}")),
        ("list for words", spoiled("title: 不写我局", "title: [甲, 乙]")),
        ("map for a list", spoiled("[\"请⟦我局⟧办理。\"]", "{a: b}")),
        ("word for true", spoiled("    severity", "    fix: {replace: 甲, safe: 是}\n    severity")),
        ("bad id", spoiled("house/one", "House One")),
        ("duplicate id", format!("{RULES}{rule}")),
        ("id of a built-in rule", spoiled("house/one", "punctuation/doubled")),
        ("missing table", spoiled("{forbid: 我局}", "{forbid: {table: 机构名称}}")),
        ("full-width colon", spoiled("severity: warning", "severity：warning")),
        ("curly quotes", spoiled("title: 不写我局", "title: “不写我局”")),
        ("full-width comma", spoiled("    severity", "    genres: [通知，通报]\n    severity")),
        ("tab", spoiled("    given:", "\tgiven:")),
        ("open brace", spoiled("{forbid: 我局}", "{forbid: 我局")),
        ("open quotation", spoiled("应写全称\"", "应写全称")),
        ("asterisk", spoiled("{forbid: 我局}", "{forbid: *我局}")),
        ("several documents", format!("{RULES}---\n{RULES}")),
        ("no rules", "pack: {name: a, title: b}\n".to_owned()),
        ("only a comment", "# 没有规则\n".to_owned()),
        ("list without rules", rule.to_owned()),
        ("runaway aliases", bomb),
        ("two mistakes", spoiled("{match}", "{mach}").replace("house/one", "House")),
        ("blank", "\n".to_owned()),
        ("too large", "#".repeat(5 << 20)),
    ];
    let mut shown = String::new();
    for (name, text) in cases {
        let folder = Folder::new().file("规则.yaml", &text).file("a.txt", "请我局办理。\n");
        let outcome = folder.run("check a.txt --rules 规则.yaml");
        assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""), "{name}: {outcome:#?}");
        shown.push_str(&format!("## {name}\n{}\n", outcome.messages));
    }
    let english = shown.lines().filter(|line| line.contains("规则有误") && line.contains("expected"));
    assert_eq!(english.collect::<Vec<_>>(), Vec::<&str>::new());
    insta::assert_snapshot!("rule_mistakes", shown);
}

#[test]
fn all_mistakes_of_all_files_are_shown() {
    let folder = Folder::new()
        .file("a.txt", "甲。\n")
        .file("r/b.yml", spoiled("given: paragraph", "given: paragrph"))
        .file("r/a.yaml", spoiled("{match}", "{mach}"));
    let outcome = folder.run("check a.txt --rules r --rules none.yaml");
    outcome.ends(2, "r/a.yaml:7:16").ends(2, "r/b.yml:5:12").ends(2, "规则文件“none.yaml”：文件或文件夹不存在");
    Folder::new().file("r/x.txt", "").run("check --rules r").ends(2, "没有规则文件（.yaml .yml）");
}

#[test]
fn the_same_id_in_two_files() {
    let folder = Folder::new().file("a.txt", "甲。\n").file("a.yaml", RULES).file("b.yaml", RULES);
    folder.run("check a.txt --rules a.yaml --rules b.yaml").ends(2, "与 a.yaml:3 的规则重复");
}

#[test]
fn a_folder_of_rules_with_its_tables() {
    let folder = Folder::new()
        .file("a.txt", "送市教委办理。\n")
        .file(
            "r/house.yaml",
            spoiled("{forbid: 我局}", "{forbid: {table: 机构名称}}").replace("请⟦我局⟧办理", "请⟦市教委⟧办理"),
        )
        .file("r/机构名称.tsv", "# title: 机构名称\nwrong\tright\n市教委\t市教育局\n")
        .file("r/别的.tsv", "a\tb\nc\n");
    folder
        .run("check a.txt --only house/* --rules r --format concise")
        .ends(0, "建议改1处")
        .says("a.txt:1:2: warning house/one");
    folder.run("rules test r").ends(0, "").says("共1条规则、2个例子，全部通过");
}

#[test]
fn a_line_broken_behind_a_number() {
    let rules = spoiled("{forbid: 我局}", "{require: {pattern: 。, at: end}}\n    when: {next-line: [unit]}")
        .replace("[\"请⟦我局⟧办理。\"]", "[\"要压缩时限，把办理时间缩⟦短到45⟧\\n天，并于年底前完成。\"]")
        .replace("[\"请市教育局办理。\"]", "[\"要压缩时限，把办理时间缩短到45天\\n各科室要抓好落实。\"]");
    Folder::new().file("r.yaml", rules).run("rules test r.yaml").ends(0, "").says("全部通过");
}

#[test]
fn a_rule_file_in_another_encoding() {
    let (bytes, _, _) = encoding_rs::GB18030.encode(RULES);
    let folder = Folder::new().file("a.txt", "请我局办理。\n").file("r.yaml", bytes);
    folder.run("check a.txt --only house/* --rules r.yaml --format concise").ends(0, "").says("house/one");
}

#[test]
fn a_rule_without_examples_is_a_warning_at_most() {
    let rules = spoiled("severity: warning", "severity: error").split("    examples:").next().unwrap().to_owned();
    let folder = Folder::new().file("a.txt", "请我局办理。\n").file("r.yaml", rules);
    let note = "注意  r.yaml:8：规则 house/one 没有例子，级别由 error（必须改）降为 warning（建议改）";
    let check = "check a.txt --rules r.yaml --format concise";
    let outcome = folder.run(&format!("{check} --only house/*"));
    outcome.ends(0, note).says("warning house/one");
    assert_eq!(outcome.messages.matches("house/one").count(), 1);
    assert_eq!(folder.run(&format!("{check} --only house/* -q")).messages, "");
    assert!(!folder.run(&format!("{check} --skip house/*")).messages.contains("注意"));
    folder.run("rules test r.yaml").ends(0, note).says("没有可运行的例子");
    folder.run("rules list --rules r.yaml").ends(0, note).says("house/one");
}

#[test]
fn examples_that_fail_are_shown() {
    let rules = spoiled("请⟦我局⟧办理", "请我局⟦办理⟧")
        .replace("[\"请市教育局办理。\"]", "[\"请我局办理。\"]")
        .replace("bad: [", "bad: [\"没有标记。\", \"请⟦他局⟧办理。\", \"请⟦我局⟧办理\", ");
    let folder = Folder::new().file("r.yaml", rules);
    let outcome = folder.run("rules test r.yaml");
    assert_eq!(outcome.code, Some(1));
    insta::assert_snapshot!("failing_examples", outcome.shown());
}

#[test]
fn the_built_in_rules_pass_their_own_tests() {
    let outcome = Folder::new().run("rules test");
    outcome.ends(0, "").says("全部通过");
    assert!(!outcome.out.contains("注意"), "{}", outcome.out);
}

#[test]
fn explanations() {
    let folder = Folder::new().file("r.yaml", RULES);
    insta::assert_snapshot!("explain_built_in", folder.run("explain punctuation/doubled").shown());
    insta::assert_snapshot!("explain_own", folder.run("explain house/one --rules r.yaml").shown());
    folder.run("explain doubled").ends(2, "是否想写“punctuation/doubled”？");
    let whole = folder.run("explain punctuation");
    whole.ends(0, "").says("punctuation  标点符号，").says("punctuation/doubled").says("同一点号不重复");
    assert!(!whole.out.contains("dates/"), "{whole:#?}");
    assert_eq!(folder.run("explain punctuation/*"), whole);
    folder
        .run("explain house --rules r.yaml")
        .ends(0, "")
        .says("house  本局，1条规则\n\nhouse/one  建议改  不写我局\n");
    folder.run("explain punctuatoin").ends(2, "是否想写“punctuation”？");
    folder.run("explain nothing/like-it").ends(2, "没有规则“nothing/like-it”");
}

#[test]
fn traces() {
    let rules = spoiled("    severity", "    when: {near: 请}\n    except: {near: 王}\n    severity");
    let folder = Folder::new().file("r.yaml", rules).file("a.txt", "请我局办理。\n我局。\n请王我局。\n");
    insta::assert_snapshot!("trace", folder.run("rules trace house/one a.txt --rules r.yaml").shown());
    let rules = spoiled("given: paragraph", "given: {item: 1}\n    find: \"投入{n:amount}\"")
        .replace("{forbid: 我局}", "{between: {value: n, max: 5}}")
        .split("    message:")
        .next()
        .unwrap()
        .to_owned()
        + "    when: {near: 今年}\n    severity: warning\n";
    let text = "关于投入的通知\n今年投入9元。\n一、今年投入9元。\n二、投入8元。\n三、今年投入1元。\n四、不投入。\n";
    let folder = Folder::new().file("r.yaml", rules).file("a.txt", text);
    insta::assert_snapshot!("trace_find", folder.run("rules trace house/one a.txt --rules r.yaml").shown());
    folder.run("rules trace house/on a.txt --rules r.yaml").ends(2, "是否想写“house/one”？");
    folder.run("rules trace house/one none.txt --rules r.yaml").ends(2, "none.txt：文件或文件夹不存在");
}

#[test]
fn a_list_stands_in_columns() {
    let folder = Folder::new().file("r.yaml", RULES);
    let outcome = folder.run("rules list --rules r.yaml");
    outcome.ends(0, "").says("house/one").says("编号").says("级别");
}

#[test]
fn what_a_document_is_seen_as() {
    let text =
        "市教育局2024年工作要点\n一、总体要求\n（一）加强管理。投入3.5万元，比上年增长约10%。（牵头负责：组织处）\n";
    let folder = Folder::new().file("a.txt", text);
    insta::assert_snapshot!("inspect_tree", folder.run("inspect a.txt").shown());
    assert_eq!(folder.run("inspect a.txt --format text").out, text);
    let whole: serde_json::Value = serde_json::from_str(&folder.run("inspect a.txt --format json").out).unwrap();
    assert_eq!(whole["facts"]["year"]["value"], "2024");
    let field = &whole["parts"]["field"][0];
    assert_eq!((field["label"].as_str(), field["text"].as_str()), (Some("牵头负责"), Some("组织处")));
    let amount = whole["values"].as_array().unwrap().iter().find(|value| value["kind"] == "amount").unwrap();
    assert_eq!(
        (amount["low"].as_str(), amount["unit"].as_str(), amount["line"].as_u64()),
        (Some("35000"), Some("元"), Some(3))
    );
    folder.run("inspect none.txt").ends(2, "none.txt：文件或文件夹不存在");
    let run = folder
        .kanwu(["inspect", "-", "--format", "text", "--stdin-filename", "a.html"])
        .input("<p>甲<b>乙</b></p>")
        .run();
    assert_eq!(run.out, "甲乙\n");
}
