//! `bulletin build`: proof-read, then write the files.

use std::path::PathBuf;
use std::thread;
#[cfg(feature = "typst")]
use std::time::Duration;

use bulletin::artifact::{Engine, Kind};
use bulletin::deliver;
use bulletin::impose::Imposition;
use bulletin::model::print::Paper;
use bulletin::pipeline::{self, Job, OnPaper};
use bulletin::typeset::Typesetter;

use super::terminal::Terminal;
#[cfg(feature = "typst")]
use super::typeset;
use super::{Outcome, Ran, Reading, findings};

/// Proof-read a publication, then write its files; their paths go to stdout
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: bulletin build news --output out --only newsletter,calendar --lang de\n\n\
    All files are written or none: after an error the former ones are still there")]
pub struct Build {
    #[command(flatten)]
    reading: Reading,
    /// Write the files here
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Make PDFs with this engine: typst, or genpdf in plain form (summaries and the handout)
    #[arg(long, value_name = "ENGINE", value_parser = engine, default_value = Engine::default().as_str())]
    engine: Engine,
    /// Put the edition's data (JSON) and `calendar.ics` into each PDF, which is then PDF/A-3a
    #[arg(long)]
    attach: bool,
    /// Lay each PDF out as a booklet as well: sheets of twice its size, or A4 sheets with `--booklet=a4`
    #[arg(long, value_name = "SHEET", num_args = 0..=1, require_equals = true, default_missing_value = "double")]
    booklet: Option<Sheet>,
    /// Thickness of the paper in millimetres: by so much inner pages of a booklet stand nearer to the fold
    #[arg(long, value_name = "MM", value_parser = creep, default_value = "0.1")]
    creep: f64,
    /// Lay each PDF out with two or four pages on a side as well
    #[arg(long, value_name = "PAGES", value_parser = ["2", "4"])]
    n_up: Option<String>,
    /// Write each PDF for a print shop as well, with 3 mm of bleed and crop marks
    #[arg(long)]
    print_shop: bool,
    /// Stop a look of the publication's own when a document takes longer, in seconds
    #[cfg(feature = "typst")]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "30")]
    time_limit: Duration,
    /// Let a mail program open `newsletter.eml` as a draft, ready to be sent
    #[arg(long)]
    draft: bool,
    /// Print the handout on this paper: a4, a5 or letter
    #[arg(long, value_name = "PAPER", value_parser = paper)]
    paper: Option<Paper>,
    /// Print the handout without any colour
    #[arg(long)]
    greyscale: bool,
    /// Print the handout in 18 pt
    #[arg(long)]
    large_print: bool,
}

fn paper(word: &str) -> Result<Paper, String> {
    let found = Paper::ALL.iter().find(|(known, _)| *known == word).map(|(_, paper)| *paper);
    found.ok_or_else(|| format!("it is one of {}", Paper::ALL.map(|(known, _)| known).join(", ")))
}

impl Build {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let paper = OnPaper { paper: self.paper, greyscale: self.greyscale, large_print: self.large_print };
        let impositions = self.impositions();
        let (draft, engine, attach) = (self.draft, self.engine, self.attach);
        let job = Job { draft, engine, impositions, attach, paper, watch: terminal.watch(), ..self.reading.job() };
        #[cfg(feature = "typst")]
        let job = Job { worker: Some(typeset::worker(self.time_limit)?), ..job };
        let is_printed = |kind: &Kind| *kind == Kind::Summary || Kind::PAPER.contains(kind);
        if engine == Engine::Typst && (job.only.is_empty() || job.only.iter().any(is_printed)) {
            #[cfg(feature = "typst")]
            work_on_this_thread();
            thread::spawn(Typesetter::warm_up);
        }
        let built = pipeline::build(&job, &|done, total| terminal.progress(done, total))?;
        findings::tell(&built.checked, self.reading.message_format, false, terminal)?;
        let Some(artifacts) = built.artifacts else { return Ok(Outcome::Wrong) };
        let paths = deliver::folder::deliver(&artifacts, &built.absent, &self.output)?;
        terminal.result(&paths.iter().map(|path| format!("{}\n", path.display())).collect::<String>())?;
        Ok(Outcome::Fine)
    }
}

/// Makes this thread one of the pool that Typst works in: a helper less has to be woken, and the first thread of a process
/// gets its memory in larger pieces.
#[cfg(feature = "typst")]
fn work_on_this_thread() {
    // A pool that is there already does as well.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
}

/// What the sheets of a booklet are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Sheet {
    /// Twice as large as a page: A3 for A4, A4 for A5
    Double,
    /// A4, with pages made smaller
    A4,
}

impl Build {
    fn impositions(&self) -> Vec<Imposition> {
        let booklet = self.booklet.map(|sheet| Imposition::Booklet { on_a4: sheet == Sheet::A4, creep: self.creep });
        let many = self.n_up.as_deref().map(|count| if count == "2" { Imposition::TwoUp } else { Imposition::FourUp });
        let shop = self.print_shop.then_some(Imposition::PrintShop);
        [booklet, many, shop].into_iter().flatten().collect()
    }
}

fn creep(text: &str) -> Result<f64, String> {
    let millimetres = text.parse().ok().filter(|length| (0.0..=1.0).contains(length));
    millimetres.ok_or_else(|| "it is a length of 0 to 1 millimetres".into())
}

fn engine(word: &str) -> Result<Engine, String> {
    let all = [Engine::Typst, Engine::Genpdf];
    all.into_iter().find(|engine| engine.as_str() == word).ok_or_else(|| "it is typst or genpdf".into())
}

#[cfg(feature = "typst")]
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| *seconds > 0.0);
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "it is a number of seconds, as in 30 or 2.5".into())
}
