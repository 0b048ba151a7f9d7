//! The compositor: compiles a document, sets what is said about it, exports it.

use std::fmt::Write as _;
use std::sync::OnceLock;

use typst::WorldExt;
use typst::comemo;
use typst::diag::{Severity, SourceDiagnostic, SourceResult};
use typst::foundations::{Datetime, Smart};
use typst::syntax::Source;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::artifact::{Attachment, Meta};
use crate::cores;
use crate::model::Date;
use crate::source::Str;

use super::Document;
use super::said::{Place, Proof, Said};
use super::world::{self, Desk};

/// Written into the files as their maker.
const CREATOR: &str = concat!("bulletin ", env!("CARGO_PKG_VERSION"));

/// What Typst remembers longer than this many documents of one thread is forgotten: the look stays, old pages go.
const MEMORY: usize = 2;

/// Typst with one look.
#[derive(Debug)]
pub(super) struct Typst {
    look: Option<Str>,
    theme: OnceLock<Source>,
}

impl Typst {
    /// Takes the text of a `theme.typ` to be used in place of the built-in look.
    pub(super) fn new(look: Option<Str>) -> Self {
        Typst { look, theme: OnceLock::new() }
    }

    fn theme(&self) -> &Source {
        self.theme.get_or_init(|| world::theme(self.look.as_deref()))
    }

    /// Gives the mistakes in the syntax of the look.
    pub(super) fn syntax(&self) -> Vec<Said> {
        let theme = self.theme();
        let desk = Desk::new(String::new(), theme, &[]);
        let (errors, _) = theme.root().errors_and_warnings();
        errors.into_iter().map(|error| said(&error.into(), &desk)).collect()
    }

    /// Sets the Typst text `text`. A document without warnings comes out whole; with warnings it comes out as well, and
    /// whoever asked has to judge.
    pub(super) fn set(&self, text: &str, meta: &Meta, attachments: &[Attachment]) -> Proof {
        let _eviction = Eviction;
        let mut text = text.to_owned();
        attach(attachments, &mut text);
        let desk = Desk::new(text, self.theme(), attachments);
        let compiled = typst::compile::<PagedDocument>(&desk);
        let mut all: Vec<Said> = compiled.warnings.iter().map(|one| said(one, &desk)).collect();
        let exported = compiled.output.and_then(|mut pages| {
            describe(&mut pages, meta);
            let bytes = export(&pages, meta, attachments)?;
            Ok(Document { bytes, reading: super::read::read(&pages) })
        });
        let pdf = match exported {
            Ok(pdf) => Some(pdf),
            Err(errors) => {
                all.extend(errors.iter().map(|one| said(one, &desk)));
                None
            }
        };
        Proof { pdf, said: all }
    }
}

/// Sets title and the like after layout: in the document's own styles they would make every paragraph new to Typst's
/// cache.
fn describe(pages: &mut PagedDocument, meta: &Meta) {
    let info = pages.info_mut();
    info.title = Some(meta.title.as_str().into());
    info.author = meta.author.iter().map(|author| author.as_str().into()).collect();
    info.keywords = meta.keywords.iter().map(|word| word.as_str().into()).collect();
    info.description = meta.description.as_deref().map(Into::into);
    info.locale = match meta.lang.parse() {
        Ok(lang) => Smart::Custom(typst::text::Locale::new(lang, None)),
        Err(_) => Smart::Auto,
    };
}

/// Ages Typst's cache when a document is done, whether it succeeded or not: else each document stays in memory.
struct Eviction;

impl Drop for Eviction {
    fn drop(&mut self) {
        // The cache is that of the process: what one thread uses grows older with each document of the others.
        comemo::evict(MEMORY * cores::count());
    }
}

/// Writes the calls that put files into the document.
fn attach(attachments: &[Attachment], text: &mut String) {
    for Attachment { name, media_type, description, .. } in attachments {
        // Debug's escapes are those of Typst for what these texts hold: names and phrases of this program.
        let _ = writeln!(
            text,
            "\n#pdf.attach({name:?}, mime-type: {media_type:?}, description: {description:?}, relationship: \"data\")"
        );
    }
}

fn export(pages: &PagedDocument, meta: &Meta, attachments: &[Attachment]) -> SourceResult<Vec<u8>> {
    let archive = if attachments.is_empty() { PdfStandard::A_2a } else { PdfStandard::A_3a };
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, archive]).expect("both standards are based on PDF 1.7");
    let timestamp = datetime(meta.date).map(Timestamp::new_utc);
    let options =
        PdfOptions { creator: Smart::Custom(Some(CREATOR.to_owned())), timestamp, standards, ..PdfOptions::default() };
    typst_pdf::pdf(pages, &options)
}

fn datetime(date: Date) -> Option<Datetime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd_hms(date.year().into(), month, day, 0, 0, 0)
}

