//! `bulletin check`: proof-read.

use bulletin::deliver;
use bulletin::error::Error;
use bulletin::pipeline::{self, Checked, Job};

use super::terminal::Terminal;
use super::{MessageFormat, Outcome, Ran, Reading, diff, findings};

/// Proof-read a publication; write nothing
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples: bulletin check news --strict --message-format short\n\
    \u{20}         bulletin check news --fix --dry-run | less")]
pub struct Check {
    #[command(flatten)]
    reading: Reading,
    /// Write the ready cures into the files of the publication, and tell what is left
    #[arg(long)]
    fix: bool,
    /// With `--fix`: print what would change as a diff, and change nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

/// Two cures that want the same bytes come one after the other; more rounds than this would mean that they quarrel.
const ROUNDS: usize = 8;

impl Check {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let mut checked = pipeline::check(&Job { watch: terminal.watch(), ..self.reading.job() })?;
        if self.dry_run {
            for mended in checked.mended() {
                terminal.result(&diff::unified(&mended))?;
            }
        } else if self.fix {
            checked = self.mend(checked, terminal)?;
        }
        let format = self.reading.message_format;
        findings::tell(&checked, format, !self.dry_run, terminal)?;
        if checked.report.has_errors() {
            return Ok(Outcome::Wrong);
        }
        if let Some(edition) = checked.edition.as_ref().filter(|_| format == MessageFormat::Human) {
            terminal.tell(&format!(
                "{}: {} held, {} coming, {} calls, {} news\n",
                edition.title,
                edition.held.len(),
                // As the mail counts them: one that is off is told, and comes no more.
                edition.coming.iter().filter(|session| !session.is_off()).count(),
                edition.calls.len(),
                edition.news.len(),
            ));
        }
        Ok(Outcome::Fine)
    }
}

impl Check {
    /// Writes the ready cures until there is none left, and gives what is found then.
    fn mend(&self, mut checked: Checked, terminal: &Terminal) -> Result<Checked, Error> {
        let (mut cured, mut files) = (0, std::collections::BTreeSet::new());
        for _ in 0..ROUNDS {
            let mended = checked.mended();
            if mended.is_empty() {
                break;
            }
            for file in &mended {
                deliver::folder::replace(file.source.name.as_ref(), &file.source.text, &file.text)?;
                cured += file.cured;
                files.insert(file.source.name.clone());
            }
            checked = pipeline::check(&self.reading.job())?;
        }
        let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        terminal.tell(&format!("cured {} in {}\n", plural(cured, "finding"), plural(files.len(), "file")));
        Ok(checked)
    }
}
