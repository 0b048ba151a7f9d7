//! Links (RFC 3986).

use ecow::EcoString;
use url::Url;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Spanned;

use super::mailbox::parse_mailbox;
use super::placeholder::{is_placeholder, placeholders};

/// The longest address that is taken, in bytes: PDF readers and mail programs give up beyond.
const LONGEST: usize = 2000;

/// A checked link: absolute, `https`, `http`, `mailto` or `tel`, in ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address(EcoString);

impl Address {
    /// Reads an address of which a mailing service makes another one for each recipient: `*|UPDATE_PROFILE|*`,
    /// `https://example.org/poll/{{ contact.ID }}`. `None`: it holds no placeholder, or is none with it.
    pub fn merged(text: &str) -> Option<Address> {
        let ends_attribute = |c: char| matches!(c, '"' | '\'' | '<' | '>') || c.is_control();
        if !is_placeholder(text) {
            let found = placeholders(text).ok().filter(|found| !found.is_empty())?;
            // Around them must be what is an address with any word in their place; its host is always the same.
            let (mut frame, mut at) = (String::with_capacity(text.len()), 0);
            for mark in &found {
                frame.push_str(&text[at..mark.start]);
                frame.push('0');
                at = mark.end;
            }
            frame.push_str(&text[at..]);
            let (_, rest) = text.split_once("://")?;
            let path = text.len() - rest.len() + rest.find(['/', '?', '#'])?;
            if found[0].start < path || !parse(&frame).is_ok_and(|read| read == frame) {
                return None;
            }
        }
        (!text.contains(ends_attribute)).then(|| Address(text.into()))
    }

    /// Gives the address as it goes into a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Gives the host in lower case, without `www.`.
    pub fn host(&self) -> Option<String> {
        let host = self.whole_host()?;
        Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
    }

    /// Gives the host in lower case.
    pub fn whole_host(&self) -> Option<String> {
        Some(Url::parse(&self.0).ok()?.host_str()?.to_owned())
    }

    /// Gives the address of a file that lies beside it, in the same folder (RFC 3986 §5.2).
    pub fn beside(&self, file: &str) -> Option<String> {
        Some(Url::parse(&self.0).ok()?.join(file).ok()?.into())
    }

    /// Gives what is left of it when all is taken away that does not name the page: scheme, `www.`, a slash at the end,
    /// tracking parameters. Two addresses of one page give the same, as far as one can tell without opening them.
    pub fn page(&self) -> String {
        let Some((_, rest)) = self.0.split_once("://") else { return self.0.as_str().to_ascii_lowercase() };
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let host = host.to_ascii_lowercase();
        let mut page = host.strip_prefix("www.").unwrap_or(&host).to_owned();
        let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        page.push_str(path.trim_end_matches('/'));
        for (sign, parts) in [('?', query), ('#', fragment)] {
            let kept: Vec<&str> = parts.split('&').filter(|part| !part.is_empty() && !is_tracking(part)).collect();
            if !kept.is_empty() {
                page.push(sign);
                page.push_str(&kept.join("&"));
            }
        }
        page
    }

    /// Says whether it is a mailbox or a telephone, and no page.
    pub fn is_personal(&self) -> bool {
        ["mailto:", "tel:"]
            .iter()
            .any(|scheme| self.0.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
    }

    /// Says whether it is `https`.
    pub fn is_https(&self) -> bool {
        self.0.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Address {
    /// What is wrong with it, and the cure.
    type Err = (String, String);

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).map(Address)
    }
}

/// Says whether a parameter of an address is one by which a service recognises who shared a link.
pub fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or(parameter);
    name.starts_with("utm_")
        || matches!(
            name,
            "fbclid"
                | "gclid"
                | "gad_source"
                | "dclid"
                | "msclkid"
                | "mc_cid"
                | "mc_eid"
                | "igshid"
                | "yclid"
                | "twclid"
        )
}

/// Decodes a link.
pub fn address(text: Spanned<&str>, field: &str, report: &mut Report) -> Option<Spanned<Address>> {
    match text.value.parse() {
        Ok(address) => Some(text.with(address)),
        Err((why, help)) => {
            report.add(
                Diagnostic::error(Code::BadUrl, format!("`{field}` is not a usable address"))
                    .at(text.span, why)
                    .help(help),
            );
            None
        }
    }
}

