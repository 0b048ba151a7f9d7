//! One edition: everything that is printed, selected and in order.

use std::sync::Arc;

use jiff::Timestamp;

use crate::locale::Lang;
use crate::model::call::Present;
use crate::model::picture::{self, File};
use crate::model::print::Part;
use crate::model::value::Slugs;
use crate::model::{
    Address, Call, Date, Deadline, Foreign, Item, ListId, Mailbox, News, Picture, Print, Session, State, Zone,
};
use crate::source::{Span, Spanned, Text};

/// One edition of a publication, ready to be rendered. All lists are in their final order.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Names it; stable.
    pub id: String,
    /// The publication's title, or this edition's.
    pub title: Text,
    /// A line under the title.
    pub subtitle: Option<Text>,
    /// As printed: `7`, `2024/3`.
    pub number: Option<Text>,
    /// The day on which it goes out.
    pub date: Date,
    /// Where that stands.
    pub dated: Span,
    /// The day on which states are computed: `date`, unless `--today` says otherwise.
    pub today: Date,
    /// The language of labels and dates.
    pub lang: Lang,
    /// The zone of everything that has none of its own.
    pub timezone: Zone,
    /// A deadline that is at most so many days away is closing soon.
    pub closing_soon: i32,
    /// Who publishes it.
    pub publisher: Publisher,
    /// What the mail needs.
    pub mailing: Mailing,
    /// How it is printed on paper.
    pub print: Print,
    /// Held since the last edition, latest first.
    pub held: Vec<Session>,
    /// Coming, by date; cancelled and postponed ones among them.
    pub coming: Vec<Session>,
    /// Closing soon, open, forthcoming; each by deadline, those without one last.
    pub calls: Vec<Box<Call>>,
    /// In the order of the files.
    pub news: Vec<News>,
    /// What is shown in another language than `lang`.
    pub foreign: Foreign,
}

/// Who publishes.
#[derive(Debug, Clone, Default)]
pub struct Publisher {
    /// The platform's or organisation's name, on the cover and in the header.
    pub name: Option<Text>,
    /// Postal address, in one line.
    pub address: Option<Text>,
    /// Home page.
    pub url: Option<Spanned<Address>>,
    /// Whom to write to.
    pub email: Option<Spanned<Mailbox>>,
    /// Its logo, for the mail.
    pub logo: Option<Picture>,
    /// The line at the foot of the cover: `An initiative of the European Union`.
    pub initiative: Option<Text>,
}

impl Publisher {
    /// Says whether there is anything to be said of it at the foot of a page.
    pub fn is_known(&self) -> bool {
        let texts = [&self.name, &self.address, &self.initiative].into_iter().any(Option::is_some);
        texts || self.url.is_some() || self.email.is_some()
    }
}

/// What the mail needs besides its content (`[newsletter]`).
#[derive(Debug, Clone, Default)]
pub struct Mailing {
    /// Subject; the edition's title and date where empty.
    pub subject: Option<Text>,
    /// The line that a mail program shows beside the subject; made from the content where empty.
    pub preheader: Option<Text>,
    /// Opening words above the contents.
    pub intro: Option<crate::prose::Prose>,
    /// Sender.
    pub from: Option<Spanned<Mailbox>>,
    /// Recipient of the draft; the sender where empty.
    pub to: Option<Spanned<Mailbox>>,
    /// Where answers go.
    pub reply_to: Option<Spanned<Mailbox>>,
    /// RFC 2919.
    pub list_id: Option<Spanned<ListId>>,
    /// RFC 8058: https.
    pub unsubscribe_url: Option<Spanned<Href>>,
    /// Where the web copy is.
    pub web_url: Option<Spanned<Address>>,
    /// Who sends it.
    pub target: Target,
    /// Whether the calendar is attached to the message, where something is said of it.
    pub attach_calendar: Option<bool>,
    /// Whether a mail program is to open the message as a draft.
    pub draft: bool,
    /// How the sections are laid out.
    pub layouts: Layouts,
    /// Bytes that a mailing service adds to the HTML: its picture of one dot, its foot, its longer links.
    pub overhead: usize,
    /// Campaign parameters (`utm_source`, …) for the publisher's own hosts.
    pub utm: Vec<(String, String)>,
}

/// Where a link of the mail leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Href {
    /// To an address.
    Address(Address),
    /// To what a mailing service puts in the place of this.
    Placeholder(String),
}

impl Href {
    /// Gives it as it stands in the link.
    pub fn as_str(&self) -> &str {
        match self {
            Href::Address(address) => address.as_str(),
            Href::Placeholder(placeholder) => placeholder,
        }
    }
}

/// Who sends the mail, and so which files are written and which placeholders stand in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Target {
    /// A mail program or a server of one's own: HTML, text and a message.
    #[default]
    Eml,
    /// Some other program: HTML and text.
    Html,
    /// Mailchimp: HTML and text with `*|UNSUB|*` and `*|ARCHIVE|*`.
    Mailchimp,
    /// Brevo: HTML and text with `{{ unsubscribe }}` and `{{ mirror }}`.
    Brevo,
    /// listmonk: HTML and text with `{{ UnsubscribeURL }}` and `{{ MessageURL }}`.
    Listmonk,
}

