//! One fixed set of findings in every format and two widths.

use kanwu::diagnostic::{Basis, Diagnostic, Edit, Fix, Force, Label, Severity};
use kanwu::report::{FileReport, Format, Options, Outcome, Streams, Summary};
use kanwu::source::{Source, Span};
use std::sync::Arc;

/// The place of `⟦words⟧` in the text, found by the words around them. Without words around them, the start.
fn at(source: &Source, marked: &str) -> Span {
    if marked == "⟦⟧" {
        return Span::at(0);
    }
    let (before, rest) = marked.split_once('⟦').expect("⟦ in the marked words");
    let (words, after) = rest.split_once('⟧').expect("⟧ in the marked words");
    let around = format!("{before}{words}{after}");
    let mut found = source.text.match_indices(&around);
    let (start, _) = found.next().unwrap_or_else(|| panic!("{around:?} is not in the text"));
    assert!(found.next().is_none(), "{around:?} is there twice");
    Span::new(start + before.len(), start + before.len() + words.len())
}

/// A finding without anything that may be absent.
fn finding(source: &Source, severity: Severity, rule: &str, message: &str, marked: &str) -> Diagnostic {
    Diagnostic {
        rule: rule.into(),
        severity,
        message: message.into(),
        primary: label(source, marked, ""),
        related: Vec::new(),
        section: String::new(),
        advice: String::new(),
        basis: None,
        fix: None,
        fingerprint: "91d0aa37c04be21d".into(),
    }
}

fn label(source: &Source, marked: &str, message: &str) -> Label {
    Label { path: source.name.as_str().into(), span: at(source, marked), message: message.into() }
}

fn replacing(title: &str, safe: bool, span: Span, text: &str) -> Option<Fix> {
    Some(Fix { title: title.into(), safe, edits: vec![Edit { span, text: text.into() }] })
}

fn on(standard: &str, clause: &str, force: Force) -> Option<Arc<Basis>> {
    Some(Arc::new(Basis { standard: standard.into(), clause: clause.into(), force }))
}

/// A paragraph of 3,000 characters around “活动活动”.
fn long_paragraph() -> String {
    let sentence = "各学校要把科普教育摆上重要位置，健全工作机制，明确责任分工，确保各项任务落到实处。";
    let filler: String = sentence.chars().cycle().take(1486).collect();
    format!("{filler}举办2017年云津市青少年科普教育周活动活动，启动市青少年科普教育示范学校创建。{filler}")
}

