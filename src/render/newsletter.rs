//! The newsletter: HTML and plain text from the same views, so that both state the same facts.

use std::borrow::Cow;

use askama::Template;

use crate::locale::{Direction, Locale};
use crate::model::{Edition, State};
use crate::prose::Block;
use crate::render::campaign::Campaign;
use crate::render::html::Html;
use crate::render::line::Line;

use call::CallView;
use news::NewsView;
use session::SessionView;
use style::Styles;
use when::Desk;

mod call;
#[cfg(test)]
pub(crate) mod fixture;
mod news;
mod plain;
mod session;
pub mod style;
mod when;

/// Gmail cuts a message whose HTML is longer than 102 KiB, and its `<style>` with it; beyond 90 KiB items are left out.
const LARGEST: usize = 90 * 1024;

/// Mail programs show about so many letters of a preheader.
const PREHEADER: usize = 130;

/// The sections, in their order; also the ids that the contents lead to.
const SECTIONS: [&str; 4] = ["held", "coming", "calls", "news"];

/// An edition as a newsletter.
#[derive(Debug)]
pub struct Newsletter<'a> {
    edition: &'a Edition,
    locale: &'a Locale,
    style: &'a Styles,
    campaign: Campaign<'a>,
    subject: Cow<'a, str>,
    preheader: Cow<'a, str>,
    issue: String,
    intro: Vec<Block>,
    contents: Vec<Entry>,
    held: Vec<SessionView<'a>>,
    coming: Vec<SessionView<'a>>,
    calls: Vec<CallView<'a>>,
    news: Vec<NewsView<'a>>,
}

/// A line of the contents.
#[derive(Debug)]
struct Entry {
    section: &'static str,
    count: String,
    detail: Line<'static>,
}

impl Entry {
    fn words(&self) -> String {
        session::join([Some(self.count.as_str()), Some(self.detail.as_str())], " · ")
    }
}

/// The HTML part, as far as it fits.
#[derive(Template)]
#[template(path = "newsletter.html", whitespace = "suppress")]
struct HtmlPart<'p, 'a> {
    n: &'p Newsletter<'a>,
    s: &'p Styles,
    held: &'p [SessionView<'a>],
    coming: &'p [SessionView<'a>],
    calls: &'p [CallView<'a>],
    news: &'p [NewsView<'a>],
    more: [String; 4],
}

impl HtmlPart<'_, '_> {
    /// Says whether some session has a date, so that there is a column for it.
    fn dated(&self, sessions: &[SessionView<'_>]) -> bool {
        sessions.iter().any(|session| session.when.is_some())
    }
}

impl<'a> Newsletter<'a> {
    /// Lays out an edition in a language and a look; both can serve many editions.
    pub fn new(edition: &'a Edition, locale: &'a Locale, style: &'a Styles) -> Newsletter<'a> {
        let campaign = Campaign::new(edition);
        let desk = &mut Desk::new(edition, locale, &campaign);
        let held: Vec<_> = edition.held.iter().map(|session| SessionView::held(session, desk)).collect();
        let coming: Vec<_> = edition.coming.iter().map(|session| SessionView::coming(session, desk)).collect();
        let calls: Vec<_> = edition.calls.iter().map(|call| CallView::new(call, desk)).collect();
        let news: Vec<_> = edition.news.iter().map(|news| NewsView::new(news, desk)).collect();
        let contents = contents(edition, locale, &calls);
        let date = locale.date(edition.date);
        let number =
            edition.number.as_ref().map(|n| locale.say("edition-number", &[("number", &locale.part(n.as_str()))]));
        Newsletter {
            edition,
            locale,
            style,
            subject: match &edition.mailing.subject {
                Some(subject) => subject.as_str().into(),
                // A no-break space alone would make an encoded word of the whole subject.
                None => locale
                    .say("subject", &[("title", edition.title.as_str()), ("date", &date)])
                    .replace('\u{A0}', " ")
                    .into(),
            },
            preheader: match &edition.mailing.preheader {
                Some(preheader) => preheader.as_str().into(),
                None => preheader(edition, locale, &contents).into(),
            },
            issue: session::join([number.as_deref(), Some(&date)], " · "),
            intro: edition.mailing.intro.as_ref().map(|prose| prose.blocks()).unwrap_or_default(),
            contents,
            held,
            coming,
            calls,
            news,
            campaign,
        }
    }

    /// Writes the HTML part: at most 90 KiB, the last items left out and told where there are more.
    pub fn html(&self) -> String {
        let all = [self.held.len(), self.coming.len(), self.calls.len(), self.news.len()];
        let mut shown = all;
        loop {
            let part = self.part(shown, all);
            let mut html = String::with_capacity(12 * 1024 + 1280 * shown.iter().sum::<usize>());
            part.render_into(&mut html).expect("a String takes everything");
            let Some(excess) = html.len().checked_sub(LARGEST + 1) else { return html };
            let average = html.len() / shown.iter().sum::<usize>().max(1);
            let mut leave = excess / average.max(1) + 1;
            // What can be read elsewhere goes first: news, then calls, then sessions.
            for count in shown.iter_mut().rev() {
                let less = leave.min(*count);
                (*count, leave) = (*count - less, leave - less);
            }
            if leave > 0 {
                return html;
            }
        }
    }

    fn part(&self, shown: [usize; 4], all: [usize; 4]) -> HtmlPart<'_, 'a> {
        let key = if self.edition.mailing.web_url.is_some() { "count-more-on-web" } else { "count-more" };
        let more = std::array::from_fn(|at| match all[at] - shown[at] {
            0 => String::new(),
            left => self.locale.count(key, left),
        });
        let [held, coming, calls, news] = shown;
        HtmlPart {
            n: self,
            s: self.style,
            held: &self.held[..held],
            coming: &self.coming[..coming],
            calls: &self.calls[..calls],
            news: &self.news[..news],
            more,
        }
    }

    /// Writes the text part: every fact and every link of the HTML, at most 76 columns wide where words allow it.
    pub fn text(&self) -> String {
        let items = self.held.len() + self.coming.len() + self.calls.len() + self.news.len();
        let mut text = String::with_capacity(2 * 1024 + 512 * items);
        plain::TextPart { n: self }.render_into(&mut text).expect("a String takes everything");
        text
    }

    /// Gives the subject.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Gives the line that a mail program shows beside the subject.
    pub fn preheader(&self) -> &str {
        &self.preheader
    }

    fn prose<'p>(&'p self, blocks: &'p [Block]) -> Html<'p> {
        Html {
            blocks,
            style: self.style,
            campaign: &self.campaign,
            direction: self.locale.direction(),
            level: 4,
            quiet: false,
        }
    }

    fn quiet<'p>(&'p self, blocks: &'p [Block]) -> Html<'p> {
        Html { quiet: true, ..self.prose(blocks) }
    }

    /// Gives a text of the data as it stands beside other words.
    fn beside<'t>(&self, text: &'t str) -> Line<'t> {
        Line(self.locale.part(text))
    }

