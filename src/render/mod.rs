//! An edition as text: each file here fills one template.

pub mod campaign;
pub mod html;
pub mod newsletter;
pub mod persons;
pub mod text;
