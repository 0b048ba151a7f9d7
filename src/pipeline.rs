//! The story: what `check` and `build` do, from the first byte to the finished files.

use std::cell::Cell;
use std::io::ErrorKind;
use std::panic::resume_unwind;
use std::thread;

use crate::artifact::{Artifact, Engine, Kind};
use crate::config::{self, Config, Languages};
use crate::copydesk;
use crate::diagnostic::{Code, Report, Rules};
use crate::error::Error;
use crate::impose::Imposition;
use crate::locale::{Direction, Lang, Locale};
use crate::merge::{self, Account, Tables};
use crate::model::cell::Cells;
use crate::model::print::Paper;
use crate::model::value::Language;
use crate::model::{Catalogue, Counts, Date, Edition, Target, Zone};
use crate::pack;
use crate::prove::{Ledger, Proof};
use crate::read::{self, mend::Mended};
use crate::source::{Folder, Sources};
use crate::theme::Theme;
use crate::typeset::{Typesetter, Worker};
use watch::Watch;

pub mod export;
pub mod import;
pub mod watch;

mod dress;
mod formats;
mod intake;
mod mail;
mod pictures;
mod print;

/// What is to be done.
#[derive(Debug)]
pub struct Job {
    /// The publication.
    pub folder: Folder,
    /// The day on which states are computed; the edition's where empty.
    pub today: Option<Date>,
    /// The language; the edition's where empty.
    pub lang: Option<Lang>,
    /// What is made; what is usual and what `[handout]` asks for where empty.
    pub only: Vec<Kind>,
    /// How it is printed, whatever `[handout]` says.
    pub paper: OnPaper,
    /// Whether warnings are errors.
    pub strict: bool,
    /// Who sends the mail; as `bulletin.toml` says where empty.
    pub target: Option<Target>,
    /// Whether a mail program is to open the message as a draft.
    pub draft: bool,
    /// What makes the PDFs.
    pub engine: Engine,
    /// Whether the data and the calendar go into each PDF.
    pub attach: bool,
    /// How PDFs are laid out for the press, each in a file beside the one for the screen.
    pub impositions: Vec<Imposition>,
    /// Whether the records are wanted as they are, those of no edition among them: nothing is made that could be
    /// proof-read.
    pub whole: bool,
    /// Whether instants of records without a zone keep the offset with which they are written: nobody said in which zone
    /// they are wanted.
    pub as_written: bool,
    /// The language that is preferred where something is told in several, whichever the edition's is.
    pub tongue: Option<Language>,
    /// Who is told how far the reading has come.
    pub watch: Watch,
    /// How a look of the publication's own is kept in bounds; without it, it is trusted and set in this process.
    pub worker: Option<Worker>,
}

impl Job {
    /// Makes everything of a publication as its `bulletin.toml` says.
    pub fn new(folder: Folder) -> Job {
        Job {
            folder,
            today: None,
            lang: None,
            only: Vec::new(),
            paper: OnPaper::default(),
            strict: false,
            target: None,
            draft: false,
            engine: Engine::default(),
            attach: false,
            impositions: Vec::new(),
            whole: false,
            as_written: false,
            tongue: None,
            watch: Watch::default(),
            worker: None,
        }
    }

    /// Gives what is made, of what the publication makes usually.
    fn kinds(&self, usual: &[Kind]) -> Vec<Kind> {
        if self.whole || !self.only.is_empty() {
            return self.only.clone();
        }
        let mut kinds = usual.to_vec();
        if self.paper != OnPaper::default() && !kinds.contains(&Kind::Handout) {
            kinds.push(Kind::Handout);
        }
        kinds
    }
}

/// What is asked of the handout besides what `[handout]` says. Who asks for any of it gets a handout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OnPaper {
    /// The sheet.
    pub paper: Option<Paper>,
    /// Whether nothing may have a colour.
    pub greyscale: bool,
    /// Whether it is to be set in 18 pt or more.
    pub large_print: bool,
}

/// A publication that was read and proof-read.
#[derive(Debug)]
pub struct Checked {
    /// The files, for drawing findings.
    pub sources: Sources,
    /// All findings, in reading order.
    pub report: Report,
    /// The edition; `None` where `bulletin.toml` has no title or date.
    pub edition: Option<Edition>,
    /// How many rows were read, those among them that an `[[input]]` leaves out.
    pub rows: usize,
    /// How many records they became, whether the edition shows them or not.
    pub counts: Counts,
    /// All records, where the job wants them.
    catalogue: Option<Catalogue>,
    /// The language that is preferred in them.
    tongue: Language,
    theme: Option<Theme>,
    kinds: Vec<Kind>,
    rules: Rules,
    typesetter: Typesetter,
}

impl Checked {
    /// Gives the files as they are with the ready cures of all findings.
    pub fn mended(&self) -> Vec<Mended<'_>> {
        read::mend::mend(&self.sources, &self.report)
    }
}

