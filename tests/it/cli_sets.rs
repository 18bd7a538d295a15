//! Files that belong together: what contradicts between them, and the list of metrics that is compared.

use crate::program::Folder;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const PLAN: &str = "云津市教育局2024年工作要点\n\n\
一、学前教育\n\
年内新建公办幼儿园12所，改扩建5所。印发《云津市学前教育普及普惠督导评估方案》。\n\
二、义务教育\n\
义务教育巩固率达到99.8%以上。请于3月10日前报送工作方案。\n";

const TASKS: &str = "# 云津市教育局2024年重点任务分解表\n\n\
| 序号 | 任务 | 目标值 | 责任单位 |\n|---|---|---|---|\n\
| 1 | 新建公办幼儿园（所） | 15 | 学前教育科 |\n\
| 2 | 义务教育巩固率（%） | 99.8以上 | 基础教育科 |\n\n\
落实《云津市学前教育普及普惠监导评估方案》。各单位于3月15日前报送工作方案。\n";

fn materials() -> Folder {
    Folder::new().file("1要点.txt", PLAN).file("2分解表.md", TASKS)
}

#[test]
fn contradictions_point_into_both_files() {
    let run = materials().run("check --set . --only agreement/*");
    insta::assert_snapshot!("set_pretty", run.shown());
    materials().run("check . --only agreement/*").ends(0, "未发现规则范围内的问题");
}

/// The sets of the corpus: three contradict each other, one agrees.
#[test]
fn sets_of_the_corpus() {
    let mut shown = String::new();
    for set in ["consistent", "tongzhi-fujian", "wengao-wangye", "yaodian-zongjie"] {
        let folder = fs::read_dir(Path::new("corpus/sets").join(set)).unwrap().fold(Folder::new(), |folder, entry| {
            let path = entry.unwrap().path();
            folder.file(&path.file_name().unwrap().to_string_lossy(), fs::read(&path).unwrap())
        });
        let _ = write!(shown, "{set}\n{}\n", folder.run("check --set . --format concise").out);
    }
    insta::assert_snapshot!("set_corpus", shown);
}

#[test]
fn programs_are_told_of_both_files() {
    let run = materials().run("check --set . --only agreement/quantity-across --format jsonl");
    let first: serde_json::Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
    assert_eq!((first["path"].as_str(), first["line"].as_u64()), (Some("2分解表.md"), Some(5)));
    let related = &first["related"][0];
    assert_eq!((related["path"].as_str(), related["line"].as_u64()), (Some("1要点.txt"), Some(4)));
    assert_eq!(first["fingerprint"].as_str().unwrap().len(), 16);
    // Many threads or one, the order of the arguments or another: the same.
    for arguments in ["check --set . --jobs 1", "check --set . --jobs 4", "check --set 1要点.txt 2分解表.md"] {
        let other = materials().run(&format!("{arguments} --only agreement/quantity-across --format jsonl"));
        assert_eq!(other.out, run.out, "{arguments}");
    }
}

#[test]
fn what_is_named_first_holds() {
    let run = materials().run("check --set 2分解表.md 1要点.txt --only agreement/quantity-across --format concise");
    run.ends(0, "建议改2处").says("1要点.txt:4:10");
}

#[test]
fn a_set_needs_two_files() {
    materials().run("check --set 1要点.txt").ends(2, "--set 要有两份以上的文件才能互相核对");
    let folder = materials().file("坏.txt", b"\x81\xff\xfe\x00\x01");
    folder.run("check --set . --only agreement/*").ends(2, "无法检查1份").says("agreement/quantity-across");
}

#[test]
fn a_configuration_lists_sets() {
    let config = "sets:\n  - name: 2024年材料\n    files: [要点/*.txt, 任务/]\n";
    let folder =
        || Folder::new().file("要点/1.txt", PLAN).file("任务/2.md", TASKS).file("任务/别的.txt", "另一份文件。\n");
    let only = "--only agreement/* --format concise";
    folder().file("kanwu.yaml", config).run(&format!("check {only}")).ends(0, "建议改3处").says("任务/2.md:5:20");
    // One file of the set is checked, the others are read all the same.
    folder().file("kanwu.yaml", config).run(&format!("check 要点 {only}")).ends(0, "建议改3处").says("2.md为15所");
    folder().file("kanwu.yaml", config).run(&format!("check 任务/别的.txt {only}")).ends(0, "未发现");
    folder().file("kanwu.yaml", config).run(&format!("check --isolated {only}")).ends(0, "未发现");
    folder().file("kanwu.yaml", "# 暂无\n").run(&format!("check {only}")).ends(0, "未发现");
}

#[test]
fn mistakes_in_a_configuration_are_shown() {
    let with = |config: &str| materials().file("kanwu.yaml", config).run("check .");
    with("sets:\n  - name: 材料\n    files: [总结.txt]\n").ends(2, "成套材料“材料”中的“总结.txt”没有对应的文件");
    with("set: []\n").ends(2, "没有“set”这个键，是否想写“sets”？");
    let shown = with("sets:\n  - name: 材料\n    file: [1要点.txt]\n");
    insta::assert_snapshot!("set_mistake", shown.shown());
}

#[test]
fn rules_for_sets_are_told_what_they_cannot_say() {
    let with = |rule: &str| {
        let rule = format!("rules:\n  - id: house/set\n    title: 一致\n    given: set\n    severity: info\n{rule}");
        materials().file("rules.yaml", rule).run("check --set . --rules rules.yaml --only house/*")
    };
    with("    then: {forbid: 甲}\n").ends(2, "given 为 set 时，then 只能是");
    with("    find: 甲\n    then: {consistent: {values: same-quantity}}\n").ends(2, "不能写 find");
    with("    then: {consistent: {values: same-quantity}}\n").ends(0, "提示2处");
}

#[test]
fn metrics_are_listed() {
    let folder = materials();
    insta::assert_snapshot!("inspect_facts", folder.run("inspect 1要点.txt --format facts").shown());
    let csv = folder.run("inspect 2分解表.md --format csv").out;
    let bare = csv.strip_prefix('\u{feff}').expect("spreadsheets need the mark");
    let rows: Vec<&str> = bare.split("\r\n").collect();
    assert_eq!(rows[0], "位置,时间,主体,指标,数值,性质");
    assert_eq!(rows[1], "5:20,2024年,,新建公办幼儿园,15所,计划");
    Folder::new()
        .file("a.txt", "没有数的文件。\n")
        .run("inspect a.txt --format facts")
        .ends(0, "")
        .says("没有读出指标");
}
