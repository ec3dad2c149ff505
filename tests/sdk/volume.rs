//! Many concurrent requests and large bodies through one client, in constant memory (`volume/program.rs`). `cargo
//! bench --bench volume` uses realistic sizes.

use support::{Workshop, volume};

const BYTES: u64 = 96 << 20;
/// The number of concurrent requests. Each takes a socket, and some systems allow 1,024 for a process.
const CALLS: u32 = 400;

#[test]
fn bodies_are_never_held_and_calls_leave_nothing_behind() {
    let mut workshop = Workshop::new("volume");
    volume::add(&mut workshop);
    let figures = workshop.run(volume::PROGRAM, &[&BYTES.to_string(), &CALLS.to_string()]);
    support::say(figures.trim_end());
}
