//! Files for the press: what stands on their sheets, and the boxes that say where they are cut.

use bulletin::artifact::{Artifact, Kind};
use bulletin::impose::Imposition;
use bulletin::pipeline::{self, Job};
use bulletin::source::Folder;

use crate::support::{cases, name, tool};

/// Points of a millimetre.
const MM: f64 = 72.0 / 25.4;

const BOOKLET: Imposition = Imposition::Booklet { on_a4: false, creep: 0.1 };

fn made(case: &str, impositions: &[Imposition]) -> Vec<Artifact> {
    let case = cases("editions").into_iter().find(|one| name(one) == case).expect("the case");
    let job = Job { only: vec![Kind::Summary], impositions: impositions.to_vec(), ..crate::editions::job(&case) };
    let artifacts = pipeline::build(&job, &|_, _| {}).expect("the case can be read").artifacts.expect("no errors");
    artifacts.into_iter().filter(|artifact| artifact.kind == Kind::Summary).collect()
}

/// Runs a tool on a file.
fn said(program: &str, options: &[&str], artifact: &Artifact) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sheets.pdf");
    std::fs::write(&path, &artifact.bytes).expect("written");
    let path = path.to_str().expect("a Unicode path");
    let out: &[&str] = if program == "pdftotext" { &[path, "-"] } else { &[path] };
    tool(program, &[options, out].concat())
}

/// Gives a box of a page in millimetres: left, bottom, right, top.
fn edges(about: &str, page: usize, name: &str) -> [f64; 4] {
    let start = format!("Page {page:>4} {name}:");
    let line = about.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{start} in\n{about}"));
    let numbers: Vec<f64> =
        line[start.len()..].split_whitespace().map(|number| number.parse::<f64>().expect("a number") / MM).collect();
    numbers.try_into().expect("four edges")
}

#[test]
fn the_file_for_the_screen_stays_as_it_is() {
    let plain = made("sample", &[]);
    let all = made("sample", &[BOOKLET, Imposition::TwoUp, Imposition::FourUp, Imposition::PrintShop]);
    assert_eq!(all[..plain.len()], plain[..]);
    let names: Vec<&str> = all.iter().map(|artifact| artifact.name.as_str()).collect();
    let of = |ending: &str| format!("summary-cluster-management-101{ending}");
    assert_eq!(names, [".pdf", ".booklet.pdf", ".2-up.pdf", ".4-up.pdf", ".print-shop.pdf"].map(of));
    for artifact in &all {
        said("qpdf", &["--check"], artifact);
    }
    assert_eq!(all, made("sample", &[BOOKLET, Imposition::TwoUp, Imposition::FourUp, Imposition::PrintShop]));
}

#[test]
fn a_booklet_has_its_pages_where_they_are_looked_for() {
    for (case, sheet) in [("sample", [842.0, 1190.0]), ("arabic", [842.0, 1190.0])] {
        let all = made(case, &[BOOKLET]);
        let about = said("pdfinfo", &["-box", "-f", "1", "-l", "99"], &all[1]);
        let [left, bottom, right, top] = edges(&about, 1, "MediaBox");
        let [height, width] = sheet.map(|edge: f64| edge / MM);
        assert!(left == 0.0 && bottom == 0.0 && (right - width).abs() < 1.0 && (top - height).abs() < 1.0, "{about}");
    }
    // Six pages on two sheets: the cover alone on the first side, then 2 and nothing, 6 and 3, 4 and 5.
    let all = made("sample", &[BOOKLET]);
    let halves = |side: &str, left: &str| {
        said("pdftotext", &["-raw", "-f", side, "-l", side, "-x", left, "-y", "0", "-W", "595", "-H", "842"], &all[1])
    };
    let number = |text: &str| {
        let number = text.split("Page ").nth(1).and_then(|rest| rest.split(' ').next()).map(str::to_owned);
        number.unwrap_or_else(|| if text.trim().is_empty() { "blank".into() } else { "cover".into() })
    };
    let sides: Vec<[String; 2]> =
        ["1", "2", "3", "4"].map(|side| ["0", "595"].map(|left| number(&halves(side, left)))).into();
    assert_eq!(sides, [["blank", "cover"], ["2", "blank"], ["6", "3"], ["4", "5"]]);
}

