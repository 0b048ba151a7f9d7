//! Proof-reading: what is wrong with the edition, though each row by itself is right. One file for each family.

pub mod characters;
pub mod completeness;
pub mod fit;
pub mod header;
