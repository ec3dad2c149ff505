//! The parsers of generated crates on inputs of every kind. The checks are those of `fuzz/`, where cargo-fuzz
//! searches further.

use support::Workshop;

#[test]
fn whatever_comes_is_read_as_it_has_to_be() {
    let mut workshop = Workshop::new("parsers");
    let config = include_str!("../../fuzz/sdkgen.yaml");
    workshop.generate(config, "fuzz/openapi.yaml", "parsers");
    let files = [
        ("Cargo.toml", include_str!("parsers/program.toml")),
        ("src/main.rs", include_str!("parsers/program.rs")),
        ("src/checks.rs", include_str!("../../fuzz/src/parsers.rs")),
    ];
    workshop.add_program("parser-cases", &files);
    workshop.finish();
    support::say(workshop.run("parser-cases", &[]).trim_end());
}
