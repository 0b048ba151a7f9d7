//! Sessions as the mail shows them.

use std::borrow::Cow;

use super::when::{Desk, When};
use crate::locale::{Direction, Labels, Locale};
use crate::model::{AgendaItem, Edition, Picture, Session, Status};
use crate::prose::Block;
use crate::render::line::Line;
use crate::render::persons::{self, Group};
use crate::render::tongue::{Tongue, tongues};

/// One session, held or coming.
#[derive(Debug, Clone)]
pub struct SessionView<'a> {
    /// Its title.
    pub title: &'a str,
    /// Where the title leads; nowhere where an action of its own leads there.
    pub url: Option<Cow<'a, str>>,
    /// What it looks like.
    pub picture: Option<&'a Picture>,
    /// What can be seen there; empty where nobody says.
    pub picture_alt: &'a str,
    /// When it is.
    pub when: Option<When<'a>>,
    /// `Cancelled` or `Postponed`.
    pub off: Option<&'a str>,
    /// `EU Clusters Talks · Brussels, Belgium · webinar`; empty where nothing is known.
    pub meta: Line<'a>,
    /// What it is about.
    pub summary: Vec<Block>,
    /// Languages of title and summary.
    pub tongues: (Tongue, Tongue),
    /// That of the key messages.
    pub messages_tongue: Tongue,
    /// Key messages: a list, or one paragraph.
    pub messages: Vec<Block>,
    /// Label and persons: `Moderation`, `Speakers`.
    pub people: Vec<(&'a str, Vec<Group<'a>>)>,
    /// What happened or will happen in it.
    pub agenda: Vec<ItemView<'a>>,
    /// Label and words: `Organiser`, `Language`.
    pub facts: Vec<(&'a str, Line<'a>)>,
    /// What the reader can do, in words that stand alone, and where.
    pub actions: Vec<(Line<'a>, Cow<'a, str>)>,
    /// `Add to calendar: Rust, a first look`, and where the file is.
    pub calendar: Option<(Line<'a>, String)>,
    /// Further addresses: label and address.
    pub links: Vec<(&'a str, Cow<'a, str>)>,
}

/// One item of a session's agenda. What was said in it stands in the summary, not in the mail.
#[derive(Debug, Clone)]
pub struct ItemView<'a> {
    /// When it starts; empty where that is not known.
    pub time: String,
    /// Its title, as it stands beside the time.
    pub title: Cow<'a, str>,
    /// Who speaks.
    pub speakers: Vec<Group<'a>>,
    /// The language of its title.
    pub tongue: Tongue,
}

impl<'a> ItemView<'a> {
    fn new(item: &'a AgendaItem, edition: &Edition, locale: &'a Locale) -> Self {
        ItemView {
            time: item.start.map(|start| locale.time(start.value)).unwrap_or_default(),
            title: locale.part(item.title.as_str()),
            speakers: persons::group(&item.speakers, &locale.labels),
            tongue: Tongue::of(&item.title, edition),
        }
    }

    /// Time and title in one line.
    pub fn words(&self) -> Line<'static> {
        join([Some(self.time.as_str()), Some(&self.title)], " · ").into()
    }
}

impl<'a> SessionView<'a> {
    /// Makes the view of a session that was held.
    pub fn held(session: &'a Session, desk: &mut Desk<'_, 'a>) -> Self {
        let mut view = SessionView::new(session, desk);
        let campaign = desk.campaign;
        view.url = session.url.as_ref().map(|url| campaign.href(url.value.as_str()));
        view.messages = match session.key_messages.as_slice() {
            [] => Vec::new(),
            [only] => only.blocks(),
            all => vec![Block::List(None, all.iter().map(|message| message.blocks()).collect())],
        };
        view
    }

