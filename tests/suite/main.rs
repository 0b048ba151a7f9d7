//! The one test program: what a person sees is compared with real files in folders that a person can open.
#![expect(clippy::disallowed_methods, reason = "tests write what the program is to read")]

#[cfg(feature = "typst")]
mod attach;
mod bounds;
mod cli;
mod desk;
mod diagnostics;
mod editions;
#[cfg(all(feature = "typst", feature = "genpdf"))]
mod engines;
mod exchange;
mod foreign;
mod harbour;
mod house;
#[cfg(feature = "typst")]
mod looks;
mod merge;
#[cfg(feature = "typst")]
mod pages;
#[cfg(feature = "typst")]
mod paper;
mod parts;
#[cfg(feature = "genpdf")]
mod plain;
#[cfg(feature = "typst")]
mod press;
#[cfg(feature = "typst")]
mod privacy;
mod proof;
mod properties;
#[cfg(feature = "typst")]
mod sheets;
mod shown;
mod spreadsheets;
mod support;
mod tables;
mod trees;
mod workbooks;
