//! Writes the English spellings that the copy desk knows, those of the `varcon` crate, in a form that is read where it
//! lies. As data of the program they would be a quarter of a million pointers, which every start has to set right.
//!
//! So would 140,000 other pointers be, of tables of zones, glyphs and fonts that libraries bring: 2 ms of every start on
//! Linux, for which the linker can settle them once. The program's own code then lies at one address; its memory and the
//! libraries of the system still do not.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a build script speaks to Cargo and writes for it"
)]

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use fst::MapBuilder;
use varcon::{Category, Tag, VARCON, Variant};

/// The three ways that are told apart, in the order of the bits of `Ways` in `src/copydesk/spelling.rs`.
const WAYS: [Category; 3] = [Category::American, Category::BritishIse, Category::BritishIze];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| env::var(format!("CARGO_CFG_TARGET_{part}"));
    if target("OS")? == "linux" && target("ENV")? == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    let folder = env::var("OUT_DIR")?;
    let (mut words, mut entries, mut places) = (MapBuilder::memory(), String::new(), HashMap::new());
    for (word, (ways, entry)) in spellings() {
        let at = *places.entry(entry).or_insert_with_key(|entry| {
            writeln!(entries, "{entry}").expect("a String takes everything");
            entries.len() - entry.len() - 1
        });
        words.insert(word, u64::try_from(at)? << 3 | u64::from(ways))?;
    }
    fs::write(Path::new(&folder).join("spellings.fst"), words.into_inner()?)?;
    fs::write(Path::new(&folder).join("spellings.txt"), entries)?;
    Ok(())
}

/// Gives each word that is written in one way or two of the three, and that means one thing: its ways as bits, and how
/// each of the three writes it (`-` where that is not known).
fn spellings() -> BTreeMap<&'static str, (u8, String)> {
    let mut known: BTreeMap<&str, Option<(u8, String)>> = BTreeMap::new();
    for cluster in VARCON {
        let is_split = cluster.notes.iter().any(|note| !note.is_empty());
        for entry in cluster.entries {
            let is_special = is_split || entry.pos.is_some() || entry.note.is_some() || entry.description.is_some();
            let preferred = WAYS.map(|way| {
                let is_preferred = |v: &&Variant| v.types.iter().any(|t| t.tag.is_none() && t.category == way);
                entry.variants.iter().find(is_preferred).map_or("-", |variant| variant.word)
            });
            for variant in entry.variants {
                let ways = ways(variant);
                let tells = !is_special && ways != 0 && ways != 7;
                let spelling = tells.then(|| (ways, preferred.join(" ")));
                // A word of two entries has two meanings.
                known.entry(variant.word).and_modify(|spelling| *spelling = None).or_insert(spelling);
            }
        }
    }
    // The desk reads words of five small letters and more.
    let is_read = |word: &str| word.len() >= 5 && word.bytes().all(|b| b.is_ascii_lowercase());
    known.into_iter().filter(|(word, _)| is_read(word)).filter_map(|(word, found)| Some((word, found?))).collect()
}

fn ways(variant: &Variant) -> u8 {
    let types = variant.types.iter().filter(|t| t.tag != Some(Tag::Improper));
    types.filter_map(|t| WAYS.iter().position(|way| *way == t.category)).fold(0, |all, at| all | 1 << at)
}
