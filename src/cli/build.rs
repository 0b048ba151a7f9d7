//! `bulletin build`: proof-read, then write the files.

use std::path::PathBuf;

use bulletin::deliver;
use bulletin::pipeline::{self, Job};

use super::terminal::Terminal;
use super::{Outcome, Ran, Reading, findings};

/// Proof-read a publication, then write its files; their paths go to stdout
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: bulletin build news --output out --only newsletter,calendar --lang de\n\n\
    All files are written or none: after an error the former ones are still there")]
pub struct Build {
    #[command(flatten)]
    reading: Reading,
    /// Write the files here
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Let a mail program open `newsletter.eml` as a draft, ready to be sent
    #[arg(long)]
    draft: bool,
}

impl Build {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let built = pipeline::build(&Job { draft: self.draft, ..self.reading.job() }, &|done, total| {
            terminal.progress(done, total)
        })?;
        findings::tell(&built.checked, self.reading.message_format, false, terminal)?;
        let Some(artifacts) = built.artifacts else { return Ok(Outcome::Wrong) };
        let paths = deliver::folder::deliver(&artifacts, &built.absent, &self.output)?;
        terminal.result(&paths.iter().map(|path| format!("{}\n", path.display())).collect::<String>())?;
        Ok(Outcome::Fine)
    }
}
