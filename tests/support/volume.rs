//! The program that measures memory in volume, for the test and the bench.

use super::generate::generate;
use super::{Workshop, repository};
use std::time::Duration;

pub const PROGRAM: &str = "volume-calls";

/// Adds the program and the generated crate that it uses.
pub fn add(workshop: &mut Workshop) {
    let spec = repository().join("tests/sdk/volume/openapi.yaml");
    workshop.add(&generate(&spec, "volume", Duration::from_secs(60)));
    let files = [
        ("Cargo.toml", include_str!("../sdk/volume/program.toml")),
        ("src/main.rs", include_str!("../sdk/volume/program.rs")),
        ("src/memory.rs", include_str!("../sdk/volume/memory.rs")),
        ("src/server.rs", include_str!("../sdk/volume/server.rs")),
    ];
    workshop.add_program(PROGRAM, &files);
    workshop.finish();
}
