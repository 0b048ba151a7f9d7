//! News as the mail shows it.

use std::borrow::Cow;

use super::session::join;
use super::when::Desk;
use crate::model::News;
use crate::prose::Block;
use crate::render::line::Line;
use crate::render::tongue::{Tongue, tongues};

/// One news item.
#[derive(Debug, Clone)]
pub struct NewsView<'a> {
    /// What the reader can do, and the title: `Register for EU-Canada Matchmaking`.
    pub title: Cow<'a, str>,
    /// Where the title leads.
    pub url: Option<Cow<'a, str>>,
    /// `10–12 September 2024 · Montréal`.
    pub meta: Line<'a>,
    /// What it says.
    pub summary: Vec<Block>,
    /// Languages of title and summary.
    pub tongues: (Tongue, Tongue),
}

impl<'a> NewsView<'a> {
    /// Gives what the reader can do, and the title.
    pub fn title(news: &'a News) -> Cow<'a, str> {
        match &news.action {
            Some(action) => Cow::Owned(format!("{action} {}", news.title)),
            None => Cow::Borrowed(news.title.as_str()),
        }
    }

    /// Makes the view of a news item.
    pub fn new(news: &'a News, desk: &mut Desk<'_, 'a>) -> Self {
        let days = news.date.as_ref().map(|date| {
            let last = news.end_date.as_ref().map(|date| date.value);
            desk.days(date.value, last.filter(|&last| last > date.value))
        });
        let place = news.place.as_ref().map(|place| desk.locale.part(place.as_str()));
        NewsView {
            title: NewsView::title(news),
            url: news.url.as_ref().map(|url| desk.campaign.href(url.value.as_str())),
            meta: join([days.as_deref(), place.as_deref()], " · ").into(),
            summary: news.summary.as_ref().map(|prose| prose.blocks()).unwrap_or_default(),
            tongues: tongues(&news.title, news.summary.as_ref(), desk.edition),
        }
    }
}
