#![no_main]

use fuzz::choices::Choices;
use fuzz::{check, graphs};

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let document = graphs::document(&mut Choices::from_bytes(input));
    check::document(&document, "fuzzed");
});
