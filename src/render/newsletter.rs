//! The newsletter: HTML, plain text and web copy from the same views, so that all state the same facts.

use std::borrow::Cow;
use std::sync::Arc;

use askama::Template;

use crate::artifact::{MAIL, Shown};
use crate::locale::Locale;
use crate::model::picture::{self, File};
use crate::model::value::without_placeholders;
use crate::model::{self, Edition, State};
use crate::prose::Block;
use crate::render::campaign::Campaign;
use crate::render::html::{Html, Letters};
use crate::render::line::Line;
use crate::theme::Theme;

use items::Pen;
use section::{Kind, Section};
use style::Styles;
use when::Desk;

mod call;
mod events;
#[cfg(test)]
pub(crate) mod fixture;
pub mod fold;
mod items;
mod months;
mod news;
mod plain;
mod section;
mod session;
pub mod style;
pub mod tags;
mod web;
mod when;

/// Mail programs show about so many letters of a preheader.
const PREHEADER: usize = 130;

/// An edition as a newsletter.
#[derive(Debug)]
pub struct Newsletter<'a> {
    edition: &'a Edition,
    locale: &'a Locale,
    pen: Pen<'a>,
    subject: Cow<'a, str>,
    preheader: Cow<'a, str>,
    issue: String,
    intro: Vec<Block>,
    contents: Vec<Entry>,
    sections: Vec<Section<'a>>,
}

/// A line of the contents.
#[derive(Debug)]
struct Entry {
    section: &'static str,
    count: String,
    detail: Line<'static>,
}

impl Entry {
    fn words(&self) -> String {
        session::join([Some(self.count.as_str()), Some(self.detail.as_str())], " · ")
    }
}

/// The HTML part.
#[derive(Template)]
#[template(path = "newsletter.html", whitespace = "suppress")]
struct HtmlPart<'p, 'a> {
    n: &'p Newsletter<'a>,
    s: &'p Styles,
}

/// Counts bytes in place of writing them.
struct Length(usize);

impl std::fmt::Write for Length {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

impl<'a> Newsletter<'a> {
    /// Lays out an edition in a language and a look; both can serve many editions. What does not fit into a mail is
    /// folded: see [`Newsletter::shown`].
    pub fn new(edition: &'a Edition, locale: &'a Locale, style: &'a Styles) -> Newsletter<'a> {
        let pen = Pen { locale, style, campaign: Campaign::new(edition) };
        let desk = &mut Desk::new(edition, locale, &pen.campaign);
        let contents = contents(edition, locale, desk);
        let date = locale.date(edition.date);
        let number =
            edition.number.as_ref().map(|n| locale.say("edition-number", &[("number", &locale.part(n.as_str()))]));
        let mut newsletter = Newsletter {
            edition,
            locale,
            subject: match &edition.mailing.subject {
                Some(subject) => subject.as_str().into(),
                // A no-break space alone would make an encoded word of the whole subject.
                None => locale
                    .say("subject", &[("title", edition.title.as_str()), ("date", &date)])
                    .replace('\u{A0}', " ")
                    .into(),
            },
            preheader: match &edition.mailing.preheader {
                Some(preheader) => preheader.as_str().into(),
                None => preheader(edition, locale, &contents).into(),
            },
            issue: session::join([number.as_deref(), Some(&date)], " · "),
            intro: edition.mailing.intro.as_ref().map(|prose| prose.blocks()).unwrap_or_default(),
            contents,
            sections: Vec::new(),
            pen: pen.clone(),
        };
        let limit = MAIL.saturating_sub(edition.mailing.overhead);
        // Without sections it is what stands around them.
        let mut frame = Length(0);
        HtmlPart { n: &newsletter, s: style }.render_into(&mut frame).expect("a number takes everything");
        let room = limit.saturating_sub(frame.0);
        newsletter.sections = fold::lay_out(edition, &pen, desk, room);
        newsletter
    }

    /// Tells how much of the edition is in the mail.
    pub fn shown(&self) -> Shown {
        self.sections.iter().fold(Shown::default(), |all, section| {
            let (full, titles) = (section.full(), section.titles.len());
            Shown { full: all.full + full, titles: all.titles + titles, left: all.left + section.len - full - titles }
        })
    }

    /// Gives the items that are in the mail, in their order, and whether each is there in full or by its title.
    pub fn items(&self) -> Vec<(model::Item<'a>, bool)> {
        self.sections.iter().flat_map(|section| section.shown(self.edition)).collect()
    }

    /// Gives the files of the pictures that the HTML part shows.
    pub fn pictures(&self) -> Vec<Arc<File>> {
        let items = self.items().into_iter().filter(|(_, is_full)| *is_full);
        let sessions = items.filter_map(|(item, _)| match item {
            model::Item::Held(session) | model::Item::Coming(session) => session.picture.as_deref(),
            model::Item::Call(_) | model::Item::News(_) => None,
        });
        picture::files(self.edition.publisher.logo.iter().chain(sessions))
    }

    /// Writes the HTML part.
    pub fn html(&self) -> String {
        let items: usize = self.sections.iter().map(|section| section.html.len() + section.titles_html.len()).sum();
        let mut html = String::with_capacity(16 * 1024 + items);
        HtmlPart { n: self, s: self.pen.style }.render_into(&mut html).expect("a String takes everything");
        html
    }

    /// Writes the text part: every fact and every link of the HTML, at most 76 columns wide where words allow it.
    pub fn text(&self) -> String {
        let items: usize = self.sections.iter().map(|section| section.text.len() + 128 * section.titles.len()).sum();
        let mut text = String::with_capacity(2 * 1024 + items);
        plain::TextPart { n: self }.render_into(&mut text).expect("a String takes everything");
        text
    }

    /// Writes the web copy: a page for browsers that shows the edition whole, in the colours of `theme`.
    pub fn web(&self, theme: &Theme) -> String {
        web::page(self, theme)
    }

    /// Gives the subject.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Gives the line that a mail program shows beside the subject.
    pub fn preheader(&self) -> &str {
        &self.preheader
    }

    /// Writes a text with its placeholders as the mailing service looks for them.
    fn marked<'t>(&self, text: &'t str) -> Letters<'t> {
        Letters(text)
    }

