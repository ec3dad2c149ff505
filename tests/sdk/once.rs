//! Operations that are not idempotent must arrive at most once, whatever fault occurs. A program on the crates of
//! `once/openapi.yaml` combines every operation with every fault, over real sockets.

use std::time::Duration;
use support::cargo::command;
use support::generate::{Attempt, generate_with};
use support::{Workshop, repository};

fn attempt(config: &str, package: &str) -> Attempt {
    let spec = repository().join("tests/sdk/once/openapi.yaml");
    generate_with(config, &spec, package, Duration::from_secs(60))
}

#[test]
fn what_may_not_be_done_twice_arrives_once() {
    let mut workshop = Workshop::new("once");
    let declared = "wire_tests: true\nretry: {idempotent: [postDeclared, PATCH /declared]}\n";
    workshop.add(&attempt(declared, "once"));
    let header = "retry: {idempotency_header: X-Request-Id, statuses: [408, 425, 429, 500, 502, 503, 504]}\ngzip_requests: 100000\n";
    workshop.add(&attempt(header, "once-by-header"));
    let files = [
        ("Cargo.toml", include_str!("once/program.toml")),
        ("src/main.rs", include_str!("once/program.rs")),
        ("src/faults.rs", include_str!("once/faults.rs")),
        ("src/keys.rs", include_str!("once/keys.rs")),
        ("src/operations.rs", include_str!("once/operations.rs")),
        ("src/server.rs", include_str!("wire/server.rs")),
    ];
    workshop.add_program("once-cases", &files);
    workshop.finish();
    workshop.assert_clean(&["once", "once-by-header"]);
    support::say(workshop.run("once-cases", &[]).trim_end());

    // Sends each request of the description once, and runs the examples of the documentation.
    let test = ["test", "--quiet", "--offline", "--package", "once"];
    let output = command(workshop.root(), &test).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{complaint}");
}
