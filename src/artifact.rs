//! A finished file that lies nowhere yet, and what is said about it inside.

use crate::model::Date;

/// What an artifact is; also the words that `--only` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A PDF summary of one held session.
    Summary,
    /// The newsletter: HTML, text, message, web copy, and the calendar files that these link to.
    Newsletter,
    /// The calendar of sessions and deadlines.
    Calendar,
    /// The list of facts with where each stands, made with whatever else is.
    Facts,
}

impl Kind {
    /// All kinds that one can ask for, in the order in which they are written.
    pub const ALL: [Kind; 3] = [Kind::Summary, Kind::Newsletter, Kind::Calendar];

    /// Gives the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Summary => "summary",
            Kind::Newsletter => "newsletter",
            Kind::Calendar => "calendar",
            Kind::Facts => "facts",
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
