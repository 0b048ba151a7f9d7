//! Entries of the lists of news and calls, in words.

use std::borrow::Cow;

use crate::locale::{Direction, Locale};
use crate::model::call::END_OF_DAY;
use crate::model::{Address, Call, Deadline, Edition, Item, News, State};
use crate::source::Spanned;

use super::passage::{Passage, Title};
use super::summary::plain;

/// A call is a heading of level 2; headings in its summary stand below.
const BELOW_CALL: u8 = 3;

/// The longest address that is printed, in characters.
const PRINTED: usize = 64;

/// One news item.
pub(super) struct NewsEntry<'a> {
    pub(super) item: String,
    pub(super) action: String,
    pub(super) title: Title<'a>,
    pub(super) url: &'a str,
    pub(super) address: String,
    pub(super) date: String,
    pub(super) place: Cow<'a, str>,
    pub(super) body: Passage,
}

impl<'a> NewsEntry<'a> {
    pub(super) fn new(news: &'a News, edition: &Edition, locale: &Locale) -> Self {
        let way = locale.direction();
        let action = plain(&news.action);
        // One phrase where both go the same way, and that is not the way of the page.
        let (action, title) = match way.against(action) {
            Some(_) => (String::new(), way.alone(&format!("{action} {}", news.title)).into_owned().into()),
            None => (action.to_owned(), way.isolate(news.title.as_str())),
        };
        let last = news.end_date.or(news.date);
        NewsEntry {
            item: Item::News(news).name(),
            action,
            title: Title::said(&news.title, title, edition, locale),
            url: target(&news.url),
            address: news.url.as_ref().map(|url| printed(&url.value)).unwrap_or_default(),
            date: match (news.date.or(news.end_date), last) {
                (Some(first), Some(last)) => locale.date_range(first.value, last.value),
                _ => String::new(),
            },
            place: way.alone(plain(&news.place)),
            body: news
                .summary
                .as_ref()
                .map(|prose| Passage::new(prose, BELOW_CALL, edition, locale))
                .unwrap_or_default(),
        }
    }
}

/// One call.
pub(super) struct CallEntry<'a> {
    pub(super) item: String,
    pub(super) title: Title<'a>,
    pub(super) url: &'a str,
    pub(super) address: String,
    /// The deadline that counts now: `14.`, `November 2024`, time, its label.
    pub(super) day: String,
    pub(super) month: String,
    pub(super) time: String,
    pub(super) cut_off: Cow<'a, str>,
    pub(super) state: &'a str,
    pub(super) urgent: bool,
    /// Label and value; a value that needs no label has an empty one.
    pub(super) facts: Vec<(String, String)>,
    pub(super) eligibility: Passage,
    pub(super) body: Passage,
}

impl<'a> CallEntry<'a> {
    pub(super) fn new(call: &'a Call, edition: &'a Edition, locale: &'a Locale) -> Self {
        CallEntry::with(call, BELOW_CALL, edition, locale)
    }

    /// Takes a call in whose prose headings begin at `level`.
    pub(super) fn with(call: &'a Call, level: u8, edition: &'a Edition, locale: &'a Locale) -> Self {
        let deadline = edition.deadline(call);
        let state = edition.state(call);
        let way = locale.direction();
        let date = deadline.map(|next| locale.date(next.date.value)).unwrap_or_default();
        // In all languages here the day comes first, and a no-break space holds it to its month.
        let (day, month) = date.split_once('\u{A0}').unwrap_or((&date, ""));
        let (day, month) = (day.to_owned(), month.to_owned());
        CallEntry {
            item: Item::Call(call).name(),
            title: Title::alone(&call.title, edition, locale),
            url: target(&call.url),
            address: call.url.as_ref().map(|url| printed(&url.value)).unwrap_or_default(),
            day,
            month,
            time: deadline.map(|next| time(next, edition, locale)).unwrap_or_default(),
            cut_off: way.alone(deadline.map_or("", |next| plain(&next.label))),
            state: locale.state(state),
            urgent: state == State::ClosingSoon,
            facts: facts(call, deadline, edition, locale),
            eligibility: call
                .eligibility
                .as_ref()
                .map(|prose| Passage::new(prose, level, edition, locale))
                .unwrap_or_default(),
            body: call.summary.as_ref().map(|prose| Passage::new(prose, level, edition, locale)).unwrap_or_default(),
        }
    }
}

