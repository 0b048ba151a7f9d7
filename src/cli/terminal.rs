//! The one place that prints: results to stdout, telling to stderr.

use std::cell::RefCell;
use std::io::{ErrorKind, IsTerminal, Write};
use std::time::Duration;

use anstream::AutoStream;
use bulletin::error::Error;
use bulletin::pipeline::watch::{Progress, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// stdout and stderr.
pub struct Terminal {
    choice: anstream::ColorChoice,
    bar: RefCell<Option<ProgressBar>>,
    /// How far the reading has come; hidden until it takes long.
    reading: RefCell<Option<ProgressBar>>,
}

/// Reading that is over sooner has no bar: nobody could read it.
const PATIENCE: Duration = Duration::from_secs(2);

impl Terminal {
    pub fn new(color: clap::ColorChoice) -> Terminal {
        let choice = match color {
            clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
            clap::ColorChoice::Always => anstream::ColorChoice::Always,
            clap::ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Terminal { choice, bar: RefCell::new(None), reading: RefCell::new(None) }
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

    /// Gives what shows how far the reading has come, where stderr is a terminal and it takes long.
    pub fn watch(&self) -> Watch {
        if !std::io::stderr().is_terminal() {
            return Watch::default();
        }
        let style = ProgressStyle::with_template("{bar:40} {percent} %, {msg}");
        let bar = ProgressBar::hidden().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        *self.reading.borrow_mut() = Some(bar.clone());
        Watch::new(move |Progress { rows, bytes, total }| {
            if bytes >= total {
                bar.finish_and_clear();
            } else if bar.elapsed() >= PATIENCE {
                if bar.is_hidden() {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                }
                bar.set_length(total as u64);
                bar.set_position(bytes as u64);
                bar.set_message(format!("{rows} rows, {:.0} a second", rows as f64 / bar.elapsed().as_secs_f64()));
            }
        })
    }

    fn end_progress(&self) {
        for bar in [&self.bar, &self.reading] {
            if let Some(bar) = bar.borrow_mut().take() {
                bar.finish_and_clear();
            }
        }
    }
}
