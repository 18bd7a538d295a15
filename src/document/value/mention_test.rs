//! Values as they are read, row by row.

use super::mention::find_values;
use super::{Bound, Detail, Value};
use crate::document::verbatim::find_verbatim;
use crate::source::Prose;

/// A value in one line: `kind|span|number|unit|low..high|step|bound`. Empty fields at the end, a step of 1 and an exact
/// bound are left out; a date shows its parts, and `~` before the last day of a range.
pub(super) fn show(text: &str, value: &Value) -> String {
    let plain = |number: rust_decimal::Decimal| number.normalize().to_string();
    let amount =
        if value.low == value.high { plain(value.low) } else { format!("{}..{}", plain(value.low), plain(value.high)) };
    let said = match &value.detail {
        Detail::Date { year, month, day, weekday, until } => {
            let weekday = weekday.map_or(String::new(), |(number, _)| format!("w{number}"));
            let until = until.map_or(String::new(), |to| format!("~{}-{}-{}", to.year, to.month, to.day));
            format!("{year}-{month}-{day}{weekday}{until}")
        }
        Detail::Time { hour, minute } => format!("{hour}:{minute:02}"),
        Detail::Period { ordinal, legal_education } => {
            format!("{ordinal}{}", if *legal_education { "普法" } else { "" })
        }
        Detail::Reference(target) => format!("{target:?} {amount}"),
        Detail::None | Detail::Ordinal | Detail::Ratio => amount,
    };
    let kind = format!("{:?}", value.kind).to_lowercase();
    let step = if value.step == rust_decimal::Decimal::ONE { String::new() } else { plain(value.step) };
    let bound = if value.bound == Bound::Exact { String::new() } else { format!("{:?}", value.bound) };
    let (span, number, unit) = (value.span.of(text), value.number.of(text), value.unit.of(text));
    format!("{kind}|{span}|{number}|{unit}|{said}|{step}|{bound}").trim_end_matches('|').to_string()
}

/// Each row: a text, and its values in one line each.
pub(super) fn check(rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        let shown: Vec<String> = values_of(text).iter().map(|value| show(text, value)).collect();
        assert_eq!(&shown, expected, "in {text}");
    }
}

fn values_of(text: &str) -> Vec<Value> {
    let prose = Prose::plain(text.into());
    let verbatim = find_verbatim(text, &prose.blocks);
    let values = find_values(text, &prose.blocks, &verbatim);
    let mut end = 0;
    for value in &values {
        assert!(value.span.start >= end, "values overlap in {text}");
        assert!(
            value.span.contains(value.number) && value.span.contains(value.unit),
            "{value:?} leaves its span in {text}"
        );
        assert!(verbatim.iter().all(|span| !span.overlaps(value.span)), "{value:?} touches verbatim text in {text}");
        end = value.span.end;
    }
    values
}

#[test]
fn percents() {
    check(&[
        ("比例达84.24%以上", &["percent|84.24%以上|84.24|%|84.24|0.01|AtLeast"]),
        ("达８５％。", &["percent|８５％|８５|％|85"]),
        ("增长84。24%，", &[]),
        ("增长百分之八点五", &["percent|百分之八点五|八点五|百分之|8.5|0.1"]),
        ("百分之百完成", &["percent|百分之百|百|百分之|100"]),
        ("增长10%～15%", &["percent|10%～15%|10%～15|%|10..15"]),
        ("增长10～15%", &["percent|10～15%|10～15|%|10..15"]),
        ("控制在10-15%之间", &["percent|10-15%|10-15|%|10..15"]),
        ("下降-3.2%，", &["percent|-3.2%|-3.2|%|-3.2|0.1"]),
        ("约30%左右", &["percent|约30%左右|30|%|30||About"]),
        ("发病率2.5‰", &["amount|2.5‰|2.5|‰|2.5|0.1"]),
        ("高低差距近6个百分点", &["amount|近6个百分点|6|个百分点|6||About"]),
        ("不低于90%", &["percent|不低于90%|90|%|90||AtLeast"]),
        ("占30%多", &["percent|30%多|30|%|30||About"]),
    ]);
}

