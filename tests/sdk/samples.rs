//! The feature `mock` of generated crates: the samples of all types decode, by the test in each crate. With
//! `SDKGEN_CORPUS`, those of two large APIs too.

use std::path::Path;
use support::{Workshop, say};

const SMALL: [(&str, &str); 5] = [
    ("spec/openapi.yaml", "outboundcalls"),
    ("tests/fixtures/schemas/enums-odd.yaml", "enums-odd"),
    ("tests/fixtures/schemas/formats-all.yaml", "formats-all"),
    ("tests/fixtures/schemas/recursion.yaml", "recursion"),
    ("tests/fixtures/schemas/unions.yaml", "unions"),
];

const LARGE: [&str; 2] = ["openai-api", "stripe-api"];

#[test]
fn samples_of_all_types_decode() {
    let mut workshop = Workshop::new("samples");
    let mut tested: Vec<(&str, &str)> = Vec::new();
    for (spec, package) in SMALL {
        workshop.generate("mock: true\n", spec, package);
        tested.push((package, "mock"));
    }
    match std::env::var("SDKGEN_CORPUS") {
        Err(_) => say("SDKGEN_CORPUS is not set: samples of large APIs are not tested"),
        Ok(corpus) => {
            for package in LARGE {
                let spec = Path::new(&corpus).join(package).with_extension("yaml");
                let spec = spec.to_str().expect("a path in UTF-8");
                workshop.generate("mock: true\n", spec, package);
                tested.push((package, "mock,full"));
            }
        }
    }
    workshop.finish();
    for (package, features) in tested {
        let options = [
            "test",
            "--offline",
            "--lib",
            "--no-default-features",
            "--package",
            package,
        ];
        let output = workshop
            .command(&options)
            .args(["--features", features])
            .output();
        let output = output.expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{package}: {text}{errors}");
        assert!(
            text.contains("every_sample_decodes ... ok"),
            "{package}: {text}"
        );
    }
}
