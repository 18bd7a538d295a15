//! The program as people run it: exit codes, files and folders, standard input, encodings, options.

use crate::program::{COMMANDS, Folder};
use std::fs;

/// One slip: 。。 at line 2, column 7.
const FAULTY: &str = "关于加强管理的通知\n请认真执行。。\n";

const CLEAN: &str = "关于加强管理的通知\n请认真执行。\n";

/// A rule at each level.
const LEVELS: &str = r#"rules:
  - id: house/error
    title: 错
    given: document
    then: {forbid: 甲错}
    severity: error
    examples: {bad: ["⟦甲错⟧"], good: ["甲"]}
  - id: house/warning
    title: 警
    given: document
    then: {forbid: 乙警}
    severity: warning
    examples: {bad: ["⟦乙警⟧"], good: ["乙"]}
  - id: house/info
    title: 示
    given: document
    then: {forbid: 丙示}
    severity: info
    examples: {bad: ["⟦丙示⟧"], good: ["丙"]}
"#;

/// Keeps these tests apart from what other built-in rules may come to say of their texts.
const ONE: &str = "--only punctuation/doubled";

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn exit_codes() {
    let folder = Folder::new().file("faulty.txt", FAULTY).file("clean.txt", CLEAN).file("blank.txt", " \n\u{3000}\n");
    let check = |arguments: &str| folder.run(&format!("check {arguments} {ONE}"));
    check("clean.txt").ends(0, "未发现规则范围内的问题");
    check("faulty.txt").ends(1, "必须改1处").says("punctuation/doubled");
    check("none.txt").ends(2, "none.txt：文件或文件夹不存在");
    check("none.txt faulty.txt").ends(2, "无法检查1份").says("punctuation/doubled");
    check("blank.txt").ends(2, "空白");
    check(".").ends(1, "未检查  blank.txt");
    check("-q .").ends(1, "").says("punctuation/doubled");
    assert_eq!(check("-q .").messages, "");
    folder.run("check --format yaml").ends(2, "没有“yaml”");
    folder.run("check --formt json").ends(2, "是否想写“--format”？");
    folder.run("chek").ends(2, "是否想写“check”？");
    folder.run("check --jobs 0").ends(2, "1到1024");
    folder.run("check -q -v").ends(2, "不能与");
    folder.run("").ends(2, "用法：kanwu");
}

#[test]
fn files_of_other_types() {
    let folder = Folder::new()
        .file("a.txt", CLEAN)
        .file("b.wps", "x")
        .file("c.WPS", "x")
        .file("d.pdf", "x")
        .file("~$d.docx", "x")
        .file("e.png", "x")
        .file("README", "x");
    folder.run(&format!("check {ONE}")).ends(0, "未检查3份：.wps 2、.pdf 1");
    folder.run("check b.wps").ends(2, "b.wps：不能读取“.wps”文件，请先另存为纯文本（.txt）");
    folder.run("check e.png").ends(2, "不认识“.png”类型的文件，可检查的类型：.txt .md .markdown .html .htm");
    folder.run("check README").ends(2, "没有扩展名");
    let disguised = Folder::new().file("a.txt", "%PDF-1.7 \u{1}").file("b.txt", b"\x81\xff\xfe\x00\x01");
    disguised.run("check a.txt").ends(2, "PDF文件");
    disguised.run("check .").ends(2, "无法检查2份");
}

#[test]
fn reports_are_no_documents() {
    let folder = Folder::new().file("a.txt", FAULTY).file("clean.txt", CLEAN);
    let mut kept = Folder::new().file("文稿.txt", CLEAN).file("空.txt", " \n");
    for (index, options) in
        ["", "--color always", "--format concise", "--format json", "--format jsonl", "-v"].iter().enumerate()
    {
        let outcome = folder.run(&format!("check . {ONE} {options}"));
        outcome.ends(1, "");
        kept = kept.file(&format!("{index}.txt"), &outcome.out);
        kept = kept.file(&format!("{index}-all.txt"), format!("{}{}", outcome.messages, outcome.out));
    }
    let kept = kept.file("c.txt", folder.run(&format!("check clean.txt {ONE}")).messages);
    let outcome = kept.run(&format!("check . {ONE}"));
    outcome.ends(0, "未检查  0.txt：这是 kanwu 的检查报告，不是文稿").ends(0, "已检查1份");
    outcome.ends(0, "未检查14份：.txt 14");
    kept.run("check 0.txt").ends(2, "无法检查  0.txt：这是 kanwu 的检查报告");
    // What only quotes a report is a document.
    let quoted = format!("使用说明\n检查的结果如下。\n{}", folder.run("check a.txt").out);
    Folder::new().file("a.txt", quoted).run(&format!("check a.txt {ONE}")).ends(1, "已检查1份");
}

