//! Any bytes as an iCalendar file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bulletin_fuzz::file("data.ics", bytes));
