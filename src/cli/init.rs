//! `bulletin init`: a new publication that builds as it stands.

use std::path::PathBuf;

use bulletin::artifact::{Artifact, Kind};
use bulletin::deliver;

use super::terminal::Terminal;
use super::{Outcome, Ran};

/// Write a new publication that builds as it stands
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: bulletin init news && bulletin build news")]
pub struct Init {
    /// The folder to write to; a file that exists is never overwritten
    #[arg(value_name = "DIR", default_value = "data")]
    folder: PathBuf,
}

/// What is written.
const FILES: [(&str, &str); 7] = [
    ("bulletin.toml", include_str!("newcomer/bulletin.toml")),
    ("sessions.csv", include_str!("newcomer/sessions.csv")),
    ("agenda.csv", include_str!("newcomer/agenda.csv")),
    ("key-messages.csv", include_str!("newcomer/key-messages.csv")),
    ("calls.csv", include_str!("newcomer/calls.csv")),
    ("news.csv", include_str!("newcomer/news.csv")),
    ("people.csv", include_str!("newcomer/people.csv")),
];

impl Init {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        super::refuse_existing(&self.folder, FILES.iter().map(|(name, _)| *name))?;
        // Spreadsheet programs take a CSV file for UTF-8 only if it begins with a byte order mark.
        let bytes = |name: &str, text: &str| match name.ends_with(".csv") {
            true => format!("\u{FEFF}{text}").into_bytes(),
            false => text.into(),
        };
        let files =
            FILES.map(|(name, text)| Artifact { name: name.into(), kind: Kind::Newsletter, bytes: bytes(name, text) });
        for path in deliver::folder::deliver(&files, &[], &self.folder)? {
            terminal.result(&format!("{}\n", path.display()))?;
        }
        let folder = self.folder.display();
        terminal
            .tell(&format!("now change `{folder}/bulletin.toml` and the tables, and run `bulletin build {folder}`\n"));
        Ok(Outcome::Fine)
    }
}
