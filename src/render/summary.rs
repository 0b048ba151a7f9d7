//! The summary of one held session as Typst text.

use askama::Template;

use crate::locale::{Labels, Locale};
use crate::model::{AgendaItem, AgendaKind, Edition, Session, Time};
use crate::source::Text;
use crate::theme::{Palette, Theme};
use crate::typeset::Meta;

use super::listing::{CallEntry, NewsEntry};
use super::persons::{self, Group};
use super::timeline::Timeline;
use super::typ::Calls;

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
    let owned = |text: &Option<Text>| text.as_ref().map(|text| text.value.to_string());
    let description = locale.say("summary-of", &[("title", session.title.as_str())]);
    Meta {
        title: session.title.value.to_string(),
        author: owned(&edition.publisher.name),
        keywords: session.tags.iter().map(|tag| tag.value.to_string()).collect(),
        description: Some(description),
        date: edition.date,
        lang: locale.tag(),
    }
}

#[derive(Template)]
#[template(path = "summary.typ")]
struct Summary<'a> {
    lang: &'static str,
    labels: &'a Labels,
    colours: &'a Palette,
    /// `Page {page} of {pages}`: the numbers are put in when the pages are known.
    page_of: String,
    publisher: &'a str,
    initiative: &'a str,
    title: &'a str,
    /// Title, series and publisher for head and foot.
    running: [String; 3],
    series: &'a str,
    date: String,
    time: String,
    place: String,
    bar: Vec<String>,
    introduction: Option<Calls>,
    /// Labels before values in running text, with the colon of the language.
    moderation: String,
    eligibility: String,
    moderators: Vec<Group<'a>>,
    speakers: Vec<Group<'a>>,
    organiser: &'a str,
    agenda: Vec<Item<'a>>,
    key_messages: Vec<Calls>,
    links: Vec<(&'a str, &'a str)>,
}

/// An agenda item and its section.
struct Item<'a> {
    /// Empty where there is one item alone.
    number: String,
    title: &'a str,
    time: String,
    speakers: Vec<Group<'a>>,
    body: Calls,
    news: Vec<NewsEntry<'a>>,
    calls: Vec<CallEntry<'a>>,
    timeline: Option<Timeline>,
}

