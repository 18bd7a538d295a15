//! `count`: a stated number against what is listed.

mod below;
mod clauses;
mod echo;
mod grid;
mod heads;
mod listed;
mod names;
mod ordinals;
mod outline;
mod quoted;

use super::{Case, Find, Hit};
use crate::document::Document;
use crate::document::enumeration::stretch;
use crate::document::value::{Form, Value, numeral};
use crate::form::one_or_many;
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// Where the things that a number counts are listed. The rule is given the number: an amount, or a slot that binds one or
/// covers its numeral.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// 列在哪里（依次试，取先读出者）：below 下面的同级各项；ordinals 一是、二是，第一、第二，首先、其次；after 冒号后；
    /// bracket 其后括号内；before 前面的并列词语；beside 前面并列、其后为名词；quoted 前面的引号、书名号；names 下面各行或冒号后的名单；
    /// rows 下面表格的各行；levels 全文的各级标题；above 前面的各项；echo 所说的词在句中的次数；places 并写的各级地方；
    /// followers 下面含所说的词的各标题；added 合计前同单位的各数；parallel 分号隔开、开头相同的各分句；shared 其后短语中分列的各数；
    /// graded 各“为某等”的分句；verbs “一看、二看”的分句；amounts 其后各带数额的名称；each “各一次”前并列的词语；rest 总数减去前面各项；
    /// told 引号后再说的数；jointly “由……共同”并列的各方；endings 引号内末字相同的词语；marked 下面以同一符号开头的各行；
    /// headed 标题下的编号各行；following 紧接的各项；arranged “各考点安排如下”的编号各行；titled 同名标题下通编的各项；labelled 各行开头的“标段1、标段2”；
    /// headings 各标题括注的数；table-above 上面表格的行、类；kinds 下面表格中名称末字相同的行。
    #[serde(deserialize_with = "one_or_many")]
    #[cfg_attr(feature = "cli", schemars(schema_with = "crate::form::one_or_many_schema::<Listing>"))]
    pub listed: Vec<Listing>,
    /// 所说的数在哪个槽位；不写则为所给的数值。
    #[serde(default)]
    pub stated: Option<String>,
}

/// A way of listing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Listing {
    /// Numbered items on the lines below, where the line ends soon after the number.
    Below,
    /// 一是、二是 … soon after the number.
    Ordinals,
    /// Words with 、 between them after a colon: 分为四类：甲、乙、丙、丁.
    After,
    /// Words with 、 between them in a bracket soon after it: 三个课堂（甲、乙、丙）.
    Bracket,
    /// Words with 、 between them before a number that ends the clause or the short form: 市场、政务、法治三个环境.
    Before,
    /// Words of one kind with 、 between them before an Arabic number and its noun: 田径、足球、篮球3项联赛.
    Beside,
    /// Quoted words or titles in a row before it: “甲”“乙”两个年.
    Quoted,
    /// Names on the lines below, or after a colon.
    Names,
    /// The numbered rows of the table below.
    Rows,
    /// The headings and items of the whole document: 6个方面34项任务.
    Levels,
    /// The items or ordinals that end just above: 上述四项.
    Above,
    /// How often the noun of a short form occurs in its list: “三个到位”：宣传到位、培训到位、监管到位.
    Echo,
    /// Places of several levels written together: 市县两级.
    Places,
    /// Headings below whose words all hold the counted noun: 六大行动 and （一）安全提升行动.
    Followers,
    /// Amounts in one unit that are added up: 早稻3万亩，晚稻4万亩，两项合计7万亩.
    Added,
    /// Clauses with ； between them that begin alike: 三个关键：对党员，……；对干部，…….
    Parallel,
    /// The numbers of a short form that share out the whole: 八大类商品价格“六涨二降”.
    Shared,
    /// Clauses that each end by naming a grade: 90分以上为优秀，….
    Graded,
    /// Clauses that begin with the next number and the verb: 一看…，二看….
    Verbs,
    /// Names with an amount each: 即甲部门3万元、乙部门2万元.
    Amounts,
    /// Words before 各一次.
    Each,
    /// What the items before leave of the whole: 另外五件.
    Rest,
    /// The number that is said again: “3”即三个全覆盖.
    Told,
    /// Those who act together: 四方验收，由甲、乙、丙和丁共同签字.
    Jointly,
    /// Words in quotation marks that end alike: “企业点单、部门接单”两单.
    Endings,
    /// Lines below with one mark: 【短讯七则】.
    Marked,
    /// Numbered lines below a heading: 三把“钥匙”.
    Headed,
    /// Items right below, whatever number they begin with: 以下4项工作由各处室承担.
    Following,
    /// Numbered lines below 各考点安排如下：, which are what was counted: 6个考点.
    Arranged,
    /// Items numbered through under a heading of that name: 12项主题活动.
    Titled,
    /// Lines that begin with the noun and a number: 4个标段.
    Labelled,
    /// Counts in the brackets of headings: 30个先进集体.
    Headings,
    /// Rows, kinds of rows or groups of the table above: 上表12项、五大类.
    TableAbove,
    /// Rows of the table below whose names end with the noun: 6个街道.
    Kinds,
}

/// The number a text states.
struct Stated<'d> {
    /// How many.
    number: usize,
    /// The numeral with its measure word.
    span: Span,
    /// Where the numeral ends.
    end: usize,
    /// The measure word.
    unit: &'d str,
    /// Whether it is written in Han.
    han: bool,
}

