//! Workbooks. The only place that knows the crate that reads them.

use super::sheet::{Cell, Row};
use crate::cli::{Exit, terminal};
use calamine::{Data, DataType, OdsError, Reader, SheetType, SheetVisible, XlsError, XlsxError};
use calamine::{Ods, Range, Sheet, Xls, Xlsx};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Cursor;
use std::panic;
use std::process;

/// The most cells that are read of a worksheet.
const MAXIMUM_CELLS: usize = 1_000_000;

const ENCRYPTED: &str = "工作簿有密码，读不了，请取消密码后另存再导入";

const TOO_MANY: &str = "工作表的单元格太多，请只留下词表";

type Bytes = Cursor<Vec<u8>>;

/// A worksheet of a workbook.
pub(super) struct Found {
    /// Its name.
    pub(super) name: String,
    /// Its rows, blank ones among them.
    pub(super) rows: Vec<Row>,
    /// The names of other worksheets that are visible and not blank.
    pub(super) others: Vec<String>,
}

/// Reads the worksheet that is wanted, else the first visible one that is not blank.
pub(super) fn read(file: &str, bytes: Vec<u8>, wanted: Option<&str>) -> Result<Found, String> {
    // The crate may panic on a damaged workbook, and a release build has no way back from a panic.
    let usual = panic::take_hook();
    let message = format!("{file}：工作簿已损坏，请用表格软件打开，另存为 .xlsx 再导入");
    panic::set_hook(Box::new(move |_| {
        terminal::complain(&message);
        process::exit(i32::from(Exit::Failed.code()));
    }));
    let found = Book::open(bytes).and_then(|mut book| book.find(wanted));
    panic::set_hook(usual);
    found
}

