//! `bulletin completions`: for the shell.

use super::terminal::Terminal;
use super::{Outcome, Ran, command};

/// Print shell completions
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: bulletin completions bash > ~/.local/share/bash-completion/completions/bulletin")]
pub struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command(), "bulletin", &mut script);
        terminal.result(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Fine)
    }
}
