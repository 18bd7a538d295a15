//! `kanwu rules import`: word lists in every form they come in, and every reason for which one is refused.

use crate::program::Folder;
use crate::workbook::{Rows, encrypted_xlsx, ods, xls, xlsx};
use rust_xlsxwriter::{Formula, Workbook};
use std::fs;

const LIST: Rows<'_> = &[
    &["序号", "错误写法", "正确写法", "例外", "依据"],
    &["1", "秋毫不范", "秋毫不犯", "", "词典"],
    &["2", "再接再励", "再接再厉", "再接再励志", ""],
];

const TABLE: &str = "# title: 易错词\n# source: 词表.xlsx 工作表“易错”\n# checked: 2026-01-31\n\
                     wrong\tright\tnot-when\tbasis\n秋毫不范\t秋毫不犯\t\t词典\n再接再励\t再接再厉\t再接再励志\t\n";

/// A list as comma-separated text.
fn separated(rows: Rows<'_>) -> String {
    rows.iter().map(|cells| cells.join(",") + "\r\n").collect()
}

/// What a list of two columns with headings comes to.
fn pairs(rows: &str) -> String {
    format!("误,正,不算误,依据\n{rows}\n")
}

const IMPORT: &str = "rules import --title 易错词 --checked 2026-01-31";

#[test]
fn workbooks_and_texts_become_the_same_table() {
    let text = separated(LIST);
    let utf16: Vec<u8> =
        format!("\u{feff}{}", text.replace(',', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms: Vec<(&str, Vec<u8>)> = vec![
        ("词表.xlsx", xlsx(&[("易错", LIST)])),
        ("词表.xls", xls("易错", LIST, false)),
        ("词表.ods", ods("易错", LIST, false)),
        // Named otherwise than it is.
        ("另存.xls", xlsx(&[("易错", LIST)])),
        ("词表.csv", text.clone().into_bytes()),
        ("有标记.csv", format!("\u{feff}{text}").into_bytes()),
        ("国标.csv", encoding_rs::GB18030.encode(&text).0.into_owned()),
        ("词表.tsv", text.replace(',', "\t").into_bytes()),
        ("词表.txt", utf16),
    ];
    for (name, bytes) in forms {
        let folder = Folder::new().file(name, bytes);
        let outcome = folder.run(&format!("{IMPORT} {name}"));
        let source = if name.contains(".xls") || name.ends_with("ods") { " 工作表“易错”" } else { "" };
        let table = TABLE.replace("词表.xlsx 工作表“易错”", &format!("{name}{source}"));
        assert_eq!(outcome.out, table, "{name}: {outcome:#?}");
        outcome.ends(0, "已导入2条\n").ends(0, "“序号”");
    }
}

#[test]
fn headings_are_known_in_any_order() {
    for headings in
        ["依据,应为,误", "出处,正确,错误", "basis,Right,WRONG", " 出 处 ,规范：,不规范", "依据,应改为,错误用法"]
    {
        let folder = Folder::new().file("a.csv", format!("易错词表,,\n,,\n{headings}\n词典,再接再厉,再接再励\n"));
        let outcome = folder.run(&format!("{IMPORT} a.csv"));
        outcome.ends(0, "a.csv：第1行在列名之前，略去").says("\n再接再励\t再接再厉\t\t词典\n");
    }
    let folder = Folder::new().file("a.csv", "再接再励,再接再厉\n秋毫不范,秋毫不犯\n");
    folder
        .run(&format!("{IMPORT} a.csv"))
        .ends(0, "a.csv：没有列名，把第1列作为误，第2列作为正")
        .ends(0, "已导入2条")
        .says("\n再接再励\t再接再厉\t\t\n");
}

#[test]
fn cells_are_read_as_they_are_seen() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["误", "正"]) {
        sheet.write_string(3, column, heading).unwrap();
    }
    sheet.write_string(4, 0, " \u{3000}再接再励\n").unwrap();
    sheet.write_formula(4, 1, Formula::new("=\"再接\"&\"再厉\"").set_result("再接再厉")).unwrap();
    sheet.write_number(5, 0, 1_234.0).unwrap();
    sheet.write_string(5, 1, "一千").unwrap();
    let folder = Folder::new().file("a.xlsx", book.save_to_buffer().unwrap());
    let outcome = folder.run(&format!("{IMPORT} a.xlsx"));
    outcome.ends(0, "已导入2条").says("\n再接再励\t再接再厉\t\t\n1234\t一千\t\t\n");
    let quoted = Folder::new().file("a.csv", "误,正,例外\n\"再接再励\",再接再厉,\"再接再励志, 再接再励学\"\n");
    quoted.run(&format!("{IMPORT} a.csv")).ends(0, "").says("\n再接再励\t再接再厉\t再接再励志、再接再励学\t\n");
}

