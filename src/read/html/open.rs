//! The elements that are open at a place of a page.

use super::element::{Kind, kind_of};

/// Browsers stop nesting at this depth as well; a page may claim any.
const DEEPEST: usize = 512;

/// The open elements, the innermost last.
#[derive(Default)]
pub(super) struct OpenElements {
    open: Vec<Open>,
}

/// An open element.
struct Open {
    name: String,
    kind: Kind,
    inside: Inside,
}

/// What holds for the text in an element.
#[derive(Clone, Copy, Default)]
pub(super) struct Inside {
    /// Nothing here is text.
    pub skipped: bool,
    /// Menus and what else surrounds the document.
    pub furniture: bool,
    /// Lines and white space count.
    pub preformatted: bool,
    /// Code within a line.
    pub code: bool,
    /// `header` and `footer` belong to the text.
    pub sectioned: bool,
    /// Tags have the meaning they have in a drawing or formula.
    pub drawing: bool,
    /// How many lists are open.
    pub lists: u8,
    /// The innermost table, counted over the whole page.
    pub table: Option<usize>,
    /// What the words are, all of the above apart.
    pub words: Words,
}

/// What the words in an element are, menus and code apart.
#[derive(Clone, Copy, Default)]
pub(super) enum Words {
    /// Ordinary text.
    #[default]
    Text,
    /// A heading with its level.
    Heading(u8),
    /// The next block is the first of its list entry.
    NewEntry,
    /// A cell of the innermost table.
    Cell {
        /// Its row.
        row: u32,
        /// Its column.
        column: u32,
    },
}

impl OpenElements {
    /// What holds for text at this place.
    pub(super) fn inside(&self) -> Inside {
        self.open.last().map_or(Inside::default(), |open| open.inside)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes all but the outermost `depth` elements.
    pub(super) fn truncate(&mut self, depth: usize) {
        self.open.truncate(depth);
    }

    /// Closes the elements in which nothing is text.
    pub(super) fn leave_skipped(&mut self) {
        self.open.truncate(self.open.iter().position(|open| open.inside.skipped).unwrap_or(self.open.len()));
    }

    /// Opens an element.
    pub(super) fn push(&mut self, name: &str, kind: Kind, inside: Inside) {
        // What is skipped must stay skipped even there, or scripts would be taken for text.
        let deepest = if inside.skipped { 2 * DEEPEST } else { DEEPEST };
        if self.open.len() < deepest {
            self.open.push(Open { name: name.to_owned(), kind, inside });
        }
    }

    /// Closes the innermost element of that name and what was left open in it, and gives its kind.
    pub(super) fn close(&mut self, name: &str) -> Option<Kind> {
        let kind = kind_of(name);
        let is_of_table = matches!(kind, Some(Kind::Table | Kind::RowGroup | Kind::Row | Kind::Cell | Kind::Caption));
        let is_heading = matches!(kind, Some(Kind::Heading(_)));
        for (index, open) in self.open.iter().enumerate().rev() {
            if open.name == name || (is_heading && matches!(open.kind, Kind::Heading(_))) {
                let kind = open.kind;
                self.open.truncate(index);
                return Some(kind);
            }
            let is_wall = match open.kind {
                Kind::Table => true,
                Kind::Cell | Kind::Caption => !is_of_table,
                _ => false,
            };
            if is_wall {
                return None;
            }
        }
        None
    }

    /// Notes that the innermost list entry has its first block.
    pub(super) fn begin_entry(&mut self) {
        for open in self.open.iter_mut().rev().take_while(|open| matches!(open.inside.words, Words::NewEntry)) {
            open.inside.words = Words::Text;
        }
    }

    /// A page's own elements cannot stand in a drawing: it was left open.
    pub(super) fn leave_drawing(&mut self) {
        if self.open.last().is_some_and(|last| last.kind == Kind::Drawing) {
            self.open.pop();
        }
    }

    /// Closes what a starting element of `kind` cannot stand in.
    pub(super) fn end_implied(&mut self, kind: Kind) {
        match kind {
            Kind::Gloss => return self.end_last(|last| last == Kind::Gloss),
            Kind::Break => return,
            _ if !kind.parts_words() => return,
            _ => {}
        }
        while self.open.last().is_some_and(|last| matches!(last.kind, Kind::Code | Kind::Gloss | Kind::Inline)) {
            self.open.pop();
        }
        self.end_last(|last| last == Kind::Paragraph);
        match kind {
            Kind::Heading(_) => self.end_last(|last| matches!(last, Kind::Heading(_))),
            Kind::ListEntry => self.end_sibling(kind, &[Kind::List, Kind::Table, Kind::Cell]),
            Kind::Definition => {
                self.end_sibling(kind, &[Kind::TermList, Kind::List, Kind::ListEntry, Kind::Table, Kind::Cell]);
            }
            Kind::Cell => self.return_to(&[Kind::Row, Kind::RowGroup, Kind::Table]),
            Kind::Row => self.return_to(&[Kind::RowGroup, Kind::Table]),
            Kind::RowGroup | Kind::Caption => self.return_to(&[Kind::Table]),
            _ => {}
        }
    }

    fn end_last(&mut self, is_ended: impl Fn(Kind) -> bool) {
        if self.open.last().is_some_and(|last| is_ended(last.kind)) {
            self.open.pop();
        }
    }

    /// Closes everything in the innermost element of one of these kinds.
    fn return_to(&mut self, holders: &[Kind]) {
        if let Some(holder) = self.open.iter().rposition(|open| holders.contains(&open.kind)) {
            self.open.truncate(holder + 1);
        }
    }

    /// Closes the element of `kind` that was left open, unless one of `walls` stands between.
    fn end_sibling(&mut self, kind: Kind, walls: &[Kind]) {
        let nearest = self.open.iter().rposition(|open| open.kind == kind || walls.contains(&open.kind));
        if let Some(index) = nearest
            && self.open[index].kind == kind
        {
            self.open.truncate(index);
        }
    }
}