    /// Gives a text of the data that stands alone.
    fn alone<'t>(&self, text: &'t str) -> Line<'t> {
        Line(self.locale.direction().alone(text))
    }

    /// Gives the attribute that Outlook wants on each table of the layout; nothing where lines go the usual way.
    fn table_dir(&self) -> &'static str {
        match self.locale.direction() {
            Direction::Ltr => "",
            Direction::Rtl => " dir=\"rtl\"",
        }
    }

    fn opening(&self) -> Html<'_> {
        Html { level: 2, ..self.prose(&self.intro) }
    }

    /// Says whether there is something to stand at the foot.
    fn has_foot(&self) -> bool {
        let (publisher, mailing) = (&self.edition.publisher, &self.edition.mailing);
        let texts = [&publisher.name, &publisher.address, &publisher.initiative].into_iter().any(Option::is_some);
        let links = [&publisher.url, &mailing.web_url, &mailing.unsubscribe_url].into_iter().any(Option::is_some);
        texts || links || publisher.email.is_some()
    }

    fn href<'u>(&self, url: &'u str) -> Cow<'u, str> {
        self.campaign.href(url)
    }
}

/// Lists the sections that are there, with what matters most in each.
fn contents(edition: &Edition, locale: &Locale, calls: &[CallView<'_>]) -> Vec<Entry> {
    let title = |title: &crate::source::Text| locale.part(title.as_str()).into_owned();
    let held = match edition.held.as_slice() {
        [only] => title(&only.title),
        _ => String::new(),
    };
    let next = edition.coming.iter().filter(|session| !session.is_off()).find_map(|session| session.date.as_ref());
    let coming = next.map(|date| locale.say("next-on", &[("date", &locale.date(date.value))])).unwrap_or_default();
    let soon = calls.iter().filter(|call| call.stands == State::ClosingSoon).count();
    let open = |call: &&CallView<'_>| matches!(call.stands, State::ClosingSoon | State::Open);
    let deadline = calls.iter().filter(open).find_map(|call| call.when.as_ref());
    let deadline = deadline.map(|when| locale.say("next-deadline", &[("date", &when.days)]));
    let soon = (soon > 0).then(|| locale.count("count-closing-soon", soon));
    let calls = session::join([soon.as_deref(), deadline.as_deref()], " · ");
    let news = match edition.news.as_slice() {
        [only] => title(&only.title),
        _ => String::new(),
    };
    let counts = [edition.held.len(), edition.coming.len(), edition.calls.len(), edition.news.len()];
    let keys = ["count-held", "count-coming", "count-calls", "count-news"];
    (SECTIONS.into_iter().zip(keys).zip(counts).zip([held, coming, calls, news]))
        .filter(|((_, count), _)| *count > 0)
        .map(|(((section, key), count), detail)| Entry {
            section,
            count: locale.count(key, count),
            detail: detail.into(),
        })
        .collect()
}

/// Makes a preheader of the counts; where that is little, of the first title too.
fn preheader(edition: &Edition, locale: &Locale, contents: &[Entry]) -> String {
    let counts: Vec<&str> = contents.iter().map(|entry| entry.count.as_str()).collect();
    let mut preheader = locale.list(&counts);
    let sessions = edition.held.iter().chain(&edition.coming).map(|session| &session.title);
    let titles =
        sessions.chain(edition.calls.iter().map(|call| &call.title)).chain(edition.news.iter().map(|n| &n.title));
    for title in titles {
        let joint = if preheader.is_empty() { "" } else { " · " };
        if preheader.chars().count() + title.as_str().chars().count() + 3 > PREHEADER {
            break;
        }
        preheader.push_str(joint);
        preheader.push_str(title.as_str());
    }
    preheader
}

#[cfg(test)]
mod tests;