#[test]
fn folders() {
    let empty = Folder::new();
    empty.run("check").ends(0, "文件夹“.”里没有可检查的文件");
    let only_other = Folder::new().file("a.docx", "x");
    only_other.run("check -q").ends(0, "里只有不能读取的文件");
    let folder = Folder::new()
        .file("b/z.md", FAULTY)
        .file("b/a.html", "<p>好。。</p>")
        .file("a.txt", FAULTY)
        .file(".hidden/x.txt", FAULTY)
        .file("old/x.txt", FAULTY)
        .file("drafts/x.txt", FAULTY)
        .file(".gitignore", "old/\n")
        .file(".kanwuignore", "drafts/\n");
    let paths = |line: &str| -> Vec<String> {
        let out = folder.run(&format!("{line} {ONE}")).out;
        out.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect()
    };
    assert_eq!(paths("check --format concise"), ["a.txt", "b/a.html", "b/z.md"]);
    assert_eq!(
        paths("check --format concise --isolated"),
        ["a.txt", "b/a.html", "b/z.md", "drafts/x.txt", "old/x.txt"]
    );
    assert_eq!(paths("check --format concise old/x.txt"), ["old/x.txt"]);
    assert_eq!(paths("check --format concise b a.txt ./a.txt b/z.md"), ["a.txt", "b/a.html", "b/z.md"]);
    let ignored = Folder::new().file("x.txt", FAULTY).file(".kanwuignore", "*.txt\n");
    ignored.run("check").ends(0, "1份文件都被 .gitignore 或 .kanwuignore 排除");
}

#[cfg(unix)]
#[test]
fn links() {
    let folder = Folder::new().file("a/x.txt", FAULTY);
    std::os::unix::fs::symlink("..", folder.path("a/up")).unwrap();
    std::os::unix::fs::symlink("x.txt", folder.path("a/y.txt")).unwrap();
    let looped = folder.run(&format!("check --format concise {ONE}"));
    assert_eq!(looped.ends(1, "已检查1份").out.lines().count(), 1);
    std::os::unix::fs::symlink("gone", folder.path("a/z.txt")).unwrap();
    folder.run("check").ends(2, "无法检查  a/z.txt：文件或文件夹不存在");
}

#[test]
fn a_file_too_large_is_refused() {
    let folder = Folder::new().file("big.txt", "");
    fs::File::options().write(true).open(folder.path("big.txt")).unwrap().set_len(65 << 20).unwrap();
    folder.run("check big.txt").ends(2, "超过64MiB的上限");
}

#[test]
fn standard_input() {
    let folder = Folder::new().file("x.txt", FAULTY);
    let run = |line: &str, input: &str| {
        folder.kanwu(line.split_whitespace().chain(ONE.split_whitespace())).input(input).run()
    };
    run("check - --format concise", FAULTY).ends(1, "").says("<标准输入>:2:6: error punctuation/doubled");
    run("check - --format concise --stdin-filename 通知.md", "# 通知\n\n甲。。\n").ends(1, "").says("通知.md:3:2:");
    run("check --stdin-filename a.html --format concise", "<p>甲。。</p>").ends(1, "").says("a.html:1:5:");
    run("check - --stdin-filename a.docx", "甲").ends(2, "不能读取“.docx”文件");
    run("check x.txt --stdin-filename a.txt", "").ends(2, "只在检查标准输入");
    run("check -", "").ends(2, "<标准输入>：文件是空白的");
    run("check - x.txt --format concise", FAULTY).ends(1, "已检查2份");
}