/// Line feeds; a long paragraph, places far apart, several lines, the end of the file.
fn outline() -> FileReport {
    let text = [
        "2017年云津市青少年科普教育工作要点",
        "一、总体要求",
        &long_paragraph(),
        "五、保障措施",
        "加强组织领导。。健全“一把手负总责、分管领导具体抓”的机制，投入37+35+22万元，共101万元。",
        "第一段的末尾没有句号",
        "中间一行",
        "这里才结束。后面还有",
        "（见附件1）",
        "",
    ]
    .join("\n");
    let source = Source::plain("要点.txt", text);
    let mut repeated = finding(
        &source,
        Severity::Error,
        "wording/repeated",
        "“活动活动”重复，应删去一个“活动”",
        "教育周活动⟦活动⟧，启动",
    );
    repeated.section = "一（四）".into();
    repeated.basis = on("", "", Force::Within);
    repeated.fix = replacing("删去一个“活动”", true, repeated.primary.span, "");

    let mut heading = finding(
        &source,
        Severity::Error,
        "structure/sequence",
        "一级标题序号不连续，前为“一、”，应为“二、”",
        "⟦五、⟧保障",
    );
    heading.related = vec![label(&source, "⟦一、⟧总体", "前一个序号")];
    heading.basis = on("GB/T 9704—2012", "7.3.3", Force::Shall);
    heading.fix = replacing("改为“二、”", false, heading.primary.span, "二、");

    let mut doubled =
        finding(&source, Severity::Error, "punctuation/doubled", "“。。”句号重复，应删去一个", "领导⟦。。⟧健全");
    doubled.basis = on("GB/T 15834—2011", "5.1.1", Force::Shall);
    let second = Span::new(doubled.primary.span.start + 3, doubled.primary.span.end);
    doubled.fix = replacing("删去多余的“。”", true, second, "");

    let mut sum =
        finding(&source, Severity::Warning, "arithmetic/sum", "分项37+35+22=94，与总数101所不符", "共⟦101⟧万元");
    sum.related = vec![
        label(&source, "投入⟦37⟧+", "分项"),
        label(&source, "+⟦35⟧+", ""),
        label(&source, "+⟦22⟧万元", ""),
        Label { path: "附表.txt".into(), span: Span::new(0, 6), message: "附表中的合计".into() },
    ];
    sum.basis = on("", "", Force::Within);
    sum.advice = "先核对各分项的数据来源，再改合计；合计若出自附表，附表也要一并改过来，两处不得各写各的。".into();

    let mut lines = finding(
        &source,
        Severity::Warning,
        "layout/broken-paragraph",
        "一段话断成了三行",
        "第一段的⟦末尾没有句号\n中间一行\n这里才结束。⟧后面",
    );
    lines.primary.message = "应为一段".into();

    let mut opening = finding(
        &source,
        Severity::Warning,
        "consistent/names",
        "“科普教育周”与段首提法不一",
        "2017年云津市青少年⟦科普教育周⟧活动",
    );
    let paragraph = at(&source, &format!("⟦{}⟧\n五", long_paragraph()));
    let first = Span::new(paragraph.start, paragraph.start + "各学校要把科普教育".len());
    let last = Span::new(paragraph.end - "摆".len(), paragraph.end);
    opening.related = vec![
        Label { path: source.name.as_str().into(), span: first, message: "段首的提法".into() },
        Label { path: source.name.as_str().into(), span: last, message: "段末".into() },
        label(&source, "青少年⟦科普教育⟧示范", "此处又一提法"),
    ];

    let mut whole = finding(
        &source,
        Severity::Info,
        "layout/long-paragraph",
        "这一段有3012字，过长",
        &format!("⟦{}⟧\n五", long_paragraph()),
    );
    whole.basis = on("", "", Force::Custom);
    whole.primary.message = "3012字".into();
    whole.advice = "分成几段".into();

    let mut end = finding(&source, Severity::Info, "structure/signature", "文末缺署名和日期", "（见附件1）\n⟦⟧");
    end.fix = replacing("补署名", false, end.primary.span, "云津市教育局");

    FileReport::checked(Arc::new(source), vec![whole, opening, repeated, heading, doubled, sum, lines, end])
}

/// A total with many parts, on its own line and on others.
fn totals() -> FileReport {
    let text = [
        "全年投入100万元，其中小学10万元、初中20万元、高中30万元、中职10万元、幼儿园20万元。",
        "分县区：",
        "云津市1处",
        "青川县2处",
        "临江区3处",
        "东湖区4处",
        "西山区5处",
        "合计16处",
    ]
    .join("\n");
    let source = Source::plain("合计.txt", text);
    let with = |rule: &str, marked: &str, parts: &[&str]| {
        let mut made = finding(&source, Severity::Error, rule, "分项与总数不符", marked);
        made.related = parts.iter().map(|part| label(&source, part, "分项")).collect();
        made
    };
    let one_line = ["小学⟦10⟧", "初中⟦20⟧", "高中⟦30⟧", "中职⟦10⟧", "幼儿园⟦20⟧"];
    let lines = ["市⟦1处⟧", "县⟦2处⟧", "江区⟦3处⟧", "湖区⟦4处⟧", "山区⟦5处⟧"];
    let findings = vec![with("t/line", "投入⟦100⟧", &one_line), with("t/lines", "合计⟦16处⟧", &lines)];
    FileReport::checked(Arc::new(source), findings)
}

