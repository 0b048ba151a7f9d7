//! What each kind of record has that merging looks at.

use jiff::civil::DateTime;

use super::fill::Fields;
use super::instants::Way;
use crate::model::cell::Cells;
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::value::{Language, fold_title, fold_words, slug};
use crate::model::{Address, Date, Time, Version, Zone};
use crate::source::{Span, Spanned, Str, Text};

/// A record that can be told in several parts.
pub(super) trait Part: Sized {
    const TABLE: Table;
    /// Starts a record of which nothing is known.
    fn blank(span: Span) -> Self;
    /// Decodes a row.
    fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> Self;
    /// Its id, as written or made.
    fn id(&self) -> Option<&Text>;
    /// Gives it an id.
    fn set_id(&mut self, id: Text);
    /// Its title; of a person the name.
    fn title(&self) -> &Text;
    /// What its id is made of where it has none, besides the title.
    fn day(&self) -> Option<Date>;
    /// Its page.
    fn url(&self) -> Option<&Spanned<Address>>;
    /// Its own zone.
    fn zone(&self) -> Option<&Spanned<Zone>> {
        None
    }
    /// Takes away what holds in the place of a field that is corrected: `stated` is whether it gets another value.
    fn give_way(&mut self, _field: &str, _stated: bool) -> Instead {
        Instead::Nothing
    }
    /// Tells its times in another zone, as far as they are instants.
    fn tell_in(&mut self, _way: Way<'_>) {}
    /// The time at which it starts.
    fn start(&self) -> Option<Time> {
        None
    }
    /// What two of one title and day are told apart by.
    fn marks(&self) -> [Option<&Text>; 2];
    /// Which of several rows it was.
    fn version(&self) -> Option<&Version>;
    /// Gives the same, to be changed.
    fn version_mut(&mut self) -> &mut Option<Box<Version>>;
    /// What its fields are in.
    type Body: Fields;
    /// Gives its fields.
    fn body(&self) -> &Self::Body;
    /// Gives its fields, to be changed.
    fn body_mut(&mut self) -> &mut Self::Body;
    /// Gives nothing but its fields.
    fn into_body(self) -> Self::Body;

    /// Says when it was changed last.
    fn updated(&self) -> Option<DateTime> {
        Some(self.version()?.updated?.value)
    }

    /// Says which language it is written in.
    fn lang(&self) -> Option<Language> {
        Some(self.version()?.lang?.value)
    }

    /// Says whether its id was made of its title.
    fn is_made(&self) -> bool {
        self.id().is_some_and(|id| id.span == self.title().span)
    }

    /// Gives it an id from what names it; from the place of its row where nothing does. The same rows get the same id
    /// in every run.
    fn name(&mut self) {
        let title = self.title();
        let id = if title.value.is_empty() {
            // Told as missing later; until then it must not be taken for another one.
            Text::new(format!("{:?}", title.span).into(), title.span)
        } else {
            let name = slug(title.as_str());
            title.with(match self.day() {
                Some(day) => format!("{name}-{day}").into(),
                None => name.into(),
            })
        };
        self.set_id(id);
    }

    /// Says whether a record whose id is the same may be this one: it has the same title, as far as both have one.
    fn has_title_of(&self, other: &Self) -> bool {
        let (one, other) = (&self.title().value, &other.title().value);
        one == other || one.is_empty() || other.is_empty() || fold_title(one) == fold_title(other)
    }

    /// Adds to a made id what tells it from another one of the same title and day.
    fn tell_apart(&mut self) {
        let Some(id) = self.id().cloned() else { return };
        let start = self.start().map(|start| start.strftime("-%H%M").to_string()).unwrap_or_default();
        let marks = self.marks().into_iter().flatten().map(|mark| format!("-{}", slug(mark.as_str())));
        let marks: String = marks.collect();
        self.set_id(id.with(format!("{id}{start}{marks}").into()));
    }

    /// Gives when and where it is.
    fn setting(&self) -> Setting {
        Setting { start: self.start(), marks: self.marks().map(|mark| mark.map(|mark| mark.value.clone())) }
    }

    /// Says whether the two cannot be one, although title and day are the same: they start at two times, or stand in two
    /// rooms.
    fn contradicts(&self, other: &Self) -> bool {
        self.setting().contradicts(&other.setting())
    }
}

/// What holds in the place of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Instead {
    /// Nothing does.
    Nothing,
    /// What stood here, and was taken away.
    Gone(Span),
    /// What cannot give way, and why.
    Stays(&'static str),
}

impl From<Option<Span>> for Instead {
    fn from(lost: Option<Span>) -> Self {
        lost.map_or(Instead::Nothing, Instead::Gone)
    }
}

/// What two records of one title and day are told apart by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Setting {
    start: Option<Time>,
    marks: [Option<Str>; 2],
}

impl Setting {
    /// Says whether the two cannot be of one record.
    pub(super) fn contradicts(&self, other: &Setting) -> bool {
        let times = self.start.zip(other.start).is_some_and(|(one, other)| one != other);
        let mut marks = self.marks.iter().zip(&other.marks).filter_map(|(one, other)| one.as_ref().zip(other.as_ref()));
        times || marks.any(|(one, other)| !is_one_place(one, other))
    }
}

/// Says whether two names may be of one thing: one may say more than the other (`Brussels`, `Brussels, Belgium`).
fn is_one_place(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (one, other) = (fold_words(one), fold_words(other));
    one == other
        || format!(" {one} ").contains(&format!(" {other} "))
        || format!(" {other} ").contains(&format!(" {one} "))
}
