//! The published summary of 19 June 2024 as an edition, with prose of our own, for tests.
#![cfg_attr(not(feature = "typst"), allow(dead_code, reason = "the tests of the summary set it with Typst"))]

use crate::diagnostic::Report;
use crate::locale::Lang;
use crate::model::{
    Address, AgendaItem, AgendaKind, Call, Clock, Date, Deadline, Edition, Mailing, Money, News, Person, Print,
    Publisher, Session, Status, Time, Zone,
};
use crate::prose::Prose;
use crate::source::{Sources, Span, Spanned, Text};

/// Some place: the tests here do not ask which.
pub(crate) fn span() -> Span {
    let id = Sources::default().add("fixture.csv", "".into(), &mut Report::default()).expect("empty text is UTF-8");
    Span::new(id, 0..0)
}

/// A value at some place.
pub(crate) fn at<T>(value: T) -> Spanned<T> {
    Spanned::new(value, span())
}

/// A text.
pub(crate) fn text(text: &str) -> Text {
    at(text.into())
}

/// A text, or none where it is empty.
pub(crate) fn some(words: &str) -> Option<Text> {
    (!words.is_empty()).then(|| text(words))
}

/// A link.
pub(crate) fn url(url: &str) -> Option<Spanned<Address>> {
    (!url.is_empty()).then(|| at(url.parse().expect("an address")))
}

/// Prose.
pub(crate) fn prose(markdown: &str) -> Prose {
    let mut report = Report::default();
    let id = Sources::default().add("fixture.csv", markdown.into(), &mut report).expect("UTF-8");
    let text = Text::new(markdown.into(), Span::new(id, 0..markdown.len()));
    Prose::decode(text, markdown, &mut report)
}

/// A day.
pub(crate) fn day(day: &str) -> Date {
    day.parse().expect("a date")
}

/// A person; role and organisation may be empty.
pub(crate) fn person(name: &str, role: &str, organisation: &str) -> Person {
    Person { name: text(name), role: some(role), organisation: some(organisation), ..Person::empty(at(()).span) }
}

/// A news item; all but the title may be empty.
pub(crate) fn news(action: &str, title: &str, dates: (&str, &str), place: &str, link: &str) -> News {
    News {
        id: text(title),
        title: text(title),
        date: (!dates.0.is_empty()).then(|| at(day(dates.0))),
        end_date: (!dates.1.is_empty()).then(|| at(day(dates.1))),
        place: some(place),
        action: some(action),
        url: url(link),
        ..News::empty(span())
    }
}

/// A call; all but the title may be empty.
pub(crate) fn call(title: &str, programme: &str, deadline: &str, link: &str) -> Call {
    Call {
        id: text(title),
        title: text(title),
        programme: some(programme),
        deadlines: (!deadline.is_empty()).then(|| self::deadline("", deadline, None)).into_iter().collect(),
        url: url(link),
        ..Call::empty(span())
    }
}

/// A time of day.
pub(crate) fn clock(time: Time) -> Clock {
    at(time).into()
}

/// A deadline; its label may be empty.
pub(crate) fn deadline(label: &str, date: &str, time: Option<Time>) -> Deadline {
    Deadline { label: some(label), date: at(day(date)), time: time.map(clock), timezone: None }
}

/// An amount.
pub(crate) fn money(amount: &str) -> Option<Spanned<Money>> {
    Some(at(Money::parse_for_tests(amount)))
}

/// An agenda item.
pub(crate) fn item(title: &str, speakers: Vec<Person>, kind: AgendaKind, body: &str) -> AgendaItem {
    AgendaItem {
        title: text(title),
        start: None,
        speakers: speakers.into_iter().map(at).collect(),
        body: (!body.is_empty()).then(|| prose(body)),
        kind: Some(at(kind)),
    }
}

/// A session that has nothing but a title.
pub(crate) fn bare_session(title: &str) -> Session {
    Session { id: text("session"), title: text(title), status: Some(at(Status::Held)), ..Session::empty(span()) }
}

