//! What stops the program: the disk, a template, a broken installation. Never the user's data.

use std::io;
use std::path::PathBuf;

use crate::artifact::{Engine, Kind};

/// Something could not be done (exit status 2). What is wrong in the data is a
/// [`Diagnostic`](crate::diagnostic::Diagnostic) instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// There is no publication where one was looked for.
    #[error("there is no `{}`; name the folder of a publication, or make one with `bulletin init`", path.display())]
    NoPublication {
        /// Its `bulletin.toml`.
        path: PathBuf,
    },
    /// A file or folder could not be written; what was there before is untouched.
    #[error("cannot write `{}`; nothing was changed", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A file was changed between reading and mending it; files before it may be mended already.
    #[error("`{}` is no longer what was read; run `check --fix` again", path.display())]
    Changed {
        /// Which.
        path: PathBuf,
    },
    /// A form of data has no room for something.
    #[error("cannot write `{file}`: {why}; take another `--format`")]
    Unwritable {
        /// The file that was to be written.
        file: &'static str,
        /// Why.
        why: String,
    },
    /// `init` would have overwritten a file.
    #[error("`{}` exists already; nothing was written", path.display())]
    Exists {
        /// Which.
        path: PathBuf,
    },
    /// Typst refused the document. With the templates as shipped this is a defect of the program.
    #[error("typst could not set `{document}`: {message}")]
    Typeset {
        /// The file that was to be written.
        document: String,
        /// What Typst said, all of it.
        message: String,
    },
    /// The process in which a look of the publication's own is set could not be started or spoken to.
    #[error("cannot run `{}` to set a document", program.display())]
    Worker {
        /// The program.
        program: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The program was built without the engine that is asked for.
    #[error("this program was built without the engine `{}`; build it with the feature of that name", .0.as_str())]
    NoEngine(Engine),
    /// An engine does not know how to set a language.
    #[error("the engine `{}` cannot set text in `{lang}`, which joins letters from right to left; take `--engine typst`", engine.as_str())]
    Unfit {
        /// Which engine.
        engine: Engine,
        /// Tag of the language.
        lang: &'static str,
    },
    /// An engine has no form for something.
    #[error("the engine `{}` does not make `{}`; take `--engine typst`, or leave it out with `--only`", engine.as_str(), kind.as_str())]
    Unmade {
        /// Which engine.
        engine: Engine,
        /// What was asked for.
        kind: Kind,
    },
    /// A finished PDF could not be laid out on sheets.
    #[error("cannot lay out `{document}` for the press: {why}")]
    Impose {
        /// Its title.
        document: String,
        /// Why.
        why: String,
    },
    /// The result could not be printed.
    #[error("cannot print the result")]
    Print(#[source] io::Error),
    /// An option has a value that means nothing.
    #[error("{0}")]
    Usage(String),
}
