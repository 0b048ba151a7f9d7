//! The text part: written from the same views as the HTML, not scraped from it.

use askama::Template;

use super::Newsletter;
use super::call::CallView;
use super::items::{Item, Pen};
use super::months::Month;
use super::news::NewsView;
use super::session::{ItemView, SessionView, join};
use crate::prose::Block;
use crate::render::persons::Group;
use crate::render::text::{Plain, bare};
use crate::render::wrap::{Underlined, Wrapped};

/// An empty line.
const BLANK: &str = "\n";

/// What begins the foot; mail programs leave out what follows when one answers (RFC 3676 §4.3).
const SIGNATURE: &str = "-- \n";

/// The text part, always whole. In its template each tag writes whole lines, and what stands between tags is dropped.
#[derive(Template)]
#[template(path = "newsletter.txt", whitespace = "suppress")]
pub struct TextPart<'p, 'a> {
    /// What is written.
    pub n: &'p Newsletter<'a>,
}

impl<'a> Lines<'a> for TextPart<'_, 'a> {
    fn pen(&self) -> &Pen<'a> {
        &self.n.pen
    }
}

macro_rules! entries {
    ($($name:ident = $path:literal for $view:ident,)+) => {
        $(
            #[derive(Template)]
            #[template(path = $path, whitespace = "suppress")]
            struct $name<'p, 'a> {
                item: &'p $view<'a>,
                pen: &'p Pen<'a>,
            }

            impl<'a> Lines<'a> for $name<'_, 'a> {
                fn pen(&self) -> &Pen<'a> {
                    self.pen
                }
            }
        )+
    };
}

entries! {
    SessionEntry = "parts/session.txt" for SessionView,
    CallEntry = "parts/call.txt" for CallView,
    NewsEntry = "parts/news.txt" for NewsView,
}

impl Item<'_> {
    /// Writes it as text after what is already there.
    pub fn write_text(&self, pen: &Pen<'_>, text: &mut String) {
        let written = match self {
            Item::Session(item) => SessionEntry { item, pen }.render_into(text),
            Item::Call(item) => CallEntry { item, pen }.render_into(text),
            Item::News(item) => NewsEntry { item, pen }.render_into(text),
        };
        written.expect("a String takes everything");
    }
}

/// What the templates of the text part write their lines with.
trait Lines<'a> {
    fn pen(&self) -> &Pen<'a>;

    fn wrap<'t, T: AsRef<str> + ?Sized>(&self, text: &'t T) -> Wrapped<'t> {
        Wrapped { text: text.as_ref().into(), first: "", rest: "" }
    }

    fn entry<'t, T: AsRef<str> + ?Sized>(&self, text: &'t T) -> Wrapped<'t> {
        Wrapped { text: text.as_ref().into(), first: "- ", rest: "  " }
    }

    /// Writes an address beneath an entry; it stays whole.
    fn under(&self, url: &str) -> String {
        ["  ", url, "\n"].concat()
    }

    fn heading<'t, T: AsRef<str> + ?Sized>(&self, text: &'t T, with: char) -> Underlined<'t> {
        Underlined { text: text.as_ref(), with }
    }

    fn plain<'p>(&'p self, blocks: &'p [Block]) -> Plain<'p>
    where
        'a: 'p,
    {
        Plain { blocks, campaign: &self.pen().campaign, indent: "" }
    }

    /// Joins what is there into one line.
    fn line<const N: usize>(&self, parts: &[Option<&str>; N]) -> Wrapped<'static> {
        self.whole(join(*parts, " · "))
    }

    fn labelled(&self, label: &str, words: &str) -> Wrapped<'static> {
        self.whole([label, &self.pen().locale.labels.colon, words].concat())
    }

    fn whole(&self, text: String) -> Wrapped<'static> {
        Wrapped { text: text.into(), first: "", rest: "" }
    }

    /// Writes an item of an agenda, its speakers beneath; without a number where it is the only one.
    fn point(&self, number: Option<&usize>, item: &ItemView<'_>) -> String {
        let first = number.map(|number| format!("{number}. ")).unwrap_or_default();
        let rest = " ".repeat(first.len());
        let mut lines = Wrapped { text: item.words().0, first: &first, rest: &rest }.to_string();
        if !item.speakers.is_empty() {
            let names = self.names(&item.speakers);
            lines.push_str(&Wrapped { text: names.into(), first: &rest, rest: &rest }.to_string());
        }
        for url in item.speakers.iter().flat_map(|group| &group.members).filter_map(|member| member.url) {
            lines.push_str(&rest);
            lines.push_str(bare(&self.pen().href(url)));
            lines.push('\n');
        }
        lines
    }

    /// Names persons, the addresses of their pages beneath.
    fn persons(&self, label: &str, groups: &[Group<'_>]) -> String {
        let mut lines = self.labelled(label, &self.names(groups)).to_string();
        for url in groups.iter().flat_map(|group| &group.members).filter_map(|member| member.url) {
            lines.push_str(bare(&self.pen().href(url)));
            lines.push('\n');
        }
        lines
    }

    fn names(&self, groups: &[Group<'_>]) -> String {
        let names: Vec<String> = groups.iter().map(|group| group.words(self.pen().locale)).collect();
        names.join(&self.pen().locale.labels.semicolon)
    }

    /// Says how many deadlines a month has: `September 2024: 3 deadlines`.
    fn month_line(&self, month: &Month) -> String {
        [&month.name, self.pen().locale.labels.colon.as_str(), &month.count].concat()
    }

    /// Says where a call stands: `Closing soon · Deadline: 19 September 2024`.
    fn standing(&self, call: &CallView<'_>) -> Wrapped<'static> {
        let labels = &self.pen().locale.labels;
        let (opens, between) = call.opens.as_ref().map_or(("", ""), |opens| (opens.as_str(), " · "));
        let (label, colon, deadline) = match &call.when {
            Some(when) => (labels.deadline.as_str(), labels.colon.as_str(), when.words()),
            None => (labels.no_deadline.as_str(), "", ""),
        };
        self.whole([call.state, " · ", opens, between, label, colon, deadline].concat())
    }
}
