//! The command-line program over the generated crate: a command for each operation.
//!
//! `plan` has the facts, `view` prints them. Each resource has a Rust file, which calls the crate, and a JSON file,
//! which describes its commands: text of the document is never code. All other files are copied.

mod columns;
mod example;
mod files;
pub mod plan;
mod schema;
mod view;

pub use files::render;
pub use view::{LABEL, ProgramViews, all as views, sample};
