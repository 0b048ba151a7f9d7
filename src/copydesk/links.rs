//! Where links lead, and what they show.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use url::{Host, Url};

use super::Desk;
use super::manuscript::{Page, Record};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::value::is_tracking;
use crate::model::{Address, Edition};
use crate::prose::Stretch;
use crate::source::{Span, Str, Text};

/// A title, where its address stands, and the record.
type Titled<'a> = (&'a Text, Span, &'a Str);

/// What has to be known of all pages.
#[derive(Default)]
pub struct Links<'a> {
    /// Links by what is wrong with their host, and the host.
    hosts: BTreeMap<(Flaw, String), Places<'a>>,
    /// Titles by address; sessions, calls and news apart.
    shared: FxHashMap<(u8, &'a str), Vec<Titled<'a>>>,
}

/// Links of one kind: how many, and the first of them.
#[derive(Debug, Default)]
struct Places<'a> {
    count: usize,
    first: Vec<(Span, &'a Str)>,
}

impl<'a> Places<'a> {
    fn add(&mut self, count: usize, first: impl IntoIterator<Item = (Span, &'a Str)>) {
        self.count += count;
        let room = PLACES - self.first.len();
        self.first.extend(first.into_iter().take(room));
    }
}

/// What is wrong with the host of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Flaw {
    /// It is reached without TLS.
    Insecure,
    /// It is not reached, and why.
    Unreachable(&'static str),
}

/// So many places of one host are shown.
const PLACES: usize = 5;

/// A link, wherever it stands.
struct Link<'l> {
    target: &'l str,
    url: Url,
    span: Span,
}

impl<'a> Links<'a> {
    /// Reads one page.
    pub fn page(&mut self, page: &Page<'a>, desk: &mut Desk<'_>) {
        let table = match page.record {
            Record::Edition => 0,
            Record::Session(_) => 1,
            Record::Call(_) => 2,
            Record::News(_) => 3,
        };
        for address in &page.addresses {
            let Ok(url) = Url::parse(address.value.as_str()) else { continue };
            self.link(&Link { target: address.value.as_str(), url, span: address.span }, page, desk);
        }
        if let Some(address) = page.addresses.first().filter(|_| page.passages.iter().any(|p| p.field == "title"))
            && address.value.as_str().trim_end_matches('/').matches('/').count() > 2
        {
            let known = self.shared.entry((table, address.value.as_str())).or_default();
            share(known, (page.title, address.span, page.id));
        }
        for (passage, stretch) in page.stretches() {
            for anchor in &stretch.links {
                let span = desk.sources.part(passage.text, anchor.source.clone()).unwrap_or(passage.text.span);
                let Ok(url) = Url::parse(&anchor.target) else { continue };
                let link = Link { target: &anchor.target, url, span };
                shown(&link, stretch, &stretch.text[anchor.shown.clone()], page, desk);
                self.link(&link, page, desk);
            }
        }
    }

    fn link(&mut self, link: &Link<'_>, page: &Page<'a>, desk: &mut Desk<'_>) {
        let flaw = match unreachable(&link.url, desk.edition) {
            Some(why) => Some(Flaw::Unreachable(why)),
            None => (link.url.scheme() == "http").then_some(Flaw::Insecure),
        };
        if let Some(flaw) = flaw {
            let host = link.url.host_str().unwrap_or_default().to_owned();
            self.hosts.entry((flaw, host)).or_default().add(1, [(link.span, page.id)]);
        }
        tracking(link, page, desk);
    }

    /// Takes what was gathered of the pages that follow.
    pub fn join(&mut self, other: Links<'a>) {
        for (key, places) in other.hosts {
            self.hosts.entry(key).or_default().add(places.count, places.first);
        }
        other.shared.into_iter().for_each(|(key, titles)| {
            let known = self.shared.entry(key).or_default();
            titles.into_iter().for_each(|titled| share(known, titled));
        });
    }

    /// Tells what has to be known of all pages.
    pub fn finish(self, desk: &mut Desk<'_>) {
        for ((flaw, host), places) in self.hosts {
            let more = if places.count > 1 { format!(", {} times", places.count) } else { String::new() };
            let found = match flaw {
                Flaw::Insecure => {
                    Diagnostic::note(Code::InsecureLink, format!("links to `{host}` go without TLS{more}"))
                        .help("see whether the page opens with `https://` too, and write that")
                }
                Flaw::Unreachable(why) => {
                    Diagnostic::warning(Code::UnreachableLink, format!("no reader can follow links to `{host}`{more}"))
                        .help(format!("it is {why}; write the address that readers are to open, or leave it out"))
                }
            };
            // Each host is told once, with its first places.
            let found = places.first.iter().fold(found, |found, (span, id)| found.at(*span, "").of(id));
            desk.report.add(found);
        }
        let mut shared: Vec<_> = self.shared.into_values().filter(|titles| titles.len() == 2).collect();
        shared.sort_by_key(|titles| titles[1].1);
        for titles in shared {
            let [(first, first_place, first_id), (second, place, id)] = titles[..] else { continue };
            desk.report.add(
                Diagnostic::note(Code::SharedLink, format!("`{second}` has the address of `{first}`"))
                    .at(place, "")
                    .at(first_place, "the same here")
                    .help("give each its own page, or allow it under `[check]`")
                    .of(id)
                    .of(first_id),
            );
        }
    }
}