impl<'a> Item<'a> {
    fn new(item: &'a AgendaItem, number: String, edition: &'a Edition, locale: &'a Locale) -> Self {
        let kind = item.kind.as_ref().map_or(AgendaKind::Talk, |kind| kind.value);
        let news = if kind == AgendaKind::News { edition.news.as_slice() } else { &[] };
        let calls = if kind == AgendaKind::Calls { edition.calls.as_slice() } else { &[] };
        Item {
            number,
            title: item.title.as_str(),
            time: item.start.map(|start| locale.time(start.value)).unwrap_or_default(),
            speakers: persons::group(&item.speakers),
            body: item.body.as_ref().map(|prose| Calls::prose(prose, BELOW_SECTION)).unwrap_or_default(),
            news: news.iter().map(|news| NewsEntry::new(news, locale)).collect(),
            calls: calls.iter().map(|call| CallEntry::new(call, edition, locale)).collect(),
            timeline: Timeline::new(calls, edition, locale),
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
    fn new(edition: &'a Edition, session: &'a Session, locale: &'a Locale, theme: &'a Theme) -> Self {
        let [title, series, publisher] =
            [session.title.as_str(), plain(&session.series), plain(&edition.publisher.name)];
        let [title, series, publisher] =
            [short(title, RUNNING[0]), short(series, RUNNING[1]), short(publisher, RUNNING[2])];
        let many = session.agenda.len() > 1;
        let number = |at: usize| if many { (at + 1).to_string() } else { String::new() };
        let items = session.agenda.iter().enumerate();
        Summary {
            lang: locale.tag(),
            labels: &locale.labels,
            colours: &theme.light,
            page_of: locale.say("page-of", &[("page", "{page}"), ("pages", "{pages}")]),
            publisher: plain(&edition.publisher.name),
            initiative: plain(&edition.publisher.initiative),
            title: session.title.as_str(),
            running: [title, series, publisher],
            series: plain(&session.series),
            date: date(session, locale),
            time: time(edition, session, locale),
            place: place(session),
            bar: bar(session),
            introduction: session.summary.as_ref().map(|prose| Calls::prose(prose, BELOW_SECTION)),
            moderation: locale.say("with-colon", &[("label", &locale.labels.moderation)]),
            eligibility: locale.say("with-colon", &[("label", &locale.labels.eligibility)]),
            moderators: persons::group(&session.moderators),
            speakers: unheard(session),
            organiser: plain(&session.organiser),
            agenda: items.map(|(at, item)| Item::new(item, number(at), edition, locale)).collect(),
            key_messages: session.key_messages.iter().map(|prose| Calls::prose(prose, BELOW_SECTION)).collect(),
            links: links(session, locale),
        }
    }
}

/// Gives a text, or nothing.
pub(super) fn plain(text: &Option<Text>) -> &str {
    text.as_ref().map_or("", |text| text.as_str())
}

fn date(session: &Session, locale: &Locale) -> String {
    let Some(first) = session.date else { return String::new() };
    locale.date_range(first.value, session.last_day().unwrap_or(first.value))
}

/// Gives the time with its zone; without a day nobody knows whether summer time was in force.
fn time(edition: &Edition, session: &Session, locale: &Locale) -> String {
    match (session.date, session.start) {
        (Some(date), Some(start)) => {
            locale.times(edition.zone(session), date.value, start.value, session.end.map(|end| end.value))
        }
        _ => String::new(),
    }
}

fn place(session: &Session) -> String {
    let parts = [&session.room, &session.place, &session.country];
    parts.into_iter().flatten().map(|text| text.as_str()).collect::<Vec<_>>().join(", ")
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

/// Gives the speakers of the session that no agenda item names.
fn unheard(session: &Session) -> Vec<Group<'_>> {
    let named =
        |name: &str| session.agenda.iter().flat_map(|item| &item.speakers).any(|one| one.value.name.as_str() == name);
    let mut groups = persons::group(&session.speakers);
    for group in &mut groups {
        group.members.retain(|member| !named(member.name));
    }
    groups.retain(|group| !group.members.is_empty());
    groups
}

/// Gives label and address of the session's own page and its further links.
fn links<'a>(session: &'a Session, locale: &'a Locale) -> Vec<(&'a str, &'a str)> {
    let own = session.url.iter().map(|url| (locale.labels.website.as_str(), url.value.as_str()));
    let further = session.links.iter().map(|link| (plain(&link.label), link.url.value.as_str()));
    own.chain(further).collect()
}

/// Shortens a title for the running head: to what stands before a colon, else at a word.
fn short(title: &str, longest: usize) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::render::fixture;
    use crate::theme;
    use crate::typeset::Typesetter;

    /// Sets every summary of an edition and lays the files where one can look at them.
    fn pdf(name: &str, edition: &Edition) -> Vec<u8> {
        let theme = Theme::named(theme::DEFAULT).expect("a theme");
        let locale = Locale::new(edition.lang);
        let session = edition.summaries().next().expect("a session");
        let typ = summary(edition, session, &locale, &theme);
        let look = |ending: &str, bytes: &[u8]| {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/look");
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(folder.join(format!("{name}.{ending}")), bytes).expect("a file");
        };
        look("typ", typ.as_bytes());
        let pdf = Typesetter::default().pdf(name, &typ, &meta(edition, session, &locale));
        let pdf = pdf.unwrap_or_else(|error| panic!("{error}"));
        look("pdf", &pdf);
        pdf
    }

    #[test]
    fn the_sample_is_set() {
        let edition = fixture::edition();
        assert_eq!(pdf("sample", &edition), pdf("sample", &edition), "same text, same bytes");
    }

    #[test]
    fn german_and_french_are_set() {
        for (lang, name) in [(Lang::German, "german"), (Lang::French, "french")] {
            let mut edition = fixture::edition();
            edition.lang = lang;
            edition.today = fixture::day("2024-09-09");
            let session = &mut edition.held[0];
            session.agenda.iter_mut().zip([30, 40, 50, 65, 80]).for_each(|(item, minute)| {
                item.start = Some(fixture::at(Time::constant(8 + minute / 60, minute % 60, 0, 0)));
            });
            session.end = Some(fixture::at(Time::constant(9, 45, 0, 0)));
            session.place = fixture::some("Straßburg");
            session.speakers = vec![fixture::at(fixture::person("Ana-Maria Ståhlberg-Österreicher", "", "Żywiec"))];
            pdf(name, &edition);
        }
    }

