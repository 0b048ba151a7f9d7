//! A finished file that lies nowhere yet, and what is said about it inside.

use crate::model::Date;
use crate::prose::Block;

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
    /// The list of facts with where each stands, made with whatever else is.
    Facts,
    /// A table, or all of them, written back.
    Data,
}

impl Kind {
    /// All kinds that one can ask for, in the order in which they are written.
    pub const ALL: [Kind; 6] =
        [Kind::Summary, Kind::Handout, Kind::Speakers, Kind::Signs, Kind::Newsletter, Kind::Calendar];

    /// Those that are printed sheets of the whole edition.
    pub const PAPER: [Kind; 3] = [Kind::Handout, Kind::Speakers, Kind::Signs];

    /// Those with a page for each speaker or room, which have no plain form.
    pub const ONE_EACH: [Kind; 2] = [Kind::Speakers, Kind::Signs];

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
            Kind::Facts => "facts",
            Kind::Data => "data",
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

/// What goes over the edge of a page that is to be cut, in millimetres.
pub const BLEED: f64 = 3.0;

/// What makes PDFs of documents; also the words that `--engine` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Typst: accessible files in the look of the publication.
    Typst,
    /// genpdf: plain files, untagged, that claim no standard.
    Genpdf,
}

impl Engine {
    /// Gives the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Engine::Typst => "typst",
            Engine::Genpdf => "genpdf",
        }
    }

    /// Names the scripts that its fonts have and that it knows how to set.
    pub fn scripts(self) -> &'static str {
        match self {
            Engine::Typst => "Latin, Greek, Cyrillic or Arabic",
            Engine::Genpdf => "Latin, Greek or Cyrillic",
        }
    }
}

impl Default for Engine {
    /// Gives Typst, where it is part of the program.
    fn default() -> Self {
        if cfg!(feature = "typst") { Engine::Typst } else { Engine::Genpdf }
    }
}

/// A document before it is typeset.
#[derive(Debug, Clone, PartialEq)]
pub struct Manuscript {
    /// The name of the file that it becomes.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What is said about it inside the file.
    pub meta: Meta,
    /// What stands in it.
    pub body: Body,
    /// What goes with it inside the file.
    pub attachments: Vec<Attachment>,
}

/// What stands in a document, in the form that its engine takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Typst text that imports `theme.typ`.
    Typst(String),
    /// Blocks below each other, for the plain engine.
    Plain(Plain),
}

impl Body {
    /// Gives the engine that takes it.
    pub fn engine(&self) -> Engine {
        match self {
            Body::Typst(_) => Engine::Typst,
            Body::Plain(_) => Engine::Genpdf,
        }
    }
}

/// A document in plain form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plain {
    /// What stands in it, from the top down.
    pub blocks: Vec<Block>,
    /// Before which block something begins, in order: an item by its name, or a heading that others stand below,
    /// `chapter` or `part`.
    pub marks: Vec<(usize, String)>,
}

/// A file inside a PDF (PDF/A-3, ISO 19005-3 §6.8).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attachment {
    /// File name without folder.
    pub name: String,
    /// Media type (RFC 6838): `application/json`.
    pub media_type: String,
    /// What it is, in one line.
    pub description: String,
    /// All of it.
    pub text: String,
}

/// So much HTML, in bytes, a mail holds together with what a mailing service adds to it. Gmail cuts a message whose HTML
/// is longer than 102 KiB, and what stands behind the cut is not read.
pub const MAIL: usize = 90 * 1024;

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
