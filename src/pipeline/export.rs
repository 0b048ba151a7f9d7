//! What `export` and `import` do: all records, after merging, written back as tables.

use super::{Checked, Job, check};
use crate::artifact::Artifact;
use crate::error::Error;
use crate::merge;
use crate::model::value::Language;
use crate::model::{Catalogue, Counts};
use crate::pack;
use crate::source::Folder;

pub use crate::pack::xlsx::NAME as WORKBOOK;

/// The form in which tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A file for each table, with this sign between cells.
    Csv {
        /// `,`, `;` or a tab.
        separator: u8,
    },
    /// A file for each table, with child rows inside their records.
    Json,
    /// A workbook with a sheet for each table.
    Xlsx,
}

/// What an export came to.
#[derive(Debug)]
pub struct Exported {
    /// What was found on the way.
    pub checked: Checked,
    /// The tables; `None` where the data has errors.
    pub artifacts: Option<Vec<Artifact>>,
    /// How many records are in them.
    pub counts: Counts,
    /// Whether times stand in them that are those of no stated zone.
    pub has_times_without_zone: bool,
}

/// Reads and merges a publication and writes its records as tables: all of them, or with `shown` those that its edition
/// shows. What is read from these tables is equal to what was written.
///
/// # Errors
/// A file that cannot be read, or a record that the format has no room for.
pub fn export(job: Job, format: Format, shown: bool) -> Result<Exported, Error> {
    let (folder, as_written) = (job.folder.clone(), job.as_written);
    let mut checked = check(&Job { whole: true, ..job })?;
    let catalogue = checked.catalogue.take().filter(|_| !checked.report.has_errors());
    let catalogue = match catalogue {
        Some(catalogue) => Some(in_all_languages(catalogue, checked.tongue, &folder)?),
        None => None,
    };
    let (Some(mut catalogue), Some(edition)) = (catalogue, &checked.edition) else {
        return Ok(Exported { checked, artifacts: None, counts: Counts::default(), has_times_without_zone: false });
    };
    if shown {
        catalogue.retain_shown(edition);
    }
    if as_written {
        merge::tell_as_written(&mut catalogue, &edition.timezone);
    }
    let (counts, has_times_without_zone) = (catalogue.counts(), catalogue.has_times_without_zone());
    let artifacts = match format {
        Format::Csv { separator } => pack::csv::tables(&catalogue, separator),
        Format::Json => pack::json::tables(&catalogue),
        Format::Xlsx => pack::xlsx::workbook(&catalogue, edition.date)?,
    };
    Ok(Exported { checked, artifacts: Some(artifacts), counts, has_times_without_zone })
}

/// Reads the publication once more in each language that it is told in. What is wrong with it has been told.
fn in_all_languages(catalogue: Catalogue, wanted: Language, folder: &Folder) -> Result<Catalogue, Error> {
    let mut others = Vec::new();
    for language in catalogue.foreign.seen().filter(|language| *language != wanted) {
        let job = Job { whole: true, tongue: Some(language), ..Job::new(folder.clone()) };
        others.extend(check(&job)?.catalogue.map(|catalogue| (language, catalogue)));
    }
    Ok(merge::tellings(catalogue, wanted, others))
}
