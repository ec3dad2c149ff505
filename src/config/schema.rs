//! Generates the configuration's JSON Schema and reference page from the types that it is parsed into.
//!
//! `SDKGEN_BLESS=1 cargo test --lib config` updates both in `docs/`.

use super::client_parameters::{ClientParameterFile, ClientParameterSettings};
use super::file::ConfigFile;
use super::own_types::DerivesFile;
use super::pagination::{OwnRule, RuleFile};
use super::streams::StreamFile;
use super::webhooks::{OwnScheme, SchemeFile};
use crate::golden::agrees;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use std::borrow::Cow;

impl JsonSchema for SchemeFile {
    fn schema_name() -> Cow<'static, str> {
        "Scheme".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let own = generator.subschema_for::<OwnScheme>();
        json_schema!({"oneOf": [
            {"const": "standard", "description": "Standard Webhooks (<https://www.standardwebhooks.com>)."},
            own,
        ]})
    }
}

impl JsonSchema for RuleFile {
    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let own = generator.subschema_for::<OwnRule>();
        json_schema!({"oneOf": [
            {"const": "none", "description": "The operation returns the whole list."},
            {"const": "link", "description": "The URL of the next page is in the header `Link`."},
            own,
        ]})
    }
}

impl JsonSchema for ClientParameterFile {
    fn schema_name() -> Cow<'static, str> {
        "ClientParameter".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let settings = generator.subschema_for::<ClientParameterSettings>();
        json_schema!({"oneOf": [{"type": "boolean"}, settings]})
    }
}

impl JsonSchema for DerivesFile {
    fn schema_name() -> Cow<'static, str> {
        "Derives".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let list = json_schema!({"type": "array", "items": {"type": "string"}});
        json_schema!({"oneOf": [list, {"type": "object", "additionalProperties": list}]})
    }
}

impl JsonSchema for StreamFile {
    fn schema_name() -> Cow<'static, str> {
        "Stream".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"oneOf": [
            {"type": "string"},
            {"const": false, "description": "The operation has no stream."},
        ]})
    }
}

fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<ConfigFile>();
    let mut schema = schema.to_value();
    schema["title"] = "sdkgen.yaml".into();
    schema
}

/// The reference page, and the keys without a description.
struct ReferencePage<'s> {
    root: &'s Value,
    text: String,
    undocumented: Vec<String>,
    /// Objects that are still to be written, with their paths.
    open: Vec<(String, &'s Value)>,
}

impl<'s> ReferencePage<'s> {
    fn of(root: &'s Value) -> Self {
        let mut page = ReferencePage {
            root,
            text: HEAD.to_owned(),
            undocumented: Vec::new(),
            open: vec![(String::new(), root)],
        };
        while !page.open.is_empty() {
            let (path, object) = page.open.remove(0);
            let others = page.open.len();
            page.object(&path, object);
            // Nested objects come directly after the object that contains them.
            page.open.rotate_left(others);
        }
        page
    }

    fn object(&mut self, path: &str, object: &'s Value) {
        if !path.is_empty() {
            self.text.push_str(&format!("\n## `{path}`\n"));
        }
        self.text
            .push_str("\n| Key | Type | Description |\n| --- | --- | --- |\n");
        for (key, value) in object["properties"].as_object().into_iter().flatten() {
            let path = match path {
                "" => key.clone(),
                path => format!("{path}.{key}"),
            };
            let kind = self.kind(&path, value);
            let description = self.description(&path, value);
            self.text
                .push_str(&format!("| `{key}` | {kind} | {description} |\n"));
        }
    }

    fn description(&mut self, path: &str, value: &Value) -> String {
        let text = value["description"].as_str().unwrap_or_default();
        if text.is_empty() {
            self.undocumented.push(path.to_owned());
        }
        text.replace('\n', " ").replace('|', "\\|")
    }

    /// Returns a description of a value's type. Queues objects for a table of their own.
    fn kind(&mut self, path: &str, value: &'s Value) -> String {
        if value["$ref"] == "#" {
            return "keys of this page".to_owned();
        }
        let value = self.target(value);
        if value["properties"].is_object() {
            self.open.push((path.to_owned(), value));
            return "see below".to_owned();
        }
        if let Some(constant) = value.get("const") {
            let text = crate::ir::scalar_text(constant);
            let description = self.description(&format!("{path}: {text}"), value);
            return format!("`{text}`: {description}");
        }
        let choices = ["oneOf", "anyOf"].map(|keyword| value[keyword].as_array());
        if let Some(choices) = choices.into_iter().flatten().next() {
            let choices = choices.iter().filter(|choice| choice["type"] != "null");
            let kinds: Vec<String> = choices.map(|choice| self.kind(path, choice)).collect();
            return kinds.join("<br>");
        }
        // The values have no descriptions.
        for text in value["enum"].as_array().into_iter().flatten() {
            self.undocumented.push(format!("{path}: {text}"));
        }
        match type_of(value) {
            "array" => format!("list of {}", self.kind(path, &value["items"])),
            "object" => {
                let each = format!("{path}.KEY");
                format!(
                    "by key: {}",
                    self.kind(&each, &value["additionalProperties"])
                )
            }
            "string" => "string".to_owned(),
            other => other.to_owned(),
        }
    }

