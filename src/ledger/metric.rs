//! Metrics: the quantities a document states — what, of whom, when, how much, planned or achieved, and where.
//!
//! Nothing is guessed that the clause, its sentence, the headings above it or the head of its table do not say. A quantity
//! whose words do not tell what it measures is no metric.

use super::matter::{self, Matter};
use super::quantity::Quantity;
use super::table;
use super::when::{Clock, When};
use crate::document::Document;
use crate::document::label::LabelStyle;
use crate::document::layout::LineKind;
use crate::document::lexicon::Lexicon;
use crate::document::part::{Part, PartKind};
use crate::document::value::{Detail, Form, Value, ValueKind};
use crate::source::Span;
use std::ops::Range;

/// A quantity that a document states.
#[derive(Clone, PartialEq, Debug)]
pub struct Metric {
    /// What is measured, as the document words it, without times, owners and verbs of being: 新建幼儿园, 地区生产总值增长.
    pub what: String,
    /// Whose it is, where a word before it says so: 全市, 我县; else empty.
    pub of: String,
    /// The time it holds for.
    pub when: When,
    /// Planned, achieved, or neither in so many words.
    pub role: Role,
    /// How it hangs on what stands around it.
    pub bearing: Bearing,
    /// How much.
    pub quantity: Quantity,
    /// The words of the value; bytes of the prose.
    pub span: Span,
    /// Index of the line it stands in, among [`Document::lines`].
    pub line: usize,
    /// Where it was read.
    pub origin: Origin,
}

/// How the matter of a metric hangs on what stands around it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Bearing {
    /// Its words stand for themselves.
    Free,
    /// It is a member of a list joined by 、, whose head may say what it is of.
    Listed,
    /// It is a change or a share of something: its base may be another each time.
    Relative,
    /// Its words are not whole, or an example's, or those of an article of a law.
    Partial,
}

/// Whether a metric is what is meant to be or what has come to be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// 计划, 力争, 确保, 目标 …, or under such a heading.
    Planned,
    /// 已, 累计, 完成 …
    Achieved,
    /// Neither is said.
    Stated,
}

/// Where a metric was read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Origin {
    /// A sentence.
    Text,
    /// A cell of a table.
    Table,
}

/// All metrics of a document, in the order of the text.
pub fn find(document: &Document) -> Vec<Metric> {
    let clock = Clock::new(document);
    let mut metrics = table::find(document, &clock);
    let mut around: Option<Surroundings> = None;
    let mut told: Option<(usize, When)> = None;
    for sentence in document.parts(PartKind::Sentence) {
        let kind = document.lines[sentence.line].kind;
        if matches!(kind, LineKind::Paragraph | LineKind::Item | LineKind::Heading) {
            let known = Vec::new();
            // 其中，…… goes on about the time of the sentence before.
            let goes_on = document.slice(sentence.span).starts_with("其中");
            let time = told.take().filter(|(line, _)| goes_on && *line == sentence.line).map(|(_, time)| time);
            let mut reader =
                Reader { document, clock: &clock, around: &mut around, sentence, known, metrics: &mut metrics };
            told = reader.read(time).map(|time| (sentence.line, time));
        }
    }
    metrics.sort_by_key(|metric| metric.span);
    metrics
}

impl Metric {
    /// Its value for people: the words of the text, or the figure of a cell with its unit.
    pub fn shown(&self, words: &str) -> String {
        let unit = self.quantity.unit.as_str();
        match self.origin {
            Origin::Table if !words.ends_with(unit) => self.quantity.to_string(),
            _ => words.to_owned(),
        }
    }
}

/// Whether a value may be the value of a metric.
pub(super) fn is_measure(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Amount | ValueKind::Percent)
}

/// Times and kinds that stand in names and headings: 学前三年, 五大行动, 建团100周年.
fn is_duration(document: &Document, value: &Value) -> bool {
    let unit = document.slice(value.unit);
    matches!(unit, "年" | "周年" | "大" | "岁" | "届")
        || value.form == Form::Han && matches!(unit, "项" | "类" | "级" | "个" | "条")
}

/// What a line and the headings above it say of all that stands in the line.
#[derive(Clone)]
struct Surroundings {
    line: usize,
    when: When,
    role: Role,
    /// Whether it tells an example, or is part of an article: what holds in which case.
    is_of_a_case: bool,
}

impl Surroundings {
    fn of(document: &Document, clock: &Clock<'_>, line: usize) -> Surroundings {
        let words = document.slice(document.lines[line].span);
        static EXAMPLE: Lexicon = Lexicon::new(&["例如", "比如", "假设", "假如", "例子", "某"]);
        let is_of_a_case = EXAMPLE.is_in(words) || is_norm(document, line);
        Surroundings { line, when: clock.at(line), role: clock.role_at(line), is_of_a_case }
    }
}