/// An edition without content.
pub(crate) fn bare_edition(lang: Lang) -> Edition {
    Edition {
        id: "2024-06".into(),
        title: text("EU Clusters Talks"),
        subtitle: None,
        number: None,
        date: day("2024-06-21"),
        dated: span(),
        today: day("2024-06-21"),
        lang,
        timezone: Zone::named("Europe/Brussels").expect("a zone"),
        closing_soon: 14,
        publisher: Publisher::default(),
        mailing: Mailing::default(),
        print: Print::default(),
        held: Vec::new(),
        coming: Vec::new(),
        calls: Vec::new(),
        news: Vec::new(),
        foreign: Default::default(),
    }
}

/// The whole sample.
pub(crate) fn edition() -> Edition {
    let mut edition = bare_edition(Lang::English);
    edition.publisher.name = some("European Cluster Collaboration Platform");
    edition.publisher.initiative = some("An initiative of the European Union");
    edition.publisher.url = url("https://www.clustercollaboration.eu");
    edition.held = vec![session()];
    edition.news = all_news();
    edition.calls = all_calls().into_iter().map(Box::new).collect();
    edition
}

fn all_news() -> Vec<News> {
    let base = "https://www.clustercollaboration.eu";
    let matchmaking = |place: &str| format!("{base}/matchmaking/{place}");
    let mut items = vec![
        news("Apply for the next", "Cluster Booster Academy", ("", ""), "", &format!("{base}/cluster-booster-academy")),
        news(
            "Save the date for further",
            "Clusters meet Regions",
            ("", ""),
            "",
            &format!("{base}/clusters-meet-regions"),
        ),
        news("Join the", "C2Lab Workshop", ("2024-09-25", "2024-09-26"), "Strasbourg", &format!("{base}/c2lab")),
        news("Register for", "EU-Canada Matchmaking", ("2024-09-10", "2024-09-12"), "Montreal", &matchmaking("canada")),
        news("Register for", "EU-Singapore Matchmaking", ("2024-10-22", "2024-10-24"), "Singapore", &matchmaking("sg")),
        news(
            "Save the date for",
            "EU-India Matchmaking",
            ("2024-11-18", "2024-11-21"),
            "Bengaluru",
            &matchmaking("in"),
        ),
        news("Explore", "Trend Universe", ("", ""), "", "https://trend-universe.example.eu/"),
        news("Join the upcoming", "Focus Group Ukraine meeting", ("", ""), "", &format!("{base}/focus-group-ukraine")),
        news("Read about", "Regulation on the use of supercomputing in AI development", ("", ""), "", ""),
    ];
    items[1].summary = Some(prose("Further events of the series take place in 2024."));
    items[6].summary = Some(prose("Open to all users from the EU."));
    items
}

fn all_calls() -> Vec<Call> {
    let base = "https://ec.europa.eu/info/funding-tenders/opportunities/portal";
    let mut calls = vec![
        call(
            "BUILD UP Skills – Upskilling and reskilling interventions for building decarbonisation",
            "LIFE Clean Energy Transition",
            "2024-09-19",
            &format!("{base}/screen/opportunities/topic-details/life-2024-cet-buildskills"),
        ),
        call("Expanding Academia-Enterprise Collaborations", "European Innovation Ecosystems", "2024-09-19", base),
        call("I3 Instrument: Capacity Building Strand 2b", "I3 Instrument", "2024-11-14", &format!("{base}/i3-2b")),
        call("I3 Instrument: Strand 1 and 2a", "I3 Instrument", "2024-12-05", &format!("{base}/i3-1-2a")),
        call("Opportunities for SMEs: Calls from Euroclusters", "", "", "https://www.clustercollaboration.eu/calls"),
    ];
    let five = Some(Time::constant(17, 0, 0, 0));
    for call in &mut calls[..4] {
        call.deadlines[0].time = five.map(clock);
    }
    calls[0].opens = Some(at(day("2024-04-18")));
    calls[0].budget = money("EUR 8 000 000");
    calls[0].grant_min = money("EUR 1 000 000").map(Box::new);
    calls[0].grant_max = money("EUR 1 500 000").map(Box::new);
    calls[0].rate = some("95 %");
    calls[1].opens = Some(at(day("2024-05-14")));
    calls[1].budget = money("EUR 12 000 000");
    calls[2].opens = Some(at(day("2024-07-16")));
    calls[2].funder = some("European Innovation Council and SMEs Executive Agency");
    calls[2].budget = money("EUR 15 500 000");
    calls[2].grant_max = money("EUR 2 000 000").map(Box::new);
    calls[2].eligibility =
        Some(Box::new(prose("Consortia of at least *three* organisations from three less developed regions.")));
    calls[3].opens = Some(at(day("2024-05-30")));
    calls[3].budget = money("EUR 49 500 000");
    calls[3].grant_min = money("EUR 2 500 000").map(Box::new);
    calls[3].grant_max = money("EUR 10 000 000").map(Box::new);
    calls
}

