//! A finished file that lies nowhere yet, and what is said about it inside.

use crate::model::Date;

/// What an artifact is; also the words that `--only` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A PDF summary of one held session.
    Summary,
    /// The handout: programme, key messages and calls on paper.
    Handout,
    /// A sheet for each speaker.
    Speakers,
    /// Door signs: a page for each room and day.
    Signs,
    /// The newsletter: HTML, text, message, web copy, and the calendar files that these link to.
    Newsletter,
    /// The calendar of sessions and deadlines.
    Calendar,
}

impl Kind {
    /// All kinds, in the order in which they are written.
    pub const ALL: [Kind; 6] =
        [Kind::Summary, Kind::Handout, Kind::Speakers, Kind::Signs, Kind::Newsletter, Kind::Calendar];

    /// Those that are printed sheets of the whole edition.
    pub const PAPER: [Kind; 3] = [Kind::Handout, Kind::Speakers, Kind::Signs];

    /// Those that are made where nobody asks for certain ones: paper is only for those who print.
    pub const USUAL: [Kind; 3] = [Kind::Summary, Kind::Newsletter, Kind::Calendar];

    /// Gives the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Summary => "summary",
            Kind::Handout => "handout",
            Kind::Speakers => "speakers",
            Kind::Signs => "signs",
            Kind::Newsletter => "newsletter",
            Kind::Calendar => "calendar",
        }
    }
}

/// A file's name and bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// File name without folder, safe on every system.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// What is said about a document inside the file (PDF 1.7 §14.3, XMP).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Never empty: PDF/UA-1 §7.1 asks for it.
    pub title: String,
    /// Who publishes it.
    pub author: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// What it is, in one line.
    pub description: Option<String>,
    /// The day that is written in as that of its making: the edition's, so that the bytes stay the same.
    pub date: Date,
    /// BCP 47 tag of its language: `en`.
    pub lang: &'static str,
}

/// How many items of an edition an artifact shows, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    /// In full.
    pub full: usize,
    /// As a title with its day and address.
    pub titles: usize,
    /// Not at all.
    pub left: usize,
}
