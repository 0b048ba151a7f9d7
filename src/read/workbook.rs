//! Workbooks (XLSX, XLSB, XLS, ODS) to the text of their sheets, each cell with its place.
//!
//! `calamine` reads them. A sheet becomes a table of RFC 4180, and a [`Grid`] leads from its text back to the cells; so
//! headers, rows and findings are those of a CSV file. What is not safe to be opened is refused before.

use std::io::{Cursor, Read, Seek};
use std::thread;

use calamine::{Data, Dimensions, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Grid, LARGEST_FILE, Mark, Span};

use archive::{Expanded, Form};
use format::Shown;
use part::Hidden;
use writer::Writer;

mod archive;
mod cell;
mod format;
mod ods;
mod part;
mod repeats;
mod writer;
mod xlsx;

/// The name of the thread that reads workbooks: a panic in it is told as a finding, and nobody else need print it.
pub const THREAD: &str = "workbook";

/// The largest workbook of the old binary form that is opened, in bytes: nothing tells how large it becomes.
const LARGEST_XLS: usize = 64 << 20;

/// How an archive begins (ZIP).
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// How the old binary workbooks begin, and new ones that are locked ([MS-CFB]).
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Why a workbook cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    code: Code,
    message: String,
    why: String,
    help: &'static str,
}

impl Unreadable {
    fn damaged(why: impl ToString) -> Unreadable {
        let help = "open it in a spreadsheet program and save it again, or save the sheet as CSV";
        Unreadable { code: Code::BadWorkbook, message: "the workbook is damaged".into(), why: why.to_string(), help }
    }

    fn locked() -> Unreadable {
        let message = "the workbook is locked by a password".into();
        let help = "open it in a spreadsheet program and save it without a password";
        Unreadable { code: Code::BadWorkbook, message, why: String::new(), help }
    }

    fn too_large(message: String, why: String) -> Unreadable {
        let help = "save the sheets that are needed in a workbook of their own, or as CSV";
        Unreadable { code: Code::TooLarge, message, why, help }
    }

    /// Tells it of a file.
    pub fn at(self, place: Span) -> Diagnostic {
        Diagnostic::error(self.code, self.message).at(place, self.why).help(self.help)
    }
}

/// The sheets of a workbook.
pub struct Workbook<'b> {
    book: Book<'b>,
    /// How much text was made of its sheets so far.
    made: usize,
    /// Their names in order, each with whether a reader sees it.
    pub sheets: Vec<(String, bool)>,
}

enum Book<'b> {
    /// With the archive itself: not all that it says is read by `calamine`.
    Xlsx(Box<Xlsx<Cursor<Expanded>>>, Expanded),
    Xlsb(Box<Xlsb<Cursor<Expanded>>>),
    Xls(Box<Xls<Cursor<&'b [u8]>>>),
    /// Of an OpenDocument the archive: what cells show and where they lead is not read by `calamine`.
    Ods(Expanded),
}

/// Says whether these are the first bytes of a workbook, whatever the name of the file is.
pub fn is_workbook(bytes: &[u8]) -> bool {
    is_archive(bytes) || is_compound(bytes)
}

/// Says whether a file is called a workbook.
pub fn is_called_workbook(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or("");
    ["xlsx", "xlsm", "xlsb", "xls", "ods"].iter().any(|known| end.eq_ignore_ascii_case(known))
}

/// Says why a file that is called a workbook and is none cannot be read as text either.
pub fn refuse(bytes: &[u8]) -> Option<Unreadable> {
    let start = &bytes[..bytes.len().min(512)];
    let marks = start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]);
    let letters = start.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(start).trim_ascii_start();
    if letters.starts_with(b"<") {
        let help = "open it in a spreadsheet program and save it as `.xlsx`, or save the sheet as CSV";
        let message = "the file is called a workbook, and is a page of HTML or XML".into();
        return Some(Unreadable { code: Code::BadWorkbook, message, why: String::new(), help });
    }
    // One that was cut has less than the signs by which it is known.
    let is_cut = [ARCHIVE, COMPOUND].iter().any(|sign| sign.starts_with(start));
    (letters.is_empty() || is_cut || !marks && start.contains(&0))
        .then(|| Unreadable::damaged("it does not begin as one does"))
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(ARCHIVE)
}

fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND)
}

