//! Which files on disk a pattern names. A link to a folder is followed where the pattern names it, and never by a sign
//! that stands for many: two links to the folder that they lie in have endlessly many paths.
#![expect(clippy::disallowed_methods, reason = "the one room where bytes come in")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use glob::Pattern;
use rustc_hash::FxHashSet;

use crate::error::Error;

/// What one part of a pattern, between two `/`, names.
enum Part<'p> {
    /// This name alone.
    Name(&'p str),
    /// The names that match.
    Some(Pattern),
    /// `**`: this folder and all below it.
    All,
}

/// Lists the files below `folder` that a pattern names, sorted, each once. `None`: they are more than `most`.
///
/// # Errors
/// A folder that cannot be read.
pub(super) fn matching(folder: &Path, pattern: &str, most: usize) -> Result<Option<Vec<String>>, Error> {
    let parts: Result<Vec<Part<'_>>, _> = pattern.split('/').map(part).collect();
    let Ok(mut parts) = parts else { return Ok(Some(Vec::new())) };
    parts.dedup_by(|one, other| matches!((one, other), (Part::All, Part::All)));
    let mut walk = Walk { folder, most, files: BTreeMap::new(), seen: FxHashSet::default() };
    walk.take(&parts, String::new())?;
    if walk.files.len() > most {
        return Ok(None);
    }
    let mut names: Vec<String> = walk.files.into_values().map(|(_, name)| name).collect();
    names.sort();
    Ok(Some(names))
}

fn part(part: &str) -> Result<Part<'_>, glob::PatternError> {
    Ok(match part {
        "**" => Part::All,
        _ if part.contains(['*', '?', '[']) => Part::Some(Pattern::new(part)?),
        _ => Part::Name(part),
    })
}

struct Walk<'f> {
    folder: &'f Path,
    most: usize,
    /// The files that were found: by the place that they have without links, whether the name is that of a link, and it.
    files: BTreeMap<PathBuf, (bool, String)>,
    /// The folders that were walked, each with the number of parts that were left.
    seen: FxHashSet<(String, usize)>,
}

impl Walk<'_> {
    /// Takes the files that the parts name, from a folder on; its name is empty or ends with `/`.
    fn take(&mut self, parts: &[Part<'_>], name: String) -> Result<(), Error> {
        let Some((part, rest)) = parts.split_first() else { return Ok(()) };
        if self.files.len() > self.most || !self.seen.insert((name.clone(), parts.len())) {
            return Ok(());
        }
        match part {
            Part::Name(part) => {
                self.enter(rest, format!("{name}{part}"), self.folder.join(&name).join(part).is_dir())?
            }
            Part::Some(pattern) => {
                for (entry, is_folder) in self.entries(&name)? {
                    if pattern.matches(&entry) {
                        self.enter(rest, format!("{name}{entry}"), is_folder)?;
                    }
                }
            }
            Part::All => {
                self.take(rest, name.clone())?;
                for (entry, is_folder) in self.entries(&name)? {
                    if is_folder {
                        self.take(parts, format!("{name}{entry}/"))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Goes on with what is left of the parts: in a folder, or with a file.
    fn enter(&mut self, rest: &[Part<'_>], name: String, is_folder: bool) -> Result<(), Error> {
        if !rest.is_empty() {
            return if is_folder { self.take(rest, name + "/") } else { Ok(()) };
        }
        let path = self.folder.join(&name);
        if path.is_file() {
            // What leads elsewhere is kept under its own name, so that it can be told.
            let place = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            let file = (path.is_symlink(), name);
            let known = self.files.entry(place).or_insert_with(|| file.clone());
            // Of several names the file's own is taken.
            *known = known.clone().min(file);
        }
        Ok(())
    }

    /// Lists what is in a folder, and whether each is a folder itself and no link to one.
    fn entries(&self, name: &str) -> Result<Vec<(String, bool)>, Error> {
        let path = self.folder.join(name);
        let fail = |cause| Error::Read { path: path.clone(), cause };
        let mut entries = Vec::new();
        for entry in fs::read_dir(&path).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let is_folder = entry.file_type().map_err(fail)?.is_dir();
            // A name that is not Unicode cannot be written into a `bulletin.toml`.
            entries.extend(entry.file_name().into_string().map(|name| (name, is_folder)));
        }
        entries.sort();
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publication() -> tempfile::TempDir {
        let temp = tempfile::tempdir().expect("a folder");
        for name in ["a.csv", "b.json", "talks/c.csv", "talks/deep/d.csv", "talks/[e]/f.csv"] {
            let path = temp.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "").expect("written");
        }
        temp
    }

    fn found(folder: &Path, pattern: &str) -> String {
        matching(folder, pattern, 10).expect("readable").map_or("too many".to_owned(), |names| names.join(" "))
    }

    #[test]
    fn patterns_name_files() {
        let temp = publication();
        for (pattern, expected) in [
            ("*.csv", "a.csv"),
            ("?.*", "a.csv b.json"),
            ("talks/*.csv", "talks/c.csv"),
            ("*/*.csv", "talks/c.csv"),
            ("**/*.csv", "a.csv talks/[e]/f.csv talks/c.csv talks/deep/d.csv"),
            ("**/**/d.csv", "talks/deep/d.csv"),
            ("**/deep/*", "talks/deep/d.csv"),
            ("talks/[[]e]/*", "talks/[e]/f.csv"),
            ("talks", ""),
            ("none/*.csv", ""),
            ("[", ""),
        ] {
            assert_eq!(found(temp.path(), pattern), expected, "{pattern}");
        }
        assert_eq!(matching(temp.path(), "**/*.csv", 3).expect("readable"), None);
    }

    #[cfg(unix)]
    #[test]
    fn links_end_and_a_file_is_named_once() {
        use std::os::unix::fs::symlink;
        let temp = publication();
        for (to, from) in [(".", "x"), (".", "y"), ("talks", "0"), ("../a.csv", "talks/a-again.csv")] {
            symlink(to, temp.path().join(from)).expect("a link");
        }
        assert_eq!(found(temp.path(), "**/*.csv"), "a.csv talks/[e]/f.csv talks/c.csv talks/deep/d.csv");
        assert_eq!(found(temp.path(), "talks/*.csv"), "talks/a-again.csv talks/c.csv");
        // Named as it is, a link is followed.
        assert_eq!(found(temp.path(), "0/*/d.csv"), "0/deep/d.csv");
    }
}
