//! The newsletter: its parts, the message and the web copy, proved.

use crate::artifact::{Artifact, Kind};
use crate::copydesk;
use crate::diagnostic::Report;
use crate::locale::Locale;
use crate::model::{Edition, Target};
use crate::pack::{self, message::Parts};
use crate::prove::{Depth, Ledger, Proof};
use crate::render::newsletter::Newsletter;
use crate::render::newsletter::style::Styles;
use crate::theme::Theme;

use super::Made;

/// Makes the newsletter of an edition, with the facts that were found in it and what is wrong with it.
pub fn write(edition: &Edition, theme: &Theme) -> (Made, Ledger, Report) {
    let (mut ledger, mut report) = (Ledger::default(), Report::default());
    let locale = &Locale::new(edition.lang);
    let calendar = if edition.attaches_calendar() { pack::calendar::calendar(edition, locale) } else { None };
    let style = Styles::new(theme).toward(locale.direction());
    let newsletter = Newsletter::new(edition, locale, &style);
    let (html, text, web) = (newsletter.html(), newsletter.text(), newsletter.web(theme));
    let pictures = newsletter.pictures();
    let parts = Parts {
        subject: newsletter.subject(),
        html: &html,
        text: &text,
        calendar: calendar.as_deref(),
        pictures: &pictures,
    };
    let message = (edition.mailing.target == Target::Eml).then(|| pack::message::message(edition, parts)).flatten();

    let mut proof = Proof { edition, locale, ledger: &mut ledger, report: &mut report };
    let depth = |full| if full { Depth::Mail } else { Depth::Title };
    let items: Vec<_> = newsletter.items().into_iter().map(|(item, full)| (item, depth(full))).collect();
    proof.html("newsletter.html", &html, &items);
    proof.text("newsletter.txt", &text, &items);
    let whole: Vec<_> = edition.items().map(|item| (item, Depth::Mail)).collect();
    proof.html("newsletter-web.html", &web, &whole);
    copydesk::fit::newsletter(edition, newsletter.shown(), html.len(), proof.report);

    let mut made = Made::default();
    let mut add = |name: &str, bytes| {
        made.artifacts.push(Artifact { name: name.into(), kind: Kind::Newsletter, bytes });
    };
    add("newsletter.html", html.into_bytes());
    add("newsletter-web.html", web.into_bytes());
    add("newsletter.txt", text.into_bytes());
    // The web copy shows them all.
    for file in &edition.pictures() {
        add(&file.name, file.bytes.clone());
    }
    match message {
        Some(message) => add("newsletter.eml", message),
        None => made.absent.push("newsletter.eml".into()),
    }
    // The mail links to them, so they are made with it.
    if edition.mailing.web_url.is_some() {
        let file = |(name, bytes)| Artifact { name, kind: Kind::Newsletter, bytes };
        made.artifacts.extend(pack::calendar::sessions(edition, locale).into_iter().map(file));
    }
    (made, ledger, report)
}
