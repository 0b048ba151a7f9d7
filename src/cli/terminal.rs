//! The one place that prints: results to stdout, telling to stderr.

use std::cell::RefCell;
use std::io::{ErrorKind, IsTerminal, Write};

use anstream::AutoStream;
use bulletin::error::Error;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// stdout and stderr.
pub struct Terminal {
    choice: anstream::ColorChoice,
    bar: RefCell<Option<ProgressBar>>,
}

impl Terminal {
    pub fn new(color: clap::ColorChoice) -> Terminal {
        let choice = match color {
            clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
            clap::ColorChoice::Always => anstream::ColorChoice::Always,
            clap::ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Terminal { choice, bar: RefCell::new(None) }
    }

    /// Prints a result. A reader that closed its end is no error, a full disk is one.
    pub fn result(&self, text: &str) -> Result<(), Error> {
        let mut out = AutoStream::new(std::io::stdout().lock(), self.choice);
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(cause) if cause.kind() != ErrorKind::BrokenPipe => Err(Error::Print(cause)),
            _ => Ok(()),
        }
    }

    /// Tells something.
    pub fn tell(&self, text: &str) {
        self.end_progress();
        let mut out = AutoStream::new(std::io::stderr().lock(), self.choice);
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Tells what stopped the program, with every cause.
    pub fn error(&self, error: &Error) {
        let mut text = format!("error: {error}");
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            text.push_str(&format!(": {}", inner.to_string().to_lowercase()));
            cause = inner.source();
        }
        text.push('\n');
        self.tell(&text);
    }

    /// Shows how far long work has come, where stderr is a terminal.
    pub fn progress(&self, done: usize, total: usize) {
        // A few files are made faster than a bar can be read.
        if total < 8 || !std::io::stderr().is_terminal() {
            return;
        }
        let mut bar = self.bar.borrow_mut();
        let bar = bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{bar:40} {pos} of {len} files");
            let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_position(done as u64);
    }

    fn end_progress(&self) {
        if let Some(bar) = self.bar.borrow_mut().take() {
            bar.finish_and_clear();
        }
    }
}
