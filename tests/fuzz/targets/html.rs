//! Any text in every field: the newsletter has no tag, no attribute and no link that it would not have without it.
#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use bulletin::locale::Locale;
use bulletin::render::newsletter::Newsletter;
use bulletin::render::newsletter::style::Styles;
use bulletin::theme::Theme;
use html5gum::{Token, Tokenizer};

/// The marks that stand for what prose may hold: no more than these may ever come in.
const PROSE: &str = "*a* **b** `c` [d](https://example.org) <https://example.org/e>\n\n- f\n\n7. g\n\n> h\n\n# i\n\n    j\n\n| k |\n|---|\n| l |\n\n---\n\nm\\\nn";

static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| shape(PROSE).expect("a sound publication"));

/// Gives every tag with the names of its attributes.
fn shape(text: &str) -> Option<BTreeSet<String>> {
    let checked = bulletin_fuzz::checked(bulletin_fuzz::full_of(text))?;
    let edition = checked.edition.as_ref()?;
    let (locale, theme) = (Locale::new(edition.lang), Theme::named("harbour").expect("a theme"));
    let styles = Styles::new(&theme);
    let newsletter = Newsletter::new(edition, &locale, &styles);
    let mut shape = BTreeSet::new();
    for page in [newsletter.html(), newsletter.web(&theme)] {
        for token in Tokenizer::new(&page).flatten() {
            if let Token::StartTag(tag) = token {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                for (attribute, value) in &tag.attributes {
                    let (attribute, value) =
                        (String::from_utf8_lossy(attribute), String::from_utf8_lossy(&value.value));
                    let way = value.split(':').next().unwrap_or("");
                    let href = attribute == "href" || attribute == "src";
                    assert!(
                        !href || ["https", "http", "mailto", "tel"].contains(&way) || value.starts_with('#'),
                        "{value}"
                    );
                    shape.insert(format!("{name} {attribute}"));
                }
                shape.insert(name);
            }
        }
    }
    Some(shape)
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(shape) = shape(text) {
        let new: Vec<&String> = shape.difference(&KNOWN).filter(|known| !known.ends_with(" dir")).collect();
        assert!(new.is_empty(), "{new:?}");
    }
});
