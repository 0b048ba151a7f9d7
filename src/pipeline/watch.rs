//! How far the reading of tables has come, for whoever waits.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

/// What has been read so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows.
    pub rows: usize,
    /// Bytes of the files of data.
    pub bytes: usize,
    /// All bytes of these files.
    pub total: usize,
}

/// Is told every few thousand rows; the last time when all is read. Nobody watches unless somebody wants to.
#[derive(Clone, Default)]
pub struct Watch(Option<Arc<dyn Fn(Progress) + Send + Sync>>);

impl Watch {
    /// Calls `told` whenever a part of a file was read.
    pub fn new(told: impl Fn(Progress) + Send + Sync + 'static) -> Watch {
        Watch(Some(Arc::new(told)))
    }

    /// Starts to count what is read of so many bytes.
    pub(super) fn tally(&self, total: usize) -> Tally<'_> {
        Tally { watch: self, so_far: Cell::new(Progress { total, ..Progress::default() }) }
    }
}

/// Counts what has been read.
#[derive(Debug)]
pub(super) struct Tally<'w> {
    watch: &'w Watch,
    so_far: Cell<Progress>,
}

impl Tally<'_> {
    /// Gives how many bytes have been read.
    pub(super) fn bytes(&self) -> usize {
        self.so_far.get().bytes
    }

    /// Gives how many rows have been read.
    pub(super) fn rows(&self) -> usize {
        self.so_far.get().rows
    }

    /// Adds some rows, with which the reading has come to `bytes`.
    pub(super) fn take(&self, rows: usize, bytes: usize) {
        let before = self.so_far.get();
        let progress = Progress { rows: before.rows + rows, bytes, ..before };
        self.so_far.set(progress);
        if let Some(told) = &self.watch.0 {
            told(progress);
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Watch(somebody)" } else { "Watch(nobody)" })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use crate::pipeline::{Job, check};
    use crate::source::Folder;

    use super::*;

    #[test]
    fn who_watches_sees_the_reading_come_to_its_end() {
        let rows: String = (0..20_000).map(|row| format!("call-{row},Call {row},2024-09-01\n")).collect();
        let calls = format!("id,title,deadline\n{rows}");
        let config = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n";
        let news = "id,title\nn,N\n";
        let files = [("bulletin.toml", config), ("calls.csv", &calls), ("news.csv", news)];
        let folder = Folder::Memory(files.map(|(name, text)| (name.to_owned(), text.into())).into());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let watch = Watch::new({
            let seen = Arc::clone(&seen);
            move |progress| seen.lock().expect("nobody panicked").push(progress)
        });
        check(&Job { watch, ..Job::new(folder) }).expect("it is in memory");
        let seen = seen.lock().expect("nobody panicked");
        let total = calls.len() + news.len();
        assert!(seen.len() > 2, "a large file is told in parts");
        assert!(seen.is_sorted_by_key(|progress| (progress.rows, progress.bytes)));
        assert_eq!(seen.last(), Some(&Progress { rows: 20_001, bytes: total, total }));
    }
}
