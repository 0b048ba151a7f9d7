//! A look of the publication's own, in a process of its own: one that never ends is stopped, one that asks for too much
//! memory ends that process alone.
//!
//! A line of JSON goes in for each document, a line of JSON and the bytes of the PDF come out. The process watches its
//! own time, so that it never outlives its limit, whatever becomes of the one that started it.
#![expect(clippy::disallowed_methods, reason = "the one room where processes are started")]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio, exit};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde::{Deserialize, Serialize};

use crate::artifact::{Attachment, Manuscript, Meta};
use crate::error::Error;
use crate::locale::Lang;
use crate::reading::Reading;
use crate::source::Str;

use super::engine::Typst;
use super::said::{Proof, Said};
use super::{Document, Limits, Worker};

/// Exit status of a process that took too long, as of the command `timeout`.
const TOO_LONG: i32 = 124;

/// What goes in.
#[derive(Serialize, Deserialize)]
struct Order {
    /// Said with the first document.
    look: Option<String>,
    text: String,
    title: String,
    author: Option<String>,
    keywords: Vec<String>,
    description: Option<String>,
    date: String,
    lang: String,
    attachments: Vec<Attachment>,
}

/// What comes out, followed by as many bytes as it says.
#[derive(Serialize, Deserialize)]
struct Answer {
    said: Vec<Said>,
    pdf: Option<(usize, Reading)>,
}

/// Sets the documents that come in until there are no more; for the program that [`Worker::program`] names.
///
/// A document that takes longer than the limit ends the process.
///
/// # Errors
/// Of the streams, and of orders that are none.
pub fn serve(mut orders: impl BufRead, mut answers: impl Write, limits: Limits) -> io::Result<()> {
    // macOS has the limit by name alone.
    #[cfg(all(unix, not(target_vendor = "apple")))]
    rlimit::setrlimit(rlimit::Resource::AS, limits.memory, limits.memory)?;
    let watch = watch(limits);
    let (mut typst, mut line) = (Typst::new(None), String::new());
    while orders.read_line(&mut line)? > 0 {
        let order: Order = serde_json::from_str(&line)?;
        line.clear();
        if let Some(look) = order.look {
            typst = Typst::new(Some(Str::from(look)));
        }
        let meta = Meta {
            title: order.title,
            author: order.author,
            keywords: order.keywords,
            description: order.description,
            date: order.date.parse().map_err(|_| io::ErrorKind::InvalidData)?,
            lang: Lang::from_tag(&order.lang).ok_or(io::ErrorKind::InvalidData)?.tag(),
        };
        let _ = watch.send(());
        let Proof { pdf, said } = typst.set(&order.text, &meta, &order.attachments);
        let _ = watch.send(());
        let (pdf, bytes) = match pdf {
            Some(Document { bytes, reading }) => (Some((bytes.len(), reading)), bytes),
            None => (None, Vec::new()),
        };
        serde_json::to_writer(&mut answers, &Answer { said, pdf })?;
        answers.write_all(b"\n")?;
        answers.write_all(&bytes)?;
        answers.flush()?;
    }
    Ok(())
}

/// Starts the watch: it is told when a document is begun and when it is done, and ends the process if that takes too
/// long.
fn watch(limits: Limits) -> Sender<()> {
    let (told, hears) = mpsc::channel();
    thread::spawn(move || {
        while hears.recv().is_ok() {
            if hears.recv_timeout(limits.time) == Err(RecvTimeoutError::Timeout) {
                exit(TOO_LONG);
            }
        }
    });
    told
}

/// The processes that are there; each thread of the press takes one for a document.
#[derive(Debug)]
pub(super) struct Crew {
    worker: Worker,
    idle: Mutex<Vec<Hand>>,
}

impl Crew {
    pub(super) fn new(worker: Worker) -> Self {
        Crew { worker, idle: Mutex::default() }
    }

