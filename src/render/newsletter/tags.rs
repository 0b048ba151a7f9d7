//! Opening tags with their styles, each in one piece: every item has a score of them, and to write a piece takes more
//! time than its letters do.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::style::Styles;
use crate::render::escape::escape;

/// The opening tags of what stands in many items.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    /// The rows of a list.
    pub list: Rows,
    /// The rows of an agenda.
    pub agenda: Rows,
    /// An item's title.
    pub h3: Tag,
    /// The day, large.
    pub day: Tag,
    /// Two days, a little less large.
    pub days: Tag,
    /// The day at the side of an agenda.
    pub side_date: Tag,
    /// A label.
    pub label: Tag,
    /// A label that warns.
    pub signal: Tag,
    /// A paragraph.
    pub text: Tag,
    /// A paragraph in the second voice.
    pub meta: Tag,
    /// What the reader can do.
    pub action: Tag,
    /// A link.
    pub link: Link,
}

impl Tags {
    /// Puts tags and styles together.
    pub fn new(s: &Styles) -> Tags {
        Tags {
            list: Rows::new(["96", "dc"], [&s.first_date_cell, &s.first_item_cell], [&s.date_cell, &s.item_cell]),
            agenda: Rows::new(["136", "sd"], [&s.first_side_cell, &s.first_line_cell], [&s.side_cell, &s.line_cell]),
            h3: Tag::new("<h3", &s.h3),
            day: Tag::new("<b class=\"ac\"", &s.day),
            days: Tag::new("<b class=\"ac\"", &s.days),
            side_date: Tag::new("<b class=\"ac\"", &s.side_date),
            label: Tag::new("<b class=\"la\"", &s.label),
            signal: Tag::new("<b class=\"si\"", &s.signal),
            text: Tag::new("<p", &s.text),
            meta: Tag::new("<p class=\"mu\"", &s.meta),
            action: Tag::new("<p", &s.action),
            link: Link { rest: format!("\" style=\"{}\">", s.link) },
        }
    }
}

/// The rows of a table with the days at the side: its first one and all others, of few lines and of many.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    first: [Row; 2],
    others: [Row; 2],
}

/// A row with the day at the side.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Begins the row and its first cell.
    pub side: Tag,
    /// The cell beside it.
    pub item: Tag,
}

impl Rows {
    /// Takes width and class of the side, and the styles of both cells. What is more than a few lines takes a
    /// telephone's whole width.
    fn new([width, class]: [&str; 2], first: [&str; 2], others: [&str; 2]) -> Rows {
        let rows = |width: &str, [side, item]: [&str; 2]| {
            [(class, ""), ("st", " class=\"sb\"")].map(|(at_side, beside)| Row {
                side: Tag::new(&format!("<tr><td{width} valign=\"top\" class=\"{at_side}\""), side),
                item: Tag::new(&format!("<td valign=\"top\"{beside}"), item),
            })
        };
        Rows { first: rows(&format!(" width=\"{width}\""), first), others: rows("", others) }
    }

    /// Gives the row of an item: the first or another one, of more than a few lines or not.
    pub fn row(&self, first: bool, long: bool) -> &Row {
        let rows = if first { &self.first } else { &self.others };
        &rows[usize::from(long)]
    }
}

/// An opening tag with its style.
#[derive(Debug, Clone, Default)]
pub struct Tag {
    text: String,
    /// Where the name of the element ends.
    name: usize,
}

impl Tag {
    fn new(open: &str, style: &str) -> Tag {
        Tag { text: format!("{open} style=\"{style}\">"), name: open.find(' ').unwrap_or(open.len()) }
    }

    /// Gives it with an attribute more, ` lang="fr"`; with none where that is empty.
    pub fn with<'t>(&'t self, attribute: impl Into<Cow<'t, str>>) -> With<'t> {
        With { tag: self, attribute: attribute.into() }
    }
}

html!(Tag, |tag, out| out.write_str(&tag.text));

/// An opening tag with an attribute more.
#[derive(Debug, Clone)]
pub struct With<'t> {
    tag: &'t Tag,
    attribute: Cow<'t, str>,
}

impl With<'_> {
    /// Writes it.
    pub fn write(&self, out: &mut dyn Write) -> fmt::Result {
        let Tag { text, name } = self.tag;
        if self.attribute.is_empty() {
            return out.write_str(text);
        }
        let (name, rest) = text.split_at(*name);
        [name, &self.attribute, rest].into_iter().try_for_each(|part| out.write_str(part))
    }
}

html!(With<'_>, |with, out| with.write(out));

/// The opening tag of links.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// What follows the address.
    rest: String,
}

impl Link {
    /// Gives it with an address.
    pub fn to<'t>(&'t self, url: &'t str) -> To<'t> {
        To { link: self, url }
    }

    /// Writes it with an address, and an attribute more where that is not empty.
    pub fn write(&self, attribute: &str, url: &str, out: &mut dyn Write) -> fmt::Result {
        out.write_str("<a")?;
        if !attribute.is_empty() {
            out.write_str(attribute)?;
        }
        out.write_str(" href=\"")?;
        escape(url, out)?;
        out.write_str(&self.rest)
    }
}

/// The opening tag of a link to an address.
#[derive(Debug, Clone, Copy)]
pub struct To<'t> {
    link: &'t Link,
    url: &'t str,
}

html!(To<'_>, |to, out| to.link.write("", to.url, out));
