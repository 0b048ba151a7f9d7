//! `bulletin` turns sessions, calls and news (spreadsheets, CSV, JSON, XML, calendars, feeds) into PDF summaries,
//! printed handouts, HTML newsletters and calendars that state the same facts, proof-read before they go out.
//!
//! # The map
//!
//! Nouns are what passes, verbs are what happens, one page tells the story ([`pipeline`]), and only that page knows
//! more than one verb.
//!
//! ```text
//! bytes ─ read ─▶ records ─ arrange ─▶ rows ─ decode ─▶ sessions, calls, news ─ merge ─▶ Edition
//!    Edition ─ copydesk ─▶ Report, whose ready cures ─ read::mend ─▶ the files again
//!    Edition + Locale + Theme ─ render ─▶ html, txt, typ       typ ─ typeset ─▶ pdf ─ impose ─▶ pdf for the press
//!    Edition + html, txt, pages ─ prove ─▶ every fact is there
//!    html + txt ─ pack ─▶ eml      Edition ─ pack ─▶ ics      Catalogue ─ pack ─▶ csv, json, xlsx
//! Artifacts ─ deliver ─▶ a folder
//! ```
//!
//! Nouns, each using only those above it: [`source`] (places in files), [`diagnostic`] (a problem in the data),
//! [`error`] (what stops the program), [`record`] (a row as found), [`prose`] (CommonMark), [`model`] (sessions, calls,
//! news, people, the edition: each type with its decoder), [`locale`] (how a language says it), [`theme`]
//! (colours), [`config`] (`bulletin.toml`, and the formats of other systems in its language), [`schema`] (the data
//! dictionary for machines), [`fact`] (what must be right), [`artifact`] (a finished file), [`reading`] (one that was read
//! back); `cores` counts what works side by side.
//!
//! Verbs, each about one foreign library and using no other verb: [`read`], [`arrange`], [`merge`], [`copydesk`],
//! [`render`], [`typeset`], [`prove`], [`impose`], [`pack`], [`deliver`].
//!
//! The front door, `main.rs` and `cli/`, is no part of the library: that one never prints, never asks the clock or the
//! environment, touches the disk in [`source`] and [`deliver`] alone, and starts processes in `typeset::worker` alone. A
//! problem in the user's data is a value; same input, same bytes.
//!
//! # Example
//!
//! ```
//! use bulletin::pipeline::{Job, build};
//! use bulletin::source::Folder;
//!
//! let config = "[edition]\ntitle = \"Research news\"\ndate = 2024-06-26\n";
//! let calls = "id,title,deadline\nseed-fund,Seed fund,19 September 2024\n";
//! let files = [("bulletin.toml", config), ("calls.csv", calls)];
//! let folder = Folder::Memory(files.map(|(name, text)| (name.to_owned(), text.into())).into());
//!
//! let built = build(&Job::new(folder), &|_, _| {})?;
//! let artifacts = built.artifacts.expect("the data has no errors");
//! let text = artifacts.iter().find(|artifact| artifact.name == "newsletter.txt").expect("a newsletter");
//! assert!(String::from_utf8_lossy(&text.bytes).contains("Seed fund"));
//! # Ok::<(), bulletin::error::Error>(())
//! ```

pub mod arrange;
pub mod artifact;
mod bytes;
pub mod config;
pub mod copydesk;
mod cores;
pub mod deliver;
pub mod diagnostic;
pub mod error;
pub mod fact;
pub mod impose;
pub mod locale;
pub mod merge;
pub mod model;
pub mod pack;
pub mod pipeline;
pub mod prose;
pub mod prove;
pub mod read;
pub mod reading;
pub mod record;
pub mod render;
pub mod schema;
pub mod source;
pub mod theme;
pub mod typeset;
