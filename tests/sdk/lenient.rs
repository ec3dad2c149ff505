//! Responses that deviate from their description: the values they are decoded to, and the recorded deviations.

use support::Workshop;

#[test]
fn responses_are_read_leniently_and_deviations_are_recorded() {
    let mut workshop = Workshop::new("lenient");
    workshop.generate("", "tests/sdk/lenient/openapi.yaml", "lenient");
    let files = [
        ("Cargo.toml", include_str!("lenient/program.toml")),
        ("src/main.rs", include_str!("lenient/program.rs")),
    ];
    workshop.add_program("lenient-cases", &files);
    workshop.finish();
    support::say(workshop.run("lenient-cases", &[]).trim_end());
}
