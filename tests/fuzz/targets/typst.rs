//! Any text in every field: the Typst text has no call, no name and no mistake that it would not have without it.
#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use bulletin::artifact::{Body, Engine, Kind};
use bulletin::locale::Locale;
use bulletin::render;
use bulletin::theme::Theme;
use typst_syntax::{SyntaxKind, SyntaxNode};

/// The marks that stand for what prose may hold.
const PROSE: &str = "*a* **b** `c` [d](https://example.org) <https://example.org/e>\n\n- f\n\n7. g\n\n> h\n\n# i\n\n    j\n\n| k |\n|---|\n| l |\n\n---\n\nm\\\nn";

static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| names(PROSE).expect("a sound publication"));

/// Gives every name and keyword of what would be printed.
fn names(text: &str) -> Option<BTreeSet<String>> {
    let checked = bulletin_fuzz::checked(bulletin_fuzz::full_of(text))?;
    let edition = checked.edition.as_ref()?;
    let (locale, theme) = (Locale::new(edition.lang), Theme::named("harbour").expect("a theme"));
    let summaries = edition.summaries().map(|session| render::summary::summary(edition, session, &locale, &theme));
    let sheets = Kind::PAPER.into_iter().filter_map(|kind| {
        match render::sheets(kind, Engine::Typst, edition, &locale, &theme).1? {
            (Body::Typst(text), _) => Some(text),
            _ => None,
        }
    });
    let mut names = BTreeSet::new();
    for text in summaries.chain(sheets) {
        let root = typst_syntax::parse(&text);
        assert!(!root.diagnosis().errors, "{:?}\n{text}", root.errors_and_warnings().0);
        collect(&root, &mut names);
    }
    Some(names)
}

fn collect(node: &SyntaxNode, names: &mut BTreeSet<String>) {
    match node.kind() {
        SyntaxKind::Str | SyntaxKind::Int | SyntaxKind::Float | SyntaxKind::Numeric => {}
        SyntaxKind::Space | SyntaxKind::Parbreak => {}
        SyntaxKind::Ident => {
            names.insert(node.leaf_text().to_string());
        }
        kind if node.children().len() == 0 => {
            names.insert(format!("{kind:?}"));
        }
        _ => {}
    }
    node.children().for_each(|child| collect(child, names));
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(names) = names(text) {
        let new: Vec<&String> = names.difference(&KNOWN).filter(|name| *name != "dir").collect();
        assert!(new.is_empty(), "{new:?}");
    }
});
