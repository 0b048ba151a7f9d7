//! What Typst can see: a document and its look, what is attached to it, and the fonts of two scripts.

use std::sync::{LazyLock, OnceLock};

use ecow::eco_format;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::artifact::Attachment;

/// The faces: Latin, Greek and Cyrillic, then Arabic.
const FACES: [&[u8]; 7] = [
    include_bytes!("../../templates/fonts/SourceSans3-Regular.otf"),
    include_bytes!("../../templates/fonts/SourceSans3-It.otf"),
    include_bytes!("../../templates/fonts/SourceSans3-Semibold.otf"),
    include_bytes!("../../templates/fonts/SourceSans3-Bold.otf"),
    include_bytes!("../../templates/fonts/SourceSans3-BoldIt.otf"),
    include_bytes!("../../templates/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansArabic-Bold.ttf"),
];

/// So many of them are of the first family.
const LATIN: usize = 5;

/// A face is read when a document needs it: few need the second family.
static FONTS: [OnceLock<Font>; FACES.len()] = [const { OnceLock::new() }; FACES.len()];

/// Typst keeps every path that it ever saw until the process ends, 65 535 at most. So there are a few, for all documents.
static MAIN: LazyLock<FileId> = LazyLock::new(|| file_id("main.typ"));
static THEME: LazyLock<FileId> = LazyLock::new(|| file_id("theme.typ"));
static BUILT_IN: LazyLock<FileId> = LazyLock::new(|| file_id("built-in.typ"));

/// The look that comes with the program: one text in two files.
const BUILT_IN_TEXT: &str =
    concat!(include_str!("../../templates/theme.typ"), include_str!("../../templates/theme/print.typ"));

/// The look that comes with the program.
static LOOK_ITSELF: LazyLock<Source> = LazyLock::new(|| Source::new(*THEME, BUILT_IN_TEXT.to_owned()));

/// The same under the name by which one of the publication's own can build on it.
static LOOK: LazyLock<Source> = LazyLock::new(|| Source::new(*BUILT_IN, BUILT_IN_TEXT.to_owned()));

/// What all documents share; made once in a process.
static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let infos = FACES.iter().map(|face| FontInfo::new(face, 0).expect(TESTED));
    let book = FontBook::from_infos(infos);
    Shared { library: LazyHash::new(Library::default()), book: LazyHash::new(book) }
});

const TESTED: &str = "the fonts that come with the program are tested";

struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
}

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain file name is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn font(index: usize) -> Option<&'static Font> {
    let face = FACES.get(index)?;
    Some(FONTS.get(index)?.get_or_init(|| Font::new(Bytes::new(*face), 0).expect(TESTED)))
}

/// Reads what documents in the built-in look and in Latin letters share.
pub(super) fn warm_up() {
    LazyLock::force(&SHARED);
    LazyLock::force(&LOOK_ITSELF);
    for face in 0..LATIN {
        font(face);
    }
}

/// Parses the text of a `theme.typ`; without one, this is the built-in look.
pub(super) fn theme(text: Option<&str>) -> Source {
    text.map_or_else(|| LOOK_ITSELF.clone(), |text| Source::new(*THEME, text.to_owned()))
}

/// Says whether a file is the document.
pub(super) fn is_main(id: FileId) -> bool {
    id == *MAIN
}

/// Says whether a file is the look.
pub(super) fn is_theme(id: FileId) -> bool {
    id == *THEME
}

/// Says whether every face of a family has a glyph for a character.
pub(super) fn has_glyph(c: char) -> bool {
    let has = |at| SHARED.book.info(at).is_some_and(|info| info.coverage.contains(c.into()));
    (0..LATIN).all(has) || (LATIN..FACES.len()).all(has)
}

/// One document, the look that it imports, and what is attached to it.
pub(super) struct Desk<'a> {
    main: Source,
    theme: &'a Source,
    attachments: &'a [Attachment],
}

impl<'a> Desk<'a> {
    pub(super) fn new(text: String, theme: &'a Source, attachments: &'a [Attachment]) -> Self {
        Desk { main: Source::new(*MAIN, text), theme, attachments }
    }
}

/// Says why a file cannot be had.
fn refused(id: FileId) -> FileError {
    let why = match id.root() {
        VirtualRoot::Package(_) => "packages cannot be loaded here".into(),
        VirtualRoot::Project => eco_format!("the file `{}` cannot be read here", id.vpath().get_without_slash()),
    };
    FileError::Other(Some(why))
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id {
            id if id == *MAIN => Ok(self.main.clone()),
            id if id == *THEME => Ok(self.theme.clone()),
            id if id == *BUILT_IN => Ok(LOOK.clone()),
            other => Err(refused(other)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.vpath().get_without_slash();
        match self.attachments.iter().find(|file| file.name == name) {
            Some(file) => Ok(Bytes::from_string(file.text.clone())),
            None => Err(refused(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        font(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
