//! One set of tokens for mail and PDF, its contrast checked when it is loaded.

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Sources, Span, Spanned};

pub use color::Color;

mod color;

/// The theme that is used where `[theme]` names none.
pub const DEFAULT: &str = "harbour";

/// The themes that come with the program: name and text.
pub const THEMES: &[(&str, &str)] = &[
    ("harbour", include_str!("../templates/themes/harbour.toml")),
    ("meadow", include_str!("../templates/themes/meadow.toml")),
    ("brick", include_str!("../templates/themes/brick.toml")),
    ("slate", include_str!("../templates/themes/slate.toml")),
];

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
        let at = |appearance: &str, token: &str| place(text, appearance, token).map(|range| span.part(range));
        theme.tell_unreadable(span, at, report).then_some(theme)
    }

    /// Puts a publication's own colours in the place of the theme's. One that is not given but goes with one that is
    /// follows it: the quiet field of an accent, the text on it, both in the dark. `None`: a pair cannot be read, and
    /// that has been told; `span` stands for what has no place of its own.
    pub fn with(mut self, own: &Own, span: Span, report: &mut Report) -> Option<Theme> {
        let given = |token: &str| own.light.iter().any(|(known, _)| *known == token);
        let given_dark = |token: &str| own.dark.iter().any(|(known, _)| *known == token);
        for (token, color) in &own.light {
            *self.light.token_mut(token) = color.value;
        }
        for (token, color) in &own.dark {
            *self.dark.token_mut(token) = color.value;
        }
        let (light, dark) = (&mut self.light, &mut self.dark);
        if given("accent") {
            if !given("accent-soft") {
                let texts = [light.ink, light.muted, light.accent];
                light.accent_soft = light.paper.tint(light.accent, 0.1, &texts);
            }
            if !given("on-accent") {
                let pale = light.paper.is_readable_on(&[light.accent]);
                light.on_accent = if pale { light.paper } else { light.ink };
            }
            if !given_dark("accent-soft") {
                dark.accent_soft = dark.paper.tint(light.accent, 0.25, &[dark.ink, dark.muted]);
            }
            if !given_dark("accent") {
                let grounds = [dark.paper, dark.canvas, dark.accent_soft];
                dark.accent = light.accent.mix(dark.ink, 0.45).nearest(&grounds).unwrap_or(dark.accent);
            }
            if !given_dark("on-accent") {
                dark.on_accent = if dark.canvas.is_readable_on(&[dark.accent]) { dark.canvas } else { dark.ink };
            }
        }
        if given("signal") {
            if !given("signal-soft") {
                light.signal_soft = light.paper.tint(light.signal, 0.1, &[light.signal]);
            }
            if !given_dark("signal-soft") {
                dark.signal_soft = dark.paper.mix(light.signal, 0.25);
            }
            if !given_dark("signal") {
                let grounds = [dark.paper, dark.signal_soft];
                dark.signal = light.signal.mix(dark.ink, 0.45).nearest(&grounds).unwrap_or(dark.signal);
            }
        }
        let at = |appearance: &str, token: &str| {
            let tokens = if appearance == "dark" { &own.dark } else { &own.light };
            tokens.iter().find(|(known, _)| *known == token).map(|(_, color)| color.span)
        };
        self.tell_unreadable(span, at, report).then_some(self)
    }

    /// Tells every pair of text and ground that cannot be read, with the nearest colour that can. `at` finds where a
    /// token is given.
    fn tell_unreadable(&self, span: Span, at: impl Fn(&str, &str) -> Option<Span>, report: &mut Report) -> bool {
        let mut readable = true;
        for (appearance, palette) in [("light", &self.light), ("dark", &self.dark)] {
            let mut told = Vec::new();
            for (token, front, grounds) in palette.pairs() {
                let worst = grounds
                    .iter()
                    .min_by(|(_, one), (_, other)| front.contrast(*one).total_cmp(&front.contrast(*other)));
                let Some((ground, back)) = worst.filter(|(_, back)| !front.is_readable_on(&[*back])) else { continue };
                readable = false;
                // What stands on a colour that is to be changed follows it.
                if told.contains(ground) {
                    continue;
                }
                told.push(token);
                let colors: Vec<Color> = grounds.iter().map(|(_, color)| *color).collect();
                let help = match (at(appearance, token), at(appearance, ground)) {
                    // The ground alone was given: it is the one to change.
                    (None, Some(_)) => back.nearest(&[front]).map(|color| (*ground, color)),
                    _ => front.nearest(&colors).map(|color| (token, color)),
                };
                let help = match help {
                    Some((token, color)) => format!("text needs at least 4.5:1; the nearest `{token}` is `{color}`"),
                    None => "text needs at least 4.5:1; make one of the two lighter or darker".into(),
                };
                let place = at(appearance, token).or_else(|| at(appearance, ground)).unwrap_or(span);
                let ratio = front.contrast(*back);
                let message = format!("[{appearance}] `{token}` on `{ground}` has a contrast of {ratio:.2}:1");
                report.add(Diagnostic::error(Code::BadTheme, message).at(place, "").help(help));
            }
        }
        readable
    }
}

