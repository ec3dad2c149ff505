//! JSON round trips of generated types: a program on the crates of some fixtures decodes, encodes and compares
//! (`values/program.rs`).

use support::Workshop;

/// The fixtures whose crates the program uses. A crate has its fixture's name.
const FIXTURES: [&str; 15] = [
    "constants",
    "enums",
    "enums-odd",
    "formats",
    "formats-all",
    "formats-in-doubt",
    "integers-in-texts",
    "nullable",
    "nulls",
    "numbers",
    "objects-odd",
    "unions-digits",
    "unions-shared",
    "unions-tagged",
    "unions-untagged",
];

#[test]
fn values_go_through_generated_types() {
    let mut workshop = Workshop::new("values");
    let mut manifest = include_str!("values/program.toml").to_owned();
    for fixture in FIXTURES {
        let spec = format!("tests/fixtures/schemas/{fixture}.yaml");
        workshop.generate("", &spec, fixture);
        manifest.push_str(&format!(
            "{fixture} = {{ path = \"../{fixture}\", default-features = false }}\n"
        ));
    }
    let files = [
        ("Cargo.toml", &*manifest),
        ("src/main.rs", include_str!("values/program.rs")),
        ("src/unions.rs", include_str!("values/unions.rs")),
    ];
    workshop.add_program("values", &files);
    workshop.finish();
    workshop.run("values", &[]);
}
