//! `bulletin build`: proof-read, then write the files.

use std::path::PathBuf;

use bulletin::deliver;
use bulletin::model::print::Paper;
use bulletin::pipeline::{self, Job, OnPaper};

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
    /// Print the handout on this paper: a4, a5 or letter
    #[arg(long, value_name = "PAPER", value_parser = paper)]
    paper: Option<Paper>,
    /// Print the handout without any colour
    #[arg(long)]
    greyscale: bool,
    /// Print the handout in 18 pt
    #[arg(long)]
    large_print: bool,
}

fn paper(word: &str) -> Result<Paper, String> {
    let found = Paper::ALL.iter().find(|(known, _)| *known == word).map(|(_, paper)| *paper);
    found.ok_or_else(|| format!("it is one of {}", Paper::ALL.map(|(known, _)| known).join(", ")))
}

impl Build {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let paper = OnPaper { paper: self.paper, greyscale: self.greyscale, large_print: self.large_print };
        let job = Job { draft: self.draft, paper, ..self.reading.job() };
        let built = pipeline::build(&job, &|done, total| terminal.progress(done, total))?;
        findings::tell(&built.checked, self.reading.message_format, false, terminal)?;
        let Some(artifacts) = built.artifacts else { return Ok(Outcome::Wrong) };
        let paths = deliver::folder::deliver(&artifacts, &built.absent, &self.output)?;
        terminal.result(&paths.iter().map(|path| format!("{}\n", path.display())).collect::<String>())?;
        Ok(Outcome::Fine)
    }
}