/// Finds the value of a token.
fn place(text: &str, appearance: &str, token: &str) -> Option<std::ops::Range<usize>> {
    let table = toml::de::DeTable::parse(text).ok()?;
    let value = table.get_ref().get(appearance)?.get_ref().get(token)?;
    Some(value.span())
}

/// A publication's own colours (`[theme]` and `[theme.dark]`): token and colour.
#[derive(Debug, Default)]
pub struct Own {
    /// On white, and on paper.
    pub light: Vec<(&'static str, Spanned<Color>)>,
    /// In the dark.
    pub dark: Vec<(&'static str, Spanned<Color>)>,
}

/// A colour and its name.
type Token = (&'static str, Color);

impl Palette {
    /// The names of all tokens.
    pub const TOKENS: [&'static str; 10] =
        ["ink", "muted", "paper", "canvas", "accent", "accent-soft", "on-accent", "signal", "signal-soft", "rule"];

    /// Gives all tokens with their names.
    pub fn tokens(&self) -> [(&'static str, Color); 10] {
        let Palette { ink, muted, paper, canvas, accent, accent_soft, on_accent, signal, signal_soft, rule } = *self;
        let colors = [ink, muted, paper, canvas, accent, accent_soft, on_accent, signal, signal_soft, rule];
        std::array::from_fn(|at| (Palette::TOKENS[at], colors[at]))
    }

    fn token_mut(&mut self, token: &str) -> &mut Color {
        match token {
            "ink" => &mut self.ink,
            "muted" => &mut self.muted,
            "paper" => &mut self.paper,
            "canvas" => &mut self.canvas,
            "accent" => &mut self.accent,
            "accent-soft" => &mut self.accent_soft,
            "on-accent" => &mut self.on_accent,
            "signal" => &mut self.signal,
            "signal-soft" => &mut self.signal_soft,
            "rule" => &mut self.rule,
            other => unreachable!("`{other}` is one of `TOKENS`, so it has an arm here"),
        }
    }

    /// Gives every text with the grounds that the templates set it on.
    fn pairs(&self) -> Vec<(&'static str, Color, Vec<Token>)> {
        let grounds = || vec![("paper", self.paper), ("canvas", self.canvas), ("accent-soft", self.accent_soft)];
        vec![
            ("ink", self.ink, grounds()),
            ("muted", self.muted, grounds()),
            ("accent", self.accent, grounds()),
            ("on-accent", self.on_accent, vec![("accent", self.accent)]),
            ("signal", self.signal, vec![("signal-soft", self.signal_soft), ("paper", self.paper)]),
        ]
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

    /// Gives a theme with one colour of its own, or what is told of it.
    fn with_own(name: &str, token: &'static str, color: Color) -> Result<Theme, Report> {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let id = sources.add("bulletin.toml", token.into(), &mut report).expect("UTF-8");
        let span = Span::new(id, 0..1);
        let own = Own { light: vec![(token, Spanned::new(color, span))], ..Own::default() };
        Theme::named(name).expect("readable").with(&own, span, &mut report).ok_or(report)
    }

    /// A publication says its accent in one line, and the rest follows: a colour that can be read on white can be used,
    /// and for any other the one that is named can.
    #[test]
    fn what_goes_with_an_own_colour_follows_it() {
        let step = |number: u16, place: u32| u8::try_from(number / 6_u16.pow(place) % 6 * 51).expect("a byte");
        for color in (0..216).map(|number| Color([step(number, 0), step(number, 1), step(number, 2)])) {
            for (token, (name, _)) in
                ["accent", "signal"].into_iter().flat_map(|token| THEMES.iter().map(move |t| (token, t)))
            {
                let Palette { paper, canvas, .. } = Theme::named(name).expect("readable").light;
                let Err(report) = with_own(name, token, color) else { continue };
                assert!(
                    !color.is_readable_on(&[paper, canvas]),
                    "{token} {color} in {name}: {:?}",
                    report.diagnostics()
                );
                let [told] = report.diagnostics() else {
                    panic!("{token} {color} in {name}: {:?}", report.diagnostics())
                };
                let help = told.help.first().expect("a cure");
                let (_, cure) = help.split_once(&format!("nearest `{token}` is `")).expect("the token that was given");
                let cure = Color::parse(cure.trim_end_matches('`')).expect("a colour");
                assert!(with_own(name, token, cure).is_ok(), "{token} {color}, then {cure}, in {name}");
            }
        }
    }
}
