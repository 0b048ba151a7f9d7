//! Whether memory stays flat: 10,000 small documents, each another, through one typesetter.
//!
//! `cargo bench --bench endurance`; prints the resident memory after each thousand (Linux), and documents a second.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench looks at the clock and tells")]

use std::time::Instant;

use bulletin::artifact::{Body, Kind, Manuscript, Meta};
use bulletin::diagnostic::Report;
use bulletin::model::Date;
use bulletin::typeset::Typesetter;

/// Documents between two lines of the output.
const BATCH: usize = 1000;

fn document(n: usize) -> Manuscript {
    let text = format!(
        "#import \"theme.typ\": *\n#let colours = palette(ink: \"#000000\", muted: \"#555555\", accent: \"#004080\", \
         accent-soft: \"#eeeeff\", on-accent: \"#ffffff\", signal: \"#a00000\", signal-soft: \"#ffeeee\", \
         rule: \"#cccccc\")\n#show: publication.with(colours, lang: \"en\", title: \"Document {n}\")\n\
         #section(colours, title: \"Document {n}\", paragraph(\"The text of document {n}.\"))\n"
    );
    Manuscript {
        name: format!("{n}.pdf"),
        kind: Kind::Summary,
        meta: Meta {
            title: format!("Document {n}"),
            author: None,
            keywords: Vec::new(),
            description: None,
            date: Date::constant(2026, 10, 5),
            lang: "en",
        },
        body: Body::Typst(text),
        attachments: Vec::new(),
    }
}

/// Gives the resident memory of this process in MiB (proc(5)); nothing on other systems.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<usize>().ok()? / 1024)
}

fn main() {
    let documents = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(10 * BATCH);
    let typesetter = Typesetter::new(None, None);
    for start in (0..documents).step_by(BATCH) {
        let began = Instant::now();
        let batch: Vec<Manuscript> = (start..start + BATCH).map(document).collect();
        let pdfs = typesetter.pdfs(&batch, false, &mut Report::default(), &|| ()).expect("documents that can be set");
        assert_eq!(pdfs.iter().flatten().count(), BATCH);
        let speed = BATCH as f64 / began.elapsed().as_secs_f64();
        let memory = resident().map_or("unknown".to_owned(), |mib| format!("{mib} MiB"));
        println!("{:>6} documents: {memory}, {speed:.0} a second", start + BATCH);
    }
}
