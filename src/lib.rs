//! bulletin
pub mod artifact;
pub mod diagnostic;
pub mod error;
pub mod locale;
pub mod model;
pub mod prose;
pub mod render;
pub mod source;
pub mod theme;
pub mod typeset;
