//! `cargo bench --bench overhead`: the cost of a request through a generated crate, compared with the same request
//! handwritten on reqwest and derived serde, in one run (`programs/overhead.rs`).
//!
//! Prints the time and the allocations of a request. The server is a task on the client's thread: its time is part of
//! both, and it does not allocate. The goals are a ratio of at most 1.05, and at most two further allocations.

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
