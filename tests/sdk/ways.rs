//! Further APIs of a generated crate: a program on the crate of `ways/openapi.yaml` uses them over real sockets.

use support::Workshop;

const CONFIG: &str = "mock: true
wait:
  getJob: {name: wait_until}
  getParcel: {name: wait_until_there, until: {property: status, values: [there]}}
  getState: {name: wait_until_over, until: {property: work.kind, values: [done, failed]}}
";

#[test]
fn each_way_to_use_a_client_works() {
    let mut workshop = Workshop::new("ways");
    workshop.generate(CONFIG, "tests/sdk/ways/openapi.yaml", "ways");
    let files = [
        ("Cargo.toml", include_str!("ways/program.toml")),
        ("src/main.rs", include_str!("ways/program.rs")),
        ("src/records.rs", include_str!("ways/records.rs")),
        ("src/server.rs", include_str!("exchange/server.rs")),
        ("src/traces.rs", include_str!("ways/traces.rs")),
        ("src/waiters.rs", include_str!("ways/waiters.rs")),
        ("src/waits.rs", include_str!("ways/waits.rs")),
    ];
    workshop.add_program("ways-cases", &files);
    workshop.finish();
    workshop.assert_clean(&["ways"]);
    let examples = workshop.doctest_with(&["--all-features"], &["ways"]);
    assert!(examples.is_ok(), "{}", examples.unwrap_err());
    support::say(workshop.run("ways-cases", &[]).trim_end());
}
