//! Generates the client crate.

use sdkgen::Generator;

fn main() {
    let report = Generator::new("api.yaml")
        .out("client")
        .package("pets")
        .generate()
        .unwrap_or_else(|fault| panic!("{fault}"));
    for line in report.diagnostics.lines() {
        println!("cargo::warning={line}");
    }
    for path in report.read {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}
