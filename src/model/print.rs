//! What is printed on paper, and how (`[handout]`).

use crate::locale::Lang;

/// How handouts, speakers' sheets and door signs are printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Print {
    /// The sheet.
    pub paper: Paper,
    /// Which way it lies.
    pub orientation: Orientation,
    /// What goes in, in order; everything there is where empty.
    pub content: Option<Vec<Part>>,
    /// Columns of text: one, two where the sheet lies.
    pub columns: Option<i64>,
    /// Whether nothing has a colour.
    pub greyscale: bool,
    /// Whether it is set in 18 pt or more, in one column.
    pub large_print: bool,
    /// Whether it is printed on both sides: the inner margin is wider then.
    pub duplex: bool,
    /// Its language; the edition's where empty.
    pub lang: Option<Lang>,
    /// Whether nothing stands with a session but time, title, speakers and room.
    pub brief: bool,
    /// Whether a page for notes comes last.
    pub notes: bool,
    /// Which addresses get a QR code.
    pub codes: Codes,
}

impl Print {
    /// More columns than this are too narrow on every sheet.
    pub const COLUMNS: i64 = 3;

    /// Gives the columns of text.
    pub fn columns(&self) -> i64 {
        let usual = if self.orientation == Orientation::Landscape { 2 } else { 1 };
        if self.large_print { 1 } else { self.columns.unwrap_or(usual) }
    }
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 by 297 mm (ISO 216).
    #[default]
    A4,
    /// 148 by 210 mm (ISO 216).
    A5,
    /// 8.5 by 11 in (ANSI/ASME Y14.1).
    Letter,
}

impl Paper {
    /// All of them, by the words that `--paper` and `[handout] paper` take.
    pub const ALL: [(&'static str, Paper); 3] = [("a4", Paper::A4), ("a5", Paper::A5), ("letter", Paper::Letter)];

    /// Gives its name.
    pub fn name(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::A5 => "a5",
            Paper::Letter => "letter",
        }
    }

    /// Gives width and height of the sheet when it stands, in millimetres.
    pub fn size(self) -> (f64, f64) {
        match self {
            Paper::A4 => (210.0, 297.0),
            Paper::A5 => (148.0, 210.0),
            Paper::Letter => (215.9, 279.4),
        }
    }
}

/// Which way a sheet lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    /// It stands.
    #[default]
    Portrait,
    /// It lies.
    Landscape,
}

impl Orientation {
    /// Both, by the words that `[handout] orientation` takes.
    pub const ALL: [(&'static str, Orientation); 2] =
        [("portrait", Orientation::Portrait), ("landscape", Orientation::Landscape)];

    /// Gives its name.
    pub fn name(self) -> &'static str {
        match self {
            Orientation::Portrait => "portrait",
            Orientation::Landscape => "landscape",
        }
    }
}

/// A part of the handout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The table of contents.
    Contents,
    /// The coming sessions, day by day.
    Programme,
    /// A grid of times and rooms before each day of the programme.
    Grid,
    /// The key messages of held sessions.
    Messages,
    /// The calls, as a table.
    Calls,
    /// The news.
    News,
    /// Who speaks and which room is used, with page numbers.
    Index,
    /// Who publishes it.
    Contact,
}

impl Part {
    /// All of them, by the words that `[handout] content` takes.
    pub const ALL: [(&'static str, Part); 8] = [
        ("contents", Part::Contents),
        ("programme", Part::Programme),
        ("grid", Part::Grid),
        ("messages", Part::Messages),
        ("calls", Part::Calls),
        ("news", Part::News),
        ("index", Part::Index),
        ("contact", Part::Contact),
    ];

    /// What goes in where `content` does not say.
    pub const USUAL: [Part; 7] =
        [Part::Contents, Part::Programme, Part::Grid, Part::Messages, Part::Calls, Part::Index, Part::Contact];
}

/// Which addresses get a QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Codes {
    /// Those of sessions and calls whose `qr` is `true`.
    #[default]
    Marked,
    /// Those of all sessions and calls, unless their `qr` is `false`, and the publisher's.
    All,
    /// None.
    None,
}

impl Codes {
    /// All of them, by the words that `[handout] qr` takes.
    pub const ALL: [(&'static str, Codes); 3] = [("marked", Codes::Marked), ("all", Codes::All), ("none", Codes::None)];

    /// Says whether a record gets its code; `asked` is what its own `qr` says.
    pub fn wants(self, asked: Option<bool>) -> bool {
        match self {
            Codes::Marked => asked == Some(true),
            Codes::All => asked != Some(false),
            Codes::None => false,
        }
    }
}
