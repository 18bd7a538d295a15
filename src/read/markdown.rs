//! The prose of a Markdown text.
//!
//! Strike-through stays off: officials write 1~2 with a tilde. What pulldown-cmark calls a metadata block may stand
//! anywhere, so front matter is found here, at the very beginning only. HTML is read as a page is, its blocks and the
//! tags within a line alike.

use super::html;
use super::line_break::is_seamless;
use crate::source::{Prose, Role, Span};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// Extracts the prose. A block never holds a line end: block code gives one block for each line.
pub(super) fn prose_of(text: &str) -> Prose {
    let body = front_matter_length(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
    let mut reader = Reader::new(text);
    for (event, range) in Parser::new_ext(&text[body..], options).into_offset_iter() {
        reader.event(event, Span::new(body + range.start, body + range.end));
    }
    reader.page.finish()
}

struct Reader<'a> {
    text: &'a str,
    /// The prose so far, and the elements of HTML that are open.
    page: html::Page<'a>,
    /// How many elements of HTML were open where the present block began, which closes those opened within it.
    outer: usize,
    /// The lines of the HTML block that is being read.
    html: Option<Vec<Span>>,
    heading: Option<u8>,
    /// The entries that are open, the innermost last.
    entries: Vec<Entry>,
    lists: u8,
    table: u32,
    cell: Option<(u32, u32)>,
    row: u32,
    column: u32,
    code: Option<Code>,
    /// A line break that is a space only if something follows that needs one.
    line_break: Option<Span>,
}

struct Entry {
    /// The number as written, until the entry's first block takes it.
    marker: Option<Span>,
    /// Whether the entry's first block has begun.
    begun: bool,
}

