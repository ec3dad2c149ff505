//! Ways to use a generated crate beside the plain one: a program on the crate of `ways/openapi.yaml` goes
//! through them over real sockets.

mod support;

use std::time::Duration;
use support::generate::{Outcome, generate_with};
use support::{Workshop, repository};

const CONFIG: &str = "mock: true
wait:
  getJob: {name: wait_until}
  getParcel: {name: wait_until_there, until: {member: status, values: [there]}}
  getState: {name: wait_until_over, until: {member: work.kind, values: [done, failed]}}
";

#[test]
fn waits_have_to_fit_their_operations() {
    let config = "wait:
  getJobs: {name: a}
  POST /jobs: {name: b}
  listJobs: {name: c, until: {member: status, values: [done]}}
  getLog: {name: d, until: {member: status, values: [done]}}
  getJob: {name: e, until: {member: state, values: [done]}}
  getState: {name: f, until: {member: work.kind, values: [faild]}}
  GET /jobs/{id}/state: {name: g, until: {member: work.isOver, values: [yes]}}
";
    let spec = repository().join("tests/ways/openapi.yaml");
    let attempt = generate_with(config, &spec, "ways", Duration::from_secs(60));
    let Outcome::Refused(why) = attempt.outcome else {
        panic!("it is not refused");
    };
    insta::assert_snapshot!(why);
}

#[test]
fn each_way_to_use_a_client_works() {
    let mut workshop = Workshop::new("ways");
    workshop.generate(CONFIG, "tests/ways/openapi.yaml", "ways");
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
