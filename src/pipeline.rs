//! The story: what `check` and `build` do, from the first byte to the finished files.

use std::cell::Cell;
use std::io::ErrorKind;

use crate::artifact::{Artifact, Body, Engine, Kind, Manuscript};
use crate::config::{self, Config};
use crate::copydesk;
use crate::diagnostic::{Code, Diagnostic, Report, Rules};
use crate::error::Error;
use crate::impose::{self, Imposition};
use crate::locale::{Direction, Lang, Locale};
use crate::merge::{self, Tables};
use crate::model::cell::Cells;
use crate::model::print::Paper;
use crate::model::value::Slugs;
use crate::model::{Date, Edition, Target, Zone};
use crate::pack;
use crate::prove::{Depth, Ledger, Proof};
use crate::read::{self, mend::Mended};
use crate::render;
use crate::source::{Folder, Sources, Span, Str, Text};
use crate::theme::{self, Theme};
use crate::typeset::{Document, Look, Typesetter, Worker};

mod intake;
mod pictures;

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
            worker: None,
        }
    }

    /// Gives what is made, of what the publication makes usually.
    fn kinds(&self, usual: &[Kind]) -> Vec<Kind> {
        if !self.only.is_empty() {
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
        Some(config) => dress(config, folder, &mut sources, &mut report)?,
        None => (None, None),
    };
    let typesetter = Typesetter::new(look, job.worker.clone());

    let mut cells = Cells { sources: &sources, report: &mut report, zone };
    let mut tables = Tables::default();
    for (id, table, input) in files {
        match (id, table) {
            (Some(id), Some(table)) => intake::read_table(id, table, input, &mut tables, &mut cells),
            (None, Some(table)) => tables.note_broken(table),
            // Without a `bulletin.toml` that can be read, an `[[input]]` in it may name the file.
            (Some(id), None) if config.is_some() => merge::unknown_file(id, &sources.file(id).name, &mut cells),
            (_, None) => {}
        }
    }
    for input in inputs {
        input.tell_unseen(&mut cells);
    }
    tables.finish(&mut cells);

    let rules = config.as_ref().map(|config| config.rules.clone()).unwrap_or_default();
    let kinds = job.kinds(config.as_ref().map(|config| config.kinds.as_slice()).unwrap_or_default());
    let makes = |kind| kinds.contains(&kind);
    if makes(Kind::Summary) || Kind::PAPER.into_iter().any(makes) {
        typesetter.proofread(cells.report);
    }
    let logo = config.as_ref().map(|config| config.logo.clone()).unwrap_or_default();
    let mut edition = config.map(|config| merge::select(config, tables, job.today, job.lang, &mut cells));
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
    if let Some(edition) = edition.as_ref().filter(|_| !report.has_errors()) {
        copydesk::completeness::content(edition, &mut report);
        if makes(Kind::Newsletter) {
            copydesk::completeness::sender(edition, &mut report);
            copydesk::header::check(edition, &sources, &mut report);
        }
    }
    if let Some(edition) = edition.as_ref().filter(|_| !report.has_gaps()) {
        copydesk::read(edition, &sources, &mut report);
    }
    let idle = report.allow(&rules);
    // What was not looked at may still be there.
    if job.only.is_empty() && !report.has_errors() {
        idle.iter()
            .filter(|allowance| !matches!(allowance.code, Code::Folded | Code::MissingFact))
            .for_each(|idle| report.add(idle.idle()));
    }
    report.set_levels(&rules, job.strict);
    report.sort();
    read::mend::write_out(&sources, &mut report);
    Ok(Checked { sources, report, edition, theme, kinds, rules, typesetter })
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
        refuse(job, &checked.kinds)?;
    }
    let locale = Locale::new(edition.lang);
    let wanted: Vec<_> = edition.summaries().filter(|_| makes(Kind::Summary)).collect();
    let total = wanted.len() + Kind::ALL.iter().filter(|kind| **kind != Kind::Summary && makes(**kind)).count();
    let done = Cell::new(0);
    let step = || {
        done.set(done.get() + 1);
        progress(done.get(), total);
    };
    progress(0, total);

    let (mut artifacts, mut absent) = (Vec::new(), Vec::new());
    let (mut ledger, mut found) = (Ledger::default(), Report::default());
    let mut slugs = Slugs::default();
    let attachments = if job.attach { pack::data::attachments(edition, &locale) } else { Vec::new() };
    let mut manuscripts: Vec<Manuscript> = wanted
        .iter()
        .map(|session| Manuscript {
            name: format!("summary-{}.pdf", slugs.slug(session.id.as_str())),
            kind: Kind::Summary,
            meta: render::summary::meta(edition, session, &locale),
            body: match job.engine {
                Engine::Typst => Body::Typst(render::summary::summary(edition, session, &locale, theme)),
                Engine::Genpdf => Body::Plain(render::summary::blocks(edition, session, &locale, theme)),
            },
            attachments: attachments.clone(),
        })
        .collect();
    let own = edition.print.lang.filter(|lang| *lang != edition.lang).map(Locale::new);
    let own = own.as_ref().unwrap_or(&locale);
    for kind in Kind::PAPER.into_iter().filter(|kind| makes(*kind)) {
        let (name, sheets) = render::sheets(kind, job.engine, edition, own, theme);
        match sheets {
            Some((body, meta)) => {
                let (name, attachments) = (name.into(), attachments.clone());
                manuscripts.push(Manuscript { name, kind, meta, body, attachments });
            }
            None => absent.push(name.to_owned()),
        }
    }
    let pdfs = checked.typesetter.pdfs(&manuscripts, false, &mut found, &step)?;
    let for_press = press(job, &manuscripts, &pdfs, &checked.typesetter, &mut found)?;
    let documents = manuscripts.iter().map(|manuscript| &manuscript.name).chain(&absent);
    let not_made = not_for_press(documents, &for_press);
    absent.extend(not_made);
    let mut proof = Proof { edition, locale: &locale, ledger: &mut ledger, report: &mut found };
    for (at, (Manuscript { name, kind, .. }, pdf)) in manuscripts.into_iter().zip(pdfs).enumerate() {
        let Some(Document { bytes, reading }) = pdf else { continue };
        match (&reading, wanted.get(at)) {
            (Some(reading), Some(session)) => proof.summary(&name, reading, session),
            (Some(reading), None) => proof.said_in(own).sheets(kind, &name, reading),
            (None, _) => {}
        }
        artifacts.push(Artifact { name, kind, bytes });
    }
    artifacts.extend(for_press);
    if makes(Kind::Newsletter) {
        let style = render::newsletter::style::Styles::new(theme).toward(locale.direction());
        let newsletter = render::newsletter::Newsletter::new(edition, &locale, &style);
        let (html, text) = (newsletter.html(), newsletter.text());
        let calendar = edition.attaches_calendar().then(|| pack::calendar::calendar(edition, &locale)).flatten();
        let pictures = newsletter.pictures();
        let parts = pack::message::Parts {
            subject: newsletter.subject(),
            html: &html,
            text: &text,
            calendar: calendar.as_deref(),
            pictures: &pictures,
        };
        let message = (edition.mailing.target == Target::Eml).then(|| pack::message::message(edition, parts)).flatten();
        let web = newsletter.web(theme);
        let depth = |full| if full { Depth::Mail } else { Depth::Title };
        let items: Vec<_> = newsletter.items().into_iter().map(|(item, full)| (item, depth(full))).collect();
        proof.html("newsletter.html", &html, &items);
        proof.text("newsletter.txt", &text, &items);
        let whole: Vec<_> = edition.items().map(|item| (item, Depth::Mail)).collect();
        proof.html("newsletter-web.html", &web, &whole);
        copydesk::fit::newsletter(edition, newsletter.shown(), html.len(), proof.report);
        let mut add = |name: &str, bytes| {
            artifacts.push(Artifact { name: name.into(), kind: Kind::Newsletter, bytes });
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
            None => absent.push("newsletter.eml".into()),
        }
        // The mail links to them, so they are made with it.
        if edition.mailing.web_url.is_some() {
            let file = |(name, bytes)| Artifact { name, kind: Kind::Newsletter, bytes };
            artifacts.extend(pack::calendar::sessions(edition, &locale).into_iter().map(file));
        }
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

/// Refuses what was asked for and has no plain form.
fn refuse(job: &Job, kinds: &[Kind]) -> Result<(), Error> {
    let OnPaper { paper, large_print, .. } = job.paper;
    if job.attach {
        return Err(Error::Usage("the engine `genpdf` cannot attach files; take `--engine typst`".into()));
    }
    if large_print || paper.is_some_and(|paper| paper != Paper::A4) {
        return Err(Error::Usage("the engine `genpdf` prints on A4 in 10 pt alone; take `--engine typst`".into()));
    }
    match Kind::ONE_EACH.into_iter().find(|kind| kinds.contains(kind)) {
        Some(kind) => Err(Error::Unmade { engine: job.engine, kind }),
        None => Ok(()),
    }
}

/// Lays out documents for the press. What is cut is set once more, with what goes over the edge.
fn press(
    job: &Job,
    manuscripts: &[Manuscript],
    pdfs: &[Option<Document>],
    typesetter: &Typesetter,
    found: &mut Report,
) -> Result<Vec<Artifact>, Error> {
    let mut artifacts = Vec::new();
    for &imposition in &job.impositions {
        let bleeding = match imposition {
            Imposition::PrintShop => Some(typesetter.pdfs(manuscripts, true, found, &|| ())?),
            _ => None,
        };
        for (manuscript, pdf) in manuscripts.iter().zip(bleeding.as_deref().unwrap_or(pdfs)) {
            let Some(pdf) = pdf else { continue };
            // A handout can be in another language than the edition.
            let way = Lang::from_tag(manuscript.meta.lang).map_or(Direction::Ltr, Lang::direction);
            let bytes = impose::impose(pdf.bytes.clone(), imposition, way, &manuscript.meta)?;
            artifacts.push(Artifact { name: imposition.name(&manuscript.name), kind: manuscript.kind, bytes });
        }
    }
    Ok(artifacts)
}

/// Names the files for the press that are not made of some documents: those of a former build would be of another state.
fn not_for_press<'a>(documents: impl Iterator<Item = &'a String>, made: &[Artifact]) -> Vec<String> {
    let all = documents.flat_map(|name| Imposition::ALL.map(|imposition| imposition.name(name)));
    all.filter(|name| made.iter().all(|artifact| artifact.name != *name)).collect()
}