/// The same slip five times, each with its own places to compare.
fn pairs() -> FileReport {
    let text: String = (0..5).map(|number| format!("第{number}甲\n第{number}乙\n")).collect();
    let source = Source::plain("成对.txt", text);
    let place = |words: &str| Span::new(source.text.find(words).unwrap(), source.text.find(words).unwrap() + 3);
    let findings = (0..5).map(|number| {
        let mut made = finding(&source, Severity::Warning, "t/pair", "与上文不一", "⟦⟧");
        made.primary.span = place(&format!("第{number}乙"));
        let first =
            Label {
                path: source.name.as_str().into(), span: place(&format!("第{number}甲")), message: "上文".into()
            };
        made.related = vec![first];
        made
    });
    FileReport::checked(Arc::new(source.clone()), findings.collect())
}

#[test]
fn many_parts_make_no_ladder() {
    insta::assert_snapshot!(render(Format::Pretty, at_width(80), &[totals()]));
}

#[test]
fn what_is_folded_keeps_its_places() {
    insta::assert_snapshot!(render(Format::Pretty, at_width(80), &[pairs()]));
}

/// Carriage returns; tabs, blanks, rare and hidden characters, places at the edges of lines.
fn characters() -> FileReport {
    let text = "\u{3000}\u{3000}“引号”和…省略号，ＡＢＣ\r\n\t甲\t乙\t，丙\r\n𠮷林省\u{A0}教育厅\r\n看\u{200B}不见\u{1b}[31m红\r\n行尾缺句号\r\n";
    let source = Source::plain("字符.txt", text);
    let with = |rule: &str, message: &str, marked: &str, text: &str| {
        let mut made = finding(&source, Severity::Error, rule, message, marked);
        made.fix = replacing("改", true, made.primary.span, text);
        made
    };
    let mut crossed = with("t/crossing", "三行各有一处", "⟦ＡＢＣ\r\n\t⟧甲", "");
    crossed.fix = None;
    let mut cr = with("t/line-end", "行末的回车多余", "教育厅⟦\r⟧\n看", "");
    cr.fix = None;
    cr.primary.message = "行末".into();
    let findings = vec![
        with("t/blank", "段首多空两格", "⟦\u{3000}\u{3000}⟧“引号", ""),
        with("t/quotes", "引号\u{1b}[31m里的话", "“⟦引号⟧”和", "书名号"),
        with("t/ellipsis", "省略号应为六点", "和⟦…⟧省", "……"),
        crossed,
        with("t/tab", "制表符应删去", "甲⟦\t⟧乙", ""),
        with("t/comma", "逗号前多了制表符", "\t⟦，⟧丙", "、"),
        with("t/rare", "“𠮷林”应为“吉林”", "⟦𠮷⟧林", "吉"),
        with("t/no-break", "不换行空格应为空格", "省⟦\u{A0}⟧教", " "),
        cr,
        with("t/hidden", "看不见的字符应删去", "看⟦\u{200B}⟧不", ""),
        with("t/insert", "行中缺顿号", "行尾⟦⟧缺句号", "、"),
        with("t/end", "行末缺句号", "缺句号⟦⟧\r", "。"),
    ];
    let mut report = FileReport::checked(Arc::new(source), findings);
    if let Outcome::Checked { others, .. } = &mut report.outcome {
        others.push(Arc::new(Source::plain("别处.txt", "第一行\n另一份文件里的话\n")));
    }
    if let Outcome::Checked { findings, .. } = &mut report.outcome {
        let words = Label { path: "别处.txt".into(), span: Span::new(10, 22), message: "那边这样写".into() };
        findings[6].related = vec![words];
    }
    report
}

/// The same slip 400 times, six of another kind among them, four of a third.
fn slips() -> FileReport {
    let text: String = (0..400).map(|line| format!("第{}项，，完成\n", line % 7)).collect();
    let source = Source::plain("many/重复.txt", text);
    let mut findings = Vec::new();
    for (start, words) in source.text.match_indices("，，") {
        let span = Span::new(start, start + words.len());
        let mut slip = finding(&source, Severity::Error, "punctuation/doubled", "“，，”逗号重复，应删去一个", "⟦⟧");
        slip.primary.span = span;
        slip.fix = replacing("删去多余的“，”", true, Span::new(start + 3, start + 6), "");
        findings.push(slip);
    }
    for (index, (start, _)) in source.text.match_indices("第0项").take(4).enumerate() {
        let mut zero = finding(&source, Severity::Info, "numbers/zero", "序号不应从0开始", "⟦⟧");
        zero.primary.span = Span::new(start, start + 7);
        findings.insert(index * 8, zero);
    }
    findings.sort_by_key(|finding| finding.primary.span);
    FileReport::checked(Arc::new(source), findings)
}

