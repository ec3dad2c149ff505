//! `cargo bench --bench volume`: bodies of 2 GiB up and down, and 10,000 calls at once, through one
//! client, with what they take of memory (`tests/sdk/volume/program.rs`). It fails where that grows with
//! the size of a body or with calls that are over.
//!
//! Each call takes a socket, and so does the server's side of it, in a process of its own.

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
    // A shell can ask for more sockets than a process gets unasked.
    let program = workshop.target().join("release").join(volume::PROGRAM);
    let script = format!("ulimit -n {} && exec \"$0\" {BYTES} {CALLS}", CALLS + 100);
    let ran = Command::new("sh")
        .arg("-c")
        .arg(script)
        .arg(program)
        .status();
    assert!(ran.unwrap().success(), "what is printed above");
}
