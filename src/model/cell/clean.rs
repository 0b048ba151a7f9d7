//! What a cell holds, freed from what cannot be seen.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Cells;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Quote;

impl Cells<'_> {
    /// Trims a text, puts it in normal form C and drops what cannot be seen and does harm; that is told.
    pub(super) fn clean<'v>(&mut self, text: &'v Quote<'_>) -> Quote<'v> {
        let value = text.as_str();
        let bytes = value.as_bytes();
        let tidy = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        let trimmed = if tidy(bytes.first()) && tidy(bytes.last()) { value } else { value.trim() };
        let start = trimmed.as_ptr() as usize - value.as_ptr() as usize;
        let inside = start..start + trimmed.len();
        // The raw characters may be longer (doubled quotes); then the whole cell is the place.
        let as_it_is = text.span.range().len() == value.len();
        let span = if as_it_is { text.span.part(inside) } else { text.span };
        if trimmed.bytes().fold(true, |plain, b| plain & (0x20..0x7F).contains(&b)) {
            return Quote::new(Cow::Borrowed(trimmed), span);
        }
        let mut dropped = Vec::new();
        let kept: String = trimmed
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .chars()
            .filter(|&c| {
                let harmful = is_harmful(c);
                if harmful && !dropped.contains(&c) {
                    dropped.push(c);
                }
                !harmful
            })
            .collect();
        if !dropped.is_empty() {
            let names: Vec<String> = dropped.iter().take(5).map(|&c| format!("U+{:04X}", u32::from(c))).collect();
            self.report.add(
                Diagnostic::warning(Code::DroppedCharacters, format!("characters were left out: {}", names.join(", ")))
                    .at(span, "")
                    .help("they cannot be seen and can spoil a line; delete them from the cell"),
            );
        }
        let kept = kept.trim();
        let value = if is_nfc(kept) { kept.to_owned() } else { kept.nfc().collect() };
        Quote::new(Cow::Owned(value), span)
    }
}

/// Says whether a character is dropped: controls but line break and tab, byte order marks, noncharacters, and the
/// direction marks that turn a line around when they stand alone (Unicode TR36 §3.4).
pub(crate) fn is_harmful(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}' => true,
        // Soft line separators have no place in a line either.
        '\u{2028}' | '\u{2029}' => true,
        c => c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c),
    }
}
