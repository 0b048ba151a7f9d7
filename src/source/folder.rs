//! Where the files of a publication lie.
#![expect(clippy::disallowed_methods, reason = "the one room where bytes come in")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use arcstr::ArcStr;
use glob::MatchOptions;

use super::{Content, LARGEST_FILE, walk};
use crate::error::Error;

/// What says how the files of a publication are read.
const CONFIG: &str = "bulletin.toml";

/// Where a publication's files lie.
#[derive(Debug, Clone)]
pub enum Folder {
    /// On disk.
    Disk(PathBuf),
    /// Files on disk, each named by its path, with the text of the `bulletin.toml` that says how they are read.
    Named {
        /// The text of `bulletin.toml`.
        config: String,
        /// The paths.
        files: Vec<String>,
    },
    /// In memory, by name: for tests, and for programs that have the data at hand.
    Memory(BTreeMap<String, Vec<u8>>),
}

impl Folder {
    /// Gives a file's name as it is shown.
    pub fn shown(&self, name: &str) -> String {
        match self {
            Folder::Disk(folder) => folder.join(name).display().to_string().replace('\\', "/"),
            // It lies nowhere: whoever started the program said so.
            Folder::Named { .. } if name == CONFIG => "<options>".to_owned(),
            Folder::Named { .. } | Folder::Memory(_) => name.to_owned(),
        }
    }

    /// Lists the files directly in it, sorted by name.
    pub fn list(&self) -> Result<Vec<String>, Error> {
        let folder = match self {
            Folder::Memory(files) => return Ok(files.keys().filter(|name| !name.contains('/')).cloned().collect()),
            Folder::Named { files, .. } => return Ok(files.clone()),
            Folder::Disk(folder) => folder,
        };
        let fail = |cause| Error::Read { path: folder.clone(), cause };
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            // A name that is not Unicode cannot be that of a table. What is no file is told when it is read.
            names.extend(entry.file_name().into_string());
        }
        names.sort();
        Ok(names)
    }

    /// Lists the files that a path or pattern (`*`, `?`, `[…]`, `**`) names, sorted. `None`: they are more than `most`.
    /// On disk a file that has several names is listed once, and no sign of a pattern follows a link to a folder.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn matching(&self, pattern: &str, most: usize) -> Result<Option<Vec<String>>, Error> {
        if let Folder::Named { files, .. } = self {
            return Ok(Some(files.iter().filter(|name| *name == pattern).take(1).cloned().collect()));
        }
        // `./news.csv` is `news.csv`: a file must not be read twice.
        let parts: Vec<&str> = pattern.split('/').collect();
        let parts = parts.iter().enumerate().filter(|(at, part)| **part != "." && (*at == 0 || !part.is_empty()));
        let pattern = &parts.map(|(_, part)| *part).collect::<Vec<_>>().join("/");
        let plain = !pattern.contains(['*', '?', '[']);
        let names: Vec<String> = match self {
            Folder::Memory(files) if plain => {
                files.contains_key(pattern).then(|| pattern.to_owned()).into_iter().collect()
            }
            Folder::Memory(files) => {
                let pattern = glob::Pattern::new(pattern).unwrap_or_default();
                // As on disk, where `**` alone goes into folders.
                let options = MatchOptions { require_literal_separator: true, ..MatchOptions::default() };
                files.keys().filter(|name| pattern.matches_with(name, options)).cloned().collect()
            }
            Folder::Named { .. } => Vec::new(),
            // What is there and cannot be read is told when it is.
            Folder::Disk(folder) if plain => {
                let is_there = folder.join(pattern).try_exists().unwrap_or(true);
                is_there.then(|| pattern.to_owned()).into_iter().collect()
            }
            Folder::Disk(folder) => return walk::matching(folder, pattern, most),
        };
        Ok(Some(names).filter(|names| names.len() <= most))
    }

    /// Says whether a name leads out of the publication: by an absolute path, by `..`, or by a link on disk.
    pub fn leads_out(&self, name: &str) -> bool {
        match self {
            // Each file was named by who started the program.
            Folder::Named { .. } => false,
            Folder::Memory(files) => !files.contains_key(name) && !stays_below(name),
            Folder::Disk(_) if !stays_below(name) => true,
            Folder::Disk(folder) => match (fs::canonicalize(folder), fs::canonicalize(folder.join(name))) {
                (Ok(folder), Ok(place)) => !place.starts_with(folder),
                // What is not there is told when it is read.
                _ => false,
            },
        }
    }

    /// Gives the path of a file on disk.
    fn place(&self, name: &str) -> Option<PathBuf> {
        match self {
            Folder::Disk(folder) => Some(folder.join(name)),
            Folder::Named { files, .. } => files.iter().find(|known| *known == name).map(PathBuf::from),
            Folder::Memory(_) => None,
        }
    }

    /// Reads a file, at most so many bytes of it.
    pub fn bytes(&self, name: &str, most: usize) -> Result<Cow<'_, [u8]>, Error> {
        if let Some(path) = self.place(name) {
            return read_bytes(&path, most).map(Cow::Owned).map_err(|cause| Error::Read { path, cause });
        }
        let bytes = match self {
            Folder::Memory(files) => files.get(name).map(Vec::as_slice),
            Folder::Named { config, .. } if name == CONFIG => Some(config.as_bytes()),
            Folder::Named { .. } | Folder::Disk(_) => None,
        };
        let missing = || Error::Read { path: name.into(), cause: ErrorKind::NotFound.into() };
        bytes.map(|bytes| bytes[..bytes.len().min(most)].into()).ok_or_else(missing)
    }

    /// Reads a file of text.
    pub fn read(&self, name: &str) -> Result<Content<'_>, Error> {
        if let Some(text) = self.place(name).and_then(|path| read_text(&path)) {
            return Ok(Content::Text(text));
        }
        // One byte more than is taken tells that there is more.
        self.bytes(name, LARGEST_FILE + 1).map(Content::Bytes)
    }
}

