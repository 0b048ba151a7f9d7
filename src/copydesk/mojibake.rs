//! UTF-8 that was read as Windows-1252, which most spreadsheet programs do.

use std::ops::Range;

use super::Desk;
use super::manuscript::Page;
use crate::diagnostic::{Code, Diagnostic};

/// Letters that are UTF-8 of one other letter.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    part: Range<usize>,
    meant: char,
    trust: Trust,
}

/// How much one place says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// It may be a letter before a mark, as in `“AMANHÃ”`.
    Doubtful,
    /// No mark, but two letters that might stand so.
    Likely,
    /// Nobody writes so: `Ã©`, `â€™`.
    Sure,
}

/// Tells what can be nothing else, and what could where the record has more of it.
pub fn page(page: &Page<'_>, desk: &mut Desk<'_>) {
    let texts = page.stretches().filter(|(_, stretch)| !stretch.text.is_ascii());
    let found: Vec<_> = texts.map(|(passage, stretch)| (passage, stretch, hits(&stretch.text))).collect();
    let all = || found.iter().flat_map(|(_, _, hits)| hits);
    let likely = all().filter(|hit| hit.trust == Trust::Likely).count();
    let is_spoilt = likely > 1 || likely > 0 && all().count() > 1 || all().any(|hit| hit.trust == Trust::Sure);
    for (passage, stretch, hits) in &found {
        let told: Vec<&Hit> = hits.iter().filter(|_| is_spoilt).collect();
        for run in told.chunk_by(|one, next| one.part.end == next.part.start) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let part = first.part.start..last.part.end;
            let meant: String = run.iter().map(|hit| hit.meant).collect();
            let place = passage.place(stretch, part.clone(), desk.sources);
            let message = format!("`{}` is `{meant}` in the wrong encoding", &stretch.text[part.clone()]);
            let found = Diagnostic::warning(Code::Mojibake, message)
                .at(place, "UTF-8 that was read as Windows-1252")
                .help("delete it and type it anew; save tables as UTF-8")
                .of(page.id);
            desk.report.add(passage.fix(found, stretch, part, &meant, desk.sources));
        }
        if let Some(at) = stretch.text.find('\u{FFFD}') {
            let place = passage.place(stretch, at..at + '\u{FFFD}'.len_utf8(), desk.sources);
            let found = Diagnostic::warning(Code::Mojibake, "a letter was lost in the wrong encoding");
            let found = found.at(place, "U+FFFD stands for it").help("type the letter that was meant");
            desk.report.add(found.of(page.id));
        }
    }
}

/// Finds letters whose bytes in Windows-1252 are one letter or mark in UTF-8.
fn hits(text: &str) -> Vec<Hit> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        let Some((len, meant)) = decode(&letters[at..]) else {
            at += 1;
            continue;
        };
        let end = letters.get(at + len).map_or(text.len(), |(end, _)| *end);
        let before = at.checked_sub(1).map(|before| letters[before].1);
        let after = letters.get(at + len).map(|(_, c)| *c);
        let [(start, lead), .., (_, last)] = letters[at..at + len] else { break };
        let ends_word = is_mark(last) && !after.is_some_and(char::is_alphanumeric);
        // A word in capitals, or the letter itself, is quoted: `“AMANHÃ”`, `«Â»`.
        let is_quoted = ends_word && before.is_some_and(|c| c.is_uppercase() || is_mark(c));
        let trust = match (lead, meant) {
            ('Ã' | 'Â', _) if !is_quoted => Trust::Sure,
            ('â', '\u{2010}'..='\u{203F}' | '€' | '™') | ('ð', _) => Trust::Sure,
            _ if ends_word => Trust::Doubtful,
            _ => Trust::Likely,
        };
        found.push(Hit { part: start..end, meant, trust });
        at += len;
    }
    found
}

/// Gives how many letters are one, and which.
fn decode(letters: &[(usize, char)]) -> Option<(usize, char)> {
    let len = match windows_1252(letters.first()?.1)? {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let bytes: Option<Vec<u8>> = letters.get(..len)?.iter().map(|(_, c)| windows_1252(*c)).collect();
    let meant = std::str::from_utf8(&bytes?).ok()?.chars().next()?;
    is_plausible(meant).then_some((len, meant))
}

/// Says whether a letter stands in the texts that are printed here: `ß“` in German quotes would be one of N’Ko.
fn is_plausible(c: char) -> bool {
    let is_letter =
        matches!(u32::from(c), 0xC0..=0x24F | 0x386..=0x3CE | 0x400..=0x45F | 0x621..=0x64A | 0x1E00..=0x1EFF);
    let is_sign = matches!(u32::from(c), 0xA0..=0xBF | 0x2010..=0x203F | 0x20AC | 0x2122 | 0x2190..=0x22FF);
    is_letter || is_sign || u32::from(c) >= 0x1F000
}

/// Says whether a mark may follow the last letter of a word.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{A0}'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‘'
            | '’'
            | '“'
            | '”'
            | '„'
            | '‚'
            | '–'
            | '—'
            | '…'
            | '·'
            | '®'
            | '™'
    )
}

/// Gives the byte of a letter that Windows-1252 has beyond ASCII.
fn windows_1252(c: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";
    match u32::from(c) {
        code @ 0xA0..=0xFF => u8::try_from(code).ok(),
        _ => HIGH.chars().position(|known| known == c).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads UTF-8 as Windows-1252.
    fn spoil(text: &str) -> String {
        let byte = |byte: &u8| match byte {
            ..0x80 => char::from(*byte),
            _ => ('\u{80}'..'\u{FFFF}').find(|c| windows_1252(*c) == Some(*byte)).expect("a letter"),
        };
        text.as_bytes().iter().map(byte).collect()
    }

    #[test]
    fn letters_before_marks_are_no_wrong_encoding() {
        for text in [
            "Es macht „Spaß“ zu „Fuß“, „Spaß“ und „Fuß“",
            "«\u{A0}la sobriété\u{A0}» et «\u{A0}l’unité\u{A0}»",
            "UNIVERSITÉ\u{A0}: l’unité… à Ö… und “CAFÉ”, “CAFÉ”",
            "“AMANHÃ” e «\u{A0}ROMÃ\u{A0}», de manhã…",
            "la lettre «Â», «\u{A0}Ã\u{A0}»",
            "På «PÅ», “ØL”, „Ä“ und „Ö“, OÙ…",
        ] {
            let told = hits(text).into_iter().any(|hit| hit.trust > Trust::Doubtful);
            assert!(!told, "{text}: {:?}", hits(text));
        }
    }

    #[test]
    fn the_wrong_encoding_is_undone() {
        for (text, sure) in [
            ("The port’s café", true),
            ("Élan à la carte, voilà\u{A0}: 5 °C", true),
            ("UNIVERSITÉ", true),
            ("10–12 €", true),
            ("Łódź i Kraków", true),
            ("ręka i żaba", false),
            ("مرحبا", false),
            ("Привет", false),
        ] {
            let spoilt = spoil(text);
            let found = hits(&spoilt);
            let mut cured = spoilt.clone();
            found.iter().rev().for_each(|hit| cured.replace_range(hit.part.clone(), &hit.meant.to_string()));
            assert_eq!(cured, text);
            assert_eq!(found.iter().any(|hit| hit.trust == Trust::Sure), sure, "{text}");
            assert!(sure || found.iter().filter(|hit| hit.trust == Trust::Likely).count() > 0, "{text}: {found:?}");
        }
    }
}
