//! The summary of one held session as Typst text.

use std::borrow::Cow;

use askama::Template;

use crate::artifact::Meta;
use crate::locale::{Direction, Labels, Locale};
use crate::model::{AgendaItem, AgendaKind, Edition, Person, Session, Time};
use crate::source::Text;
use crate::theme::{Palette, Theme};

use super::escape::one_line;
use super::listing::{CallEntry, NewsEntry, Reference};
use super::passage::{Passage, Title};
use super::persons::{self, Group, Role};
use super::timeline::Timeline;

pub use plain::blocks;

mod plain;

/// Sections of the document have headings of level 1; those in prose stand below.
const BELOW_SECTION: u8 = 2;

/// The longest title, series and publisher that fit the head and foot of a page, in characters.
const RUNNING: [usize; 3] = [72, 56, 80];

/// Renders the summary of `session` as Typst text for [`Typesetter::pdf`](crate::typeset::Typesetter::pdf).
pub fn summary(edition: &Edition, session: &Session, locale: &Locale, theme: &Theme) -> String {
    let view = Summary::new(edition, session, locale, theme);
    view.render().expect("writing to a String does not fail, and no filter here does")
}

/// Gives what is said about the summary inside its file.
pub fn meta(edition: &Edition, session: &Session, locale: &Locale) -> Meta {
    let title = one_line(session.title.as_str());
    Meta {
        author: edition.publisher.name.as_ref().map(|name| one_line(name.as_str())),
        keywords: keywords(edition, session),
        description: Some(locale.say("summary-of", &[("title", &title)])),
        title,
        date: edition.date,
        lang: locale.tag(),
    }
}

#[derive(Template)]
#[template(path = "summary.typ")]
struct Summary<'a> {
    lang: &'static str,
    /// Said where lines do not go from left to right.
    dir: Option<&'static str>,
    way: Direction,
    labels: &'a Labels,
    colours: &'a Palette,
    /// `Page {page} of {pages}`: the numbers are put in when the pages are known.
    page_of: String,
    publisher: Cow<'a, str>,
    initiative: Cow<'a, str>,
    title: Cow<'a, str>,
    /// Title, series and publisher for head and foot.
    running: [String; 3],
    series: Cow<'a, str>,
    date: String,
    time: String,
    place: String,
    /// What kind of session it was, and in which language.
    about: String,
    bar: Vec<String>,
    introduction: Option<Passage>,
    /// Before values in running text, with the colon of the language.
    eligibility: String,
    beside_introduction: Vec<Role<'a>>,
    beside_agenda: Vec<Role<'a>>,
    beside_messages: Vec<Role<'a>>,
    agenda: Vec<Item<'a>>,
    key_messages: Vec<Passage>,
    links: Vec<Reference<'a>>,
}

/// An agenda item and its section.
struct Item<'a> {
    /// Names it for who reads the pages back.
    item: String,
    /// Empty where there is one item alone.
    number: String,
    title: Title<'a>,
    time: String,
    /// The day for which the states of calls hold; empty where there are none.
    as_of: String,
    speakers: Vec<Group<'a>>,
    body: Passage,
    news: Vec<NewsEntry<'a>>,
    calls: Vec<CallEntry<'a>>,
    timelines: Vec<Timeline>,
}

impl<'a> Item<'a> {
    fn new(item: &'a AgendaItem, name: String, number: String, edition: &'a Edition, locale: &'a Locale) -> Self {
        let kind = item.kind.as_ref().map_or(AgendaKind::Talk, |kind| kind.value);
        let news = if kind == AgendaKind::News { edition.news.as_slice() } else { &[] };
        let calls = if kind == AgendaKind::Calls { edition.calls.as_slice() } else { &[] };
        Item {
            item: name,
            number,
            title: Title::alone(&item.title, edition, locale),
            time: item.start.map(|start| locale.time(start.value)).unwrap_or_default(),
            as_of: if calls.is_empty() {
                String::new()
            } else {
                locale.say("as-of", &[("date", &locale.date(edition.today))])
            },
            speakers: persons::group(&item.speakers, &locale.labels),
            body: item
                .body
                .as_ref()
                .map(|prose| Passage::new(prose, BELOW_SECTION, edition, locale))
                .unwrap_or_default(),
            news: news.iter().map(|news| NewsEntry::new(news, edition, locale)).collect(),
            calls: calls.iter().map(|call| CallEntry::new(call, edition, locale)).collect(),
            timelines: Timeline::all(calls, edition, locale),
        }
    }

