//! What the targets check, and what they make documents with. `tests/fuzz` and `tests/sdk/parsers.rs` include
//! the same modules, for compilers that are no nightly ones.

pub mod check;
pub mod choices;
pub mod graphs;
pub mod mutations;
pub mod parsers;
pub mod seeds;