#[test]
fn amounts() {
    check(&[
        ("新增37所", &["amount|37所|37|所|37"]),
        ("1500多人", &["amount|1500多人|1500|人|1500||About"]),
        ("受众超过5.6万人次", &["amount|超过5.6万人次|5.6万|人次|56000|1000|AtLeast"]),
        ("达20万㎡", &["amount|20万㎡|20万|㎡|200000|10000"]),
        ("补助9000万元", &["amount|9000万元|9000万|元|90000000|10000"]),
        ("约100余人", &["amount|约100余人|100|人|100||About"]),
        ("100周年", &["amount|100周年|100|周年|100"]),
        ("115场次", &["amount|115场次|115|场次|115"]),
        ("3天内办结", &["amount|3天内|3|天|3||AtMost"]),
        ("3个工作日内", &["amount|3个工作日内|3|个工作日|3||AtMost"]),
        ("60岁以上", &["amount|60岁以上|60|岁|60||AtLeast"]),
        ("组建 8个以上", &["amount|8个以上|8|个|8||AtLeast"]),
        ("5 万元", &["amount|5 万元|5 万|元|50000|10000"]),
        ("10余万元", &["amount|10余万元|10余万|元|100000|10000|About"]),
        ("20多万人", &["amount|20多万人|20多万|人|200000|10000|About"]),
        ("5万多", &["number|5万多|5万||50000|10000|About"]),
        ("20余所", &["amount|20余所|20|所|20||About"]),
        ("50多名教师", &["amount|50多名|50|名|50||About"]),
        ("10几个", &["amount|10几个|10几|个|11..19||About"]),
        ("3.5", &["number|3.5|3.5||3.5|0.1"]),
        ("￥500", &["amount|￥500|500|￥|500"]),
        ("500元/吨", &["amount|500元/吨|500|元/吨|500"]),
        ("80公里/小时", &["amount|80公里/小时|80|公里/小时|80"]),
        ("限速80km/h", &["amount|80km/h|80|km/h|80"]),
        ("长5km的路", &["amount|5km|5|km|5"]),
        ("100m2场地", &["amount|100m2|100|m2|100"]),
        ("35℃", &["amount|35℃|35|℃|35"]),
        ("-5℃", &["amount|-5℃|-5|℃|-5"]),
        ("3年", &["amount|3年|3|年|3"]),
        ("3年多", &["amount|3年多|3|年|3||About"]),
        ("2个多月", &["amount|2个多月|2|个多月|2||About"]),
        ("5年级", &[]),
        ("7月龄", &["number|7|7||7"]),
        ("50个行政村", &["amount|50个|50|个|50"]),
        ("20倍", &["amount|20倍|20|倍|20"]),
        ("翻两番", &["amount|两番|两|番|2"]),
        ("10大工程", &["amount|10大|10|大|10"]),
        ("10大于3", &["number|10|10||10", "number|大于3|3||3||AtLeast"]),
        ("3支队伍", &["amount|3支|3|支|3"]),
        ("3支队", &["number|3|3||3"]),
        ("12个人工智能项目", &["amount|12个|12|个|12"]),
        ("30名校长", &["amount|30名|30|名|30"]),
        ("不足10件", &["amount|不足10件|10|件|10||AtMost"]),
        ("不得少于3次", &["amount|不得少于3次|3|次|3||AtLeast"]),
        ("不少于2次", &["amount|不少于2次|2|次|2||AtLeast"]),
        ("至少5个", &["amount|至少5个|5|个|5||AtLeast"]),
        ("节约3万元", &["amount|3万元|3万|元|30000|10000"]),
        ("附近3个村", &["amount|3个|3|个|3"]),
        ("赶超3家", &["amount|3家|3|家|3"]),
        ("近3年来", &["amount|3年|3|年|3"]),
        ("近三年", &["amount|三年|三|年|3"]),
        ("近30所", &["amount|近30所|30|所|30||About"]),
        ("1万零500人", &["amount|1万零500人|1万零500|人|10500"]),
        ("10亿零817万元", &["amount|10亿零817万元|10亿零817万|元|1008170000|10000"]),
        ("4千人", &["amount|4千人|4千|人|4000|1000"]),
        ("5千克", &["amount|5千克|5|千克|5"]),
        ("7个百分点以上", &["amount|7个百分点以上|7|个百分点|7||AtLeast"]),
        ("90年代", &[]),
        ("20世纪", &[]),
        ("80后", &[]),
        ("5号楼", &[]),
        ("第5号", &["ordinal|第5号|5|号|5"]),
        ("1/3", &[]),
        ("三分之二", &[]),
    ]);
}

