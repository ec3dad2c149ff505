#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::parsers::retry_after(input));
