//! Any files as a publication.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    bulletin_fuzz::checked(bulletin_fuzz::publication(text));
});
