//! Credentials over real sockets. A program on the crate of `security/openapi.yaml` sends requests to a server that
//! knows the valid tokens.

use support::Workshop;

#[test]
fn credentials_are_got_kept_and_hidden() {
    let mut workshop = Workshop::new("security");
    workshop.generate("", "tests/sdk/security/openapi.yaml", "security");
    let prefix = "auth: {prefix: 'Token '}";
    workshop.generate(
        prefix,
        "tests/fixtures/operations/credentials.yaml",
        "unstated",
    );
    let files = [
        ("Cargo.toml", include_str!("security/program.toml")),
        ("src/main.rs", include_str!("security/program.rs")),
        (
            "src/connections.rs",
            include_str!("security/connections.rs"),
        ),
        ("src/grants.rs", include_str!("security/grants.rs")),
        ("src/own.rs", include_str!("security/own.rs")),
        ("src/providers.rs", include_str!("security/providers.rs")),
        ("src/secrets.rs", include_str!("security/secrets.rs")),
        ("src/server.rs", include_str!("security/server.rs")),
        ("src/tls.rs", include_str!("security/tls.rs")),
    ];
    workshop.add_program("security-cases", &files);
    workshop.finish();
    workshop.assert_clean(&["security", "unstated"]);
    support::say(workshop.run("security-cases", &[]).trim_end());
    let native = ["--features", "native-tls"];
    let ring = ["--no-default-features", "--features", "ring"];
    let no_provider = ["--no-default-features", "--features", "no-provider"];
    for (features, case) in [
        (&native[..], "tls"),
        (&ring[..], "ring"),
        (&no_provider[..], "no-provider"),
    ] {
        let told = workshop.run_with(features, "security-cases", &[case]);
        support::say(told.trim_end());
    }
}
