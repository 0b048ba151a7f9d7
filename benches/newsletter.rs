//! How long the mail takes: sixty items as HTML and text, as a message, as a calendar.

use bulletin::{diagnostic, locale, model, prose, source};
use criterion::{Criterion, criterion_group, criterion_main};

use bulletin::locale::Locale;
use bulletin::pack::calendar::calendar;
use bulletin::pack::message::{Parts, message};
use bulletin::render::newsletter::Newsletter;
use bulletin::theme::{DEFAULT, Theme};

// The fixtures say `crate::model` and so on: here that is what is imported above.
#[allow(dead_code)]
#[path = "../src/render/newsletter/fixture.rs"]
mod fixture;

fn bench(criterion: &mut Criterion) {
    let edition = fixture::sixty();
    let locale = Locale::new(edition.lang);
    let theme = Theme::named(DEFAULT).expect("a theme that comes with the program");
    let newsletter = Newsletter::new(&edition, &locale, &theme);
    let (html, text) = (newsletter.html(), newsletter.text());
    let parts = Parts { subject: newsletter.subject(), html: &html, text: &text, calendar: None };

    let mut group = criterion.benchmark_group("60 items");
    group.bench_function("views", |b| b.iter(|| Newsletter::new(&edition, &locale, &theme)));
    group.bench_function("html", |b| b.iter(|| newsletter.html()));
    group.bench_function("text", |b| b.iter(|| newsletter.text()));
    group.bench_function("all of it", |b| {
        b.iter(|| {
            let newsletter = Newsletter::new(&edition, &locale, &theme);
            (newsletter.html(), newsletter.text())
        });
    });
    group.bench_function("message", |b| b.iter(|| message(&edition, parts)));
    group.bench_function("calendar", |b| b.iter(|| calendar(&edition, &locale)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
