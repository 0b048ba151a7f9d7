//! Files of other systems: which format they have, and how that fills tables.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{Adapter, Input, Request};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::Zone;
use crate::model::cell::{Cells, shorten};
use crate::model::table::{Table, near};
use crate::read::{self, outline::outline};
use crate::record::{Record, Value};
use crate::source::{SourceId, Sources, Span, Text};

/// All formats, read when the first file asks.
#[derive(Debug, Default)]
pub(super) struct Formats<'c> {
    all: Vec<Adapter>,
    /// What was decoded: for whom, by which format, and how it fills tables.
    known: Vec<Known<'c>>,
    /// The requests of which it was told what was recognised: of many files of one it is told once.
    told: Vec<(&'c Request, usize)>,
}

type Known<'c> = (Option<&'c Request>, usize, Vec<Arc<Input>>);

impl<'c> Formats<'c> {
    /// Finds the format of a file: the one that `request` names, else one that what stands in the file shows; that is told
    /// as a note. Empty: it has none; what `request` asked for in vain is told.
    pub(super) fn recognise(
        &mut self,
        id: SourceId,
        request: Option<&'c Request>,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Vec<Arc<Input>> {
        if self.all.is_empty() {
            self.all = Adapter::all();
        }
        let wanted = request.and_then(|request| request.format.as_ref());
        if let Some(name) = wanted
            && !self.all.iter().any(|adapter| adapter.names.iter().any(|known| known == name.as_str()))
        {
            self.tell_unknown(name, report);
            return Vec::new();
        }
        let ways = outline(id, sources);
        let is_wanted =
            |adapter: &Adapter| wanted.is_none_or(|name| adapter.names.iter().any(|known| known == name.as_str()));
        let Some(found) = self.all.iter().position(|adapter| is_wanted(adapter) && adapter.fits(&ways)) else {
            if let Some(request) = request {
                self.tell_other(id, request, &ways, sources, report);
            }
            return Vec::new();
        };
        let adapter = &self.all[found];
        if let Some(broken) = adapter.broken.iter().find(|broken| ways.contains(&broken.at)) {
            report.add(
                Diagnostic::error(Code::BadValue, format!("the file is no `{}`: {}", adapter.names[0], broken.why))
                    .at(Span::new(id, 0..0), format!("it has `{}`", broken.at))
                    .help("ask whoever writes it for a file that keeps to its format"),
            );
            return Vec::new();
        }
        let inputs = self.inputs(found, request, sources, report);
        let is_told =
            |request: &Request| self.told.iter().any(|(known, at)| std::ptr::eq(*known, request) && *at == found);
        if wanted.is_none() && !inputs.is_empty() && !request.is_some_and(is_told) {
            self.told.extend(request.map(|request| (request, found)));
            let adapter = &self.all[found];
            let tables: BTreeSet<&str> = inputs.iter().map(|input| input.table.name()).collect();
            let tables = tables.into_iter().collect::<Vec<_>>().join("` and `");
            report.add(
                Diagnostic::note(Code::RecognisedFormat, format!("the file was recognised as `{}`", adapter.names[0]))
                    .at(Span::new(id, 0..0), format!("{}; it fills `{tables}`", adapter.about))
                    .help(format!(
                        "to state it, write an `[[input]]` with its path and `format = \"{}\"`",
                        adapter.names[0]
                    )),
            );
        }
        inputs
    }

    /// Gives how a format fills tables, with what a request says of its own.
    fn inputs(
        &mut self,
        found: usize,
        request: Option<&'c Request>,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Vec<Arc<Input>> {
        let same = |known: Option<&Request>| match (known, request) {
            (Some(known), Some(request)) => std::ptr::eq(known, request),
            (None, None) => true,
            _ => false,
        };
        if let Some((.., inputs)) = self.known.iter().find(|(known, at, _)| *at == found && same(*known)) {
            return inputs.clone();
        }
        let adapter = &self.all[found];
        // A finding about a value of the format's own has its place in the format.
        let name = format!("{} (built in)", adapter.names[0]);
        let id = sources.add(&name, adapter.text.into(), report).expect("a format is small and UTF-8");
        let file = read::toml::read(id, &sources.file(id).text, report).expect("a test reads all formats");
        let entries: Vec<&Record<'_>> = match file.value("input") {
            Some(Value::List(entries, _)) => entries
                .iter()
                .filter_map(|entry| match entry {
                    Value::Record(entry) => Some(&**entry),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        let table = |entry: &Record<'_>| match entry.value("table") {
            Some(Value::Text(name)) => Table::from_name(&name.value),
            _ => None,
        };
        let mut cells = Cells { sources, report, zone: Zone::utc() };
        let mut inputs = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let Some(table) = table(entry) else { continue };
            if request.and_then(|request| request.table).is_some_and(|wanted| wanted != table) {
                continue;
            }
            // What is said of columns is said of the table that is named, or of the first.
            let is_meant = at == 0 || request.is_some_and(|request| request.table.is_some());
            let path = request
                .map_or_else(|| Text::new(name.as_str().into(), Span::new(id, 0..0)), |request| request.path.clone());
            inputs.extend(Input::of_format(entry, table, request.filter(|_| is_meant), path, &mut cells).map(Arc::new));
        }
        if let (true, Some(Request { table: Some(wanted), format: Some(format), .. })) = (inputs.is_empty(), request) {
            report.add(
                Diagnostic::error(Code::BadValue, format!("`{format}` fills no `{}`", wanted.name()))
                    .at(format.span, "")
                    .help("leave out `table`, or name one that the format fills"),
            );
        }
        self.known.push((request, found, inputs.clone()));
        inputs
    }

    fn tell_unknown(&self, name: &Text, report: &mut Report) {
        let names = Adapter::names();
        let help = match near(name.as_str(), names.iter().map(String::as_str)) {
            Some(near) => format!("perhaps `{near}` is meant"),
            None => format!("it is one of `{}`", names.join("`, `")),
        };
        report.add(
            Diagnostic::error(Code::BadValue, format!("there is no format `{}`", shorten(name.as_str())))
                .at(name.span, "")
                .help(help),
        );
    }

    /// Tells a file that is not what was asked for.
    fn tell_other(
        &self,
        id: SourceId,
        request: &Request,
        ways: &BTreeSet<String>,
        sources: &Sources,
        report: &mut Report,
    ) {
        // What cannot be read at all is told when it is.
        if ways.is_empty() {
            let is_open = read::open(id, sources, Table::Sessions, None, report).is_some();
            // A list of nothing has every format.
            if request.format.is_some() && is_open
                || report.diagnostics().iter().any(|d| d.labels.iter().any(|label| label.span.source == id))
            {
                return;
            }
        }
        let top: BTreeSet<&str> = ways.iter().filter_map(|way| way.split('/').nth(1)).take(200).collect();
        let top: Vec<String> = top.into_iter().take(6).map(|name| format!("`{}`", shorten(name))).collect();
        let has = if top.is_empty() { "it has no columns".into() } else { format!("it has {}", top.join(", ")) };
        report.add(match &request.format {
            Some(format) => Diagnostic::error(Code::BadValue, format!("the file does not have the format `{format}`"))
                .at(format.span, "asked for here")
                .at(Span::new(id, 0..0), has)
                .help("leave out `format` to have it recognised, or state `table`, `at` and `map`"),
            None => {
                Diagnostic::error(Code::MissingField, "an `[[input]]` has no `table`, and its file no known format")
                    .at(request.path.span, "")
                    .at(Span::new(id, 0..0), has)
                    .help("name the table that it fills: `table = \"sessions\"`")
            }
        });
    }
}
