//! From bytes to text: the encodings of the WHATWG Encoding Standard, stated or recognised.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// How a file writes letters as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8, which every other file of a publication is in.
    pub const UTF_8: Encoding = Encoding(encoding_rs::UTF_8);

    /// Finds an encoding by one of its labels: `windows-1252`, `latin1`, `utf-16le`, `big5`.
    pub fn from_label(label: &str) -> Option<Encoding> {
        // What only refuses to be read is no encoding.
        encoding_rs::Encoding::for_label_no_replacement(label.trim().as_bytes()).map(Encoding)
    }

    /// Gives its name, as it is stated.
    pub fn name(self) -> String {
        self.0.name().to_ascii_lowercase()
    }
}

/// Text that was read from bytes.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub encoding: Encoding,
    /// Whether nothing said that it is this encoding.
    pub is_guess: bool,
}

/// Bytes that are no text.
#[derive(Debug)]
pub(super) struct Undecodable {
    /// What can be shown of them.
    pub text: String,
    /// Where in it the first byte stands that is no letter, as U+FFFD.
    pub at: usize,
    /// What is there.
    pub what: String,
    /// The encoding that was stated.
    pub stated: Option<Encoding>,
}

/// Reads UTF-8 and nothing else.
pub(super) fn utf_8(bytes: &[u8]) -> Result<&str, Undecodable> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let what = format!("the byte 0x{:02X}", bytes[at]);
        Undecodable { text: String::from_utf8_lossy(bytes).into_owned(), at, what, stated: None }
    })
}

/// Reads text in the encoding that is stated, or else in the one that its bytes show.
pub(super) fn decode(bytes: &[u8], stated: Option<Encoding>) -> Result<Decoded<'_>, Undecodable> {
    if let Some(encoding) = stated {
        let (text, is_broken) = encoding.0.decode_with_bom_removal(bytes);
        return if is_broken {
            let (text, at) = (text.into_owned(), 0);
            let at = text.find('\u{FFFD}').unwrap_or(at);
            Err(Undecodable { text, at, what: "no letter begins so".into(), stated })
        } else {
            Ok(Decoded { text, encoding, is_guess: false })
        };
    }
    let marked = encoding_rs::Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != encoding_rs::UTF_8);
    if let Some((encoding, _)) = marked {
        let (text, is_broken) = encoding.decode_with_bom_removal(bytes);
        if !is_broken {
            return Ok(Decoded { text, encoding: Encoding(encoding), is_guess: false });
        }
    }
    if let Some(encoding) = utf_16(bytes)
        && let (text, false) = encoding.decode_without_bom_handling(bytes)
        && !text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
    {
        return Ok(Decoded { text, encoding: Encoding(encoding), is_guess: true });
    }
    let undecodable = match utf_8(bytes) {
        Ok(text) => return Ok(Decoded { text: Cow::Borrowed(text), encoding: Encoding::UTF_8, is_guess: false }),
        Err(undecodable) => undecodable,
    };
    if is_damaged_utf_8(bytes) {
        return Err(undecodable);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    // Controls stand where the encoding has no letter: the guess loses something.
    if is_broken || text.contains(|c: char| c == '\0' || ('\u{80}'..='\u{9F}').contains(&c)) {
        return Err(undecodable);
    }
    Ok(Decoded { text, encoding: Encoding(encoding), is_guess: true })
}

/// Recognises UTF-16 without a mark by its many zeros on one side.
fn utf_16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |side: usize| start.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), start.len() / 2);
    match () {
        () if odd > pairs / 4 && even * 8 < odd => Some(encoding_rs::UTF_16LE),
        () if even > pairs / 4 && odd * 8 < even => Some(encoding_rs::UTF_16BE),
        () => None,
    }
}

/// Says whether more letters beyond ASCII are right in UTF-8 than wrong: no other encoding looks so by chance.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong
}

/// Turns the line ends of old Macs, a carriage return alone, into those of today; nothing where there are none.
pub(super) fn with_line_ends(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_old = memchr::memchr(b'\n', bytes).is_none() && memchr::memchr(b'\r', bytes).is_some();
    is_old.then(|| text.replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], stated: Option<&str>) -> String {
        let stated = stated.map(|label| Encoding::from_label(label).expect("a label"));
        match decode(bytes, stated) {
            Ok(Decoded { text, encoding, is_guess }) => {
                format!("{text} {}{}", encoding.name(), if is_guess { "?" } else { "" })
            }
            Err(Undecodable { at, what, .. }) => format!("!{at} {what}"),
        }
    }

    #[test]
    fn encodings_are_recognised() {
        let wide = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        assert_eq!(read("Müller".as_bytes(), None), "Müller utf-8");
        assert_eq!(read(&wide("\u{FEFF}id,Müller", u16::to_le_bytes), None), "id,Müller utf-16le");
        assert_eq!(read(&wide("\u{FEFF}id,Müller", u16::to_be_bytes), None), "id,Müller utf-16be");
        assert_eq!(read(&wide("id,Müller", u16::to_le_bytes), None), "id,Müller utf-16le?");
        assert_eq!(read(&wide("id,Müller", u16::to_be_bytes), None), "id,Müller utf-16be?");
        assert_eq!(read(b"K\xF6ln, M\xFCnchen \x96 10 \x80", None), "Köln, München – 10 € windows-1252?");
        let shift_jis = encoding_rs::SHIFT_JIS.encode("東京の会議についてのお知らせ").0;
        assert_eq!(read(&shift_jis, None), "東京の会議についてのお知らせ shift_jis?");
        let big5 = encoding_rs::BIG5.encode("臺北市政府公開資料集目錄").0;
        assert_eq!(read(&big5, None), "臺北市政府公開資料集目錄 big5?");
        let polish = encoding_rs::ISO_8859_2.encode("Źródło: Urząd Miasta Łódź, święto").0;
        assert_eq!(read(&polish, Some("latin2")), "Źródło: Urząd Miasta Łódź, święto iso-8859-2");
    }

    #[test]
    fn no_letter_is_lost_by_a_guess() {
        assert_eq!(read("Köln, Mün\u{FFFD}chen".replace('\u{FFFD}', "").as_bytes(), None), "Köln, München utf-8");
        assert_eq!(read(b"K\xC3\xB6ln, M\xC3\xBCnch\xFFen", None), "!13 the byte 0xFF");
        assert_eq!(read(b"a\xFF\0\x01", None), "!1 the byte 0xFF");
        assert_eq!(read(b"a\xFFb", Some("utf-8")), "!1 no letter begins so");
    }
}
