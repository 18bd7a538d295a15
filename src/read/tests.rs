use super::*;
use crate::source::{EncodingName, Prose, Role, Span};

/// Shows blocks as `H1|text`, `P|text`, `C0.1.2|text`, a line each; verbatim stretches as `‹text›`.
pub(super) fn render(prose: &Prose) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &prose.blocks {
        let role = match block.role {
            Role::Text => "P".to_string(),
            Role::Heading(level) => format!("H{level}"),
            Role::ListEntry { depth } => format!("L{depth}"),
            Role::Cell { table, row, column } => format!("C{table}.{row}.{column}"),
            Role::Verbatim => "V".to_string(),
            Role::Furniture => "F".to_string(),
        };
        let mut text = String::new();
        for (at, c) in block.span.of(&prose.text).char_indices() {
            let at = block.span.start + at;
            if prose.verbatim.iter().any(|span| span.start == at) {
                text.push('‹');
            }
            text.push(c);
            if prose.verbatim.iter().any(|span| span.end == at + c.len_utf8()) {
                text.push('›');
            }
        }
        lines.push(format!("{role}|{text}"));
    }
    lines
}

/// Every character of every block comes from its own bytes of the source, in order; what stands for other bytes stands for
/// white space or for what `is_stand_in` allows.
pub(super) fn check_offsets(text: &str, prose: &Prose, is_stand_in: impl Fn(char, &str) -> bool) {
    let mut last = 0;
    for block in &prose.blocks {
        assert!(!block.span.of(&prose.text).contains(['\n', '\r']), "line end in {block:?}");
        for (at, c) in block.span.of(&prose.text).char_indices() {
            let start = block.span.start + at;
            let source = prose.to_source(Span::new(start, start + c.len_utf8()));
            assert!(source.start >= last, "{c} at {source:?} goes back before {last}");
            last = source.start;
            let written = text.get(source.range()).unwrap_or_else(|| panic!("{c} at {source:?} cuts a character"));
            let is_literal = written.chars().eq([c]);
            let is_space = c == ' ' && !written.is_empty() && written.trim_ascii().is_empty();
            assert!(is_literal || is_space || is_stand_in(c, written), "{c:?} from {written:?} at {source:?}");
        }
    }
    for pair in prose.verbatim.windows(2) {
        assert!(pair[0].end < pair[1].start, "verbatim {pair:?}");
    }
}

/// The places where `text` can be cut between characters.
pub(super) fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, _)| &text[..at]).chain([text])
}

#[test]
fn formats_follow_the_extension() {
    for (path, format) in [
        ("要点.txt", Some(Format::Plain)),
        ("a/要点.TXT", Some(Format::Plain)),
        ("要点.md", Some(Format::Markdown)),
        ("要点.Markdown", Some(Format::Markdown)),
        ("要点.html", Some(Format::Html)),
        ("要点.HTM", Some(Format::Html)),
        ("要点.docx", None),
        ("要点", None),
        (".md", None),
    ] {
        assert_eq!(Format::of_path(path), format, "{path}");
    }
}

#[test]
fn a_source_has_text_encoding_and_prose() {
    let bytes = "\u{feff}# 通知\n\n各县区：\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let source = read("通知.md", &bytes, Format::Markdown).unwrap();
    assert_eq!(source.name, "通知.md");
    assert_eq!(&*source.text, "# 通知\n\n各县区：\n");
    assert_eq!(source.encoding.name, EncodingName::Utf16Le);
    assert!(source.encoding.byte_order_mark);
    assert_eq!(render(&source.prose), ["H1|通知", "P|各县区："]);
    assert_eq!(render(&read("a", "甲\r\n\r\n乙".as_bytes(), Format::Plain).unwrap().prose), ["P|甲", "P|乙"]);
}

fn refusal(bytes: &[u8], format: Format) -> String {
    read("a", bytes, format).unwrap_err().to_string()
}

#[test]
fn files_of_other_types_are_named() {
    for (bytes, message) in [
        (&b"%PDF-1.7\n"[..], "这是PDF文件，请先另存为纯文本（.txt）"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
            "这是旧版Office或WPS文件（.doc、.wps、.xls等），请先另存为纯文本（.txt）",
        ),
        (b"PK\x03\x04..word/document.xml", "这是Word文件（.docx），请先另存为纯文本（.txt）"),
        (b"PK\x03\x04..xl/workbook.xml", "这是Excel文件（.xlsx），请先另存为纯文本（.txt）"),
        (b"PK\x03\x04..ppt/presentation.xml", "这是PowerPoint文件（.pptx），请先另存为纯文本（.txt）"),
        (b"PK\x03\x04..OFD.xml", "这是OFD文件，请先另存为纯文本（.txt）"),
        (b"PK\x03\x04..", "这是ZIP压缩文件，请先另存为纯文本（.txt）"),
        (b"{\\rtf1\\ansi", "这是RTF文件，请先另存为纯文本（.txt）"),
        (b"\x89PNG\r\n\x1a\n\0", "这是图片，请先另存为纯文本（.txt）"),
        (b"\xff\xd8\xff\xe0", "这是图片，请先另存为纯文本（.txt）"),
        (b"Rar!\x1a\x07\0", "这是压缩文件，请先另存为纯文本（.txt）"),
    ] {
        assert_eq!(refusal(bytes, Format::Plain), message);
    }
}

#[test]
fn empty_and_huge_files_are_refused() {
    let blank = "文件是空白的，没有可检查的文字，请核对文件是否已保存";
    for text in ["", "\n", " \t\r\n　\u{a0}", "\u{feff}", "\u{feff}\u{200b}\n"] {
        assert_eq!(refusal(text.as_bytes(), Format::Plain), blank, "{text:?}");
    }
    let no_prose = "文件里只有标记，没有可检查的正文，请另存为纯文本（.txt）";
    assert_eq!(refusal(b"<script>a</script><p>&nbsp;</p>", Format::Html), no_prose);
    assert_eq!(refusal(b"---\ntitle: a\n---\n", Format::Markdown), no_prose);
    let huge = vec![b'a'; MAXIMUM_BYTES as usize + 1];
    assert_eq!(refusal(&huge, Format::Plain), "文件约65MiB，超过64MiB的上限，请拆分后再检查");
}

#[test]
fn every_cut_file_is_read_or_refused() {
    let text = "# 关于2024年工作的通知\n\n<p>各县（区）教育局：“一”、𠮷&nbsp;`a`\n";
    let units = || text.encode_utf16();
    let files: [Vec<u8>; 5] = [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        units().flat_map(u16::to_le_bytes).collect(),
        units().flat_map(u16::to_be_bytes).collect(),
        encoding_rs::GB18030.encode(text).0.into_owned(),
    ];
    for file in &files {
        for end in 0..=file.len() {
            for format in [Format::Plain, Format::Markdown, Format::Html] {
                if let Ok(source) = read("a", &file[..end], format) {
                    let is_prefix = text.starts_with(&*source.text);
                    assert!(is_prefix || end < 16, "{:?} read as {:?}", &file[..end], source.text);
                }
            }
        }
    }
}