    /// Says whether a list follows the text.
    fn leads(&self) -> bool {
        !self.news.is_empty() || !self.calls.is_empty()
    }

    /// Says whether there is anything to tell: else the item stands in the agenda alone.
    fn has_section(&self) -> bool {
        !self.body.is_empty() || self.leads()
    }
}

impl<'a> Summary<'a> {
    /// Gives a text as it stands beside others.
    fn part<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.way.isolate(text)
    }

    fn new(edition: &'a Edition, session: &'a Session, locale: &'a Locale, theme: &'a Theme) -> Self {
        let [title, series, publisher] =
            [session.title.as_str(), plain(&session.series), plain(&edition.publisher.name)];
        let [title, series, publisher] =
            [short(title, RUNNING[0]), short(series, RUNNING[1]), short(publisher, RUNNING[2])];
        let way = locale.direction();
        let alone = |text: &'a Option<Text>| way.alone(plain(text));
        let many = session.agenda.len() > 1;
        let number = |at: usize| if many { (at + 1).to_string() } else { String::new() };
        let items = session.agenda.iter().enumerate();
        // Who moderates stands with the agenda, who else is there with the introduction, or with the one there is.
        let moderation =
            Role::new(&locale.labels.moderation, persons::group(&session.moderators, &locale.labels), locale);
        let organiser =
            session.organiser.iter().map(|text| Group { members: Vec::new(), organisation: Some(text.as_str()) });
        let mut beside_introduction = vec![
            Role::new(&locale.labels.speakers, unheard(session, locale), locale),
            Role::new(&locale.labels.organiser, organiser.collect(), locale),
        ];
        let (mut beside_agenda, mut beside_messages) = (vec![moderation], Vec::new());
        match (session.summary.is_some(), !session.agenda.is_empty()) {
            (true, true) => {}
            (true, false) => beside_introduction.splice(..0, beside_agenda.drain(..)).for_each(drop),
            (false, true) => beside_agenda.append(&mut beside_introduction),
            (false, false) => {
                beside_messages.append(&mut beside_agenda);
                beside_messages.append(&mut beside_introduction);
            }
        }
        for roles in [&mut beside_introduction, &mut beside_agenda, &mut beside_messages] {
            roles.retain(|role| !role.persons.is_empty());
        }
        Summary {
            lang: locale.tag(),
            dir: (way != Direction::Ltr).then(|| way.name()),
            way,
            labels: &locale.labels,
            colours: &theme.light,
            page_of: locale.say("page-of", &[("page", "{page}"), ("pages", "{pages}")]),
            publisher: alone(&edition.publisher.name),
            initiative: alone(&edition.publisher.initiative),
            title: way.alone(session.title.as_str()),
            running: [title, series, publisher].map(|text| way.alone(&text).into_owned()),
            series: alone(&session.series),
            date: date(session, locale),
            time: time(edition, session, locale),
            place: joined([&session.room, &session.place, &session.country], &locale.labels.comma, locale),
            about: joined([&session.kind, &session.language], " · ", locale),
            bar: bar(session),
            introduction: session.summary.as_ref().map(|prose| Passage::new(prose, BELOW_SECTION, edition, locale)),
            eligibility: locale.say("with-colon", &[("label", &locale.labels.eligibility)]),
            beside_introduction,
            beside_agenda,
            beside_messages,
            agenda: items
                .map(|(at, item)| Item::new(item, session.item_name(at), number(at), edition, locale))
                .collect(),
            key_messages: session
                .key_messages
                .iter()
                .map(|prose| Passage::new(prose, BELOW_SECTION, edition, locale))
                .collect(),
            links: links(session, locale),
        }
    }
}

/// Gives a text, or nothing.
pub(super) fn plain(text: &Option<Text>) -> &str {
    text.as_ref().map_or("", |text| text.as_str())
}

pub(super) fn date(session: &Session, locale: &Locale) -> String {
    let Some(first) = session.date else { return String::new() };
    locale.date_range(first.value, session.last_day().unwrap_or(first.value))
}

