//! Each folder of `tests/editions` is a publication with the files that must come of it.
//!
//! HTML, text, message and calendar are compared as they are, PDFs as the Typst text and as what `pdftotext`
//! and `pdfinfo` read in the PDF. A `case.toml` may name another `data` folder, a `lang`, a `today` and the kinds that are
//! made (`only`), and what the flags of print say.

use std::path::Path;

use bulletin::artifact::{Body, Engine, Kind};
use bulletin::locale::{Lang, Locale};
use bulletin::model::print::Paper;
use bulletin::pipeline::{self, Job, OnPaper};
use bulletin::render;
use bulletin::source::Folder;
use bulletin::theme::{self, Theme};

use crate::support::{cases, name, root, tool};

#[derive(serde::Deserialize, Default)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    data: Option<String>,
    lang: Option<String>,
    today: Option<String>,
    #[serde(default)]
    only: Vec<String>,
    paper: Option<String>,
    #[serde(default)]
    greyscale: bool,
    #[serde(default)]
    large_print: bool,
}

pub fn job(case: &Path) -> Job {
    let text = std::fs::read_to_string(case.join("case.toml")).unwrap_or_default();
    let Case { data, lang, today, only, paper, greyscale, large_print } = toml::from_str(&text).expect("case.toml");
    let folder = data.map_or_else(|| case.to_owned(), |data| case.join(data));
    let mut kinds = Kind::ALL.to_vec();
    kinds.retain(|kind| Engine::default() == Engine::Typst || !Kind::ONE_EACH.contains(kind));
    Job {
        lang: lang.and_then(|tag| Lang::from_tag(&tag)),
        today: today.map(|day| day.parse().expect("a day")),
        paper: OnPaper {
            paper: Paper::ALL.into_iter().find(|(word, _)| paper.as_deref() == Some(word)).map(|(_, paper)| paper),
            greyscale,
            large_print,
        },
        only: kinds.into_iter().filter(|kind| only.iter().any(|word| word == kind.as_str())).collect(),
        ..Job::new(Folder::Disk(folder))
    }
}

fn compare(case: &Path, file: &str, actual: String) {
    let path = case.join("expected").join(file);
    std::fs::create_dir_all(case.join("expected")).expect("a folder");
    snapbox::assert_data_eq!(actual, snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text)).raw());
}

/// Not in a language or on a paper of genpdf, which says so.
const REFUSED: [&str; 4] = ["arabic", "handout-ar", "handout-a5", "handout-large"];

#[test]
fn editions_come_out_as_expected() {
    for case in cases("editions") {
        let job = job(&case);
        if job.engine == Engine::Genpdf && REFUSED.contains(&name(&case)) {
            continue;
        }
        let built = pipeline::build(&job, &|_, _| {}).expect("the case can be read");
        let artifacts =
            built.artifacts.unwrap_or_else(|| panic!("{}: {:#?}", name(&case), built.checked.report.diagnostics()));
        let again = pipeline::build(&job, &|_, _| {}).expect("the case can be read");
        assert_eq!(Some(&artifacts), again.artifacts.as_ref(), "{}: same input, same bytes", name(&case));

        let mut files: Vec<String> = Vec::new();
        let mut check = |file: String, text: String| {
            compare(&case, &file, text);
            files.push(file);
        };
        for artifact in &artifacts {
            // A picture goes out with the pixels that it came in with.
            if artifact.name.starts_with("picture-") {
                let files = std::fs::read_dir(&case).expect("a folder").map(|file| file.expect("a file").path());
                let shown = image::load_from_memory(&artifact.bytes).expect("a picture");
                let mut same = files.filter(|path| image::open(path).is_ok_and(|image| image == shown));
                assert!(same.next().is_some(), "{}", artifact.name);
                continue;
            }
            // The expected PDFs are those of Typst; `engines.rs` holds the others against them.
            let of_pdf = artifact.name.ends_with(".pdf") || artifact.kind == Kind::Facts;
            if of_pdf && job.engine == Engine::Genpdf {
                continue;
            }
            if !artifact.name.ends_with(".pdf") {
                let text = String::from_utf8(artifact.bytes.clone()).expect("UTF-8");
                // The list of facts names the files of the data, and each has the project somewhere else.
                let text = text.replace(&format!("{}/", root().display()), "");
                check(artifact.name.clone(), text);
                continue;
            }
            let temp = tempfile::tempdir().expect("a folder");
            let pdf = temp.path().join("summary.pdf");
            std::fs::write(&pdf, &artifact.bytes).expect("written");
            let pdf = pdf.to_str().expect("a Unicode path");
            let about: String = tool("pdfinfo", &[pdf])
                .lines()
                .filter(|line| !line.starts_with("File size") && !line.starts_with("Producer"))
                .map(|line| format!("{line}\n"))
                .collect();
            let text = tool("pdftotext", &["-enc", "UTF-8", pdf, "-"]);
            check(format!("{}.txt", artifact.name), format!("{about}\n{text}"));
        }
        let edition = built.checked.edition.as_ref().expect("an edition");
        let (locale, theme) = (Locale::new(edition.lang), Theme::named(theme::DEFAULT).expect("the theme"));
        let summaries = artifacts.iter().any(|artifact| artifact.kind == Kind::Summary);
        for session in edition.summaries().filter(|_| summaries) {
            let typ = render::summary::summary(edition, session, &locale, &theme);
            check(format!("summary-{}.typ", bulletin::model::value::slug(session.id.as_str())), typ);
        }
        let own = Locale::new(edition.print.lang.unwrap_or(edition.lang));
        for kind in Kind::PAPER.into_iter().filter(|kind| artifacts.iter().any(|artifact| artifact.kind == *kind)) {
            let (name, sheets) = render::sheets(kind, Engine::Typst, edition, &own, &theme);
            let Some((Body::Typst(typ), _)) = sheets else { panic!("{name} came out") };
            check(name.replace(".pdf", ".typ"), typ);
        }
        for entry in std::fs::read_dir(case.join("expected")).expect("expected files") {
            let file = entry.expect("an entry").file_name().into_string().expect("Unicode");
            let of_typst = file.ends_with(".pdf.txt")
                || file == "facts.json"
                || Kind::ONE_EACH.iter().any(|kind| file.strip_suffix(".typ") == Some(kind.as_str()));
            let other_engine = job.engine == Engine::Genpdf && of_typst;
            assert!(other_engine || files.contains(&file), "{}: expected/{file} did not come out", name(&case));
        }
    }
}
