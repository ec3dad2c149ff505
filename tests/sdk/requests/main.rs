//! Requests of generated crates, as a local server receives them: those of the tables, and those of the generated
//! wire tests.

mod against;
#[path = "../wire/server.rs"]
#[allow(dead_code, reason = "the tests of the flagship's SDK do more with it")]
mod server;
mod table;
