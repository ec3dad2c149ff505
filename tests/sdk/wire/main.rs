//! The flagship's SDK over real sockets on this machine: what it sends, and what it makes of every response and
//! every fault.

mod client;
mod faults;
mod input;
mod operations;
mod redirects;
mod server;
