//! One table of `bulletin.toml` while it is decoded.

use crate::diagnostic::{Code, Diagnostic};
use crate::locale::Lang;
use crate::model::cell::{Cells, shorten};
use crate::model::table::near;
use crate::model::value::{check_placeholders, is_placeholder, list_id, mailbox};
use crate::model::{Address, Href, ListId, Mailbox};
use crate::record::{Record, Value, fold};
use crate::source::{Spanned, Text};
use crate::theme::{Color, Palette};

/// The longest address that ends a subscription, in characters: a line of a header has 998 octets (RFC 5322 §2.1.1),
/// and an address in it cannot be folded.
const LONGEST_WAY_OUT: usize = 900;

/// One table of the file; knows which of its keys were asked for.
pub(super) struct Section<'a> {
    record: &'a Record<'a>,
    name: &'a str,
    known: Vec<&'static str>,
}

impl<'a> Section<'a> {
    pub(super) fn new(record: &'a Record, name: &'a str) -> Self {
        Section { record, name, known: Vec::new() }
    }

    pub(super) fn take(&mut self, key: &'static str) -> Option<&'a Value<'a>> {
        self.known.push(key);
        self.record.fields().find(|(name, _)| name.as_str() == key).map(|(_, value)| value)
    }

    pub(super) fn line(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Option<Text> {
        self.take(key).and_then(|value| cells.line(value, key))
    }

    pub(super) fn url(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Option<Spanned<Address>> {
        self.take(key).and_then(|value| cells.url(value, key))
    }

    /// RFC 8058 §3.1 asks for https, and mail programs block pictures that are not.
    pub(super) fn https(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Option<Spanned<Address>> {
        let url = self.url(key, cells)?;
        if url.value.is_https() {
            return Some(url);
        }
        cells.report.add(
            Diagnostic::error(Code::BadUrl, format!("`{key}` is not an `https` address"))
                .at(url.span, "")
                .help("write an address that starts with `https://`"),
        );
        None
    }

    /// An address, or what a mailing service puts in its place.
    pub(super) fn way_out(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Option<Spanned<Href>> {
        let value = self.take(key)?;
        let text = cells.text(value, key)?;
        let merged = Address::merged(text.as_str()).is_some_and(|url| is_placeholder(url.as_str()) || url.is_https());
        if merged {
            return Some(text.with(Href::Placeholder(text.as_str().to_owned())));
        }
        let errors = cells.report.diagnostics().len();
        check_placeholders(text.quote(), key, cells.report);
        if cells.report.diagnostics().len() > errors {
            return None;
        }
        let url = self.https(key, cells)?;
        if url.value.as_str().len() > LONGEST_WAY_OUT {
            cells.report.add(
                Diagnostic::error(Code::BadUrl, format!("`{key}` has more than {LONGEST_WAY_OUT} characters"))
                    .at(url.span, "a line of a message's head has no room for it")
                    .help("use a shorter address"),
            );
            return None;
        }
        Some(Spanned::new(Href::Address(url.value), url.span))
    }

    pub(super) fn word<T: Copy + PartialEq>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        cells: &mut Cells<'_>,
    ) -> Option<T> {
        let value = self.take(key)?;
        cells.word(value, key, words).map(|word| word.value)
    }

    pub(super) fn lang(&mut self, cells: &mut Cells<'_>) -> Option<Lang> {
        let text = self.line("lang", cells)?;
        let lang = Lang::from_tag(text.as_str());
        if lang.is_none() {
            cells.report.add(
                Diagnostic::error(Code::BadValue, format!("`lang` cannot be `{}`", shorten(text.as_str())))
                    .at(text.span, "")
                    .help("it is one of `en`, `de`, `fr`, `ar`"),
            );
        }
        lang
    }

    pub(super) fn words<T: Copy + PartialEq>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        cells: &mut Cells<'_>,
    ) -> Option<Vec<T>> {
        self.take(key).map(|value| words_in(value, key, words, cells))
    }

    pub(super) fn mailbox(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Option<Spanned<Mailbox>> {
        let text = self.take(key).and_then(|value| cells.text(value, key))?;
        mailbox(text.quote(), key, cells.report)
    }

    pub(super) fn list_id(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Option<Spanned<ListId>> {
        let text = self.take(key).and_then(|value| cells.text(value, key))?;
        list_id(text.quote(), key, cells.report)
    }

    pub(super) fn days(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Option<i32> {
        let number = self.take(key).and_then(|value| cells.number(value, key))?;
        let days = i32::try_from(number.value).ok().filter(|days| (0..=3650).contains(days));
        if days.is_none() {
            cells.report.add(
                Diagnostic::error(Code::BadValue, format!("`{key}` is not a number of days"))
                    .at(number.span, "")
                    .help("write a number from 0 to 3650"),
            );
        }
        days
    }

    pub(super) fn colors(&mut self, cells: &mut Cells<'_>) -> Vec<(&'static str, Spanned<Color>)> {
        let mut colors = Vec::new();
        for token in Palette::TOKENS {
            let Some(text) = self.line(token, cells) else { continue };
            match Color::parse(text.as_str()) {
                Some(color) => colors.push((token, text.with(color))),
                None => cells.report.add(
                    Diagnostic::error(Code::BadTheme, format!("`{token}` is not a colour"))
                        .at(text.span, "")
                        .help("write it as `#0b4f7d`"),
                ),
            }
        }
        colors
    }

    pub(super) fn bytes(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Option<usize> {
        let number = self.take(key).and_then(|value| cells.number(value, key))?;
        let bytes = usize::try_from(number.value).ok().filter(|bytes| *bytes <= 80_000);
        if bytes.is_none() {
            cells.report.add(
                Diagnostic::error(Code::BadValue, format!("`{key}` is not a number of bytes"))
                    .at(number.span, "")
                    .help("write a number from 0 to 80000"),
            );
        }
        bytes
    }

    pub(super) fn section(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Option<Record<'a>> {
        match self.take(key)? {
            Value::Record(record) => Some(record.as_ref().clone()),
            other => {
                self.not_a_table(key, other, cells);
                None
            }
        }
    }

    pub(super) fn tables(&mut self, key: &'static str, cells: &mut Cells<'_>) -> Vec<Record<'a>> {
        let list = match self.take(key) {
            Some(Value::List(list, _)) => list,
            Some(other) => {
                self.not_a_table(key, other, cells);
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let mut tables = Vec::new();
        for value in list {
            match value {
                Value::Record(record) => tables.push(record.as_ref().clone()),
                other => self.not_a_table(key, other, cells),
            }
        }
        tables
    }

    pub(super) fn not_a_table(&self, key: &str, value: &Value<'_>, cells: &mut Cells<'_>) {
        let form = match (key, self.name) {
            ("input", _) => "[[input]]".to_owned(),
            (_, "") => format!("[{key}]"),
            (_, section) => format!("[{section}.{key}]"),
        };
        cells.report.add(
            Diagnostic::error(Code::BadValue, format!("`{key}` takes a table, not {}", value.kind()))
                .at(value.span(), "")
                .help(format!("write it as `{form}`")),
        );
    }

    /// Tells every key that nobody asked for.
    pub(super) fn finish(self, cells: &mut Cells<'_>) {
        for (name, _) in self.record.fields() {
            if !self.known.contains(&name.as_str()) {
                unknown_key(name, self.name, self.known.iter().copied(), cells);
            }
        }
    }
}

/// Reads each line of a value as one of `words`.
pub(super) fn words_in<T: Copy + PartialEq>(
    value: &Value<'_>,
    key: &'static str,
    words: &[(&str, T)],
    cells: &mut Cells<'_>,
) -> Vec<T> {
    let lines = cells.lines(value, key);
    lines.iter().filter_map(|line| Some(cells.word(&Value::from(line), key, words)?.value)).collect()
}

pub(super) fn unknown_key<'n>(
    name: &Text,
    section: &str,
    known: impl Iterator<Item = &'n str> + Clone,
    cells: &mut Cells<'_>,
) {
    let place = if section.is_empty() { "the file".to_owned() } else { format!("`[{section}]`") };
    let help = match near(&fold(name.as_str()), known.clone()) {
        Some(near) => format!("perhaps `{near}` is meant"),
        None if section == "check" => "`bulletin explain` lists all codes".to_owned(),
        None => format!("it has {}", known.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")),
    };
    cells.report.add(
        Diagnostic::error(Code::UnknownKey, format!("{place} has no key `{}`", shorten(name.as_str())))
            .at(name.span, "")
            .help(help),
    );
}
