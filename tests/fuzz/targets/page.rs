//! Any bytes as a page of HTML with JSON-LD in it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bulletin_fuzz::file("data.html", bytes));
