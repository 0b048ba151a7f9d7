//! English words that are spelled in another way elsewhere. The list is that of the varcon project; `build.rs` writes it.

use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// Ways of spelling English, as bits: American, British with `-ise`, British with `-ize`.
pub(super) type Ways = u8;

pub(super) const AMERICAN: Ways = 1;
pub(super) const ISE: Ways = 2;
pub(super) const IZE: Ways = 4;

/// One line for each word: the word, its ways, and how each of the ways writes it.
const LIST: &str = include_str!(concat!(env!("OUT_DIR"), "/spellings.txt"));

/// A word that is spelled in another way elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling {
    pub(super) ways: Ways,
    /// How the three ways write it, in the order of their bits; `-` where that is not known.
    written: &'static str,
}

impl Spelling {
    /// Gives the word as one of the ways writes it.
    pub(super) fn written(&self, way: Ways) -> Option<&'static str> {
        self.written.split(' ').nth(way.trailing_zeros() as usize).filter(|word| *word != "-")
    }
}

/// Finds a word that not all spell alike. Words whose spelling tells their meaning apart (`practice`, `meter`) are left
/// alone, and so are capitals: they may be a name.
pub(super) fn spelling(word: &str) -> Option<Spelling> {
    static KNOWN: OnceLock<FxHashMap<&'static str, Spelling>> = OnceLock::new();
    // Both sides of the sea write these in both ways.
    const COMMON: [&str; 10] = [
        "artifact",
        "artifacts",
        "artefact",
        "artefacts",
        "catalog",
        "catalogs",
        "dialog",
        "dialogs",
        "performant",
        "queueing",
    ];
    if word.len() < 5 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let known = KNOWN.get_or_init(|| {
        let mut known = FxHashMap::with_capacity_and_hasher(LIST.len() / 40, FxBuildHasher);
        known.extend(LIST.lines().filter_map(line).filter(|(word, _)| !COMMON.contains(word)));
        known
    });
    known.get(word).copied()
}

fn line(line: &'static str) -> Option<(&'static str, Spelling)> {
    let (word, rest) = line.split_once(' ')?;
    let (ways, written) = rest.split_once(' ')?;
    Some((word, Spelling { ways: ways.parse().ok()?, written }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_its_word() {
        let found = spelling("colour").expect("a word of two ways");
        assert_eq!(
            (found.ways, found.written(AMERICAN), found.written(IZE)),
            (ISE | IZE, Some("color"), Some("colour"))
        );
        let found = spelling("organise").expect("a word of two ways");
        assert_eq!(
            (found.ways, found.written(AMERICAN), found.written(ISE)),
            (ISE, Some("organize"), Some("organise"))
        );
        for word in ["practice", "meter", "Colour", "artefact", "table"] {
            assert!(spelling(word).is_none(), "{word}");
        }
        assert_eq!(LIST.lines().count(), LIST.lines().filter_map(line).count());
    }
}
