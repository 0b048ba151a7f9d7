//! A problem in the user's data, as a value: code, level, places, cure.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::source::{SourceId, Span, Str};

pub use codes::Code;
pub use rules::{Allowance, Rules};

mod codes;
mod rules;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Probably wrong; written all the same, unless `--strict`.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// Gives the word that is shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A place and what is to be said about it; the first label of a diagnostic is its own place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there; may be empty.
    pub text: String,
}

/// Some bytes of a file, and what is to stand there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Which bytes.
    pub span: Span,
    /// What the reader is to find there. `read::mend` turns it into what the file must hold (quotes, escapes).
    pub text: String,
}

/// One finding in the user's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad.
    pub severity: Severity,
    /// Which kind.
    pub code: Code,
    /// What is wrong, in one line: lower case, no full stop.
    pub message: String,
    /// Where; the first is the place itself.
    pub labels: Vec<Label>,
    /// How to cure it.
    pub help: Vec<String>,
    /// The ready cure: replacements that belong together and are surely right. May be empty.
    pub fix: Vec<Edit>,
    /// Ids of the records that it is about; none where it is about the edition or a file.
    pub records: Vec<Str>,
}

impl Diagnostic {
    /// Starts an error.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// Starts a warning.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    /// Starts a note.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message.into())
    }

    fn new(severity: Severity, code: Code, message: String) -> Self {
        let (labels, help, fix, records) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Diagnostic { severity, code, message, labels, help, fix, records }
    }

    /// Adds a place: the first is where it is, later ones what it has to do with.
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a cure.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds a replacement to the ready cure.
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix.push(Edit { span, text: text.into() });
        self
    }

    /// Names a record that it is about.
    pub fn of(mut self, record: &Str) -> Self {
        if !record.is_empty() && !self.records.contains(record) {
            self.records.push(record.clone());
        }
        self
    }
}

/// The sink: the one mutable thing that travels. A function that returns `None` has told why here.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// What is told once for a file, though each of its rows has it.
    told: FxHashSet<(Code, SourceId, String)>,
    /// How many findings were taken of each code where not all are.
    kept: BTreeMap<Code, usize>,
    left_out: BTreeMap<Code, usize>,
}

impl Report {
    /// Takes a finding.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes all findings of another report; what is told once for a file is still told once.
    pub fn append(&mut self, other: Report) {
        for diagnostic in other.diagnostics {
            let file = diagnostic.labels.first().map(|label| label.span.source);
            let key = file.map(|file| (diagnostic.code, file, diagnostic.message.clone()));
            let known = key.filter(|key| other.told.contains(key)).is_some_and(|key| !self.told.insert(key));
            if !known {
                self.diagnostics.push(diagnostic);
            }
        }
        for (code, count) in other.left_out {
            *self.left_out.entry(code).or_default() += count;
        }
    }

    /// Takes the findings of another report, of each code no more than `most` besides those that are allowed; what is left
    /// out is counted.
    pub fn append_up_to(&mut self, most: usize, rules: &Rules, other: Report) {
        for diagnostic in other.diagnostics {
            let kept = self.kept.entry(diagnostic.code).or_default();
            if rules.allowances.iter().any(|allowance| allowance.allows(&diagnostic)) {
                self.diagnostics.push(diagnostic);
            } else if *kept < most {
                *kept += 1;
                self.diagnostics.push(diagnostic);
            } else {
                *self.left_out.entry(diagnostic.code).or_default() += 1;
            }
        }
        for (code, count) in other.left_out {
            *self.left_out.entry(code).or_default() += count;
        }
    }

    /// Gives the codes of which findings were left out, and how many were.
    pub fn left_out(&self) -> &BTreeMap<Code, usize> {
        &self.left_out
    }

    /// Says whether `message` is told of a file for the first time; from then on it is not.
    pub fn is_news(&mut self, code: Code, file: SourceId, message: &str) -> bool {
        self.told.insert((code, file, message.to_owned()))
    }

    /// Gives all findings.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Says whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Says whether an error may have cost a fact, so that what is missing may be just that. A link or a picture that
    /// cannot be used leaves all others as they are.
    pub fn has_gaps(&self) -> bool {
        let harmless = [Code::BadUrl, Code::BadPicture, Code::MissingGlyph];
        self.diagnostics.iter().any(|d| d.severity == Severity::Error && !harmless.contains(&d.code))
    }

    /// Keeps the findings that pass.
    pub fn retain(&mut self, passes: impl Fn(&Diagnostic) -> bool) {
        self.diagnostics.retain(passes);
    }

    /// Counts the findings of one level.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// Gives all findings, to be changed.
    pub fn diagnostics_mut(&mut self) -> &mut [Diagnostic] {
        &mut self.diagnostics
    }

    /// Says of all findings from the one at `start` on which record they are about, where that is not known.
    pub fn name_record(&mut self, start: usize, record: &Str) {
        for diagnostic in self.diagnostics.iter_mut().skip(start).filter(|d| d.records.is_empty()) {
            diagnostic.records.extend(Some(record.clone()).filter(|record| !record.is_empty()));
        }
    }

    /// Sets the level of warnings and notes by code; one that is off is taken out. Errors stay errors.
    pub fn set_levels(&mut self, rules: &Rules, strict: bool) {
        for diagnostic in &mut self.diagnostics {
            if diagnostic.severity != Severity::Error
                && let Some(Some(level)) = rules.levels.get(&diagnostic.code)
            {
                diagnostic.severity = *level;
            }
        }
        self.diagnostics.retain(|d| d.severity == Severity::Error || rules.levels.get(&d.code) != Some(&None));
        if strict {
            for diagnostic in &mut self.diagnostics {
                if diagnostic.severity == Severity::Warning {
                    diagnostic.severity = Severity::Error;
                }
            }
        }
    }

    /// Takes out the warnings and notes that are allowed; gives the allowances that allowed nothing.
    pub fn allow<'r>(&mut self, rules: &'r Rules) -> Vec<&'r Allowance> {
        let mut idle: Vec<&Allowance> = rules.allowances.iter().collect();
        self.diagnostics.retain(|diagnostic| {
            let allows = |allowance: &Allowance| allowance.allows(diagnostic);
            let is_allowed = rules.allowances.iter().any(allows);
            idle.retain(|allowance| !is_allowed || !allowance.allows(diagnostic));
            !is_allowed
        });
        idle
    }

    /// Puts the findings in reading order: by file, place, level; a finding told twice stays once.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by(|a, b| {
            let place = |d: &Diagnostic| d.labels.first().map(|l| l.span);
            (place(a), a.severity, a.code, &a.message).cmp(&(place(b), b.severity, b.code, &b.message))
        });
        self.diagnostics.dedup();
    }
}
