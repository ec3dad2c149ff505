//! Generated crates over real sockets on this machine: what they send, and what they make of every
//! answer and every fault. The flagship's SDK, and a crate made of a table of requests.

mod against;
mod client;
mod faults;
mod input;
mod operations;
mod redirects;
mod server;
#[path = "../support/mod.rs"]
mod support;
mod table;