fn parse(text: &str) -> Result<EcoString, (String, String)> {
    let bad = |why: &str, help: &str| Err((why.to_owned(), help.to_owned()));
    const FORM: &str = "write the whole address, as in `https://example.org/page`";
    if text.len() > LONGEST {
        return bad("it has more than 2000 characters", "use a shorter address");
    }
    if is_plain_https(text) {
        return Ok(text.into());
    }
    if placeholders(text).is_ok_and(|found| !found.is_empty()) {
        return bad(
            "it holds a placeholder",
            "write the address itself; `intro` and `unsubscribe-url` alone can hold one",
        );
    }
    if text.contains(char::is_whitespace) {
        let cure = text.split_whitespace().collect::<Vec<_>>().join("%20");
        return match parse(&cure) {
            Ok(_) => Err(("it has a space".into(), format!("write a space as `%20`: `{cure}`"))),
            Err(_) => bad("it has a space", FORM),
        };
    }
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            let scheme = if parse_mailbox(text).is_ok() { "mailto:" } else { "https://" };
            let cure = format!("{scheme}{text}");
            return if text.contains('.') && !text.starts_with(['/', '.', '#']) && parse(&cure).is_ok() {
                Err(("it has no scheme".into(), format!("write `{cure}`")))
            } else {
                bad("it has no scheme", FORM)
            };
        }
        Err(error) => return bad(&error.to_string().to_lowercase(), FORM),
    };
    match url.scheme() {
        "https" | "http" => {
            let after = &text[url.scheme().len() + 1..];
            if !after.starts_with("//") {
                return bad("`//` must follow the scheme", FORM);
            }
            if !url.username().is_empty() || url.password().is_some() {
                return bad("it holds a user name", "delete what stands before `@`: everybody would read it");
            }
        }
        "mailto" => {
            if parse_mailbox(&url.path().replace("%40", "@")).is_err() {
                return bad("no email address follows `mailto:`", "write `mailto:name@example.org`");
            }
            if url.query_pairs().any(|(name, _)| !name.eq_ignore_ascii_case("subject")) {
                return bad("it sets more of the mail than its subject", "delete all after `?` but `subject=…`");
            }
        }
        "tel" => {
            let is_number = |c: char| c.is_ascii_digit() || "+-.()%20".contains(c);
            if !url.path().contains(|c: char| c.is_ascii_digit()) || !url.path().chars().all(is_number) {
                return bad("no telephone number follows `tel:`", "write `tel:+3225551234`");
            }
        }
        scheme => {
            return bad(
                &format!("`{scheme}:` is not allowed in a link"),
                "a link is `https:`, `http:`, `mailto:` or `tel:`",
            );
        }
    }
    // What is ASCII stays as it was written; other letters become what a browser would send.
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'));
    Ok(if plain { text.into() } else { url.as_str().into() })
}

/// Says whether an address is of the simplest kind, which `Url` would take as it is: `https://`, a host of small
/// letters with a point, and after it nothing but letters, digits and the usual signs.
fn is_plain_https(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let labels = host.split('.');
    let label = |label: &str| {
        let letters = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        letters && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && !label.starts_with("xn--")
    };
    let top = host.rsplit('.').next().unwrap_or("");
    host.contains('.')
        && top.bytes().all(|b| b.is_ascii_lowercase())
        && labels.into_iter().all(label)
        && path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.~?=&%+,;:@!#".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_absolute_and_harmless() {
        for (text, expected) in [
            ("https://example.org/a?b=c#d", Ok("https://example.org/a?b=c#d")),
            ("https://example.org", Ok("https://example.org")),
            ("https://münchen.example/ü", Ok("https://xn--mnchen-3ya.example/%C3%BC")),
            ("mailto:a@example.org", Ok("mailto:a@example.org")),
            ("https://example.org/\"x", Ok("https://example.org/%22x")),
            ("mailto:", Err("no email address follows `mailto:`")),
            ("mailto:a@example.org?subject=News", Ok("mailto:a@example.org?subject=News")),
            ("mailto:a@example.org?bcc=b@example.org", Err("it sets more of the mail than its subject")),
            ("tel:+32 2", Err("it has a space")),
            ("tel:+3225551234", Ok("tel:+3225551234")),
            ("tel:abc", Err("no telephone number follows `tel:`")),
            ("https://me:secret@example.org/", Err("it holds a user name")),
            ("javascript:alert(1)", Err("`javascript:` is not allowed in a link")),
            ("JavaScript:alert(1)", Err("`javascript:` is not allowed in a link")),
            ("data:text/html,x", Err("`data:` is not allowed in a link")),
            ("example.org/a", Err("it has no scheme")),
            ("#", Err("it has no scheme")),
            ("https://example.org/my page", Err("it has a space")),
            ("https://", Err("empty host")),
            ("https:example.org", Err("`//` must follow the scheme")),
        ] {
            let read = parse(text);
            assert_eq!(read.as_deref().map_err(|(why, _)| why.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn an_address_may_be_another_one_for_each_recipient() {
        for text in [
            "*|UPDATE_PROFILE|*",
            "{{ mirror }}",
            "%unsubscribe%",
            "https://example.org/poll/{{ contact.ID }}",
            "https://example.org/?a=*|EMAIL|*&b=c",
        ] {
            assert_eq!(Address::merged(text).as_ref().map(Address::as_str), Some(text));
            assert!(parse(text).is_err(), "{text}");
        }
        for text in [
            "https://example.org/",
            "https://{{ host }}/",
            "https://example.org{{ path }}",
            "javascript:{{ x }}",
            "{{ TrackLink \"https://example.org\" }}",
            "https://example.org/my page/{{ x }}",
            "{{ x",
        ] {
            assert_eq!(Address::merged(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_beside_a_page_is_in_its_folder() {
        for (page, expected) in [
            ("https://example.org/news/7", "https://example.org/news/a.ics"),
            ("https://example.org/news/7/", "https://example.org/news/7/a.ics"),
            ("https://example.org/news/7.html?x=y#z", "https://example.org/news/a.ics"),
            ("https://example.org", "https://example.org/a.ics"),
        ] {
            let page: Address = page.parse().expect("an address");
            assert_eq!(page.beside("a.ics").as_deref(), Some(expected), "{page}");
        }
    }
}
