//! To a folder: all files or none. They are written beside it first, and then take the places of the former ones.
#![expect(clippy::disallowed_methods, reason = "the one room where bytes go out")]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

use crate::artifact::Artifact;
use crate::error::Error;

/// How many files are on their way to the disk at once.
const SYNCED_AT_ONCE: usize = 8;

/// Writes all artifacts into `folder`, which is made where it is missing; gives their paths. Files named in `absent`
/// are taken away: they are of another edition, and somebody would send them.
///
/// The bytes go to a folder beside them on the same disk and are synced. Only when all lie there, each takes its place
/// by an atomic rename. A failure before leaves the former files as they were; one between two renames puts back those
/// that were replaced or taken away.
///
/// # Errors
/// [`Error::Write`] with the file and the cause.
pub fn deliver(artifacts: &[Artifact], absent: &[String], folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |cause| Error::Write { path, cause }
    };
    if folder.is_file() {
        return Err(fail(folder)(io::Error::new(io::ErrorKind::NotADirectory, "it is a file, not a folder")));
    }
    fs::create_dir_all(folder).map_err(fail(folder))?;
    let beside = tempfile::Builder::new().prefix(".bulletin-").tempdir_in(folder).map_err(fail(folder))?;
    let places: Vec<PathBuf> = artifacts.iter().map(|artifact| folder.join(&artifact.name)).collect();
    for (artifact, place) in artifacts.iter().zip(&places) {
        fs::write(beside.path().join(&artifact.name), &artifact.bytes).map_err(fail(place))?;
        keep(place, &former(beside.path(), &artifact.name)).map_err(fail(place))?;
    }
    sync(beside.path(), artifacts).map_err(|(name, cause)| Error::Write { path: folder.join(name), cause })?;
    let names: Vec<&String> = artifacts.iter().map(|artifact| &artifact.name).chain(absent).collect();
    let undo = |count: usize| {
        for name in names.iter().take(count) {
            restore(&former(beside.path(), name), &folder.join(name));
        }
    };
    for (at, (artifact, place)) in artifacts.iter().zip(&places).enumerate() {
        if let Err(cause) = fs::rename(beside.path().join(&artifact.name), place) {
            undo(at);
            return Err(Error::Write { path: place.clone(), cause });
        }
    }
    for (at, name) in absent.iter().enumerate() {
        let place = folder.join(name);
        let removed = keep(&place, &former(beside.path(), name)).and_then(|()| fs::remove_file(&place));
        match removed {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                undo(artifacts.len() + at);
                return Err(Error::Write { path: place, cause });
            }
            _ => {}
        }
    }
    Ok(places)
}

/// Replaces the text of one file by an atomic rename; its permissions stay. A file that is no longer what was read is
/// left as it is.
///
/// # Errors
/// [`Error::Changed`] for such a file; else [`Error::Write`] with the file and the cause.
pub fn replace(path: &Path, read: &str, text: &str) -> Result<(), Error> {
    let fail = |cause| Error::Write { path: path.to_owned(), cause };
    // A link stays a link: the file behind it is replaced.
    let place = fs::canonicalize(path).map_err(fail)?;
    if fs::read(&place).map_err(fail)? != read.as_bytes() {
        return Err(Error::Changed { path: path.to_owned() });
    }
    let replaced = || {
        let folder = place.parent().unwrap_or(Path::new("."));
        let mut beside = tempfile::Builder::new().prefix(".bulletin-").tempfile_in(folder)?;
        beside.write_all(text.as_bytes())?;
        beside.as_file().set_permissions(fs::metadata(&place)?.permissions())?;
        beside.as_file().sync_all()?;
        beside.persist(&place)?;
        Ok(())
    };
    replaced().map_err(fail)
}

fn former(beside: &Path, name: &str) -> PathBuf {
    beside.join(format!("{name}.former"))
}