#[test]
fn han_amounts_and_idioms() {
    check(&[
        ("十二条措施", &["amount|十二条|十二|条|12"]),
        ("三十个", &["amount|三十个|三十|个|30"]),
        ("两家单位", &["amount|两家|两|家|2"]),
        ("五十余名", &["amount|五十余名|五十|名|50||About"]),
        ("三个方面", &["amount|三个|三|个|3"]),
        ("五项", &["amount|五项|五|项|5"]),
        ("六大机制", &["amount|六大|六|大|6"]),
        ("十大工程", &["amount|十大|十|大|10"]),
        ("十来个", &["amount|十来个|十|个|10||About"]),
        ("十几个", &["amount|十几个|十几|个|11..19||About"]),
        ("几十名", &["amount|几十名|几十|名|20..90|10|About"]),
        ("几个方面", &["amount|几个|几|个|2..9||About"]),
        ("几乎没有", &[]),
        ("三四个", &["amount|三四个|三四|个|3..4||About"]),
        ("七八年", &["amount|七八年|七八|年|7..8||About"]),
        ("三四十人", &[]),
        ("一百二十人", &["amount|一百二十人|一百二十|人|120"]),
        ("一千二百万元", &["amount|一千二百万元|一千二百万|元|12000000|10000"]),
        ("三点五公里", &["amount|三点五公里|三点五|公里|3.5|0.1"]),
        ("五百亩", &["amount|五百亩|五百|亩|500"]),
        ("二百人次", &["amount|二百人次|二百|人次|200"]),
        ("一批", &[]),
        ("一是统一", &[]),
        ("一校一品", &[]),
        ("进一步", &[]),
        ("第一", &[]),
        ("三三两两", &[]),
        ("四面八方", &[]),
        ("五湖四海", &[]),
        ("三三制", &[]),
        ("千方百计", &[]),
        ("百年大计", &[]),
        ("万众一心", &[]),
        ("三农", &[]),
        ("十分重要", &[]),
        ("老百姓", &[]),
        ("千家万户", &[]),
        ("万一", &[]),
        ("亿万群众", &[]),
        ("三中全会", &[]),
        ("党的十八大", &[]),
        ("党的二十大", &[]),
        ("十八大以来", &[]),
        ("十九届六中全会", &[]),
        ("十四届全国人大三次会议", &[]),
        ("六个一行动", &[]),
        ("五位一体", &[]),
        ("三位一体", &[]),
        ("三门峡", &[]),
        ("四处", &[]),
        ("二类苗", &[]),
        ("两次", &["amount|两次|两|次|2"]),
        ("二个", &["amount|二个|二|个|2"]),
        ("三年级", &[]),
        ("五年制", &["amount|五年|五|年|5"]),
        ("二十四节气", &[]),
        ("三分钟", &["amount|三分钟|三|分钟|3"]),
        ("三点要求", &["amount|三点|三|点|3"]),
        ("九点三十分", &["time|九点三十分|九点三十分||9:30"]),
        ("数十名", &[]),
        ("星期五项", &[]),
        ("三五个", &[]),
    ]);
}

