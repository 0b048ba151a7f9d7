//! How many cores there are for this process.

use std::num::NonZero;
use std::sync::OnceLock;
use std::thread;

/// Counts them once: to ask takes reading the files in which the system says how much of them is ours.
pub(crate) fn count() -> usize {
    static COUNT: OnceLock<usize> = OnceLock::new();
    *COUNT.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}
