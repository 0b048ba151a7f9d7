//! Names that are safe everywhere: in file names, in message ids, as ids of rows that have none.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest slug, in bytes.
const LONGEST: usize = 80;

/// Turns any text into `a-z`, `0-9` and single `-`. Text without such letters becomes a stable number.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut letters = 0;
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        let folded = match c {
            'ß' | 'ẞ' => "ss",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'ø' | 'Ø' => "o",
            'đ' | 'Đ' => "d",
            'ł' | 'Ł' => "l",
            'þ' | 'Þ' => "th",
            _ => "",
        };
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !folded.is_empty() {
            slug.push_str(folded);
        } else {
            letters += usize::from(c.is_alphanumeric());
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
    }
    let cut = slug.len() > LONGEST;
    slug.truncate(LONGEST);
    let slug = slug.trim_matches('-').to_owned();
    // What is lost by folding or cutting is kept as a number, so that two texts stay two slugs.
    match (slug.is_empty(), letters > 0 || cut) {
        (true, _) => format!("{:08x}", fingerprint(text)),
        (false, true) => format!("{slug}-{:08x}", fingerprint(text)),
        (false, false) => slug,
    }
}

/// Gives slugs of which each is there once: a second `x` is `x-2`.
#[derive(Debug, Clone, Default)]
pub struct Slugs(HashSet<String>);

impl Slugs {
    /// Turns a text into a slug that was not given before.
    pub fn slug(&mut self, text: &str) -> String {
        let slug = slug(text);
        let mut unique = slug.clone();
        let mut number = 2;
        while !self.0.insert(unique.clone()) {
            unique = format!("{slug}-{number}");
            number += 1;
        }
        unique
    }
}

/// Computes FNV-1a (32 bits): the same number on every machine and in every version.
fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_safe_file_names() {
        for (text, expected) in [
            ("EU Clusters Talk, 19 June", "eu-clusters-talk-19-june"),
            ("../../x", "x"),
            ("Málaga & Łódź", "malaga-lodz"),
            ("Straße", "strasse"),
            ("CON", "con"),
            ("", "811c9dc5"),
            ("会議", "38d9199a"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
        assert!(slug(&"x".repeat(500)).len() <= LONGEST + 9);
    }

    #[test]
    fn no_slug_is_given_twice() {
        let mut slugs = Slugs::default();
        assert_eq!(["x", "X", "x-2", "x!", "y"].map(|text| slugs.slug(text)), ["x", "x-2", "x-2-2", "x-3", "y"]);
    }
}
