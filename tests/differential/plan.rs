//! The schemas and values to try.

use super::choices::Choices;
use super::judge::Judge;
use super::schemas::Maker;
use super::values::Sampler;
use serde_json::{Map, Value, json};

/// The number of schemas in a document: few large crates compile faster than many small ones.
const SCHEMAS: usize = 250;

/// The number of documents that share a program.
pub const AT_A_TIME: usize = 4;

pub struct Plan {
    pub documents: usize,
    values: usize,
    seed: u64,
}

pub struct Document {
    /// The name of its crate.
    pub name: String,
    number: usize,
    is_modern: bool,
    /// Its types occur in responses only.
    is_received: bool,
    pub schemas: Vec<Value>,
    components: Map<String, Value>,
}

/// A value to decode as a schema.
pub struct Case {
    /// The index of its document in the run, and of its schema in the document.
    pub schema: usize,
    pub key: String,
    pub text: String,
    pub value: Value,
    pub is_valid: bool,
    pub is_received: bool,
    /// The only branch that accepts the value, if the schema is a union of objects.
    pub branch: Option<usize>,
}

impl Plan {
    pub fn from_environment() -> Self {
        let number = |name: &str, default| {
            std::env::var(name)
                .ok()
                .and_then(|text| text.parse().ok())
                .unwrap_or(default)
        };
        Plan {
            documents: (number("SDKGEN_SCHEMAS", 1_000) as usize).div_ceil(SCHEMAS),
            values: number("SDKGEN_VALUES", 50) as usize,
            seed: number("SDKGEN_SEED", 1),
        }
    }

    /// Returns whether the run has the default seed and size, for which the list of accepted differences was made.
    pub fn is_default(&self) -> bool {
        (self.documents, self.values, self.seed) == (4, 50, 1)
    }

    pub fn document(&self, number: usize) -> Document {
        let mut document = Document {
            name: format!("differential-{number}"),
            number,
            is_modern: number % 4 != 3,
            is_received: number % 4 == 1,
            schemas: Vec::new(),
            components: Map::new(),
        };
        for index in 0..SCHEMAS {
            let mut choices = Choices::from_seed(self.seed, (number * SCHEMAS + index) as u64);
            // Deep schemas compile slowly, and most faults need only two levels.
            let depth = *choices.pick(&[1, 1, 1, 2, 2, 3]);
            let is_inline = choices.once_in(2);
            let mut maker = Maker {
                choices: &mut choices,
                is_modern: document.is_modern,
                number: index,
                components: Map::new(),
            };
            let schema = maker.schema(depth);
            document.components.append(&mut maker.components);
            let value = match is_inline {
                true => schema.clone(),
                false => json!({"$ref": format!("#/components/schemas/S{index}")}),
            };
            let holder = json!({"type": "object", "required": ["v"], "properties": {"v": value}});
            document.components.insert(format!("H{index}"), holder);
            if !is_inline {
                document
                    .components
                    .insert(format!("S{index}"), schema.clone());
            }
            document.schemas.push(schema);
        }
        document
    }

    pub fn cases(&self, document: &Document) -> Vec<Case> {
        let mut judge = Judge::new(&document.components);
        let mut shapes = Judge::of_shapes(&document.components);
        let mut cases = Vec::new();
        for (index, schema) in document.schemas.iter().enumerate() {
            let place = document.place(index);
            let compiled = judge.schema(&place);
            let objects: Vec<_> = branches(schema)
                .filter(|(_, _, branch)| document.is_object(branch))
                .map(|(keyword, number, _)| {
                    let strict = judge.schema(&format!("{place}/{keyword}/{number}"));
                    (strict, shapes.schema(&format!("{place}/anyOf/{number}")))
                })
                .collect();
            let is_all = objects.len() == branches(schema).count();
            let first = (document.number * SCHEMAS + index) * self.values;
            for number in first..first + self.values {
                let mut sampler = Sampler {
                    choices: Choices::from_seed(self.seed + 1, number as u64),
                    components: &document.components,
                };
                let mut value = sampler.value(schema);
                if number % 2 == 1 {
                    sampler.mutate(&mut value);
                }
                let is_of = |it: &&(_, _)| shapes.is_valid(&value, it.1);
                let takers: Vec<_> = objects.iter().filter(is_of).collect();
                let branch = match takers[..] {
                    [taker] if is_all && judge.is_valid(&value, taker.0) => {
                        objects.iter().position(|it| std::ptr::eq(it, taker))
                    }
                    _ => None,
                };
                cases.push(Case {
                    schema: document.number % AT_A_TIME * SCHEMAS + index,
                    key: document.key(index),
                    text: json!({"v": value}).to_string(),
                    is_valid: judge.is_valid(&value, compiled),
                    is_received: document.is_received,
                    branch,
                    value,
                });
            }
        }
        cases
    }
}

/// Iterates over the branches of a union, with their keyword and index.
fn branches(schema: &Value) -> impl Iterator<Item = (&'static str, usize, &Value)> {
    ["oneOf", "anyOf"].into_iter().flat_map(|keyword| {
        let branches = schema.get(keyword).and_then(Value::as_array);
        let branches = branches.into_iter().flatten().enumerate();
        branches.map(move |(number, branch)| (keyword, number, branch))
    })
}

impl Document {
    /// Returns whether the schema accepts objects only.
    fn is_object(&self, schema: &Value) -> bool {
        match schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) {
            Some(name) => self.is_object(&self.components[name]),
            None => schema["type"] == "object",
        }
    }

    pub fn key(&self, schema: usize) -> String {
        format!("{}.{schema}", self.number)
    }

    /// Returns the path of a schema below the components.
    fn place(&self, schema: usize) -> String {
        let component = format!("S{schema}");
        match self.components.contains_key(&component) {
            true => component,
            false => format!("H{schema}/properties/v"),
        }
    }

    /// Returns the schema with the components that it uses.
    pub fn explained(&self, schema: usize) -> String {
        let mut text = self.schemas[schema].to_string();
        let mut shown = Vec::new();
        while let Some((name, component)) = self.components.iter().find(|(name, _)| {
            !shown.contains(name) && text.contains(&format!("/{name}\""))
                || name.ends_with(&format!("Child{schema}x")) && !shown.contains(name)
        }) {
            shown.push(name);
            text.push_str(&format!("\n  {name}: {component}"));
        }
        text
    }

    pub fn text(&self) -> String {
        let holders = (0..self.schemas.len()).map(|index| {
            (
                format!("h{index}"),
                json!({"$ref": format!("#/components/schemas/H{index}")}),
            )
        });
        let all = json!({"type": "object", "properties": holders.collect::<Map<_, _>>()});
        let content = json!({"application/json": {"schema": all}});
        let mut response = json!({"description": ""});
        // A type of responses does not distinguish null and absent. Types for both directions compile slowly, so that
        // unused types represent them.
        if self.is_received {
            response["content"] = content;
        }
        let operation = json!({"operationId": "x", "responses": {"200": response}});
        json!({
            "openapi": if self.is_modern { "3.1.0" } else { "3.0.3" },
            "info": {"title": "Differential", "version": "1"},
            "servers": [{"url": "https://api.example.com"}],
            "paths": {"/x": {"post": operation}},
            "components": {"schemas": self.components},
        })
        .to_string()
    }
}
