//! From bytes to text: the encodings of the WHATWG Encoding Standard, stated or recognised.

use std::borrow::Cow;
use std::ops::Range;

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
    /// Where in it the first letter stands that is none, as U+FFFD, or another.
    pub at: Range<usize>,
    /// What is there.
    pub what: String,
    /// The encoding that was stated.
    pub stated: Option<Encoding>,
    /// Whether the bytes are UTF-8, though another encoding is stated.
    pub is_utf_8: bool,
}

/// How U+FFFD stands in a text.
fn no_letter(at: usize) -> Range<usize> {
    at..at + '\u{FFFD}'.len_utf8()
}

/// Reads UTF-8 and nothing else.
pub(super) fn utf_8(bytes: &[u8]) -> Result<&str, Undecodable> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let what = format!("the byte 0x{:02X}", bytes[at]);
        let text = String::from_utf8_lossy(bytes).into_owned();
        Undecodable { text, at: no_letter(at), what, stated: None, is_utf_8: false }
    })
}

/// Says whether a text that is UTF-8 may be another encoding all the same: all of them share the letters of ASCII, but
/// UTF-16 has zeros and ISO-2022-JP has escapes.
pub(super) fn may_be_another(text: &str) -> bool {
    memchr::memchr2(0, ESCAPE, text.as_bytes()).is_some()
}

/// What ISO-2022-JP changes its letters with (RFC 1468).
const ESCAPE: u8 = 0x1B;

/// Reads text in the encoding that is stated, or else in the one that its bytes show.
pub(super) fn decode(bytes: &[u8], stated: Option<Encoding>) -> Result<Decoded<'_>, Undecodable> {
    if let Some(encoding) = stated {
        return decode_as(bytes, encoding);
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
    if memchr::memchr(ESCAPE, bytes).is_some()
        && guess(bytes) == encoding_rs::ISO_2022_JP
        && let (text, false) = encoding_rs::ISO_2022_JP.decode_without_bom_handling(bytes)
    {
        return Ok(Decoded { text, encoding: Encoding(encoding_rs::ISO_2022_JP), is_guess: true });
    }
    let undecodable = match utf_8(bytes) {
        Ok(text) => return Ok(Decoded { text: Cow::Borrowed(text), encoding: Encoding::UTF_8, is_guess: false }),
        Err(undecodable) => undecodable,
    };
    if is_damaged_utf_8(bytes) {
        return Err(undecodable);
    }
    let encoding = guess(bytes);
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    // Controls stand where the encoding has no letter: the guess loses something.
    if is_broken || text.contains(|c: char| c == '\0' || ('\u{80}'..='\u{9F}').contains(&c)) {
        return Err(undecodable);
    }
    Ok(Decoded { text, encoding: Encoding(encoding), is_guess: true })
}

/// Reads text in the encoding that is stated; what is plainly another one is told and not read.
fn decode_as(bytes: &[u8], stated: Encoding) -> Result<Decoded<'_>, Undecodable> {
    let Encoding(encoding) = stated;
    let undecodable = |text: String, at, what: &str, is_utf_8| {
        Err(Undecodable { text, at, what: what.to_owned(), stated: Some(stated), is_utf_8 })
    };
    let is_wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    // An encoding of several bytes for a letter refuses UTF-8 by itself, or may agree with it by chance.
    if let (Ok(text), true) = (std::str::from_utf8(bytes), is_wide || encoding.is_single_byte()) {
        let letter = text.char_indices().find(|(_, c)| !c.is_ascii());
        if let Some((at, letter)) = letter {
            let what = format!("in UTF-8 this is U+{:04X}", u32::from(letter));
            return undecodable(text.to_owned(), at..at + letter.len_utf8(), &what, true);
        }
        // Line ends and what parts the cells have zeros in UTF-16.
        if is_wide && !text.is_empty() && !text.contains('\0') {
            let first = text.chars().next().map_or(0, char::len_utf8);
            return undecodable(text.to_owned(), 0..first, "a letter of one byte", true);
        }
    }
    let (text, is_broken) = encoding.decode_with_bom_removal(bytes);
    if is_broken {
        let text = text.into_owned();
        let at = text.find('\u{FFFD}').unwrap_or(0);
        return undecodable(text, no_letter(at), "no letter begins so", false);
    }
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(marked, _)| marked);
    if let Some(found) = marked.or_else(|| utf_16(bytes)).filter(|found| *found != encoding) {
        let text = found.decode_with_bom_removal(bytes).0.into_owned();
        let first = text.chars().next().map_or(0, char::len_utf8);
        return undecodable(text, 0..first, &format!("it looks like `{}`", Encoding(found).name()), false);
    }
    Ok(Decoded { text, encoding: stated, is_guess: false })
}

/// Guesses the encoding of what is not UTF-8.
fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// How many letters beyond ASCII speak for a guess, at least.
const ENOUGH: usize = 20;

/// How many letters beyond ASCII are looked at, at most.
const LOOKED_AT: usize = 1000;

