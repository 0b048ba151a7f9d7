//! One set of tokens for mail and PDF, its contrast checked when it is loaded.

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Sources, Span};

/// The theme that is used where `[theme]` names none.
pub const DEFAULT: &str = "harbour";

/// The themes that come with the program: name and text.
pub const THEMES: &[(&str, &str)] = &[("harbour", include_str!("../templates/themes/harbour.toml"))];

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

/// The colours of one appearance.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Palette {
    /// Text.
    pub ink: Color,
    /// Second voice: roles, meta lines.
    pub muted: Color,
    /// Ground.
    pub paper: Color,
    /// Around the mail.
    pub canvas: Color,
    /// Links, numbers, fields of colour.
    pub accent: Color,
    /// Quiet fields.
    pub accent_soft: Color,
    /// Text on accent.
    pub on_accent: Color,
    /// Closing soon, cancelled.
    pub signal: Color,
    /// Its quiet field.
    pub signal_soft: Color,
    /// Lines that only divide.
    pub rule: Color,
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// On white, and on paper.
    pub light: Palette,
    /// For mail programs in dark mode.
    pub dark: Palette,
}

impl Theme {
    /// Gives a theme that comes with the program.
    pub fn named(name: &str) -> Option<Theme> {
        let (_, text) = THEMES.iter().find(|(known, _)| *known == name)?;
        let mut report = Report::default();
        let mut sources = Sources::default();
        let id = sources.add(name, (*text).into(), &mut report)?;
        Theme::decode(text, Span::new(id, 0..text.len()), &mut report)
    }

    /// Decodes a theme: TOML with a colour for each token, every pair readable.
    pub fn decode(text: &str, span: Span, report: &mut Report) -> Option<Theme> {
        let theme: Theme = match toml::from_str(text) {
            Ok(theme) => theme,
            Err(error) => {
                let at = error.span().map_or(span, |range| span.part(range));
                report.add(
                    Diagnostic::error(Code::BadTheme, "the theme cannot be read")
                        .at(at, error.message().lines().next().unwrap_or_default()),
                );
                return None;
            }
        };
        let mut readable = true;
        for (appearance, palette) in [("light", &theme.light), ("dark", &theme.dark)] {
            for (token, front, back, ground) in palette.pairs() {
                let ratio = front.contrast(back);
                if ratio < 4.5 {
                    readable = false;
                    let at = place(text, appearance, token).map_or(span, |range| span.part(range));
                    report.add(
                        Diagnostic::error(
                            Code::BadTheme,
                            format!("[{appearance}] `{token}` on `{ground}` has a contrast of {ratio:.2}:1"),
                        )
                        .at(at, "")
                        .help("text needs at least 4.5:1; make one of the two lighter or darker"),
                    );
                }
            }
        }
        readable.then_some(theme)
    }
}

/// Finds the value of a token.
fn place(text: &str, appearance: &str, token: &str) -> Option<std::ops::Range<usize>> {
    let table = toml::de::DeTable::parse(text).ok()?;
    let value = table.get_ref().get(appearance)?.get_ref().get(token)?;
    Some(value.span())
}

impl Palette {
    /// Gives every pair of text and ground that the templates use.
    fn pairs(&self) -> Vec<(&'static str, Color, Color, &'static str)> {
        let mut pairs = vec![
            ("on-accent", self.on_accent, self.accent, "accent"),
            ("signal", self.signal, self.signal_soft, "signal-soft"),
        ];
        let grounds = [("paper", self.paper), ("canvas", self.canvas), ("accent-soft", self.accent_soft)];
        for (ground, back) in grounds {
            for (token, front) in [("ink", self.ink), ("muted", self.muted), ("accent", self.accent)] {
                pairs.push((token, front, back, ground));
            }
        }
        pairs.push(("signal", self.signal, self.paper, "paper"));
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_loads_and_is_readable() {
        for (name, _) in THEMES {
            let theme = Theme::named(name).expect("readable");
            assert_eq!(theme.name, *name);
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let white = Color([255; 3]);
        assert!((Color([0; 3]).contrast(white) - 21.0).abs() < 1e-9);
        assert!((Color::parse("#777777").expect("a colour").contrast(white) - 4.478).abs() < 1e-3);
    }
}
