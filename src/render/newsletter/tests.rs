use super::*;
use crate::locale::Lang;
use crate::model::{News, Session};
use crate::pack;
use fixture::{empty, full, hostile, news, prose, reference, rich, session, sixty, url};

fn with<T>(edition: &Edition, tell: impl Fn(&Newsletter<'_>) -> T) -> T {
    let locale = Locale::new(edition.lang);
    let style = Styles::new(&crate::theme::Theme::named(crate::theme::DEFAULT).expect("a theme"));
    tell(&Newsletter::new(edition, &locale, &style))
}

fn html(edition: &Edition) -> String {
    with(edition, |newsletter| newsletter.html())
}

fn text(edition: &Edition) -> String {
    with(edition, |newsletter| newsletter.text())
}

fn web(edition: &Edition) -> String {
    let theme = crate::theme::Theme::named(crate::theme::DEFAULT).expect("a theme");
    with(edition, |newsletter| newsletter.web(&theme))
}

/// Gives the values of an attribute, entities undone.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let values = html.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("&amp;", "&").replace("&#38;", "&")).collect()
}

/// Gives the levels of the headings, in order.
fn levels(html: &str) -> Vec<u8> {
    let starts = html.match_indices("<h").filter_map(|(at, _)| html.as_bytes().get(at + 2));
    starts.filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0').collect()
}

fn one() -> Edition {
    Edition { news: vec![news("one", "One thing only")], ..empty(Lang::English) }
}

fn all() -> [(&'static str, Edition); 10] {
    [
        ("reference", reference()),
        ("full-en", full(Lang::English)),
        ("full-de", full(Lang::German)),
        ("full-fr", full(Lang::French)),
        ("full-ar", full(Lang::Arabic)),
        ("sixty", sixty()),
        ("prose", rich()),
        ("one", one()),
        ("empty", empty(Lang::English)),
        ("hostile", hostile()),
    ]
}

/// Writes what the look is judged by; `target/` is not part of the repository.
#[test]
#[expect(clippy::disallowed_methods, reason = "a picture of the look for those who draw it")]
fn the_look_is_written_to_be_looked_at() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/look");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, edition) in all() {
        let (html, text) = (html(&edition), text(&edition));
        let calendar = pack::calendar::calendar(&edition, &Locale::new(edition.lang));
        let message = with(&edition, |newsletter| {
            let subject = newsletter.subject();
            let parts = pack::message::Parts {
                subject,
                html: &html,
                text: &text,
                calendar: calendar.as_deref(),
                pictures: &[],
            };
            pack::message::message(&edition, parts)
        });
        std::fs::write(folder.join(format!("{name}.html")), &html).expect("a file");
        std::fs::write(folder.join(format!("{name}-web.html")), web(&edition)).expect("a file");
        std::fs::write(folder.join(format!("{name}.txt")), &text).expect("a file");
        std::fs::write(folder.join(format!("{name}.eml")), message.unwrap_or_default()).expect("a file");
        std::fs::write(folder.join(format!("{name}.ics")), calendar.unwrap_or_default()).expect("a file");
    }
}

#[test]
fn every_link_of_the_html_is_in_the_text() {
    for (name, edition) in all() {
        let text = text(&edition);
        for link in attributes(&html(&edition), "href") {
            let link = link.strip_prefix("mailto:").unwrap_or(&link);
            assert!(link.starts_with('#') || text.contains(link), "{name}: {link} is not in the text");
        }
    }
}

#[test]
fn headings_begin_with_one_title_and_skip_no_level() {
    for (name, edition) in all() {
        let levels = levels(&html(&edition));
        assert_eq!(levels.iter().filter(|&&level| level == 1).count(), 1, "{name}");
        assert_eq!(levels[0], 1, "{name}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
    }
}

#[test]
fn every_part_says_its_language_and_direction() {
    for lang in Lang::ALL {
        let html = html(&full(lang));
        let (tag, dir) = (lang.tag(), lang.direction().name());
        assert_eq!(html.matches(&format!("lang=\"{tag}\" dir=\"{dir}\"")).count(), 3, "{html}");
    }
}

#[test]
fn text_never_becomes_a_tag_a_comment_or_an_attribute() {
    let html = html(&hostile());
    let plain = html_of_tags(&html);
    for evil in ["<script", "<img src=x", "onerror=alert(1)>", "<!--'", "--><!--"] {
        assert!(!plain.contains(evil), "{evil} in {plain}");
    }
    assert_eq!(html.matches("<!--[if mso]>").count(), html.matches("<![endif]-->").count());
    assert_eq!(html.matches("<title>").count(), html.matches("</title>").count());
}

/// Gives all that stands between `<` and `>`.
fn html_of_tags(html: &str) -> String {
    html.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| format!("<{tag}>")).collect()
}

