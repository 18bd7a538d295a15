//! File types that are no text, known by their first bytes.

use std::fmt;

/// A file type that is no text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinaryKind {
    /// Portable Document Format.
    Pdf,
    /// The container of .doc, .wps, .xls and .ppt.
    OldOffice,
    /// .docx.
    Word,
    /// .xlsx.
    Excel,
    /// .pptx.
    PowerPoint,
    /// .ofd, the format of issued documents.
    Ofd,
    /// .odt.
    OpenDocument,
    /// Any other ZIP archive.
    Zip,
    /// RTF.
    RichText,
    /// A picture.
    Image,
    /// Another archive.
    Archive,
}

impl fmt::Display for BinaryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BinaryKind::Pdf => "PDF文件",
            BinaryKind::OldOffice => "旧版Office或WPS文件（.doc、.wps、.xls等）",
            BinaryKind::Word => "Word文件（.docx）",
            BinaryKind::Excel => "Excel文件（.xlsx）",
            BinaryKind::PowerPoint => "PowerPoint文件（.pptx）",
            BinaryKind::Ofd => "OFD文件",
            BinaryKind::OpenDocument => "OpenDocument文件",
            BinaryKind::Zip => "ZIP压缩文件",
            BinaryKind::RichText => "RTF文件",
            BinaryKind::Image => "图片",
            BinaryKind::Archive => "压缩文件",
        })
    }
}

const SIGNATURES: &[(&[u8], BinaryKind)] = &[
    (b"%PDF-", BinaryKind::Pdf),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", BinaryKind::OldOffice),
    (b"{\\rtf", BinaryKind::RichText),
    (b"\x89PNG\r\n\x1a\n", BinaryKind::Image),
    (b"\xff\xd8\xff", BinaryKind::Image),
    (b"GIF87a", BinaryKind::Image),
    (b"GIF89a", BinaryKind::Image),
    (b"II*\0", BinaryKind::Image),
    (b"MM\0*", BinaryKind::Image),
    (b"7z\xbc\xaf\x27\x1c", BinaryKind::Archive),
    (b"Rar!\x1a\x07", BinaryKind::Archive),
    (b"\x1f\x8b\x08", BinaryKind::Archive),
];

/// What the bytes are, when they are no text but of a known type.
pub(super) fn kind_of(bytes: &[u8]) -> Option<BinaryKind> {
    if [&b"PK\x03\x04"[..], b"PK\x05\x06"].iter().any(|signature| bytes.starts_with(signature)) {
        return Some(kind_of_archive(bytes));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(BinaryKind::Image);
    }
    SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|&(_, kind)| kind)
}

/// The names of an archive's members stand uncompressed in its directory, at its end.
fn kind_of_archive(bytes: &[u8]) -> BinaryKind {
    let members: [(&[u8], BinaryKind); 5] = [
        (b"OFD.xml", BinaryKind::Ofd),
        (b"word/document", BinaryKind::Word),
        (b"xl/workbook", BinaryKind::Excel),
        (b"ppt/presentation", BinaryKind::PowerPoint),
        (b"application/vnd.oasis.opendocument", BinaryKind::OpenDocument),
    ];
    let found = members.iter().find(|(member, _)| memchr::memmem::find(bytes, member).is_some());
    found.map_or(BinaryKind::Zip, |&(_, kind)| kind)
}
