//! Where the files of a publication lie.
#![expect(clippy::disallowed_methods, reason = "the one room where bytes come in")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use arcstr::ArcStr;

use super::{Content, LARGEST_FILE};
use crate::error::Error;

/// Where a publication's files lie.
#[derive(Debug, Clone)]
pub enum Folder {
    /// On disk.
    Disk(PathBuf),
    /// In memory, by name: for tests, and for programs that have the data at hand.
    Memory(BTreeMap<String, Vec<u8>>),
}

impl Folder {
    /// Gives a file's name as it is shown.
    pub fn shown(&self, name: &str) -> String {
        match self {
            Folder::Disk(folder) => folder.join(name).display().to_string().replace('\\', "/"),
            Folder::Memory(_) => name.to_owned(),
        }
    }

    /// Lists the files directly in it, sorted by name.
    pub fn list(&self) -> Result<Vec<String>, Error> {
        let folder = match self {
            Folder::Memory(files) => return Ok(files.keys().filter(|name| !name.contains('/')).cloned().collect()),
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

    /// Lists the files that a path or pattern (`*`, `?`, `[…]`, `**`) names, sorted.
    ///
    /// # Errors
    /// A path without pattern that names no file, or a folder that cannot be read.
    pub fn matching(&self, pattern: &str) -> Result<Vec<String>, Error> {
        // `./news.csv` is `news.csv`: a file must not be read twice.
        let parts: Vec<&str> = pattern.split('/').collect();
        let parts = parts.iter().enumerate().filter(|(at, part)| **part != "." && (*at == 0 || !part.is_empty()));
        let pattern = &parts.map(|(_, part)| *part).collect::<Vec<_>>().join("/");
        let plain = !pattern.contains(['*', '?', '[']);
        match self {
            Folder::Memory(files) if plain => {
                Ok(files.contains_key(pattern).then(|| pattern.to_owned()).into_iter().collect())
            }
            Folder::Memory(files) => {
                let pattern = glob::Pattern::new(pattern).unwrap_or_default();
                Ok(files.keys().filter(|name| pattern.matches(name)).cloned().collect())
            }
            Folder::Disk(_) if plain => Ok(vec![pattern.to_owned()]),
            Folder::Disk(folder) => {
                // What stands before the pattern may itself hold such signs; only the pattern's own count.
                let base = glob::Pattern::escape(&folder.to_string_lossy());
                let Ok(paths) = glob::glob(&format!("{base}/{pattern}")) else { return Ok(Vec::new()) };
                let mut names = Vec::new();
                for path in paths {
                    let path = path.map_err(|error| Error::Read { path: error.path().into(), cause: error.into() })?;
                    if path.is_file() {
                        let name = path.strip_prefix(folder).unwrap_or(&path);
                        names.push(name.to_string_lossy().replace('\\', "/"));
                    }
                }
                names.sort();
                Ok(names)
            }
        }
    }

    /// Reads a file, at most so many bytes of it.
    pub fn bytes(&self, name: &str, most: usize) -> Result<Cow<'_, [u8]>, Error> {
        match self {
            Folder::Disk(folder) => {
                let path = folder.join(name);
                let mut bytes = Vec::new();
                let read = fs::File::open(&path).and_then(|file| file.take(most as u64).read_to_end(&mut bytes));
                read.map(|_| bytes.into()).map_err(|cause| Error::Read { path, cause })
            }
            Folder::Memory(files) => files
                .get(name)
                .map(|bytes| bytes[..bytes.len().min(most)].into())
                .ok_or_else(|| Error::Read { path: name.into(), cause: std::io::ErrorKind::NotFound.into() }),
        }
    }

    /// Reads a file of text.
    pub fn read(&self, name: &str) -> Result<Content<'_>, Error> {
        if let Folder::Disk(folder) = self
            && let Some(text) = read_text(&folder.join(name))
        {
            return Ok(Content::Text(text));
        }
        // One byte more than is taken tells that there is more; a file without end is not read for ever.
        self.bytes(name, LARGEST_FILE + 1).map(Content::Bytes)
    }
}

/// Reads a file into the place where its text stays, so that a large one is never held twice. `None`: it is no file of
/// UTF-8, or cannot be read.
fn read_text(path: &Path) -> Option<ArcStr> {
    let mut file = fs::File::open(path).ok()?;
    let len = usize::try_from(file.metadata().ok().filter(fs::Metadata::is_file)?.len()).ok()?;
    if len == 0 || len > LARGEST_FILE {
        return None;
    }
    let mut whole = true;
    let text = ArcStr::init_with(len, |bytes| whole = file.read_exact(bytes).is_ok());
    // It may have grown since it was measured.
    let ended = file.read(&mut [0]).is_ok_and(|more| more == 0);
    text.ok().filter(|_| whole && ended)
}
