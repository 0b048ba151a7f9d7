//! What all printed sheets share: the paper, the running texts, the words about the file.

use crate::artifact::Meta;
use crate::locale::{Direction, Locale};
use crate::model::{Edition, Print};
use crate::theme::{Palette, Theme};

use super::escape::one_line;
use super::summary::{plain, short};

/// The longest title and publisher that fit the head and foot of a sheet, in characters.
const RUNNING: [usize; 2] = [56, 60];

/// The head of a document that is printed.
pub(super) struct Sheet<'a> {
    pub(super) print: &'a Print,
    pub(super) colours: &'a Palette,
    pub(super) lang: &'static str,
    /// Said where lines do not go from left to right.
    pub(super) dir: Option<&'static str>,
    pub(super) title: String,
    pub(super) publisher: String,
    pub(super) page_of: String,
    /// Whether the head says where in the document a page is.
    pub(super) running: bool,
    /// Whether pages have a head and a foot.
    pub(super) frame: bool,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(edition: &'a Edition, locale: &Locale, theme: &'a Theme) -> Self {
        let way = locale.direction();
        let [title, publisher] =
            [short(edition.title.as_str(), RUNNING[0]), short(plain(&edition.publisher.name), RUNNING[1])];
        Sheet {
            print: &edition.print,
            colours: &theme.light,
            lang: locale.tag(),
            dir: (way != Direction::Ltr).then(|| way.name()),
            title: way.alone(&title).into_owned(),
            publisher: way.alone(&publisher).into_owned(),
            page_of: locale.say("page-of", &[("page", "{page}"), ("pages", "{pages}")]),
            running: false,
            frame: true,
        }
    }
}

/// Gives what is said about a document of the whole edition inside its file. `kind` is the label of what it is.
pub(super) fn meta(edition: &Edition, kind: &str, locale: &Locale) -> Meta {
    let title = one_line(edition.title.as_str());
    Meta {
        author: edition.publisher.name.as_ref().map(|name| one_line(name.as_str())),
        keywords: Vec::new(),
        description: edition.subtitle.as_ref().map(|subtitle| one_line(subtitle.as_str())),
        title: locale.say("title-of-kind", &[("title", &title), ("kind", kind)]),
        date: edition.date,
        lang: locale.tag(),
    }
}
