use super::prose_of;
use super::reference::reference;
use crate::read::tests::{check_offsets, prefixes, render};

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(render(&prose_of(text)), expected, "{text}");
}

#[test]
fn blocks_and_their_roles() {
    check(
        "<!DOCTYPE html><html><head><title>站名</title><style>p{}</style></head><body><h1>关于<b>工作</b>的通知</h1>\
         <p>各县区：<p>通知如下。<div>甲<br>乙</div>丙</body></html>",
        &["H1|关于工作的通知", "P|各县区：", "P|通知如下。", "P|甲", "P|乙", "P|丙"],
    );
    check("<h2>一、目标</h3>正文<h4>甲<h5>乙", &["H2|一、目标", "P|正文", "H4|甲", "H5|乙"]);
    check(
        "<ul><li>甲<li>乙<ol><li>丙</ol>又<li><p>丁<p>戊</ul>己",
        &["L1|甲", "L1|乙", "L2|丙", "P|又", "L1|丁", "P|戊", "P|己"],
    );
    check("<dl><dt>甲<dd>乙<dt>丙</dl>", &["P|甲", "P|乙", "P|丙"]);
    check("甲<span>乙</span><a href='丙'>丁</a><font>戊</font><img alt=己>", &["P|甲乙丁戊"]);
}

#[test]
fn what_surrounds_the_document() {
    check(
        "<header>站名</header><nav><ul><li>首页</ul></nav><main><header>导语</header><p>正文</main><aside>推荐</aside><footer>主办</footer>",
        &["F|站名", "F|首页", "P|导语", "P|正文", "F|推荐", "F|主办"],
    );
    check(
        "<div role=navigation><p>首页</div><ul role=menubar><li>甲<li>乙</ul><span role='banner'>丙</span>丁<button>打印</button>",
        &["F|首页", "F|甲", "F|乙", "F|丙", "P|丁", "F|打印"],
    );
}

#[test]
fn what_is_no_prose() {
    check(
        "教<script>if (a<b) '</p>'</script>育<style>p{}</style>局<!-- 注 -->的<noscript><p>无</p></noscript>通<template><div>无</div></template>知",
        &["P|教育局的通知"],
    );
    check(
        "<textarea><p>无</textarea>甲<svg><title/><text>无</text><style>a{}</style></svg>乙<math><mi>x</mi></math>丙",
        &["P|甲乙丙"],
    );
    check("<div>甲<svg><path></div><p>乙</p><svg><p>丙", &["P|甲", "P|乙", "P|丙"]);
    check("<ruby>勘<rp>(</rp><rt>kān<rp>)</rp></ruby>误", &["P|勘误"]);
    check("用<code>npm <b>run</b></code>，<kbd>a</kbd><kbd>b</kbd>。", &["P|用‹npm run›，‹ab›。"]);
    check(
        "<pre>\n一 行\n\n  <b>二</b>  行\r\n</pre>文<pre><code>a</code></pre>",
        &["V|一 行", "V|  二  行", "P|文", "V|a"],
    );
}

#[test]
fn white_space() {
    check("<p>\n  推进教\n  育，<b>\n</b>“双减”\n A级 \t B\n级 </p>", &["P|推进教育，“双减” A级 B 级"]);
    check("<p>甲 乙</p><p> <b> 丙 </b> 丁 </p>", &["P|甲 乙", "P|丙 丁"]);
    check("<p>&nbsp;&nbsp;甲&nbsp;乙&#32;&#32;丙　丁</p>", &["P|\u{a0}\u{a0}甲\u{a0}乙 丙　丁"]);
    check("<p>&nbsp;</p>", &[]);
}

#[test]
fn tables() {
    check(
        "<table><caption>表</caption><thead><tr><th rowspan=2>甲<th colspan=2>乙<tbody><tr><td>丙<p>丁<td>戊</table>文",
        &["P|表", "C0.0.0|甲", "C0.0.1|乙", "C0.1.0|丙", "C0.1.0|丁", "C0.1.1|戊", "P|文"],
    );
    check("<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>", &["C0.0.0|甲", "C0.0.1|乙", "C0.1.1|丙"]);
    check("<table><tr><td><div>甲<td>乙</table>", &["C0.0.0|甲", "C0.0.1|乙"]);
    check("<td>甲</td>", &["P|甲"]);
}