enum Code {
    Fenced,
    /// Indented text, collected so that it can be judged whether it is code at all.
    Indented(Vec<Span>),
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Reader<'a> {
        Reader {
            text,
            page: html::Page::new(text),
            outer: 0,
            html: None,
            heading: None,
            entries: Vec::new(),
            lists: 0,
            table: 0,
            cell: None,
            row: 0,
            column: 0,
            code: None,
            line_break: None,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            // An indent that is no part of the block stands before a line of HTML as a text.
            Event::Text(_) if self.html.is_some() => {}
            Event::Html(_) => self.html.get_or_insert_default().push(span),
            Event::InlineHtml(_) => html::read_tags(&mut self.page, span),
            Event::Text(text) => match &mut self.code {
                Some(Code::Fenced) => self.lines(span, Role::Verbatim),
                Some(Code::Indented(lines)) => lines.push(span),
                None => self.words(&text, span),
            },
            Event::Code(code) => self.inline_code(&code, span),
            Event::SoftBreak => self.line_break = Some(span),
            Event::HardBreak => self.close(),
            Event::Rule => {
                self.leave_marker();
                self.close();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        if !is_inline(&tag) {
            self.page.return_to(self.outer);
        }
        match tag {
            Tag::Paragraph | Tag::FootnoteDefinition(_) | Tag::BlockQuote(_) => self.close(),
            Tag::Heading { level, .. } => {
                self.close();
                self.heading = Some(level as u8);
            }
            Tag::List(_) => {
                self.leave_marker();
                self.lists = self.lists.saturating_add(1);
            }
            Tag::Item => {
                self.close();
                self.entries.push(Entry { marker: marker(self.text, span), begun: false });
            }
            Tag::Table(_) => {
                self.leave_marker();
                self.table = self.page.other_table();
                self.row = 0;
            }
            Tag::TableHead | Tag::TableRow => self.column = 0,
            Tag::TableCell => {
                self.close();
                self.cell = Some((self.row, self.column));
            }
            Tag::CodeBlock(kind) => {
                self.leave_marker();
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(_) => Code::Fenced,
                    CodeBlockKind::Indented => Code::Indented(Vec::new()),
                });
            }
            Tag::HtmlBlock => {
                self.leave_marker();
                self.html = Some(Vec::new());
            }
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => self.page.builder.set_verbatim(true),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::FootnoteDefinition | TagEnd::BlockQuote(_) => self.close(),
            TagEnd::Heading(_) => {
                self.close();
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.close();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::Item => {
                self.leave_marker();
                self.entries.pop();
            }
            TagEnd::HtmlBlock => {
                html::read(&mut self.page, &self.html.take().unwrap_or_default());
                self.page.leave_skipped();
                self.outer = self.page.depth();
                self.close();
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::TableCell => {
                self.close();
                self.cell = None;
                self.column += 1;
            }
            TagEnd::CodeBlock => {
                if let Some(Code::Indented(lines)) = self.code.take() {
                    self.indented(&lines);
                }
                self.close();
            }
            TagEnd::Link => self.page.builder.set_verbatim(false),
            _ => {}
        }
    }

    fn close(&mut self) {
        self.page.builder.close();
        self.line_break = None;
    }

    /// Ends the open block, and gives an entry's number a block of its own where no words follow it.
    fn leave_marker(&mut self) {
        if self.entries.last().is_some_and(|entry| entry.marker.is_some()) {
            self.open();
        }
        self.close();
    }

    fn open(&mut self) {
        let entry = self.entries.last_mut();
        let first = entry.as_ref().is_some_and(|entry| !entry.begun);
        let role = match (self.heading, self.cell) {
            (Some(level), _) => Role::Heading(level),
            (None, Some((row, column))) => Role::Cell { table: self.table, row, column },
            (None, None) if first => Role::ListEntry { depth: self.lists },
            (None, None) => Role::Text,
        };
        self.page.builder.open(role);
        if let Some(entry) = entry {
            entry.begun = true;
            if let Some(marker) = entry.marker.take() {
                self.page.builder.push(marker.of(self.text), marker);
            }
        }
    }

    /// Makes ready for words that begin with `first`.
    fn approach(&mut self, first: char) {
        if !self.page.builder.is_open() {
            self.open();
        }
        if let Some(line_break) = self.line_break.take()
            && let Some(last) = self.page.builder.open_text().chars().next_back()
            && !is_seamless(last, first)
        {
            self.page.builder.push_stand_in(" ", line_break);
        }
    }

    fn words(&mut self, words: &str, span: Span) {
        let Some(first) = words.chars().next() else { return };
        if self.page.is_skipped() {
            return;
        }
        self.approach(first);
        let is_code = self.page.is_code();
        if is_code {
            self.page.builder.set_verbatim(true);
        }
        let written = span.of(self.text);
        if written.ends_with(words) {
            // A backslash may stand before the words, and is none of them.
            self.page.builder.push(words, Span::new(span.end - words.len(), span.end));
        } else {
            self.page.builder.push_stand_in(words, span);
        }
        if is_code {
            self.page.builder.set_verbatim(false);
        }
    }

    /// A line of inline code may begin with the mark of a block quote or an indent, and its line ends become spaces.
    fn inline_code(&mut self, code: &CowStr<'_>, span: Span) {
        let Some(first) = code.chars().next() else { return };
        if self.page.is_skipped() {
            return;
        }
        self.approach(first);
        self.page.builder.set_verbatim(true);
        let written = span.of(self.text);
        let ticks = written.len() - written.trim_start_matches('`').len();
        let inner = written.get(ticks..written.len().saturating_sub(ticks)).unwrap_or_default();
        let is_padded = inner.starts_with([' ', '\n', '\r']) && inner.len() > code.len();
        let mut rest = inner.char_indices().skip(usize::from(is_padded));
        for wanted in code.chars() {
            let found = rest.find(|&(_, c)| c == wanted || (wanted == ' ' && matches!(c, '\n' | '\r')));
            let mut buffer = [0; 4];
            let wanted_text: &str = wanted.encode_utf8(&mut buffer);
            match found {
                Some((at, c)) => {
                    let start = span.start + ticks + at;
                    let source = Span::new(start, start + c.len_utf8());
                    if c == wanted {
                        self.page.builder.push(wanted_text, source);
                    } else {
                        self.page.builder.push_stand_in(wanted_text, source);
                    }
                }
                None => self.page.builder.push_stand_in(wanted_text, Span::at(span.end)),
            }
        }
        self.page.builder.set_verbatim(false);
    }

    fn lines(&mut self, span: Span, role: Role) {
        let mut start = span.start;
        for line in span.of(self.text).split_inclusive(['\n', '\r']) {
            let words = line.trim_end_matches(['\n', '\r']);
            if !self.page.builder.is_open() {
                self.page.builder.open(role);
            }
            self.page.builder.push(words, Span::new(start, start + words.len()));
            if words.len() < line.len() {
                self.page.builder.close();
            }
            start += line.len();
        }
    }

    /// Drafters indent paragraphs with spaces, which Markdown takes for code: mainly Chinese is text.
    fn indented(&mut self, lines: &[Span]) {
        let (mut han, mut others) = (0, 0);
        for c in lines.iter().flat_map(|line| line.of(self.text).chars()).filter(|c| !c.is_whitespace()) {
            if is_seamless(c, c) { han += 1 } else { others += 1 }
        }
        let role = if han > others { Role::Text } else { Role::Verbatim };
        for &line in lines {
            self.lines(line, role);
        }
    }
}

/// An ordered entry's number with its full stop or bracket.
fn marker(text: &str, entry: Span) -> Option<Span> {
    let written = entry.of(text);
    let indent = written.len() - written.trim_start_matches([' ', '\t']).len();
    let digits = written[indent..].bytes().take_while(u8::is_ascii_digit).count();
    let end = indent + digits;
    let is_ordered = digits > 0 && matches!(written.as_bytes().get(end), Some(b'.' | b')'));
    is_ordered.then(|| Span::new(entry.start + indent, entry.start + end + 1))
}

/// Whether a tag begins something within a block.
fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// How many bytes the front matter takes, with the line that closes it.
fn front_matter_length(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next().unwrap_or_default().trim_end();
    let is_key_line: fn(&str) -> bool = match opening {
        "---" => |line| line.split_once(':').is_some_and(|(key, rest)| is_key(key) && is_value(rest)),
        "+++" => |line| line.starts_with('[') || line.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end())),
        _ => return 0,
    };
    let mut length = text.split_inclusive('\n').next().map_or(0, str::len);
    // A thematic break on the first line opens no front matter: keys must follow.
    let mut has_keys = false;
    for line in lines {
        length += line.len();
        let line = line.trim_end();
        if line == opening || (opening == "---" && line == "...") {
            return if has_keys { length } else { 0 };
        }
        if !has_keys && !line.is_empty() && !line.starts_with('#') {
            if !is_key_line(line) {
                return 0;
            }
            has_keys = true;
        }
    }
    0
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && !key.contains(char::is_whitespace)
}

fn is_value(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(' ')
}

#[cfg(test)]
mod tests;
