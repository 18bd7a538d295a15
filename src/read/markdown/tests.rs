use super::prose_of;
use crate::read::tests::{check_offsets, prefixes, render};

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(render(&prose_of(text)), expected, "{text}");
}

#[test]
fn blocks_and_their_roles() {
    check(
        "# 关于工作的通知\n\n各县区：\n\n## 一、目标 ##\n正文。\n",
        &["H1|关于工作的通知", "P|各县区：", "H2|一、目标", "P|正文。"],
    );
    check("工作要点\n===\n\n小结\n---\n", &["H1|工作要点", "H2|小结"]);
    check("> 引文。\n>\n> 又一段。\n", &["P|引文。", "P|又一段。"]);
    check("甲[^1]。\n\n[^1]: 注释。\n", &["P|甲。", "P|注释。"]);
    check("甲\n\n***\n\n乙", &["P|甲", "P|乙"]);
    check("　　各县区：\r\n\r\n　　通知如下。\r\n", &["P|　　各县区：", "P|　　通知如下。"]);
}

#[test]
fn line_breaks() {
    check("推进教\n育，\n“双减”\nA级\nB 级\n", &["P|推进教育，“双减” A级 B 级"]);
    check("关于印发  \n通知", &["P|关于印发", "P|通知"]);
    check("关于印发\\\n通知", &["P|关于印发", "P|通知"]);
    check("# 关于印发<br/>的通知", &["H1|关于印发", "H1|的通知"]);
    check("> 推进教\n> 育\n", &["P|推进教育"]);
    check("甲\r\n乙 c\r\nd", &["P|甲乙 c d"]);
}

#[test]
fn lists() {
    check(
        "1. 甲\n2. 乙\n   - 丙\n   - 丁\n\n   又\n3) 戊",
        &["L1|1.甲", "L1|2.乙", "L2|丙", "L2|丁", "P|又", "L1|3)戊"],
    );
    check("- 甲\n  续行\n- [x] 乙\n-\n- 丙  \n  丁", &["L1|甲续行", "L1|乙", "L1|丙", "P|丁"]);
    check("1. - 甲\n2.\n3. > 乙\n4. ## 丙\n", &["L1|1.", "L2|甲", "L1|2.", "L1|3.乙", "H2|4.丙"]);
    check("10. 甲\n\n    乙\n\n11. **丙**丁\n", &["L1|10.甲", "P|乙", "L1|11.丙丁"]);
    check("1. ```\n   a\n   ```\n2. 乙", &["L1|1.", "V|a", "L1|2.乙"]);
}

#[test]
fn tables() {
    check(
        "| 项目 | 金额 |\n|---|---:|\n| 甲 | `1`\\|2 |\n| | 3<br>4 |\n\n文\n\na|b\n-|-\nc|d",
        &[
            "C0.0.0|项目",
            "C0.0.1|金额",
            "C0.1.0|甲",
            "C0.1.1|‹1›|2",
            "C0.2.1|3",
            "C0.2.1|4",
            "P|文",
            "C1.0.0|a",
            "C1.0.1|b",
            "C1.1.0|c",
            "C1.1.1|d",
        ],
    );
}

#[test]
fn what_is_no_prose() {
    check("```rust\nlet 甲 = 1;\n\n  乙\n```\n文", &["V|let 甲 = 1;", "V|  乙", "P|文"]);
    check("文\n\n    let a = 1;\n    b\n", &["P|文", "V|let a = 1;", "V|b"]);
    check("文\n\n    各县区要落实责任。\n", &["P|文", "P|各县区要落实责任。"]);
    check("用`npm run`，``a`b``，` `` `。", &["P|用‹npm run›，‹a`b›，‹``›。"]);
    check("> 用`a\n> b`。", &["P|用‹a b›。"]);
    check("见<https://a.cn/b>和<a@b.cn>。", &["P|见‹https://a.cn/b›和‹a@b.cn›。"]);
    check(
        "[通知](https://a.cn \"题\")、[办法][1]、![图一](a.png \"题\")。\n\n[1]: https://b.cn '题'\n",
        &["P|通知、办法、图一。"],
    );
    check("甲<!-- 注 -->乙<b>丙</b>\n\n<!--\n注\n-->\n\n<div>\n丁\n</div>\n\n戊", &["P|甲乙丙", "P|丁", "P|戊"]);
    check("约1~2万，~~删~~。", &["P|约1~2万，~~删~~。"]);
}