#[test]
fn a_print_shop_is_told_where_to_cut() {
    let all = made("sample", &[Imposition::PrintShop]);
    let about = said("pdfinfo", &["-box", "-f", "1", "-l", "99"], &all[1]);
    for page in 1..=6 {
        let close = |edges: [f64; 4], wanted: [f64; 4]| {
            let near = edges.iter().zip(wanted).all(|(edge, wanted)| (edge - wanted).abs() < 0.1);
            assert!(near, "page {page}: {edges:?}, not {wanted:?}");
        };
        close(edges(&about, page, "MediaBox"), [0.0, 0.0, 230.0, 317.0]);
        close(edges(&about, page, "TrimBox"), [10.0, 10.0, 220.0, 307.0]);
        close(edges(&about, page, "BleedBox"), [7.0, 7.0, 223.0, 310.0]);
    }
}

/// What goes to the edge goes over it, by as much as the shop wants and no more.
#[test]
fn the_cover_bleeds() {
    let all = made("sample", &[Imposition::PrintShop]);
    let folder = tempfile::tempdir().expect("a folder");
    let (pdf, picture) = (folder.path().join("a.pdf"), folder.path().join("a"));
    std::fs::write(&pdf, &all[1].bytes).expect("written");
    let path = |path: &std::path::Path| path.to_str().expect("a Unicode path").to_owned();
    // Ten pixels a millimetre.
    tool("pdftoppm", &["-r", "254", "-f", "1", "-l", "1", "-gray", "-singlefile", &path(&pdf), &path(&picture)]);
    let bytes = std::fs::read(picture.with_extension("pgm")).expect("a picture");
    let pixels = &bytes[bytes.len() - 2300 * 3170..];
    let dark = |x: usize, y: usize| pixels[y * 2300 + x] < 160;
    for (x, y) in [(75, 1000), (105, 1000), (2225, 1000), (1000, 75), (1000, 105)] {
        assert!(dark(x, y), "no colour at {x}, {y}");
    }
    for (x, y) in [(65, 1000), (2235, 1000), (1000, 65)] {
        assert!(!dark(x, y), "colour at {x}, {y}");
    }
    assert!((99..=101).any(|x| dark(x, 30)) && (99..=101).any(|y| dark(30, y)), "a mark at the corner");
}

fn handout(keys: &str, impositions: &[Imposition]) -> pipeline::Built {
    let toml = format!("[edition]\ntitle = \"Print\"\ndate = 2024-06-21\n\n[handout]\n{keys}\n");
    let files = [("bulletin.toml", toml.as_str()), ("sessions.csv", "id,title,date\na,A talk,2024-07-01\n")];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
    let only = vec![Kind::Handout, Kind::Signs];
    let job = Job { only, impositions: impositions.to_vec(), ..Job::new(Folder::Memory(files)) };
    pipeline::build(&job, &|_, _| {}).expect("the edition can be read")
}

#[test]
fn a_booklet_is_bound_where_its_own_language_begins() {
    for (lang, cover) in [("en", 1), ("ar", 0)] {
        let all = handout(&format!("lang = \"{lang}\""), &[BOOKLET]).artifacts.expect("no errors");
        let booklet = all.iter().find(|artifact| artifact.name == "handout.booklet.pdf").expect("a booklet");
        let has_words = ["0", "595"].map(|left| {
            let half = ["-f", "1", "-l", "1", "-x", left, "-y", "0", "-W", "595", "-H", "842"];
            said("pdftotext", &half, booklet).contains("Print")
        });
        assert_eq!(has_words, [cover == 0, cover == 1], "{lang}");
    }
}

/// A file for the press of a former build would be of another state than the PDF beside it.
#[test]
fn files_for_the_press_that_are_not_made_are_absent() {
    let of = |name: &str| ["booklet", "2-up", "4-up", "print-shop"].map(|kind| format!("{name}.{kind}.pdf"));
    // There is no room, so there is no sign.
    let none: Vec<String> = ["signs.pdf".to_owned()].into_iter().chain(of("handout")).chain(of("signs")).collect();
    assert_eq!(handout("", &[]).absent, none);
    let but_booklet: Vec<String> = none.into_iter().filter(|name| name != "handout.booklet.pdf").collect();
    assert_eq!(handout("", &[BOOKLET]).absent, but_booklet);
}
