//! Programs as a user writes them, on crates of documents shaped like those of two well-known APIs.

use support::Workshop;

#[path = "../support/mod.rs"]
mod support;

const MANIFEST: &str = r#"[package]
name = "programs"
version = "0.1.0"
edition = "2024"

[dependencies]
chat = { path = "../chat", default-features = false }
payments = { path = "../payments", default-features = false, features = ["mock"] }
serde_json = "1"
tokio = { version = "1.38", default-features = false, features = ["macros", "rt"] }
"#;

#[test]
fn programs_of_users_run() {
    let mut workshop = Workshop::new("programs");
    workshop.generate("", "tests/fixtures/programs/chat.yaml", "chat");
    workshop.generate(
        "mock: true\n",
        "tests/fixtures/programs/payments.yaml",
        "payments",
    );
    let files = [
        ("Cargo.toml", MANIFEST),
        ("src/main.rs", include_str!("programs/main.rs")),
        (
            "src/chat_stream.rs",
            include_str!("programs/chat_stream.rs"),
        ),
        (
            "src/all_customers.rs",
            include_str!("programs/all_customers.rs"),
        ),
        (
            "src/create_once.rs",
            include_str!("programs/create_once.rs"),
        ),
        ("src/card_error.rs", include_str!("programs/card_error.rs")),
        (
            "src/with_samples.rs",
            include_str!("programs/with_samples.rs"),
        ),
    ];
    workshop.add_program("programs", &files);
    workshop.finish();
    workshop.run("programs", &[]);
}
