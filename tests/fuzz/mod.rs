//! Random and mutated documents through the whole generator, with limits. The documents and their checks are in
//! `fuzz/src`, which the targets of cargo-fuzz share.

#[path = "../../fuzz/src/check.rs"]
pub mod check;
pub mod child;
#[path = "../../fuzz/src/choices.rs"]
#[allow(dead_code, reason = "a fuzzer takes choices from bytes")]
mod choices;
pub mod compile;
#[path = "../../fuzz/src/graphs/mod.rs"]
mod graphs;
pub mod made;
mod memory;
#[path = "../../fuzz/src/mutations.rs"]
mod mutations;
pub mod run;
#[path = "../../fuzz/src/seeds.rs"]
mod seeds;
pub mod shrink;