/// Where a publication's own look lies, if `bulletin.toml` does not say.
const OWN_LOOK: &str = "templates/theme.typ";

/// Gives the theme, and the publication's own look.
fn dress(
    config: &Config,
    folder: &Folder,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<(Option<Theme>, Option<Look>), Error> {
    let look = match &config.look {
        Some(path) => Some((path.as_str(), folder.read(path.as_str())?)),
        None => match folder.read(OWN_LOOK) {
            Ok(content) => Some((OWN_LOOK, content)),
            Err(Error::Read { cause, .. })
                if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                None
            }
            Err(other) => return Err(other),
        },
    };
    let look = look.and_then(|(path, content)| {
        let file = sources.add(&folder.shown(path), content, report)?;
        Some(Look { file, text: Str::from(sources.file(file).text.clone()) })
    });
    let theme = match &config.theme {
        None => Theme::named(theme::DEFAULT),
        Some(name) => named_theme(name, folder, sources, report)?,
    };
    let colors = &config.colors;
    let place = colors.light.iter().chain(&colors.dark).map(|(_, color)| color.span).next();
    let theme = match place {
        Some(place) => theme.and_then(|theme| theme.with(colors, place, report)),
        None => theme,
    };
    Ok((theme, look))
}

/// Finds a theme that comes with the program, or reads it from a file.
fn named_theme(
    name: &Text,
    folder: &Folder,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Option<Theme>, Error> {
    if let Some(theme) = Theme::named(name.as_str()) {
        return Ok(Some(theme));
    }
    if name.as_str().ends_with(".toml") {
        let id = sources.add(&folder.shown(name.as_str()), folder.read(name.as_str())?, report);
        return Ok(id.and_then(|id| {
            let text = &sources.file(id).text;
            Theme::decode(text, Span::new(id, 0..text.len()), report)
        }));
    }
    let names: Vec<String> = theme::THEMES.iter().map(|(name, _)| format!("`{name}`")).collect();
    report.add(
        Diagnostic::error(Code::BadTheme, format!("there is no theme `{name}`"))
            .at(name.span, "")
            .help(format!("it is {}, or the path of a file `….toml`", names.join(", "))),
    );
    Ok(None)
}
