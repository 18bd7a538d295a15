//! Spreadsheets as offices save them, made by the tests: .xlsx, .xls, .ods and what an encrypted .xlsx looks like.

use rust_xlsxwriter::Workbook;

/// Cells as text; empty ones are left out.
pub type Rows<'a> = &'a [&'a [&'a str]];

/// An .xlsx with worksheets.
pub fn xlsx(sheets: &[(&str, Rows<'_>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// An .ods with one worksheet; `encrypted` says that it has a password.
pub fn ods(name: &str, rows: Rows<'_>, encrypted: bool) -> Vec<u8> {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
                 xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
                 xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
    let cell = |cell: &&str| match *cell {
        "" => "<table:table-cell/>".to_owned(),
        text => format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"),
    };
    let row =
        |cells: &&[&str]| format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>());
    let rows: String = rows.iter().map(row).collect();
    let content = format!(
        "<office:document-content {names}><office:body><office:spreadsheet><table:table table:name=\"{name}\">{rows}\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let key = if encrypted { "<manifest:encryption-data></manifest:encryption-data>" } else { "" };
    let manifest = format!(
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"content.xml\">{key}</manifest:file-entry></manifest:manifest>"
    );
    zip(&[("mimetype", kind), ("META-INF/manifest.xml", &manifest), ("content.xml", &content)])
}

/// An .xls with one worksheet; `encrypted` says that it has a password.
pub fn xls(name: &str, rows: Rows<'_>, encrypted: bool) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let units = |text: &str| text.encode_utf16().count();
    let beginning = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let ending = record(0x000a, &[]);
    let mut head = beginning(5);
    if encrypted {
        head.extend(record(0x002f, &[1, 0, 1, 0, 1, 0]));
    }
    let sheet_record = |offset: usize| {
        let offset = u32::try_from(offset).unwrap().to_le_bytes();
        record(0x0085, &[&offset[..], &[0, 0, u8::try_from(units(name)).unwrap(), 1], &utf16(name)].concat())
    };
    let offset = head.len() + sheet_record(0).len() + ending.len();
    let mut stream = [head, sheet_record(offset), ending.clone(), beginning(0x10)].concat();
    for (row, cells) in (0_u16..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
            let length = u16::try_from(units(cell)).unwrap();
            let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0], length.to_le_bytes()].concat();
            stream.extend(record(0x0204, &[&place[..], &[1], &utf16(cell)].concat()));
        }
    }
    stream.extend(ending);
    compound("Workbook", &stream)
}

/// What an .xlsx with a password is: a container that holds the encrypted package.
pub fn encrypted_xlsx() -> Vec<u8> {
    compound("EncryptedPackage", b"?")
}

/// A compound file with one stream, which is filled up so that it needs no sectors of the small kind.
fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xffff_fffe;
    const FREE: u32 = 0xffff_ffff;
    let words = |words: &[u32]| -> Vec<u8> { words.iter().flat_map(|word| word.to_le_bytes()).collect() };
    let sectors = stream.len().max(4096).div_ceil(SECTOR);
    let mut body = stream.to_vec();
    body.resize(sectors * SECTOR, 0);

    let mut header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    header.resize(24, 0);
    header.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    // One sector of the allocation table, at 0; the directory at 1; nothing small; nothing beyond this header.
    header.extend(words(&[0, 1, 1, 0, 4096, END, 0, END, 0, 0]));
    header.resize(SECTOR, 0xff);

    let last = u32::try_from(sectors).unwrap() + 1;
    let mut table = vec![0xffff_fffd, END];
    table.extend((2..last).map(|sector| sector + 1).chain([END]));
    table.resize(SECTOR / 4, FREE);

    let entry = |name: &str, kind: u8, child: u32, start: u32, size: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(if name.is_empty() { 0 } else { entry.len() + 2 }).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(words(&[FREE, FREE, child]));
        entry.resize(116, 0);
        entry.extend(words(&[start, u32::try_from(size).unwrap(), 0]));
        entry
    };
    let mut directory = entry("Root Entry", 5, 1, END, 0);
    directory.extend(entry(name, 2, FREE, 2, body.len()));
    directory.extend(entry("", 0, FREE, 0, 0));
    directory.extend(entry("", 0, FREE, 0, 0));
    [header, words(&table), directory, body].concat()
}

/// An archive whose members are not compressed.
fn zip(members: &[(&str, &str)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in members {
        let offset = u32::try_from(archive.len()).unwrap();
        let size = u32::try_from(text.len()).unwrap().to_le_bytes();
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let mut facts = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x58];
        facts.extend(crc32(text.as_bytes()).to_le_bytes());
        facts.extend([size, size].concat());
        facts.extend(name_length);
        facts.extend([0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&facts);
        archive.extend(name.as_bytes());
        archive.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(members.len()).unwrap().to_le_bytes();
    let (start, size) = (u32::try_from(archive.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    archive.extend(directory);
    archive.extend(
        [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size.to_le_bytes(), &start.to_le_bytes(), &[0, 0]].concat(),
    );
    archive
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