/// The sample's session.
pub(crate) fn session() -> Session {
    let mut session = bare_session("Cluster Management 101: Special session on strategies and skills");
    session.id = text("cluster-management-101");
    session.series = some("EU Clusters Talks");
    session.date = Some(at(day("2024-06-19")));
    session.start = Some(clock(Time::constant(8, 30, 0, 0)));
    session.end = Some(clock(Time::constant(9, 45, 0, 0)));
    session.moderators = vec![at(person("Chris Burns", "", ""))];
    session.summary = Some(prose(
        "On behalf of the European Commission, the European Cluster Collaboration Platform invited cluster managers \
         to a talk about their own craft. It showed what the participants of the *Cluster Booster Academy* took \
         home, set out a framework of the skills that a cluster manager needs, and gave the floor to two \
         organisations that have put such skills to work.",
    ));
    session.key_messages = [
        "European projects and events such as the Cluster Booster Academy are worth the time: one learns, and one \
         meets those who have the same questions.",
        "Remote training makes it easy to take part, and its tools can be used at work the next day.",
        "The Academy widens the view of a whole industry, because clusters tell each other what did not work.",
        "Win those people in a company who see chances rather than problems.",
        "Chief executives about to retire are good ambassadors: they know everybody, and they open doors to funding.",
        "Staying relevant means to go on learning, from good practice and from new ways of communicating.",
        "Small and measurable aims are better than no strategy at all. Even where nobody competes, a cluster has to \
         say what it is good for.",
    ]
    .map(prose)
    .into();
    session.agenda = agenda();
    session
}

fn agenda() -> Vec<AgendaItem> {
    let platform = "team member of the European Cluster Collaboration Platform";
    vec![
        item(
            "News from the European Cluster Collaboration Platform",
            vec![person("Nina Hoppmann", platform, "")],
            AgendaKind::News,
            "Zivile Kropaite opened the session. The following news was presented:",
        ),
        item(
            "Cluster Management: Skills set and key learnings from the Cluster Booster Academy",
            vec![person("Miguel Manuel Seuffert", platform, "")],
            AgendaKind::Talk,
            include_str!("fixture/academy.md"),
        ),
        item(
            "Good practices from practitioners: Cluster management skills",
            vec![person("Johan Wasberg", "Senior Expert", "Technology Centre Merinova")],
            AgendaKind::Talk,
            include_str!("fixture/skills.md"),
        ),
        item(
            "Good practices from practitioners: Communication",
            vec![
                person("Nóra Szirmai", "Communication Manager", "Innoskart"),
                person("Zsolt Keresztúri", "Cluster Manager", "Innoskart"),
            ],
            AgendaKind::Talk,
            include_str!("fixture/communication.md"),
        ),
        item(
            "Funding opportunities",
            vec![person("Nina Hoppmann", platform, "")],
            AgendaKind::Calls,
            "Nina Hoppmann closed the session with these calls.",
        ),
    ]
}