#[test]
fn one_worksheet_is_read() {
    let other: Rows<'_> = &[&["误", "正"], &["秋毫不范", "秋毫不犯"]];
    let folder = Folder::new().file("a.xlsx", xlsx(&[("空表", &[]), ("易错", LIST), ("其他", other)]));
    let first = folder.run(&format!("{IMPORT} a.xlsx"));
    first.ends(0, "a.xlsx：其他工作表“其他”未导入，要导入请用 --sheet 指定").says("再接再励");
    let named = folder.run(&format!("{IMPORT} a.xlsx --sheet 其他"));
    named.ends(0, "已导入1条").says("# source: a.xlsx 工作表“其他”\n");
    folder.run("rules import a.xlsx --sheet 别的").ends(2, "a.xlsx：没有工作表“别的”，有“空表”、“易错”、“其他”");
    folder.run("rules import a.xlsx --sheet 空表").ends(2, "a.xlsx：工作表“空表”是空的");
    Folder::new().file("a.csv", pairs("")).run("rules import a.csv --sheet 甲").ends(2, "请去掉 --sheet");
}

#[test]
fn rows_that_no_rule_could_use_are_refused() {
    let long = "长".repeat(41);
    let many = "词".repeat(4001);
    let cases: Vec<(&str, String, &str)> = vec![
        ("equal", "部署,部署".into(), "第2行第2列：“部署”与误相同，请改正其中一个"),
        ("no wrong form", ",部署,,依据".into(), "第2行第1列是空的，应填“误”"),
        ("no right form", "布属,".into(), "第2行第2列是空的，应填“正”"),
        ("short row", "布属".into(), "第2行第2列是空的，应填“正”"),
        ("two right forms", "布属,部署\n布属,布置".into(), "第3行第2列：“布属”在第2行应为“部署”，这里应为“布置”"),
        ("one character", "署,属".into(), "第2行第1列：“署”只有一个字"),
        ("not-when of something else", "布属,部署,公布".into(), "第2行第3列：“公布”不含“布属”"),
        ("not-when as wrong", "布属,部署,公布属地、布属".into(), "第2行第3列：“布属”就是误"),
        ("part of the right form", "布属,布属地,发布属性".into(), "第2行第1列：“布属”是正“布属地”的一部分"),
        ("line break", "布属,\"部\n署\"".into(), "第2行第2列：有换行"),
        ("tab", "布属,部\t署".into(), "第2行第2列：有制表符"),
        ("invisible", "布\u{200b}属,部署".into(), "第2行第1列：有看不见的字符"),
        ("comment", "#布属,部署".into(), "第2行第1列：以“#”开头"),
        ("long", format!("{long},部署"), "第2行第1列：有41字，最多40字"),
        ("long right form", format!("布属,{long}"), "第2行第2列：有41字，最多40字"),
        ("long not-when", format!("布属,部署,布属{long}"), "第2行第3列：“布属长"),
        ("long ground", format!("布属,部署,,{many}"), "第2行第4列：有4001字，最多4000字"),
    ];
    for (name, rows, message) in cases {
        let folder = Folder::new().file("词表.csv", pairs(&rows));
        let outcome = folder.run("rules import 词表.csv -o 表.tsv --rule 规则.yaml");
        outcome.ends(2, &format!("错误  词表.csv：{message}")).ends(2, "有1处要改，未导入");
        assert_eq!(outcome.out, "", "{name}");
        let left = fs::read_dir(folder.path("")).unwrap().count();
        assert_eq!(left, 1, "{name}: something was written");
    }
}