    #[test]
    fn a_long_title_and_nothing_else_known_is_set() {
        let mut edition = fixture::bare_edition(Lang::English);
        let mut session = fixture::bare_session(
            "Europäische Verwaltungszusammenarbeitsrahmenvereinbarungen and the question of who pays for what when \
             clusters of seven countries share one laboratory, one budget and one name",
        );
        session.summary = Some(fixture::prose("One sentence is all that is known."));
        edition.held = vec![session];
        pdf("long-title", &edition);
    }

    #[test]
    fn words_without_a_place_to_break_are_set() {
        let mut edition = fixture::bare_edition(Lang::English);
        let endless = "x".repeat(300);
        let address = format!("https://example.org/{}", "path-segment/".repeat(12));
        let mut session = fixture::bare_session(&format!("A{endless}"));
        session.series = fixture::some(&endless);
        session.place = fixture::some(&endless);
        session.url = fixture::url(&address);
        session.summary = Some(fixture::prose(&format!("See {endless}, <{address}> and `{endless}`.")));
        session.key_messages = vec![fixture::prose(&endless)];
        let speaker = fixture::person(&endless, &endless, &endless);
        session.agenda = vec![fixture::item(&endless, vec![speaker], AgendaKind::Talk, &endless)];
        edition.publisher.name = fixture::some(&endless);
        edition.publisher.initiative = fixture::some(&endless);
        edition.held = vec![session];
        pdf("endless", &edition);
    }

    #[test]
    fn prose_of_every_kind_is_set() {
        let mut edition = fixture::edition();
        let session = &mut edition.held[0];
        session.title = fixture::text("Markup");
        let markup = include_str!("fixture/markup.md");
        session.agenda = vec![fixture::item("All kinds of prose", Vec::new(), AgendaKind::Talk, markup)];
        session.agenda[0].start = session.start;
        pdf("markup", &edition);
    }

    #[test]
    fn many_pages_are_set() {
        let mut edition = fixture::edition();
        let body = include_str!("fixture/skills.md").repeat(25);
        edition.held[0].agenda[2].body = Some(fixture::prose(&body));
        pdf("many-pages", &edition);
    }

    #[test]
    fn hostile_text_is_printed_as_it_is() {
        let mut edition = fixture::edition();
        let hostile = "#panic(\\ \") #panic(\"x\n\0\u{202E}abc\u{202C} $x$ {{ title }} {% if %} *b* @ref <lab>";
        let session = &mut edition.held[0];
        session.title = fixture::text(hostile);
        session.series = fixture::some(hostile);
        session.summary = Some(fixture::prose(hostile));
        session.agenda[0].title = fixture::text(hostile);
        session.moderators = vec![fixture::at(fixture::person(hostile, hostile, hostile))];
        edition.publisher.name = fixture::some(hostile);
        edition.news[0].title = fixture::text(hostile);
        edition.calls[0].title = fixture::text(hostile);
        pdf("hostile", &edition);
    }

    #[test]
    fn one_item_is_no_numbered_list() {
        let mut edition = fixture::edition();
        edition.news.truncate(1);
        edition.calls.truncate(1);
        let session = &mut edition.held[0];
        session.agenda.truncate(1);
        pdf("one-item", &edition);
        let theme = Theme::named(theme::DEFAULT).expect("a theme");
        let typ = summary(&edition, &edition.held[0], &Locale::new(Lang::English), &theme);
        assert!(typ.contains("agenda-item(number: \"\""));
    }

    #[test]
    fn a_long_title_is_shortened_for_the_running_head() {
        let long = "words ".repeat(30);
        for (title, expected) in [
            ("Short", "Short"),
            (&format!("Cluster Management 101: {long}"), "Cluster Management 101"),
            (&long, "words words words words words words words words words words words words…"),
        ] {
            assert_eq!(short(title.trim(), 72), expected);
        }
    }
}
