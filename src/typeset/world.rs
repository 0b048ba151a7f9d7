//! What Typst can see: two texts and five fonts.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The faces of the one family that is used.
const FACES: [&[u8]; 5] = [
    include_bytes!("../../templates/fonts/SourceSans3-Regular.otf"),
    include_bytes!("../../templates/fonts/SourceSans3-It.otf"),
    include_bytes!("../../templates/fonts/SourceSans3-Semibold.otf"),
    include_bytes!("../../templates/fonts/SourceSans3-Bold.otf"),
    include_bytes!("../../templates/fonts/SourceSans3-BoldIt.otf"),
];

/// Typst keeps every path that it ever saw until the process ends, 65 535 at most. So there are two, for all documents.
static MAIN: LazyLock<FileId> = LazyLock::new(|| file_id("main.typ"));
static THEME: LazyLock<FileId> = LazyLock::new(|| file_id("theme.typ"));

/// What all documents share; made once in a process.
static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FACES
        .into_iter()
        .map(|face| Font::new(Bytes::new(face), 0).expect("the fonts that come with the program are tested"))
        .collect();
    Shared { library: LazyHash::new(Library::default()), book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain file name is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// Parses the text of `theme.typ`.
pub(super) fn theme(text: String) -> Source {
    Source::new(*THEME, text)
}

/// Says whether every face has a glyph for a character.
pub(super) fn has_glyph(c: char) -> bool {
    SHARED.fonts.iter().all(|font| font.info().coverage.contains(c.into()))
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
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
