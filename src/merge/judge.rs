//! Which of two values of one field holds, and why.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::config::{Input, Preferred};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::table::{Form, Table};
use crate::model::value::Language;
use crate::source::{SourceId, Span};

/// Where rows come from: each `[[input]]`, and each file that bears the name of its table.
#[derive(Debug, Default)]
pub struct Origins {
    all: Vec<Origin>,
    by_source: FxHashMap<SourceId, usize>,
}

/// One of them.
#[derive(Debug)]
struct Origin {
    /// Its file, or the pattern of its `[[input]]`.
    name: String,
    /// Where the `[[input]]` names it; `None`: nothing does.
    path: Option<Span>,
    preferred: Preferred,
}

impl Origins {
    /// Notes where the rows of a file come from.
    pub fn note(&mut self, source: SourceId, name: &str, input: Option<&Input>) {
        let path = input.map(|input| input.path.span);
        let known = self.all.iter().position(|origin| path.is_some() && origin.path == path);
        let at = known.unwrap_or_else(|| {
            let preferred = input.map(|input| input.prefer.clone()).unwrap_or_default();
            let name = input.map_or(name, |input| input.path.as_str());
            self.all.push(Origin { name: name.to_owned(), path, preferred });
            self.all.len() - 1
        });
        self.by_source.insert(source, at);
    }

    /// Gives the number of the origin of a file.
    pub(super) fn of(&self, source: SourceId) -> Option<usize> {
        self.by_source.get(&source).copied()
    }

    /// Says whether a file is read for its name, and not for an `[[input]]`.
    pub(super) fn is_named(&self, source: SourceId) -> bool {
        self.of(source).is_some_and(|at| self.all[at].path.is_none())
    }

    /// Gives the name of each.
    pub(super) fn names(&self) -> Vec<String> {
        self.all.iter().map(|origin| origin.name.clone()).collect()
    }

    fn prefers(&self, source: SourceId, field: &str) -> bool {
        self.of(source).is_some_and(|at| self.all[at].preferred.has(field))
    }
}

/// Why a value won over another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its row was read later, and nobody said which file is right.
    Later,
    /// `prefer = "last"`.
    Last,
    /// `prefer = "first"`.
    First,
    /// Its row was changed later.
    Newer,
    /// Its `[[input]]` is preferred for the field.
    Preferred,
    /// It is in the language of the edition.
    Language,
    /// It was corrected by hand.
    Corrected,
}

/// Two values of one field.
#[derive(Debug, Clone)]
pub struct Contest {
    /// The field.
    pub field: &'static str,
    /// Where the value stands that holds; several places of a list.
    pub won: Vec<Span>,
    /// Where the other one stands.
    pub lost: Vec<Span>,
    /// Whether both say the same.
    pub same: bool,
    /// Why it won.
    pub why: Why,
}

/// In how good a language something is told, the best first.
pub(super) type Rank = (usize, Language);

/// In which languages a record is told, where its rows are in several.
#[derive(Debug, Default)]
pub(super) struct Tongues {
    /// That of each field so far.
    known: BTreeMap<&'static str, Rank>,
    /// That of the later part.
    pub(super) later: Option<Rank>,
}

impl Tongues {
    /// Remembers that a field is told in the language of the later part.
    pub(super) fn take(&mut self, field: &'static str) {
        self.known.extend(self.later.map(|later| (field, later)));
    }

    /// Gives the language that a field is told in.
    pub(super) fn of(&self, field: &str) -> Option<Rank> {
        self.known.get(field).copied()
    }
}

/// Decides, tells what nobody decided, and remembers where it is asked to.
pub(super) struct Judge<'a> {
    pub(super) origins: &'a Origins,
    /// Why the later one wins, where no `[[input]]` is preferred.
    pub(super) why: Why,
    pub(super) report: &'a mut Report,
    pub(super) contests: Option<&'a mut Vec<Contest>>,
    /// `None`: all is in one language, or of no language.
    pub(super) tongues: Option<&'a mut Tongues>,
}

/// Says whether a field is told in words, so that it differs from language to language. A day does not.
pub(super) fn is_words(name: &str) -> bool {
    let mut tables = Table::ALL.into_iter();
    let is_fact = matches!(
        tables.find_map(|table| table.form(name)),
        Some(
            Form::Date
                | Form::Time
                | Form::Zone
                | Form::Money
                | Form::Number
                | Form::Word(_)
                | Form::Rows(Table::Deadlines)
        )
    );
    !is_fact && !matches!(name, "duration" | "image" | "image-size")
}

impl Judge<'_> {
    /// Says whether the later value holds, and why. `same`: they are equal. What nobody decided is told.
    pub(super) fn takes_later(&mut self, field: &'static str, first: Span, later: Span, same: bool) -> (bool, Why) {
        self.takes_later_of((field, field), first, later, same)
    }

    /// Does the same where the two state one fact in two fields.
    pub(super) fn takes_later_of(
        &mut self,
        fields: (&'static str, &'static str),
        first: Span,
        later: Span,
        same: bool,
    ) -> (bool, Why) {
        let (takes, why) = self.prefers_later(fields, first, later);
        let (field, won, lost) = if takes { (fields.1, later, first) } else { (fields.0, first, later) };
        // Within one file no rule of files holds.
        let is_ruled = first.source != later.source || matches!(why, Why::Newer | Why::Corrected | Why::Language);
        if !same && (why == Why::Later || !is_ruled) {
            let mut told = Diagnostic::warning(
                Code::ConflictingValues,
                format!("two rows give `{field}` of one record differently"),
            )
            .at(won, "this one is used")
            .at(lost, "this one is not")
            .help("make both the same, or empty one of the two");
            if first.source != later.source {
                told =
                    told.help("where one file is always right, say so with `prefer` in `[merge]` or its `[[input]]`");
            }
            self.report.add(told);
        }
        (takes, why)
    }

    /// Says whether the later value is the better one, and why; tells nothing.
    pub(super) fn prefers_later(&self, fields: (&str, &str), first: Span, later: Span) -> (bool, Why) {
        if self.why == Why::Corrected {
            return (true, self.why);
        }
        if let Some(tongues) = self.tongues.as_ref().filter(|_| is_words(fields.1))
            && let (Some(known), Some(other)) = (tongues.of(fields.0), tongues.later)
            && known != other
        {
            return (other < known, Why::Language);
        }
        match (self.origins.prefers(first.source, fields.0), self.origins.prefers(later.source, fields.1)) {
            (true, false) => (false, Why::Preferred),
            (false, true) => (true, Why::Preferred),
            _ => (true, self.why),
        }
    }

    /// Remembers that the later value of a field holds.
    pub(super) fn took(&mut self, field: &'static str) {
        if let Some(tongues) = &mut self.tongues {
            tongues.take(field);
        }
    }

    /// Remembers what was decided.
    pub(super) fn note(&mut self, contest: Contest) {
        if let Some(contests) = &mut self.contests {
            contests.push(contest);
        }
    }
}
