//! `cargo bench --bench serde`: the speed of decoding and encoding generated types, compared with the same types with
//! serde's derive, in one run (`programs/serde.rs`).

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Duration;
use support::bench::{asked_for, flagship};
use support::generate::generate;
use support::{Workshop, cargo, repository};

fn main() {
    if !asked_for() {
        return;
    }
    let mut workshop = Workshop::new("serde-bench");
    workshop.add(&flagship());
    let spec = repository().join("benches/programs/serde.yaml");
    workshop.add(&generate(&spec, "wide", Duration::from_secs(60)));
    let files = [
        ("Cargo.toml", include_str!("programs/serde.toml")),
        ("src/main.rs", include_str!("programs/serde.rs")),
        ("src/derived.rs", include_str!("programs/derived.rs")),
    ];
    workshop.add_program("serde-bench", &files);
    workshop.finish();
    let arguments = ["run", "--release", "--offline", "--package", "serde-bench"];
    let output = cargo::command(workshop.root(), &arguments)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    print!("{}", String::from_utf8_lossy(&output.stdout));
}
