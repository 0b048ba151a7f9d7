//! One file for each command; `terminal` alone prints.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use bulletin::artifact::{Artifact, Kind};
use bulletin::config;
use bulletin::error::Error;
use bulletin::locale::Lang;
use bulletin::model::table::Table;
use bulletin::model::{Date, Target};
use bulletin::pipeline::Job;
use bulletin::pipeline::export::WORKBOOK;
use bulletin::source::Folder;

use terminal::Terminal;

mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod export;
mod findings;
mod import;
mod init;
mod man;
mod merge;
mod now;
mod sarif;
mod schema;
mod terminal;
#[cfg(feature = "typst")]
mod typeset;

/// Turn sessions and calls (CSV, JSON) into PDF summaries and email newsletters that state the same facts
#[derive(Debug, Parser)]
#[command(name = "bulletin", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status: 0 fine; 1 the data has errors and nothing was written; 2 it could not be done\n\n\
    Start with `bulletin init news`, then `bulletin build news`"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Colour what is told
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, display_order = 100)]
    color: clap::ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Import(import::Import),
    Check(check::Check),
    Build(build::Build),
    Merge(merge::Merge),
    Export(export::Export),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
    #[cfg(feature = "typst")]
    #[command(name = typeset::NAME, hide = true)]
    Typeset(typeset::Typeset),
}

/// What `check` and `build` have in common.
#[derive(Debug, Args)]
struct Reading {
    /// The publication's folder, with `bulletin.toml` and the tables
    #[arg(value_name = "DIR", default_value = "data")]
    folder: PathBuf,
    /// Compute what is held, open or closing soon as of this day instead of the edition's
    #[arg(long, value_name = "DATE", value_parser = bulletin::model::value::day)]
    today: Option<Date>,
    /// In this language instead of the edition's: en, de, fr or ar
    #[arg(long, value_name = "LANG", value_parser = lang)]
    lang: Option<Lang>,
    /// For these kinds of files alone
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    only: Vec<Only>,
    /// Write what this service or program takes, with its placeholders
    #[arg(long, value_name = "TARGET", value_parser = target)]
    target: Option<Target>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Tell findings in this form
    #[arg(long, value_name = "FORM", default_value = "human")]
    message_format: MessageFormat,
}

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// With the lines they are about
    Human,
    /// One line each
    Short,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
}

/// What `--only` takes.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Only {
    /// A PDF for each held session
    Summary,
    /// Programme, key messages and calls on paper; usual where `bulletin.toml` has `[handout]`
    Handout,
    /// A printed sheet for each speaker
    Speakers,
    /// Door signs: a page for each room and day
    Signs,
    /// HTML, text, message and web copy
    Newsletter,
    /// Sessions and deadlines as iCalendar
    Calendar,
}

impl Reading {
    fn job(&self) -> Job {
        let kind = |only: &Only| match only {
            Only::Summary => Kind::Summary,
            Only::Handout => Kind::Handout,
            Only::Speakers => Kind::Speakers,
            Only::Signs => Kind::Signs,
            Only::Newsletter => Kind::Newsletter,
            Only::Calendar => Kind::Calendar,
        };
        Job {
            today: self.today,
            lang: self.lang,
            only: self.only.iter().map(kind).collect(),
            paper: Default::default(),
            strict: self.strict,
            target: self.target,
            ..Job::new(Folder::Disk(self.folder.clone()))
        }
    }
}

fn target(word: &str) -> Result<Target, String> {
    let found = Target::ALL.iter().find(|(known, _)| *known == word).map(|(_, target)| *target);
    found.ok_or_else(|| format!("it is one of {}", Target::ALL.map(|(known, _)| known).join(", ")))
}

fn lang(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| "it is one of en, de, fr, ar".into())
}

/// Leaves a panic over a damaged workbook unsaid, because it becomes a finding.
fn quiet_workbooks() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(bulletin::read::workbook::THREAD) {
            usual(panic);
        }
    }));
}

/// Reads the arguments, runs the command and gives the exit status.
pub fn run() -> ExitCode {
    quiet_workbooks();
    let cli = Cli::parse();
    let terminal = Terminal::new(cli.color);
    let result = match &cli.command {
        Command::Init(init) => init.run(&terminal),
        Command::Import(import) => import.run(&terminal),
        Command::Check(check) => check.run(&terminal),
        Command::Build(build) => build.run(&terminal),
        Command::Merge(merge) => merge.run(&terminal),
        Command::Export(export) => export.run(&terminal),
        Command::Explain(explain) => explain.run(&terminal),
        Command::Schema(schema) => schema.run(&terminal),
        Command::Completions(completions) => completions.run(&terminal),
        Command::Man(man) => man.run(&terminal),
        #[cfg(feature = "typst")]
        Command::Typeset(typeset) => typeset.run(),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Wrong) => ExitCode::from(1),
        Err(error) => {
            terminal.error(&error);
            if matches!(error, Error::NoPublication { .. }) && Path::new(config::FILE).is_file() {
                terminal
                    .tell(&format!("help: there is a `{}` in this folder: name it by a point, `.`\n", config::FILE));
            }
            ExitCode::from(2)
        }
    }
}

/// How a command ended, if it could be done.
enum Outcome {
    /// All is well.
    Fine,
    /// The data has errors.
    Wrong,
}

type Ran = Result<Outcome, Error>;

/// Refuses to overwrite a file that exists; a link that leads nowhere is in the way too.
fn refuse_existing<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    let mut paths = names.map(|name| folder.join(name));
    paths.find(|path| path.symlink_metadata().is_ok()).map_or(Ok(()), |path| Err(Error::Exists { path }))
}

/// Which tables of a folder must not stay beside those that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leftovers {
    /// All: what is written is all that there is.
    Any,
    /// Those of the records that are written, in another form or as their child rows.
    OfSameRecords,
}

/// Refuses to write beside tables of a former run, which would be read together with those of this one. They may have
/// been changed since, so a person takes them away.
fn refuse_leftovers(folder: &Path, artifacts: &[Artifact], which: Leftovers) -> Result<(), Error> {
    let is_written = |name: &str| artifacts.iter().any(|artifact| artifact.name == name);
    let has = |table: Table| artifacts.iter().any(|artifact| artifact.name.split('.').next() == Some(table.name()));
    let is_meant = |table: &Table| match (which, table) {
        // Corrections are a person's and never written.
        (_, Table::Corrections) => false,
        (Leftovers::Any, _) => true,
        (_, Table::Agenda | Table::KeyMessages) => has(*table) || has(Table::Sessions),
        (_, Table::Deadlines) => has(*table) || has(Table::Calls),
        (_, table) => has(*table),
    };
    let tables = Table::ALL.into_iter().filter(is_meant);
    let mut names = tables.flat_map(|table| ["csv", "json"].map(|end| format!("{}.{end}", table.name())));
    let left = names.find(|name| !is_written(name) && folder.join(name).symlink_metadata().is_ok());
    let book = Some(WORKBOOK.to_owned()).filter(|name| !is_written(name) && folder.join(name).exists());
    let Some(left) = left.or(book) else { return Ok(()) };
    Err(Error::Usage(format!(
        "`{}` is not written anew and would be read together with what is; delete it, or write into another folder",
        folder.join(left).display()
    )))
}

fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_are_sound() {
        super::command().debug_assert();
    }
}
