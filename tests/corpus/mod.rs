//! The corpus run. `command.rs` runs all of it, `tests/corpus.rs` a part.

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
