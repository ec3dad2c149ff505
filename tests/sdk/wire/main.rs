//! The flagship SDK over real sockets: what it sends, and how it handles every response and fault.

mod client;
mod faults;
mod input;
mod operations;
mod redirects;
mod server;
