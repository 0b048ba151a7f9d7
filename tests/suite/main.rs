//! The one test program: what a person sees is compared with real files in folders that a person can open.
#![expect(clippy::disallowed_methods, reason = "tests write what the program is to read")]

mod cli;
mod diagnostics;
mod editions;
mod house;
mod pages;
mod properties;
mod sheets;
mod support;
