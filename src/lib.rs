//! bulletin
pub mod arrange;
pub mod artifact;
pub mod config;
pub mod diagnostic;
pub mod error;
pub mod locale;
pub mod merge;
pub mod model;
pub mod prose;
pub mod read;
pub mod record;
pub mod render;
pub mod source;
pub mod theme;
pub mod typeset;