#[test]
fn every_encoding_gives_the_same_place() {
    let utf16 =
        |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { format!("\u{feff}{FAULTY}").encode_utf16().flat_map(unit).collect() };
    let (gb18030, _, _) = encoding_rs::GB18030.encode(FAULTY);
    let folder = Folder::new()
        .file("UTF-8.txt", FAULTY)
        .file("UTF-8-mark.txt", format!("\u{feff}{FAULTY}"))
        .file("UTF-16LE.txt", utf16(u16::to_le_bytes))
        .file("UTF-16BE.txt", utf16(u16::to_be_bytes))
        .file("GB18030.txt", gb18030);
    let outcome = folder.run("check --format json --only punctuation/doubled");
    let report = json(&outcome.ends(1, "").out);
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.len(), 5);
    for file in files {
        let finding = &file["findings"][0];
        let place = ["start", "end", "line", "column"].map(|key| finding[key].as_u64().unwrap());
        assert_eq!(place, [43, 49, 2, 6], "{file}");
        let name = file["path"].as_str().unwrap().trim_end_matches(".txt").trim_end_matches("-mark");
        assert_eq!(file["encoding"], name);
    }
}

#[test]
fn one_thread_or_many_give_the_same() {
    let mut folder = Folder::new();
    for number in 0..120 {
        let text = if number % 7 == 0 { " ".to_owned() } else { FAULTY.repeat(number % 5 + 1) };
        folder = folder.file(&format!("f/{number}.txt"), text);
    }
    for format in ["pretty", "concise", "json", "jsonl"] {
        let run = |jobs: &str| folder.kanwu(["check", "f", "--statistics", "--format", format, "--jobs", jobs]).run();
        let one = run("1");
        assert_eq!(one.code, Some(1));
        assert_eq!(one, run("2"), "{format}");
        assert_eq!(one, run("16"), "{format}");
        // The rules of a file alone are shared among the threads.
        let alone = |jobs: &str| folder.kanwu(["check", "f/1.txt", "--format", format, "--jobs", jobs]).run();
        let one = alone("1");
        assert_eq!(one.code, Some(1));
        assert_eq!(one, alone("2"), "{format}");
        assert_eq!(one, alone("16"), "{format}");
    }
}

