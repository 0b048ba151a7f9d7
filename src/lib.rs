//! bulletin
pub mod artifact;
pub mod diagnostic;
pub mod error;
pub mod locale;
pub mod model;
pub mod prose;
pub mod read;
pub mod record;
pub mod source;
pub mod theme;