/// Notes a title of an address; with three of them it is meant to be shared.
fn share<'a>(known: &mut Vec<Titled<'a>>, titled: Titled<'a>) {
    if known.len() < 3 && known.iter().all(|(title, ..)| title.value != titled.0.value) {
        known.push(titled);
    }
}

/// Says why nobody can follow an address. Where the publication itself lives on a host of the examples, it is one.
fn unreachable(url: &Url, edition: &Edition) -> Option<&'static str> {
    match url.host()? {
        Host::Ipv4(ip) if ip.is_loopback() || ip.is_private() || ip.is_link_local() => Some("a private network"),
        Host::Ipv6(ip) if ip.is_loopback() => Some("the reader’s own machine"),
        Host::Domain(host) => {
            let host = host.strip_prefix("www.").unwrap_or(host);
            let end = host.rsplit('.').next().unwrap_or(host);
            let is_example = matches!(host, "example.com" | "example.org" | "example.net" | "domain.com");
            if host == "localhost" || matches!(end, "local" | "localhost" | "internal" | "lan") {
                Some("a private network")
            } else if (is_example || matches!(end, "example" | "invalid" | "test")) && !lives_in_examples(edition) {
                Some("a name for examples (RFC 2606)")
            } else if !host.contains('.') {
                Some("a name of a private network")
            } else {
                None
            }
        }
        _ => None,
    }
}

fn lives_in_examples(edition: &Edition) -> bool {
    let is_example = |host: &str| {
        let host = host.to_ascii_lowercase();
        ["example", "example.com", "example.org", "example.net"]
            .iter()
            .any(|known| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
    };
    let mailbox = edition.mailing.from.as_ref().or(edition.publisher.email.as_ref());
    let url = edition.publisher.url.as_ref().and_then(|url| url.value.host());
    mailbox.is_some_and(|mailbox| is_example(mailbox.value.domain())) || url.is_some_and(|host| is_example(&host))
}

/// Says whether an address lies with the publisher, who may well count there: on the host of the home page or of the
/// web copy, or on one below them.
fn is_own(url: &Url, edition: &Edition) -> bool {
    let host = url.host_str().unwrap_or_default();
    let own = [&edition.publisher.url, &edition.mailing.web_url].into_iter().flatten();
    own.filter_map(|url| url.value.host())
        .any(|known| host.strip_suffix(known.as_str()).is_some_and(|below| below.is_empty() || below.ends_with('.')))
}

fn tracking(link: &Link<'_>, page: &Page<'_>, desk: &mut Desk<'_>) {
    let found = link.url.query().filter(|query| query.split('&').any(is_tracking) && link.target.contains(query));
    let Some(query) = found.filter(|_| !is_own(&link.url, desk.edition)) else { return };
    let kept: Vec<&str> = query.split('&').filter(|part| !is_tracking(part)).collect();
    let cure = match kept.is_empty() {
        true => link.target.replacen(&format!("?{query}"), "", 1),
        false => link.target.replacen(query, &kept.join("&"), 1),
    };
    let found = Diagnostic::warning(Code::TrackingLink, "a link carries somebody else’s tracking")
        .at(link.span, "it counts our readers for them")
        .help(format!("write `{cure}`"))
        .of(page.id);
    // The place may be the address alone, or a whole link in prose.
    let raw = desk.sources.slice(link.span);
    let exact = raw.match_indices(link.target).next().filter(|_| cure.parse::<Address>().is_ok());
    desk.report.add(match exact {
        Some((at, _)) => found.fix(link.span.part(at..at + link.target.len()), cure),
        None => found,
    });
}

/// Link texts that say nothing when a screen reader lists them.
const VAGUE: &[&str] = &[
    "here",
    "click here",
    "click",
    "link",
    "this link",
    "read more",
    "more",
    "learn more",
    "website",
    "this page",
    "more info",
    "more information",
    "hier",
    "hier klicken",
    "mehr",
    "weiterlesen",
    "mehr erfahren",
    "ici",
    "cliquez ici",
    "lire la suite",
    "en savoir plus",
    "plus",
    "هنا",
    "اضغط هنا",
    "المزيد",
];

fn shown(link: &Link<'_>, stretch: &Stretch, text: &str, page: &Page<'_>, desk: &mut Desk<'_>) {
    let plain = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if VAGUE.contains(&plain.as_str()) && stretch.text.len() > text.len() {
        desk.report.add(
            Diagnostic::warning(Code::VagueLink, format!("the link text `{text}` says nothing"))
                .at(link.span, "who hears the links of a page one by one hears only this")
                .help("let the words that name the target be the link")
                .of(page.id),
        );
    }
    let is_address = text.contains("://") || text.starts_with("www.");
    let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    if is_address
        && !text.contains(char::is_whitespace)
        && let Ok(other) = with_scheme.trim_end_matches('…').parse::<Address>()
        && let (Some(one), Some(two)) = (other.host(), link.target.parse::<Address>().ok().and_then(|a| a.host()))
        && one != two
    {
        desk.report.add(
            Diagnostic::warning(Code::MisleadingLink, format!("the link shows `{one}` and leads to `{two}`"))
                .at(link.span, "mail programs warn of such links")
                .help("show where it leads, or show words")
                .of(page.id),
        );
    }
}
