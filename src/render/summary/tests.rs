//! Summaries are set and laid into `target/look`, where one can look at them.
#![expect(clippy::disallowed_methods, reason = "the files are for the eye, not for the program")]

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
    let markup = include_str!("../fixture/markup.md");
    session.agenda = vec![fixture::item("All kinds of prose", Vec::new(), AgendaKind::Talk, markup)];
    session.agenda[0].start = session.start;
    pdf("markup", &edition);
}

#[test]
fn many_pages_are_set() {
    let mut edition = fixture::edition();
    let body = include_str!("../fixture/skills.md").repeat(25);
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

#[test]
fn persons_find_a_place_without_introduction_or_agenda() {
    let theme = Theme::named(theme::DEFAULT).expect("a theme");
    let locale = Locale::new(Lang::English);
    let people = |introduction: bool, agenda: bool| {
        let mut edition = fixture::edition();
        let session = &mut edition.held[0];
        session.organiser = fixture::some("The organiser");
        session.speakers = vec![fixture::at(fixture::person("A guest", "", ""))];
        if !introduction {
            session.summary = None;
        }
        if !agenda {
            session.agenda.clear();
        }
        pdf(&format!("people-{introduction}-{agenda}"), &edition);
        let typ = summary(&edition, &edition.held[0], &locale, &theme);
        ["Chris Burns", "A guest", "The organiser"].map(|name| typ.matches(name).count())
    };
    for (introduction, agenda) in [(true, true), (true, false), (false, true)] {
        assert_eq!(people(introduction, agenda), [1, 1, 1], "{introduction} {agenda}");
    }
}
