//! Which way text is written, and how text of one way stands inside of text of the other (UAX #9).

use std::borrow::Cow;

use unicode_bidi::{BidiClass, bidi_class, get_base_direction_full};

use crate::bytes;

/// Begins a text from left to right that its neighbours do not turn around, nor it them.
pub const LTR_ISOLATE: char = '\u{2066}';
/// Begins one from right to left.
pub const RTL_ISOLATE: char = '\u{2067}';
/// Ends either.
pub const POP_ISOLATE: char = '\u{2069}';

/// The way lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From left to right: Latin, Greek, Cyrillic.
    Ltr,
    /// From right to left: Arabic.
    Rtl,
}

impl Direction {
    /// Gives the way of a text: that of its first letter (UAX #9, rules P2 and P3). `None` where it has no letter.
    pub fn of(text: &str) -> Option<Direction> {
        if text.is_ascii() {
            return text.bytes().any(|byte| byte.is_ascii_alphabetic()).then_some(Direction::Ltr);
        }
        match get_base_direction_full(text) {
            unicode_bidi::Direction::Ltr => Some(Direction::Ltr),
            unicode_bidi::Direction::Rtl => Some(Direction::Rtl),
            unicode_bidi::Direction::Mixed => None,
        }
    }

    /// Gives the value of HTML's `dir` and of Typst's.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }

    /// Gives the way in which a text has to be set where that is not this one: the way of its first letter, and from
    /// left to right for a telephone number, whose groups would else change places.
    pub fn against(self, text: &str) -> Option<Direction> {
        if self == Direction::Ltr && !has(text, Direction::Rtl) {
            return None;
        }
        let way = Direction::of(text).or_else(|| text.starts_with('+').then_some(Direction::Ltr));
        way.filter(|way| *way != self)
    }

    /// Gives a text as it stands in a line of this way beside other texts: between isolates where it has letters of
    /// the other way, so that neither changes the places of the other.
    pub fn isolate(self, text: &str) -> Cow<'_, str> {
        if self == Direction::Ltr && !has(text, Direction::Rtl) {
            return Cow::Borrowed(text);
        }
        let other = if self == Direction::Ltr { Direction::Rtl } else { Direction::Ltr };
        match self.against(text) {
            Some(way) => isolated(text, way),
            None if has(text, other) => isolated(text, self),
            None => Cow::Borrowed(text),
        }
    }

    /// Gives a text as it stands alone: between isolates only where it goes the other way as a whole.
    pub fn alone(self, text: &str) -> Cow<'_, str> {
        match self.against(text) {
            Some(way) => isolated(text, way),
            None => Cow::Borrowed(text),
        }
    }
}

fn isolated(text: &str, way: Direction) -> Cow<'_, str> {
    let start = if way == Direction::Ltr { LTR_ISOLATE } else { RTL_ISOLATE };
    let mut whole = String::with_capacity(text.len() + 6);
    whole.push(start);
    whole.push_str(text);
    whole.push(POP_ISOLATE);
    Cow::Owned(whole)
}

/// Says whether a text has letters of this way outside of isolates. The scripts that are written from right to left
/// stand at U+0590 to U+08FF, from U+FB1D and from U+10800, so for most texts a look at their bytes is enough: dashes
/// and quotation marks begin with other ones.
fn has(text: &str, way: Direction) -> bool {
    let begins = |byte: u8| matches!(byte, 0xD6..=0xE0 | 0xEF..=0xFF);
    if way == Direction::Rtl && !bytes::any(text.as_bytes(), begins) {
        return false;
    }
    let mut depth = 0_usize;
    text.chars().any(|c| match c {
        LTR_ISOLATE | RTL_ISOLATE => {
            depth += 1;
            false
        }
        POP_ISOLATE => {
            depth = depth.saturating_sub(1);
            false
        }
        _ if depth > 0 => false,
        _ if c.is_ascii() => way == Direction::Ltr && c.is_ascii_alphabetic(),
        _ => match way {
            Direction::Ltr => bidi_class(c) == BidiClass::L,
            Direction::Rtl => c >= '\u{590}' && matches!(bidi_class(c), BidiClass::R | BidiClass::AL),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Isolates as brackets that can be seen.
    fn seen(text: Cow<'_, str>) -> String {
        text.replace(LTR_ISOLATE, "[>").replace(RTL_ISOLATE, "[<").replace(POP_ISOLATE, "]")
    }

    #[test]
    fn the_first_letter_gives_the_way() {
        for (text, way) in [
            ("Rust، لغة", Some(Direction::Ltr)),
            ("1. لغة Rust", Some(Direction::Rtl)),
            ("«Größe»", Some(Direction::Ltr)),
            ("شלום", Some(Direction::Rtl)),
            ("12–14 (3 %)", None),
            ("", None),
        ] {
            assert_eq!(Direction::of(text), way, "{text}");
        }
    }

    #[test]
    fn only_what_goes_the_other_way_is_isolated() {
        for (text, in_arabic, in_english) in [
            ("Rust?", "[>Rust?]", "Rust?"),
            ("لغة Rust", "[<لغة Rust]", "[<لغة Rust]"),
            ("Rust، لغة", "[>Rust، لغة]", "[>Rust، لغة]"),
            ("لغة!", "لغة!", "[<لغة!]"),
            ("“25–26”", "“25–26”", "“25–26”"),
            ("+961 1 234 567", "[>+961 1 234 567]", "+961 1 234 567"),
        ] {
            assert_eq!(seen(Direction::Rtl.isolate(text)), in_arabic);
            assert_eq!(seen(Direction::Ltr.isolate(text)), in_english);
        }
        assert_eq!(seen(Direction::Rtl.alone("لغة Rust")), "لغة Rust");
        assert_eq!(seen(Direction::Ltr.alone("Rust، لغة")), "Rust، لغة");
        assert_eq!(seen(Direction::Rtl.alone("Rust!")), "[>Rust!]");
        let part = Direction::Rtl.isolate("Rust").into_owned();
        assert_eq!(Direction::Rtl.isolate(&part), part, "what is isolated already stays as it is");
    }
}
