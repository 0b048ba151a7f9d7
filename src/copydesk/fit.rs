//! What did not fit.

use crate::artifact::Shown;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::Edition;

/// The length at which Gmail cuts the HTML of a message, in bytes.
const CLIPPED: usize = 102 * 1024;

/// Tells the items that the newsletter folds, and one that is too long all the same.
pub fn newsletter(edition: &Edition, shown: Shown, bytes: usize, report: &mut Report) {
    let Shown { full, titles, left } = shown;
    let place = edition.title.span;
    if titles + left > 0 {
        let all = full + titles + left;
        let rest = if left > 0 { format!(", {left} are counted") } else { String::new() };
        let message = format!("the newsletter shows {full} of {all} items in full, {titles} by their title{rest}");
        let start = if full + titles > 0 { Diagnostic::note } else { Diagnostic::warning };
        let holds = 90_usize.saturating_sub(edition.mailing.overhead.div_ceil(1024));
        let diagnostic = start(Code::Folded, message).at(place, format!("a mail holds {holds} KiB"));
        let web = "say where all of it can be read: `web-url = \"https://…\"` in `[newsletter]`";
        let help =
            if edition.mailing.web_url.is_none() { web } else { "choose fewer in `[select]`, or split the edition" };
        report.add(diagnostic.help(help));
    }
    let bytes = bytes + edition.mailing.overhead;
    if bytes > CLIPPED {
        report.add(
            Diagnostic::warning(
                Code::Folded,
                format!("the newsletter has {} KiB, and Gmail cuts it", bytes.div_ceil(1024)),
            )
            .at(place, "head and foot of it are too long")
            .help("shorten `intro`, or lower `overhead`"),
        );
    }
}