fn everything() -> Vec<FileReport> {
    vec![
        outline(),
        characters(),
        slips(),
        FileReport::checked(Arc::new(Source::plain("clean.txt", "全文无误。\n")), Vec::new()),
        FileReport::failed("坏.txt", "不是UTF-8、UTF-16或GB18030编码"),
        FileReport::passed_over("空.txt", "没有内容"),
    ]
}

/// Both streams of a whole report, the second below a ruler.
fn render(format: Format, options: Options, reports: &[FileReport]) -> String {
    let (mut findings, mut messages) = (Vec::new(), Vec::new());
    let mut to = Streams { findings: &mut findings, messages: &mut messages };
    let mut reporter = format.reporter(options);
    let mut summary = Summary::default();
    for report in reports {
        reporter.file(report, &mut to).unwrap();
        summary.count(report);
    }
    reporter.finish(&summary, &mut to).unwrap();
    let (findings, messages) = (String::from_utf8(findings).unwrap(), String::from_utf8(messages).unwrap());
    format!("{findings}======== standard error\n{messages}")
}

fn at_width(width: usize) -> Options {
    Options { width, ..Options::default() }
}

#[test]
fn pretty_80() {
    insta::assert_snapshot!(render(Format::Pretty, at_width(80), &everything()));
}

#[test]
fn pretty_160() {
    insta::assert_snapshot!(render(Format::Pretty, at_width(160), &everything()));
}

#[test]
fn concise() {
    insta::assert_snapshot!(render(Format::Concise, at_width(80), &[outline(), characters(), everything().remove(4)]));
}

#[test]
fn json_lines() {
    insta::assert_snapshot!(render(Format::Jsonl, at_width(80), &[outline(), characters()]));
}

#[test]
fn json() {
    let mut reports = everything();
    reports.remove(2);
    let text = render(Format::Json, at_width(80), &reports);
    let (json, _) = text.split_once("======== ").unwrap();
    serde_json::from_str::<serde_json::Value>(json).expect("one JSON value");
    insta::assert_snapshot!(text);
}

#[test]
fn nothing_is_still_json() {
    let text = render(Format::Json, at_width(80), &[]);
    let (json, _) = text.split_once("======== ").unwrap();
    serde_json::from_str::<serde_json::Value>(json).expect("one JSON value");
}

#[test]
fn colours_change_no_character() {
    let options = Options { color: true, color_messages: true, ..Options::default() };
    let coloured = render(Format::Pretty, options, &everything());
    let plain = render(Format::Pretty, at_width(80), &everything());
    let mut bare = String::new();
    for (index, part) in coloured.split('\u{1b}').enumerate() {
        bare.push_str(if index == 0 { part } else { part.split_once('m').expect("a colour ends with m").1 });
    }
    assert_eq!(bare, plain);
}

#[test]
fn pretty_lines_fit_the_terminal() {
    for columns in [80, 160] {
        for line in render(Format::Pretty, at_width(columns), &everything()).lines() {
            let wide = |c: char| 1 + usize::from(!"“”…—│┌─".contains(c) && c.len_utf8() > 2);
            let taken: usize = line.chars().map(wide).sum();
            assert!(taken <= columns, "{taken} columns: {line}");
        }
    }
}

#[test]
fn the_width_does_not_matter_to_machines() {
    for format in [Format::Concise, Format::Json, Format::Jsonl] {
        let narrow = render(format, at_width(20), &everything());
        assert_eq!(narrow, render(format, at_width(200), &everything()), "{format:?}");
    }
}