impl<'b> Workbook<'b> {
    /// Opens a workbook that lies in memory.
    pub fn open(bytes: &'b [u8]) -> Result<Workbook<'b>, Unreadable> {
        guarded(|| Workbook::open_unguarded(bytes))
    }

    fn open_unguarded(bytes: &'b [u8]) -> Result<Workbook<'b>, Unreadable> {
        let (book, metadata) = if is_compound(bytes) {
            if bytes.len() > LARGEST_XLS {
                let message = format!("the workbook is larger than {} MiB", LARGEST_XLS >> 20);
                return Err(Unreadable::too_large(message, "in this old form".into()));
            }
            let book = xls(bytes)?;
            let metadata = book.sheets_metadata().to_vec();
            (Book::Xls(Box::new(book)), metadata)
        } else {
            let (form, bytes) = archive::expand(bytes)?;
            match form {
                Form::Xlsx => {
                    let book = Xlsx::new(bytes.reader()).map_err(xlsx::unreadable)?;
                    let metadata = book.sheets_metadata().to_vec();
                    (Book::Xlsx(Box::new(book), bytes), metadata)
                }
                Form::Xlsb => {
                    let book = Xlsb::new(bytes.reader()).map_err(|error| match error {
                        calamine::XlsbError::Password => Unreadable::locked(),
                        error => Unreadable::damaged(error),
                    })?;
                    let metadata = book.sheets_metadata().to_vec();
                    (Book::Xlsb(Box::new(book)), metadata)
                }
                Form::Ods => {
                    let book = Ods::new(bytes.reader()).map_err(|error| match error {
                        calamine::OdsError::Password => Unreadable::locked(),
                        error => Unreadable::damaged(error),
                    })?;
                    (Book::Ods(bytes), book.sheets_metadata().to_vec())
                }
            }
        };
        let sheets = metadata.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let sheets = sheets.map(|sheet| (sheet.name, sheet.visible == SheetVisible::Visible)).collect();
        Ok(Workbook { book, made: 0, sheets })
    }

    /// Reads a sheet.
    pub fn read(&mut self, sheet: &str) -> Result<(String, Grid), Unreadable> {
        let (text, grid) = guarded(|| self.read_unguarded(sheet))?;
        self.made += text.len();
        // Many sheets may be one and the same.
        if self.made > LARGEST_FILE {
            let message = format!("the sheets have more than {} GiB of text", LARGEST_FILE >> 30);
            return Err(Unreadable::too_large(message, format!("up to the sheet {sheet}")));
        }
        Ok((text, grid))
    }

    fn read_unguarded(&mut self, sheet: &str) -> Result<(String, Grid), Unreadable> {
        match &mut self.book {
            Book::Xlsx(book, bytes) => xlsx::read(book, bytes, sheet),
            Book::Xls(book) => {
                let merged = book.merge_cells_by_sheet_name(sheet).map_err(Unreadable::damaged)?;
                read_range(&mut **book, sheet, &merged, Unreadable::damaged)
            }
            Book::Xlsb(book) => read_range(&mut **book, sheet, &[], Unreadable::damaged),
            Book::Ods(bytes) => ods::read(bytes.file(archive::CONTENT).unwrap_or_default(), sheet),
        }
    }
}

/// Reads in a thread of its own, so that a workbook which `calamine` falls over is damaged and nothing else.
fn guarded<T: Send>(read: impl FnOnce() -> Result<T, Unreadable> + Send) -> Result<T, Unreadable> {
    thread::scope(|scope| match thread::Builder::new().name(THREAD.to_owned()).spawn_scoped(scope, read) {
        Ok(reading) => reading.join().unwrap_or_else(|_| Err(Unreadable::damaged("its parts contradict each other"))),
        Err(error) => Err(Unreadable::damaged(error)),
    })
}

fn xls(bytes: &[u8]) -> Result<Xls<Cursor<&[u8]>>, Unreadable> {
    match Xls::new(Cursor::new(bytes)) {
        Ok(book) => Ok(book),
        Err(calamine::XlsError::Password) => Err(Unreadable::locked()),
        // A locked workbook of the new form lies inside one of the old.
        Err(_) if matches!(Xlsx::new(Cursor::new(bytes)), Err(calamine::XlsxError::Password)) => {
            Err(Unreadable::locked())
        }
        Err(error) => Err(Unreadable::damaged(error)),
    }
}

/// Reads a sheet of a form of which only the values are known, and not how they are shown.
fn read_range<S: Read + Seek, R: Reader<S>>(
    book: &mut R,
    sheet: &str,
    merged: &[Dimensions],
    damaged: fn(R::Error) -> Unreadable,
) -> Result<(String, Grid), Unreadable> {
    let range = book.worksheet_range(sheet).map_err(damaged)?;
    let formulas = book.worksheet_formula(sheet).map_err(damaged)?;
    let mut writer = Writer::new(sheet, merged, Hidden::default());
    let Some((top, left)) = range.start() else { return writer.finish() };
    for (row, cells) in (top..).zip(range.rows()) {
        for (column, value) in (left..).zip(cells) {
            let formula = formulas.get_value((row, column)).map(String::as_str).filter(|formula| !formula.is_empty());
            if matches!(value, Data::Empty) && formula.is_none() {
                continue;
            }
            let is_number = matches!(value, Data::Int(_) | Data::Float(_));
            let value = cell::borrowed(value);
            writer.put((row, column), |text| {
                let mark = cell::write(&value, &Shown::Plain, formula, None, text);
                if is_number && matches!(mark, None | Some(Mark::Number)) { Some(Mark::Bare) } else { mark }
            })?;
        }
    }
    writer.finish()
}