#[test]
fn html_is_read_as_a_page_is() {
    check(
        "<table>\n<tr><td>项目<td>金额\n\n<tr><td>甲<td>1&nbsp;万\n</table>\n\n|a|\n|-|\n\n文\n",
        &["C0.0.0|项目", "C0.0.1|金额", "C0.1.0|甲", "C0.1.1|1\u{a0}万", "C1.0.0|a", "P|文"],
    );
    check(
        "<details>\n<summary>说明</summary>\n\n**甲**乙\n\n</details>\n\n<p align=\"center\">关于<br>教\n育</p>\n",
        &["P|说明", "P|甲乙", "P|关于", "P|教育"],
    );
    check("> <p>推进教\r\n> 育&amp;\r\n> </p>\r\n>\r\n> 文\r\n", &["P|推进教育&", "P|文"]);
    check("- <div>甲</div>\n\n  乙\n", &["P|甲", "L1|乙"]);
    check("<h2>一、目标</h2>\n\n<pre>\na  b\n\nc</pre>\n", &["H2|一、目标", "V|a  b", "V|c"]);
    check("<script>\nlet 甲;\n\n</script>\n\n<svg>\n<text>无\n\n<p>文</p>\n", &["P|文"]);
}

#[test]
fn tags_within_a_line() {
    check("<ruby>勘<rt>kān</rt></ruby>误，<b>甲</b>乙<p>丙", &["P|勘误，甲乙", "P|丙"]);
    check("用<code>npm **run**</code>，<kbd>a</kbd>。", &["P|用‹npm run›，‹a›。"]);
    check("甲<rt>无\n\n乙\n\n- 丙<script>无\n  - 丁\n", &["P|甲", "P|乙", "L1|丙", "L2|丁"]);
    check("> 见<a\n> href=\"x\">通知</a>。", &["P|见通知。"]);
}

#[test]
fn front_matter_stands_at_the_beginning_only() {
    check("---\ntitle: 通知\ntags:\n  - 甲\n---\n# 通知\n", &["H1|通知"]);
    check("---\r\n标题: 通知\r\n...\r\n正文\r\n", &["P|正文"]);
    check("+++\ntitle = \"通知\"\n+++\n正文\n", &["P|正文"]);
    check("---\n\n各县区：\n\n---\n\n正文\n", &["P|各县区：", "P|正文"]);
    check("---\n时间：明天\n---\n", &["H2|时间：明天"]);
    check("正文\n\n---\ntitle: 通知\n---\n", &["P|正文", "H2|title: 通知"]);
    check("---\ntitle: 通知\n正文", &["P|title: 通知正文"]);
}

#[test]
fn escapes_and_entities() {
    check("\\*甲\\*、1\\. 乙、&lt;丙&gt;&amp;&#20013;&nbsp;丁、R&D", &["P|*甲*、1. 乙、<丙>&中\u{a0}丁、R&D"]);
    let text = "甲\\*乙&amp;丙";
    let prose = prose_of(text);
    let at = |word: &str| {
        let start = prose.text.find(word).unwrap();
        prose.to_source(crate::source::Span::new(start, start + word.len())).of(text)
    };
    assert_eq!((at("*"), at("乙"), at("&"), at("丙"), at("甲*乙")), ("*", "乙", "&amp;", "丙", "甲\\*乙"));
}

const RICH: &[&str] = &[
    "---\ntitle: 通知\n---\n\n# 关于**做好**工作的[通知](https://a.cn \"题\")\n\n各县区：\n\n1. 一是`code`，二是\\*；\n   续行 a\n   b&nbsp;c\n   - 子项<br>又行\n\n     第二段  \n     硬换行\n2) 另一\n\n> 引文\n> 续`a\n> b`行\n\n| 甲 | 乙 |\n|---|---|\n| 1\\|2 | `x\\|y` |\n| ![图](a.png) | <https://a.cn> |\n\n    各县区缩进的正文\n\n```\ncode\n\n行\n```\n\n<div>块</div>\n\n注[^1]\n\n[^1]: 注释&#20013;&copy;。\n",
    "甲\n\n> <table><tr><td>项目&nbsp;甲\n> 续行 a\n>\tb<td>2\n> </table>\n\n<details>\n<summary>说&copy;明</summary>\n\n乙<ruby>丙<rt>b</rt></ruby><code>c &amp; d</code>\n\n1. <p>丁\n   戊</p>\n\n   <pre>\n   e\n\n   f</pre>\n</details>\n",
    "标题\r\n====\r\n\r\n* 甲\r\n  乙\r\n* 丙\r\n\r\n\t1. 丁\r\n\r\n***\r\n\r\n𠮷“引”——…~~删~~ <!-- 注 --> &ldquo;戊&rdquo;\\\r\n己\r\n\r\n    code();\r\n    more();\r\n",
];

#[test]
fn every_character_maps_to_its_own_bytes() {
    for text in RICH {
        for part in prefixes(text) {
            // HTML needs no semicolon.
            check_offsets(part, &prose_of(part), |_, written| written.starts_with('&') && written.len() > 1);
        }
    }
}
