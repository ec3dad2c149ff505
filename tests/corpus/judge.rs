//! Validates examples with a JSON Schema validator, independently of sdkgen.
//!
//! Every schema is translated to JSON Schema 2020-12, keyword by keyword: the semantics of 3.0 (`nullable`, boolean
//! limits, no siblings of `$ref`) are expressed in 2020-12, references point into the new document, and keywords that
//! are malformed or unknown to the validator are omitted. `discriminator` is not part of JSON Schema.

use super::examples::is_schema;
use boon::{Compiler, Format, SchemaIndex, Schemas};
use sdkgen::diag::Diagnostics;
use sdkgen::load::Loaded;
use sdkgen::resolve::Resolver;
use sdkgen::tree::{Kind, Node, NodeId};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The URL of the translated schemas.
const URL: &str = "https://sdkgen.invalid/schemas.json";

/// Which formats the validator checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formats {
    /// Those that the document's OpenAPI version defines: the ranges of integers; in 3.0 also `byte`, `date` and
    /// `date-time`. In JSON Schema, and so in 3.1, the others are annotations.
    Defined,
    /// Every format that the validator supports.
    All,
}

pub struct Judge {
    schemas: Schemas,
    compiled: HashMap<NodeId, Result<SchemaIndex, String>>,
}

impl Judge {
    /// Creates a judge for values of these schemas.
    pub fn new(loaded: &Loaded, roots: &BTreeSet<NodeId>, formats: Formats) -> Self {
        let document = Translation::new(loaded, formats).document(roots);
        let mut compiler = compiler();
        let added = compiler.add_resource(URL, document);
        let mut schemas = Schemas::new();
        let mut compile = |root: &NodeId| {
            if let Err(error) = &added {
                return Err(error.to_string());
            }
            let place = format!("{URL}#/$defs/{}", root.index());
            let compiled = compiler.compile(&place, &mut schemas);
            compiled.map_err(|error| format!("{error:#}"))
        };
        let compiled = roots.iter().map(|root| (*root, compile(root))).collect();
        Judge { schemas, compiled }
    }

    /// Returns whether the value is valid.
    ///
    /// # Errors
    ///
    /// Returns the reason if the validator cannot use the schema.
    pub fn holds(&self, schema: NodeId, value: &Json) -> Result<bool, String> {
        match self.compiled.get(&schema) {
            Some(Ok(index)) => Ok(self.schemas.validate(value, *index).is_ok()),
            Some(Err(why)) => Err(why.clone()),
            None => Err("not compiled".to_owned()),
        }
    }
}

fn compiler() -> Compiler {
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    for format in ranges() {
        compiler.register_format(format);
    }
    compiler.register_format(Format {
        name: "byte",
        func: base64,
    });
    compiler
}

struct Translation<'t> {
    resolver: Resolver<'t>,
    formats: Formats,
    /// Whether the validator supports a pattern. An unsupported pattern would make the whole document invalid, so it
    /// is omitted: no type depends on it.
    patterns: HashMap<String, bool>,
    is_3_0: bool,
    /// Schemas that are not yet in `$defs`.
    waiting: Vec<Node<'t>>,
    known: HashSet<NodeId>,
}

impl<'t> Translation<'t> {
    fn new(loaded: &'t Loaded, formats: Formats) -> Self {
        let root = loaded.tree.root(loaded.entry);
        let version = root.and_then(|root| root.get("openapi"));
        let version = version.map(|node| node.to_json().to_string());
        Translation {
            resolver: Resolver {
                sources: &loaded.sources,
                tree: &loaded.tree,
            },
            formats,
            patterns: HashMap::new(),
            is_3_0: version.is_some_and(|text| text.trim_matches('"').starts_with("3.0")),
            waiting: Vec::new(),
            known: HashSet::new(),
        }
    }

    fn document(mut self, roots: &BTreeSet<NodeId>) -> Json {
        for root in roots {
            self.name(self.resolver.tree.node(*root));
        }
        let mut defs = Map::new();
        while let Some(node) = self.waiting.pop() {
            let schema = self.schema(node);
            defs.insert(node.id().index().to_string(), schema);
        }
        json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": defs})
    }

    /// Returns the reference to a schema.
    fn name(&mut self, node: Node<'t>) -> Json {
        if self.known.insert(node.id()) {
            self.waiting.push(node);
        }
        json!(format!("#/$defs/{}", node.id().index()))
    }

    fn schema(&mut self, node: Node<'t>) -> Json {
        if let Some(value) = node.as_bool() {
            return json!(value);
        }
        if !node.is_object() {
            return json!(true);
        }
        let mut schema = Map::new();
        if let Some(target) = self.reference(node).filter(|target| is_schema(*target)) {
            schema.insert("$ref".to_owned(), self.name(target));
        }
        // In 3.0, siblings of a reference are ignored.
        if self.is_3_0 && node.text("$ref").is_some() {
            return Json::Object(schema);
        }
        for (keyword, value) in node.members() {
            if let Some(value) = self.keyword(node, keyword, value) {
                schema.insert(keyword.to_owned(), value);
            }
        }
        Json::Object(schema)
    }

