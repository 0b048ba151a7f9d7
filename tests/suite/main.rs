//! The one test program: what a person sees is compared with real files in folders that a person can open.

mod cli;
mod diagnostics;
mod editions;
mod house;
mod pages;
mod properties;
mod support;
