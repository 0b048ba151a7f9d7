//! Any files as a publication, as far as mail and calendar, which are proved.
#![no_main]

use bulletin::artifact::Kind;
use bulletin::pipeline::{Job, build};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let kinds = vec![Kind::Newsletter, Kind::Calendar];
    let job = Job { only: kinds, ..Job::new(bulletin_fuzz::publication(text)) };
    if let Ok(built) = build(&job, &|_, _| {}) {
        bulletin_fuzz::told_in_place(&built.checked.sources, &built.checked.report);
        let lost = built.checked.report.diagnostics().iter().find(|d| d.code.as_str() == "missing-fact");
        assert!(lost.is_none(), "{lost:?}");
    }
});
