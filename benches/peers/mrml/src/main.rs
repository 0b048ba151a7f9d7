//! `peer-mrml SOURCE.mjml OUT.html SECONDS`: the usual two calls, from source to HTML.

use std::env::args;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use mrml::prelude::render::RenderOptions;

fn main() -> Result<(), Box<dyn Error>> {
    let [source, out, seconds] = <[String; 3]>::try_from(args().skip(1).collect::<Vec<_>>())
        .map_err(|_| "three arguments are needed: SOURCE.mjml OUT.html SECONDS")?;
    let mjml = fs::read_to_string(source)?;
    let seconds: f64 = seconds.parse()?;
    let options = RenderOptions::default();
    let render = || -> Result<String, Box<dyn Error>> { Ok(mrml::parse(black_box(&mjml))?.element.render(&options)?) };
    fs::write(out, render()?)?;

    let warm = Instant::now() + Duration::from_secs_f64(seconds / 2.0);
    while Instant::now() < warm {
        render()?;
    }
    let mut taken = Vec::new();
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    while Instant::now() < end || taken.len() < 20 {
        let start = Instant::now();
        let html = render()?;
        taken.push(start.elapsed());
        drop(black_box(html));
    }
    taken.sort_unstable();
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let (fastest, median, calls) = (micros(taken[0]), micros(taken[taken.len() / 2]), taken.len());
    println!(r#"{{"fastest":{fastest},"median":{median},"calls":{calls}}}"#);
    Ok(())
}
