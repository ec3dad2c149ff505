//! The JSON Schema of the views, generated from their types, and a test that the page on templates covers
//! all of them.
//!
//! To update `docs/view.schema.json`, run `SDKGEN_BLESS=1 cargo test --lib view`.

use super::{VERSION, Views};
use crate::config::{Overrides, Settings};
use crate::generator::Run;
use crate::golden::agrees;
use crate::pipeline::{Compilation, Stage};
use crate::render;
use crate::rust::book::Pages;
use crate::rust::cli;
use serde_json::Value;
use std::path::Path;

#[test]
fn the_schema_is_that_of_the_views() {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let mut generator = settings.into_generator();
    let book = generator.subschema_for::<Pages>();
    let cli = generator.subschema_for::<cli::ProgramViews>();
    let mut schema = generator.into_root_schema_for::<Views>().to_value();
    schema["title"] = format!("What templates are given, version {VERSION}").into();
    schema["properties"]["version"]["const"] = VERSION.into();
    assert_eq!(book.to_value()["$ref"], "#/$defs/Pages");
    // Only some crates have a program, and the flagship does.
    schema["properties"]["cli"] = cli.to_value();
    assert!(dump()["cli"]["resources"][0]["operations"].is_array());
    assert!(schema["$defs"]["Pages"]["properties"].is_object());
    assert_valid(&schema, &dump());
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    agrees("view.schema.json", &text, "view");
}

/// Returns the output of `sdkgen dump view` for the flagship.
fn dump() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/spec/sdkgen.yaml");
    let settings = Settings::read(Some(Path::new(path)), Overrides::default()).unwrap();
    let mut run = Run::new(settings.into_iter().next().unwrap()).unwrap();
    let text = Compilation::new(&run.job(), &run.loaded).dump(Stage::View, &mut run.diagnostics);
    serde_json::from_str(&text.unwrap()).unwrap()
}

fn assert_valid(schema: &Value, value: &Value) {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("view.json", schema.clone()).unwrap();
    let index = compiler.compile("view.json", &mut schemas).unwrap();
    let result = schemas.validate(value, index);
    assert!(result.is_ok(), "{}", result.unwrap_err());
}

#[test]
fn templates_page_covers_all_views() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/templates.md");
    let page = std::fs::read_to_string(path).unwrap();
    let templates = render::built_in().map(|(name, _)| name);
    let mut missing: Vec<&str> = templates.filter(|name| name.ends_with(".j2")).collect();
    missing.retain(|name| !page.contains(&format!("`{name}`")));
    assert_eq!(
        missing, [""; 0],
        "docs/templates.md lists the input of each"
    );
    let version = format!("version **{VERSION}**");
    assert!(
        page.contains(&version),
        "docs/templates.md says the version"
    );
}
