//! The corpus run, which `command.rs` starts in full and `tests/corpus.rs` in part.

pub mod calls;
pub mod child;
pub mod examples;
pub mod fallback;
pub mod index;
pub mod judge;
pub mod progress;
pub mod report;
pub mod run;
pub mod state;
pub mod trip;
