//! The checks of the targets, and the generators of documents. `tests/fuzz` and `tests/sdk/parsers.rs` include the
//! same modules, for stable compilers.

pub mod check;
pub mod choices;
pub mod graphs;
pub mod mutations;
pub mod parsers;
pub mod seeds;
