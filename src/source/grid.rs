//! Where the cells of a sheet stand in the text that was made of them.

use std::fmt;
use std::ops::Range;

/// The rows of a sheet as a text of RFC 4180 with commas, and the row of the sheet that each of them is.
#[derive(Debug, Default)]
pub struct Grid {
    /// The name of the sheet.
    pub sheet: String,
    /// How many rows nobody sees; they are not in the text.
    pub hidden_rows: usize,
    /// The numbers of the columns that nobody sees, from 1; their cells are empty.
    pub hidden_columns: Vec<usize>,
    /// Where each row starts in the text, and its number in the sheet, from 1.
    rows: Vec<(u32, u32)>,
    /// The cells that are more than their text, in order.
    marks: Vec<(Range<u32>, Mark)>,
}

/// What a cell of a sheet is, where its text alone does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A text that leads somewhere, written as `=HYPERLINK("…","…")`.
    Link,
    /// A text that leads somewhere; where, only a formula knows.
    Unaddressed,
    /// A formula whose value nobody computed.
    Formula,
    /// The error that a formula came to.
    Error,
    /// A number; its decimal sign is the point.
    Number,
    /// A number of which nobody knows how it is shown, as per cent or as an amount.
    Bare,
}

impl Grid {
    /// Starts a sheet without rows.
    pub fn new(sheet: &str) -> Grid {
        Grid { sheet: sheet.to_owned(), ..Grid::default() }
    }

    /// Notes a column that nobody sees, by its number from 1.
    pub fn hide_column(&mut self, number: usize) {
        if let Err(at) = self.hidden_columns.binary_search(&number) {
            self.hidden_columns.insert(at, number);
        }
    }

    /// Notes what the cell at some bytes of the text is; cells come in their order.
    pub fn mark(&mut self, cell: Range<usize>, mark: Mark) {
        let offset = |offset| u32::try_from(offset).expect("sources are at most LARGEST_FILE long");
        self.marks.push((offset(cell.start)..offset(cell.end), mark));
    }

    /// Says what the cell is that an offset is in; nothing where its text says it.
    pub fn mark_at(&self, offset: usize) -> Option<Mark> {
        let after = self.marks.partition_point(|(cell, _)| cell.start as usize <= offset);
        let (cell, mark) = &self.marks[after.checked_sub(1)?];
        (offset < cell.end as usize).then_some(*mark)
    }

    /// Notes that the row `number` of the sheet, from 1, starts at an offset of the text; rows come in their order.
    pub fn start_row(&mut self, offset: usize, number: u32) {
        self.rows.push((u32::try_from(offset).expect("sources are at most LARGEST_FILE long"), number));
    }

    /// Gives the number of the row that an offset is in and its bytes; row 1 where there is none.
    pub fn row(&self, offset: usize, text: &str) -> (usize, Range<usize>) {
        let after = self.rows.partition_point(|(start, _)| *start as usize <= offset);
        let end = self.rows.get(after).map_or(text.len(), |(start, _)| *start as usize);
        match after.checked_sub(1).map(|at| self.rows[at]) {
            Some((start, number)) => (number as usize, start as usize..end),
            None => (1, 0..end),
        }
    }

    /// Gives the numbers of the row and of the column, both from 1, that an offset is in.
    pub fn cell(&self, offset: usize, text: &str) -> (usize, usize) {
        let (number, row) = self.row(offset, text);
        let (mut column, mut is_quoted) = (1, false);
        for byte in &text.as_bytes()[row.start..offset.clamp(row.start, row.end)] {
            match byte {
                b'"' => is_quoted = !is_quoted,
                b',' if !is_quoted => column += 1,
                _ => {}
            }
        }
        (number, column)
    }
}

/// A place as a person finds it: `calls.csv:17:4`, or `calls.xlsx, sheet Open, cell D17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'s> {
    /// The file.
    pub file: &'s str,
    /// The sheet, of a workbook.
    pub sheet: Option<&'s str>,
    /// The line or, in a sheet, the row, from 1.
    pub line: usize,
    /// The column, from 1: characters of a line, or cells of a row.
    pub column: usize,
}

impl Place<'_> {
    /// Gives the name of the cell, as `D17`; nothing where it is no sheet.
    pub fn cell(&self) -> Option<String> {
        self.sheet.map(|_| format!("{}{}", letters(self.column), self.line))
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { file, sheet, line, column } = self;
        match (sheet, self.cell()) {
            (Some(sheet), Some(cell)) => write!(f, "{file}, sheet {sheet}, cell {cell}"),
            _ => write!(f, "{file}:{line}:{column}"),
        }
    }
}

/// Gives the letters of a column: `A` to `Z`, `AA` and so on.
pub fn letters(column: usize) -> String {
    let (mut rest, mut letters) = (column, Vec::new());
    while rest > 0 {
        letters.push(b'A' + u8::try_from((rest - 1) % 26).expect("less than 26"));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, expected) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")] {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn an_offset_leads_back_to_its_cell() {
        let text = "id,title\n1,\"a, \"\"b\"\"\nc\",x\n";
        let mut grid = Grid::new("Open");
        grid.start_row(0, 3);
        grid.start_row(9, 17);
        let place = |part: &str| {
            let (line, column) = grid.cell(text.find(part).expect("a part"), text);
            Place { file: "calls.xlsx", sheet: Some(&grid.sheet), line, column }.to_string()
        };
        assert_eq!(place("id"), "calls.xlsx, sheet Open, cell A3");
        assert_eq!(place("title"), "calls.xlsx, sheet Open, cell B3");
        assert_eq!(place("b\"\""), "calls.xlsx, sheet Open, cell B17");
        assert_eq!(place("x"), "calls.xlsx, sheet Open, cell C17");
    }
}
