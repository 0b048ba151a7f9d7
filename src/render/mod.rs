//! An edition as text: each file here fills one template.

pub mod escape;
#[cfg(test)]
mod fixture;
mod listing;
pub mod persons;
pub mod summary;
mod timeline;
mod typ;