/// Gives the time with its zone; without a day nobody knows whether summer time was in force.
pub(super) fn time(edition: &Edition, session: &Session, locale: &Locale) -> String {
    match (session.date, session.start) {
        (Some(date), Some(start)) => {
            let (zone, first, start) = (edition.zone(session), date.value, start.value);
            match (session.end_date, session.end) {
                (Some(last), Some(end)) if last.value > first => {
                    locale.times_over_days(zone, first, start, last.value, end.value)
                }
                (_, end) => locale.times(zone, first, start, end.map(|end| end.value)),
            }
        }
        _ => String::new(),
    }
}

/// Joins what is there into one line.
pub(super) fn joined<const N: usize>(parts: [&Option<Text>; N], between: &str, locale: &Locale) -> String {
    let parts = parts.into_iter().flatten().map(|text| locale.part(text.as_str()));
    parts.collect::<Vec<_>>().join(between)
}

/// Gives the tags of the session and of what its sections list, each once.
fn keywords(edition: &Edition, session: &Session) -> Vec<String> {
    let lists = |kind| session.agenda.iter().any(|item| item.kind.as_ref().is_some_and(|one| one.value == kind));
    let news = edition.news.iter().filter(|_| lists(AgendaKind::News)).flat_map(|news| &news.tags);
    let calls = edition.calls.iter().filter(|_| lists(AgendaKind::Calls)).flat_map(|call| &call.tags);
    let mut words: Vec<String> = Vec::new();
    for word in session.tags.iter().chain(news).chain(calls).map(|tag| one_line(tag.as_str())) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Gives the share of each agenda item in the session's time, for the picture on the cover; equal shares where the
/// times are not all known.
fn bar(session: &Session) -> Vec<String> {
    let minute = |time: Time| f64::from(time.hour()) * 60.0 + f64::from(time.minute());
    let items = session.agenda.len();
    let mut starts: Vec<f64> = session.agenda.iter().filter_map(|item| item.start).map(|t| minute(t.value)).collect();
    starts.extend(session.end.map(|end| minute(end.value)));
    let known = starts.len() == items + 1 && starts.is_sorted_by(|one, next| one < next);
    if !known {
        starts = (0..=items).map(|at| at as f64).collect();
    }
    let whole = starts.last().unwrap_or(&0.0) - starts.first().unwrap_or(&0.0);
    starts.windows(2).map(|pair| format!("{:.4}", (pair[1] - pair[0]) / whole)).collect()
}

/// Gives the speakers of the session of whom the agenda does not say as much.
pub(super) fn unheard<'a>(session: &'a Session, locale: &'a Locale) -> Vec<Group<'a>> {
    let says = |one: &Person, all: &Person| {
        let word = |word: &Option<Text>, of: &Option<Text>| word.is_none() || plain(word) == plain(of);
        let url = |person: &Person| person.url.as_ref().map(|url| url.value.clone());
        one.name.as_str() == all.name.as_str()
            && word(&all.role, &one.role)
            && word(&all.organisation, &one.organisation)
            && (all.url.is_none() || url(all) == url(one))
    };
    let heard =
        |person: &Person| session.agenda.iter().flat_map(|item| &item.speakers).any(|one| says(&one.value, person));
    persons::group(session.speakers.iter().filter(|person| !heard(&person.value)), &locale.labels)
}

/// Gives the session's own page, where it was to be joined, and its further links.
pub(super) fn links<'a>(session: &'a Session, locale: &'a Locale) -> Vec<Reference<'a>> {
    let way = locale.direction();
    let own = session.url.iter().map(|url| Reference::new(&locale.labels.website, &url.value, way));
    let online = session.online_url.iter().map(|url| Reference::new(&locale.labels.join_online, &url.value, way));
    let further = session.links.iter().map(|link| Reference::new(plain(&link.label), &link.url.value, way));
    own.chain(online).chain(further).collect()
}

/// Shortens a title for the running head: to what stands before a colon, else at a word.
pub(super) fn short(title: &str, longest: usize) -> String {
    if title.chars().count() <= longest {
        return title.to_owned();
    }
    if let Some((head, _)) = title.split_once(": ")
        && (12..=longest).contains(&head.chars().count())
    {
        return head.to_owned();
    }
    let end = title.char_indices().nth(longest).map_or(title.len(), |(end, _)| end);
    let end = title[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", title[..end].trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()))
}

#[cfg(all(test, feature = "typst"))]
mod tests;
