//! Which of several rows about one record this one is: when it was last changed, and in which language it is written.

use jiff::civil::DateTime;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, shorten};
use crate::model::value::Language;
use crate::record::Value;
use crate::source::Spanned;

/// What tells rows of one record apart. None of it is printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Version {
    /// When the row was last changed, in the edition's zone; the start of that day where no time is given.
    pub updated: Option<Spanned<DateTime>>,
    /// The language that the row is written in.
    pub lang: Option<Spanned<Language>>,
}

impl Version {
    /// Takes `updated`.
    pub fn take_updated(version: &mut Option<Box<Version>>, value: &Value<'_>, cells: &mut Cells<'_>) {
        let Some(moment) = cells.moment(value, "updated", None) else { return };
        let time = moment.value.time.unwrap_or_else(jiff::civil::Time::midnight);
        version.get_or_insert_default().updated = Some(moment.with(moment.value.date.to_datetime(time)));
    }

    /// Takes `lang`.
    pub fn take_lang(version: &mut Option<Box<Version>>, value: &Value<'_>, cells: &mut Cells<'_>) {
        let Some(tag) = cells.line(value, "lang") else { return };
        match Language::from_tag(tag.as_str()) {
            Some(language) => version.get_or_insert_default().lang = Some(tag.with(language)),
            None => cells.report.add(
                Diagnostic::error(Code::BadValue, format!("`{}` is no language", shorten(tag.as_str())))
                    .at(tag.span, "")
                    .help("write its tag (BCP 47), as in `de`"),
            ),
        }
    }
}
