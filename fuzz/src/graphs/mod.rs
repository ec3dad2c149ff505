//! Random descriptions whose schemas refer to each other in every direction, with operations that use them. Most of
//! them are valid OpenAPI, so that they reach all stages.

mod operations;
mod parts;
mod schemas;

use super::choices::Choices;
use serde_json::{Map, Value, json};

/// Names of properties and parameters: few, so that branches and bases share them.
const PROPERTIES: [&str; 14] = [
    "a", "b", "c", "t", "kind", "id", "next", "items", "value", "data", "type", "self", "A", "b-c",
];

/// Values of discriminators, enums and constants.
const TAGS: [&str; 6] = ["x", "y", "z", "T0", "T1", ""];

/// Names of schemas with a meaning in Rust or in the generated crate.
const MEANINGFUL: [&str; 8] = [
    "Option", "String", "Error", "Client", "Vec", "Self", "t0", "Value",
];

/// Returns the description that the choices determine.
pub fn document(choices: &mut Choices) -> Value {
    let is_modern = choices.once_in(2);
    let names = (0..2 + choices.roll(11)).map(|number| match choices.once_in(12) {
        true => (*choices.pick(&MEANINGFUL)).to_owned(),
        false => format!("T{number}"),
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    let mut graph = Graph {
        choices,
        is_modern,
        names,
    };
    let schemas = graph.components();
    let mut document = json!({
        "openapi": if is_modern { "3.1.0" } else { "3.0.3" },
        "info": {"title": "Graph", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
    });
    document["paths"] = graph.paths();
    document["components"] = graph.parts();
    document["components"]["schemas"] = schemas;
    if is_modern && graph.choices.once_in(4) {
        let event = graph.operation("/", "event");
        document["webhooks"] = json!({"event": {"post": event}});
    }
    if graph.choices.once_in(4) {
        document["security"] = graph.security();
    }
    document
}

struct Graph<'a> {
    choices: &'a mut Choices,
    /// OpenAPI 3.1, whose schemas are JSON Schema; otherwise 3.0.
    is_modern: bool,
    /// The targets of references to schemas.
    names: Vec<String>,
}

impl Graph<'_> {
    /// Returns the schemas: one for each name, and sometimes a family.
    fn components(&mut self) -> Value {
        let mut schemas = Map::new();
        if self.choices.once_in(3) {
            schemas = self.family();
            let first = schemas.keys().next().cloned();
            self.names.extend(first);
        }
        for name in self.names.clone() {
            if !schemas.contains_key(&name) {
                let schema = self.schema(3);
                schemas.insert(name, schema);
            }
        }
        Value::Object(schemas)
    }

    /// Returns a chain or a ring of up to 40 schemas, each of which refers to the next two in the same way. This
    /// detects work that doubles with each step of a chain.
    fn family(&mut self) -> Map<String, Value> {
        let own = std::mem::replace(
            &mut self.names,
            ["@1", "@2", "@1", "@0"].map(str::to_owned).to_vec(),
        );
        let mut link = self.schema(2);
        // Most shapes with exponential growth refer to the next schema more than once.
        if self.choices.once_in(2) {
            let other = self.schema(1);
            link = match self.choices.roll(3) {
                0 => {
                    json!({"type": "object", "required": ["next", "a"], "properties": {"next": link, "a": other}})
                }
                1 => json!({"oneOf": [link, other]}),
                _ => json!({"allOf": [link, other]}),
            };
        }
        self.names = own;
        let length = 2 + self.choices.roll(39);
        let is_ring = self.choices.once_in(2);
        let text = link.to_string();
        let mut schemas = Map::new();
        for index in 0..length {
            let mut text = text.clone();
            for step in 0..3 {
                let next = index + step;
                let next = if is_ring { next % length } else { next };
                text = text.replace(&format!("@{step}"), &format!("L{next}"));
            }
            let schema = serde_json::from_str(&text).expect("letters in texts were replaced");
            schemas.insert(format!("L{index}"), schema);
        }
        if !is_ring {
            schemas.insert(format!("L{length}"), json!({"type": "string"}));
            schemas.insert(format!("L{}", length + 1), self.scalar());
        }
        schemas
    }

    fn reference(&mut self) -> Value {
        json!({"$ref": self.pointer()})
    }

    fn pointer(&mut self) -> String {
        format!("#/components/schemas/{}", self.choices.pick(&self.names))
    }

    fn property(&mut self) -> &'static str {
        self.choices.pick::<&str>(&PROPERTIES)
    }

    fn tag(&mut self) -> &'static str {
        self.choices.pick::<&str>(&TAGS)
    }

    /// Returns a JSON value of any kind, for examples and defaults that may not fit.
    fn value(&mut self, depth: usize) -> Value {
        match self.choices.roll(if depth == 0 { 7 } else { 10 }) {
            0 => json!(self.tag()),
            1 => json!(self.choices.roll(1000)),
            2 => json!(-0.5),
            3 => json!(true),
            4 => json!(null),
            5 => json!(i64::MAX),
            6 => json!("2024-02-29T12:00:00Z"),
            7 => Value::Array(
                (0..self.choices.roll(3))
                    .map(|_| self.value(depth - 1))
                    .collect(),
            ),
            _ => {
                let members = (0..self.choices.roll(4))
                    .map(|_| (self.property().to_owned(), self.value(depth - 1)));
                Value::Object(members.collect())
            }
        }
    }
}
