//! The requests of generated crates, as a server on this machine receives them: those of a table, and those of the
//! wire tests that sdkgen generates.

mod against;
#[path = "../wire/server.rs"]
#[allow(dead_code, reason = "the tests of the flagship's SDK do more with it")]
mod server;
mod table;
