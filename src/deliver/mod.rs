//! Artifacts to where they are wanted.

pub mod folder;