#[test]
fn all_mistakes_are_told_at_once_with_their_cells() {
    let rows: Rows<'_> = &[&[], &["误", "备注", "正"], &["布属", "", ""], &["署", "", "署"], &["布属地", "", "布属"]];
    let folder = Folder::new().file("a.xlsx", xlsx(&[("易错", rows)]));
    let outcome = folder.run("rules import a.xlsx");
    outcome
        .ends(2, "错误  a.xlsx：工作表“易错”第3行C列是空的")
        .ends(2, "错误  a.xlsx：工作表“易错”第4行A列：“署”只有一个字")
        .ends(2, "错误  a.xlsx：工作表“易错”第4行C列：“署”与误相同")
        .ends(2, "有3处要改，未导入");
    assert_eq!(outcome.out, "");
}

#[test]
fn lists_that_are_none_are_refused() {
    let mut odd = Workbook::new();
    let sheet = odd.add_worksheet();
    for (row, text) in (0..).zip(["误", "布属"]) {
        sheet.write_string(row, 0, text).unwrap();
    }
    sheet.write_string(0, 1, "正").unwrap();
    let date = rust_xlsxwriter::Format::new().set_num_format("m月d日");
    sheet.write_number_with_format(1, 1, 45_000.0, &date).unwrap();
    sheet.write_number(2, 0, 0.5).unwrap();
    sheet.write_formula(2, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
    let mut hidden = Workbook::new();
    hidden.add_worksheet();
    hidden.add_worksheet().set_hidden(true).write_string(0, 0, "误").unwrap();
    let large: String = (0..400).map(|row| format!("布属{row},部署,,{}\n", "词".repeat(4000))).collect();
    let cut = xlsx(&[("易错", LIST)]);
    // The first record says that it has one byte, which is less than what is read of it.
    let mut damaged = xls("易错", LIST, false);
    damaged[1538] = 1;
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("a.csv", Vec::new(), "a.csv是空的，请核对文件是否已保存"),
        ("a.csv", pairs("").into_bytes(), "a.csv里没有词，请在列名下面填写"),
        ("a.xlsx", xlsx(&[("易错", &LIST[..1])]), "工作表“易错”里没有词"),
        ("a.xlsx", xlsx(&[("易错", &[])]), "a.xlsx：工作簿是空的，请核对文件是否已保存"),
        ("a.xlsx", Vec::new(), "文件是空的"),
        ("a.xlsx", encrypted_xlsx(), "工作簿有密码，读不了，请取消密码后另存再导入"),
        ("a.xls", xls("易错", LIST, true), "工作簿有密码"),
        ("a.ods", ods("易错", LIST, true), "工作簿有密码"),
        ("a.xlsx", cut[..cut.len() / 2].to_vec(), "工作簿打不开"),
        ("a.xls", xls("易错", LIST, false)[..700].to_vec(), "工作簿"),
        ("a.xls", damaged, "a.xls：工作簿已损坏，请用表格软件打开，另存为 .xlsx 再导入"),
        ("a.xls", "<table><tr><td>误</td></tr></table>".into(), "不是工作簿，请用表格软件打开，另存为 .xlsx 再导入"),
        ("a.xlsx", hidden.save_to_buffer().unwrap(), "可见的工作表都是空的，要导入隐藏的“Sheet2”，请用 --sheet 指定"),
        ("a.csv", pairs(&large).into_bytes(), "超过4 MiB的上限，请分成几个词表"),
        ("a.csv", vec![b','; (16 << 20) + 1], "超过16 MiB的上限，请只留下词表"),
        ("a.docx", xlsx(&[("易错", LIST)]), "请另存为 .xlsx、.xls、.ods 或 .csv"),
        ("a.csv", b"a,b\nc\0,d\n".to_vec(), "NUL"),
        ("a.csv", "误,备注\n布属,部署\n".into(), "a.csv：第1行：有“误”列，没有“正”列，请补上列名，如“正”或“正确”"),
        ("a.csv", "应为,备注\n布属,部署\n".into(), "有“正”列，没有“误”列"),
        ("a.csv", "误,正,错误\n布属,部署,甲\n".into(), "a.csv：第1行第3列：“误”已在第1列，请删去其中一列的列名"),
        ("a.csv", "1,布属,部署\n".into(), "a.csv：第1行：认不出列名，请在第一行写列名"),
        ("a.csv", "布属\n部署\n".into(), "认不出列名"),
        ("a.xlsx", odd.save_to_buffer().unwrap(), "第2行B列成了日期或时间，请把单元格设为“文本”格式后重填"),
        ("a.xlsx", odd.save_to_buffer().unwrap(), "第3行A列是数字"),
        ("a.xlsx", odd.save_to_buffer().unwrap(), "第3行B列的公式出错"),
    ];
    for (name, bytes, message) in cases {
        let folder = Folder::new().file(name, bytes);
        let outcome = folder.run(&format!("rules import {name} -o b.tsv"));
        outcome.ends(2, message);
        assert!(!folder.path("b.tsv").exists(), "{message}");
    }
    Folder::new().run("rules import none.xlsx").ends(2, "none.xlsx：文件或文件夹不存在");
}

