//! What Typst can see: two texts and the fonts of two scripts.

use std::sync::{LazyLock, OnceLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

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

/// Typst keeps every path that it ever saw until the process ends, 65 535 at most. So there are two, for all documents.
static MAIN: LazyLock<FileId> = LazyLock::new(|| file_id("main.typ"));
static THEME: LazyLock<FileId> = LazyLock::new(|| file_id("theme.typ"));

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

/// Parses the text of `theme.typ`.
pub(super) fn theme(text: String) -> Source {
    Source::new(*THEME, text)
}

/// Says whether every face of a family has a glyph for a character.
pub(super) fn has_glyph(c: char) -> bool {
    let has = |at| SHARED.book.info(at).is_some_and(|info| info.coverage.contains(c.into()));
    (0..LATIN).all(has) || (LATIN..FACES.len()).all(has)
}

/// One document and the theme that it imports.
pub(super) struct Desk<'a> {
    main: Source,
    theme: &'a Source,
}

impl<'a> Desk<'a> {
    pub(super) fn new(text: &str, theme: &'a Source) -> Self {
        Desk { main: Source::new(*MAIN, text.to_owned()), theme }
    }
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
            other => Err(FileError::NotFound(other.vpath().get_without_slash().into())),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.source(id).map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        let face = FACES.get(index)?;
        let font = FONTS.get(index)?.get_or_init(|| Font::new(Bytes::new(*face), 0).expect(TESTED));
        Some(font.clone())
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