    /// Returns the target of a reference. An unresolved reference allows everything, as the schema `true`.
    fn reference(&self, node: Node<'t>) -> Option<Node<'t>> {
        self.resolver.step(node, &mut Diagnostics::default())
    }

    fn reads(&mut self, pattern: &str) -> bool {
        let readable = || {
            let mut compiler = compiler();
            let added = compiler.add_resource(URL, json!({"pattern": pattern}));
            added.is_ok() && compiler.compile(URL, &mut Schemas::new()).is_ok()
        };
        if let Some(known) = self.patterns.get(pattern) {
            return *known;
        }
        let known = readable();
        self.patterns.insert(pattern.to_owned(), known);
        known
    }

    fn keyword(&mut self, node: Node<'t>, keyword: &str, value: Node<'t>) -> Option<Json> {
        match keyword {
            "type" => self.types(node, value),
            "enum" => (value.items().len() > 0).then(|| value.to_json()),
            "const" => Some(value.to_json()),
            "items"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "contains"
            | "propertyNames"
            | "not"
            | "if"
            | "then"
            | "else" => is_schema(value).then(|| self.schema(value)),
            "allOf" | "oneOf" | "anyOf" | "prefixItems" => {
                let list: Vec<Json> = value.items().map(|item| self.schema(item)).collect();
                (!list.is_empty()).then_some(Json::Array(list))
            }
            "properties" | "patternProperties" | "dependentSchemas" => {
                let mut members = Map::new();
                for (key, member) in value.members() {
                    if keyword != "patternProperties" || self.reads(key) {
                        members.insert(key.to_owned(), self.schema(member));
                    }
                }
                Some(Json::Object(members))
            }
            "pattern" => {
                let pattern = value.as_str()?;
                self.reads(pattern).then(|| json!(pattern))
            }
            "format" => self.format(value),
            _ => limit(node, keyword, value),
        }
    }

    fn types(&self, node: Node<'t>, value: Node<'t>) -> Option<Json> {
        const KNOWN: [&str; 7] = [
            "boolean", "integer", "number", "string", "array", "object", "null",
        ];
        let one = value.as_str().into_iter();
        let mut types: Vec<&str> = one
            .chain(value.items().filter_map(Node::as_str))
            .filter(|name| KNOWN.contains(name))
            .collect();
        let nullable = node.get("nullable").and_then(Node::as_bool) == Some(true);
        if self.is_3_0 && nullable && !types.is_empty() && !types.contains(&"null") {
            types.push("null");
        }
        types.dedup();
        (!types.is_empty()).then(|| json!(types))
    }

    fn format(&self, value: Node<'t>) -> Option<Json> {
        let format = value.as_str()?;
        let ranges = [
            "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
        ];
        let texts = ["byte", "date", "date-time"];
        let kept = match self.formats {
            Formats::All => true,
            Formats::Defined if self.is_3_0 && texts.contains(&format) => true,
            Formats::Defined => ranges.contains(&format),
        };
        kept.then(|| json!(format))
    }
}

/// Translates keywords that need no other schema.
fn limit(node: Node<'_>, keyword: &str, value: Node<'_>) -> Option<Json> {
    match keyword {
        "required" => {
            let names: BTreeSet<&str> = value.items().filter_map(Node::as_str).collect();
            (value.kind() == Kind::Array).then(|| json!(names))
        }
        "minimum" | "maximum" => {
            let exclusive = match keyword {
                "minimum" => "exclusiveMinimum",
                _ => "exclusiveMaximum",
            };
            let excluded = node.get(exclusive).and_then(Node::as_bool) == Some(true);
            let limit = value.as_number().filter(|_| !excluded);
            limit.map(|limit| json!(limit))
        }
        "exclusiveMinimum" | "exclusiveMaximum" => match value.as_bool() {
            // 3.0 has a flag next to the limit.
            Some(true) => {
                let limit = keyword.trim_start_matches("exclusive").to_ascii_lowercase();
                let limit = node.get(&limit)?.as_number();
                limit.map(|limit| json!(limit))
            }
            Some(false) => None,
            None => value.as_number().map(|limit| json!(limit)),
        },
        "multipleOf" => {
            let number = value.as_number()?;
            let positive = number.as_f64().is_some_and(|number| number > 0.0);
            positive.then(|| json!(number))
        }
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"
        | "minContains" | "maxContains" => {
            let number = value.as_number()?.as_f64()?;
            (number >= 0.0 && number.fract() == 0.0).then(|| json!(number as u64))
        }
        "uniqueItems" => value.as_bool().map(|flag| json!(flag)),
        _ => None,
    }
}

/// Returns the formats of numbers, each defined by the range of its integers.
fn ranges() -> [Format; 8] {
    fn within(value: &Json, low: f64, high: f64) -> Result<(), Box<dyn std::error::Error>> {
        match value.as_f64() {
            Some(number) if number < low || number > high || number.fract() != 0.0 => {
                Err("out of range".into())
            }
            _ => Ok(()),
        }
    }
    [
        Format {
            name: "int8",
            func: |value| within(value, -128.0, 127.0),
        },
        Format {
            name: "int16",
            func: |value| within(value, -32768.0, 32767.0),
        },
        Format {
            name: "int32",
            func: |value| within(value, -2147483648.0, 2147483647.0),
        },
        Format {
            name: "int64",
            func: |value| within(value, -9223372036854775808.0, 9223372036854775807.0),
        },
        Format {
            name: "uint8",
            func: |value| within(value, 0.0, 255.0),
        },
        Format {
            name: "uint16",
            func: |value| within(value, 0.0, 65535.0),
        },
        Format {
            name: "uint32",
            func: |value| within(value, 0.0, 4294967295.0),
        },
        Format {
            name: "uint64",
            func: |value| within(value, 0.0, 18446744073709551615.0),
        },
    ]
}

/// Validates base64 in either alphabet, with or without line breaks and padding.
fn base64(value: &Json) -> Result<(), Box<dyn std::error::Error>> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "+/-_=\r\n".contains(letter);
    match value.as_str() {
        Some(text) if !text.chars().all(fits) => Err("not base64".into()),
        _ => Ok(()),
    }
}
