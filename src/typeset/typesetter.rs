//! The typesetter: made once, serves many documents, with the engine that each of them asks for.
#![cfg_attr(not(feature = "typst"), allow(unused, reason = "look, bleed and worker are of Typst alone"))]

use crate::artifact::{BLEED, Body, Engine, Manuscript};
use crate::diagnostic::Report;
use crate::error::Error;
use crate::reading::is_nothing;
use crate::source::{SourceId, Str};

#[cfg(feature = "typst")]
use super::engine::Typst;
#[cfg(feature = "genpdf")]
use super::plain;
#[cfg(feature = "typst")]
use super::said::{Proof, Said};
#[cfg(feature = "typst")]
use super::worker::Crew;
#[cfg(feature = "typst")]
use super::world;
use super::{Document, Worker, press};

/// A look of the publication's own, used in place of the built-in one.
#[derive(Debug, Clone)]
pub struct Look {
    /// Its file, for findings.
    pub file: SourceId,
    /// The name of that, as it is shown.
    pub name: String,
    /// The text of its `theme.typ`.
    pub text: Str,
}

/// Sets documents in one look. Cheap to make: fonts and look are read when the first document needs them, and then serve
/// all. Can be shared by threads.
#[derive(Debug)]
pub struct Typesetter {
    #[cfg(feature = "typst")]
    typst: Typst,
    #[cfg(feature = "typst")]
    crew: Option<Crew>,
    look: Option<Look>,
}

impl Typesetter {
    /// Readies fonts and the built-in look, which the first document else waits for: for who has a core to spare while
    /// data is read.
    pub fn warm_up() {
        #[cfg(feature = "typst")]
        world::warm_up();
    }

    /// Takes the look, the built-in one where there is none, and the program that sets documents in a look of the
    /// publication's own.
    ///
    /// Without such a program they are set in this process. Do that only with a look that you trust: one that runs for
    /// ever cannot be stopped, and one that asks for more memory than there is ends the process.
    pub fn new(look: Option<Look>, worker: Option<Worker>) -> Self {
        Typesetter {
            #[cfg(feature = "typst")]
            typst: Typst::new(look.as_ref().map(|look| look.text.clone())),
            #[cfg(feature = "typst")]
            crew: worker.filter(|_| look.is_some()).map(Crew::new),
            look,
        }
    }

    /// Tells what can be seen in a look of the publication's own without running it: its syntax.
    pub fn proofread(&self, report: &mut Report) {
        #[cfg(feature = "typst")]
        if let Some(look) = &self.look {
            self.typst.syntax().into_iter().for_each(|said| report.add(said.finding(look)));
        }
    }

    /// Sets a document and gives its PDF, and what stands in it. `bleed`: for a press, pages are larger by [`BLEED`] on each side,
    /// so that what goes to the edge goes over it. `None`: the look of the publication's own is at fault, and that
    /// is told.
    ///
    /// # Errors
    /// [`Error::Typeset`] with everything that the engine said, warnings too: a layout that never comes to rest or a
    /// glyph that is missing would else go to print unseen. [`Error::Worker`] where the process for a look of the
    /// publication's own cannot be started. [`Error::NoEngine`] where the engine is not part of this program.
    pub fn pdf(&self, manuscript: &Manuscript, bleed: bool, report: &mut Report) -> Result<Option<Document>, Error> {
        match &manuscript.body {
            #[cfg(feature = "typst")]
            Body::Typst(text) => self.typst(manuscript, text, bleed, report),
            #[cfg(feature = "genpdf")]
            Body::Plain(plain) => plain::set(plain, manuscript).map(Some),
            #[allow(unreachable_patterns, reason = "with both engines there is no other")]
            other => Err(Error::NoEngine(other.engine())),
        }
    }

    /// Sets documents, as many at once as there are cores, and gives them in the same order; findings too have
    /// the order of the documents. `done` is told of each one.
    ///
    /// # Errors
    /// As [`pdf`](Self::pdf), of the first document that has one.
    pub fn pdfs(
        &self,
        manuscripts: &[Manuscript],
        bleed: bool,
        report: &mut Report,
        done: &dyn Fn(),
    ) -> Result<Vec<Option<Document>>, Error> {
        let set = |manuscript: &Manuscript| {
            let mut found = Report::default();
            self.pdf(manuscript, bleed, &mut found).map(|pdf| (pdf, found))
        };
        let (pdfs, found): (Vec<_>, Vec<_>) = press::print(manuscripts, set, done)?.into_iter().unzip();
        found.into_iter().for_each(|found| report.append(found));
        Ok(pdfs)
    }

    /// Says whether an engine can print a character: its fonts have a glyph for it, or it needs none.
    pub fn covers(&self, engine: Engine, c: char) -> bool {
        // The Ogham space mark is a stroke, and so the one space that is drawn.
        if (c.is_whitespace() && c != '\u{1680}') || is_nothing(c) {
            return true;
        }
        match engine {
            #[cfg(feature = "typst")]
            Engine::Typst => world::has_glyph(c),
            #[cfg(feature = "genpdf")]
            Engine::Genpdf => plain::has_glyph(c),
            // An engine that is not there says so when it is to set something.
            #[allow(unreachable_patterns, reason = "with both engines there is no other")]
            _ => true,
        }
    }

    #[cfg(feature = "typst")]
    fn typst(
        &self,
        manuscript: &Manuscript,
        text: &str,
        bleed: bool,
        report: &mut Report,
    ) -> Result<Option<Document>, Error> {
        // Pages that bleed are an order of the shop, not of the document. No line of its own: lines keep their numbers.
        let text = if bleed { &format!("#set page(bleed: {BLEED}mm); {text}") } else { text };
        let Proof { pdf, said } = match (&self.look, &self.crew) {
            (Some(look), Some(crew)) => crew.set(&look.text, text, manuscript)?,
            _ => self.typst.set(text, &manuscript.meta, &manuscript.attachments),
        };
        if let Some(look) = &self.look {
            said.into_iter().for_each(|said| report.add(said.finding(look)));
        } else if !said.is_empty() {
            let message = said.iter().map(Said::line).collect::<Vec<_>>().join("\n");
            return Err(Error::Typeset { document: manuscript.name.clone(), message });
        }
        Ok(pdf)
    }
}