/// Waits until the files lie on the disk; for many at once, which takes a disk little more than one. A disk that is full
/// may say so only now.
fn sync<'a>(folder: &Path, artifacts: &'a [Artifact]) -> Result<(), (&'a str, io::Error)> {
    let one = |artifact: &'a Artifact| {
        let file = File::options().write(true).open(folder.join(&artifact.name));
        file.and_then(|file| file.sync_all()).map_err(|cause| (artifact.name.as_str(), cause))
    };
    thread::scope(|scope| {
        let shares = artifacts.chunks(artifacts.len().div_ceil(SYNCED_AT_ONCE).max(1));
        let shares: Vec<_> = shares.map(|share| scope.spawn(move || share.iter().try_for_each(one))).collect();
        shares.into_iter().try_for_each(|share| share.join().expect("nothing in it panics"))
    })
}

/// Keeps the former file under a second name, so that it can be put back.
fn keep(place: &Path, copy: &Path) -> io::Result<()> {
    match fs::symlink_metadata(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(meta) if meta.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "a folder is in its place")),
        // Not every file system has hard links.
        Ok(_) => fs::hard_link(place, copy).or_else(|_| fs::copy(place, copy).map(drop)),
    }
}

fn restore(copy: &Path, place: &Path) {
    // Nothing better can be done if this fails too: the cause of the first failure is what is told.
    let _ = if copy.exists() { fs::rename(copy, place) } else { fs::remove_file(place) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::Kind;

    fn artifact(name: &str, bytes: &str) -> Artifact {
        Artifact { name: name.into(), kind: Kind::Newsletter, bytes: bytes.into() }
    }

    fn files(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("Unicode"))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn files_take_the_places_of_the_former_ones() {
        let temp = tempfile::tempdir().expect("a folder");
        let out = temp.path().join("a/b");
        deliver(&[artifact("x", "1"), artifact("y", "1")], &[], &out).expect("written");
        let paths = deliver(&[artifact("x", "2")], &["gone".into()], &out).expect("written");
        assert_eq!(paths, [out.join("x")]);
        assert_eq!(files(&out), ["x", "y"]);
        assert_eq!(fs::read_to_string(out.join("x")).expect("text"), "2");
    }

    #[test]
    fn what_is_no_longer_what_was_read_is_left_alone() {
        let temp = tempfile::tempdir().expect("a folder");
        let place = temp.path().join("x");
        fs::write(&place, "2").expect("written");
        let error = replace(&place, "1", "3").expect_err("not written");
        assert!(error.to_string().ends_with("is no longer what was read; run `check --fix` again"));
        assert_eq!(fs::read_to_string(&place).expect("text"), "2");
        replace(&place, "2", "3").expect("written");
        assert_eq!(fs::read_to_string(&place).expect("text"), "3");
    }

    #[test]
    fn a_failure_leaves_all_former_files_whole() {
        let temp = tempfile::tempdir().expect("a folder");
        let out = temp.path();
        deliver(&[artifact("x", "1")], &[], out).expect("written");
        fs::create_dir(out.join("y")).expect("a folder");
        let error =
            deliver(&[artifact("x", "2"), artifact("z", "2"), artifact("y", "2")], &[], out).expect_err("not written");
        assert!(error.to_string().contains("nothing was changed"));
        assert_eq!(files(out), ["x", "y"]);
        assert_eq!(fs::read_to_string(out.join("x")).expect("text"), "1");
    }

    #[test]
    fn a_failure_between_two_renames_puts_the_former_files_back() {
        let temp = tempfile::tempdir().expect("a folder");
        let out = temp.path();
        deliver(&[artifact("x", "1"), artifact("gone", "1")], &[], out).expect("written");
        // A folder in the place of an absent file cannot be removed as a file: the last step fails.
        fs::create_dir(out.join("y")).expect("a folder");
        let error = deliver(&[artifact("x", "2"), artifact("z", "2")], &["gone".into(), "y".into()], out)
            .expect_err("not written");
        assert!(error.to_string().contains("nothing was changed"));
        assert_eq!(files(out), ["gone", "x", "y"]);
        assert_eq!(fs::read_to_string(out.join("x")).expect("text"), "1");
    }

    #[test]
    fn a_file_of_another_edition_is_taken_away() {
        let temp = tempfile::tempdir().expect("a folder");
        let out = temp.path();
        deliver(&[artifact("x", "1"), artifact("y", "1")], &[], out).expect("written");
        deliver(&[artifact("x", "2")], &["y".into()], out).expect("written");
        assert_eq!(files(out), ["x"]);
    }
}