    /// Gives a text without its placeholders: quotation marks in them would end an attribute, and a page on the web is
    /// for everybody.
    fn spoken<'t>(&self, text: &'t str) -> Cow<'t, str> {
        without_placeholders(text)
    }

    /// Gives a text of the data that stands alone.
    fn alone<'t>(&self, text: &'t str) -> Line<'t> {
        self.pen.alone(text)
    }

    fn table_dir(&self) -> &'static str {
        self.pen.table_dir()
    }

    fn opening(&self) -> Html<'_> {
        Html { level: 2, ..self.pen.prose(&self.intro) }
    }

    /// Says whether there is something to stand at the foot.
    fn has_foot(&self) -> bool {
        let mailing = &self.edition.mailing;
        let ways = [mailing.web(), mailing.unsubscribe(), mailing.target.address()];
        self.edition.publisher.is_known() || ways.into_iter().any(|way| way.is_some())
    }

    /// Gives the postal address: the publisher's, or what a service puts in its place.
    fn address(&self) -> Option<&str> {
        self.edition.publisher.address.as_ref().map(|address| address.as_str()).or(self
            .edition
            .mailing
            .target
            .address())
    }

    fn href<'u>(&self, url: &'u str) -> Cow<'u, str> {
        self.pen.href(url)
    }
}

/// Lists the sections that are there, with what matters most in each.
fn contents(edition: &Edition, locale: &Locale, desk: &mut Desk<'_, '_>) -> Vec<Entry> {
    let title = |title: &crate::source::Text| locale.part(title.as_str()).into_owned();
    let held = match edition.held.as_slice() {
        [only] => title(&only.title),
        _ => String::new(),
    };
    let next = edition.coming.iter().filter(|session| !session.is_off()).find_map(|session| session.date.as_ref());
    let coming = next.map(|date| locale.say("next-on", &[("date", &locale.date(date.value))])).unwrap_or_default();
    // Calls are in order: closing soon, open, then all others.
    let soon = desk.calls.iter().take_while(|(state, _)| *state == State::ClosingSoon).count();
    let open = desk.calls.iter().take_while(|(state, _)| matches!(state, State::ClosingSoon | State::Open));
    let next = open.filter_map(|(_, deadline)| *deadline).next().map(|deadline| deadline.date.value);
    let deadline = next.map(|date| locale.say("next-deadline", &[("date", &desk.days(date, None))]));
    let soon = (soon > 0).then(|| locale.count("count-closing-soon", soon));
    let calls = session::join([soon.as_deref(), deadline.as_deref()], " · ");
    let news = match edition.news.as_slice() {
        [only] => title(&only.title),
        _ => String::new(),
    };
    let keys = ["count-held", "count-coming", "count-calls", "count-news"];
    // One that is off is told in its section, and comes no more.
    let off =
        |kind| if kind == Kind::Coming { edition.coming.iter().filter(|session| session.is_off()).count() } else { 0 };
    (Kind::ALL.into_iter().zip(keys).zip([held, coming, calls, news]))
        .map(|((kind, key), detail)| (kind, kind.len(edition) - off(kind), key, detail))
        .filter(|(_, count, ..)| *count > 0)
        .map(|(kind, count, key, detail)| Entry {
            section: kind.id(),
            count: locale.count(key, count),
            detail: detail.into(),
        })
        .collect()
}

/// Makes a preheader of the counts; where that is little, of the first title too.
fn preheader(edition: &Edition, locale: &Locale, contents: &[Entry]) -> String {
    let counts: Vec<&str> = contents.iter().map(|entry| entry.count.as_str()).collect();
    let mut preheader = locale.list(&counts);
    let sessions = edition.held.iter().chain(&edition.coming).map(|session| &session.title);
    let titles =
        sessions.chain(edition.calls.iter().map(|call| &call.title)).chain(edition.news.iter().map(|n| &n.title));
    for title in titles {
        let joint = if preheader.is_empty() { "" } else { " · " };
        if preheader.chars().count() + title.as_str().chars().count() + 3 > PREHEADER {
            break;
        }
        preheader.push_str(joint);
        preheader.push_str(title.as_str());
    }
    preheader
}

#[cfg(test)]
mod tests;
