//! Any bytes as `bulletin.toml`, beside a table that is in order.
#![no_main]

use bulletin::source::Folder;

const CALLS: &str = "id,title,deadline,summary\na,Seed fund,2026-10-01,For *small* firms\n";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let files = [("bulletin.toml", bytes), ("calls.csv", CALLS.as_bytes())];
    let files = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    bulletin_fuzz::checked(Folder::Memory(files.into()));
});
