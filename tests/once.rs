//! What may not be done twice arrives at most once, whatever goes wrong: a program on the crates of
//! `once/openapi.yaml` takes every operation through every fault, over real sockets.

mod support;

use std::time::Duration;
use support::cargo::command;
use support::generate::{Attempt, Outcome, generate_with};
use support::{Workshop, repository};

fn attempt(config: &str, package: &str) -> Attempt {
    let spec = repository().join("tests/once/openapi.yaml");
    generate_with(config, &spec, package, Duration::from_secs(60))
}

/// One key for all pages would have the first given again and again.
#[test]
fn a_list_that_is_given_page_by_page_has_no_key() {
    let spec = repository().join("tests/once/pages.yaml");
    let config = "pagination: {search: {cursor: cursor, next: next}}\n";
    for (config, is_paged) in [(config, true), ("", false)] {
        let attempt = generate_with(config, &spec, "pages", Duration::from_secs(60));
        let Outcome::Generated(generated) = attempt.outcome else {
            panic!("nothing was generated");
        };
        let builders = &generated.package.0["src/resources/search/builders.rs"];
        let has_pages = builders.contains("pub fn pages(self)");
        assert_eq!(has_pages, is_paged, "{builders}");
        let text = &generated.package.0["src/resources/search.rs"];
        assert_eq!(text.contains("idempotent: false"), is_paged, "{text}");
        let is_there = generated.package.0.contains_key("src/idempotency.rs");
        assert_eq!(is_there, !is_paged);
    }
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

    // Each call once, as the description has it, and the examples of the documentation.
    let test = ["test", "--quiet", "--offline", "--package", "once"];
    let output = command(workshop.root(), &test).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{complaint}");
}