/// Says whether a path, as it is written, stays below the folder that it starts at, on every system.
fn stays_below(path: &str) -> bool {
    let mut parts = path.split(['/', '\\']);
    !path.starts_with(['/', '\\']) && parts.all(|part| part != "..") && !path.contains(':')
}

/// Opens a file. A device or a pipe is none: it may never end, or never begin.
fn open(path: &Path) -> io::Result<fs::File> {
    let meta = fs::metadata(path)?;
    if meta.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"));
    }
    if !meta.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is a device or a pipe, not a file"));
    }
    fs::File::open(path)
}

fn read_bytes(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file into the place where its text stays, so that a large one is never held twice. `None`: it is no file of
/// UTF-8, or cannot be read.
fn read_text(path: &Path) -> Option<ArcStr> {
    let mut file = open(path).ok()?;
    let len = usize::try_from(file.metadata().ok()?.len()).ok()?;
    if len == 0 || len > LARGEST_FILE {
        return None;
    }
    let mut whole = true;
    let text = ArcStr::init_with(len, |bytes| whole = file.read_exact(bytes).is_ok());
    // It may have grown since it was measured.
    let ended = file.read(&mut [0]).is_ok_and(|more| more == 0);
    text.ok().filter(|_| whole && ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stays_in_its_folder_in_memory_as_on_disk() {
        let names = ["a.csv", "old/b.csv", "old/more/c.csv"];
        let folder = Folder::Memory(names.map(|name| (name.to_owned(), Vec::new())).into());
        for (pattern, expected) in [
            ("*.csv", &names[..1]),
            ("*/*.csv", &names[1..2]),
            ("old/*", &names[1..2]),
            ("**/*.csv", &names),
            ("old/**/*.csv", &names[1..]),
        ] {
            let found = folder.matching(pattern, 9).expect("nothing is read").expect("they are few");
            assert_eq!(found, expected, "{pattern}");
        }
    }
}
