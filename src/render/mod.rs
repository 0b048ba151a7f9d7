//! An edition as text: each file here fills one template.

pub mod campaign;
pub mod escape;
#[cfg(test)]
mod fixture;
pub mod html;
pub mod line;
mod listing;
pub mod newsletter;
pub mod page;
pub mod persons;
pub mod summary;
pub mod text;
mod timeline;
mod typ;
pub mod wrap;
