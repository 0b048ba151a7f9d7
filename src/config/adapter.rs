//! Formats of other systems, each a file of `templates/adapters` in the language of `[[input]]`.

use std::collections::BTreeSet;

use serde::Deserialize;

/// A format: how a file of it is known, and how it fills our tables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adapter {
    /// Its names, for `format`.
    pub names: Vec<String>,
    /// What writes it, for people.
    pub about: String,
    /// Ways that every file of it has, lists stepped over.
    has: Vec<String>,
    /// Ways of which every file has at least one, where there are any.
    #[serde(default)]
    any: Vec<String>,
    /// Ways that no file of it has.
    #[serde(default)]
    lacks: Vec<String>,
    /// Ways that only a broken file has, and what is wrong with it.
    #[serde(default)]
    pub broken: Vec<Broken>,
    /// Which rows fill which tables.
    #[serde(rename = "input")]
    _inputs: Vec<toml::Table>,
    /// The file.
    #[serde(skip)]
    pub text: &'static str,
}

/// What only a broken file has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Broken {
    /// The way to it.
    pub at: String,
    /// What is wrong with that.
    pub why: String,
}

macro_rules! adapters {
    ($($name:literal),+ $(,)?) => {
        const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/adapters/", $name, ".toml"))),)+];
    };
}

adapters![
    "pretalx",
    "pretalx-xml",
    "hub",
    "sessionize",
    "confs-tech",
    "pycon",
    "open-event",
    "pyvideo",
    "eu-portal",
    "eu-portal-table",
    "ai-deadlines",
    "icalendar",
    "rss",
    "rss-1",
    "atom",
    "schema-org",
];

impl Adapter {
    /// Gives all formats.
    pub fn all() -> Vec<Adapter> {
        let read = |(_, text): &(&str, &'static str)| {
            let adapter: Adapter = toml::from_str(text).expect("a test reads all formats");
            Adapter { text, ..adapter }
        };
        FILES.iter().map(read).collect()
    }

    /// Gives the names of all formats, each once.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = Adapter::all().into_iter().flat_map(|adapter| adapter.names).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Says whether a file of such an outline has this format.
    pub fn fits(&self, outline: &BTreeSet<String>) -> bool {
        self.has.iter().all(|way| outline.contains(way))
            && (self.any.is_empty() || self.any.iter().any(|way| outline.contains(way)))
            && !self.lacks.iter().any(|way| outline.contains(way))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_formats_can_be_read() {
        for adapter in Adapter::all() {
            assert!(!adapter.names.is_empty() && !adapter.has.is_empty(), "{adapter:?}");
        }
    }
}