#[test]
fn tables_that_arrange_the_page_are_none() {
    check("<table><tr><td>甲<td><table><tr><td>1<td>2</table>乙</table>", &["P|甲", "C0.0.0|1", "C0.0.1|2", "P|乙"]);
    check("<table><tr><td><h1>甲</h1><p>乙<td>丙</table>", &["H1|甲", "P|乙", "P|丙"]);
    check("<table><tr><td>甲</table><table role=presentation><tr><td>乙<td>丙</table>", &["P|甲", "P|乙", "P|丙"]);
}

#[test]
fn broken_pages_are_read() {
    for (text, expected) in [
        ("甲 < 乙 <3 & 丙", &["P|甲 < 乙 <3 & 丙"][..]),
        ("</p></div></td>甲</b></table>乙", &["P|甲", "P|乙"]),
        ("甲<p class=\"", &["P|甲"]),
        ("甲<!-- 注", &["P|甲"]),
        ("甲</>乙<?丙?>丁<!戊>己", &["P|甲乙丁己"]),
        ("<b><p>甲</b>乙<table>丙<tr>丁<td>戊", &["P|甲乙", "P|丙", "P|丁", "P|戊"]),
        ("<p>R&D，&nosuch;&lt</p>", &["P|R&D，&nosuch;<"]),
    ] {
        check(text, expected);
    }
    let deep = format!("{}甲{}<script>无</script>乙", "<div>".repeat(3000), "</div>".repeat(10));
    check(&deep, &["P|甲", "P|乙"]);
}

const RICH: &[&str] = &[
    "<!DOCTYPE html>\n<html>\n<head><meta charset=utf-8><title>题 &amp; 名</title>\n<script>var a = '<p>';</script></head>\n<body class=\"a\">\n<nav><a href=x>首页</a> | <a>机构</a></nav>\n<h1>关于<b>做好</b>&ldquo;双减&rdquo;\n工作的&nbsp;通知</h1>\n<p style='a'>各县区<br/>教育\n局 a\n b：&#20013;&#x4e2d;&copy&lt;</p>\n<ul><li>甲 <code>x  y</code><li>乙</ul>\n<table><tr><td>1 < 2<td>&nbsp;<tr><td colspan=2>合计</table>\n<pre>\n一\n 二&amp;\n</pre>\n<!-- 注 --><svg><text>图</text></svg>\n<textarea>甲</textarea>尾𠮷",
    "<p>甲\r\n乙 \r\n c\r\n</p>\r\n<pre>a\r\n\r\nb</pre>\r\n<p>&#10;丙&notit;&nGg;丁<style>x</style>戊</p><![CDATA[己]]>庚</p><p>辛</>壬</p",
];

#[test]
fn every_character_maps_to_its_own_bytes() {
    for text in RICH {
        for part in prefixes(text) {
            check_offsets(part, &prose_of(part), |c, written| {
                reference(written).is_some_and(|(meaning, length)| length == written.len() && meaning.contains(c))
            });
        }
    }
}

/// The tokenizer's own reading of the text between tags is the one that its spans give.
#[test]
fn spans_of_strings_are_exact() {
    use html5gum::{DefaultEmitter, Token, Tokenizer};
    for text in RICH.iter().flat_map(|text| prefixes(text)) {
        for token in Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span()) {
            let Ok(Token::String(string)) = token else { continue };
            let mut rest = &text[string.span.start..string.span.end];
            let mut meaning = String::new();
            while let Some(c) = rest.chars().next() {
                if let Some(after) = rest.strip_prefix("</>") {
                    rest = after;
                    continue;
                }
                let (piece, length) = reference(rest).unwrap_or((c.to_string().into(), c.len_utf8()));
                meaning.push_str(&piece);
                rest = &rest[length..];
            }
            let expected = String::from_utf8_lossy(&string.value).into_owned();
            assert_eq!(meaning.replace("\r\n", "\n").replace('\r', "\n"), expected, "{text}");
        }
    }
}
