//! What a message needs before it can be sent.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::Edition;

/// Tells a missing sender: without one there is no `newsletter.eml` (RFC 5322 §3.6.2).
pub fn check(edition: &Edition, report: &mut Report) {
    if edition.mailing.from.is_none() && edition.publisher.email.is_none() {
        report.add(
            Diagnostic::warning(Code::MissingField, "`[newsletter]` has no `from`, so no `newsletter.eml` is written")
                .at(edition.title.span, "in this edition")
                .help("name the sender: `from = \"Research news <news@example.org>\"`"),
        );
    }
}
