//! `bulletin import`: files of any form that can be read, turned into the project's own tables.

use std::path::{Path, PathBuf};

use bulletin::artifact::{Artifact, Kind};
use bulletin::config;
use bulletin::deliver;
use bulletin::error::Error;
use bulletin::model::table::Table;
use bulletin::model::{Date, Zone};
use bulletin::pipeline::Job;
use bulletin::pipeline::export::{self, Format};
use bulletin::pipeline::import;
use bulletin::source::{Encoding, Folder};

use super::export::Separator;
use super::terminal::Terminal;
use super::{MessageFormat, Outcome, Ran, findings, now};

/// Turn files of any form that can be read into our own tables (CSV); the paths go to stdout
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: bulletin import export.csv -o news --table calls --map title=Name --map deadline=Closes\n\n\
    All files are written or none. A `bulletin.toml` to go on with is written where there is none"
)]
pub struct Import {
    /// What is read: tables, workbooks, trees, calendars, feeds; a file named after a table needs no `--table`
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Write the tables here
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// The table that the files fill: sessions, agenda, key-messages, calls, deadlines, news or people
    #[arg(long, value_name = "TABLE", value_parser = table)]
    table: Option<Table>,
    /// The format of another system that the files have, as in pretalx or icalendar; recognised where nothing says it
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    /// JSON pointer to the rows, as in /data/items
    #[arg(long, value_name = "POINTER")]
    at: Option<String>,
    /// Name of the sheet in a workbook; without `--table` sheets that are named after tables are read
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Encoding of the files, as in windows-1252 or utf-16le; recognised where not given
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<String>,
    /// The sign between the cells of the files; found where not given
    #[arg(long, value_name = "SIGN")]
    input_separator: Option<Found>,
    /// Number of the line or row that names the columns, from 1; found where not given
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    header: Option<u32>,
    /// The decimal sign of amounts in the files
    #[arg(long, value_name = "SIGN")]
    decimal: Option<Decimal>,
    /// A field of ours and the column or JSON pointer that fills it; no others are read then
    #[arg(long, value_name = "OURS=THEIRS", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Date of the edition in a new `bulletin.toml`; today where not given
    #[arg(long, value_name = "DATE", value_parser = bulletin::model::value::day)]
    date: Option<Date>,
    /// Zone of times that have none of their own, and in which those with an offset are written; what `bulletin.toml` says
    /// where not given
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    timezone: Option<String>,
    /// Put this sign between the cells
    #[arg(long, value_name = "SIGN", default_value = "comma")]
    separator: Separator,
    /// Overwrite tables that exist; never `bulletin.toml`
    #[arg(long)]
    force: bool,
    /// Tell findings in this form
    #[arg(long, value_name = "FORM", default_value = "human")]
    message_format: MessageFormat,
}

/// What `--input-separator` takes.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Found {
    /// `,`
    #[value(alias = ",")]
    Comma,
    /// `;`
    #[value(alias = ";")]
    Semicolon,
    /// A tab
    Tab,
    /// `|`
    #[value(alias = "|")]
    Pipe,
}

/// What `--decimal` takes.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Decimal {
    /// `1500.50`
    #[value(alias = ".")]
    Point,
    /// `1500,50`
    #[value(alias = ",")]
    Comma,
}

fn encoding(label: &str) -> Result<String, String> {
    let found = Encoding::from_label(label).map(Encoding::name);
    found.ok_or_else(|| "it is one of the Encoding Standard: windows-1252, utf-16le, iso-8859-2, big5, …".to_owned())
}

fn table(name: &str) -> Result<Table, String> {
    let names = || Table::ALL.map(Table::name).join(", ");
    Table::from_name(name).ok_or_else(|| format!("it is one of {}", names()))
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((ours, theirs)) if !ours.trim().is_empty() && !theirs.trim().is_empty() => {
            Ok((ours.trim().to_owned(), theirs.trim().to_owned()))
        }
        _ => Err("write a field of ours, `=` and a column of theirs: title=Name".to_owned()),
    }
}

