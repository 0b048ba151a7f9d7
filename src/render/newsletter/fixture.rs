//! Editions made by hand: the published summary that this program is measured by, and harder ones. The tests of the
//! mail use them, and its benchmark.

use crate::diagnostic::Report;
use crate::locale::Lang;
use crate::model::{
    Call, Clock, Date, Deadline, Edition, Link, Mailbox, Mailing, Money, News, Person, Print, Publisher, Session,
    State, Status, Time, Zone,
};
use crate::prose::Prose;
use crate::source::{Sources, Span, Spanned, Text};

pub(crate) fn at<T>(value: T) -> Spanned<T> {
    let mut report = Report::default();
    let id = Sources::default().add("fixture", "".into(), &mut report).expect("UTF-8");
    Spanned::new(value, Span::new(id, 0..0))
}

pub(crate) fn text(text: &str) -> Text {
    at(text.into())
}

pub(crate) fn some(words: &str) -> Option<Text> {
    (!words.is_empty()).then(|| text(words))
}

pub(crate) fn prose(words: &str) -> Prose {
    Prose::decode(text(words), words, &mut Report::default())
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

pub(crate) fn url<T: std::str::FromStr>(text: &str) -> Option<Spanned<T>> {
    (!text.is_empty()).then(|| at(text.parse().ok().expect("an address")))
}

pub(crate) fn money(words: &str) -> Money {
    crate::model::value::money(text(words).quote(), "budget", None, &mut Report::default()).expect("an amount").value
}

pub(crate) fn clock(hour: i8, minute: i8) -> Option<Clock> {
    Some(at(Time::constant(hour, minute, 0, 0)).into())
}

pub(crate) fn zone(name: &str) -> Zone {
    Zone::named(name).expect("a zone")
}

pub(crate) fn mailbox(name: &str, address: &str) -> Option<Spanned<Mailbox>> {
    let name = (!name.is_empty()).then(|| name.to_owned());
    Some(at(Mailbox { name, address: address.to_owned() }))
}

fn person(name: &str, role: &str, organisation: &str) -> Spanned<Person> {
    at(Person { name: text(name), role: some(role), organisation: some(organisation), ..Person::empty(at(()).span) })
}

/// A session of which only id and title are known.
pub(crate) fn session(id: &str, title: &str) -> Session {
    Session { id: text(id), title: text(title), ..Session::empty(at(()).span) }
}

/// A call of which only id and title are known.
pub(crate) fn way_out(address: &str) -> Option<Spanned<crate::model::Href>> {
    url(address).map(|url| at(crate::model::Href::Address(url.value)))
}

pub(crate) fn call(id: &str, title: &str) -> Call {
    Call { id: text(id), title: text(title), ..Call::empty(at(()).span) }
}

pub(crate) fn deadline(date: &str, time: Option<Clock>) -> Deadline {
    Deadline { label: None, date: at(day(date)), time, timezone: None }
}

/// A news item of which only id and title are known.
pub(crate) fn news(id: &str, title: &str) -> News {
    News { id: text(id), title: text(title), ..News::empty(at(()).span) }
}

/// An edition without anything in it.
pub(crate) fn empty(lang: Lang) -> Edition {
    Edition {
        id: "2024-06-21".into(),
        title: text("EU Clusters Talks"),
        subtitle: None,
        number: None,
        date: day("2024-06-21"),
        dated: at(()).span,
        today: day("2024-06-21"),
        lang,
        timezone: zone("Europe/Brussels"),
        closing_soon: 14,
        publisher: Publisher::default(),
        print: Print::default(),
        mailing: Mailing::default(),
        held: Vec::new(),
        coming: Vec::new(),
        calls: Vec::new(),
        news: Vec::new(),
        foreign: Default::default(),
    }
}

/// What the published summary of 19 June 2024 tells, two days later.
pub(crate) fn reference() -> Edition {
    let meeting = |id: &str, title: &str, place: &str, country: &str, from: &str, to: &str, action: &str| Session {
        date: Some(at(day(from))),
        end_date: Some(at(day(to))),
        place: some(place),
        country: some(country),
        action: some(action),
        ..session(id, title)
    };
    let item = |id: &str, action: &str, title: &str| News { action: some(action), ..news(id, title) };
    let event = |id: &str, action: &str, title: &str, place: &str, from: &str, to: &str| News {
        date: Some(at(day(from))),
        end_date: Some(at(day(to))),
        place: some(place),
        ..item(id, action, title)
    };
    let funding = |id: &str, title: &str, programme: &str, date: &str| Call {
        programme: some(programme),
        deadlines: vec![deadline(date, None)],
        ..call(id, title)
    };
    Edition {
        subtitle: some("News, sessions and funding for cluster managers"),
        number: some("2024/3"),
        publisher: Publisher {
            name: some("European Cluster Collaboration Platform"),
            address: some("Rue Example 1, 1000 Brussels, Belgium"),
            url: url("https://www.clustercollaboration.eu"),
            email: mailbox("", "contact@clusters.example.org"),
            logo: None,
            initiative: some("An initiative of the European Union"),
        },
        mailing: Mailing {
            from: mailbox("European Cluster Collaboration Platform", "news@clusters.example.org"),
            to: mailbox("", "subscribers@clusters.example.org"),
            reply_to: mailbox("", "contact@clusters.example.org"),
            list_id: "EU Clusters Talks <talks.clusters.example.org>".parse().ok().map(at),
            unsubscribe_url: way_out("https://clusters.example.org/unsubscribe?u=2f6c"),
            web_url: url("https://clusters.example.org/talks/2024-3"),
            utm: vec![("utm_source".into(), "newsletter".into()), ("utm_campaign".into(), "2024-3".into())],
            ..Mailing::default()
        },
        held: vec![held()],
        coming: vec![
            meeting("canada", "EU-Canada Matchmaking", "Montréal", "Canada", "2024-09-10", "2024-09-12", "Register"),
            meeting("c2lab", "C2Lab Workshop", "Strasbourg", "France", "2024-09-25", "2024-09-26", ""),
            meeting("singapore", "EU-Singapore Matchmaking", "Singapore", "", "2024-10-22", "2024-10-24", "Register"),
            meeting("india", "EU-India Matchmaking", "Bengaluru", "India", "2024-11-18", "2024-11-21", "Save the date"),
        ],
        calls: [
            funding(
                "buildup",
                "BUILD UP Skills – Upskilling and reskilling interventions for building decarbonisation",
                "LIFE Programme",
                "2024-09-19",
            ),
            funding("academia", "Expanding Academia-Enterprise Collaborations", "Horizon Europe", "2024-09-19"),
            funding("i3-2b", "I3 Instrument: Capacity Building Strand 2b", "I3 Instrument", "2024-11-14"),
            funding("i3-1", "I3 Instrument: Strand 1 and 2a", "I3 Instrument", "2024-12-05"),
            Call {
                programme: some("Euroclusters"),
                eligibility: Some(Box::new(prose("SMEs"))),
                summary: Some(prose("All of them are listed on the platform as they open.")),
                ..call("euroclusters", "Calls from Euroclusters")
            },
        ]
        .map(Box::new)
        .into(),
        news: vec![
            item("academy", "Apply for", "the next Cluster Booster Academy"),
            item("regions", "Save the date for", "further Clusters meet Regions events in 2024"),
            event("n-c2lab", "Join", "the C2Lab Workshop", "Strasbourg", "2024-09-25", "2024-09-26"),
            event("n-canada", "Register for", "EU-Canada Matchmaking", "Montréal", "2024-09-10", "2024-09-12"),
            event("n-singapore", "Register for", "EU-Singapore Matchmaking", "Singapore", "2024-10-22", "2024-10-24"),
            event("n-india", "Save the date for", "EU-India Matchmaking", "Bengaluru", "2024-11-18", "2024-11-21"),
            News {
                summary: Some(prose("Every user from the EU can look into it now.")),
                ..news("trends", "Trend Universe is open")
            },
            item("ukraine", "Join", "the upcoming Focus Group Ukraine meeting"),
            news("computing", "Regulation on the use of supercomputing in AI development"),
        ],
        ..empty(Lang::English)
    }
}

fn held() -> Session {
    let messages = [
        "Projects and events across Europe teach cluster managers and make them known to each other.",
        "Remote training saves time and travel; the Academy’s tools and frameworks are ready to be used.",
        "Learning from other clusters widens the view of what an industry is about to become.",
        "Look for people in companies who see opportunities where others see problems.",
        "Chief executives about to retire make good spokespersons: they know everyone and find funding.",
        "Communication changes quickly; good practice and new formats have to be learned all the time.",
        "A few aims that can be reached and measured are worth more than a long communication strategy.",
    ];
    Session {
        series: some("EU Clusters Talks"),
        date: Some(at(day("2024-06-19"))),
        start: clock(8, 30),
        end: clock(9, 45),
        moderators: vec![person("Chris Burns", "", "")],
        speakers: vec![
            person("Nina Hoppmann", "team member", "European Cluster Collaboration Platform"),
            person("Miguel Manuel Seuffert", "team member", "European Cluster Collaboration Platform"),
            person("Johan Wasberg", "Senior Expert", "Technology Centre Merinova"),
            person("Nóra Szirmai", "Communication Manager", "Innoskart"),
            person("Zsolt Keresztúri", "Cluster Manager", "Innoskart"),
        ],
        summary: Some(prose(
            "Practitioners from Finland and Hungary told what makes a cluster work, and what they took home from the \
             *Cluster Booster Academy*.",
        )),
        key_messages: messages.into_iter().map(prose).collect(),
        ..session("talk-2024-06-19", "Cluster Management 101: Special session on strategies and skills")
    }
}

/// Every field filled, in a language: what the look must bear.
pub(crate) fn full(lang: Lang) -> Edition {
    let mut edition = Edition { lang, date: day("2024-09-09"), today: day("2024-09-09"), ..reference() };
    edition.publisher.logo = url("https://clusters.example.org/logo.png").map(|url| crate::model::Picture {
        place: crate::model::picture::Place::Hosted(url.value),
        width: 240,
        height: 80,
    });
    edition.mailing.intro = Some(prose(
        "Autumn is the season of meetings: four of them are near, and two calls close next week. \
         [All dates](https://www.clustercollaboration.eu/events?view=list#september) are on the platform.",
    ));
    edition.held[0].url = url("https://www.clustercollaboration.eu/talks/2024-06-19");
    edition.held[0].links = vec![
        Link { label: some("Recording"), url: url("https://video.example.org/watch/12345").expect("an address") },
        Link { label: None, url: url("https://slides.example.org/a").expect("an address") },
    ];
    edition.held[0].speakers[2].value.url = url("https://people.example.org/johan");
    for (session, page) in edition.coming.iter_mut().zip(["canada", "c2lab", "singapore", "india"]) {
        session.url = url(&format!("https://www.clustercollaboration.eu/events/{page}"));
    }
    let c2lab = &mut edition.coming[1];
    (c2lab.start, c2lab.end, c2lab.room) = (clock(9, 0), clock(17, 30), some("Room 3"));
    c2lab.kind = some("Workshop");
    c2lab.language = some("English");
    c2lab.organiser = some("European Cluster Collaboration Platform");
    c2lab.online_url = url("https://meet.example.org/c2lab");
    c2lab.summary = Some(prose("Two days on how clusters and *laboratories* find each other. Bring one question."));
    edition.coming[2].status = Some(at(Status::Cancelled));
    edition.coming[3].status = Some(at(Status::Postponed));
    edition.coming.push(Session {
        date: Some(at(day("2024-09-30"))),
        end_date: Some(at(day("2024-10-02"))),
        place: some("Vaasa"),
        country: some("Finland"),
        ..session("energy", "Thematic energy week of the north with a title that is a good deal longer than others")
    });
    edition.coming.push(session("open", "A meeting without a date"));
    let build = &mut edition.calls[0];
    build.deadlines[0].time = clock(17, 0);
    build.budget = Some(at(money("EUR 8 000 000")));
    build.grant_min = Some(Box::new(at(money("EUR 1 000 000"))));
    build.grant_max = Some(Box::new(at(money("EUR 1 500 000"))));
    build.rate = some("95 %");
    build.eligibility = Some(Box::new(prose("Public and private bodies in the EU, alone or together")));
    build.countries = ["Belgium", "Finland", "Hungary"].map(text).to_vec();
    build.url = url("https://funding.example.org/build-up-skills");
    build.summary = Some(prose("Training for those who plan, build and renovate, so that buildings emit less."));
    edition.calls[1].url = url("https://funding.example.org/academia-enterprise");
    edition.calls[1].eligibility = Some(Box::new(prose(
        "Universities and companies from at least three countries; see the [conditions](https://funding.example.org/c), \
         which ask for one partner from a widening country.",
    )));
    let i3 = &mut edition.calls[2];
    i3.deadlines = vec![
        Deadline { label: some("first cut-off"), ..deadline("2024-11-14", clock(17, 0)) },
        Deadline { label: some("second cut-off"), ..deadline("2025-03-13", clock(17, 0)) },
    ];
    i3.contact = some("i3@funding.example.org");
    edition.calls[3].opens = Some(at(day("2024-10-01")));
    edition.calls[4].status = Some(at(State::Suspended));
    edition.news[0].url = url("https://www.clustercollaboration.eu/academy");
    edition.news[6].url = url("https://trends.example.org/");
    edition
}

/// Sixty items with links and prose.
pub(crate) fn sixty() -> Edition {
    let source = full(Lang::English);
    let mut edition = full(Lang::English);
    (edition.coming, edition.calls, edition.news) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..20 {
        edition.coming.push(source.coming[at % 4].clone());
        edition.calls.push(source.calls[at % 4].clone());
        edition.news.push(source.news[at % 9].clone());
    }
    edition
}

/// Prose with everything that prose can have.
pub(crate) fn rich() -> Edition {
    let words = "# A heading\n\nA paragraph with *emphasis*, **strength**, `letters`, a \
        [named link](https://example.org/a?b=c&d=e) and\\\na line break, then <https://example.org/an/address/that/has/no/end/\
        and/goes/on/and/on/and/on/for/longer/than/a/line/of/this/mail/can/be.html>.\n\n\
        - one\n- two\n  1. first\n  2. second [with a link](mailto:a@example.org)\n\n\
        > A quotation, of some length, so that it has more than one line even where there is much room for it.\n\n\
        ```\nletter by letter\n    and so on\n```\n\n\
        | Strand | Budget |\n|---|--:|\n| 1 | EUR 1,000 |\n| 2b | EUR 20,000 |\n\n---\n\nThe end.";
    let mut edition = empty(Lang::English);
    edition.mailing.from = mailbox("", "news@example.org");
    edition.mailing.intro = Some(prose(words));
    edition.held = vec![Session { summary: Some(prose(words)), ..session("rich", "Prose of every kind") }];
    edition
}

/// Text that wants to be more than text, in every field that is printed.
pub(crate) fn hostile() -> Edition {
    let evil =
        "</title><script>alert(1)</script>\"><img src=x onerror=alert(1)>--><!--'&amp;\r\nBcc: victim@example.org";
    let mut edition = full(Lang::English);
    edition.title = text(evil);
    edition.subtitle = some(evil);
    edition.number = some(evil);
    edition.id = evil.to_owned();
    edition.publisher.name = some(evil);
    edition.publisher.address = some(evil);
    edition.publisher.initiative = some(evil);
    edition.mailing.subject = some(evil);
    edition.mailing.preheader = some(evil);
    edition.mailing.list_id = "\"Talks, (x) \\\"y\\\" ü\" <talks.example.org>".parse().ok().map(at);
    edition.mailing.intro = Some(prose(evil));
    edition.mailing.from = mailbox(evil, "news@clusters.example.org");
    for session in edition.held.iter_mut().chain(&mut edition.coming) {
        session.title = text(evil);
        session.place = some(evil);
        session.action = some(evil);
        session.summary = Some(prose(evil));
        session.organiser = some(evil);
        session.moderators = vec![person(evil, evil, evil)];
    }
    for call in &mut edition.calls {
        call.title = text(evil);
        call.programme = some(evil);
        call.eligibility = Some(Box::new(prose(evil)));
        call.contact = some(evil);
        call.rate = some(evil);
    }
    for news in &mut edition.news {
        news.title = text(evil);
        news.action = some(evil);
        news.place = some(evil);
    }
    edition
}
