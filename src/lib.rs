//! Generates a Rust client crate, and its documentation, from an OpenAPI description.
//!
//! The command `sdkgen` is the usual way to use it. This library is for build scripts, tests and tools: a
//! [`Generator`] writes the crate, or checks that the files on the disk are up to date.
//!
//! ```no_run
//! let report = sdkgen::Generator::new("api.yaml").out("client").package("pets").generate()?;
//! print!("{}", report.diagnostics);
//! # Ok::<(), sdkgen::GenerateError>(())
//! ```
//!
//! With [`Generator::from_config`] it reads `sdkgen.yaml`, as the command does.
//!
//! # In a build script
//!
//! This is a `build.rs` that generates the crate in `client/`, and generates it again when the document has
//! changed:
//!
//! ```no_run
//! let report = sdkgen::Generator::new("api.yaml")
//!     .out("client")
//!     .package("pets")
//!     .generate()
//!     .unwrap_or_else(|fault| panic!("{fault}"));
//! for path in report.read {
//!     println!("cargo::rerun-if-changed={}", path.display());
//! }
//! ```
//!
//! Cargo reads the manifests of all dependencies before it runs a build script. A client that other crates of
//! the workspace depend on has to exist by then. So commit it, and check in a test that it is up to date:
//!
//! ```no_run
//! if let Err(fault) = sdkgen::Generator::from_config("sdkgen.yaml").check() {
//!     panic!("{fault}");
//! }
//! ```
//!
//! # Stability
//!
//! What this page lists is the public API. The program `sdkgen` and the tests use more modules; these are hidden,
//! and they change in any release. `docs/architecture.md` in the repository describes them.

#[doc(hidden)]
pub mod bundle;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod describe;
#[doc(hidden)]
pub mod diag;
#[doc(hidden)]
pub mod did_you_mean;
#[doc(hidden)]
pub mod diff;
#[doc(hidden)]
pub mod example;
mod filter;
#[doc(hidden)]
pub mod generator;
#[cfg(test)]
mod golden;
#[doc(hidden)]
pub mod init;
#[doc(hidden)]
pub mod ir;
mod json;
#[cfg(test)]
mod layers;
#[doc(hidden)]
pub mod load;
#[doc(hidden)]
pub mod lock;
#[doc(hidden)]
pub mod lower;
#[doc(hidden)]
pub mod naming;
#[doc(hidden)]
pub mod openapi;
#[doc(hidden)]
pub mod output;
mod overlay;
mod parallel;
#[doc(hidden)]
pub mod passes;
mod pattern;
#[doc(hidden)]
pub mod pipeline;
#[doc(hidden)]
pub mod progress;
#[doc(hidden)]
pub mod prose;
#[doc(hidden)]
pub mod release;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod resolve;
#[doc(hidden)]
pub mod rust;
#[doc(hidden)]
pub mod samples;
#[doc(hidden)]
pub mod source;
mod text;
#[doc(hidden)]
pub mod tree;
mod validate;
mod yaml;

pub use config::ConfigError;
pub use generator::{GenerateError, Generator, Report};
pub use output::{OutputError, Written};