#[test]
fn what_is_doubtful_is_told_and_imported() {
    let rows = "再接再励,再接再厉,再接再励志\n再接再励,再接再厉,再接再励学,词典\n秋毫不范,秋毫不犯\n\n\
                毫不范,毫不犯\n不犯,不侵犯\n布署,部署\n甲词/乙词,丙词\n合法权宜,合法权益,合法权宜之计\n权宜,权益,权宜之计";
    let folder = Folder::new().file("a.csv", pairs(rows));
    let outcome = folder.run(&format!("{IMPORT} a.csv"));
    outcome
        .ends(0, "注意  a.csv：第3行与第2行相同，已合并")
        .ends(0, "a.csv：第7行：“不犯”是第4行的正“秋毫不犯”的一部分，改对后还会报出")
        .ends(0, "a.csv：第8行：内置规则 wording/confused 已能报出“布署”")
        .ends(0, "a.csv：第9行：“甲词/乙词”会当作一个词来查，是几个词时请分成几行")
        .ends(0, "已导入8条")
        .says("\n再接再励\t再接再厉\t再接再励志、再接再励学\t词典\n");
    let excused = Folder::new().file("a.csv", pairs("布属,布属地,布属地"));
    excused.run(&format!("{IMPORT} a.csv")).ends(0, "已导入1条");
    let numbered = Folder::new().file("a.csv", "序号,误,正\n1,再接再励,再接再厉\n2,,\n");
    numbered.run(&format!("{IMPORT} a.csv")).ends(0, "a.csv：第3行没有误和正，略去").ends(0, "已导入1条");
}

