//! Summaries are set and laid into `target/look`, where one can look at them.
#![expect(clippy::disallowed_methods, reason = "the files are for the eye, not for the program")]

use super::*;
use crate::artifact::{Body, Kind, Manuscript};
use crate::diagnostic::Report;
use crate::locale::Lang;
use crate::model::Link;
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
    let manuscript = Manuscript {
        name: name.to_owned(),
        kind: Kind::Summary,
        meta: meta(edition, session, &locale),
        body: Body::Typst(typ),
        attachments: Vec::new(),
    };
    let pdf = Typesetter::new(None, None).pdf(&manuscript, false, &mut Report::default());
    let pdf = pdf.unwrap_or_else(|error| panic!("{error}")).expect("a PDF").bytes;
    look("pdf", &pdf);
    pdf
}

#[test]
fn the_sample_is_set() {
    let edition = fixture::edition();
    assert_eq!(pdf("sample", &edition), pdf("sample", &edition), "same text, same bytes");
}

#[test]
fn other_languages_are_set() {
    for (lang, name) in [(Lang::German, "german"), (Lang::French, "french"), (Lang::Arabic, "arabic")] {
        let mut edition = fixture::edition();
        edition.lang = lang;
        edition.today = fixture::day("2024-09-09");
        let session = &mut edition.held[0];
        session.agenda.iter_mut().zip([30, 40, 50, 65, 80]).for_each(|(item, minute)| {
            item.start = Some(fixture::clock(Time::constant(8 + minute / 60, minute % 60, 0, 0)));
        });
        session.end = Some(fixture::clock(Time::constant(9, 45, 0, 0)));
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
    assert!(typ.contains(", number: \"\", time"));
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
    for (introduction, agenda) in [(true, true), (true, false), (false, true), (false, false)] {
        assert_eq!(people(introduction, agenda), [1, 1, 1], "{introduction} {agenda}");
    }
}

/// Everything that a session can say, each in a word of its own.
fn told() -> Session {
    let mut session = fixture::bare_session("Wtitle");
    let person = |word: &str| {
        let mut person = fixture::person(&format!("W{word}name"), &format!("W{word}role"), &format!("W{word}for"));
        person.url = fixture::url(&format!("https://W{word}url.example"));
        person
    };
    session.series = fixture::some("Wseries");
    session.kind = fixture::some("Wkind");
    session.date = Some(fixture::at(fixture::day("2024-06-19")));
    session.start = Some(fixture::clock(Time::constant(8, 31, 0, 0)));
    session.end = Some(fixture::clock(Time::constant(9, 47, 0, 0)));
    session.end_date = Some(fixture::at(fixture::day("2024-06-20")));
    session.place = fixture::some("Wplace");
    session.room = fixture::some("Wroom");
    session.country = fixture::some("Wcountry");
    session.url = fixture::url("https://Wurl.example");
    session.online_url = fixture::url("https://Wonline.example");
    session.language = fixture::some("Wlanguage");
    session.organiser = fixture::some("Worganiser");
    session.moderators = vec![fixture::at(person("moderator"))];
    session.speakers = vec![fixture::at(person("speaker")), fixture::at(person("itemspeaker"))];
    session.summary = Some(fixture::prose("Wsummary"));
    session.key_messages = vec![fixture::prose("Wmessage"), fixture::prose("Wlast")];
    let item = |title: &str, kind, body: &str| {
        let mut item = fixture::item(title, vec![person("itemspeaker")], kind, body);
        item.start = Some(fixture::clock(Time::constant(8, 41, 0, 0)));
        item
    };
    session.agenda = vec![
        item("Witem", AgendaKind::Talk, "Wbody"),
        item("Wonlytitle", AgendaKind::Talk, ""),
        item("Wnewsitem", AgendaKind::News, ""),
        item("Wcallsitem", AgendaKind::Calls, ""),
    ];
    let link = |label: &str, url| Link { label: fixture::some(label), url: fixture::url(url).expect("an address") };
    session.links = vec![link("Wlabel", "https://Wlink.example"), link("", "https://Wbarelink.example")];
    session.tags = vec![fixture::text("Wtag")];
    session
}

/// News and a call that say everything.
fn told_edition(session: Session) -> Edition {
    let mut edition = fixture::bare_edition(Lang::English);
    let dates = ("2024-09-11", "2024-10-12");
    let mut news = fixture::news("Wnewsaction", "Wnewstitle", dates, "Wnewsplace", "https://Wnewsurl.example");
    news.summary = Some(fixture::prose("Wnewssummary"));
    news.tags = vec![fixture::text("Wnewstag"), fixture::text("Wtag")];
    let mut call = fixture::call("Wcalltitle", "Wprogramme", "2024-11-13", "https://Wcallurl.example");
    call.deadlines[0].label = fixture::some("Wcutoff");
    call.deadlines.push(fixture::deadline("Wnextcutoff", "2025-01-14", Some(Time::constant(17, 1, 0, 0))));
    call.funder = fixture::some("Wfunder");
    call.kind = fixture::some("Wcallkind");
    call.opens = Some(fixture::at(fixture::day("2024-07-15")));
    call.budget = fixture::money("EUR 1616");
    call.grant_min = fixture::money("EUR 717").map(Box::new);
    call.grant_max = fixture::money("EUR 818").map(Box::new);
    call.rate = fixture::some("Wrate");
    call.eligibility = Some(Box::new(fixture::prose("Weligibility")));
    call.countries = vec![fixture::text("Wcallcountry")];
    call.summary = Some(fixture::prose("Wcallsummary"));
    call.contact = fixture::some("Wcontact");
    call.tags = vec![fixture::text("Wcalltag")];
    edition.news = vec![news];
    edition.calls = vec![Box::new(call)];
    edition.held = vec![session];
    edition
}

/// Of what a record says only two things are left out: its id, and `action`, since nobody registers for what is over.
#[test]
fn no_fact_is_lost() {
    let (theme, locale) = (Theme::named(theme::DEFAULT).expect("a theme"), Locale::new(Lang::English));
    let session = [
        "Wtitle",
        "Wseries",
        "Wkind",
        "19",
        "20\u{A0}June 2024",
        "8:31",
        "9:47",
        "CEST",
        "Wplace",
        "Wroom",
        "Wcountry",
        "Website",
        "https://Wurl.example",
        "Join online",
        "https://Wonline.example",
        "Wlanguage",
        "Worganiser",
        "Wmoderatorname",
        "Wmoderatorrole",
        "Wmoderatorfor",
        "https://Wmoderatorurl.example",
        "Wspeakername",
        "Wspeakerrole",
        "Wspeakerfor",
        "https://Wspeakerurl.example",
        "Witemspeakername",
        "Witemspeakerrole",
        "Witemspeakerfor",
        "https://Witemspeakerurl.example",
        "Wlabel",
        "https://Wlink.example",
        "https://Wbarelink.example",
    ];
    let agenda = [
        "Witem",
        "Wbody",
        "Wonlytitle",
        "Wnewsitem",
        "Wcallsitem",
        "8:41",
        "Wnewsaction",
        "Wnewstitle",
        "11",
        "12\u{A0}October 2024",
        "Wnewsplace",
        "https://Wnewsurl.example",
        "Wnewssummary",
        "Wcalltitle",
        "Wprogramme",
        "13",
        "November 2024",
        "Wcutoff",
        "Wnextcutoff",
        "14\u{A0}January 2025",
        "17:01",
        "https://Wcallurl.example",
        "Wfunder",
        "Wcallkind",
        "opens 15\u{A0}July 2024",
        "1,616",
        "717",
        "818",
        "Wrate",
        "Weligibility",
        "Wcallcountry",
        "Wcallsummary",
        "Wcontact",
    ];
    for shape in 1..8 {
        let [with_summary, with_agenda, with_messages] = [1, 2, 4].map(|bit| shape & bit != 0);
        let mut edition = told_edition(told());
        let held = &mut edition.held[0];
        let (mut wanted, mut tags) = (session.to_vec(), vec!["Wtag"]);
        if with_summary {
            wanted.push("Wsummary")
        } else {
            held.summary = None
        }
        if with_messages {
            wanted.extend(["Wmessage", "Wlast"])
        } else {
            held.key_messages.clear()
        }
        if with_agenda {
            wanted.extend(agenda);
            tags.extend(["Wnewstag", "Wcalltag"]);
        } else {
            held.agenda.clear();
        }
        let typ = summary(&edition, &edition.held[0], &locale, &theme);
        let lost: Vec<_> = wanted.iter().filter(|word| !typ.contains(**word)).collect();
        assert!(lost.is_empty(), "{with_summary} {with_agenda} {with_messages}: {lost:?}\n{typ}");
        assert_eq!(meta(&edition, &edition.held[0], &locale).keywords, tags);
        pdf(&format!("told-{with_summary}-{with_agenda}-{with_messages}"), &edition);
    }
}

#[test]
fn a_speaker_of_whom_the_agenda_says_less_is_printed() {
    let mut edition = told_edition(told());
    let locale = Locale::new(Lang::English);
    let speaks = |edition: &Edition| {
        let names = unheard(&edition.held[0], &locale);
        names.iter().flat_map(|group| &group.members).map(|member| member.name.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(speaks(&edition), ["Wspeakername"]);
    for item in &mut edition.held[0].agenda {
        item.speakers[0].value.role = None;
    }
    assert_eq!(speaks(&edition), ["Wspeakername", "Witemspeakername"]);
}

#[test]
fn links_are_a_list() {
    let (theme, locale) = (Theme::named(theme::DEFAULT).expect("a theme"), Locale::new(Lang::English));
    let edition = told_edition(told());
    let typ = summary(&edition, &edition.held[0], &locale, &theme);
    let links: Vec<_> = typ.lines().map(str::trim).filter(|line| line.starts_with("reference(")).collect();
    assert_eq!(
        links,
        [
            r#"reference(label: "Website", url: "https://Wurl.example", address: "Wurl.example"),"#,
            r#"reference(label: "Join online", url: "https://Wonline.example", address: "Wonline.example"),"#,
            r#"reference(label: "Wlabel", url: "https://Wlink.example", address: "Wlink.example"),"#,
            r#"reference(label: "Wbarelink.example", url: "https://Wbarelink.example", address: ""),"#,
        ]
    );
}
