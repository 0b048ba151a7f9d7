//! Any text as HTML that becomes prose: what comes of it is sound prose, and no script.
#![no_main]

use bulletin::prose::html;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (markdown, _) = html::commonmark(text);
    // What was HTML is CommonMark now, and stays it: read again, it says the same.
    let Some(prose) = bulletin_fuzz::prose(&markdown) else { return };
    let said = bulletin_fuzz::letters(&prose.plain());
    assert!(!text.is_ascii() || said.len() <= 4 * text.len() + 16, "{said} of {text}");
});
