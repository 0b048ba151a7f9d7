//! A news item.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::Cells;
use crate::model::row::Row;
use crate::model::{Address, Date, Unpublished, Version};
use crate::prose::Prose;
use crate::source::{Span, Spanned, Str, Text};

/// One news item.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// Names it; stable from one edition to the next.
    pub id: Text,
    /// Never empty once merged.
    pub title: Text,
    /// The day that it is about.
    pub date: Option<Spanned<Date>>,
    /// The last such day, where there are several.
    pub end_date: Option<Spanned<Date>>,
    /// Town or venue.
    pub place: Option<Text>,
    /// What the reader can do: `Register for`, `Save the date for`.
    pub action: Option<Text>,
    /// Where to read on.
    pub url: Option<Spanned<Address>>,
    /// What it says.
    pub summary: Option<Prose>,
    /// Words to find it by.
    pub tags: Vec<Text>,
    /// Last day on which it is news.
    pub expires: Option<Spanned<Date>>,
    /// Why it is not published; the inner `None`: it is, as was said.
    pub status: Option<Spanned<Option<Unpublished>>>,
    /// Which of several rows about it this one was.
    pub version: Option<Box<Version>>,
}

/// Gives every word of a status.
fn statuses() -> Vec<(&'static str, Option<Unpublished>)> {
    let unpublished = Unpublished::WORDS.map(|(word, why)| (word, Some(why)));
    [("published", None)].into_iter().chain(unpublished).collect()
}

impl News {
    /// Starts an item of which nothing is known.
    pub fn empty(span: Span) -> News {
        let nothing = Text::new(Str::new(), span);
        News {
            id: nothing.clone(),
            title: nothing,
            date: None,
            end_date: None,
            place: None,
            action: None,
            url: None,
            summary: None,
            tags: Vec::new(),
            expires: None,
            status: None,
            version: None,
        }
    }

    /// Decodes a row. A title or id may still be missing: another file may have it.
    pub fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> News {
        let mut news = News::empty(row.span);
        for (field, value) in &row.cells {
            match *field {
                "id" => news.id = cells.line(value, field).unwrap_or(news.id),
                "title" => news.title = cells.required(value, field).unwrap_or(news.title),
                "date" => news.date = cells.date(value, field),
                "end-date" => news.end_date = cells.date(value, field),
                "place" => news.place = cells.line(value, field),
                "action" => news.action = cells.line(value, field),
                "url" => news.url = cells.url(value, field),
                "summary" => news.summary = cells.prose(value, field),
                "tags" => news.tags = cells.lines(value, field),
                "expires" => news.expires = cells.date(value, field),
                "status" => news.status = cells.word(value, field, &statuses()),
                "updated" => Version::take_updated(&mut news.version, value, cells),
                "lang" => Version::take_lang(&mut news.version, value, cells),
                other => unreachable!("`{other}` is a field of the table, so it has an arm here"),
            }
        }
        news
    }

    /// Tells a last day that lies before the first, or has none.
    pub fn check_order(&self, cells: &mut Cells<'_>) {
        match (self.date, self.end_date) {
            (Some(first), Some(last)) if last.value < first.value => cells.report.add(
                Diagnostic::error(Code::EndsBeforeStart, "`end-date` is before `date`")
                    .at(last.span, format!("{}", last.value))
                    .at(first.span, format!("starts on {}", first.value))
                    .help("correct one of the two"),
            ),
            (None, Some(last)) => cells.report.add(
                Diagnostic::warning(Code::MissingField, "a news item has a last day, but no `date`")
                    .at(last.span, "it is not printed")
                    .help("write the `date`; one day alone is the `date`"),
            ),
            _ => {}
        }
    }
}
