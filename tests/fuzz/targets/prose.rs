//! Any text as prose: its tree keeps its letters, whoever writes it.
#![no_main]

use bulletin::locale::Direction;
use bulletin::render::page::Page;
use bulletin_fuzz::letters;
use html5gum::{Token, Tokenizer};

/// The tags that a page may have in its prose.
const TAGS: [&str; 23] = [
    "p",
    "br",
    "em",
    "strong",
    "code",
    "pre",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "h3",
    "h4",
    "bdi",
    "div",
    "span",
];

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Some(prose) = bulletin_fuzz::prose(text) else { return };
    let blocks = prose.blocks();
    let page = Page { blocks: &blocks, direction: Direction::Ltr, level: 3, quiet: false }.to_string();
    let mut seen = String::new();
    for token in Tokenizer::new(&page).flatten() {
        match token {
            Token::String(text) => seen.push_str(&String::from_utf8_lossy(&text.value)),
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert!(TAGS.contains(&name.as_str()), "a tag `{name}` in {page}");
                for (name, value) in &tag.attributes {
                    let (name, value) = (String::from_utf8_lossy(name), String::from_utf8_lossy(&value.value));
                    assert!(
                        ["href", "class", "dir", "start", "scope", "style", "align"].contains(&&*name),
                        "`{name}` in {page}"
                    );
                    let way = value.to_ascii_lowercase();
                    let known = ["https://", "http://", "mailto:", "tel:"].iter().any(|known| way.starts_with(known));
                    assert!(name != "href" || known, "`{value}` in {page}");
                }
            }
            Token::EndTag(_) => {}
            other => panic!("{other:?} in {page}"),
        }
    }
    assert_eq!(letters(&seen), letters(&prose.plain()), "{page}");
});