fn zone(name: &str) -> Result<String, String> {
    let known = Zone::named(name).map(|zone| zone.name().to_owned());
    known.ok_or_else(|| "it is an IANA name, as in Europe/Brussels".to_owned())
}

impl Import {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let is_new = self.output.join(config::FILE).symlink_metadata().is_err();
        let import = self.import(is_new)?;
        let (config, files) = (import.config(), self.files.len());
        let as_written = is_new && self.timezone.is_none();
        let job = Job { watch: terminal.watch(), as_written, ..import.job() };
        let mut exported = export::export(job, Format::Csv { separator: self.separator.byte() }, false)?;
        import::say_as_options(&mut exported.checked.report);
        let artifacts = exported.artifacts.filter(|artifacts| !artifacts.is_empty());
        if artifacts.is_none() && !exported.checked.report.has_errors() {
            import::tell_nothing(self.table, &mut exported.checked.report);
        }
        findings::tell(&exported.checked, self.message_format, false, terminal)?;
        let Some(mut artifacts) = artifacts else { return Ok(Outcome::Wrong) };
        super::refuse_leftovers(&self.output, &artifacts, super::Leftovers::OfSameRecords)?;
        if !self.force {
            super::refuse_existing(&self.output, artifacts.iter().map(|artifact| artifact.name.as_str()))?;
        }
        if is_new {
            artifacts.push(Artifact { name: config::FILE.into(), kind: Kind::Data, bytes: config.into_bytes() });
        }
        let paths = deliver::folder::deliver(&artifacts, &[], &self.output)?;
        terminal.result(&paths.iter().map(|path| format!("{}\n", path.display())).collect::<String>())?;
        let from = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
        terminal.tell(&format!("{} from {from}\n", exported.counts));
        if as_written && exported.has_times_without_zone {
            let config = self.output.join(config::FILE);
            terminal
                .tell(&format!("times without a zone are taken for UTC; correct `timezone` in {}\n", config.display()));
        }
        Ok(Outcome::Fine)
    }

    fn import(&self, is_new: bool) -> Result<import::Import, Error> {
        let paths: Result<Vec<String>, Error> = self.files.iter().map(|path| unicode(path)).collect();
        let files = paths?;
        let stem = Path::new(&files[0]).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        Ok(import::Import {
            table: self.table,
            format: self.format.clone(),
            at: self.at.clone(),
            sheet: self.sheet.clone(),
            dialect: self.dialect(),
            map: self.map.clone(),
            title: stem.unwrap_or_else(|| "Imported".to_owned()),
            date: self.date.unwrap_or_else(now::today),
            timezone: match &self.timezone {
                Some(zone) => zone.clone(),
                None if is_new => "UTC".to_owned(),
                None => import::timezone(&Folder::Disk(self.output.clone()))?,
            },
            files,
        })
    }
}

impl Import {
    /// Gives what is stated of how the files are written.
    fn dialect(&self) -> Vec<(&'static str, toml::Value)> {
        let separator = self.input_separator.map(|separator| match separator {
            Found::Comma => ",",
            Found::Semicolon => ";",
            Found::Tab => "tab",
            Found::Pipe => "|",
        });
        let decimal = self.decimal.map(|decimal| match decimal {
            Decimal::Point => ".",
            Decimal::Comma => ",",
        });
        let stated = [
            ("encoding", self.encoding.as_deref().map(toml::Value::from)),
            ("separator", separator.map(toml::Value::from)),
            ("header", self.header.map(|header| toml::Value::from(i64::from(header)))),
            ("decimal", decimal.map(toml::Value::from)),
        ];
        stated.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }
}

fn unicode(path: &Path) -> Result<String, Error> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| Error::Usage(format!("the name `{}` is not Unicode; rename the file", path.display())))
}
