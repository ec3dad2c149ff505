//! sdkgen: an OpenAPI description in, a Rust client crate and its documentation out.
//!
//! The line is straight, and [`pipeline`] shows it in one screen:
//!
//! ```text
//! bytes ─load─▶ Node tree ─read─▶ Document ─resolve─▶ refs followed ─lower─▶ Api (the IR)
//!       ─passes─▶ facts ─plan─▶ Rust names and types ─view─▶ what templates print
//!       ─render─▶ Files ─write or check─▶ disk or drift
//! ```
//!
//! # Invariants
//!
//! 1. Only [`source`] reads and only [`output`] writes the disk.
//! 2. Only [`naming`] and `rust::names` make identifiers.
//! 3. No hash-map order reaches the output; same input, same bytes: no clock, no absolute path, no
//!    environment.
//! 4. A stage returns a value and diagnostics; it prints nothing and never panics on user input.
//! 5. What is not supported always gives a diagnostic and a working fallback; nothing is dropped
//!    silently.
//! 6. The IR knows no Rust (no casing, `Option`, `Box`, serde); templates know no OpenAPI.
//! 7. Decide in code, print in templates: a template has `for`, `if <bool>`, `include`; no case
//!    filters, no string comparison, no identifier built by joining.

#[cfg(test)]
mod blessed;
pub mod bundle;
pub mod config;
pub mod describe;
pub mod diag;
pub mod diff;
pub mod docs;
mod filter;
pub mod generator;
pub mod init;
pub mod ir;
mod json;
#[cfg(test)]
mod layers;
pub mod lock;
pub mod naming;
pub mod nearest;
pub mod openapi;
pub mod output;
mod overlay;
mod parallel;
pub mod pipeline;
pub mod progress;
pub mod prose;
pub mod publish;
pub mod release;
pub mod render;
pub mod resolve;
pub mod rust;
pub mod source;
pub mod tree;
mod validate;
mod yaml;

pub use generator::{GenerateError, Generator, Report};
