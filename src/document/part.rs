//! Parts: what a rule can be given.

use super::label::LabelStyle;
use super::value::ValueKind;
use crate::source::Span;
use serde::{Deserialize, Serialize};

macro_rules! part_kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// What a part of a document is.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        pub enum PartKind {
            $($(#[$doc])* #[serde(rename = $name)] $kind,)*
        }

        impl PartKind {
            /// Every kind, in the order of the reference.
            pub const ALL: &[PartKind] = &[$(PartKind::$kind),*];
            /// How many kinds there are.
            pub const COUNT: usize = PartKind::ALL.len();

            /// The name used in rules.
            pub fn name(self) -> &'static str {
                match self {
                    $(PartKind::$kind => $name,)*
                }
            }
        }
    };
}

part_kinds! {
    /// The documents that belong together, compared with each other.
    Set = "set",
    /// The whole document.
    Document = "document",
    /// The title, all its lines.
    Title = "title",
    /// A heading on a line of its own.
    Heading = "heading",
    /// A heading or item with all that stands under it.
    Section = "section",
    /// A numbered paragraph or list entry.
    Item = "item",
    /// A paragraph of running text; items are paragraphs too.
    Paragraph = "paragraph",
    /// A sentence.
    Sentence = "sentence",
    /// A run of sibling items.
    List = "list",
    /// A table.
    Table = "table",
    /// A row of a table.
    Row = "row",
    /// A cell of a table, or a line that looks like one that lost its table.
    Cell = "cell",
    /// A named entry such as （牵头负责：组织处).
    Field = "field",
    /// What stands between quotation marks, marks included.
    Quote = "quote",
    /// What stands between brackets, brackets included.
    Bracket = "bracket",
    /// What stands between 《 and 》, marks included.
    BookTitle = "book-title",
    /// A document number (发文字号) on a line of its own.
    DocNumber = "doc-number",
    /// The addressee (主送机关).
    Addressee = "addressee",
    /// The note that lists the attachments (附件说明).
    AttachmentNote = "attachment-note",
    /// The heading 附件 or 附件1 of an attachment.
    AttachmentMark = "attachment-mark",
    /// The issuer's name and the date at the end.
    Signature = "signature",
    /// A line of metadata above the document.
    Metadata = "metadata",
    /// Menus and footers of a saved web page.
    Furniture = "furniture",
    /// A proper name: quoted, or ending in a word such as 示范区, 基地, 工程.
    Name = "name",
    /// What is not prose: addresses, code, formulas, model numbers, placeholders, foreign passages.
    Verbatim = "verbatim",
    /// A number without a unit.
    Number = "number",
    /// A percentage.
    Percent = "percent",
    /// A number with a unit.
    Amount = "amount",
    /// A year.
    Year = "year",
    /// A date with at least a month.
    Date = "date",
    /// A time of day.
    Time = "time",
    /// A five-year plan or legal-education period.
    Period = "period",
    /// 第三届, 第28个.
    Ordinal = "ordinal",
    /// A ratio.
    Ratio = "ratio",
    /// A number, amount, percentage, year or date written as a range.
    Range = "range",
    /// 附件2, 第三条, 表1.
    Reference = "reference",
}

impl PartKind {
    /// The kind of part a value is.
    pub fn of_value(kind: ValueKind) -> PartKind {
        match kind {
            ValueKind::Number => PartKind::Number,
            ValueKind::Percent => PartKind::Percent,
            ValueKind::Amount => PartKind::Amount,
            ValueKind::Year => PartKind::Year,
            ValueKind::Date => PartKind::Date,
            ValueKind::Time => PartKind::Time,
            ValueKind::Period => PartKind::Period,
            ValueKind::Ordinal => PartKind::Ordinal,
            ValueKind::Ratio => PartKind::Ratio,
            ValueKind::Reference => PartKind::Reference,
        }
    }

    /// Whether parts of this kind are values.
    pub fn is_value(self) -> bool {
        self >= PartKind::Number
    }
}

/// A part of a document. Spans are bytes of the prose.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// All of it.
    pub span: Span,
    /// Its number as written, or the name of a field; empty at the start when it has none.
    pub label: Span,
    /// Its words: without the label, the marks around a quote, the name of a field.
    pub text: Span,
    /// The run-in title of an item, up to its first end mark; empty when it has none.
    pub title: Span,
    /// Level of a heading or item, from 1; 0 for others. Column of a cell, from 0.
    pub level: u8,
    /// The number in the label; row of a row or cell, from 0; 0 when it has none.
    pub number: u32,
    /// How the label is written.
    pub style: Option<LabelStyle>,
    /// Index of the line it starts in.
    pub line: usize,
    /// Index of the heading or item among [`Outline::nodes`](super::outline::Outline::nodes).
    pub node: Option<usize>,
    /// Index of the value among [`Document::values`](super::Document::values).
    pub value: Option<usize>,
}

impl Part {
    /// A part without label, level or value.
    pub fn new(kind: PartKind, span: Span, line: usize) -> Part {
        Part {
            kind,
            span,
            label: Span::at(span.start),
            text: span,
            title: Span::at(span.start),
            level: 0,
            number: 0,
            style: None,
            line,
            node: None,
            value: None,
        }
    }

    /// As much of the part as lies in the line it starts in.
    pub fn span_of_line(&self, line: &super::layout::Line) -> Span {
        Span::new(self.span.start, self.span.end.min(line.span.end).max(self.span.start))
    }
}
