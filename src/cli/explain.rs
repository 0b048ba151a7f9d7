//! `bulletin explain`: what a finding means.

use bulletin::diagnostic::Code;
use bulletin::error::Error;

use super::terminal::Terminal;
use super::{Outcome, Ran};

/// Tell what a finding means and how to cure it; without a code, list all
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: bulletin explain ambiguous-date")]
pub struct Explain {
    /// The code in the brackets: `ambiguous-date`
    code: Option<String>,
}

impl Explain {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let Some(name) = &self.code else {
            let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
            for code in Code::ALL {
                terminal.result(&format!("{:width$}  {}\n", code.as_str(), code.summary()))?;
            }
            return Ok(Outcome::Fine);
        };
        let Some(code) = Code::from_name(name) else {
            return Err(Error::Usage(format!("there is no finding `{name}`; `bulletin explain` lists all")));
        };
        terminal.result(&format!("{code}: {}\n\n{}", code.summary(), code.explanation()))?;
        Ok(Outcome::Fine)
    }
}
