//! From a cell to a value: what every table's decoder needs.

mod clean;

use std::borrow::Cow;

use crate::bytes;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::value::{self, Moment, Origin, private_parts};
use crate::model::{Address, Clock, Date, Money, Zone};
use crate::prose::Prose;
use crate::record::{Record, Value};
use crate::source::{Form, Mark, Quote, Sources, Span, Spanned, Text};

pub(crate) use clean::is_harmful;

/// What a field takes that says whether.
pub const YES: &[(&str, bool)] = &[
    ("true", true),
    ("false", false),
    ("yes", true),
    ("no", false),
    // What a spreadsheet program in German or French writes for them.
    ("wahr", true),
    ("falsch", false),
    ("ja", true),
    ("nein", false),
    ("vrai", true),
    ("faux", false),
    ("oui", true),
    ("non", false),
];

/// What a decoder works with: the files, the sink and the zone that holds where a row names none.
#[derive(Debug)]
pub struct Cells<'a> {
    /// For the very characters of a place.
    pub sources: &'a Sources,
    /// Where findings go.
    pub report: &'a mut Report,
    /// The edition's zone.
    pub zone: Zone,
}

impl Cells<'_> {
    /// Decodes a line: no line breaks, no stray spaces.
    pub fn line(&mut self, value: &Value<'_>, field: &str) -> Option<Text> {
        self.look(value, field).map(|line| self.sources.keep(line))
    }

    /// Decodes a line that is read and not kept.
    fn look<'v>(&mut self, value: &'v Value<'_>, field: &str) -> Option<Quote<'v>> {
        let text = self.read(value, field)?;
        // Two spaces in a row, or a line break among them. Without an early end the loop runs on many bytes at once.
        let bytes = text.value.as_bytes();
        let control = bytes::any(bytes, |byte| byte < b' ');
        let double = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
        let spaced = control | double.fold(false, |found, (a, b)| found | (*a == b' ' && *b == b' '));
        if !spaced {
            return Some(text);
        }
        let line = text.value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then(|| text.with(Cow::Owned(line)))
    }

    /// Decodes a line that names a person or an organisation: an email address or telephone number in it is told and left
    /// out.
    pub fn name(&mut self, value: &Value<'_>, field: &str) -> Option<Text> {
        let line = self.line(value, field)?;
        self.without_private(line)
    }

    /// Tells and leaves out email addresses and telephone numbers. `None`: there was nothing else.
    pub fn without_private(&mut self, line: Text) -> Option<Text> {
        /// So many are told one by one.
        const MOST_TOLD: usize = 20;
        let found = private_parts(line.as_str());
        if found.is_empty() {
            return Some(line);
        }
        let (mut kept, mut from) = (String::new(), 0);
        for (at, part) in found.iter().enumerate() {
            kept.push_str(&line.as_str()[from..part.start]);
            from = part.end;
            if at > MOST_TOLD {
                continue;
            }
            if at == MOST_TOLD {
                let message = format!("{} more of that kind are not printed", found.len() - at);
                let told = Diagnostic::warning(Code::PrivateAddress, message).at(line.span, "in the same line");
                self.report.add(told.help("delete them here"));
                continue;
            }
            let is_mailbox = line.as_str()[part.clone()].contains(['@', '＠', '﹫']);
            let what = if is_mailbox { "an email address" } else { "a telephone number" };
            let place = self.sources.part(&line, part.clone()).unwrap_or(line.span);
            self.report.add(
                Diagnostic::warning(Code::PrivateAddress, format!("{what} stands beside a name and is not printed"))
                    .at(place, "")
                    .help("delete it here; a person who wants to be written to has `public` in `people`"),
            );
        }
        kept.push_str(&line.as_str()[from..]);
        // What stood alone between two commas leaves its place empty; one too many goes with it.
        let mut parts: Vec<&str> = kept.split(',').map(str::trim).collect();
        if parts.len() > 3 {
            parts.retain(|part| !part.is_empty());
        }
        let kept = parts.join(", ").trim_end_matches([' ', ',']).split_whitespace().collect::<Vec<_>>().join(" ");
        (!kept.is_empty()).then(|| line.with(kept.into()))
    }

    /// Decodes a line that must be there. One that was told is not missing as well: it gets a stand-in, which is
    /// never printed, because nothing is.
    pub fn required(&mut self, value: &Value<'_>, field: &str) -> Option<Text> {
        let line = self.line(value, field);
        let is_told = match value {
            Value::List(..) | Value::Record(_) => !value.is_empty(),
            // A text of which nothing can be seen is as good as none, and told so.
            Value::Text(text) => self.instead(text).is_some(),
            Value::Empty(_) | Value::Link(_) => false,
        };
        if line.is_none() && is_told {
            return Some(Text::new("?".into(), value.span()));
        }
        line
    }

    /// Decodes CommonMark.
    pub fn prose(&mut self, value: &Value<'_>, field: &str) -> Option<Prose> {
        let text = self.text(value, field)?;
        let raw = self.sources.slice(text.span);
        Some(Prose::decode(text, raw, self.report))
    }

    /// Decodes CommonMark that only a mail shows.
    pub fn mail_prose(&mut self, value: &Value<'_>, field: &str) -> Option<Prose> {
        let text = self.text(value, field)?;
        let raw = self.sources.slice(text.span);
        Some(Prose::decode_mail(text, raw, self.report))
    }

    /// Decodes lines: a list, or one cell split at `;` or a line break.
    pub fn lines(&mut self, value: &Value<'_>, field: &str) -> Vec<Text> {
        match value {
            Value::List(values, _) => values.iter().filter_map(|value| self.line(value, field)).collect(),
            Value::Text(text) if self.has_value(text, text.quote(), field) => {
                split(text).into_iter().filter_map(|part| self.line(&Value::Text(part), field)).collect()
            }
            Value::Text(_) => Vec::new(),
            other => self.line(other, field).into_iter().collect(),
        }
    }

    /// Decodes key messages: rows, texts, or one cell split at `;` or a line break.
    pub fn proses(&mut self, value: &Value<'_>, field: &str) -> Vec<Prose> {
        let parts: Vec<Value<'_>>;
        let values = match value {
            Value::List(values, _) => values,
            Value::Text(text) if !self.has_value(text, text.quote(), field) => return Vec::new(),
            Value::Text(text) => {
                parts = split(text).into_iter().map(Value::Text).collect();
                &parts
            }
            other => std::slice::from_ref(other),
        };
        let mut proses: Vec<(Option<i64>, Prose)> = Vec::new();
        for value in values {
            match value {
                Value::Record(record) => {
                    let row = Row::of(record, Table::KeyMessages, self.report);
                    proses.extend(self.message(&row).map(|(_, order, prose)| (order, prose)));
                }
                other => proses.extend(self.prose(other, field).map(|prose| (None, prose))),
            }
        }
        proses.sort_by_key(|(order, _)| order.unwrap_or(i64::MAX));
        proses.into_iter().map(|(_, prose)| prose).collect()
    }

    /// Decodes a row of `key-messages`: the id of its session, its place in the order, its text.
    pub fn message(&mut self, row: &Row<'_>) -> Option<(Option<Text>, Option<i64>, Prose)> {
        let (mut session, mut order, mut text, mut stated) = (None, None, None, false);
        for (field, value) in &row.cells {
            match *field {
                "session" => session = self.line(value, field),
                "order" => order = self.number(value, field).map(|number| number.value),
                "text" => (text, stated) = (self.prose(value, field), true),
                "lang" => {}
                other => unreachable!("`{other}` is a field of the table, so it has an arm here"),
            }
        }
        if !stated {
            self.missing(Table::KeyMessages, "text", row.span, "write the message, or delete the row");
        }
        Some((session, order, text?))
    }

    /// Decodes a day; of a time that stands with it only the day in the edition's zone counts.
    pub fn date(&mut self, value: &Value<'_>, field: &str) -> Option<Spanned<Date>> {
        let moment = self.moment(value, field, None)?;
        Some(moment.with(moment.value.date))
    }

    /// Decodes a day, perhaps with a time; one with an offset is turned into `zone`.
    pub fn moment(&mut self, value: &Value<'_>, field: &str, zone: Option<&Zone>) -> Option<Spanned<Moment>> {
        let text = self.look(value, field)?;
        let moment = value::moment(text.quote(), field, self.report)?;
        let Some(instant) = moment.value.instant() else { return Some(moment) };
        let told = zone.unwrap_or(&self.zone).moment_at(instant);
        Some(moment.with(Moment { written: moment.value.offset, ..told }))
    }

    /// Decodes a time, alone or after its day (`2024-06-19T08:30`).
    pub fn clock(
        &mut self,
        value: &Value<'_>,
        field: &str,
        zone: Option<&Zone>,
    ) -> Option<(Option<Spanned<Date>>, Clock)> {
        let text = self.look(value, field)?;
        let whole = text.value.len() > 10 && text.value.as_bytes()[4] == b'-' && text.value.as_bytes()[7] == b'-';
        if !whole {
            return Some((None, value::time(text.quote(), field, self.report)?.into()));
        }
        let moment = self.moment(&Value::Text(text), field, zone)?;
        Some((Some(moment.with(moment.value.date)), Clock::of(moment)?))
    }

    /// Decodes how long something lasts, in minutes.
    pub fn duration(&mut self, value: &Value<'_>, field: &str) -> Option<Spanned<i64>> {
        let text = self.look(value, field)?;
        value::duration(text.quote(), field, self.report)
    }

    /// Decodes a time zone.
    pub fn zone(&mut self, value: &Value<'_>, field: &str) -> Option<Spanned<Zone>> {
        let text = self.look(value, field)?;
        value::zone(text.quote(), field, self.report)
    }

    /// Decodes a link.
    pub fn url(&mut self, value: &Value<'_>, field: &str) -> Option<Spanned<Address>> {
        // What a link shows is no address, or the same one.
        let text = match value {
            Value::Link(link) => self.clean(&link.url),
            value => self.read(value, field)?,
        };
        value::address(text.quote(), field, self.report)
    }

    /// Decodes an amount of money.
    pub fn money(&mut self, value: &Value<'_>, field: &str) -> Option<Spanned<Money>> {
        let text = self.look(value, field)?;
        // What is stated of a file is stated of its texts: a number has no sign of its own.
        let mark = self.sources.mark(text.span);
        let is_number = matches!(mark, Some(Mark::Number | Mark::Bare));
        let decimal = if is_number { Some('.') } else { self.sources.file(text.span.source).decimal };
        let money = value::money(text.quote(), field, decimal, self.report);
        if let (None, Some(Mark::Bare), Some(told)) = (&money, mark, self.report.diagnostics_mut().last_mut()) {
            told.help.push("currencies are not read from this form of a workbook: save it as `.xlsx`".into());
        }
        money
    }

    /// Decodes a share of the costs: `70%`.
    pub fn rate(&mut self, value: &Value<'_>, field: &str) -> Option<Text> {
        let rate = self.line(value, field)?;
        let message = "per cent is not read from this form of a workbook";
        let is_bare = self.sources.mark(rate.span) == Some(Mark::Bare);
        let is_number = !is_bare
            && rate.value.ends_with(|c: char| c.is_ascii_digit())
            && rate.value.replace(',', ".").parse::<f64>().is_ok_and(f64::is_finite);
        if is_number {
            self.report.add(
                Diagnostic::warning(Code::BadAmount, format!("`{field}` has no per cent sign"))
                    .at(rate.span, "it is printed as this number")
                    .help("write it as `70%`"),
            );
        }
        if is_bare && self.report.is_news(Code::Guessed, rate.span.source, message) {
            self.report.add(
                Diagnostic::warning(Code::Guessed, message)
                    .at(rate.span, format!("`{field}` is printed as this number"))
                    .help("save the workbook as `.xlsx`, or write the rates as text: `70%`"),
            );
        }
        Some(rate)
    }

    /// Decodes a whole number.
    pub fn number(&mut self, value: &Value<'_>, field: &str) -> Option<Spanned<i64>> {
        let text = self.look(value, field)?;
        if let Ok(number) = text.as_str().parse() {
            return Some(text.with(number));
        }
        self.report.add(
            Diagnostic::error(Code::BadValue, format!("`{field}` is not a whole number"))
                .at(text.span, "")
                .help("write it as `7`"),
        );
        None
    }

    /// Decodes one of some words.
    pub fn word<T: Copy + PartialEq>(
        &mut self,
        value: &Value<'_>,
        field: &str,
        words: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.look(value, field)?;
        let folded = text.as_str().to_lowercase();
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == folded) {
            return Some(text.with(*meaning));
        }
        // A second word for the same is taken but not offered.
        let first = |at: usize| words[..at].iter().all(|(_, meaning)| *meaning != words[at].1);
        let known = words.iter().enumerate().filter(|(at, _)| first(*at)).map(|(_, (word, _))| format!("`{word}`"));
        let known: Vec<String> = known.collect();
        self.report.add(
            Diagnostic::error(Code::BadValue, format!("`{field}` cannot be `{}`", shorten(text.as_str())))
                .at(text.span, "")
                .help(format!("it is one of {}", known.join(", "))),
        );
        None
    }

    /// Gives the objects of a list of rows; anything else is told.
    pub fn objects<'v, 's>(&mut self, value: &'v Value<'s>, field: &str) -> Vec<&'v Record<'s>> {
        let list = match value {
            Value::List(values, _) => values.as_slice(),
            other => std::slice::from_ref(other),
        };
        let mut records = Vec::new();
        for value in list {
            match value {
                Value::Record(record) => records.push(record.as_ref()),
                Value::Empty(_) => {}
                other => self.report.add(
                    Diagnostic::error(Code::BadValue, format!("`{field}` takes objects, not {}", other.kind()))
                        .at(other.span(), "")
                        .help(format!("write it as JSON objects, or as rows in `{field}.csv`")),
                ),
            }
        }
        records
    }

    /// Tells that a field is missing which must be there.
    pub fn missing(&mut self, table: Table, field: &str, span: Span, help: &str) {
        let one = match table {
            Table::Sessions => "a session",
            Table::Agenda => "an agenda item",
            Table::KeyMessages => "a key message",
            Table::Calls => "a call",
            Table::Deadlines => "a deadline",
            Table::News => "a news item",
            Table::People => "a person",
            Table::Corrections => "a correction",
        };
        self.report.add(
            Diagnostic::error(Code::MissingField, format!("{one} has no `{field}`"))
                .at(span, format!("`{field}` is missing or empty"))
                .help(help),
        );
    }

    /// Decodes text as it is: cleaned, without spaces around it. `None` where it is empty or was told.
    pub fn text(&mut self, value: &Value<'_>, field: &str) -> Option<Text> {
        self.read(value, field).map(|text| self.sources.keep(text))
    }

    fn read<'v>(&mut self, value: &'v Value<'_>, field: &str) -> Option<Quote<'v>> {
        match value {
            Value::Empty(_) => None,
            Value::Text(text) => {
                let clean = self.clean(text);
                (self.has_value(text, clean.quote(), field) && !clean.value.is_empty()).then_some(clean)
            }
            Value::Link(link) => {
                let text = self.clean(&link.text);
                (!text.value.is_empty()).then_some(text)
            }
            Value::List(..) | Value::Record(_) => {
                self.report.add(
                    Diagnostic::error(Code::BadValue, format!("`{field}` takes text, not {}", value.kind()))
                        .at(value.span(), ""),
                );
                None
            }
        }
    }

    /// Says what a cell is that holds no value; nothing where it holds one.
    fn instead(&self, cell: &Quote<'_>) -> Option<&'static str> {
        let source = cell.span.source;
        // What stands in a list of JSON inside a cell has the place of the cell, and is none of its formulas.
        let begins = || self.sources.slice(cell.span).trim_start_matches('"').starts_with('=');
        let origin = if self.sources.file(source).grid().is_some() {
            Origin::Sheet(self.sources.mark(cell.span))
        } else if cell.as_str().starts_with('=') && self.sources.form(source) == Form::Csv && begins() {
            Origin::Text
        } else {
            Origin::Plain
        };
        value::instead(cell.as_str(), origin)
    }

    /// Says whether a cell holds a value, and tells it at its text if not; an address that is lost is told as well.
    fn has_value(&mut self, cell: &Quote<'_>, text: Spanned<&str>, field: &str) -> bool {
        let instead = self.instead(cell);
        if let Some(instead) = instead {
            value::tell_instead(instead, text, field, self.report);
        } else if self.sources.mark(cell.span) == Some(Mark::Unaddressed) {
            let message = "the address of a link is computed by a formula, and is not read";
            if self.report.is_news(Code::Formula, cell.span.source, message) {
                self.report.add(
                    Diagnostic::warning(Code::Formula, message)
                        .at(text.span, "the text is read")
                        .help("write the addresses into a column `url`, as text"),
                );
            }
        }
        instead.is_none()
    }
}

/// Splits a cell at `;` and line breaks, each part with its own place where the text stands as it is in the file.
fn split<'v>(text: &'v Quote<'_>) -> Vec<Quote<'v>> {
    let whole = text.span.range().len() == text.value.len();
    let mut parts = Vec::new();
    let mut start = 0;
    let value = text.as_str();
    for (at, sign) in value.match_indices([';', '\n', '\r']).chain([(value.len(), "")]) {
        let part = &value[start..at];
        if !part.trim().is_empty() {
            let span = if whole { text.span.part(start..at) } else { text.span };
            parts.push(Quote::new(Cow::Borrowed(part), span));
        }
        start = at + sign.len();
    }
    parts
}

/// Cuts a value for a message.
pub fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    let mut letters = text.chars();
    let head: String = letters.by_ref().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if letters.next().is_some() { format!("{head}…") } else { head }
}