#[test]
fn what_is_not_there_leaves_no_trace() {
    let edition = one();
    let (html, text) = (html(&edition), text(&edition));
    for word in ["Looking back", "Coming up", "Funding", "Unsubscribe", "browser", "Deadline", "href=\"\"", "src="] {
        assert!(!html.contains(word) && !text.contains(word), "{word} in {html} {text}");
    }
    assert!(!text.lines().any(|line| line.starts_with('·') || line.ends_with('·')));
    assert!(!html.contains("<ol") && !html.contains("<ul"));
    snapbox::assert_data_eq!(
        text.replace('\u{A0}', " "),
        snapbox::str![[r#"
EU Clusters Talks
=================
21 June 2024

In this edition
---------------
1 news item · One thing only


News
----

One thing only

"#]]
    );
}

#[test]
fn an_edition_without_items_has_no_contents() {
    let html = html(&empty(Lang::English));
    assert!(!html.contains("In this edition"));
    assert_eq!(levels(&html), [1]);
}

#[test]
fn an_action_is_a_link_only_together_with_its_title() {
    let with_url =
        Session { action: fixture::some("Register"), url: url("https://example.org/r"), ..session("s", "Talk") };
    let without = Session { url: None, title: fixture::text("Workshop"), ..with_url.clone() };
    let edition = Edition { coming: vec![with_url, without], ..empty(Lang::English) };
    let html = html(&edition);
    assert!(html.contains(">Register: Talk</a>"), "{html}");
    assert_eq!(html.matches("https://example.org/r").count(), 1, "{html}");
    assert!(html.contains(">Register</p>"), "{html}");
}

#[test]
fn a_coming_session_with_a_date_can_be_put_into_a_calendar() {
    let edition = full(Lang::English);
    let (html, text) = (html(&edition), text(&edition));
    for (id, title) in [("canada", "EU-Canada Matchmaking"), ("c2lab", "C2Lab Workshop")] {
        let link = format!("href=\"https://clusters.example.org/talks/session-{id}.ics\"");
        let at = html.find(&link).unwrap_or_else(|| panic!("{link} in {html}"));
        assert!(html[at..].split("</a>").next().is_some_and(|a| a.ends_with(&format!(">Add to calendar: {title}"))));
        assert!(
            text.contains(&format!("Add to calendar: {title}\nhttps://clusters.example.org/talks/session-{id}.ics\n"))
        );
    }
    // Held, cancelled, postponed, without a date.
    for id in ["talk-2024-06-19", "singapore", "india", "open"] {
        assert!(!html.contains(&format!("session-{id}.ics")), "{id}");
    }
    let nowhere = Edition { mailing: crate::model::Mailing::default(), ..edition };
    assert!(!self::html(&nowhere).contains(".ics") && !self::text(&nowhere).contains(".ics"));
}

#[test]
fn the_web_copy_says_what_the_mail_says() {
    for (name, edition) in all() {
        let mut plain = edition.clone();
        plain.mailing.utm.clear();
        let web = web(&edition);
        let mut there = attributes(&web, "href");
        // What the mail has in its foot alone, and the page in its head.
        let ways = [edition.mailing.unsubscribe(), edition.mailing.web()];
        there.retain(|link| !ways.contains(&Some(link)));
        let mut wanted = attributes(&html(&plain), "href");
        wanted.retain(|link| !ways.contains(&Some(link)));
        assert_eq!(there, wanted, "{name}");
        assert!(edition.mailing.unsubscribe().is_none_or(|way| !web.contains(way)), "{name}");
        assert!(!web.contains("utm_"), "{name}");

        let levels = levels(&html_of_tags(&web));
        assert_eq!(levels.iter().filter(|&&level| level == 1).count(), 1, "{name}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
        for tag in ["header", "main", "body", "head", "title"] {
            assert_eq!(web.matches(&format!("<{tag}>")).count(), 1, "{name}: {tag}");
            assert_eq!(web.matches(&format!("</{tag}>")).count(), 1, "{name}: {tag}");
        }
        let items = edition.held.len() + edition.coming.len() + edition.calls.len() + edition.news.len();
        assert_eq!(web.matches("<article").count(), items, "{name}");
        assert_eq!(web.matches("</article>").count(), items, "{name}");
    }
}

#[test]
fn the_web_copy_fetches_nothing_but_pictures_and_runs_nothing() {
    for (name, edition) in all() {
        let web = web(&edition);
        let tags = html_of_tags(&web);
        for evil in ["stylesheet", "<iframe", "<img src=x", "onerror=alert(1)>"] {
            assert!(!tags.contains(evil), "{name}: {evil}");
        }
        assert!(!web.contains("@import") && !web.contains("url("), "{name}");
        let scripts = web.matches("<script type=\"application/ld+json\">").count();
        assert_eq!(web.matches("<script").count(), scripts, "{name}");
        assert_eq!(web.matches("</script>").count(), scripts, "{name}");
    }
}

#[test]
fn the_web_copy_is_never_folded() {
    let web = web(&many(3000));
    assert_eq!(web.matches("<article").count(), 3010);
    assert!(web.contains("News number 2999"));
}

#[test]
fn the_web_copy_says_where_it_is_only_where_that_is_known() {
    let mut edition = full(Lang::English);
    let page = web(&edition);
    for tag in [
        "<link rel=\"canonical\" href=\"https://clusters.example.org/talks/2024-3\">",
        "<meta property=\"og:url\" content=\"https://clusters.example.org/talks/2024-3\">",
        "<meta property=\"og:image\" content=\"https://clusters.example.org/logo.png\">",
        "<meta property=\"og:title\" content=\"EU Clusters Talks, 9 September 2024\">",
    ] {
        assert!(page.contains(tag), "{tag} in {page}");
    }
    (edition.mailing.web_url, edition.publisher.logo) = (None, None);
    let page = web(&edition);
    assert!(!page.contains("canonical") && !page.contains("og:url") && !page.contains("og:image"), "{page}");
}

#[test]
fn deadlines_are_counted_by_month() {
    let edition = full(Lang::English);
    let plain = |text: String| text.replace('\u{A0}', " ");
    let (html, text, web) = (plain(html(&edition)), plain(text(&edition)), plain(web(&edition)));
    let months = [("September 2024", "2 deadlines"), ("November 2024", "1 deadline"), ("December 2024", "1 deadline")];
    let lines: String = months.iter().map(|(month, count)| format!("- {month}: {count}\n")).collect();
    assert!(text.contains(&format!("\nDeadlines by month\n\n{lines}- March 2025: 1 deadline\n")), "{text}");
    for page in [html, web] {
        let mut rest = page.as_str();
        for words in
            ["Deadlines by month"].into_iter().chain(months.into_iter().flat_map(|(month, count)| [month, count]))
        {
            rest = rest.split_once(words).unwrap_or_else(|| panic!("{words} in {page}")).1;
        }
    }
}

/// What is folded has a deadline all the same.
#[test]
fn deadlines_of_folded_calls_are_counted() {
    let calls = full(Lang::English).calls.into_iter().cycle().take(500).collect();
    let edition = Edition { calls, ..many(3000) };
    let (html, text) = (html(&edition), text(&edition).replace('\u{A0}', " "));
    assert!(html.len() <= MAIL && html.contains(">200\u{A0}deadlines<"), "{}", html.len());
    assert!(text.contains("- September 2024: 200 deadlines\n"));
}

#[test]
fn what_is_called_off_says_so_and_invites_nobody() {
    let text = text(&full(Lang::English));
    assert!(text.contains("Cancelled · 22–24\u{A0}October 2024 · Singapore"), "{text}");
    assert!(text.contains("Postponed · 18–21\u{A0}November 2024 · Bengaluru, India"), "{text}");
    assert!(!text.contains("Register: EU-Singapore"), "{text}");
}

#[test]
fn deadlines_have_their_date_time_and_state_in_words() {
    let edition = full(Lang::English);
    let (html, text) = (html(&edition), text(&edition));
    assert!(text.contains("Closing soon · Deadline: 19\u{A0}September 2024, 17:00 CEST"), "{text}");
    assert!(text.contains("Forthcoming · opens 1\u{A0}October 2024"), "{text}");
    assert!(html.contains(">Closing soon</b>") && html.contains("<br>17:00 CEST</td>"), "{html}");
}

/// An edition of sessions, calls and so many news items, each with a summary of some length.
fn many(news_items: usize) -> Edition {
    let words = "It has a summary of some length, as news have. ".repeat(6);
    let item = |at: usize| News {
        summary: Some(prose(&words)),
        url: url(&format!("https://example.org/news/{at}")),
        ..news("n", &format!("News number {at}"))
    };
    Edition { news: (0..news_items).map(item).collect(), ..reference() }
}

#[test]
fn what_does_not_fit_is_folded_and_told() {
    for items in [1, 60, 80, 100, 150, 200, 400, 3000] {
        let mut edition = many(items);
        edition.mailing.web_url = url("https://example.org/web");
        let (html, text, shown) =
            with(&edition, |newsletter| (newsletter.html(), newsletter.text(), newsletter.shown()));
        assert!(html.len() <= MAIL, "{items}: {}", html.len());
        assert_eq!(shown.full + shown.titles + shown.left, items + 10, "{items}: {shown:?}");
        if shown.titles > 0 {
            assert!(html.len() > MAIL * 9 / 10, "{items}: {}", html.len());
        }
        // Sessions and calls come first, an item folds before it is left out, and the text does as the HTML.
        assert!(html.contains(">Calls from Euroclusters<") && text.contains("Calls from Euroclusters"));
        let last = format!("News number {}", items - 1);
        assert_eq!(html.contains(&last), shown.left == 0, "{items}");
        assert_eq!(text.contains(&last), shown.left == 0, "{items}");
        assert_eq!(html.contains(" more in the web version</a>"), shown.left > 0, "{items}");
        assert_eq!(text.contains(" more in the web version\n"), shown.left > 0, "{items}");
        assert_eq!(attributes(&html, "href").iter().filter(|url| url.contains("/news/")).count(), items - shown.left);
        assert_eq!(text.matches("https://example.org/news/").count(), items - shown.left);
    }
}

#[test]
fn one_long_item_does_not_fold_the_others() {
    let mut edition = many(20);
    edition.news[0].summary = Some(prose(&"It goes on and on and never comes to an end. ".repeat(2500)));
    let (html, shown) = with(&edition, |newsletter| (newsletter.html(), newsletter.shown()));
    assert_eq!((shown.full, shown.titles, shown.left), (29, 1, 0));
    assert_eq!(html.matches("https://example.org/news/0\"").count(), 1);
}

#[test]
fn a_title_says_what_must_not_be_missed() {
    let mut edition = empty(Lang::English);
    let off = |at: usize| Session {
        status: Some(fixture::at(crate::model::Status::Cancelled)),
        ..session("s", &format!("Meeting {at}"))
    };
    edition.coming = (0..600).map(off).collect();
    let (html, text) = (html(&edition), text(&edition));
    assert!(text.contains(" · Cancelled\n") && html.contains("> · Cancelled</b>"), "{text}");
}

#[test]
fn room_for_the_mailing_service_is_left() {
    let mut edition = many(100);
    edition.mailing.overhead = 20_000;
    assert!(html(&edition).len() <= MAIL - 20_000);
    edition.mailing.web_url = None;
    assert!(html(&Edition { news: many(900).news, ..edition }).contains(" more are left out here"));
}

#[test]
fn placeholders_pass_through_and_services_get_theirs() {
    use crate::model::{Href, Target};
    let mut edition = one();
    edition.mailing.intro =
        Some(prose(r#"Dear *|FNAME|*, {{ contact.NAME | default : "friend" }} and %name%: *new*."#));
    let told = |edition: &Edition| (html(edition), text(edition));
    let (page, plain) = told(&edition);
    let marks = "Dear *|FNAME|*, {{ contact.NAME | default : \"friend\" }} and %name%: ";
    assert!(page.contains(marks) && plain.contains(marks), "{page} {plain}");
    assert!(page.contains("<em>new</em>"), "{page}");
    edition.mailing.preheader = fixture::some(r#"{{ contact.NAME | default : "Friend" }}: five calls"#);
    let (page, _) = told(&edition);
    assert!(page.contains(r#">{{ contact.NAME | default : "Friend" }}: five calls</div>"#), "{page}");
    assert!(page.contains(r#"content=": five calls""#), "{page}");
    for (target, marks) in [
        (Target::Mailchimp, ["*|UNSUB|*", "*|ARCHIVE|*", "*|LIST:ADDRESSLINE|*"].as_slice()),
        (Target::Brevo, &["{{ unsubscribe }}", "{{ mirror }}"]),
        (Target::Listmonk, &["{{ UnsubscribeURL }}", "{{ MessageURL }}"]),
    ] {
        edition.mailing.target = target;
        let (page, plain) = told(&edition);
        for mark in marks {
            assert!(page.contains(mark) && plain.contains(mark), "{mark} in {page} {plain}");
        }
    }
    edition.mailing.unsubscribe_url = Some(fixture::at(Href::Placeholder("%unsubscribe%".into())));
    let (page, plain) = told(&edition);
    assert!(page.contains("<a href=\"%unsubscribe%\"") && plain.contains("\n%unsubscribe%\n"));
    assert!(!page.contains("UnsubscribeURL"));
}

#[test]
fn every_layout_says_the_same() {
    use crate::model::{Layout, Layouts};
    let laid_out = |layout| {
        let mut edition = full(Lang::English);
        edition.mailing.layouts = Layouts { held: layout, coming: layout, calls: layout, news: layout };
        let html = html(&edition);
        let mut links = attributes(&html, "href");
        links.sort();
        (links, levels(&html), text(&edition))
    };
    assert_eq!(laid_out(Layout::List), laid_out(Layout::Cards));
    assert_eq!(laid_out(Layout::List), laid_out(Layout::Agenda));
}

#[test]
fn the_preheader_says_what_is_in_it() {
    with(&reference(), |newsletter| {
        let said = newsletter.preheader();
        assert_eq!(said, "1 session summed up, 4 coming sessions, 5 funding opportunities and 9 news items");
        assert_eq!(newsletter.subject(), "EU Clusters Talks, 21 June 2024");
    });
    with(&one(), |newsletter| assert_eq!(newsletter.preheader(), "1 news item · One thing only"));
    for (name, edition) in all() {
        let long = with(&edition, |newsletter| newsletter.preheader().chars().count());
        assert!(long <= PREHEADER || name == "hostile", "{name}: {long}");
    }
}

#[test]
fn the_same_edition_gives_the_same_bytes() {
    assert_eq!(html(&full(Lang::French)), html(&full(Lang::French)));
    assert_eq!(text(&full(Lang::French)), text(&full(Lang::French)));
}

#[test]
fn lines_of_the_text_are_at_most_76_wide() {
    use unicode_width::UnicodeWidthStr;
    for (name, edition) in all() {
        for line in text(&edition).lines() {
            assert!(line.width() <= 76 || !line.contains(' ') || line.contains("://"), "{name}: {line}");
        }
    }
}

#[test]
fn one_point_is_not_a_list_of_one() {
    let point = |title| crate::model::AgendaItem {
        title: fixture::text(title),
        start: None,
        speakers: Vec::new(),
        body: None,
        kind: None,
    };
    let with_agenda =
        |agenda| Edition { held: vec![Session { agenda, ..session("s", "Talk") }], ..empty(Lang::English) };
    let one = with_agenda(vec![point("First")]);
    assert!(!html(&one).contains("<ol") && !text(&one).contains("1. "), "{}", text(&one));
    let two = with_agenda(vec![point("First"), point("Second")]);
    assert!(html(&two).contains("<ol") && text(&two).contains("\n1. First\n2. Second\n"), "{}", text(&two));
}