#[test]
fn the_table_and_its_rule_work() {
    let folder = Folder::new()
        .file("词表.xlsx", xlsx(&[("易错", LIST)]))
        .file("a.txt", "关于做好防汛工作的通知\n各科室：\n要再接再励，秋毫不范。要办再接再励志班。\n");
    let outcome = folder.run(&format!("{IMPORT} 词表.xlsx -o 用词.tsv"));
    outcome.ends(0, "已导入2条，写入 用词.tsv\n");
    assert_eq!(fs::read_to_string(folder.path("用词.tsv")).unwrap(), TABLE);
    let rule = "rules:\n  - id: house/words\n    title: 易错词\n    \
                given: [title, heading, paragraph, cell]\n    then: {forbid: {table: 用词}}\n    \
                message: \"“{match}”有误，应为“{right}”\"\n    severity: warning\n";
    assert_eq!(outcome.out, rule);
    let again = folder.run(&format!("{IMPORT} 词表.xlsx -o 用词.tsv --rule 用词.yaml"));
    again.ends(2, "“用词.tsv”已存在，请另取文件名，或加 --force 覆盖");
    assert!(!folder.path("用词.yaml").exists());
    let forced = folder.run(&format!("{IMPORT} 词表.xlsx -o 用词.tsv --rule 用词.yaml --force"));
    forced.ends(0, "已导入2条，写入 用词.tsv，规则写入 用词.yaml\n");
    assert_eq!((forced.out.as_str(), fs::read_to_string(folder.path("用词.yaml")).unwrap()), ("", rule.to_owned()));
    let found = folder.run("check a.txt --rules 用词.yaml --only house/* --format concise");
    assert_eq!(found.out.lines().count(), 2, "{found:#?}");
    found.says("“再接再励”有误，应为“再接再厉”").says("“秋毫不范”有误，应为“秋毫不犯”");
    assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 4, "something is left over");
}

#[test]
fn names_that_yaml_would_misread_are_quoted() {
    for (name, id) in
        [("2024", "2024"), ("my-words", "my-words"), ("no", "no"), ("用词（一）", "words"), ("a, b", "words")]
    {
        let folder = Folder::new().file("词表.csv", pairs("再接再励,再接再厉"));
        let folder = folder.file("a.txt", "关于做好防汛工作的通知\n各科室：\n要再接再励。\n");
        let (table, rule) = (format!("{name}.tsv"), format!("{name}.yaml"));
        let title = "用词: “甲”{乙}\\\"丙\"";
        let arguments = ["rules", "import", "词表.csv", "-o", &table, "--rule", &rule, "--title", title];
        folder.kanwu(arguments).run().ends(0, "已导入1条");
        let found =
            folder.kanwu(["check", "a.txt", "--rules", &rule, "--only", "house/*", "--format", "concise"]).run();
        found.ends(0, "").says(&format!("house/{id}"));
    }
}

#[test]
fn places_that_cannot_be_written_are_refused() {
    let folder = Folder::new()
        .file("a.csv", pairs("再接再励,再接再厉"))
        .file("b/c.txt", "")
        .file("a.tsv", "误\t正\n甲乙\t甲丙\n");
    for (options, message) in [
        ("a.csv -o b.txt", "“b.txt”应以 .tsv 结尾"),
        ("a.csv -o c.tsv --rule c.txt", "“c.txt”应以 .yaml 结尾"),
        ("a.csv -o c.tsv --rule b/c.yaml", "“b/c.yaml”应与表“c.tsv”在同一文件夹"),
        ("a.csv -o none/c.tsv", "“none/c.tsv”写不了：文件或文件夹不存在"),
        ("a.tsv -o a.tsv --force", "“a.tsv”就是要导入的词表"),
        ("a.csv --rule c.yaml", "缺少"),
        ("a.csv --checked 2026-02-30", "“2026-02-30”应为实有的日期"),
    ] {
        let outcome = folder.run(&format!("rules import {options}"));
        outcome.ends(2, message);
        assert_eq!(outcome.out, "");
    }
    assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 3);
}

#[test]
fn without_a_day_it_is_today() {
    let folder = Folder::new().file("我局用词.csv", pairs("再接再励,再接再厉"));
    let out = folder.run("rules import 我局用词.csv").out;
    assert!(out.starts_with("# title: 我局用词\n# source: 我局用词.csv\n# checked: 20"), "{out}");
}
