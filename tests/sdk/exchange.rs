//! Bodies and responses over real sockets. A program on the crate of `exchange/openapi.yaml` sends the requests of
//! the tables in `exchange/` and compares bytes.

use support::Workshop;

#[test]
fn bodies_and_answers_are_what_the_table_says() {
    let mut workshop = Workshop::new("exchange");
    workshop.generate("", "tests/sdk/exchange/openapi.yaml", "exchange");
    let files = [
        ("Cargo.toml", include_str!("exchange/program.toml")),
        ("src/main.rs", include_str!("exchange/program.rs")),
        ("src/server.rs", include_str!("exchange/server.rs")),
        ("src/bodies.rs", include_str!("exchange/bodies.rs")),
        ("src/answers.rs", include_str!("exchange/answers.rs")),
        ("src/codings.rs", include_str!("exchange/codings.rs")),
        ("src/events.rs", include_str!("exchange/events.rs")),
        ("src/failures.rs", include_str!("exchange/failures.rs")),
        ("src/no_codings.rs", include_str!("exchange/no_codings.rs")),
        ("src/slow.rs", include_str!("exchange/slow.rs")),
        ("src/streams.rs", include_str!("exchange/streams.rs")),
    ];
    workshop.add_program("exchange-cases", &files);
    workshop.finish();
    support::say(workshop.run("exchange-cases", &[]).trim_end());
    let plain = ["--no-default-features"];
    support::say(workshop.run_with(&plain, "exchange-cases", &[]).trim_end());
}
