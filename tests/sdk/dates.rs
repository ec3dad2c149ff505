//! Tests of the date and decimal crates that a configuration can choose. A program reads and writes their values
//! (`dates/program.rs`).

use support::Workshop;

/// Checks that each choice compiles without warnings and that its values round-trip.
#[test]
fn dates_and_decimals_are_those_of_the_crate_asked_for() {
    let mut workshop = Workshop::new("dates");
    for (config, package) in [
        ("{dates: chrono, decimals: rust_decimal}", "values-chrono"),
        ("{dates: time, decimals: bigdecimal}", "values-time"),
        ("{dates: string, decimals: f64}", "values-string"),
    ] {
        let config = config.trim_matches(['{', '}']).replace(", ", "\n");
        workshop.generate(&config, "tests/fixtures/config/values.yaml", package);
    }
    let names = include_str!("../configured/names.sdkgen.yaml");
    workshop.generate(names, "tests/fixtures/config/names.yaml", "names");
    workshop.generate("", "tests/fixtures/config/hints.yaml", "hints");
    let files = [
        ("Cargo.toml", include_str!("dates/program.toml")),
        ("src/main.rs", include_str!("dates/program.rs")),
    ];
    workshop.add_program("values-cases", &files);
    workshop.finish();
    let crates = [
        "values-chrono",
        "values-time",
        "values-string",
        "names",
        "hints",
    ];
    workshop.assert_clean(&crates);
    support::say(workshop.run("values-cases", &[]).trim_end());
}
