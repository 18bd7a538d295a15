//! A page as its tags and texts come in: which words make a block, and in what role.

use super::element::{Kind, is_furniture_role, is_layout_role, is_void, kind_of};
use super::grid::Grid;
use super::open::{Inside, OpenElements, Words};
use super::reference::reference;
use crate::read::line_break::is_seamless;
use crate::source::{Prose, ProseBuilder, Role, Span};

/// The one tag that the tokenizer drops without parting the text before it from the text after.
const NAMELESS_END: &str = "</>";

/// A page as far as it was read.
pub(in crate::read) struct Page<'a> {
    text: &'a str,
    /// The prose so far.
    pub(in crate::read) builder: ProseBuilder,
    open: OpenElements,
    tables: Vec<Table>,
    /// White space that is a space only if words follow in the same block.
    space: Option<Space>,
}

#[derive(Default)]
struct Table {
    grid: Grid,
    cells: u32,
    /// Whether the table only arranges the page, as on many government sites.
    is_layout: bool,
    /// Whether the table is written in another markup, which has no tables that only arrange.
    is_other: bool,
}

struct Space {
    span: Span,
    breaks_line: bool,
    in_code: bool,
}

impl<'a> Page<'a> {
    /// An empty page of the source `text`.
    pub(in crate::read) fn new(text: &'a str) -> Page<'a> {
        Page { text, builder: ProseBuilder::default(), open: OpenElements::default(), tables: Vec::new(), space: None }
    }

    /// The text the page is read from.
    pub(super) fn source(&self) -> &'a str {
        self.text
    }

    /// Whether text at this place is none for a reader.
    pub(in crate::read) fn is_skipped(&self) -> bool {
        self.open.inside().skipped
    }

    /// Whether text at this place is code within a line.
    pub(in crate::read) fn is_code(&self) -> bool {
        self.open.inside().code
    }

    /// How many elements are open.
    pub(in crate::read) fn depth(&self) -> usize {
        self.open.depth()
    }

    /// Closes the elements that were opened since `depth` of them were open.
    pub(in crate::read) fn return_to(&mut self, depth: usize) {
        self.open.truncate(depth);
    }

    /// Closes what was left open though nothing in it is text, lest the rest of the document go unread.
    pub(in crate::read) fn leave_skipped(&mut self) {
        self.open.leave_skipped();
    }

    /// Counts a table that is written in another markup, and gives its number for [`Role::Cell`].
    pub(in crate::read) fn other_table(&mut self) -> u32 {
        self.tables.push(Table { is_other: true, ..Table::default() });
        u32::try_from(self.tables.len() - 1).unwrap_or_default()
    }

    /// Whether a drawing is open, in which the tags have another meaning.
    pub(super) fn is_in_drawing(&self) -> bool {
        self.open.inside().drawing
    }

    /// Opens an element.
    pub(super) fn start_tag(&mut self, name: &str, attribute: impl Fn(&str) -> Option<String>, closes_itself: bool) {
        let role = attribute("role").unwrap_or_default();
        let is_furniture = is_furniture_role(&role) && !is_void(name);
        let mut kind = match kind_of(name) {
            Some(kind) if kind.parts_words() || !is_furniture => kind,
            _ if is_furniture => Kind::Furniture,
            _ => return,
        };
        if kind.parts_words() {
            self.open.leave_drawing();
            self.part();
        }
        self.open.end_implied(kind);
        let is_foreign = kind == Kind::Drawing || self.open.inside().drawing;
        if kind == Kind::Break || (is_foreign && closes_itself) {
            return;
        }
        let mut inside = self.open.inside();
        inside.furniture |= is_furniture;
        match kind {
            Kind::Heading(level) => {
                inside.words = Words::Heading(level);
                self.arrange(inside.table);
            }
            Kind::Preformatted => inside.preformatted = true,
            Kind::List => inside.lists = inside.lists.saturating_add(1),
            Kind::ListEntry => inside.words = Words::NewEntry,
            Kind::Table => {
                self.arrange(inside.table);
                inside.table = Some(self.tables.len());
                inside.words = Words::Text;
                self.tables.push(Table { is_layout: is_layout_role(&role), ..Table::default() });
            }
            Kind::Row => {
                if let Some(table) = self.table(inside.table) {
                    table.grid.next_row();
                }
            }
            Kind::RowGroup => {
                if let Some(table) = self.table(inside.table) {
                    table.grid.end_group();
                }
            }
            Kind::Cell => match self.table(inside.table) {
                Some(table) => {
                    let number = |name| attribute(name).and_then(|value| value.trim().parse::<u32>().ok());
                    let columns = number("colspan").unwrap_or(1);
                    let (row, column) = table.grid.place(columns as usize, number("rowspan").unwrap_or(1));
                    table.cells += 1;
                    inside.words = Words::Cell { row, column };
                }
                None => kind = Kind::Block,
            },
            Kind::Sectioning => inside.sectioned = true,
            Kind::Margin => inside.furniture |= !inside.sectioned,
            Kind::Furniture => inside.furniture = true,
            Kind::Code => inside.code = true,
            Kind::Skipped | Kind::Gloss => inside.skipped = true,
            Kind::Drawing => {
                inside.skipped = true;
                inside.drawing = true;
            }
            Kind::Block
            | Kind::Paragraph
            | Kind::TermList
            | Kind::Definition
            | Kind::Caption
            | Kind::Break
            | Kind::Inline => {}
        }
        self.open.push(name, kind, inside);
    }

