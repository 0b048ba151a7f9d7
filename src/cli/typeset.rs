//! `bulletin typeset`: what `bulletin build` starts for a look of the publication's own; not for people.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use bulletin::error::Error;
use bulletin::typeset::{Limits, Worker, serve};

use super::{Outcome, Ran};

/// The name of this command.
pub const NAME: &str = "typeset";

/// Set documents as they come on standard input
#[derive(Debug, clap::Args)]
pub struct Typeset {
    /// Time for each, in seconds
    seconds: f64,
    /// Memory for all, in bytes
    memory: u64,
}

impl Typeset {
    pub fn run(&self) -> Ran {
        let time = Duration::try_from_secs_f64(self.seconds).map_err(|error| Error::Usage(error.to_string()))?;
        let limits = Limits { time, memory: self.memory };
        serve(io::stdin().lock(), io::stdout().lock(), limits).map_err(Error::Print)?;
        Ok(Outcome::Fine)
    }
}

/// Gives this program as the one that does it.
pub fn worker(time: Duration) -> Result<Worker, Error> {
    let program =
        std::env::current_exe().map_err(|cause| Error::Worker { program: PathBuf::from("bulletin"), cause })?;
    Ok(Worker { program, arguments: vec![NAME.into()], limits: Limits { time, ..Limits::default() } })
}
