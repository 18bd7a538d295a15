//! What the names of elements mean for the prose.

/// What an element does to the prose within it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Text that stands apart from what is around it.
    Block,
    /// A paragraph; any block that begins ends it.
    Paragraph,
    /// A heading.
    Heading(u8),
    /// Text of which each line stands apart, and white space counts.
    Preformatted,
    /// A list.
    List,
    /// An entry of a list.
    ListEntry,
    /// A list of terms and their definitions.
    TermList,
    /// A term or a definition.
    Definition,
    /// A table.
    Table,
    /// Some rows of a table.
    RowGroup,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
    /// A caption of a table.
    Caption,
    /// `article` and others within which `header` and `footer` belong to the text.
    Sectioning,
    /// `header` and `footer`.
    Margin,
    /// Menus and controls.
    Furniture,
    /// Code within a line.
    Code,
    /// Nothing in it is text; the words around it are not parted by it.
    Skipped,
    /// A drawing or formula: skipped, and in a syntax of its own.
    Drawing,
    /// How a character is pronounced, written above it: skipped.
    Gloss,
    /// A line break or rule, which holds nothing.
    Break,
    /// No effect, but its end ends a gloss.
    Inline,
}

/// The kind of the element `name`, in lower case; `None` for those that leave the prose as it is.
pub(super) fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "div" | "blockquote" | "figure" | "figcaption" | "address" | "center" | "details" | "summary" | "form"
        | "fieldset" | "legend" | "hgroup" | "dialog" | "body" | "option" | "optgroup" => Kind::Block,
        "p" => Kind::Paragraph,
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "pre" | "listing" | "xmp" | "plaintext" => Kind::Preformatted,
        "ul" | "ol" | "menu" | "dir" => Kind::List,
        "li" => Kind::ListEntry,
        "dl" => Kind::TermList,
        "dt" | "dd" => Kind::Definition,
        "table" => Kind::Table,
        "thead" | "tbody" | "tfoot" => Kind::RowGroup,
        "tr" => Kind::Row,
        "td" | "th" => Kind::Cell,
        "caption" => Kind::Caption,
        "article" | "main" | "section" => Kind::Sectioning,
        "header" | "footer" => Kind::Margin,
        "nav" | "aside" | "search" | "select" | "button" | "datalist" => Kind::Furniture,
        "code" | "kbd" | "samp" | "tt" => Kind::Code,
        "script" | "style" | "title" | "template" | "noscript" | "textarea" | "iframe" | "noembed" | "noframes"
        | "object" | "audio" | "video" | "canvas" | "foreignobject" => Kind::Skipped,
        "svg" | "math" => Kind::Drawing,
        "rt" | "rp" | "rtc" => Kind::Gloss,
        "br" | "hr" => Kind::Break,
        "ruby" => Kind::Inline,
        _ => return None,
    })
}

/// Whether an ARIA role marks menus and other things around the document proper.
pub(super) fn is_furniture_role(role: &str) -> bool {
    ["navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar"]
        .iter()
        .any(|furniture| role.trim().eq_ignore_ascii_case(furniture))
}

/// Whether an ARIA role says that a table is none.
pub(super) fn is_layout_role(role: &str) -> bool {
    ["presentation", "none"].iter().any(|layout| role.trim().eq_ignore_ascii_case(layout))
}

/// Whether the element never holds anything, so that it has no end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
            | "basefont"
            | "bgsound"
            | "frame"
            | "keygen"
            | "param"
    )
}

impl Kind {
    /// Whether words before and after the element's tags stand apart.
    pub(super) fn parts_words(self) -> bool {
        !matches!(self, Kind::Code | Kind::Skipped | Kind::Drawing | Kind::Gloss | Kind::Inline)
    }
}