fn facts<'a>(
    call: &'a Call,
    next: Option<&Deadline>,
    edition: &'a Edition,
    locale: &'a Locale,
) -> Vec<(String, String)> {
    let labels = &locale.labels;
    let part = |text: &str| locale.part(text).into_owned();
    let mut facts: Vec<(&str, String)> = Vec::new();
    facts.extend(call.programme.iter().map(|programme| ("", part(&programme.value))));
    facts.extend(call.kind.iter().map(|kind| ("", part(&kind.value))));
    facts.extend(call.budget.map(|budget| (labels.budget.as_str(), locale.money(&budget.value))));
    let (least, most) = (
        call.grant_min.as_ref().map(|m| locale.money(&m.value)),
        call.grant_max.as_ref().map(|m| locale.money(&m.value)),
    );
    let grant = match (least, most) {
        (Some(from), Some(to)) if from == to => Some(to),
        (Some(from), Some(to)) => Some(locale.say("money-range", &[("from", &from), ("to", &to)])),
        (Some(from), None) => Some(locale.say("money-from", &[("from", &from)])),
        (None, Some(to)) => Some(locale.say("money-up-to", &[("to", &to)])),
        (None, None) => None,
    };
    facts.extend(grant.map(|grant| (labels.grant.as_str(), grant)));
    facts.extend(call.rate.iter().map(|rate| (labels.rate.as_str(), part(&rate.value))));
    facts.extend(call.funder.iter().map(|funder| (labels.funder.as_str(), part(&funder.value))));
    if !call.countries.is_empty() {
        let names: Vec<_> = call.countries.iter().map(|country| part(country.as_str())).collect();
        facts.push((labels.countries.as_str(), locale.list(&names)));
    }
    if edition.state(call) == State::Forthcoming {
        facts.extend(call.opens.map(|opens| ("", locale.say("opens-on", &[("date", &locale.date(opens.value))]))));
    }
    for other in call.deadlines.iter().filter(|one| next.is_none_or(|next| !std::ptr::eq(*one, next))) {
        let date = locale.date(other.date.value);
        let time = time(other, edition, locale);
        let when = if time.is_empty() { date } else { locale.date_with_time(&date, &time) };
        let label = plain(&other.label);
        facts.push((if label.is_empty() { labels.deadline.as_str() } else { label }, when));
    }
    facts.extend(call.contact.iter().map(|contact| (labels.contact.as_str(), part(&contact.value))));
    let colon = |label: &str| match label {
        "" => String::new(),
        label => locale.say("with-colon", &[("label", &locale.part(label))]),
    };
    facts.into_iter().map(|(label, value)| (colon(label), value)).collect()
}

/// Says at what time a deadline ends; of one without a time the zone alone, where its day is not the edition's.
fn time(deadline: &Deadline, edition: &Edition, locale: &Locale) -> String {
    let zone = deadline.timezone.as_ref().map_or(&edition.timezone, |zone| &zone.value);
    match deadline.time {
        Some(time) => locale.times(zone, deadline.date.value, time.value, None),
        None if *zone != edition.timezone => locale.zone(zone, deadline.date.value, END_OF_DAY),
        None => String::new(),
    }
}

pub(super) fn target(url: &Option<Spanned<Address>>) -> &str {
    url.as_ref().map_or("", |url| url.value.as_str())
}

/// A link that stands in a list of its own.
pub(super) struct Reference<'a> {
    /// What it leads to; the readable address where nobody said it.
    pub(super) label: Cow<'a, str>,
    pub(super) url: &'a str,
    /// Empty where the label says it.
    pub(super) address: String,
}

impl<'a> Reference<'a> {
    pub(super) fn new(label: &'a str, url: &'a Address, way: Direction) -> Self {
        match label {
            "" => Reference {
                label: way.alone(&printed(url)).into_owned().into(),
                url: url.as_str(),
                address: String::new(),
            },
            label => Reference { label: way.alone(label), url: url.as_str(), address: printed(url) },
        }
    }
}

/// Gives an address as it is read on paper: without its scheme, the host alone where the whole is too long to be typed.
/// Not every host answers without its `www.`.
pub(super) fn printed(address: &Address) -> String {
    let bare = address.as_str();
    let bare = bare.split_once("://").or(bare.split_once(':')).map_or(bare, |(_, rest)| rest);
    let bare = bare.trim_end_matches('/');
    match address.whole_host() {
        Some(host) if bare.chars().count() > PRINTED => host,
        _ => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_printed_as_one_reads_them() {
        for (address, expected) in [
            ("https://www.example.org/", "www.example.org"),
            ("https://example.org/a?b=c", "example.org/a?b=c"),
            ("mailto:a@example.org", "a@example.org"),
            ("https://www.example.org/a/very/long/path/that/nobody/will/ever/type/into/a/browser", "www.example.org"),
        ] {
            assert_eq!(printed(&address.parse().expect("an address")), expected);
        }
    }

    #[test]
    fn a_link_without_a_label_is_called_by_its_address() {
        let url: Address = "https://www.example.org/slides/".parse().expect("an address");
        for (label, said, address) in
            [("Slides", "Slides", "www.example.org/slides"), ("", "www.example.org/slides", "")]
        {
            let reference = Reference::new(label, &url, Direction::Ltr);
            assert_eq!((&*reference.label, &*reference.address), (said, address));
        }
    }
}
