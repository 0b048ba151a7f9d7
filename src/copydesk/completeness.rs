//! What is missing before an edition can go out.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::{Edition, Target};

/// Tells an edition in which nothing is left to print.
pub fn content(edition: &Edition, report: &mut Report) {
    if edition.is_empty() {
        report.add(
            Diagnostic::warning(Code::EmptyEdition, "the edition has no session, call or news item")
                .at(edition.title.span, "")
                .help("look at `[select]` and at the edition's date"),
        );
    }
}

/// Tells a missing sender: without one there is no `newsletter.eml` (RFC 5322 §3.6.2).
pub fn sender(edition: &Edition, report: &mut Report) {
    let mailing = &edition.mailing;
    if mailing.target == Target::Eml && mailing.from.is_none() && edition.publisher.email.is_none() {
        report.add(
            Diagnostic::warning(Code::MissingField, "`[newsletter]` has no `from`, so no `newsletter.eml` is written")
                .at(edition.title.span, "in this edition")
                .help("name the sender: `from = \"Research news <news@example.org>\"`"),
        );
    }
}