    /// Closes the innermost element of that name and what was left open in it.
    pub(super) fn end_tag(&mut self, name: &str) {
        let closed = self.open.close(name);
        if closed.or(kind_of(name)).is_some_and(Kind::parts_words) {
            self.part();
        }
    }

    /// Reads the text under `span`, in which there are no tags.
    pub(super) fn text(&mut self, span: Span) {
        let inside = self.open.inside();
        let Some(written) = self.text.get(span.range()) else { return };
        if inside.skipped {
            return;
        }
        let mut at = span.start;
        let mut rest = written;
        while let Some(first) = rest.chars().next() {
            let length = if is_space(first) {
                let length = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
                self.white_space(&rest[..length], at, inside);
                length
            } else if let Some((meaning, length)) = reference(rest) {
                let source = Span::new(at, at + length);
                if meaning.chars().all(is_space) && !inside.preformatted {
                    self.add_space(source, false, inside);
                } else if meaning.contains(['\n', '\r']) {
                    self.part();
                } else {
                    self.words(&meaning, source, true, inside);
                }
                length
            } else if rest.starts_with(NAMELESS_END) {
                NAMELESS_END.len()
            } else {
                let is_end = |c| is_space(c) || c == '&' || c == '<';
                let head = first.len_utf8();
                let length = rest[head..].find(is_end).map_or(rest.len(), |end| head + end);
                self.words(&rest[..length], Span::new(at, at + length), false, inside);
                length
            };
            at += length;
            rest = &rest[length..];
        }
    }

    /// The prose of the whole page.
    pub(in crate::read) fn finish(self) -> Prose {
        let mut prose = self.builder.finish();
        let mut numbers = Vec::with_capacity(self.tables.len());
        let mut next = 0;
        for table in &self.tables {
            let is_table = table.is_other || !table.is_layout && table.cells > 1;
            numbers.push(is_table.then_some(next));
            next += u32::from(is_table);
        }
        for block in &mut prose.blocks {
            if let Role::Cell { table, row, column } = block.role {
                block.role = match numbers[table as usize] {
                    Some(table) => Role::Cell { table, row, column },
                    None => Role::Text,
                };
            }
        }
        prose
    }

    fn table(&mut self, index: Option<usize>) -> Option<&mut Table> {
        self.tables.get_mut(index?)
    }

    /// Notes that a table holds a heading or a table, so that it holds no data.
    fn arrange(&mut self, index: Option<usize>) {
        if let Some(table) = self.table(index) {
            table.is_layout = true;
        }
    }

    /// Ends the block; the next words begin another. What is skipped parts nothing.
    fn part(&mut self) {
        if !self.open.inside().skipped {
            self.builder.close();
            self.space = None;
        }
    }

    fn white_space(&mut self, written: &str, at: usize, inside: Inside) {
        let breaks_line = written.contains(['\n', '\r']);
        if !inside.preformatted {
            self.add_space(Span::new(at, at + written.len()), breaks_line, inside);
            return;
        }
        let mut start = at;
        for line in written.split_inclusive(['\n', '\r']) {
            let blank = line.trim_end_matches(['\n', '\r']);
            if !blank.is_empty() {
                self.words(blank, Span::new(start, start + blank.len()), false, inside);
            }
            if blank.len() < line.len() {
                self.part();
            }
            start += line.len();
        }
    }

    fn add_space(&mut self, span: Span, breaks_line: bool, inside: Inside) {
        match &mut self.space {
            Some(space) => space.breaks_line |= breaks_line,
            None => self.space = Some(Space { span, breaks_line, in_code: inside.code }),
        }
    }

    /// Adds words that `source` holds as they are, or, if `stands_in`, writes otherwise.
    fn words(&mut self, words: &str, source: Span, stands_in: bool, inside: Inside) {
        let Some(first) = words.chars().next() else { return };
        if !self.builder.is_open() {
            self.space = None;
            let role = self.role(inside);
            self.builder.open(role);
        }
        let is_code = inside.code && !inside.preformatted;
        if let Some(Space { span, breaks_line, in_code }) = self.space.take() {
            self.builder.set_verbatim(is_code && in_code);
            let last = self.builder.open_text().chars().next_back();
            if span.of(self.text) == " " {
                self.builder.push(" ", span);
            } else if !(breaks_line && last.is_some_and(|last| is_seamless(last, first))) {
                self.builder.push_stand_in(" ", span);
            }
        }
        self.builder.set_verbatim(is_code);
        if stands_in {
            self.builder.push_stand_in(words, source);
        } else {
            self.builder.push(words, source);
        }
        self.builder.set_verbatim(false);
    }

    /// The role of a block that begins here. The first in a list entry is the entry; what follows in it is text.
    fn role(&mut self, inside: Inside) -> Role {
        if inside.furniture {
            return Role::Furniture;
        }
        if inside.preformatted {
            return Role::Verbatim;
        }
        match inside.words {
            Words::Text => Role::Text,
            Words::Heading(level) => Role::Heading(level),
            Words::Cell { row, column } => {
                let table = inside.table.and_then(|table| u32::try_from(table).ok()).unwrap_or_default();
                Role::Cell { table, row, column }
            }
            Words::NewEntry => {
                self.open.begin_entry();
                Role::ListEntry { depth: inside.lists.max(1) }
            }
        }
    }
}

/// What browsers collapse; the full-width and the no-break space are text.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}
