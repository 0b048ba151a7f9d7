//! `bulletin man`: the manual page.

use bulletin::error::Error;

use super::terminal::Terminal;
use super::{Outcome, Ran, command};

/// Print the manual page
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: bulletin man > bulletin.1 && man ./bulletin.1")]
pub struct Man {
    /// The command whose page is printed; that of the program where empty
    command: Option<String>,
}

impl Man {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let program = command();
        let shown = match &self.command {
            None => program,
            Some(name) => program
                .find_subcommand(name)
                .cloned()
                .ok_or_else(|| Error::Usage(format!("there is no command `{name}`")))?,
        };
        let mut page = Vec::new();
        clap_mangen::Man::new(shown)
            .render(&mut page)
            .map_err(|cause| Error::Write { path: "the manual page".into(), cause })?;
        terminal.result(&String::from_utf8_lossy(&page))?;
        Ok(Outcome::Fine)
    }
}
