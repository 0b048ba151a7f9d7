//! `bulletin export`: the merged data of a publication, written back as tables.

use std::fs;
use std::path::{Path, PathBuf};

use bulletin::deliver;
use bulletin::error::Error;
use bulletin::model::Date;
use bulletin::pipeline::Job;
use bulletin::pipeline::export::{self, Format};
use bulletin::source::Folder;

use super::terminal::Terminal;
use super::{MessageFormat, Outcome, Ran, findings};

/// Write the merged data of a publication back as CSV, JSON or XLSX; the paths go to stdout
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: bulletin export news --format xlsx --output for-the-office\n\n\
    What is read from these files again is equal to what was written")]
pub struct Export {
    /// The publication's folder, with `bulletin.toml` and the tables
    #[arg(value_name = "DIR", default_value = "data")]
    folder: PathBuf,
    /// Write the files here
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Write them in this form
    #[arg(long, value_name = "FORM", default_value = "csv")]
    format: Form,
    /// Put this sign between the cells of CSV
    #[arg(long, value_name = "SIGN", default_value = "comma")]
    separator: Separator,
    /// Write only what the edition shows, not all records
    #[arg(long)]
    edition: bool,
    /// With `--edition`: as of this day instead of the edition's
    #[arg(long, value_name = "DATE", value_parser = bulletin::model::value::day, requires = "edition")]
    today: Option<Date>,
    /// Overwrite files that exist
    #[arg(long)]
    force: bool,
    /// Tell findings in this form
    #[arg(long, value_name = "FORM", default_value = "human")]
    message_format: MessageFormat,
}

/// What `--format` takes.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Form {
    /// A file for each table, in UTF-8 with a byte order mark, as Excel wants it
    Csv,
    /// A file for each table
    Json,
    /// `tables.xlsx`, a sheet for each table
    Xlsx,
}

/// What `--separator` takes.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, for an Excel whose decimal sign is the comma
    Semicolon,
    /// A tab
    Tab,
}

impl Separator {
    pub fn byte(self) -> u8 {
        match self {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
        }
    }
}

impl Export {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        if is_same(&self.folder, &self.output) {
            let message = "the tables would be read twice in the publication's own folder; name another one with `-o`";
            return Err(Error::Usage(message.into()));
        }
        let format = match self.format {
            Form::Csv => Format::Csv { separator: self.separator.byte() },
            Form::Json => Format::Json,
            Form::Xlsx => Format::Xlsx,
        };
        let job = Job { today: self.today, watch: terminal.watch(), ..Job::new(Folder::Disk(self.folder.clone())) };
        let exported = export::export(job, format, self.edition)?;
        findings::tell(&exported.checked, self.message_format, false, terminal)?;
        let Some(artifacts) = exported.artifacts else { return Ok(Outcome::Wrong) };
        super::refuse_leftovers(&self.output, &artifacts, super::Leftovers::Any)?;
        if !self.force {
            super::refuse_existing(&self.output, artifacts.iter().map(|artifact| artifact.name.as_str()))?;
        }
        let paths = deliver::folder::deliver(&artifacts, &[], &self.output)?;
        terminal.result(&paths.iter().map(|path| format!("{}\n", path.display())).collect::<String>())?;
        Ok(Outcome::Fine)
    }
}

/// Says whether two paths lead to one folder.
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}
