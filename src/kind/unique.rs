//! `unique`: no two equal: words said twice in a row, sentences, headings or the title that stand twice.

use super::prose;
use super::{Case, Find, Hit};
use crate::document::character::is_han;
use crate::document::layout::LineKind;
use crate::document::part::{Part, PartKind};
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What must not stand twice, and how near.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unique {
    /// 什么不得重复。
    pub what: What,
    /// 在什么范围内；titles 默认 siblings，sentences 默认 division。
    #[serde(default)]
    pub within: Within,
    /// 短于这么多字的不查；words 默认2，sentences 默认20，titles 默认4，title 默认6。
    #[serde(default)]
    pub at_least: Option<usize>,
    /// words：两字词表，列 word 为词，followed-by 为相接时不算重复的后续文字；只报表中的词。
    #[serde(default)]
    pub table: Option<String>,
}

/// What must not stand twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Two to six Han characters directly repeated.
    Words,
    /// A sentence word for word.
    Sentences,
    /// A paragraph word for word.
    Paragraphs,
    /// The text of a heading.
    Titles,
    /// The title of the document.
    Title,
}

/// How near two equal ones must be to count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// Anywhere.
    Document,
    /// In the main text, or in one attachment.
    #[default]
    Division,
    /// Under one heading, at one level.
    Siblings,
    /// In one paragraph.
    Paragraph,
}

fn repeated(span: Span) -> Hit {
    Hit::at(span)
}

fn again(span: Span, earlier: Span) -> Hit {
    Hit::at(span).related(earlier, "前文已有")
}

impl Find for Unique {
    const HOLES: &'static [&'static str] = &[];

    fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        match self.what {
            What::Words => self.words(case, hits),
            What::Sentences => self.parts(case, PartKind::Sentence, 20, hits),
            What::Paragraphs => self.parts(case, PartKind::Paragraph, 20, hits),
            What::Titles => self.parts(case, PartKind::Heading, 4, hits),
            What::Title => self.title(case, hits),
        }
    }
}

impl Unique {
    fn words(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let mut codes = Vec::new();
        for line in prose::lines(case.document, case.part.span) {
            let text = case.slice(line.span);
            for Repeat { first, second, end, length } in repeats(text, &mut codes) {
                let span = Span::new(first, end).shifted(line.span.start);
                if self.is_slip(&text[first..second], length, &text[..first], &text[end..], case)
                    && !is_enclosed_title(case, span)
                {
                    hits.push(repeated(span));
                }
            }
        }
    }

    /// Whether `word` said twice between `before` and `after` is a slip of the kind this rule reports.
    fn is_slip(&self, word: &str, length: usize, before: &str, after: &str, case: &Case<'_>) -> bool {
        if length < self.at_least.unwrap_or(2)
            || is_language(word)
            || ends_before_office(word, after)
            || begins_longer_word(after)
        {
            return false;
        }
        let Some(table) = self.table.as_deref().and_then(|name| case.tables.get(name)) else { return true };
        if length > 2 {
            return true;
        }
        match table.row("word", word) {
            // Two characters that are no known word are more often two words side by side: 减税缓税缓费.
            None => false,
            Some(row) => {
                let cell =
                    |name: &str| table.column(name).and_then(|column| row.get(column)).map_or("", String::as_str);
                let any = |cell: &str, fits: &dyn Fn(&str) -> bool| {
                    cell.split(' ').any(|word| !word.is_empty() && fits(word))
                };
                !any(cell("followed-by"), &|word| after.starts_with(word))
                    && !any(cell("preceded-by"), &|word| before.ends_with(word))
            }
        }
    }

    /// Parts with the same words.
    fn parts(&self, case: &Case<'_>, kind: PartKind, at_least: usize, hits: &mut Vec<Hit>) {
        let document = case.document;
        let mut seen: HashMap<(usize, &str), Span> = HashMap::new();
        for part in document.parts(kind).iter().filter(|part| case.part.span.contains(part.span)) {
            let line = &document.lines[part.line];
            let is_heading = kind == PartKind::Heading;
            let words = case.slice(if is_heading { part.text } else { part.span });
            let words = words.trim().trim_end_matches(['。', '；', ';']);
            let at_least = self.at_least.unwrap_or(at_least);
            if words.len() < at_least || words.chars().nth(at_least - 1).is_none() {
                continue;
            }
            if document.is_skipped(part.span)
                || (!is_heading && !matches!(line.kind, LineKind::Paragraph | LineKind::Item))
            {
                continue;
            }
            // Fields are alike by their nature: （责任单位：市教育局；完成时限：12月）.
            let fields = document.parts(PartKind::Field);
            let field = fields.get(fields.partition_point(|field| field.span.start < part.span.start));
            if !is_heading && field.is_some_and(|field| part.span.contains(field.span)) {
                continue;
            }
            let earlier = *seen.entry((self.scope(case, part), words)).or_insert(part.span);
            if earlier != part.span {
                hits.push(again(part.span, earlier));
            }
        }
    }

    fn scope(&self, case: &Case<'_>, part: &Part) -> usize {
        match self.within {
            Within::Document => 0,
            Within::Division => case.document.lines[part.line].division,
            Within::Paragraph => part.line,
            Within::Siblings => part.node.map_or(0, |node| case.document.outline.nodes[node].group),
        }
    }