/// What a build came to.
#[derive(Debug)]
pub struct Built {
    /// What was found on the way.
    pub checked: Checked,
    /// The finished files; `None` where the data has errors.
    pub artifacts: Option<Vec<Artifact>>,
    /// Names of files that this edition does not have, though its kind was made: one that lies in the output is of
    /// another edition.
    pub absent: Vec<String>,
}

/// Is told how far a build has come: files made, files to make.
pub type Progress<'a> = &'a dyn Fn(usize, usize);

/// Reads and proof-reads a publication.
///
/// # Errors
/// A file that cannot be read. What is wrong with the data is in the report instead.
pub fn check(job: &Job) -> Result<Checked, Error> {
    Ok(read_through(job, false)?.0)
}

/// Reads a publication and tells how its records came about. Nothing is proof-read but the rows themselves.
///
/// # Errors
/// A file that cannot be read. What is wrong with the data is in the report instead.
pub fn merge(job: &Job) -> Result<(Checked, Account), Error> {
    read_through(job, true)
}

/// Reads and, unless it is `traced` how records come about, proof-reads.
fn read_through(job: &Job, traced: bool) -> Result<(Checked, Account), Error> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let folder = &job.folder;

    let content = folder.read(config::FILE).map_err(|error| match error {
        Error::Read { path, cause } if cause.kind() == ErrorKind::NotFound => Error::NoPublication { path },
        other => other,
    })?;
    let file = sources.add(&folder.shown(config::FILE), content, &mut report);
    let record = file.and_then(|id| read::toml::read(id, &sources.file(id).text, &mut report));
    let mut cells = Cells { sources: &sources, report: &mut report, zone: Zone::utc() };
    let config = record.as_ref().and_then(|record| Config::decode(record, &mut cells));
    let zone = cells.zone;
    let inputs = config.as_ref().map(|config| config.inputs.as_slice()).unwrap_or_default();

    let files = intake::load(folder, inputs, &mut sources, &mut report)?;
    let (theme, look) = match &config {
        Some(config) => dress::dress(config, folder, &mut sources, &mut report)?,
        None => (None, None),
    };
    let typesetter = Typesetter::new(look, job.worker.clone());

    let mut cells = Cells { sources: &sources, report: &mut report, zone };
    let head = config.as_ref().map(|config| &config.edition);
    let written = head.map_or(Lang::English, |head| head.lang);
    let fallback = head.map(|head| head.fallback.clone()).unwrap_or_default();
    let mut languages = Languages::new(written, job.lang, fallback);
    languages.wanted = job.tongue.unwrap_or(languages.wanted);
    let mut tables = Tables::default();
    if traced {
        tables.trace();
    }
    let read = files.iter().filter_map(|(id, table, _)| id.filter(|_| table.is_some()));
    let tally = job.watch.tally(read.map(|id| sources.file(id).text.len()).sum());
    for (id, table, input) in &files {
        match (*id, *table) {
            (Some(id), Some(table)) => {
                intake::read_table(id, table, input.as_deref(), &languages, &mut tables, &mut cells, &tally);
            }
            (None, Some(table)) => tables.note_broken(table),
            // Without a `bulletin.toml` that can be read, an `[[input]]` in it may name the file.
            (Some(id), None) if config.is_some() => merge::unknown_file(id, &sources.file(id).name, &mut cells),
            (_, None) => {}
        }
    }
    for input in intake::inputs(&files) {
        input.tell_unseen(&mut cells);
    }
    let merging = config.as_ref().map(|config| config.merging.clone()).unwrap_or_default();
    tables.finish(&merging, &languages, &mut cells);
    let (rows, counts) = (tally.rows(), tables.counts());
    let (catalogue, tongue) = (job.whole.then(|| tables.catalogue()), languages.wanted);
    let account = if traced { tables.account() } else { Account::default() };

    let rules = config.as_ref().map(|config| config.rules.clone()).unwrap_or_default();
    let kinds = job.kinds(config.as_ref().map(|config| config.kinds.as_slice()).unwrap_or_default());
    let makes = |kind| kinds.contains(&kind);
    if makes(Kind::Summary) || Kind::PAPER.into_iter().any(makes) {
        typesetter.proofread(cells.report);
    }
    let logo = config.as_ref().map(|config| config.logo.clone()).unwrap_or_default();
    let mut edition = config.map(|config| merge::select(config, tables, job.today, job.lang, &mut cells));
    if traced {
        report.set_levels(&rules, job.strict);
        report.sort();
        return Ok((
            Checked { sources, report, edition, rows, counts, catalogue, tongue, theme, kinds, rules, typesetter },
            account,
        ));
    }
    if let Some(Edition { mailing, print, .. }) = &mut edition {
        mailing.target = job.target.unwrap_or(mailing.target);
        mailing.draft |= job.draft;
        print.paper = job.paper.paper.unwrap_or(print.paper);
        print.greyscale |= job.paper.greyscale;
        print.large_print |= job.paper.large_print;
        print.lang = job.lang.or(print.lang);
    }
    if let Some(edition) = edition.as_mut().filter(|_| makes(Kind::Newsletter)) {
        pictures::load(edition, &logo, folder, &mut report)?;
    }
    if let Some(edition) = &edition {
        let on_paper = Kind::PAPER.into_iter().any(makes);
        if on_paper || makes(Kind::Summary) {
            let summaries = makes(Kind::Summary).then_some(edition.lang);
            let sheets = on_paper.then_some(edition.print.lang.unwrap_or(edition.lang));
            let mut languages = [summaries, sheets].into_iter().flatten();
            let unfit = languages.find(|lang| Locale::new(*lang).direction() == Direction::Rtl);
            if let (Engine::Genpdf, Some(lang)) = (job.engine, unfit) {
                return Err(Error::Unfit { engine: job.engine, lang: lang.tag() });
            }
        }
        let covers = |c| typesetter.covers(job.engine, c);
        copydesk::characters::printed(edition, &kinds, &sources, job.engine, covers, &mut report);
    }
    // Where rows could not be read, what is missing now may be just those.
    if let Some(edition) = edition.as_ref().filter(|_| !report.has_errors() && !job.whole) {
        copydesk::completeness::content(edition, &mut report);
        if makes(Kind::Newsletter) {
            copydesk::completeness::sender(edition, &mut report);
            copydesk::header::check(edition, &sources, &mut report);
        }
    }
    if let Some(edition) = edition.as_ref().filter(|_| !report.has_gaps() && !job.whole) {
        copydesk::read(edition, &sources, &rules, &mut report);
        copydesk::untold(edition, &rules, &mut report);
    }
    let mut idle = report.allow(&rules);
    // What was not looked at, or not told, may still be there.
    idle.retain(|allowance| !report.left_out().contains_key(&allowance.code));
    if job.only.is_empty() && !job.whole && !report.has_errors() {
        idle.iter()
            .filter(|allowance| !matches!(allowance.code, Code::Folded | Code::MissingFact))
            .for_each(|idle| report.add(idle.idle()));
    }
    report.set_levels(&rules, job.strict);
    report.sort();
    read::mend::write_out(&sources, &mut report);
    Ok((
        Checked { sources, report, edition, rows, counts, catalogue, tongue, theme, kinds, rules, typesetter },
        account,
    ))
}

