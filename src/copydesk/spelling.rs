//! English words that are spelled in another way elsewhere. The list is that of the varcon project; `build.rs` writes it.

use std::sync::LazyLock;

use fst::Map;

/// Ways of spelling English, as bits: American, British with `-ise`, British with `-ize`.
pub(super) type Ways = u8;

pub(super) const AMERICAN: Ways = 1;
pub(super) const ISE: Ways = 2;
pub(super) const IZE: Ways = 4;

/// For each word, the place of its entry in [`ENTRIES`] and, in the lowest three bits, its ways.
static WORDS: LazyLock<Map<&[u8]>> = LazyLock::new(|| {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/spellings.fst"));
    Map::new(bytes.as_slice()).expect("`build.rs` wrote it")
});

/// One line for each entry: how the three ways write it, in the order of their bits; `-` where that is not known.
const ENTRIES: &str = include_str!(concat!(env!("OUT_DIR"), "/spellings.txt"));

/// A word that is spelled in another way elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling {
    pub(super) ways: Ways,
    /// Its line in [`ENTRIES`].
    entry: &'static str,
}

impl Spelling {
    /// Gives the word as one of the ways writes it.
    pub(super) fn written(&self, way: Ways) -> Option<&'static str> {
        self.entry.split(' ').nth(way.trailing_zeros() as usize).filter(|word| *word != "-")
    }
}

/// Finds a word that not all spell alike. Words whose spelling tells their meaning apart (`practice`, `meter`) are left
/// alone, and so are capitals: they may be a name.
pub(super) fn spelling(word: &str) -> Option<Spelling> {
    // Both sides of the sea write these in both ways.
    const COMMON: [&str; 15] = [
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
        "burnt",
        "dreamt",
        "knelt",
        "leapt",
        "spilt",
    ];
    if word.len() < 5 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let found = WORDS.get(word)?;
    if COMMON.contains(&word) {
        return None;
    }
    let entry = ENTRIES.get(usize::try_from(found >> 3).ok()?..)?.lines().next()?;
    Some(Spelling { ways: (found & 7) as Ways, entry })
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
    }
}
