//! sdkgen: an OpenAPI description in, a Rust client crate and its documentation out.
//!
//! [`pipeline`] runs the stages:
//!
//! ```text
//! bytes ─load─▶ node tree ─read─▶ document ─resolve─▶ references followed ─lower─▶ Api (the IR)
//!       ─passes─▶ facts ─plan─▶ Rust names and types ─view─▶ what templates print
//!       ─render─▶ files ─write or check─▶ disk or drift
//! ```
//!
//! `docs/architecture.md` in the repository has a code map, the reasons, and an operation and a schema followed
//! from the document to the printed file.
//!
//! # Invariants
//!
//! 1. The line reads files through [`source`] and writes them through [`output`]. [`lock`] also reads generated
//!    files, to compare their hashes.
//! 2. [`naming`] and `rust::names` make identifiers.
//! 3. The same input gives the same bytes: no clock, no absolute path, no environment variable and no order of a
//!    hash map reaches the output.
//! 4. A stage returns a value and diagnostics. It prints nothing, and never panics because of a document.
//! 5. Whatever is not supported has a diagnostic and a working fallback. Nothing is dropped without one.
//! 6. The IR has no casing, `Option`, `Box` or serde. Templates know no OpenAPI.
//! 7. Code decides, templates print. A template has `for`, `if` on a boolean and `include`; it compares no
//!    strings, changes no case and joins no identifiers.

pub mod bundle;
pub mod config;
pub mod describe;
pub mod diag;
pub mod did_you_mean;
pub mod diff;
pub mod example;
mod filter;
pub mod generator;
#[cfg(test)]
mod golden;
pub mod init;
pub mod ir;
mod json;
#[cfg(test)]
mod layers;
pub mod lock;
pub mod lower;
pub mod naming;
pub mod openapi;
pub mod output;
mod overlay;
mod parallel;
pub mod passes;
pub mod pipeline;
pub mod progress;
pub mod prose;
pub mod release;
pub mod render;
pub mod report;
pub mod resolve;
pub mod rust;
pub mod samples;
pub mod source;
pub mod tree;
mod validate;
mod yaml;

pub use generator::{GenerateError, Generator, Report};
