//! What `[check]` says: how bad each kind of finding is, and which single ones are allowed.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};
use crate::source::{Span, Text};

/// What `[check]` says.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Levels by code; `None` switches one off.
    pub levels: BTreeMap<Code, Option<Severity>>,
    /// Single findings that somebody looked at and found right.
    pub allowances: Vec<Allowance>,
}

/// A finding that somebody looked at and found right.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// Which kind.
    pub code: Code,
    /// The id of the record that it is about; empty for one that is about no record.
    pub record: Option<Text>,
    /// Why it is right, for the next one who looks.
    pub reason: Text,
    /// Where it stands.
    pub span: Span,
}

impl Allowance {
    /// Says whether it allows a finding. Errors are never allowed.
    pub fn allows(&self, diagnostic: &Diagnostic) -> bool {
        let of = |id: &Text| diagnostic.records.iter().any(|record| record.as_str() == id.as_str());
        diagnostic.severity != Severity::Error
            && diagnostic.code == self.code
            && self.record.as_ref().map_or(diagnostic.records.is_empty(), of)
    }

    /// Tells that it allows nothing any more.
    pub fn idle(&self) -> Diagnostic {
        let what = match &self.record {
            Some(record) => format!("`{}` for `{record}`", self.code),
            None => format!("`{}`", self.code),
        };
        Diagnostic::warning(Code::IdleAllowance, format!("the allowance of {what} allows nothing any more"))
            .at(self.span, "no such finding is made")
            .help("delete it, or correct its `record`")
    }
}
