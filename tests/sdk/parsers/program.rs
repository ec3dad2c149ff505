//! Random inputs composed of the tokens of each parser, for the checks of the fuzz targets.

mod checks;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// Returns a strategy that mixes these pieces, in any order, with random bytes.
fn made_of(pieces: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        9 => proptest::sample::select(pieces).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 1..4),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const STREAM: &[&[u8]] = &[
    b"data", b"data: ", b"event: ", b"id: ", b"id", b"retry: ", b":", b" ", b"a", b"12", b"\0",
    b"\n", b"\n", b"\r", b"\r\n", b"\n\n", b"\r\r", b"\xef\xbb\xbf", b"\xef", b"\xff",
    b"data: [DONE]\n\n", b"\xe2\x82\xac",
];

const DELAY: &[&[u8]] = &[
    b"0", b"7", b"120", b"99999999999999999999", b" ", b"-", b"+", b".", b"Sun", b", ", b"06",
    b" Nov ", b"1994", b"08:49:37", b" GMT", b"Sun, 06 Nov 1994 08:49:37 GMT", b"Sunday, 06-Nov-94",
    b"\t", b"soon",
];

const LINK: &[&[u8]] = &[
    b"<", b">", b"</list?page=2>", b"<?page=2>", b"<https://api.example.com/list?p=2>",
    b"<https://else.where/list>", b"<//else.where>", b"; ", b";", b"rel", b"=", b"\"next\"", b"next", b"NEXT",
    b"\"prev next\"", b"; rel=\"next\"", b"; rel=prev", b", ", b",", b"\\", b"\"", b"title*=UTF-8''a", b"\t",
    b"\xff", b"; anchor=\"#a\"",
];

const HOOK: &[&[u8]] = &[
    b"t=", b"1700000000", b"1700000060", b"v1=", b"v0=", b",", b", ", b"=", b"a0", b"FF", b"g", b"+",
    b"\n", b"{\"type\":", b"\"paid\"", b",\"total\":1", b"}", b"\xff",
];

fn run(pieces: &'static [&'static [u8]], check: fn(&[u8])) {
    let config = Config {
        cases: 2000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..Config::default()
    };
    let cases = (proptest::collection::vec(0..20_u8, 0..16), made_of(pieces));
    let outcome = TestRunner::new(config).run(&cases, |(lengths, input)| {
        check(&input);
        // The check of streams takes the lengths of the chunks from its input.
        let count = [lengths.len() as u8];
        check(&[&count[..], &lengths, &input].concat());
        Ok(())
    });
    outcome.unwrap_or_else(|why| panic!("{why}"));
}

fn main() {
    run(STREAM, checks::events);
    run(DELAY, checks::retry_after);
    run(LINK, checks::links);
    run(HOOK, checks::webhooks);
    println!("16000 inputs are read as they have to be");
}
