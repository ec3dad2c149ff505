//! Credentials over real sockets: a program on the crate of `security/openapi.yaml` makes calls against
//! a server that knows which tokens are good.

mod support;

use std::time::Duration;
use support::cargo::report;
use support::generate::generate;
use support::{Workshop, repository};

#[test]
fn credentials_are_got_kept_and_hidden() {
    let mut workshop = Workshop::new("security");
    let spec = repository().join("tests/security/openapi.yaml");
    workshop.add(&generate(&spec, "security", Duration::from_secs(60)));
    let files = [
        ("Cargo.toml", include_str!("security/program.toml")),
        ("src/main.rs", include_str!("security/program.rs")),
        (
            "src/connections.rs",
            include_str!("security/connections.rs"),
        ),
        ("src/grants.rs", include_str!("security/grants.rs")),
        ("src/providers.rs", include_str!("security/providers.rs")),
        ("src/server.rs", include_str!("security/server.rs")),
        ("src/tls.rs", include_str!("security/tls.rs")),
    ];
    workshop.add_program("security-cases", &files);
    workshop.finish();
    let members = ["security"];
    for found in [
        workshop.fmt(),
        workshop.clippy(&members),
        workshop.doc(&members),
    ] {
        assert!(!found.contains_key("security"), "{}", report(&found));
    }
    support::say(workshop.run("security-cases", &[]).trim_end());
}
