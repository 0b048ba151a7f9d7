//! The compositor: compiles a document, sets what is said about it, exports it.

use ecow::EcoVec;
use typst::WorldExt;
use typst::comemo;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Datetime, Smart};
use typst::syntax::Source;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::artifact::Meta;
use crate::error::Error;
use crate::model::Date;

use super::world::{self, Desk};

/// The look that comes with the program: one text in two files.
const LOOK: &str = concat!(include_str!("../../templates/theme.typ"), include_str!("../../templates/theme/print.typ"));

/// Written into the files as their maker.
const CREATOR: &str = concat!("bulletin ", env!("CARGO_PKG_VERSION"));

/// What Typst remembers longer than this many documents is forgotten: the theme stays, old pages go.
const MEMORY: usize = 2;

/// Sets documents in one look. Cheap to make; can be shared by threads.
#[derive(Debug)]
pub struct Typesetter {
    theme: Source,
}

impl Typesetter {
    /// Takes the text of a `theme.typ` to be used in place of the built-in look.
    pub fn new(look: Option<String>) -> Self {
        Typesetter { theme: world::theme(look.unwrap_or_else(|| LOOK.to_owned())) }
    }

    /// Sets the Typst text `typ` and gives the bytes of a PDF that conforms to PDF/UA-1 and PDF/A-2a. `document` names
    /// it in messages.
    ///
    /// # Errors
    /// [`Error::Typeset`] with everything that Typst said, warnings too: a layout that never comes to rest or a glyph
    /// that is missing would else go to print unseen.
    pub fn pdf(&self, document: &str, typ: &str, meta: &Meta) -> Result<Vec<u8>, Error> {
        let _eviction = Eviction;
        let desk = Desk::new(typ, &self.theme);
        let fail = |said: EcoVec<SourceDiagnostic>| Error::Typeset {
            document: document.to_owned(),
            message: said.iter().map(|one| message(one, &desk)).collect::<Vec<_>>().join("\n"),
        };
        let compiled = typst::compile::<PagedDocument>(&desk);
        let mut pages = compiled.output.map_err(fail)?;
        if !compiled.warnings.is_empty() {
            return Err(fail(compiled.warnings));
        }
        self.describe(&mut pages, meta);
        export(&pages, meta).map_err(fail)
    }

    /// Says whether a character can be printed: the fonts have a glyph for it, or it needs none.
    pub fn covers(&self, c: char) -> bool {
        // The Ogham space mark is a stroke, and so the one space that is drawn.
        (c.is_whitespace() && c != '\u{1680}') || needs_no_glyph(c) || world::has_glyph(c)
    }

    /// Sets title and the like after layout: in the document's own styles they would make every paragraph new to
    /// Typst's cache.
    fn describe(&self, pages: &mut PagedDocument, meta: &Meta) {
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
}

impl Default for Typesetter {
    /// Gives the built-in look.
    fn default() -> Self {
        Typesetter::new(None)
    }
}

/// Ages Typst's cache when a document is done, whether it succeeded or not: else each document stays in memory.
struct Eviction;

impl Drop for Eviction {
    fn drop(&mut self) {
        comemo::evict(MEMORY);
    }
}

fn export(pages: &PagedDocument, meta: &Meta) -> SourceResult<Vec<u8>> {
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("both standards are based on PDF 1.7");
    let timestamp = datetime(meta.date).map(Timestamp::new_utc);
    let options =
        PdfOptions { creator: Smart::Custom(Some(CREATOR.to_owned())), timestamp, standards, ..PdfOptions::default() };
    typst_pdf::pdf(pages, &options)
}

fn datetime(date: Date) -> Option<Datetime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd_hms(date.year().into(), month, day, 0, 0, 0)
}

/// Writes what Typst said in one line, with its place and hints.
fn message(said: &SourceDiagnostic, desk: &Desk<'_>) -> String {
    let mut message = String::new();
    if let (Some(id), Some(range)) = (said.span.id(), desk.range(said.span))
        && let Ok(source) = typst::World::source(desk, id)
        && let Some(line) = source.lines().byte_to_line(range.start)
    {
        message = format!("{}:{}: ", id.vpath().get_without_slash(), line + 1);
    }
    message.push_str(&said.message);
    for hint in &said.hints {
        message.push_str("; ");
        message.push_str(&hint.v);
    }
    message
}

/// Says whether a character is only ever an instruction to the compositor: joiners, direction marks, soft hyphens,
/// variation selectors (Unicode: `Default_Ignorable_Code_Point`, as far as text can hold it).
fn needs_no_glyph(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

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

    fn set(body: &str) -> Result<Vec<u8>, Error> {
        Typesetter::default().pdf(
            "test.pdf",
            &format!("#set text(font: (\"Source Sans 3\", \"Noto Sans Arabic\"))\n{body}"),
            &meta(),
        )
    }

    fn said(body: &str) -> String {
        match set(body) {
            Err(Error::Typeset { message, .. }) => message,
            other => panic!("expected a refusal, got {other:?}"),
        }
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
        let typesetter = Typesetter::default();
        for c in
            "aßŽőąșţΩЖعپ،؟ـ٣“„«–—·•€№→\u{A0}\u{2009}\u{202F}\u{AD}\u{200B}\u{200D}\u{200F}\u{2060}\u{202E}\u{2066}\u{FE0F}\t "
                .chars()
        {
            assert!(typesetter.covers(c), "{c:?}");
            assert!(set(&format!("a#\"{c}\"b *#\"{c}\"* _#\"{c}\"_")).is_ok(), "{c:?}");
        }
        for c in "中😀\u{E000}ע".chars() {
            assert!(!typesetter.covers(c), "{c:?}");
            assert!(set(&c.to_string()).is_err(), "{c:?}");
        }
    }

    #[test]
    fn a_theme_of_ones_own_takes_the_place_of_the_look() {
        let own = Typesetter::new(Some("#let greet(name) = [Hello #name]".into()));
        let typ = "#import \"theme.typ\": *\n#set text(font: \"Source Sans 3\")\n#greet(\"you\")";
        assert!(own.pdf("test.pdf", typ, &meta()).is_ok());
        assert!(Typesetter::default().pdf("test.pdf", typ, &meta()).is_err());
    }
}