    fn target(&self, value: &'s Value) -> &'s Value {
        match value["$ref"].as_str().and_then(|at| at.strip_prefix('#')) {
            Some(pointer) => self.root.pointer(pointer).unwrap_or(&Value::Null),
            None => value,
        }
    }
}

/// Returns the type of a schema, ignoring null.
fn type_of(schema: &Value) -> &str {
    let several = schema["type"].as_array().into_iter().flatten();
    let first = several
        .filter_map(Value::as_str)
        .find(|name| *name != "null");
    first.or(schema["type"].as_str()).unwrap_or("any value")
}

const HEAD: &str = "\
# The configuration file

If the command line names no document, sdkgen reads `sdkgen.yaml` or `spec/sdkgen.yaml`; `--config FILE` reads
another file. All keys are optional. Paths are relative to the file. Options on the command line take precedence.
An unknown key is an error.

Editors that support JSON Schema complete and check the file with [sdkgen.schema.json](sdkgen.schema.json) if its
first line is `# yaml-language-server: $schema=PATH-OR-URL`.

<!-- Generated from src/config by `SDKGEN_BLESS=1 cargo test --lib config`. -->
<!-- ANCHOR: keys -->
";

#[test]
fn every_key_is_documented() {
    let schema = schema();
    let page = ReferencePage::of(&schema);
    assert!(
        page.undocumented.is_empty(),
        "each of these keys and values of sdkgen.yaml needs a doc comment in src/config, for users: {}",
        page.undocumented.join(", ")
    );
    agrees("configuration.md", &page.text, "config");
}

#[test]
fn the_schema_is_that_of_the_types() {
    let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    agrees("sdkgen.schema.json", &text, "config");
}

#[test]
fn a_key_without_a_comment_is_named() {
    let schema = serde_json::json!({"properties": {
        "wait": {"type": "object", "properties": {
            "until": {"type": "string"},
            "kind": {"description": "Documented.", "enum": ["a"]},
        }},
    }});
    let undocumented = ReferencePage::of(&schema).undocumented;
    assert_eq!(undocumented, ["wait", "wait.until", "wait.kind: \"a\""]);
}

/// Checks that the schema accepts exactly the files that the parser accepts.
#[test]
fn schema_and_parser_agree() {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("sdkgen.json", schema()).unwrap();
    let index = compiler.compile("sdkgen.json", &mut schemas).unwrap();
    let flagship = concat!(env!("CARGO_MANIFEST_DIR"), "/spec/sdkgen.yaml");
    let flagship = std::fs::read_to_string(flagship).unwrap();
    for text in [
        &flagship,
        "{}",
        "webhooks: {verify: standard}",
        "webhooks: {verify: {header: X-Signature, algorithm: sha1, separator: ','}}",
        "webhooks: {verify: {algorithm: sha1}}",
        "webhooks: {verify: other}",
        "pagination: {listPets: none, listToys: {page: p, first: 0}}",
        "pagination: {listPets: {pages: p}}",
        "wait: {getCall: {name: wait_for_end, until: {property: status, values: [done, 3]}}}",
        "wait: {getCall: {until: {property: status}}}",
        "features: per-resource",
        "features: all",
        "dates: string",
        "outputs: [{out: a}, {out: b, filter: {include: {tags: [x]}}}]",
        "outputs: [{outs: a}]",
        "outputs: {out: a}",
        "outs: x",
        "package: {keywords: voice}",
        "remote: {https://example.com/: schemas}",
        "allow_files: [../shared]",
        "allow_files: ../shared",
        "allow_empty: [getContents.path]",
        "allow_empty: getContents.path",
        "client_parameters: {X-Version: {default: 2024-06-01, env: X}, tenant: false}",
        "client_parameters: {X-Version: {defaults: 2024-06-01}}",
        "client_parameters: {X-Version: 3}",
        "streams: {createMessage: MessageStreamEvent, createRun: false}",
        "streams: {createMessage: true}",
        "quick_start: createCall",
        "quick_start: [createCall]",
        "extra_modules: [helpers]",
        "extra_modules: helpers",
    ] {
        let value: Value = serde_yaml::from_str(text).unwrap();
        let valid = schemas.validate(&value, index).is_ok();
        assert_eq!(valid, ConfigFile::parse(text).is_ok(), "{text}");
    }
}