    /// Sets a document, in a process that is idle or in a new one.
    pub(super) fn set(&self, look: &str, text: &str, manuscript: &Manuscript) -> Result<Proof, Error> {
        let fail = |cause| Error::Worker { program: self.worker.program.clone(), cause };
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (mut hand, look) = match idle {
            Some(hand) => (hand, None),
            None => (Hand::hire(&self.worker).map_err(fail)?, Some(look.to_owned())),
        };
        let meta = &manuscript.meta;
        let order = Order {
            look,
            text: text.to_owned(),
            title: meta.title.clone(),
            author: meta.author.clone(),
            keywords: meta.keywords.clone(),
            description: meta.description.clone(),
            date: meta.date.to_string(),
            lang: meta.lang.to_owned(),
            attachments: manuscript.attachments.clone(),
        };
        match hand.set(&order) {
            Ok(proof) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(hand);
                Ok(proof)
            }
            Err(cause) => {
                let (status, last_words) = hand.dismiss().map_err(fail)?;
                let said = self.epitaph(status, &last_words).ok_or_else(|| fail(cause))?;
                Ok(Proof { pdf: None, said: vec![said] })
            }
        }
    }

    /// Says why a process ended before its document was done; `None` where the look is not the cause.
    fn epitaph(&self, status: ExitStatus, last_words: &str) -> Option<Said> {
        let Limits { time, memory } = self.worker.limits;
        if status.code() == Some(TOO_LONG) {
            let message = format!("the look was stopped: a document took longer than {} s", time.as_secs_f64());
            return Some(Said::of_look(message, "look for a loop or a recursion that never ends"));
        }
        if last_words.contains("memory allocation of") || last_words.contains("capacity overflow") {
            let message = format!("the look was stopped: a document took more than {} MiB of memory", memory >> 20);
            return Some(Said::of_look(message, "look for an array or a text that grows without bound"));
        }
        // A signal (POSIX) or a panic: a stack that was too small, as a rule.
        let crashed = status.code().is_none_or(|code| code == 101);
        crashed.then(|| {
            Said::of_look("the look made the compositor crash", "look for functions that call each other without end")
        })
    }
}

/// One process.
#[derive(Debug)]
struct Hand {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Hand {
    fn hire(worker: &Worker) -> io::Result<Hand> {
        let Worker { program, arguments, limits } = worker;
        let mut child = Command::new(program)
            .args(arguments)
            .arg(limits.time.as_secs_f64().to_string())
            .arg(limits.memory.to_string())
            // Documents are set side by side already; and each further thread takes address space.
            .env("RAYON_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let orders = child.stdin.take().expect("it was asked for");
        let answers = BufReader::new(child.stdout.take().expect("it was asked for"));
        Ok(Hand { child, orders, answers })
    }

    fn set(&mut self, order: &Order) -> io::Result<Proof> {
        let mut line = serde_json::to_string(order)?;
        line.push('\n');
        self.orders.write_all(line.as_bytes())?;
        self.orders.flush()?;
        line.clear();
        if self.answers.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let Answer { said, pdf } = serde_json::from_str(&line)?;
        let pdf = match pdf {
            Some((len, reading)) => {
                let mut bytes = Vec::new();
                self.answers.by_ref().take(len as u64).read_to_end(&mut bytes)?;
                if bytes.len() < len {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Some(Document { bytes, reading })
            }
            None => None,
        };
        Ok(Proof { pdf, said })
    }

    /// Ends the process and gives how it ended and what it told last.
    fn dismiss(mut self) -> io::Result<(ExitStatus, String)> {
        drop(self.orders);
        let mut told = Vec::new();
        if let Some(stderr) = self.child.stderr.take() {
            stderr.take(1 << 16).read_to_end(&mut told)?;
        }
        let status = self.child.wait()?;
        Ok((status, String::from_utf8_lossy(&told).into_owned()))
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        for hand in self.idle.get_mut().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // Without further orders it ends by itself; nothing hangs on how.
            let _ = hand.dismiss();
        }
    }
}