/// Reads, proof-reads and, where there is no error, makes the files. None of them lies anywhere yet.
///
/// # Errors
/// A file that cannot be read, or a document that cannot be set.
pub fn build(job: &Job, progress: Progress<'_>) -> Result<Built, Error> {
    let mut checked = check(job)?;
    let (Some(edition), Some(theme), false) = (&checked.edition, &checked.theme, checked.report.has_errors()) else {
        return Ok(Built { checked, artifacts: None, absent: Vec::new() });
    };
    let makes = |kind| checked.kinds.contains(&kind);
    if job.engine == Engine::Genpdf {
        print::refuse(job, &checked.kinds)?;
    }
    let locale = Locale::new(edition.lang);
    let summaries = edition.summaries().filter(|_| makes(Kind::Summary)).count();
    let total = summaries + Kind::ALL.iter().filter(|kind| **kind != Kind::Summary && makes(**kind)).count();
    let done = Cell::new(0);
    let step = || {
        done.set(done.get() + 1);
        progress(done.get(), total);
    };
    progress(0, total);

    let (mut ledger, mut found) = (Ledger::default(), Report::default());
    let proof = Proof { edition, locale: &locale, ledger: &mut ledger, report: &mut found };
    let (printed, mail) = thread::scope(|scope| {
        let mail = scope.spawn(|| makes(Kind::Newsletter).then(|| mail::write(edition, theme)));
        let printed = print::print(job, &checked, theme, proof, &step);
        (printed, mail.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    let Made { mut artifacts, mut absent } = printed?;
    if let Some((mail, its_ledger, its_report)) = mail {
        artifacts.extend(mail.artifacts);
        absent.extend(mail.absent);
        ledger.append(its_ledger);
        found.append(its_report);
        step();
    }
    if makes(Kind::Calendar) {
        match pack::calendar::calendar(edition, &locale) {
            Some(bytes) => artifacts.push(Artifact { name: "calendar.ics".into(), kind: Kind::Calendar, bytes }),
            None => absent.push("calendar.ics".into()),
        }
        step();
    }
    if makes(Kind::Summary) || makes(Kind::Newsletter) || !ledger.is_empty() {
        let bytes = ledger.json(&checked.sources);
        artifacts.push(Artifact { name: "facts.json".into(), kind: Kind::Facts, bytes });
    }
    checked.report.append(found);
    checked.report.allow(&checked.rules);
    checked.report.set_levels(&checked.rules, job.strict);
    checked.report.sort();
    let artifacts = (!checked.report.has_errors()).then_some(artifacts);
    Ok(Built { checked, artifacts, absent })
}

/// Files that were made, and names of those of the same kinds that were not.
#[derive(Debug, Default)]
struct Made {
    artifacts: Vec<Artifact>,
    absent: Vec<String>,
}
