//! Typst text to PDF, in memory: no disk, no packages, no network, no clock, no fonts but our own.
//!
//! The files conform to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2); a document that cannot is an error, never a
//! lesser file. Same text, same bytes.

mod engine;
mod read;
mod world;

pub use engine::{Document, Typesetter};
