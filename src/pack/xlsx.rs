//! Tables as a workbook of Excel (ISO/IEC 29500), a sheet for each.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::tables::Tables;
use crate::artifact::{Artifact, Kind};
use crate::error::Error;
use crate::model::table::{Field, Form, Table};
use crate::model::{Catalogue, Date, Time};

/// The name of the workbook.
pub const NAME: &str = "tables.xlsx";

/// How wide a column is made, in letters.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=60;

/// Writes all tables that have rows into one workbook. Dates and times are such, everything else is text, also what
/// looks like a formula or a number. `made` is written in as the day of its making, so that the bytes stay the same.
///
/// # Errors
/// [`Error::Unwritable`] where a sheet cannot hold it: a text of more than 32,767 letters, more than 1,048,575 rows.
pub fn workbook(catalogue: &Catalogue, made: Date) -> Result<Vec<Artifact>, Error> {
    let fail = |cause: XlsxError| Error::Unwritable { file: NAME, why: cause.to_string() };
    let tables = Tables::new(catalogue);
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&excel(made).map_err(fail)?));
    let styles = Styles::new();
    let mut empty = true;
    for table in Table::ALL {
        let (columns, rows) = tables.columns(table);
        if rows == 0 {
            continue;
        }
        empty = false;
        let fields: Vec<&Field> = table.fields().iter().filter(|field| columns.contains(&field.name)).collect();
        let mut sheet = Sheet { sheet: workbook.add_worksheet(), styles: &styles, row: 0 };
        sheet.head(table, &fields).map_err(fail)?;
        let mut widths: Vec<usize> = columns.iter().map(|name| name.len() + 3).collect();
        let mut written = Ok(());
        tables.rows(table, |row| {
            if written.is_ok() {
                written = sheet.row(&row, &fields, &mut widths);
            }
        });
        written.map_err(|cause| Error::Unwritable {
            file: NAME,
            why: format!("row {} of `{}`: {cause}", sheet.row + 1, table.name()),
        })?;
        sheet.finish(&widths).map_err(fail)?;
    }
    if empty {
        return Ok(Vec::new());
    }
    let bytes = workbook.save_to_buffer().map_err(fail)?;
    Ok(vec![Artifact { name: NAME.to_owned(), kind: Kind::Data, bytes }])
}

/// How cells are shown.
struct Styles {
    head: Format,
    text: Format,
    prose: Format,
    date: Format,
    moment: Format,
    time: Format,
}

impl Styles {
    fn new() -> Styles {
        let top = || Format::new().set_align(FormatAlign::Top);
        Styles {
            head: top().set_bold(),
            // `@` is text: also what somebody types into the column later, as in `007`.
            text: top().set_num_format("@"),
            prose: top().set_num_format("@").set_text_wrap(),
            date: top().set_num_format("yyyy-mm-dd"),
            moment: top().set_num_format("yyyy-mm-dd hh:mm"),
            time: top().set_num_format("hh:mm"),
        }
    }

    fn of(&self, form: Form) -> &Format {
        match form {
            Form::Date => &self.date,
            Form::Time => &self.time,
            Form::Prose => &self.prose,
            _ => &self.text,
        }
    }
}

/// A sheet that is being filled.
struct Sheet<'w> {
    sheet: &'w mut Worksheet,
    styles: &'w Styles,
    /// The row that was written last, from 0.
    row: u32,
}

impl Sheet<'_> {
    fn head(&mut self, table: Table, fields: &[&Field]) -> Result<(), XlsxError> {
        self.sheet.set_name(table.name())?;
        for (column, field) in (0..).zip(fields) {
            self.sheet.set_column_format(column, self.styles.of(field.form))?;
            self.sheet.write_string_with_format(0, column, field.name, &self.styles.head)?;
        }
        self.sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    fn row(&mut self, row: &[(&str, String)], fields: &[&Field], widths: &mut [usize]) -> Result<(), XlsxError> {
        self.row += 1;
        for (name, cell) in row {
            let at = fields.iter().position(|field| field.name == *name);
            let at = at.expect("a column is there if any row fills it");
            let column = u16::try_from(at).expect("a table has fewer than a hundred fields");
            widths[at] = widths[at].max(cell.lines().map(|line| line.chars().count()).max().unwrap_or(0) + 1);
            self.cell(column, cell, fields[at].form)?;
        }
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &str, form: Form) -> Result<(), XlsxError> {
        let Styles { date, moment, time, .. } = self.styles;
        let value = match form {
            Form::Date => moment_of(cell).map(|(value, timed)| (value, if timed { moment } else { date })),
            Form::Time => time_of(cell).map(|value| (value, time)),
            _ => None,
        };
        if let Some((value, style)) = value {
            self.sheet.write_datetime_with_format(self.row, column, value, style)?;
        } else if let Some(number) = (form == Form::Number).then(|| cell.parse::<u32>().ok()).flatten() {
            self.sheet.write_number(self.row, column, number)?;
        } else {
            self.sheet.write_string_with_format(self.row, column, cell, self.styles.of(form))?;
        }
        Ok(())
    }

    fn finish(self, widths: &[usize]) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(widths) {
            let width = (*width).clamp(*WIDTHS.start(), *WIDTHS.end());
            self.sheet.set_column_width(column, u32::try_from(width).expect("it was clamped"))?;
        }
        let last = u16::try_from(widths.len().saturating_sub(1)).expect("a table has fewer than a hundred fields");
        self.sheet.autofilter(0, 0, self.row, last)?;
        Ok(())
    }
}

/// Reads a day, perhaps with a time after a space. `None`: Excel does not know such a day, and takes it as text.
fn moment_of(cell: &str) -> Option<(ExcelDateTime, bool)> {
    let (day, clock) = cell.split_once(' ').map_or((cell, None), |(day, clock)| (day, Some(clock)));
    // Excel counts a 29 February 1900 that never was.
    let date: Date = day.parse().ok().filter(|date: &Date| date.year() > 1900)?;
    let value = excel(date).ok()?;
    match clock {
        Some(clock) => {
            let [hour, minute, second] = parts(clock)?;
            Some((value.and_hms(hour.into(), minute, second).ok()?, true))
        }
        None => Some((value, false)),
    }
}

fn time_of(cell: &str) -> Option<ExcelDateTime> {
    let [hour, minute, second] = parts(cell)?;
    ExcelDateTime::from_hms(hour.into(), minute, second).ok()
}

/// Reads hours, minutes and seconds.
fn parts(clock: &str) -> Option<[u8; 3]> {
    let time: Time = clock.parse().ok()?;
    let part = |number: i8| u8::try_from(number).ok();
    Some([part(time.hour())?, part(time.minute())?, part(time.second())?])
}

fn excel(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: i8| number.unsigned_abs();
    ExcelDateTime::from_ymd(date.year().unsigned_abs(), part(date.month()), part(date.day()))
}
