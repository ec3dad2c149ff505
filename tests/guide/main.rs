//! The guide in `docs/guide` and the README: commands run, YAML is valid, links resolve, and tables match the
//! program.

mod commands;
mod features;
mod links;
mod page;
mod reference;

use std::fs;
use std::path::{Path, PathBuf};

/// Returns this repository's folder.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the folder of the guide's pages.
fn source() -> PathBuf {
    repository().join("docs/guide/src")
}

/// Compares a generated page of the guide, or writes it if `SDKGEN_BLESS` is set.
fn agrees(name: &str, text: &str) {
    let path = source().join(name);
    if std::env::var_os("SDKGEN_BLESS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "{} is out of date: run SDKGEN_BLESS=1 cargo test --test guide",
        path.display()
    );
}
