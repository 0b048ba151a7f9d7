//! The sections of the mail: what was held, what comes, calls, news.

use std::borrow::Cow;

use super::call::CallView;
use super::items::{Item, Pen, Place, Title};
use super::months::{self, Month};
use super::news::NewsView;
use super::session::{SessionView, off};
use super::when::Desk;
use crate::locale::Labels;
use crate::model::{self, Edition, Layout, State};
use crate::render::tongue::Tongue;

/// Which section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sessions that were held.
    Held,
    /// Sessions to come.
    Coming,
    /// Calls.
    Calls,
    /// News.
    News,
}

impl Kind {
    /// All of them, in their order.
    pub const ALL: [Kind; 4] = [Kind::Held, Kind::Coming, Kind::Calls, Kind::News];

    /// Gives the id that the contents lead to.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Held => "held",
            Kind::Coming => "coming",
            Kind::Calls => "calls",
            Kind::News => "news",
        }
    }

    /// Counts its items.
    pub fn len(self, edition: &Edition) -> usize {
        match self {
            Kind::Held => edition.held.len(),
            Kind::Coming => edition.coming.len(),
            Kind::Calls => edition.calls.len(),
            Kind::News => edition.news.len(),
        }
    }

    /// Gives its heading.
    pub fn heading(self, labels: &Labels) -> &str {
        match self {
            Kind::Held => &labels.held,
            Kind::Coming => &labels.coming,
            Kind::Calls => &labels.calls,
            Kind::News => &labels.news,
        }
    }

    fn layout(self, edition: &Edition) -> Layout {
        let layouts = &edition.mailing.layouts;
        match self {
            Kind::Held => layouts.held,
            Kind::Coming => layouts.coming,
            Kind::Calls => layouts.calls,
            Kind::News => layouts.news,
        }
    }

    /// Gives an item of an edition.
    pub fn of(self, edition: &Edition, at: usize) -> model::Item<'_> {
        match self {
            Kind::Held => model::Item::Held(&edition.held[at]),
            Kind::Coming => model::Item::Coming(&edition.coming[at]),
            Kind::Calls => model::Item::Call(&edition.calls[at]),
            Kind::News => model::Item::News(&edition.news[at]),
        }
    }

    /// Lays out an item.
    pub fn item<'a>(self, edition: &'a Edition, at: usize, desk: &mut Desk<'_, 'a>) -> Item<'a> {
        match self {
            Kind::Held => Item::Session(SessionView::held(&edition.held[at], desk)),
            Kind::Coming => Item::Session(SessionView::coming(&edition.coming[at], desk)),
            Kind::Calls => Item::Call(CallView::new(&edition.calls[at], desk.calls[at], desk)),
            Kind::News => Item::News(NewsView::new(&edition.news[at], desk)),
        }
    }

    /// Gives the title of an item, its state where that must not be missed, its day and its address.
    pub fn title<'a>(self, edition: &'a Edition, at: usize, desk: &mut Desk<'_, 'a>) -> Title<'a> {
        let labels = &desk.locale.labels;
        let (title, state, first, last, url) = match self {
            Kind::Held | Kind::Coming => {
                let session = if self == Kind::Held { &edition.held[at] } else { &edition.coming[at] };
                let title = Cow::Borrowed(session.title.as_str());
                (title, off(session, labels), session.date.as_ref(), session.end_date.as_ref(), &session.url)
            }
            Kind::Calls => {
                let call = &edition.calls[at];
                let (state, deadline) = desk.calls[at];
                let state = (state != State::Open).then(|| desk.locale.state(state));
                let deadline = deadline.map(|deadline| &deadline.date);
                (Cow::Borrowed(call.title.as_str()), state, deadline, None, &call.url)
            }
            Kind::News => {
                let news = &edition.news[at];
                (NewsView::title(news), None, news.date.as_ref(), news.end_date.as_ref(), &news.url)
            }
        };
        let last = last.map(|date| date.value);
        let day = first.map(|first| desk.days(first.value, last.filter(|&last| last > first.value)));
        Title {
            title,
            tongue: Tongue::of(self.of(edition, at).title(), edition),
            state,
            day: match (self, day) {
                (Kind::Calls, Some(day)) => Some([&labels.deadline, labels.colon.as_str(), &day].concat().into()),
                (_, day) => day,
            },
            url: url.as_ref().map(|url| desk.campaign.href(url.value.as_str())),
        }
    }
}

/// Where an item ends that is there in full.
#[derive(Debug, Clone, Copy)]
struct End {
    /// Its place in its list.
    at: usize,
    html: usize,
    text: usize,
}

