//! Settings of the client over real sockets: a credential and parameters that the document describes as parameters of
//! operations, and streams of events that only a component describes.

use std::time::Duration;
use support::cargo::command;
use support::generate::generate_with;
use support::{Workshop, repository};

#[test]
fn the_client_sends_what_it_is_set_to() {
    let mut workshop = Workshop::new("settings");
    let config = "wire_tests: true\nmock: true\nauth: {env: MESSAGES_KEY}\nclient_parameters: {tenant: {env: MESSAGES_TENANT}}\n";
    let spec = repository().join("tests/sdk/settings/openapi.yaml");
    workshop.add(&generate_with(
        config,
        &spec,
        "settings",
        Duration::from_secs(60),
    ));
    let files = [
        ("Cargo.toml", include_str!("settings/program.toml")),
        ("src/main.rs", include_str!("settings/program.rs")),
        ("src/server.rs", include_str!("exchange/server.rs")),
    ];
    workshop.add_program("settings-cases", &files);
    workshop.finish();
    workshop.assert_clean(&["settings"]);
    support::say(workshop.run("settings-cases", &[]).trim_end());

    // Sends each request of the description once, and runs the examples of the documentation.
    let test = [
        "test",
        "--quiet",
        "--offline",
        "--package",
        "settings",
        "--all-features",
    ];
    let output = command(workshop.root(), &test).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{complaint}");
}
