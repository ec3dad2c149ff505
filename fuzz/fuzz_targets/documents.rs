#![no_main]

use fuzz::check;
use fuzz::choices::Choices;
use fuzz::seeds::Seeds;
use std::path::Path;
use std::sync::LazyLock;

static SEEDS: LazyLock<Seeds> = LazyLock::new(|| {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    Seeds::new(root, None)
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let document = SEEDS.mutated(&mut Choices::from_bytes(input));
    check::document(&document, "fuzzed");
});