/// Articles say what holds in which case; a quantity in them is of its case.
fn is_norm(document: &Document, line: usize) -> bool {
    let nodes = &document.outline.nodes;
    // a)创口长度8.0cm以上 is a clause of a standard.
    let words = document.slice(document.lines[line].span);
    if words.starts_with(|c: char| c.is_ascii_lowercase()) && words[1..].starts_with([')', '）']) {
        return true;
    }
    let mut node = document.lines[line].node;
    while let Some(index) = node {
        if nodes[index].read.is_some_and(|label| label.style == LabelStyle::Article) {
            return true;
        }
        node = nodes[index].parent;
    }
    false
}

/// Reads the metrics of one sentence, clause by clause: each may lean on those before it.
struct Reader<'a> {
    document: &'a Document,
    clock: &'a Clock<'a>,
    around: &'a mut Option<Surroundings>,
    sentence: &'a Part,
    /// What the metrics of this sentence measure.
    known: Vec<Matter>,
    metrics: &'a mut Vec<Metric>,
}

impl Reader<'_> {
    /// Reads the sentence, which begins with a time when that before it says so; says which time it ends with.
    fn read(&mut self, mut time: Option<When>) -> Option<When> {
        let values = self.document.values_in(self.sentence.span);
        for (index, value) in values.iter().enumerate() {
            // 比2024年的58名: what is compared with says nothing of when.
            let before = &self.document.text()[self.sentence.span.start..value.span.start];
            let stated = self.clock.of_value(value).filter(|_| !before.ends_with(['比', '较', '与', '同']));
            if let Some(stated) = stated {
                time = Some(stated);
            }
            let is_day = matches!(value.detail, Detail::Date { day: 1.., .. });
            if (is_day || is_measure(value))
                && !is_duration(self.document, value)
                && !self.is_quoted(value.span)
                && !self.document.is_skipped(value.span)
            {
                self.take(values, index, time.as_ref());
            }
        }
        time
    }

    /// What stands in titles and quotations is said by others.
    fn is_quoted(&self, span: Span) -> bool {
        [PartKind::BookTitle, PartKind::Quote].iter().any(|&kind| self.document.enclosing(kind, span).is_some())
    }

    fn take(&mut self, values: &[Value], index: usize, time: Option<&When>) {
        let value = &values[index];
        let clause = self.with_verb(self.clause(value.span));
        let others = |range: Range<usize>| values[range].iter().filter(|other| clause.contains(other.span));
        let before = self.words(Span::new(clause.start, value.span.start), others(0..index));
        let is_last = !others(index + 1..values.len()).any(is_measure);
        let after = if is_last { &self.document.text()[value.span.end..clause.end] } else { "" };
        let listed = self.document.text()[..clause.start].ends_with('、');
        let Some(matter) = matter::read(&before, after, listed, value.kind == ValueKind::Percent, &self.known) else {
            return;
        };
        let line = self.sentence.line;
        let around = match self.around.take() {
            Some(around) if around.line == line => around,
            _ => Surroundings::of(self.document, self.clock, line),
        };
        // A day is its own time.
        let when = match value.kind {
            ValueKind::Date => When::Unknown,
            _ => {
                let own = self.clock.relative(&before).or_else(|| time.cloned());
                own.unwrap_or_else(|| around.when.clone())
            }
        };
        self.metrics.push(Metric {
            what: matter.what.clone(),
            of: matter.of.clone(),
            when,
            role: self.role(&matter, clause, &around),
            bearing: self.bearing(&matter, clause, value.span, &around),
            quantity: match self.clock.day(value) {
                Some(day) => Quantity::of_day(day),
                None => Quantity::of(self.document, value),
            },
            span: value.span,
            line: self.sentence.line,
            origin: Origin::Text,
        });
        self.known.push(matter);
        *self.around = Some(around);
    }

    /// The words of a span without the values in it.
    fn words<'v>(&self, span: Span, values: impl Iterator<Item = &'v Value>) -> String {
        let mut words = String::new();
        let mut from = span.start;
        for value in values.filter(|value| value.kind != ValueKind::Ordinal) {
            words.push_str(&self.document.text()[from..value.span.start.max(from)]);
            from = value.span.end.max(from);
        }
        words.push_str(&self.document.text()[from..span.end.max(from)]);
        words
    }

    /// From the mark before a value to the mark after it.
    fn clause(&self, value: Span) -> Span {
        let text = self.document.text();
        let within = self.sentence.span;
        let before = &text[within.start..value.start];
        let start = before.char_indices().rev().find(|&(_, c)| is_mark(c)).map_or(0, |(at, c)| at + c.len_utf8());
        let after = &text[value.end..within.end];
        Span::new(within.start + start, value.end + after.find(is_mark).unwrap_or(after.len()))
    }

    /// 新建、改扩建学校26所 is one clause: before its 、 stands but another verb.
    fn with_verb(&self, clause: Span) -> Span {
        let text = self.document.text();
        if !text[..clause.start].ends_with('、') || !matter::begins_with_verb(self.document.slice(clause)) {
            return clause;
        }
        let before = self.clause(Span::at(clause.start - '、'.len_utf8()));
        match matter::is_bare_verb(self.document.slice(before)) {
            true => before.cover(clause),
            false => clause,
        }
    }

    fn bearing(&self, matter: &Matter, clause: Span, value: Span, around: &Surroundings) -> Bearing {
        let text = self.document.text();
        // 分别减少6.61%和8.95%: what the second is of stands farther off.
        let shared = matter.what.contains("分别") || matter.what.ends_with(['和', '及', '与', '或']);
        if !matter.is_whole || around.is_of_a_case || shared {
            Bearing::Partial
        } else if matter.is_change || matter.what.starts_with('每') || self.is_start(clause, value) {
            Bearing::Relative
        } else if self.is_one_of_many(clause)
            || text[..clause.start].ends_with('、')
            || text[clause.end..].starts_with('、')
        {
            Bearing::Listed
        } else {
            Bearing::Free
        }
    }

    /// Whether a quantity is what another grew from: 由86.4%提高到91.6%.
    fn is_start(&self, clause: Span, value: Span) -> bool {
        let text = self.document.text();
        let before = &text[clause.start.min(value.start)..value.start];
        (before.ends_with(['由', '从']) || before.ends_with("年的"))
            && text[value.end..clause.end.max(value.end)].contains(['到', '至', '为'])
    }

    /// Whether the clauses beside it name other things counted alike, with no more than ， between: 批发业11320个，住宿业3418个.
    fn is_one_of_many(&self, clause: Span) -> bool {
        let text = self.document.text();
        let words = self.document.slice(clause);
        let unit = |clause: Span| {
            let measured = self.document.values_in(clause).iter().rev().find(|value| is_measure(value))?;
            // The value must end its clause: what follows it says more of it.
            (measured.span.end == clause.end).then(|| self.document.slice(measured.unit))
        };
        let Some(own) = unit(clause) else { return false };
        let next = text[clause.end..self.sentence.span.end].strip_prefix('，').filter(|rest| !rest.is_empty());
        let previous = text[self.sentence.span.start..clause.start].strip_suffix('，');
        let next = next.map(|_| self.clause(Span::at(clause.end + '，'.len_utf8())));
        let previous = previous.map(|before| self.clause(Span::at(self.sentence.span.start + before.len())));
        // What begins so goes on about the quantity before it.
        let goes_on = |words: &str| ["其中", "加", "减", "比", "较", "占"].iter().any(|word| words.starts_with(word));
        let is_like = |other: Span| {
            let words = self.document.slice(other);
            unit(other) == Some(own) && !matter::begins_with_verb(words) && !goes_on(words)
        };
        // A rate is named by itself.
        let rate = own == "%" && words.contains('率');
        !rate && !matter::begins_with_verb(words) && next.into_iter().chain(previous).any(is_like)
    }

    /// What its own clause says, else the headings above.
    fn role(&self, matter: &Matter, clause: Span, around: &Surroundings) -> Role {
        let words = self.document.slice(clause);
        static AHEAD: Lexicon = Lexicon::new(&["今年", "明年"]);
        static PLANNED: Lexicon =
            Lexicon::new(&["力争", "争取", "确保", "计划", "目标", "预计", "拟", "将", "不低于", "不少于"]);
        static ACHIEVED: Lexicon = Lexicon::new(&["累计", "实现了", "已"]);
        static DONE: Lexicon = Lexicon::new(&["完成", "建成", "同比", "比上年"]);
        let ahead = || self.clock.is_report() && AHEAD.is_in(words);
        if matter.planned || ahead() || PLANNED.is_in(words) {
            return Role::Planned;
        }
        let above = around.role;
        let done = || above == Role::Stated && DONE.is_in(words);
        if matter.achieved || ACHIEVED.is_in(words) || done() {
            return Role::Achieved;
        }
        above
    }
}

/// Marks that end a clause, brackets and quotation marks among them.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '、'
            | '；'
            | '：'
            | '。'
            | '！'
            | '？'
            | '（'
            | '）'
            | '“'
            | '”'
            | '《'
            | '》'
            | '—'
            | ','
            | ';'
            | ':'
            | '('
            | ')'
    )
}
