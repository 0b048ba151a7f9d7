//! Bytes to records: one file for each format.

pub mod csv;
pub mod json;
pub mod toml;

/// The longest text of one cell, in bytes (1 MiB).
pub const LONGEST_CELL: usize = 1 << 20;
