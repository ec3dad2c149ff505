//! Many calls at once and bodies of many bytes, through one client, in memory that does not grow with
//! them (`volume/program.rs`). `cargo bench --bench volume` does the same in earnest.

use support::{Workshop, volume};

const BYTES: u64 = 96 << 20;
/// Each takes a socket, of which some systems give a process 1,024.
const CALLS: u32 = 400;

#[test]
fn bodies_are_never_held_and_calls_leave_nothing_behind() {
    let mut workshop = Workshop::new("volume");
    volume::add(&mut workshop);
    let figures = workshop.run(volume::PROGRAM, &[&BYTES.to_string(), &CALLS.to_string()]);
    support::say(figures.trim_end());
}
