//! `bulletin schema`: JSON Schema of a table or of `bulletin.toml`, or a table's header row.

use bulletin::error::Error;
use bulletin::model::table::Table;

use super::terminal::Terminal;
use super::{Outcome, Ran};

/// Print the JSON Schema of a table or of bulletin.toml; without a name, list the fields of all tables and
/// the formats that `[[input]]` knows
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples: bulletin schema calls\n          bulletin schema bulletin.toml\n          \
    bulletin schema calls --csv > calls.csv")]
pub struct Schema {
    /// sessions, agenda, key-messages, calls, deadlines, news, people, or bulletin.toml
    table: Option<String>,
    /// Print the table's header row as CSV instead, to start a file with
    #[arg(long, requires = "table")]
    csv: bool,
}

impl Schema {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let Some(name) = &self.table else {
            for table in Table::ALL {
                terminal.result(&bulletin::schema::listing(table))?;
            }
            terminal.result(&bulletin::schema::formats())?;
            return Ok(Outcome::Fine);
        };
        if matches!(name.as_str(), "bulletin.toml" | "bulletin" | "config") && !self.csv {
            terminal.result(&format!("{:#}\n", bulletin::schema::config()))?;
            return Ok(Outcome::Fine);
        }
        if name == "bulletin.toml" {
            return Err(Error::Usage("`bulletin.toml` is no table and has no header row; leave out `--csv`".into()));
        }
        let Some(table) = Table::from_name(name) else {
            let names: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
            let names = names.join("`, `");
            return Err(Error::Usage(format!("there is no table `{name}`; it is one of `{names}`, `bulletin.toml`")));
        };
        if self.csv {
            terminal.result(&bulletin::schema::header(table))?;
        } else {
            terminal.result(&format!("{:#}\n", bulletin::schema::table(table)))?;
        }
        Ok(Outcome::Fine)
    }
}
