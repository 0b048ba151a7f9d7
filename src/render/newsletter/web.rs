//! The web copy: a page for "view in the browser" and for the archive. It says what the mail says, from the same
//! views, but whole: nothing is folded, links carry no campaign, and nobody can unsubscribe somebody else.

use askama::Template;

use super::Newsletter;
use super::call::CallView;
use super::events;
use super::items::Item;
use super::months::{self, Month};
use super::news::NewsView;
use super::section::Kind;
use super::session::SessionView;
use super::when::Desk;
use crate::locale::Locale;
use crate::model::Edition;
use crate::model::picture::Place;
use crate::prose::Block;
use crate::render::campaign::Campaign;
use crate::render::line::Line;
use crate::render::page::Page as Prose;
use crate::theme::{Palette, Theme};

/// What the page looks like, in the theme's colours.
const SHEET: &str = include_str!("../../../templates/web.css");

/// The page.
#[derive(Template)]
#[template(path = "web.html", whitespace = "suppress")]
struct Page<'p, 'a> {
    n: &'p Newsletter<'a>,
    pen: Pen<'a>,
    sections: Vec<Section<'a>>,
    colors: String,
    sheet: &'static str,
    /// Coming sessions for search engines; empty where there are none.
    events: String,
}

/// What a page is written with.
#[derive(Clone, Copy)]
struct Pen<'a> {
    locale: &'a Locale,
}

impl Pen<'_> {
    fn prose<'p>(&self, blocks: &'p [Block], level: u8) -> Prose<'p> {
        Prose { blocks, direction: self.locale.direction(), level, quiet: false }
    }

    fn quiet<'p>(&self, blocks: &'p [Block]) -> Prose<'p> {
        Prose { quiet: true, ..self.prose(blocks, 4) }
    }

    /// Gives a text of the data as it stands beside other words.
    fn beside<'t>(&self, text: &'t str) -> Line<'t> {
        Line::beside(text, self.locale)
    }

    /// Gives a text of the data that stands alone.
    fn alone<'t>(&self, text: &'t str) -> Line<'t> {
        Line::alone(text, self.locale)
    }
}

/// One section, whole.
struct Section<'a> {
    id: &'static str,
    title: &'a str,
    months: Vec<Month>,
    /// Its items as HTML.
    html: String,
}

macro_rules! articles {
    ($($name:ident = $path:literal for $view:ident,)+) => {
        $(
            #[derive(Template)]
            #[template(path = $path, whitespace = "suppress")]
            struct $name<'p, 'a> {
                item: &'p $view<'a>,
                pen: &'p Pen<'a>,
            }
        )+
    };
}

articles! {
    SessionArticle = "parts/web-session.html" for SessionView,
    CallArticle = "parts/web-call.html" for CallView,
    NewsArticle = "parts/web-news.html" for NewsView,
}

/// Writes the page of an edition.
pub fn page(n: &Newsletter<'_>, theme: &Theme) -> String {
    let (edition, locale) = (n.edition, n.locale);
    let pen = Pen { locale };
    let campaign = Campaign::default();
    let desk = &mut Desk::new(edition, locale, &campaign);
    let sections: Vec<Section<'_>> = Kind::ALL
        .into_iter()
        .filter(|kind| kind.len(edition) > 0)
        .map(|kind| {
            let mut html = String::with_capacity(1024 * kind.len(edition));
            for at in 0..kind.len(edition) {
                article(&kind.item(edition, at, desk), &pen, &mut html);
                html.push('\n');
            }
            let months = if kind == Kind::Calls { months::months(desk) } else { Vec::new() };
            Section { id: kind.id(), title: kind.heading(&locale.labels), months, html }
        })
        .collect();
    let len: usize = sections.iter().map(|section| section.html.len()).sum();
    let mut html = String::with_capacity(16 * 1024 + len);
    let page = Page { n, pen, sections, colors: colors(theme), sheet: SHEET, events: events::json(edition, locale) };
    page.render_into(&mut html).expect("a String takes everything");
    html
}

fn article(item: &Item<'_>, pen: &Pen<'_>, html: &mut String) {
    let written = match item {
        Item::Session(item) => SessionArticle { item, pen }.render_into(html),
        Item::Call(item) => CallArticle { item, pen }.render_into(html),
        Item::News(item) => NewsArticle { item, pen }.render_into(html),
    };
    written.expect("a String takes everything");
}

/// Writes a theme's tokens as variables. Paper has no dark, and the field of the title is the same in the dark, where
/// it glows and reads as well.
fn colors(theme: &Theme) -> String {
    let variables = |palette: &Palette| -> String {
        palette.tokens().iter().map(|(token, color)| format!("--{token}:{color};")).collect()
    };
    let (accent, on_accent) = (theme.light.accent, theme.light.on_accent);
    format!(
        ":root{{color-scheme:light dark;{}--field:{accent};--on-field:{on_accent}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n",
        variables(&theme.light),
        variables(&theme.dark)
    )
}

impl Page<'_, '_> {
    fn edition(&self) -> &Edition {
        self.n.edition
    }

    /// Gives the address of a picture for those who show a link to the page; a file beside it has none.
    fn picture(&self) -> Option<&str> {
        match &self.edition().publisher.logo.as_ref()?.place {
            Place::Hosted(address) if address.is_https() => Some(address.as_str()),
            _ => None,
        }
    }

    fn web_url(&self) -> Option<&str> {
        self.edition().mailing.web_url.as_ref().map(|url| url.value.as_str())
    }
}
