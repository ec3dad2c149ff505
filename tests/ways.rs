//! Ways to use a generated crate beside the plain one: a program on the crate of `ways/openapi.yaml` goes
//! through them over real sockets.

mod support;

use std::time::Duration;
use support::cargo::report;
use support::generate::generate;
use support::{Workshop, repository};

#[test]
fn each_way_to_use_a_client_works() {
    let mut workshop = Workshop::new("ways");
    let spec = repository().join("tests/ways/openapi.yaml");
    workshop.add(&generate(&spec, "ways", Duration::from_secs(60)));
    let files = [
        ("Cargo.toml", include_str!("ways/program.toml")),
        ("src/main.rs", include_str!("ways/program.rs")),
        ("src/server.rs", include_str!("exchange/server.rs")),
        ("src/traces.rs", include_str!("ways/traces.rs")),
        ("src/waits.rs", include_str!("ways/waits.rs")),
    ];
    workshop.add_program("ways-cases", &files);
    workshop.finish();
    for found in [
        workshop.fmt(),
        workshop.clippy(&["ways"]),
        workshop.doc(&["ways"]),
    ] {
        assert!(!found.contains_key("ways"), "{}", report(&found));
    }
    let examples = workshop.doctest_with(&["--all-features"], &["ways"]);
    assert!(examples.is_ok(), "{}", examples.unwrap_err());
    support::say(workshop.run("ways-cases", &[]).trim_end());
}
