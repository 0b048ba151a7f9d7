//! What the compositor says of a document, as a value that goes from one process to another.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::{Document, Look};

/// What came of a document.
#[derive(Debug, Default)]
pub(super) struct Proof {
    /// The file, where it could be made.
    pub(super) pdf: Option<Document>,
    /// What was said about it.
    pub(super) said: Vec<Said>,
}

/// One thing that the compositor says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Said {
    /// Whether the document could be set all the same.
    pub(super) warning: bool,
    pub(super) place: Place,
    pub(super) message: String,
    pub(super) hints: Vec<String>,
}

/// Where the cause lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Place {
    /// In the look: bytes of `theme.typ`.
    Look(Range<usize>),
    /// In the text that a template made: its line, and what stands there.
    Text(usize, String),
    /// Nobody knows.
    Nowhere,
}

impl Said {
    /// Says of the look as a whole that it cannot be used.
    pub(super) fn of_look(message: impl Into<String>, hint: impl Into<String>) -> Said {
        Said { warning: false, place: Place::Nowhere, message: message.into(), hints: vec![hint.into()] }
    }

    /// Writes it in one line, for those who know the templates.
    pub(super) fn line(&self) -> String {
        let mut line = match &self.place {
            Place::Text(line, _) => format!("main.typ:{line}: "),
            Place::Look(range) => format!("theme.typ, byte {}: ", range.start),
            Place::Nowhere => String::new(),
        };
        line.push_str(&self.message);
        for hint in &self.hints {
            line.push_str("; ");
            line.push_str(hint);
        }
        line
    }

    /// Makes it a finding in the publication's own look.
    pub(super) fn finding(self, look: &Look) -> Diagnostic {
        let new = if self.warning { Diagnostic::warning } else { Diagnostic::error };
        let finding = match self.place {
            Place::Look(range) => new(Code::BadLook, self.message).at(Span::new(look.file, range), ""),
            Place::Text(_, text) => {
                let finding = match self.message.strip_prefix("unknown variable: ") {
                    Some(name) => new(Code::BadLook, format!("the look lacks the function `{name}`"))
                        .help("define it, or begin with `#import \"built-in.typ\": *`"),
                    None => new(Code::BadLook, self.message),
                };
                // Nobody reads a long line of data.
                let call: String = text.trim().chars().take(60).collect();
                finding.at(Span::new(look.file, 0..0), format!("the document says `{call}`"))
            }
            Place::Nowhere => new(Code::BadLook, self.message).help(format!("the look is `{}`", look.name)),
        };
        self.hints.into_iter().fold(finding, Diagnostic::help)
    }
}
