//! How long PDFs take: the sample's summary cold and warm and by the plain engine, many variants of one document, many
//! pages.
//!
//! `cargo bench --bench pdf`. Cold means that Typst remembers nothing; fonts are read before.

use std::fmt::Write as _;
use std::path::Path;

use bulletin::artifact::{Body, Kind, Manuscript};
use bulletin::diagnostic::Report;
use bulletin::impose::{Imposition, impose};
use bulletin::locale::{Direction, Locale};
use bulletin::model::Edition;
use bulletin::pipeline::{self, Job};
use bulletin::render;
use bulletin::source::Folder;
use bulletin::theme::{DEFAULT, Theme};
use bulletin::typeset::Typesetter;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// How many variants of one document are made.
const VARIANTS: usize = 500;

fn edition() -> Edition {
    let folder = Folder::Disk(Path::new(env!("CARGO_MANIFEST_DIR")).join("data"));
    pipeline::check(&Job::new(folder)).expect("the sample can be read").edition.expect("an edition")
}

/// Gives the summary of the sample's session, with a line more at its end.
fn summary(edition: &Edition, line: &str) -> Manuscript {
    let (locale, theme) = (Locale::new(edition.lang), Theme::named(DEFAULT).expect("a theme"));
    let session = edition.summaries().next().expect("a session");
    let mut typ = render::summary::summary(edition, session, &locale, &theme);
    let _ = writeln!(typ, "#paragraph(\"{line}\")");
    let meta = render::summary::meta(edition, session, &locale);
    Manuscript { name: "a.pdf".into(), kind: Kind::Summary, meta, body: Body::Typst(typ), attachments: Vec::new() }
}

fn set(typesetter: &Typesetter, manuscript: &Manuscript) -> Vec<u8> {
    let pdf = typesetter.pdf(black_box(manuscript), false, &mut Report::default());
    pdf.expect("a document that can be set").expect("a PDF").bytes
}

#[divan::bench]
fn summary_cold(bencher: Bencher<'_, '_>) {
    let (manuscript, typesetter) = (summary(&edition(), "One"), Typesetter::new(None, None));
    set(&typesetter, &manuscript);
    bencher.with_inputs(|| typst::comemo::evict(0)).bench_values(|()| set(&typesetter, &manuscript));
}

#[divan::bench]
fn summary_warm_one_line_differs(bencher: Bencher<'_, '_>) {
    let (edition, typesetter) = (edition(), Typesetter::new(None, None));
    let mut n = 0;
    bencher
        .with_inputs(|| {
            n += 1;
            summary(&edition, &format!("Printed for reader {n}"))
        })
        .bench_local_refs(|manuscript| set(&typesetter, manuscript));
}

#[divan::bench]
fn summary_by_genpdf(bencher: Bencher<'_, '_>) {
    let (edition, typesetter) = (edition(), Typesetter::new(None, None));
    let (locale, theme) = (Locale::new(edition.lang), Theme::named(DEFAULT).expect("a theme"));
    let session = edition.summaries().next().expect("a session");
    let body = Body::Plain(render::summary::blocks(&edition, session, &locale, &theme));
    let manuscript = Manuscript { body, ..summary(&edition, "") };
    bencher.bench(|| set(&typesetter, &manuscript));
}

fn variants() -> Vec<Manuscript> {
    let edition = edition();
    (0..VARIANTS).map(|n| summary(&edition, &format!("Printed for reader {n}"))).collect()
}

/// As a build does it: side by side, with one cache.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn variants_together(bencher: Bencher<'_, '_>) {
    let (manuscripts, typesetter) = (variants(), Typesetter::new(None, None));
    bencher.bench(|| typesetter.pdfs(&manuscripts, false, &mut Report::default(), &|| ()).expect("all of them"));
}

/// One after the other, each as if it were the first.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn variants_without_a_shared_cache(bencher: Bencher<'_, '_>) {
    let (manuscripts, typesetter) = (variants(), Typesetter::new(None, None));
    bencher.bench(|| {
        for manuscript in &manuscripts {
            typst::comemo::evict(0);
            black_box(set(&typesetter, manuscript));
        }
    });
}

/// A document of so many pages, nothing remembered.
#[divan::bench(args = [10, 100, 1000], sample_count = 5, sample_size = 1)]
fn pages(bencher: Bencher<'_, '_>, pages: usize) {
    let mut manuscript = summary(&edition(), "The end");
    let Body::Typst(typ) = &mut manuscript.body else { unreachable!("made above") };
    for n in 1..=pages {
        let _ = writeln!(typ, "#pagebreak()");
        for line in 1..=12 {
            let _ = writeln!(
                typ,
                "#paragraph(\"Page {n}, paragraph {line}: a sentence that fills a line and more, so \
                that there is something to break, and then another one that fills the next.\")"
            );
        }
    }
    let typesetter = Typesetter::new(None, None);
    bencher.with_inputs(|| typst::comemo::evict(0)).bench_values(|()| set(&typesetter, &manuscript));
}

#[divan::bench]
fn booklet_of_the_summary(bencher: Bencher<'_, '_>) {
    let manuscript = summary(&edition(), "One");
    let pdf = set(&Typesetter::new(None, None), &manuscript);
    let booklet = Imposition::Booklet { on_a4: false, creep: 0.1 };
    bencher.bench(|| impose(pdf.clone(), booklet, Direction::Ltr, &manuscript.meta).expect("a booklet"));
}
