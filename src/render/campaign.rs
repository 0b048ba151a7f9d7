//! Campaign parameters (`utm_source`, …): on links to the publisher's own hosts, nowhere else; never on the way out of
//! the list, nor on a calendar, which a program fetches.

use std::borrow::Cow;

use url::form_urlencoded;

use crate::model::Edition;

/// What is added to links, and to which.
#[derive(Debug, Clone, Default)]
pub struct Campaign<'a> {
    hosts: Vec<String>,
    /// The address that ends a subscription, without query and fragment.
    way_out: Option<&'a str>,
    parameters: Vec<(&'a str, String)>,
    /// All of them as a query: `?utm_source=news&utm_medium=email`.
    query: String,
}

impl<'a> Campaign<'a> {
    /// Takes the parameters of an edition; its publisher's hosts are those of the home page and of the web copy.
    pub fn new(edition: &'a Edition) -> Campaign<'a> {
        let mailing = &edition.mailing;
        let own = [&edition.publisher.url, &mailing.web_url];
        let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let parameter = |(name, value): &'a (String, String)| {
            let pair = format!("{}={}", encode(name), encode(value));
            (!name.is_empty() && !value.is_empty()).then_some((name.as_str(), pair))
        };
        let parameters: Vec<_> = mailing.utm.iter().filter_map(parameter).collect();
        Campaign {
            hosts: own.into_iter().flatten().filter_map(|url| url.value.host()).collect(),
            way_out: mailing.unsubscribe().map(page),
            query: query(&parameters),
            parameters,
        }
    }

    /// Gives the address as it stands in the mail: with the parameters it does not have yet, before its fragment,
    /// where it leads to one of the publisher's hosts; else as it is.
    pub fn href<'u>(&self, url: &'u str) -> Cow<'u, str> {
        if self.parameters.is_empty() || !self.is_own(url) || self.is_apart(url) {
            return Cow::Borrowed(url);
        }
        let mut href = String::with_capacity(url.len() + self.query.len());
        // Most addresses have neither query nor fragment.
        if memchr::memchr2(b'?', b'#', url.as_bytes()).is_none() {
            href.push_str(url);
            href.push_str(&self.query);
            return Cow::Owned(href);
        }
        let (page, fragment) = url.split_at(memchr::memchr(b'#', url.as_bytes()).unwrap_or(url.len()));
        let query = memchr::memchr(b'?', page.as_bytes()).map(|at| &page[at + 1..]);
        let has = |name: &str| {
            query.is_some_and(|query| form_urlencoded::parse(query.as_bytes()).any(|(known, _)| known == name))
        };
        href.push_str(page);
        let mut joint = match query {
            None => "?",
            Some("") => "",
            Some(query) if query.ends_with('&') => "",
            Some(_) => "&",
        };
        for (_, pair) in self.parameters.iter().filter(|(name, _)| !has(name)) {
            href.push_str(joint);
            href.push_str(pair);
            joint = "&";
        }
        href.push_str(fragment);
        Cow::Owned(href)
    }

    /// Says whether an address must stay as it is.
    fn is_apart(&self, url: &str) -> bool {
        let page = page(url);
        page.ends_with(".ics") || self.way_out.is_some_and(|way_out| page.eq_ignore_ascii_case(way_out))
    }

    /// Says whether an address is on one of the hosts or below it.
    fn is_own(&self, url: &str) -> bool {
        // An address has been checked when it was decoded: its host can be read without parsing it once more.
        let after = |scheme: &str| {
            let (start, rest) = url.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        };
        let Some(rest) = after("https://").or_else(|| after("http://")) else { return false };
        // Most are the host itself, written as it is known.
        let follows = |own: &String| Some(rest.strip_prefix(own.as_str())?.bytes().next());
        if self.hosts.iter().filter_map(follows).any(|next| matches!(next, None | Some(b'/' | b'?' | b'#'))) {
            return true;
        }
        let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'));
        let authority = &rest[..end.unwrap_or(rest.len())];
        let host = authority.bytes().rposition(|byte| byte == b'@').map_or(authority, |at| &authority[at + 1..]);
        let host = host.bytes().position(|byte| byte == b':').map_or(host, |at| &host[..at]);
        self.hosts.iter().any(|own| {
            let Some(at) = host.len().checked_sub(own.len()) else { return false };
            let ends = host.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(own));
            ends && (at == 0 || host.as_bytes()[at - 1] == b'.')
        })
    }
}

/// Gives an address without its query, its fragment and its last slash.
fn page(url: &str) -> &str {
    let page = &url[..memchr::memchr2(b'?', b'#', url.as_bytes()).unwrap_or(url.len())];
    page.strip_suffix('/').unwrap_or(page)
}

/// Puts parameters together.
fn query(parameters: &[(&str, String)]) -> String {
    let pairs = parameters.iter().enumerate();
    pairs.map(|(at, (_, pair))| [if at == 0 { "?" } else { "&" }, pair].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_hosts_are_marked_and_nothing_is_lost() {
        let parameters =
            vec![("utm_source", "utm_source=news+letter".into()), ("utm_medium", "utm_medium=email".into())];
        let campaign = Campaign {
            hosts: vec!["example.org".into()],
            way_out: Some("https://example.org/leave"),
            query: query(&parameters),
            parameters,
        };
        for (url, expected) in [
            ("https://example.org", "https://example.org?utm_source=news+letter&utm_medium=email"),
            ("https://www.example.org/a", "https://www.example.org/a?utm_source=news+letter&utm_medium=email"),
            (
                "https://example.org/a?b=c%20d#e?f",
                "https://example.org/a?b=c%20d&utm_source=news+letter&utm_medium=email#e?f",
            ),
            ("https://example.org/?utm_source=x", "https://example.org/?utm_source=x&utm_medium=email"),
            ("https://example.org/?", "https://example.org/?utm_source=news+letter&utm_medium=email"),
            ("HTTPS://Example.ORG:443/", "HTTPS://Example.ORG:443/?utm_source=news+letter&utm_medium=email"),
            ("https://example.org@evil.test/", "https://example.org@evil.test/"),
            ("https://evil.test\\@example.org/", "https://evil.test\\@example.org/"),
            ("https://evil.test?example.org", "https://evil.test?example.org"),
            ("https://notexample.org/", "https://notexample.org/"),
            ("https://example.org.evil.test/", "https://example.org.evil.test/"),
            ("https://example.org/leave", "https://example.org/leave"),
            ("https://EXAMPLE.org/leave/?u=1#now", "https://EXAMPLE.org/leave/?u=1#now"),
            ("https://example.org/leaves", "https://example.org/leaves?utm_source=news+letter&utm_medium=email"),
            ("https://example.org/talks.ics", "https://example.org/talks.ics"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("tel:+32123", "tel:+32123"),
        ] {
            assert_eq!(campaign.href(url), expected);
        }
    }

    #[test]
    fn without_parameters_an_address_stays_as_it_is() {
        let campaign = Campaign { hosts: vec!["example.org".into()], ..Campaign::default() };
        assert!(matches!(campaign.href("https://example.org/"), Cow::Borrowed(_)));
    }
}
