//! A colour: how it is written, how well it reads on another, and which like it reads better.

use palette::{FromColor, Oklch, Srgb};
use serde::Deserialize;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

impl Color {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Color> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, r, g, b] = number.to_be_bytes();
        Some(Color([r, g, b]))
    }

    /// Computes the contrast of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio).
    pub fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The least contrast of text and its ground (WCAG 2.2, 1.4.3).
    pub const READABLE: f64 = 4.5;

    /// Says whether text of this colour can be read on each of some grounds.
    pub fn is_readable_on(self, grounds: &[Color]) -> bool {
        grounds.iter().all(|ground| self.contrast(*ground) >= Color::READABLE)
    }

    /// Finds the nearest colour of the same hue that can be read on each of some grounds, by its lightness in Oklch.
    pub fn nearest(self, grounds: &[Color]) -> Option<Color> {
        let Oklch { l, chroma, hue } = Oklch::from_color(Srgb::from(self.0).into_format::<f32>());
        let steps = (0..=100_u8).flat_map(|step| [-1.0, 1.0].map(|way| l + way * f32::from(step) / 100.0));
        let colors = steps.filter(|l| (0.0..=1.0).contains(l)).map(|l| {
            let color = Srgb::from_color(Oklch::new(l, chroma, hue));
            Color(color.into_format::<u8>().into())
        });
        colors.into_iter().find(|color| color.is_readable_on(grounds))
    }

    /// Mixes in a share of another colour, from 0 to 1.
    pub fn mix(self, other: Color, share: f32) -> Color {
        Color(std::array::from_fn(|at| {
            let (from, to) = (f32::from(self.0[at]), f32::from(other.0[at]));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
            let part = (from + (to - from) * share).round() as u8;
            part
        }))
    }

    /// Mixes in as much of another colour as texts of some colours allow, at most a share; all of it where none does.
    pub fn tint(self, other: Color, most: f32, texts: &[Color]) -> Color {
        let mut tints = (0..=10_u8).rev().map(|tenths| self.mix(other, most * f32::from(tenths) / 10.0));
        let readable = |tint: &Color| texts.iter().all(|text| text.is_readable_on(&[*tint]));
        tints.find(readable).unwrap_or_else(|| self.mix(other, most))
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Color::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a colour like `#0b4f7d`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let white = Color([255; 3]);
        assert!((Color([0; 3]).contrast(white) - 21.0).abs() < 1e-9);
        assert!((Color::parse("#777777").expect("a colour").contrast(white) - 4.478).abs() < 1e-3);
    }

    #[test]
    fn the_nearest_colour_keeps_its_hue_and_can_be_read() {
        let color = |text| Color::parse(text).expect("a colour");
        for (front, grounds, nearest) in [
            ("#e8590c", ["#ffffff", "#ffffff"], "#d34500"),
            ("#9aa5b1", ["#ffffff", "#eef1f4"], "#656f7a"),
            ("#0b4f7d", ["#17202b", "#0e151d"], "#508dbf"),
        ] {
            let found = color(front).nearest(&grounds.map(color)).expect("there is one");
            assert!(grounds.iter().all(|ground| found.contrast(color(ground)) >= Color::READABLE), "{front}: {found}");
            assert_eq!(found.to_string(), nearest, "{front}");
        }
        assert_eq!(color("#777777").nearest(&["#000000", "#ffffff", "#777777"].map(color)), None);
    }
}