    /// The title on another line of its own.
    fn title(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
        let document = case.document;
        let Some(title) = document.facts.title.as_ref() else { return };
        let words = bare(&title.value);
        if words.chars().count() < self.at_least.unwrap_or(6) {
            return;
        }
        let lines: Vec<_> = prose::lines(document, case.part.span).collect();
        for (index, line) in lines.iter().enumerate() {
            // Most lines are far longer than a title and need not be compared.
            if line.span.overlaps(title.span) || line.span.len() > 2 * title.value.len() {
                continue;
            }
            // A title may stand on several lines the second time, too.
            let mut joined = String::new();
            let mut whole = None;
            for next in lines[index..].iter().take(3).filter(|next| !next.span.overlaps(title.span)) {
                joined.push_str(&bare(case.slice(next.span)));
                if !words.starts_with(&joined) {
                    break;
                }
                if joined == words {
                    whole = Some(next);
                    break;
                }
            }
            if let Some(last) = whole {
                let span = line.span.cover(last.span);
                let (later, earlier) =
                    if span.start > title.span.start { (span, title.span) } else { (title.span, span) };
                hits.push(again(later, earlier));
            }
        }
    }
}

/// A word said twice: where it begins, begins again and ends, in bytes, and how many characters it has.
struct Repeat {
    first: usize,
    second: usize,
    end: usize,
    length: usize,
}

/// The words of 2 to 6 Chinese characters that are said twice in a text, in order and apart, the shortest where several fit.
/// Nearly all of a document passes through here; `codes` is room for its characters.
fn repeats(text: &str, codes: &mut Vec<u32>) -> Vec<Repeat> {
    // A character that is no Chinese one is equal to none.
    codes.clear();
    codes.extend(
        (0u32..).zip(text.chars()).map(|(index, c)| if is_han(c) { u32::from(c) } else { 0x8000_0000 | index }),
    );
    let mut found: Vec<(usize, usize)> = Vec::new();
    for length in 2..=6 {
        let mut equal = 0;
        for (index, pair) in codes.iter().zip(codes.get(length..).unwrap_or_default()).enumerate() {
            equal = if pair.0 == pair.1 { equal + 1 } else { 0 };
            if equal >= length {
                found.push((index + 1 - length, length));
            }
        }
    }
    found.sort_unstable();
    let mut free = 0;
    found.retain(|&(start, length)| {
        let is_free = start >= free;
        if is_free {
            free = start + 2 * length;
        }
        is_free
    });
    if found.is_empty() {
        return Vec::new();
    }
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |(start, length)| Repeat {
        first: offsets[start],
        second: offsets[start + length],
        end: offsets[start + 2 * length],
        length,
    };
    found.into_iter().map(place).collect()
}

/// Words whose doubling is language and no slip: numerals, 一个一个, 人人人人, verbs said twice to soften them.
fn is_language(word: &str) -> bool {
    const NUMERALS: &str = "〇零一二三四五六七八九十百千万亿两";
    const FIRST: &[char] = &['一', '几', '半', '逐', '多', '很', '两'];
    const SOFTENED: &[&str] = &[
        "研究", "讨论", "商量", "考虑", "了解", "休息", "学习", "总结", "思考", "体验", "体会", "琢磨", "议论", "打听",
        "非常", "特别", "真正", "永远", "许多", "谢谢", "哈哈", "加油", "刚刚", "常常", "人人", "天天", "年年", "层层",
        "快乐", "高兴", "热闹", "锻炼", "放松", "尝试", "认识", "熟悉", "感受", "合计", "比较", "娃娃", "宝宝", "星星",
        "妈妈", "爸爸", "叮咚", "滴答", "轰隆",
    ];
    let mut characters = word.chars();
    let first = characters.next();
    word.chars().all(|c| NUMERALS.contains(c))
        || word.starts_with(FIRST)
        || characters.all(|c| Some(c) == first)
        || SOFTENED.contains(&word)
}

/// Whether the second word goes on as a word of its own: 基层组织组织力, 企业企业家.
fn begins_longer_word(after: &str) -> bool {
    after.starts_with(['力', '性', '化', '者', '员', '率', '家'])
        && !after.starts_with("力度")
        && !after.starts_with("力争")
}

/// Whether the second word goes on as an office's own: 委员会委员会议, 组织部组织部长.
fn ends_before_office(word: &str, after: &str) -> bool {
    const OFFICES: &[char] = &[
        '会', '部', '局', '组', '处', '科', '厅', '所', '院', '校', '委', '室', '队', '站', '馆', '社', '办', '署',
        '团', '院',
    ];
    word.ends_with(OFFICES) && after.starts_with(['长', '员', '议', '务', '址', '史', '规', '领', '属'])
}

/// Whether the words are inside 《 》: the title of a document is not ours to judge.
fn is_enclosed_title(case: &Case<'_>, span: Span) -> bool {
    case.document.enclosing(PartKind::BookTitle, span).is_some()
}

/// Words without blanks and end marks.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '。' | '；' | ';' | '　')).collect()
}
