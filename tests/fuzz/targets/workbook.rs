//! Any bytes as a workbook.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bulletin_fuzz::file("data.xlsx", bytes));
