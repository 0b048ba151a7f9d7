//! Any bytes as XML: a feed, a schedule, anything.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bulletin_fuzz::file("data.xml", bytes));
