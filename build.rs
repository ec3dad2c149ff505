//! Sets `cfg(released)` for builds whose version identifies their sources: the package on crates.io, and releases,
//! which set `SDKGEN_RELEASE`. Two other builds of the same version may differ.
//!
//! Sets `SDKGEN_REVISION` to the commit of a package, which the workflows of `sdkgen init` install.

use std::env;
use std::fs;
use std::path::PathBuf;

fn main() {
    // `cargo package` writes this file beside the manifest.
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let packaged = root.join(".cargo_vcs_info.json");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SDKGEN_RELEASE");
    println!("cargo::rustc-check-cfg=cfg(released)");
    if packaged.exists() || env::var_os("SDKGEN_RELEASE").is_some() {
        println!("cargo::rustc-cfg=released");
    }
    println!("cargo::rerun-if-env-changed=SDKGEN_REVISION");
    let packed = fs::read_to_string(packaged).ok();
    let revision = packed.as_deref().and_then(commit);
    if let Some(revision) = revision {
        println!("cargo::rustc-env=SDKGEN_REVISION={revision}");
    }
}

/// The commit that a package was made from, if no file of it was changed after the commit.
pub fn commit(packed: &str) -> Option<&str> {
    if packed.contains("\"dirty\"") {
        return None;
    }
    let (_, rest) = packed.split_once("\"sha1\"")?;
    rest.split('"').nth(1)
}
