//! What is printed: documents are written, set side by side, proved, and laid out for the press.

use crate::artifact::{Artifact, Body, Engine, Kind, Manuscript};
use crate::diagnostic::Report;
use crate::error::Error;
use crate::impose::{self, Imposition};
use crate::locale::{Direction, Lang, Locale};
use crate::model::print::Paper;
use crate::model::value::Slugs;
use crate::pack;
use crate::prove::Proof;
use crate::render;
use crate::theme::Theme;
use crate::typeset::{Document, Typesetter};

use super::{Checked, Job, Made, OnPaper};

/// Makes the PDFs of an edition.
///
/// # Errors
/// A document that cannot be set.
pub fn print(
    job: &Job,
    checked: &Checked,
    theme: &Theme,
    proof: Proof<'_, '_>,
    step: &dyn Fn(),
) -> Result<Made, Error> {
    let Proof { edition, locale, ledger, report } = proof;
    let makes = |kind| checked.kinds.contains(&kind);
    let mut made = Made::default();
    let attachments = if job.attach { pack::data::attachments(edition, locale) } else { Vec::new() };
    let mut slugs = Slugs::default();
    let summary = |session| {
        let body = match job.engine {
            Engine::Typst => Body::Typst(render::summary::summary(edition, session, locale, theme)),
            Engine::Genpdf => Body::Plain(render::summary::blocks(edition, session, locale, theme)),
        };
        let name = format!("summary-{}.pdf", slugs.slug(session.id.as_str()));
        let (kind, meta) = (Kind::Summary, render::summary::meta(edition, session, locale));
        (Manuscript { name, kind, meta, body, attachments: attachments.clone() }, Some(session))
    };
    // A summary goes with the session that it is of; sheets are of the whole edition.
    let (mut manuscripts, mut sessions): (Vec<_>, Vec<_>) =
        edition.summaries().filter(|_| makes(Kind::Summary)).map(summary).unzip();
    let own = edition.print.lang.filter(|lang| *lang != edition.lang).map(Locale::new);
    let own = own.as_ref().unwrap_or(locale);
    for kind in Kind::PAPER.into_iter().filter(|kind| makes(*kind)) {
        let (name, sheets) = render::sheets(kind, job.engine, edition, own, theme);
        match sheets {
            Some((body, meta)) => {
                let (name, attachments) = (name.into(), attachments.clone());
                manuscripts.push(Manuscript { name, kind, meta, body, attachments });
                sessions.push(None);
            }
            None => made.absent.push(name.to_owned()),
        }
    }
    let pdfs = checked.typesetter.pdfs(&manuscripts, false, report, step)?;
    let for_press = press(job, &manuscripts, &pdfs, &checked.typesetter, report)?;
    let documents = manuscripts.iter().map(|manuscript| &manuscript.name).chain(&made.absent);
    let not_made = not_for_press(documents, &for_press);
    made.absent.extend(not_made);
    let mut proof = Proof { edition, locale, ledger, report };
    for ((Manuscript { name, kind, .. }, session), pdf) in manuscripts.into_iter().zip(sessions).zip(pdfs) {
        let Some(Document { bytes, reading }) = pdf else { continue };
        match session {
            Some(session) => proof.summary(&name, &reading, session),
            None => proof.said_in(own).sheets(kind, job.engine, &name, &reading),
        }
        made.artifacts.push(Artifact { name, kind, bytes });
    }
    made.artifacts.extend(for_press);
    Ok(made)
}

/// Refuses what was asked for and has no plain form.
pub fn refuse(job: &Job, kinds: &[Kind]) -> Result<(), Error> {
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