/// What is listed.
struct Listed {
    /// How many.
    found: usize,
    /// The least and the greatest number that would be as right, where 和 may join two or belong to one.
    right: (usize, usize),
    /// Where each stands, or the whole list.
    places: Vec<Span>,
    /// Another number in the text that this is held against.
    instead: Option<(usize, Span)>,
}

impl Listed {
    fn new(found: usize, places: Vec<Span>) -> Listed {
        Listed { found, right: (found, found), places, instead: None }
    }
}

impl Find for Count {
    const HOLES: &'static [&'static str] = &["stated", "found"];

    fn slots(&self) -> Vec<&str> {
        self.stated.iter().map(String::as_str).collect()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let Some(stated) = self.stated(case) else { return };
        let listed = self.listed.iter().find_map(|listing| listing.read(case.document, &stated));
        let Some(Listed { found, right: (least, most), places, instead }) = listed else { return };
        let (number, span) = instead.unwrap_or((stated.number, stated.span));
        if (least..=most).contains(&number) {
            return;
        }
        let mut hit = Hit::at(span).hole("stated", number.to_string()).hole("found", found.to_string());
        for place in places {
            hit = hit.related(place, "所列");
        }
        hits.push(hit);
    }
}

impl Count {
    fn stated<'d>(&self, case: &Case<'d>) -> Option<Stated<'d>> {
        let document = case.document;
        let slot = self.stated.as_deref();
        if let Some(value) = case.values(slot).first() {
            return Stated::of(document, value);
        }
        // 两级, 三栏: too short to be read as an amount everywhere.
        let place = case.found?.slot(slot?)?;
        let numeral = numeral::read(document.text(), place.start).filter(|numeral| numeral.span.end <= place.end)?;
        let span = place.cover(Span::new(place.start, case.span().end.max(place.end)));
        Some(Stated {
            number: numeral.value.to_usize()?,
            span,
            end: numeral.span.end,
            unit: document.slice(Span::new(numeral.span.end, span.end)),
            han: numeral.form == Form::Han,
        })
    }
}

impl<'d> Stated<'d> {
    fn of(document: &'d Document, value: &Value) -> Option<Stated<'d>> {
        let whole = value.low.fract().is_zero() && value.is_exact() && value.low == value.high;
        let number = value.low.to_usize().filter(|number| whole && *number >= 1)?;
        Some(Stated {
            number,
            span: value.span,
            end: value.number.end,
            unit: document.slice(value.unit),
            han: value.form == Form::Han,
        })
    }
}

/// The stretch a place lies in, without the number the line begins with.
fn around(document: &Document, place: Span) -> Span {
    let around = stretch(document, place);
    let line = document.line_at(place.start);
    let body = line
        .node
        .map(|node| &document.outline.nodes[node])
        .map_or(line.span.start, |node| if line.span.contains(node.label) { node.text.start } else { line.span.start });
    Span::new(around.start.max(body).min(place.start), around.end)
}

impl Listing {
    fn read(self, document: &Document, stated: &Stated<'_>) -> Option<Listed> {
        let most = match self {
            Listing::Names | Listing::Headings => 999,
            Listing::Quoted | Listing::Places => 20,
            _ => 99,
        };
        // 一项, 一个 seldom count a list; 1 in figures does.
        if stated.number > most || stated.number == 0 || stated.number == 1 && stated.han {
            return None;
        }
        match self {
            Listing::Below => below::below(document, stated),
            Listing::Ordinals => ordinals::ordinals(document, stated),
            Listing::After => listed::after(document, stated),
            Listing::Bracket => listed::bracket(document, stated),
            Listing::Before => listed::before(document, stated),
            Listing::Beside => listed::beside(document, stated),
            Listing::Quoted => quoted::quoted(document, stated),
            Listing::Names => names::names(document, stated),
            Listing::Rows => below::rows(document, stated),
            Listing::Levels => outline::levels(document, stated),
            Listing::Above => outline::above(document, stated),
            Listing::Echo => echo::echo(document, stated),
            Listing::Places => echo::places(document, stated),
            Listing::Followers => below::followers(document, stated),
            Listing::Added => echo::added(document, stated),
            Listing::Parallel => echo::parallel(document, stated),
            Listing::Shared => echo::shared(document, stated),
            Listing::Graded => clauses::graded(document, stated),
            Listing::Verbs => clauses::verbs(document, stated),
            Listing::Amounts => clauses::amounts(document, stated),
            Listing::Each => clauses::each(document, stated),
            Listing::Rest => clauses::rest(document, stated),
            Listing::Told => clauses::told(document, stated),
            Listing::Jointly => clauses::jointly(document, stated),
            Listing::Endings => clauses::endings(document, stated),
            Listing::Marked => heads::marked(document, stated),
            Listing::Headed => heads::headed(document, stated),
            Listing::Following => heads::following(document, stated),
            Listing::Arranged => heads::arranged(document, stated),
            Listing::Titled => heads::titled(document, stated),
            Listing::Labelled => heads::labelled(document, stated),
            Listing::Headings => heads::headings(document, stated),
            Listing::TableAbove => grid::above(document, stated),
            Listing::Kinds => grid::kinds(document, stated),
        }
    }
}