#[test]
fn ranges() {
    check(&[
        ("建设3-4个", &["amount|3-4个|3-4|个|3..4"]),
        ("3—5所", &["amount|3—5所|3—5|所|3..5"]),
        ("15～10人", &["amount|15～10人|15～10|人|15..10"]),
        ("5亿～8亿元", &["amount|5亿～8亿元|5亿～8亿|元|500000000..800000000|100000000"]),
        ("5～8亿元", &["amount|5～8亿元|5～8亿|元|500000000..800000000|100000000"]),
        ("150～200万元", &["amount|150～200万元|150～200万|元|1500000..2000000|10000"]),
        ("5000～1万元", &["amount|5000～1万元|5000～1万|元|5000..10000"]),
        ("3至5名", &["amount|3至5名|3至5|名|3..5"]),
        ("3到5天", &["amount|3到5天|3到5|天|3..5"]),
        ("2～3个", &["amount|2～3个|2～3|个|2..3"]),
        ("3个—5所", &["amount|3个|3|个|3", "amount|5所|5|所|5"]),
        ("3所—5所", &["amount|3所—5所|3所—5|所|3..5"]),
        ("1-33", &["number|1-33|1-33||1..33"]),
        ("100—150千克", &["amount|100—150千克|100—150|千克|100..150"]),
        ("三至五名", &["amount|三至五名|三至五|名|3..5"]),
    ]);
}

#[test]
fn labels_and_names() {
    check(&[
        ("1.确保", &[]),
        ("（3）加强", &[]),
        ("1、加强", &[]),
        ("1.2 总体要求", &[]),
        ("1.5万人参加", &["amount|1.5万人|1.5万|人|15000|1000"]),
        ("14 所学校", &["amount|14 所|14|所|14"]),
        ("2 工作目标", &[]),
        ("第一章 总则", &[]),
        ("第三条 本办法", &[]),
        ("第三条规定的", &["reference|第三条|三|条|Article 3"]),
        ("教办〔2024〕5号", &[]),
        ("教办[2024]5号", &[]),
        ("教办（2024）第5号", &[]),
        ("一是…1.新建；2.改建。", &[]),
        ("（1）新建5所；（2）改建", &["amount|5所|5|所|5"]),
        ("其中3", &["number|3|3||3"]),
        ("A4纸", &[]),
        ("5G网络", &[]),
        ("3D打印", &[]),
    ]);
}

#[test]
fn further_shapes() {
    check(&[
        ("2个多月", &["amount|2个多月|2|个多月|2||About"]),
        ("2018年年底前", &["date|2018年年底前|2018年年底||2018-12-0||AtMost"]),
        ("2017-13", &[]),
        ("2016-17学年", &[]),
        ("如图3所示", &["reference|图3|3||Figure 3"]),
        ("第二三季度", &[]),
        ("三点五公里", &["amount|三点五公里|三点五|公里|3.5|0.1"]),
        ("约 30 人", &["amount|约 30 人|30|人|30||About"]),
        ("从12月到次年2月", &["date|12月|12月||0-12-0", "date|2月|2月||0-2-0"]),
        ("成立100周年", &["amount|100周年|100|周年|100"]),
        ("有33个站点、近3万读者", &["amount|33个|33|个|33", "number|近3万|3万||30000|10000|About"]),
    ]);
}

#[test]
fn values_stay_within_blocks_and_outside_verbatim_text() {
    let text = "共3\n个方面，“1+1+1”模式，见5G网络";
    let prose = Prose::plain(text.into());
    let values = find_values(text, &prose.blocks, &find_verbatim(text, &prose.blocks));
    assert_eq!(values.iter().map(|value| show(text, value)).collect::<Vec<_>>(), ["number|3|3||3"]);
}

#[test]
fn no_prefix_of_odd_text_fails() {
    let odd = "1.．２．3,000第第三百分之百分之——5～～6万亿零百2017年年底2017-13-2017/3/（星期〔2024〕几几十几约不得近12：3∶4:50时5点半\
               ICP备号GB/T DB公网安备1×X＿□www..a@.b\\\\c/d/e “12·” 10几万 三点五点六 十一五五五 第三条至第 附件1—附件 2年多余以上左右前";
    for (end, _) in odd.char_indices() {
        values_of(&odd[..end]);
        values_of(&odd[end..]);
    }
}
