//! Items as HTML: what each kind of item says, in the layout of its section.

use std::borrow::Cow;

use arcstr::ArcStr;
use askama::Template;

use super::call::CallView;
use super::news::NewsView;
use super::session::SessionView;
use super::style::Styles;
use super::when::When;
use crate::locale::{Direction, Locale};
use crate::model::Layout;
use crate::prose::Block;
use crate::render::campaign::Campaign;
use crate::render::escape::Escaped;
use crate::render::html::Html;
use crate::render::line::Line;
use crate::render::tongue::Tongue;

/// One item of a section.
#[derive(Debug, Clone)]
pub enum Item<'a> {
    /// A session.
    Session(SessionView<'a>),
    /// A call.
    Call(CallView<'a>),
    /// A news item.
    News(NewsView<'a>),
}

/// What HTML is written with.
#[derive(Debug, Clone)]
pub struct Pen<'a> {
    /// How things are said.
    pub locale: &'a Locale,
    /// How they look.
    pub style: &'a Styles,
    /// What links carry.
    pub campaign: Campaign<'a>,
}

impl Pen<'_> {
    /// Writes prose.
    pub fn prose<'p>(&'p self, blocks: &'p [Block]) -> Html<'p> {
        Html {
            blocks,
            style: self.style,
            campaign: &self.campaign,
            direction: self.locale.direction(),
            level: 4,
            quiet: false,
        }
    }

    /// Writes prose in the second voice.
    pub fn quiet<'p>(&'p self, blocks: &'p [Block]) -> Html<'p> {
        Html { quiet: true, ..self.prose(blocks) }
    }

    /// Gives a text of the data as it stands beside other words.
    pub fn beside<'t>(&self, text: &'t str) -> Line<'t> {
        Line::beside(text, self.locale)
    }

    /// Gives a text of the data that stands alone.
    pub fn alone<'t>(&self, text: &'t str) -> Line<'t> {
        Line::alone(text, self.locale)
    }

    /// Gives a text that can hold no isolates: an address, or words of the program.
    pub fn text<'t>(&self, text: &'t str) -> Escaped<'t> {
        Escaped(text)
    }

    /// Gives the attribute that Outlook wants on each table of the layout; nothing where lines go the usual way.
    pub fn table_dir(&self) -> &'static str {
        match self.locale.direction() {
            Direction::Ltr => "",
            Direction::Rtl => " dir=\"rtl\"",
        }
    }

    /// Gives an address as it stands in the mail.
    pub fn href<'u>(&self, url: &'u str) -> Cow<'u, str> {
        self.campaign.href(url)
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The layout of its section.
    pub layout: Layout,
    /// Whether its section has a column of dates.
    pub dated: bool,
    /// Whether nothing stands above it.
    pub first: bool,
}

impl Item<'_> {
    /// Writes it after what is already there.
    pub fn write(&self, pen: &Pen<'_>, place: Place, html: &mut String) {
        let (s, Place { layout, dated, first }) = (pen.style, place);
        let written = match self {
            Item::Session(item) => {
                let (when, long) = (item.when.as_ref(), item.is_long());
                SessionRow { item, pen, s, when, undated: None, layout, dated, first, long }.render_into(html)
            }
            Item::Call(item) => {
                let (when, undated) = (item.when.as_ref(), Some(pen.locale.labels.no_deadline.as_str()));
                CallRow { item, pen, s, when, undated, layout, dated, first, long: false }.render_into(html)
            }
            Item::News(item) => {
                NewsRow { item, pen, s, when: None, undated: None, layout, dated, first, long: false }.render_into(html)
            }
        };
        written.expect("a String takes everything");
    }
}

macro_rules! rows {
    ($($name:ident = $path:literal for $view:ident,)+) => {
        $(
            #[derive(Template)]
            #[template(path = $path, whitespace = "suppress")]
            struct $name<'p, 'a> {
                item: &'p $view<'a>,
                pen: &'p Pen<'a>,
                s: &'p Styles,
                when: Option<&'p When<'a>>,
                /// What stands in the place of a date.
                undated: Option<&'p str>,
                layout: Layout,
                dated: bool,
                first: bool,
                /// Whether it is more than a few lines, so that it takes a telephone's whole width.
                long: bool,
            }
        )+
    };
}

rows! {
    SessionRow = "parts/session.html" for SessionView,
    CallRow = "parts/call.html" for CallView,
    NewsRow = "parts/news.html" for NewsView,
}

/// An item of which only title, day and address are told.
#[derive(Debug, Clone)]
pub struct Title<'a> {
    /// Its title.
    pub title: Cow<'a, str>,
    /// What makes it another thing than an open call or a session that takes place: `Cancelled`, `Forthcoming`.
    pub state: Option<&'a str>,
    /// Its day, or the deadline and that it is one.
    pub day: Option<ArcStr>,
    /// Where it leads.
    pub url: Option<Cow<'a, str>>,
    /// Its language.
    pub tongue: Tongue,
}

impl Title<'_> {
    /// Gives title and day in one line.
    pub fn words(&self) -> String {
        super::session::join([Some(self.title.as_ref()), self.state, self.day.as_deref()], " · ")
    }

    /// Gives it as an item of a list.
    pub fn html(&self, pen: &Pen<'_>) -> String {
        TitleRow { item: self, pen, s: pen.style }.render().expect("a String takes everything")
    }
}

#[derive(Template)]
#[template(path = "parts/only-title.html", whitespace = "suppress")]
struct TitleRow<'p, 'a> {
    item: &'p Title<'a>,
    pen: &'p Pen<'a>,
    s: &'p Styles,
}