/// Takes what Typst said out of Typst. A fault inside the built-in look, on which one of the publication's own builds,
/// is told at the call that led there.
fn said(one: &SourceDiagnostic, desk: &Desk<'_>) -> Said {
    let spans = std::iter::once(one.span).chain(one.trace.iter().map(|trace| trace.span.into()));
    let mut places = spans.filter_map(|span| {
        let (id, range) = (span.id()?, desk.range(span)?);
        if world::is_theme(id) {
            return Some(Place::Look(range));
        }
        if !world::is_main(id) {
            return None;
        }
        let source = typst::World::source(desk, id).ok()?;
        let line = source.lines().byte_to_line(range.start)?;
        let text = source.lines().line_to_range(line).and_then(|range| source.text().get(range)).unwrap_or_default();
        Some(Place::Text(line + 1, text.to_owned()))
    });
    Said {
        warning: one.severity == Severity::Warning,
        place: places.next().unwrap_or(Place::Nowhere),
        message: one.message.to_string(),
        hints: one.hints.iter().map(|hint| hint.v.to_string()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::Engine;
    use crate::typeset::Typesetter;

    fn meta() -> Meta {
        Meta {
            title: "Title".into(),
            author: None,
            keywords: Vec::new(),
            description: None,
            date: Date::constant(2024, 6, 21),
            lang: "en",
        }
    }

    fn set(body: &str) -> Result<Vec<u8>, String> {
        with(&Typst::new(None), &format!("#set text(font: (\"Source Sans 3\", \"Noto Sans Arabic\"))\n{body}"))
    }

    fn with(typst: &Typst, text: &str) -> Result<Vec<u8>, String> {
        let Proof { pdf, said } = typst.set(text, &meta(), &[]);
        match pdf {
            Some(pdf) if said.is_empty() => Ok(pdf.bytes),
            _ => Err(said.iter().map(Said::line).collect::<Vec<_>>().join("\n")),
        }
    }

    fn said(body: &str) -> String {
        set(body).expect_err("a refusal")
    }

    #[test]
    fn same_text_same_bytes() {
        let first = set("= One").expect("a document");
        assert_eq!(first, set("= One").expect("a document"));
        assert_ne!(first, set("= Two").expect("a document"));
    }

    #[test]
    fn a_refusal_tells_all_that_typst_said_and_where() {
        assert_eq!(said("#panic(\"no\")"), "main.typ:2: panicked with: no");
        assert!(said("= One\n=== Three").contains("main.typ:3: "), "{}", said("= One\n=== Three"));
    }

    #[test]
    fn a_warning_is_a_refusal() {
        assert_eq!(said("#set text(font: \"Nowhere\")\nx"), "main.typ:2: unknown font family: nowhere");
        let restless =
            "#context { let n = counter(\"n\").final().first(); for _ in range(n + 1) { counter(\"n\").step() } }";
        assert!(said(restless).contains("did not converge"), "{}", said(restless));
    }

    #[test]
    fn nothing_but_the_document_and_its_theme_can_be_read() {
        for body in
            ["#read(\"/etc/passwd\")", "#include \"other.typ\"", "#import \"@preview/cetz:0.4.0\"", "#datetime.today()"]
        {
            assert!(set(body).is_err(), "{body}");
        }
    }

    #[test]
    fn a_missing_glyph_is_foreseen_and_refused() {
        let typesetter = Typesetter::new(None, None);
        for c in
            "aßŽőąșţΩЖعپ،؟ـ٣“„«–—·•€№→\u{A0}\u{2009}\u{202F}\u{AD}\u{200B}\u{200D}\u{200F}\u{2060}\u{202E}\u{2066}\u{FE0F}\t "
                .chars()
        {
            assert!(typesetter.covers(Engine::Typst, c), "{c:?}");
            assert!(set(&format!("a#\"{c}\"b *#\"{c}\"* _#\"{c}\"_")).is_ok(), "{c:?}");
        }
        for c in "中😀\u{E000}ע".chars() {
            assert!(!typesetter.covers(Engine::Typst, c), "{c:?}");
            assert!(set(&c.to_string()).is_err(), "{c:?}");
        }
    }

    #[test]
    fn a_theme_of_ones_own_takes_the_place_of_the_look() {
        let own = Typst::new(Some("#let greet(name) = [Hello #name]".into()));
        let typ = "#import \"theme.typ\": *\n#set text(font: \"Source Sans 3\")\n#greet(\"you\")";
        assert!(with(&own, typ).is_ok());
        assert_eq!(with(&Typst::new(None), typ), Err("main.typ:3: unknown variable: greet".into()));
        let builds_on = Typst::new(Some("#import \"built-in.typ\": *\n#let greet(name) = paragraph(name)".into()));
        assert!(with(&builds_on, typ).is_ok());
    }
}