#[test]
fn rules_are_chosen_by_id() {
    let folder = Folder::new().file("a.txt", "甲错，乙警，丙示。。\n").file("r.yaml", LEVELS);
    let found = |options: &str| -> String {
        let outcome = folder.run(&format!("check a.txt --rules r.yaml --format concise {options}"));
        outcome.out.lines().map(|line| line.split(' ').nth(2).unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("--only house/*"), "house/error house/warning house/info");
    assert_eq!(found("--only house/error,*/info"), "house/error house/info");
    assert_eq!(found("--only house/* --skip *warning --skip *info"), "house/error");
    assert_eq!(found("--only *doubled"), "punctuation/doubled");
    let refused = |options: &str, words: &str| {
        folder.run(&format!("check a.txt --rules r.yaml {options}")).ends(2, words);
    };
    refused("--only house", "--only house：没有这样的规则，是否想写“house/*”？");
    refused("--skip house/eror", "是否想写“house/error”？");
    refused("--only zzz", "kanwu rules list");
    refused("--only house/* --skip house/*", "没有留下任何规则");
}

#[test]
fn levels_shown_and_levels_that_fail() {
    let folder = Folder::new()
        .file("all.txt", "甲错，乙警，丙示。\n")
        .file("warning.txt", "乙警，丙示。\n")
        .file("info.txt", "丙示。\n")
        .file("r.yaml", LEVELS);
    let run = |options: &str| folder.run(&format!("check --only house/* --rules r.yaml --format concise {options}"));
    for (file, never, error, warning, info) in
        [("all.txt", 0, 1, 1, 1), ("warning.txt", 0, 0, 1, 1), ("info.txt", 0, 0, 0, 1)]
    {
        for (level, code) in [("never", never), ("error", error), ("warning", warning), ("info", info)] {
            assert_eq!(run(&format!("{file} --fail-on {level}")).code, Some(code), "{file} {level}");
        }
    }
    assert_eq!(run("all.txt").out.lines().count(), 3);
    assert_eq!(run("all.txt --severity warning").out.lines().count(), 2);
    run("info.txt --severity warning --fail-on info").ends(1, "没有要显示的问题；另有1处低于显示级别，未显示。");
}

#[test]
fn colours() {
    let folder = Folder::new().file("a.txt", FAULTY);
    let colored = |options: &str, variables: &[(&str, &str)]| {
        let line = format!("check a.txt {options}");
        let run = folder.kanwu(line.split_whitespace());
        variables.iter().fold(run, |run, (name, value)| run.variable(name, value)).run().out.contains('\x1b')
    };
    assert!(!colored("", &[]));
    assert!(colored("--color always", &[("NO_COLOR", "1")]));
    assert!(colored("", &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored("", &[("CLICOLOR_FORCE", "0")]));
    assert!(!colored("", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(colored("", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]));
    assert!(!colored("--color never", &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn every_json_is_json() {
    let folder = Folder::new().file("a.txt", FAULTY).file("blank.txt", "").file("b.txt", b"\x81\xff\xfe\x00");
    let report = json(&folder.run("check --format json").ends(2, "").out);
    assert_eq!(report["version"], 1);
    assert_eq!(report["files"].as_array().unwrap().len(), 3);
    assert_eq!(report["summary"]["failed"], 1);
    let lines = folder.run("check a.txt --format jsonl").out;
    assert_eq!(lines.lines().map(json).filter(|finding| finding["rule"] == "punctuation/doubled").count(), 1);
    assert!(json(&folder.run("rules list --format json").out).as_array().is_some_and(|rules| !rules.is_empty()));
    assert!(json(&folder.run("rules schema").out)["properties"]["rules"].is_object());
    let empty = Folder::new();
    assert_eq!(json(&empty.run("check --format json").out)["files"], serde_json::json!([]));
}

#[test]
fn statistics_and_verbosity() {
    let folder = Folder::new().file("a.txt", "甲错，乙警，甲错。\n").file("r.yaml", LEVELS);
    let outcome = folder.run("check a.txt --rules r.yaml --only house/* --format concise --statistics");
    outcome.ends(1, "统计：必须改2处，建议改1处\n2  必须改  house/error\n1  建议改  house/warning\n");
    let outcome = folder.run("check a.txt --rules r.yaml --only house/* -v");
    outcome.ends(1, "运行规则3条（内置0条，自带3条）").ends(1, "a.txt：UTF-8，");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_matter() {
    use std::process::{Command, Stdio};
    let folder = Folder::new().file("a.txt", "甲。。\n乙\n".repeat(20_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_kanwu"))
        .args(["check", "--format", "concise", "a.txt"])
        .current_dir(folder.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn help() {
    let folder = Folder::new();
    let mut pages = String::new();
    for command in COMMANDS {
        let outcome = folder.run(&format!("{command} --help"));
        outcome.ends(0, "");
        assert_eq!(outcome.out, folder.run(&format!("{command} -h")).out, "{command}");
        pages.push_str(&format!("## kanwu {command}\n{}\n", outcome.out));
    }
    insta::assert_snapshot!("help", pages);
    assert_eq!(folder.run("-V").out, concat!("kanwu ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_document_younger_than_the_facts_is_remarked() {
    let letter = |year: u32| format!("关于加强管理的函\n各有关单位：\n请认真执行。\n云津市教育局\n{year}年3月1日\n");
    let folder = Folder::new().file("later.txt", letter(2099)).file("now.txt", letter(2024));
    let remark = "later.txt：文件日期2099年3月1日晚于事实表的核对日";
    assert!(folder.run("check -v later.txt").messages.contains(remark));
    assert!(!folder.run("check later.txt").messages.contains("核对日"));
    assert!(!folder.run("check -v now.txt").messages.contains("核对日"));
}

#[test]
fn the_genre_can_be_told() {
    let text = "加固青川水库\n市政府：\n拟加固青川水库，请予支持。\n特此报告。\n";
    let folder = Folder::new().file("a.txt", text);
    let closing = "--only format/closing-request --format concise";
    folder.run(&format!("check a.txt {closing}")).ends(0, "");
    folder
        .run(&format!("check a.txt --genre 请示 {closing} --fail-on warning"))
        .ends(1, "")
        .says("format/closing-request");
    folder.run("check a.txt --genre 请事").ends(2, "是否想写“请示”");
}
