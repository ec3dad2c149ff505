//! `cargo bench --bench volume`: uploads and downloads of 2 GiB, and 10,000 concurrent requests, through one client,
//! with their memory (`tests/sdk/volume/program.rs`). It fails if memory grows with the size of a body or with
//! finished requests.
//!
//! Each request takes a socket, and the server takes another one in a separate process.

#[path = "../tests/support/mod.rs"]
mod support;

use std::process::Command;
use support::bench::asked_for;
use support::{Workshop, cargo, volume};

const BYTES: u64 = 2 << 30;
const CALLS: u32 = 10_000;

fn main() {
    if !asked_for() {
        return;
    }
    let mut workshop = Workshop::new("volume-bench");
    volume::add(&mut workshop);
    let arguments = [
        "build",
        "--release",
        "--offline",
        "--package",
        volume::PROGRAM,
    ];
    let built = cargo::command(workshop.root(), &arguments)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{text}");
    // A shell can raise the limit on sockets of a process.
    let program = workshop.target().join("release").join(volume::PROGRAM);
    let script = format!("ulimit -n {} && exec \"$0\" {BYTES} {CALLS}", CALLS + 100);
    let ran = Command::new("sh")
        .arg("-c")
        .arg(script)
        .arg(program)
        .status();
    assert!(ran.unwrap().success(), "what is printed above");
}
