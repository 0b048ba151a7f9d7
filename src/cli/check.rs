//! `bulletin check`: proof-read.

use bulletin::pipeline;

use super::terminal::Terminal;
use super::{MessageFormat, Outcome, Ran, Reading, findings};

/// Proof-read a publication; write nothing
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: bulletin check news --strict --message-format short")]
pub struct Check {
    #[command(flatten)]
    reading: Reading,
}

impl Check {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let checked = pipeline::check(&self.reading.job())?;
        let format = self.reading.message_format;
        findings::tell(&checked, format, true, terminal)?;
        if checked.report.has_errors() {
            return Ok(Outcome::Wrong);
        }
        if let Some(edition) = checked.edition.as_ref().filter(|_| format == MessageFormat::Human) {
            terminal.tell(&format!(
                "{}: {} held, {} coming, {} calls, {} news\n",
                edition.title,
                edition.held.len(),
                edition.coming.len(),
                edition.calls.len(),
                edition.news.len(),
            ));
        }
        Ok(Outcome::Fine)
    }
}
