//! A finished file that lies nowhere yet.

/// What an artifact is; also the words that `--only` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A PDF summary of one held session.
    Summary,
    /// The newsletter: HTML, text and message.
    Newsletter,
    /// The calendar of sessions and deadlines.
    Calendar,
}

impl Kind {
    /// All kinds, in the order in which they are written.
    pub const ALL: [Kind; 3] = [Kind::Summary, Kind::Newsletter, Kind::Calendar];

    /// Gives the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Summary => "summary",
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
