//! Validation of values by a JSON Schema validator.

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Map, Value, json};

const URL: &str = "https://sdkgen.invalid/schemas.json";

pub struct Judge {
    schemas: Schemas,
    compiler: Compiler,
}

impl Judge {
    /// Creates a judge for the components of a document.
    pub fn new(components: &Map<String, Value>) -> Self {
        Self::of(json!(components))
    }

    /// Creates a judge of shapes alone: limits are ignored, and a value may match several branches.
    pub fn of_shapes(components: &Map<String, Value>) -> Self {
        let mut definitions = json!(components);
        loosen(&mut definitions);
        Self::of(definitions)
    }

    fn of(mut definitions: Value) -> Self {
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        compiler.enable_content_assertions();
        translate(&mut definitions);
        let document = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions});
        compiler.add_resource(URL, document).expect("a document");
        Judge {
            schemas: Schemas::new(),
            compiler,
        }
    }

    /// Compiles a schema of the document, named by its path below the components.
    pub fn schema(&mut self, path: &str) -> SchemaIndex {
        let place = format!("{URL}#/$defs/{path}");
        let compiled = self.compiler.compile(&place, &mut self.schemas);
        compiled.unwrap_or_else(|error| panic!("{path}: {error:#}"))
    }

    pub fn is_valid(&self, value: &Value, schema: SchemaIndex) -> bool {
        self.schemas.validate(value, schema).is_ok()
    }
}

/// Translates OpenAPI keywords to JSON Schema.
fn translate(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(translate),
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get_mut("$ref") {
                *reference = reference.replace("#/components/schemas/", "#/$defs/");
            }
            if map.remove("nullable").is_some() {
                map["type"] = json!([map["type"], "null"]);
            }
            let format = map.get("format").and_then(Value::as_str);
            let bounds = match format {
                Some("int32") => Some((json!(i32::MIN), json!(i32::MAX))),
                Some("int64") => Some((json!(i64::MIN), json!(i64::MAX))),
                _ => None,
            };
            if format == Some("byte") {
                map.insert("contentEncoding".to_owned(), json!("base64"));
            }
            if let Some((least, most)) = bounds {
                map.insert("minimum".to_owned(), least);
                map.insert("maximum".to_owned(), most);
            }
            discriminate(map);
            map.values_mut().for_each(translate);
        }
        _ => {}
    }
}

/// Removes what types do not express: limits, formats, enums of fractions, and the name patterns of some open
/// objects.
fn loosen(schema: &mut Value) {
    const LIMITS: [&str; 10] = [
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "pattern",
        "minItems",
        "maxItems",
        "uniqueItems",
        "propertyNames",
        "format",
    ];
    match schema {
        Value::Array(items) => items.iter_mut().for_each(loosen),
        Value::Object(map) => {
            map.retain(|name, _| !LIMITS.contains(&&**name));
            if map.get("enum").is_some_and(has_fraction) {
                map.remove("enum");
            }
            if map.get("additionalProperties") != Some(&json!(false)) {
                map.remove("patternProperties");
            }
            map.values_mut().for_each(loosen);
            if let Some(branches) = map.remove("oneOf") {
                map.insert("anyOf".to_owned(), branches);
            }
        }
        _ => {}
    }
}

fn has_fraction(values: &Value) -> bool {
    let values = values.as_array().into_iter().flatten();
    values.into_iter().any(|value| value.is_f64())
}

/// Translates a discriminator: a value must match the branch of its tag. Schema names are tags in addition to the
/// mapping.
fn discriminate(union: &mut Map<String, Value>) {
    if !union.get("discriminator").is_some_and(Value::is_object) {
        return;
    }
    let discriminator = union.remove("discriminator").unwrap_or_default();
    let tag = &discriminator["propertyName"];
    for keyword in ["oneOf", "anyOf"] {
        let Some(branches) = union.get_mut(keyword).and_then(Value::as_array_mut) else {
            continue;
        };
        for branch in branches {
            let reference = branch["$ref"].clone();
            let name = reference.as_str().and_then(|it| it.rsplit('/').next());
            let mut names = vec![json!(name)];
            if let Some(mapping) = discriminator["mapping"].as_object() {
                let mapped = mapping.iter().filter(|(_, target)| **target == reference);
                names.extend(mapped.map(|(key, _)| json!(key)));
            }
            let tagged = json!({"properties": {tag.as_str().unwrap_or_default(): {"enum": names}}});
            *branch = json!({"allOf": [branch.clone(), tagged]});
        }
    }
}
