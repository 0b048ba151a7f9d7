//! What did not fit.

use crate::artifact::{MAIL, Shown};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::Edition;

/// Tells the items that the newsletter folds, or that it is too long without any.
pub fn newsletter(edition: &Edition, shown: Shown, bytes: usize, report: &mut Report) {
    let limit = MAIL.saturating_sub(edition.mailing.overhead);
    if bytes > limit {
        report.add(clipped(edition, bytes, limit));
        return;
    }
    let Shown { full, titles, left } = shown;
    if titles + left == 0 {
        return;
    }
    let all = full + titles + left;
    let rest = if left > 0 { format!(", {left} are counted") } else { String::new() };
    let message = format!("the newsletter shows {full} of {all} items in full, {titles} by their title{rest}");
    let start = if full + titles > 0 { Diagnostic::note } else { Diagnostic::warning };
    let web = "say where all of it can be read: `web-url = \"https://…\"` in `[newsletter]`";
    let help = if edition.mailing.web_url.is_none() { web } else { "choose fewer in `[select]`, or split the edition" };
    let room = format!("a mail holds {} KiB", limit / 1024);
    report.add(start(Code::Folded, message).at(edition.title.span, room).help(help));
}

/// Says why a newsletter of so many bytes cannot be folded to `limit`.
fn clipped(edition: &Edition, bytes: usize, limit: usize) -> Diagnostic {
    let kib = |bytes: usize| bytes.div_ceil(1024);
    let message = format!("the newsletter has {} KiB, and a mail holds {} KiB", kib(bytes), limit / 1024);
    let clipped = Diagnostic::error(Code::Clipped, message);
    let intro = edition.mailing.intro.as_ref().map(|intro| (intro.source().span, intro.source().as_str().len()));
    match intro.filter(|(_, long)| *long > bytes - limit) {
        Some((span, long)) => clipped
            .at(span, format!("{} KiB of it", kib(long)))
            .help("shorten the opening words, and link to a page that has all of them"),
        None => clipped
            .at(edition.title.span, "without any of its items")
            .help("lower `overhead`, or shorten what stands in head and foot"),
    }
}
