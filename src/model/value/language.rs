//! Languages that data is written in (BCP 47): all of ISO 639-1, not only those that an edition can be printed in.

use std::fmt;

/// A language, without its region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

/// The codes of ISO 639-1, sorted.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
    iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb \
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss \
    st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl Language {
    /// Finds a language by its tag; script and region are left aside (`de-AT` is German).
    pub fn from_tag(tag: &str) -> Option<Language> {
        let mut parts = tag.split(['-', '_']);
        let code: [u8; 2] = parts.next()?.to_ascii_lowercase().as_bytes().try_into().ok()?;
        // `Hant`, `AT`, `419`: anything else is no tag but a word that starts like one.
        let is_part = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        (CODES.split(' ').any(|known| known.as_bytes() == code) && parts.all(is_part)).then_some(Language(code))
    }

    /// Gives its tag: `de`.
    pub fn tag(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("und")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_languages() {
        for (tag, expected) in [
            ("de", Some("de")),
            ("DE-at", Some("de")),
            ("zh_Hant", Some("zh")),
            ("xx", None),
            ("url", None),
            ("de-", None),
            ("", None),
        ] {
            assert_eq!(Language::from_tag(tag).map(|language| language.tag().to_owned()).as_deref(), expected, "{tag}");
        }
        assert!(CODES.split(' ').is_sorted());
    }
}
