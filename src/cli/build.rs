//! `bulletin build`: proof-read, then write the files.

use std::path::PathBuf;
#[cfg(feature = "typst")]
use std::time::Duration;

use bulletin::artifact::Engine;
use bulletin::deliver;
use bulletin::pipeline::{self, Job};

use super::terminal::Terminal;
#[cfg(feature = "typst")]
use super::typeset;
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
    /// Make PDFs with this engine: typst, or genpdf in plain form
    #[arg(long, value_name = "ENGINE", value_parser = engine, default_value = Engine::default().as_str())]
    engine: Engine,
    /// Stop a look of the publication's own when a document takes longer, in seconds
    #[cfg(feature = "typst")]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "30")]
    time_limit: Duration,
    /// Let a mail program open `newsletter.eml` as a draft, ready to be sent
    #[arg(long)]
    draft: bool,
}

impl Build {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let job = Job { draft: self.draft, engine: self.engine, ..self.reading.job() };
        #[cfg(feature = "typst")]
        let job = Job { worker: Some(typeset::worker(self.time_limit)?), ..job };
        let built = pipeline::build(&job, &|done, total| terminal.progress(done, total))?;
        findings::tell(&built.checked, self.reading.message_format, false, terminal)?;
        let Some(artifacts) = built.artifacts else { return Ok(Outcome::Wrong) };
        let paths = deliver::folder::deliver(&artifacts, &built.absent, &self.output)?;
        terminal.result(&paths.iter().map(|path| format!("{}\n", path.display())).collect::<String>())?;
        Ok(Outcome::Fine)
    }
}

fn engine(word: &str) -> Result<Engine, String> {
    let all = [Engine::Typst, Engine::Genpdf];
    all.into_iter().find(|engine| engine.as_str() == word).ok_or_else(|| "it is typst or genpdf".into())
}

#[cfg(feature = "typst")]
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| *seconds > 0.0);
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "it is a number of seconds, as in 30 or 2.5".into())
}