    /// Makes the view of a session that is to come.
    pub fn coming(session: &'a Session, desk: &mut Desk<'_, 'a>) -> Self {
        let mut view = SessionView::new(session, desk);
        let Desk { locale, campaign, .. } = *desk;
        let url = session.url.as_ref().map(|url| campaign.href(url.value.as_str()));
        let with_title = |words: &str| {
            let way = Direction::of(words).unwrap_or(locale.direction());
            let words = [words, &locale.labels.colon, &way.isolate(session.title.as_str())].concat();
            match locale.direction().alone(&words) {
                Cow::Owned(line) => Line::from(line),
                Cow::Borrowed(_) => Line::from(words),
            }
        };
        // One who cannot come any more needs no invitation, only the page that tells why.
        if session.is_off() {
            view.url = url;
            return view;
        }
        match (&session.action, url) {
            (Some(action), Some(url)) => view.actions.push((with_title(action.as_str()), url)),
            // Without a target it is a word about the session, not something to press.
            (Some(action), None) => {
                view.meta = join([Some(view.meta.as_str()), Some(&locale.part(action.as_str()))], " · ").into();
            }
            (None, url) => view.url = url,
        }
        if let Some(online) = &session.online_url {
            let online = campaign.href(online.value.as_str());
            view.actions.push((with_title(&locale.labels.join_online), online));
        }
        // It is a file and not a page: nobody counts who comes to it.
        view.calendar = desk.calendar_url(session).map(|url| (with_title(&locale.labels.add_to_calendar), url));
        view
    }

    /// Says whether it is more than a few lines.
    pub fn is_long(&self) -> bool {
        !self.agenda.is_empty() || !self.messages.is_empty()
    }

    /// Says when it is, for the text part.
    pub fn when_words(&self) -> Option<&str> {
        self.when.as_ref().map(|when| when.words())
    }

    fn new(session: &'a Session, desk: &mut Desk<'_, 'a>) -> Self {
        let Desk { edition, locale, campaign, .. } = *desk;
        let labels = &locale.labels;
        let off = off(session, labels);
        let part = |text: &'a Option<crate::source::Text>| text.as_ref().map(|text| locale.part(text.as_str()));
        let place = join([&session.room, &session.place, &session.country].map(part), &labels.comma);
        let series = part(&session.series).filter(|series| *series != edition.title.as_str());
        let meta = join([series, Some(place.into()), part(&session.kind)], " · ").into();
        let people = [(&labels.moderation, &session.moderators), (&labels.speakers, &session.speakers)];
        let facts = [(&labels.organiser, &session.organiser), (&labels.language, &session.language)];
        SessionView {
            title: session.title.as_str(),
            url: None,
            picture: session.picture.as_deref(),
            picture_alt: session.image_alt.as_deref().map_or("", |alt| alt.as_str()),
            when: When::session(session, desk),
            off,
            meta,
            summary: session.summary.as_ref().map(|prose| prose.blocks()).unwrap_or_default(),
            tongues: tongues(&session.title, session.summary.as_ref(), edition),
            messages_tongue: (session.key_messages.first())
                .map(|message| Tongue::of(message.source(), edition))
                .unwrap_or_default(),
            messages: Vec::new(),
            people: (people.into_iter().filter(|(_, persons)| !persons.is_empty()))
                .map(|(label, persons)| (label.as_str(), persons::group(persons, labels)))
                .collect(),
            agenda: session.agenda.iter().map(|item| ItemView::new(item, edition, locale)).collect(),
            facts: facts.into_iter().filter_map(|(label, fact)| Some((label.as_str(), Line(part(fact)?)))).collect(),
            actions: Vec::new(),
            calendar: None,
            links: (session.links.iter())
                .map(|link| {
                    let url = link.url.value.as_str();
                    (link.label.as_ref().map_or(url, |label| label.as_str()), campaign.href(url))
                })
                .collect(),
        }
    }
}

/// Says that a session does not take place as planned.
pub(super) fn off<'a>(session: &Session, labels: &'a Labels) -> Option<&'a str> {
    match session.status.as_ref().map(|status| status.value) {
        Some(Status::Cancelled) => Some(&labels.cancelled),
        Some(Status::Postponed) => Some(&labels.postponed),
        _ => None,
    }
}

/// Joins what is there.
pub(super) fn join<S: AsRef<str>, const N: usize>(parts: [Option<S>; N], between: &str) -> String {
    let parts = || parts.iter().flatten().map(AsRef::as_ref).filter(|part: &&str| !part.is_empty());
    let mut joined = String::with_capacity(parts().map(|part| part.len() + between.len()).sum());
    for part in parts() {
        if !joined.is_empty() {
            joined.push_str(between);
        }
        joined.push_str(part);
    }
    joined
}