/// Finds a word by which a person sees whether an encoding was guessed rightly; nothing where the letters themselves
/// confirm it. Whichever is guessed, a byte below 0xA0 is seldom a letter: in a text of old Macs it is one mostly.
pub(super) fn doubtful_word(text: &str, encoding: Encoding) -> Option<Range<usize>> {
    let by_form = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE, encoding_rs::ISO_2022_JP];
    if by_form.contains(&encoding.0) {
        return None;
    }
    let is_sign =
        |c: char| matches!(c, '\u{A0}' | '’' | '‘' | '“' | '”' | '„' | '‚' | '–' | '—' | '…' | '•' | '€' | '™');
    let (mut usual, mut odd, mut first, mut before) = (0, 0, None, ' ');
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, after)| *after);
        let in_word = before.is_alphabetic() || after.is_alphabetic();
        before = c;
        if c.is_ascii() || is_sign(c) || !c.is_alphabetic() && !in_word {
            continue;
        }
        first = first.or(Some(at));
        let mut utf_8 = [0; 4];
        let is_odd = match *encoding.0.encode(c.encode_utf8(&mut utf_8)).0 {
            [byte] => byte < 0xA0,
            _ => false,
        };
        *if is_odd { &mut odd } else { &mut usual } += 1;
        if usual + odd >= LOOKED_AT {
            break;
        }
    }
    // The most frequent encoding of all is taken without more.
    let is_confirmed = usual > odd && (encoding.0 == encoding_rs::WINDOWS_1252 || usual >= ENOUGH);
    let at = first.filter(|_| !is_confirmed)?;
    let parts = |c: char| c.is_ascii() && !c.is_alphanumeric();
    let start = text[..at].rfind(parts).map_or(0, |before| before + 1);
    let end = text[at..].find(parts).map_or(text.len(), |length| at + length);
    Some(start..end)
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
            Err(Undecodable { at, what, .. }) => format!("!{} {what}", at.start),
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
        let mail = encoding_rs::ISO_2022_JP.encode("会議,東京").0;
        assert_eq!(read(&mail, None), "会議,東京 iso-2022-jp?");
        assert_eq!(read(&mail, Some("iso-2022-jp")), "会議,東京 iso-2022-jp");
        assert_eq!(read(&wide("id,title\n", u16::to_le_bytes), None), "id,title\n utf-16le?");
        assert_eq!(read(b"a \x1B[1mbold\x1B[0m word", None), "a \x1B[1mbold\x1B[0m word utf-8");
        assert_eq!(read(&polish, Some("latin2")), "Źródło: Urząd Miasta Łódź, święto iso-8859-2");
    }

    #[test]
    fn no_letter_is_lost_by_a_guess() {
        assert_eq!(read("Köln, Mün\u{FFFD}chen".replace('\u{FFFD}', "").as_bytes(), None), "Köln, München utf-8");
        assert_eq!(read(b"K\xC3\xB6ln, M\xC3\xBCnch\xFFen", None), "!13 the byte 0xFF");
        assert_eq!(read(b"a\xFF\0\x01", None), "!1 the byte 0xFF");
        assert_eq!(read(b"a\xFFb", Some("utf-8")), "!1 no letter begins so");
    }

    #[test]
    fn an_encoding_that_is_stated_wrongly_is_told() {
        let wide = |order: fn(u16) -> [u8; 2]| "id,title\n".encode_utf16().flat_map(order).collect::<Vec<u8>>();
        assert_eq!(read(b"id,title\n", Some("utf-16le")), "!0 a letter of one byte");
        assert_eq!(read("id,ß\n".as_bytes(), Some("utf-16le")), "!3 in UTF-8 this is U+00DF");
        assert_eq!(read("id,ß\n".as_bytes(), Some("latin1")), "!3 in UTF-8 this is U+00DF");
        assert_eq!(read(&wide(u16::to_be_bytes), Some("utf-16le")), "!0 it looks like `utf-16be`");
        assert_eq!(read(&wide(u16::to_le_bytes), Some("latin1")), "!0 it looks like `utf-16le`");
        assert_eq!(read(&wide(u16::to_le_bytes), Some("utf-8")), "!0 it looks like `utf-16le`");
        assert_eq!(read(b"id,title\n", Some("latin1")), "id,title\n windows-1252");
    }

    #[test]
    fn a_guess_that_nothing_confirms_shows_a_word() {
        let word = |bytes: &[u8]| match decode(bytes, None) {
            Ok(Decoded { text, encoding, is_guess: true }) => {
                doubtful_word(&text, encoding).map_or("sure".to_owned(), |word| text[word].to_owned())
            }
            other => format!("{other:?}"),
        };
        // What an old Mac writes for `München`.
        assert!(word(b"id,place\na,M\x9Fnchen\n").starts_with('M'));
        assert_eq!(word(b"id,place\na,K\xF6ln and M\xFCnchen \x96 10 \x80\n"), "sure");
        assert_eq!(word(b"id,title\na,S\x9Cur et fr\xE8re \xE0 l'\xE9cole\n"), "sure");
        let greek = encoding_rs::WINDOWS_1253.encode("Ανοιχτές προσκλήσεις, Ευρωπαϊκή Επιτροπή").0;
        assert_eq!(word(&greek), "sure");
    }
}
