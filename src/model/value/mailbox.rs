//! Mailboxes (RFC 5322 §3.4).

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Spanned;

/// An address of a person or list, with the name that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The name, if any.
    pub name: Option<String>,
    /// `local@domain`, in ASCII, the domain in lower case.
    pub address: String,
}

impl Mailbox {
    /// Gives the domain.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Decodes a mailbox: `name@example.org` or `Name <name@example.org>`.
pub fn mailbox(text: Spanned<&str>, field: &str, report: &mut Report) -> Option<Spanned<Mailbox>> {
    match parse_mailbox(text.value) {
        Ok(mailbox) => Some(text.with(mailbox)),
        Err(why) => {
            report.add(
                Diagnostic::error(Code::BadEmail, format!("`{field}` is not an email address"))
                    .at(text.span, why)
                    .help("write it as `name@example.org` or `Name <name@example.org>`"),
            );
            None
        }
    }
}

/// Reads a mailbox. `Err`: what is wrong with it.
pub fn parse_mailbox(text: &str) -> Result<Mailbox, String> {
    if text.contains(char::is_control) {
        return Err("it has a line break or control character".into());
    }
    let (name, address) = match text.split_once('<') {
        Some((name, rest)) => {
            let address = rest.trim_end().strip_suffix('>').ok_or("`>` is missing")?;
            (phrase(name), address.trim())
        }
        None => (None, text.trim()),
    };
    let (local, domain) = address.rsplit_once('@').ok_or("`@` is missing")?;
    if text.matches('@').count() > 1 && text.contains([',', ';']) {
        return Err("there is more than one address".into());
    }
    // RFC 5322 §3.2.3 dot-atom; other local parts need SMTPUTF8 or quoting, which many servers refuse.
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if !local.is_ascii() {
        return Err("the part before `@` has letters outside ASCII".into());
    }
    if local.is_empty() || local.len() > 64 || !local.chars().all(atom) {
        return Err("the part before `@` is not valid".into());
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err("the part before `@` has a stray point".into());
    }
    let domain = match url::Host::parse(domain) {
        Ok(url::Host::Domain(domain)) if is_domain(&domain) => domain,
        _ => return Err("the part after `@` is not a domain".into()),
    };
    Ok(Mailbox { name, address: format!("{local}@{domain}") })
}

/// Gives the words of a phrase, out of their quotation marks where they stand in such (RFC 5322 §3.2.4).
pub fn phrase(text: &str) -> Option<String> {
    let text = text.trim();
    let quoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let words = match quoted {
        Some(quoted) => {
            let mut signs = quoted.chars();
            let plain =
                std::iter::from_fn(|| signs.next().and_then(|c| if c == '\\' { signs.next() } else { Some(c) }));
            plain.collect::<String>().trim().to_owned()
        }
        None => text.to_owned(),
    };
    (!words.is_empty()).then_some(words)
}

/// Says whether a host is a domain of letters, digits and hyphens with a point in it (RFC 1123 §2.1).
fn is_domain(host: &str) -> bool {
    let is_label = |label: &str| {
        let letters = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        letters && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    host.len() <= 253 && host.contains('.') && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_out_of_its_quotation_marks() {
        for (text, expected) in [
            ("", None),
            ("\"\"", None),
            ("Zoë", Some("Zoë")),
            ("\"Müller, Zoë\"", Some("Müller, Zoë")),
            ("\"Zoë \\\"Zo\\\" \\\\\"", Some("Zoë \"Zo\" \\")),
            ("Zoë \"Zo\" Müller", Some("Zoë \"Zo\" Müller")),
        ] {
            assert_eq!(phrase(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn mailboxes_are_ascii_with_a_domain() {
        for (text, expected) in [
            ("a@example.org", Ok("a@example.org")),
            ("Zoë <zoe@EXAMPLE.org>", Ok("zoe@example.org")),
            ("a@münchen.example", Ok("a@xn--mnchen-3ya.example")),
            ("zoë@example.org", Err("the part before `@` has letters outside ASCII")),
            ("a@localhost", Err("the part after `@` is not a domain")),
            ("a@-b-.example", Err("the part after `@` is not a domain")),
            ("a@b_c.example", Err("the part after `@` is not a domain")),
            ("a@example.org.", Err("the part after `@` is not a domain")),
            ("a@example.org, b@example.org", Err("there is more than one address")),
            ("a", Err("`@` is missing")),
            ("x <a@example.org", Err("`>` is missing")),
            ("a@example.org\r\nBcc: b@example.org", Err("it has a line break or control character")),
        ] {
            let read = parse_mailbox(text).map(|mailbox| mailbox.address);
            assert_eq!(read.as_deref().map_err(String::as_str), expected, "{text}");
        }
    }
}
