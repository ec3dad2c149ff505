//! Sets `cfg(released)` for builds whose version identifies their sources: the package on crates.io, and releases,
//! which set `SDKGEN_RELEASE`. Two other builds of the same version may differ.

use std::env;
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
}