enum Book {
    Xlsx(Box<Xlsx<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

impl Book {
    /// Opens a workbook as what its bytes are: many an .xls is none.
    fn open(bytes: Vec<u8>) -> Result<Book, String> {
        if bytes.is_empty() {
            return Err("文件是空的，请核对文件是否已保存".to_owned());
        }
        let is_old = bytes.starts_with(b"\xd0\xcf\x11\xe0");
        let is_archive = bytes.starts_with(b"PK");
        let is_open_document =
            memchr::memmem::find(&bytes, b"application/vnd.oasis.opendocument.spreadsheet").is_some();
        let bytes = Cursor::new(bytes);
        if is_old {
            // An encrypted .xlsx has the container of an .xls.
            return match (Xlsx::new(bytes.clone()), Xls::new(bytes)) {
                (Err(XlsxError::Password), _) | (_, Err(XlsError::Password)) => Err(ENCRYPTED.to_owned()),
                (_, book) => book.map(|book| Book::Xls(Box::new(book))).map_err(damaged),
            };
        }
        if is_archive && is_open_document {
            return match Ods::new(bytes) {
                Err(OdsError::Password) => Err(ENCRYPTED.to_owned()),
                book => book.map(|book| Book::Ods(Box::new(book))).map_err(damaged),
            };
        }
        if is_archive {
            return Xlsx::new(bytes).map(|book| Book::Xlsx(Box::new(book))).map_err(damaged);
        }
        Err("不是工作簿，请用表格软件打开，另存为 .xlsx 再导入".to_owned())
    }

    fn sheets(&self) -> Vec<Sheet> {
        let all = match self {
            Book::Xlsx(book) => book.sheets_metadata(),
            Book::Xls(book) => book.sheets_metadata(),
            Book::Ods(book) => book.sheets_metadata(),
        };
        all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect()
    }

    fn find(&mut self, wanted: Option<&str>) -> Result<Found, String> {
        let sheets = self.sheets();
        if let Some(wanted) = wanted {
            let Some(sheet) = sheets.iter().find(|sheet| sheet.name.trim() == wanted.trim()) else {
                return Err(format!("没有工作表“{wanted}”，有{}", names(&sheets)));
            };
            return Ok(Found { name: sheet.name.clone(), rows: self.rows(&sheet.name)?, others: Vec::new() });
        }
        let (visible, hidden): (Vec<Sheet>, Vec<Sheet>) =
            sheets.into_iter().partition(|sheet| sheet.visible == SheetVisible::Visible);
        let mut found: Option<Found> = None;
        for Sheet { name, .. } in &visible {
            let rows = self.rows(name)?;
            if rows.iter().all(|row| row.cells.iter().all(Cell::is_blank)) {
                continue;
            }
            match &mut found {
                Some(found) => found.others.push(name.clone()),
                None => found = Some(Found { name: name.clone(), rows, others: Vec::new() }),
            }
        }
        found.ok_or_else(|| match names(&hidden) {
            none if none.is_empty() => "工作簿是空的，请核对文件是否已保存".to_owned(),
            hidden => format!("可见的工作表都是空的，要导入隐藏的{hidden}，请用 --sheet 指定"),
        })
    }

    fn rows(&mut self, name: &str) -> Result<Vec<Row>, String> {
        match self {
            Book::Xlsx(book) => {
                // Cell by cell: one cell at the far end of a sheet would make a range of billions.
                let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
                let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
                let mut cells = 0;
                while let Some(found) = reader.next_cell().map_err(damaged)? {
                    let value = Data::from(found.get_value().clone());
                    if value.is_empty() {
                        continue;
                    }
                    cells += 1;
                    if cells > MAXIMUM_CELLS {
                        return Err(TOO_MANY.to_owned());
                    }
                    let (row, column) = found.get_position();
                    rows.entry(row).or_default().insert(column, cell(&value));
                }
                Ok(rows
                    .into_iter()
                    .map(|(row, cells)| Row { number: row as usize + 1, cells: filled(cells) })
                    .collect())
            }
            Book::Xls(book) => book.worksheet_range(name).map_err(damaged).and_then(|range| rows_of(&range)),
            Book::Ods(book) => book.worksheet_range(name).map_err(damaged).and_then(|range| rows_of(&range)),
        }
    }
}

fn names(sheets: &[Sheet]) -> String {
    let names: Vec<String> = sheets.iter().map(|sheet| format!("“{}”", sheet.name)).collect();
    names.join("、")
}

/// Cells with blanks between them.
fn filled(cells: BTreeMap<u32, Cell>) -> Vec<Cell> {
    let mut row = Vec::new();
    for (column, cell) in cells {
        row.resize(column as usize, Cell::Text(String::new()));
        row.push(cell);
    }
    row
}

fn rows_of(range: &Range<Data>) -> Result<Vec<Row>, String> {
    let (first, left) = range.start().unwrap_or_default();
    if range.used_cells().count() > MAXIMUM_CELLS {
        return Err(TOO_MANY.to_owned());
    }
    let rows = range.rows().enumerate().map(|(index, values)| {
        let cells = values.iter().enumerate().filter(|(_, value)| !value.is_empty());
        let cells = cells.map(|(column, value)| (left + column as u32, cell(value))).collect();
        Row { number: first as usize + index + 1, cells: filled(cells) }
    });
    Ok(rows.collect())
}

fn cell(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Text(String::new()),
        Data::String(text) => Cell::Text(text.clone()),
        Data::Int(number) => Cell::Text(number.to_string()),
        // Larger ones and fractions are shown otherwise than they are kept.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e11 => Cell::Text(number.to_string()),
        Data::Float(_) => Cell::Other("是数字，请把单元格设为“文本”格式后重填"),
        Data::Bool(_) => Cell::Other("是逻辑值，请把单元格设为“文本”格式后重填"),
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => {
            Cell::Other("成了日期或时间，请把单元格设为“文本”格式后重填")
        }
        Data::Error(_) => Cell::Other("的公式出错，请改成文字"),
    }
}

fn damaged(error: impl Display) -> String {
    format!("工作簿打不开（{error}），请用表格软件打开，另存为 .xlsx 再导入")
}
