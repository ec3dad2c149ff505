//! The installation of sdkgen: its package, the npm wrapper, the action, and the configuration of releases.

#[cfg(target_os = "linux")]
mod action;
mod npm;
mod package;
mod pin;
mod policy;
mod samples;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;
use support::repository;

/// Returns the text of a file of this repository.
fn read(path: impl AsRef<Path>) -> String {
    let path = repository().join(path);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// Returns the manifest of sdkgen.
fn manifest() -> toml::Table {
    read("Cargo.toml").parse().unwrap()
}
