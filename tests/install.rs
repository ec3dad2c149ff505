//! How sdkgen is installed: its package, the npm wrapper, the action, and the configuration of releases.

mod support;

#[cfg(target_os = "linux")]
#[path = "install/action.rs"]
mod action;
#[path = "install/npm.rs"]
mod npm;
#[path = "install/package.rs"]
mod package;
#[path = "install/pin.rs"]
mod pin;
#[path = "install/policy.rs"]
mod policy;

#[path = "install/samples.rs"]
mod samples;

use std::fs;
use std::path::Path;
use support::repository;

/// The text of a file of this repository.
fn read(path: impl AsRef<Path>) -> String {
    let path = repository().join(path);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// The manifest of sdkgen.
fn manifest() -> toml::Table {
    read("Cargo.toml").parse().unwrap()
}
