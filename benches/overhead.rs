//! `cargo bench --bench overhead`: what a call through a generated crate costs over the same call by
//! hand on reqwest and derived serde, in one run (`programs/overhead.rs`).
//!
//! Prints the time and the allocations of a call. The server is a task on the thread that makes the
//! calls: its time is in the time of both, and it allocates nothing. The goals are a ratio of 1.05 at
//! most, and at most two further allocations.

#[path = "../tests/support/mod.rs"]
mod support;

use support::bench::asked_for;
use support::{Workshop, cargo};

fn main() {
    if !asked_for() {
        return;
    }
    let mut workshop = Workshop::new("overhead-bench");
    workshop.generate("", "benches/programs/overhead.yaml", "shop");
    let files = [
        ("Cargo.toml", include_str!("programs/overhead.toml")),
        ("src/main.rs", include_str!("programs/overhead.rs")),
        ("src/byhand.rs", include_str!("programs/byhand.rs")),
        ("src/counting.rs", include_str!("programs/counting.rs")),
        ("src/server.rs", include_str!("programs/server.rs")),
    ];
    workshop.add_program("overhead-bench", &files);
    workshop.finish();
    let arguments = [
        "run",
        "--release",
        "--offline",
        "--package",
        "overhead-bench",
    ];
    let output = cargo::command(workshop.root(), &arguments)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    print!("{}", String::from_utf8_lossy(&output.stdout));
}
