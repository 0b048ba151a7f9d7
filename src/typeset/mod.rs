//! Manuscripts to PDF, in memory: no disk, no packages, no network, no clock, no fonts but our own.
//!
//! Typst's files conform to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), with files inside to PDF/A-3a (ISO
//! 19005-3); a document that cannot is an error, never a lesser file. Those of the plain engine claim no standard. Same
//! text, same bytes.
//!
//! The look that comes with the program is set in this process. One of the publication's own is foreign code: Typst
//! keeps it from files, packages and the network, but can neither stop it nor bound its memory. So it is set in a
//! process of its own, which `worker.rs` alone starts and ends.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use crate::reading::Reading;

#[cfg(feature = "typst")]
mod engine;
#[cfg(feature = "genpdf")]
mod plain;
mod press;
#[cfg(feature = "typst")]
mod read;
#[cfg(feature = "typst")]
mod said;
mod typesetter;
#[cfg(feature = "typst")]
mod worker;
#[cfg(feature = "typst")]
mod world;

pub use typesetter::{Look, Typesetter};
#[cfg(feature = "typst")]
pub use worker::serve;

/// A document that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// What stands on its pages.
    pub reading: Reading,
}

/// How processes for a look of the publication's own are run.
#[derive(Debug, Clone)]
pub struct Worker {
    /// A program that calls [`serve`] with its standard input and output, and with the limits that are its last two
    /// arguments: seconds and bytes.
    pub program: PathBuf,
    /// What stands before those two.
    pub arguments: Vec<OsString>,
    /// What each process may take.
    pub limits: Limits,
}

/// What a look of the publication's own may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time for one document.
    pub time: Duration,
    /// Address space of the process, in bytes, where the system can bound it (`RLIMIT_AS`, POSIX): not on macOS and
    /// Windows.
    pub memory: u64,
}

impl Default for Limits {
    /// Thirty seconds and two GiB: a hundred times what an edition of a thousand pages takes.
    fn default() -> Self {
        Limits { time: Duration::from_secs(30), memory: 2 << 30 }
    }
}
