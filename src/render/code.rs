//! QR codes (ISO/IEC 18004) as the outline of their dark modules.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::locale::Locale;
use crate::model::{Address, Print};
use crate::source::Spanned;

use super::listing::printed;

/// A code that leads to an address.
pub(super) struct Code<'a> {
    /// Modules on each side, without the quiet zone.
    pub(super) size: i32,
    /// SVG path data, one unit a module, with a quiet zone of four modules around it.
    pub(super) path: String,
    pub(super) alt: String,
    pub(super) url: &'a str,
    /// The address as it is read.
    pub(super) address: String,
}

/// White modules that a code needs on each side (ISO/IEC 18004 §6.3.8).
const QUIET: i32 = 4;

impl<'a> Code<'a> {
    /// Draws a code that can be read though a sixth of it is lost. `None`: the address is longer than any code holds.
    pub(super) fn new(address: &'a Address, locale: &Locale) -> Option<Code<'a>> {
        let code = QrCode::encode_text(address.as_str(), QrCodeEcc::Medium)
            .or_else(|_| QrCode::encode_text(address.as_str(), QrCodeEcc::Low))
            .ok()?;
        let readable = printed(address);
        Some(Code {
            size: code.size(),
            path: outline(&code),
            alt: locale.say("qr-code-of", &[("address", &locale.part(&readable))]),
            url: address.as_str(),
            address: readable,
        })
    }
}

impl<'a> Code<'a> {
    /// Gives the code of an address where config or record want one; `asked` is what the record says.
    pub(super) fn wanted(
        url: &'a Option<Spanned<Address>>,
        asked: Option<bool>,
        print: &Print,
        locale: &Locale,
    ) -> Option<Code<'a>> {
        let url = url.as_ref().filter(|_| print.codes.wants(asked))?;
        Code::new(&url.value, locale)
    }
}

/// Draws each run of dark modules of a row as one rectangle.
fn outline(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|&x| code.get_module(x, y)).count();
            if length > 0 {
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += i32::try_from(length).unwrap_or(0).max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn a_code_begins_with_its_finder_and_says_where_it_leads() {
        let address: Address = "https://www.example.org/".parse().expect("an address");
        let locale = Locale::new(Lang::English);
        let code = Code::new(&address, &locale).expect("a short address");
        assert_eq!(code.size, 25);
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", code.path);
        assert_eq!((code.address.as_str(), code.alt.as_str()), ("www.example.org", "QR code: www.example.org"));
    }

    #[test]
    fn the_longest_address_has_a_code() {
        let address: Address = format!("https://example.org/{}", "a".repeat(1980)).parse().expect("an address");
        let code = Code::new(&address, &Locale::new(Lang::English)).expect("2000 letters");
        assert!(code.size <= 177 && code.address == "example.org");
    }
}
