//! What `import` reads: files from anywhere, with a `bulletin.toml` made of what was asked for.

use std::fmt::Write as _;

use toml::Value;

use super::Job;
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::error::Error;
use crate::model::cell::Cells;
use crate::model::table::Table;
use crate::model::{Date, Zone};
use crate::read::{self, workbook::is_called_workbook};
use crate::source::{Folder, Sources};

/// Files to be read, and how.
#[derive(Debug)]
pub struct Import {
    /// Paths of the files.
    pub files: Vec<String>,
    /// The table that they fill; the one that each is named after where empty.
    pub table: Option<Table>,
    /// The format that they have, by name; recognised where nothing says what they are.
    pub format: Option<String>,
    /// JSON pointer to the rows.
    pub at: Option<String>,
    /// Name of the sheet, of workbooks.
    pub sheet: Option<String>,
    /// How the files are written, where nobody is to guess it: keys of an `[[input]]` with their values.
    pub dialect: Vec<(&'static str, Value)>,
    /// Our fields, each with a column of theirs that fills it.
    pub map: Vec<(String, String)>,
    /// The title of the publication that begins with them.
    pub title: String,
    /// The day of its edition.
    pub date: Date,
    /// The zone of times that have none of their own, by its IANA name.
    pub timezone: String,
}

impl Import {
    /// Gives what is to be done: all records of the files, as they are.
    pub fn job(self) -> Job {
        let mut config = self.config();
        for file in &self.files {
            let named = || Table::from_name(file.rsplit(['/', '\\']).next()?.split('.').next()?);
            let table = self.table.or_else(|| named().filter(|_| self.format.is_none()));
            let is_stated = table.is_some() || self.format.is_some();
            let is_plain = self.sheet.is_none() && self.map.is_empty() && self.dialect.is_empty();
            if !is_stated && is_called_workbook(file) && is_plain {
                // Its sheets may each be named after a table.
                continue;
            }
            let _ = write!(config, "\n[[input]]\npath = {}\n", quoted(file));
            if let Some(table) = table {
                let _ = writeln!(config, "table = {}", quoted(table.name()));
            }
            if let Some(format) = &self.format {
                let _ = writeln!(config, "format = {}", quoted(format));
            }
            if let Some(at) = &self.at {
                let _ = writeln!(config, "at = {}", quoted(at));
            }
            if let Some(sheet) = &self.sheet {
                let _ = writeln!(config, "sheet = {}", quoted(sheet));
            }
            for (key, value) in &self.dialect {
                let _ = writeln!(config, "{key} = {value}");
            }
            if !self.map.is_empty() {
                let _ = writeln!(config, "map = {{ {} }}", self.columns().join(", "));
            }
        }
        Job { whole: true, ..Job::new(Folder::Named { config, files: self.files }) }
    }

    /// Gives a `bulletin.toml` with which a person can go on.
    pub fn config(&self) -> String {
        let Import { title, date, timezone, .. } = self;
        let (title, timezone) = (quoted(title), quoted(timezone));
        format!(
            "# Begun by `bulletin import`; `bulletin schema bulletin.toml` knows all that can stand here.\n\n\
             [edition]\n# Title and date must be there. All states are those of this date.\n\
             title = {title}\ndate = {date}\n# The zone of every time that has none of its own.\ntimezone = {timezone}\n"
        )
    }

    /// Gives each field with its columns: one that is named twice is filled by both.
    fn columns(&self) -> Vec<String> {
        let mut fields: Vec<(&str, Vec<String>)> = Vec::new();
        for (ours, theirs) in &self.map {
            match fields.iter_mut().find(|(known, _)| known == ours) {
                Some((_, columns)) => columns.push(quoted(theirs)),
                None => fields.push((ours, vec![quoted(theirs)])),
            }
        }
        fields.iter().map(|(ours, theirs)| format!("{} = [{}]", quoted(ours), theirs.join(", "))).collect()
    }
}

/// Gives the zone that the `bulletin.toml` of a folder states, so that times keep their instants there.
///
/// # Errors
/// It cannot be read.
pub fn timezone(folder: &Folder) -> Result<String, Error> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let file = sources.add(config::FILE, folder.read(config::FILE)?, &mut report);
    let record = file.and_then(|id| read::toml::read(id, &sources.file(id).text, &mut report));
    let mut cells = Cells { sources: &sources, report: &mut report, zone: Zone::utc() };
    // What is wrong with it is told by `check`.
    let config = record.as_ref().and_then(|record| Config::decode(record, &mut cells));
    Ok(config.map_or_else(Zone::utc, |config| config.edition.timezone).name().to_owned())
}

/// Says the cures that name a line of an `[[input]]`, which is nowhere written, as the options that stand for it.
pub fn say_as_options(report: &mut Report) {
    const KEYS: [(&str, &str); 8] = [
        ("encoding", "--encoding"),
        ("separator", "--input-separator"),
        ("header", "--header"),
        ("decimal", "--decimal"),
        ("sheet", "--sheet"),
        ("table", "--table"),
        ("format", "--format"),
        ("at", "--at"),
    ];
    for help in report.diagnostics_mut().iter_mut().flat_map(|diagnostic| &mut diagnostic.help) {
        let parts = help.split('`').map(|part| {
            let stated = part.split_once(" = ").and_then(|(key, value)| {
                let (_, option) = KEYS.iter().find(|(known, _)| *known == key)?;
                Some(format!("{option} {value}"))
            });
            stated.unwrap_or_else(|| part.to_owned())
        });
        let said = parts.collect::<Vec<_>>().join("`");
        if said != *help {
            *help = said.replace(" in an `[[input]]`", "").replace("write an `[[input]]` with its path and", "give");
        }
    }
}

/// Tells that the files hold no record, so that nothing can be written.
pub fn tell_nothing(table: Option<Table>, report: &mut Report) {
    let help = match table {
        Some(table) => format!("look whether they hold `{0}`: `bulletin schema {0}` lists the fields", table.name()),
        None => "say with `--table` which table they fill".to_owned(),
    };
    report.add(Diagnostic::error(Code::EmptyEdition, "there is no record in these files").help(help));
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