/// One section, laid out.
#[derive(Debug)]
pub struct Section<'a> {
    /// Which one.
    pub kind: Kind,
    /// Its heading.
    pub title: &'a str,
    /// The deadlines of each month, of the calls alone; folded ones are counted too.
    pub months: Vec<Month>,
    /// These as HTML.
    pub months_html: String,
    /// How many items the edition has of it.
    pub len: usize,
    /// Its items in full, as HTML.
    pub html: String,
    /// The same as text.
    pub text: String,
    /// The next ones, of which the title is there.
    pub titles: Vec<Title<'a>>,
    /// These as HTML.
    pub titles_html: String,
    /// `12 more in the web version`; empty where nothing is left out.
    pub left: String,
    layout: Layout,
    dated: bool,
    /// Where each item in full ends.
    ends: Vec<End>,
    /// The places of those of which the title is there.
    titled: Vec<usize>,
}

impl<'a> Section<'a> {
    /// Starts a section. `None`: the edition has nothing for it.
    pub fn new(edition: &Edition, kind: Kind, pen: &Pen<'a>, desk: &Desk<'_, 'a>) -> Option<Section<'a>> {
        let len = kind.len(edition);
        let mut section = (len > 0).then(|| Section {
            kind,
            title: kind.heading(&pen.locale.labels),
            months: if kind == Kind::Calls { months::months(desk) } else { Vec::new() },
            months_html: String::new(),
            len,
            html: String::with_capacity(1280 * len.min(60)),
            text: String::with_capacity(512 * len.min(60)),
            titles: Vec::new(),
            titles_html: String::new(),
            left: String::new(),
            layout: kind.layout(edition),
            dated: match kind {
                Kind::Held => edition.held.iter().any(|session| session.date.is_some()),
                Kind::Coming => edition.coming.iter().any(|session| session.date.is_some()),
                Kind::Calls => true,
                Kind::News => false,
            },
            ends: Vec::with_capacity(len.min(60)),
            titled: Vec::new(),
        })?;
        section.months_html = months::html(&section.months, section.columns(), pen);
        Some(section)
    }

    /// Gives the columns of its table.
    pub fn columns(&self) -> usize {
        if self.dated && self.layout != Layout::Cards { 2 } else { 1 }
    }

    /// Adds some items in full; gives the bytes that each takes. One thing is done for all of them before the next: a
    /// processor that comes back to the same work has it at hand.
    pub fn add(&mut self, edition: &'a Edition, items: &[usize], pen: &Pen<'a>, desk: &mut Desk<'_, 'a>) -> Vec<usize> {
        let known = self.full();
        let views: Vec<Item<'a>> = items.iter().map(|&at| self.kind.item(edition, at, desk)).collect();
        let mut sizes = Vec::with_capacity(items.len());
        for (view, &at) in views.iter().zip(items) {
            let start = self.html.len();
            view.write(pen, Place { layout: self.layout, dated: self.dated, first: self.full() == 0 }, &mut self.html);
            self.html.push('\n');
            self.ends.push(End { at, html: self.html.len(), text: 0 });
            sizes.push(self.html.len() - start);
        }
        for (view, end) in views.iter().zip(&mut self.ends[known..]) {
            view.write_text(pen, &mut self.text);
            end.text = self.text.len();
        }
        sizes
    }

    /// Counts the items that are there in full.
    pub fn full(&self) -> usize {
        self.ends.len()
    }

    /// Takes all but the first `count` items away.
    pub fn keep(&mut self, count: usize) {
        self.ends.truncate(count);
        let (html, text) = self.ends.last().map_or((0, 0), |last| (last.html, last.text));
        self.html.truncate(html);
        self.text.truncate(text);
    }

    /// Adds an item of which the title is there.
    pub fn add_title(&mut self, at: usize, title: Title<'a>, html: &str) {
        self.titles_html.push_str(html);
        self.titles.push(title);
        self.titled.push(at);
    }

    /// Gives the items that are there, in their order, and whether each is there in full.
    pub fn shown(&self, edition: &'a Edition) -> impl Iterator<Item = (model::Item<'a>, bool)> {
        let full = self.ends.iter().map(|end| (end.at, true));
        let all = full.chain(self.titled.iter().map(|at| (*at, false)));
        let kind = self.kind;
        all.map(move |(at, full)| (kind.of(edition, at), full))
    }

    /// Counts the items that are not even there as titles.
    pub fn count_left(&mut self, edition: &Edition, pen: &Pen<'_>) {
        let left = self.len - self.full() - self.titles.len();
        let key = if edition.mailing.web_url.is_some() { "count-more-on-web" } else { "count-more" };
        self.left = if left > 0 { pen.locale.count(key, left) } else { String::new() };
    }
}