impl Target {
    /// All of them, by the words that `--target` and `[newsletter] target` take.
    pub const ALL: [(&'static str, Target); 5] = [
        ("eml", Target::Eml),
        ("html", Target::Html),
        ("mailchimp", Target::Mailchimp),
        ("brevo", Target::Brevo),
        ("listmonk", Target::Listmonk),
    ];

    /// Gives its placeholder for the way out of the list.
    fn unsubscribe(self) -> Option<&'static str> {
        match self {
            Target::Eml | Target::Html => None,
            Target::Mailchimp => Some("*|UNSUB|*"),
            Target::Brevo => Some("{{ unsubscribe }}"),
            Target::Listmonk => Some("{{ UnsubscribeURL }}"),
        }
    }

    /// Gives its placeholder for the copy on the web.
    fn web(self) -> Option<&'static str> {
        match self {
            Target::Eml | Target::Html => None,
            Target::Mailchimp => Some("*|ARCHIVE|*"),
            Target::Brevo => Some("{{ mirror }}"),
            Target::Listmonk => Some("{{ MessageURL }}"),
        }
    }

    /// Gives its placeholder for the postal address of the sender, without which it does not send.
    pub fn address(self) -> Option<&'static str> {
        (self == Target::Mailchimp).then_some("*|LIST:ADDRESSLINE|*")
    }
}

impl Mailing {
    /// Gives the way out of the list: the one that is named, or that of the service.
    pub fn unsubscribe(&self) -> Option<&str> {
        self.unsubscribe_url.as_ref().map(|url| url.value.as_str()).or(self.target.unsubscribe())
    }

    /// Gives the copy on the web: the one that is named, or that of the service.
    pub fn web(&self) -> Option<&str> {
        self.web_url.as_ref().map(|url| url.value.as_str()).or(self.target.web())
    }
}

/// How the items of a section are laid out in the mail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// A date block beside each item.
    #[default]
    List,
    /// Each item in a frame.
    Cards,
    /// Close lines with the day at the side.
    Agenda,
}

/// The layout of each section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layouts {
    /// Of sessions that were held.
    pub held: Layout,
    /// Of sessions to come.
    pub coming: Layout,
    /// Of calls.
    pub calls: Layout,
    /// Of news.
    pub news: Layout,
}

impl Edition {
    /// Gives the instant at which states are computed: the start of `today` in the edition's zone.
    pub fn now(&self) -> Timestamp {
        self.timezone.start_of(self.today)
    }

    /// Gives when and where it is asked how calls stand.
    pub fn present(&self) -> Present<'_> {
        Present::new(self.now(), &self.timezone, self.closing_soon)
    }

    /// Computes where a call stands.
    pub fn state(&self, call: &Call) -> State {
        call.standing(&self.present()).0
    }

    /// Gives the deadline of a call that counts now.
    pub fn deadline<'a>(&self, call: &'a Call) -> Option<&'a Deadline> {
        call.next_deadline(&self.present())
    }

    /// Gives the zone of a session.
    pub fn zone<'a>(&'a self, session: &'a Session) -> &'a Zone {
        session.timezone.as_ref().map_or(&self.timezone, |zone| &zone.value)
    }

    /// Says whether its programme is one that things are looked up in: it gets contents, an index and, where there are
    /// series, a heading for each of them.
    pub fn is_large(&self) -> bool {
        self.coming.len() > 24
    }

    /// Says whether its handout has an index: that of a large programme has one, any other where it is asked for; what it
    /// leads to has to be there.
    pub fn has_index(&self) -> bool {
        match self.print.content.as_deref() {
            Some(parts) => parts.contains(&Part::Index) && parts.contains(&Part::Programme),
            None => self.is_large(),
        }
    }

    /// Gives the files of all pictures.
    pub fn pictures(&self) -> Vec<Arc<File>> {
        let sessions = self.held.iter().chain(&self.coming).filter_map(|session| session.picture.as_deref());
        picture::files(self.publisher.logo.iter().chain(sessions))
    }

    /// Gives all that it lists, in the order of its sections.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        let sessions = self.held.iter().map(Item::Held).chain(self.coming.iter().map(Item::Coming));
        sessions.chain(self.calls.iter().map(|call| Item::Call(call))).chain(self.news.iter().map(Item::News))
    }

    /// Gives the held sessions that get a summary: those with something to sum up.
    pub fn summaries(&self) -> impl Iterator<Item = &Session> {
        self.held.iter().filter(|session| session.has_summary())
    }

    /// Names the calendar file of each coming session that has a date: what links to them and what writes them must
    /// agree.
    pub fn calendar_files(&self) -> CalendarFiles<'_> {
        CalendarFiles { coming: self.coming.iter(), slugs: Slugs::default() }
    }

    /// Says whether the message carries the calendar: where nothing else is asked for, if there is a session to come and
    /// no web copy beside which its calendar file could be linked to.
    pub fn attaches_calendar(&self) -> bool {
        let unlinked = || self.mailing.web_url.is_none() && self.calendar_files().next().is_some();
        self.mailing.attach_calendar.unwrap_or_else(unlinked)
    }

    /// Says whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.coming.is_empty() && self.calls.is_empty() && self.news.is_empty()
    }
}

/// Coming sessions that have a date, each with the name of its calendar file: `session-rust-101.ics`.
#[derive(Debug, Clone)]
pub struct CalendarFiles<'a> {
    coming: std::slice::Iter<'a, Session>,
    slugs: Slugs,
}

impl<'a> Iterator for CalendarFiles<'a> {
    type Item = (&'a Session, String);

    fn next(&mut self) -> Option<Self::Item> {
        let session = self.coming.find(|session| session.date.is_some())?;
        Some((session, format!("session-{}.ics", self.slugs.slug(session.id.as_str()))))
    }
}
