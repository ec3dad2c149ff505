//! Random schemas as in real descriptions, limited to what a JSON Schema validator can judge.

use super::choices::Choices;
use serde_json::{Map, Value, json};

/// Patterns, each with matching texts.
pub const PATTERNS: [(&str, [&str; 2]); 4] = [
    ("^[a-z]{1,8}$", ["abc", "x"]),
    ("^\\d{3}$", ["007", "123"]),
    ("^v[0-9]+(\\.[0-9]+)*$", ["v1", "v1.10"]),
    ("^x-", ["x-a", "x-"]),
];

const NAMES: [&str; 8] = ["a", "b", "c", "kind", "type", "z-y", "1st", "Self"];

const FORMATS: [&str; 11] = [
    "date",
    "date-time",
    "uuid",
    "time",
    "duration",
    "uri",
    "email",
    "ipv4",
    "int64",
    "decimal",
    "unheard-of",
];

/// Texts that could also be values of another type.
const TEXTS: [&str; 12] = [
    "up",
    "down",
    "a b",
    "1",
    "007",
    "1.10",
    "1e3",
    "true",
    "null",
    "",
    "é",
    "2020-01-01",
];

/// Creates the schemas of one document.
pub struct Maker<'c> {
    pub choices: &'c mut Choices,
    /// OpenAPI 3.1 with JSON Schema 2020-12; otherwise 3.0, which has fewer keywords, and `nullable`.
    pub is_modern: bool,
    /// A suffix that makes the names of helper components unique.
    pub number: usize,
    pub components: Map<String, Value>,
}

impl Maker<'_> {
    pub fn schema(&mut self, depth: usize) -> Value {
        let kinds = if depth == 0 { 8 } else { 30 };
        let mut schema = match self.choices.roll(kinds) {
            0 | 1 => self.text(),
            2 | 3 => self.number(),
            4 | 5 => self.enumeration(),
            6 => json!({"type": "boolean"}),
            7 => self.anything(),
            8..=12 => self.object(depth - 1),
            13..=18 => self.union(depth - 1),
            19 | 20 => self.array(depth - 1),
            21 | 22 => self.tuple(depth - 1),
            23 | 24 => self.map(depth - 1),
            25 | 26 => self.all_of(depth - 1),
            27 => self.types(),
            28 => self.discriminated(depth - 1),
            _ => self.family(depth - 1),
        };
        if self.choices.once_in(10) {
            schema = self.nullable(schema);
        }
        if self.choices.once_in(6) {
            return self.component("Part", schema);
        }
        schema
    }

    /// Turns a schema into a component and returns the reference to it.
    fn component(&mut self, name: &str, schema: Value) -> Value {
        let name = format!("{name}{}x{}", self.number, self.components.len());
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        self.components.insert(name, schema);
        reference
    }

    fn nullable(&mut self, schema: Value) -> Value {
        let kind = schema["type"].as_str().map(str::to_owned);
        match (kind, schema) {
            (Some(_), mut schema) if !self.is_modern => {
                schema["nullable"] = json!(true);
                if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                    values.push(Value::Null);
                }
                schema
            }
            (Some(kind), mut schema) if kind != "null" && schema.get("enum").is_none() => {
                schema["type"] = json!([kind, "null"]);
                schema
            }
            (_, schema) if self.is_modern => json!({"anyOf": [schema, {"type": "null"}]}),
            (_, schema) => schema,
        }
    }

    fn text(&mut self) -> Value {
        match self.choices.roll(8) {
            0..=2 => json!({"type": "string"}),
            3 => json!({"type": "string", "minLength": 1, "maxLength": 4}),
            4 => json!({"type": "string", "pattern": self.choices.pick(&PATTERNS).0}),
            5 if self.is_modern => json!({"type": "string", "contentEncoding": "base64"}),
            5 => json!({"type": "string", "format": "byte"}),
            _ => json!({"type": "string", "format": self.choices.pick(&FORMATS)}),
        }
    }

    fn number(&mut self) -> Value {
        match self.choices.roll(9) {
            0..=2 => json!({"type": "integer"}),
            3 => json!({"type": "integer", "format": "int32"}),
            4 => json!({"type": "integer", "format": "int64"}),
            5 => json!({"type": "integer", "minimum": 0, "maximum": 255}),
            6 => json!({"type": "number", "minimum": 0}),
            7 => {
                json!({"type": "number", "format": self.choices.pick(&["float", "double", "decimal"])})
            }
            _ => json!({"type": "number"}),
        }
    }

    fn enumeration(&mut self) -> Value {
        let texts = |choices: &mut Choices| {
            let first = choices.roll(TEXTS.len());
            let count = 1 + choices.roll(3);
            (0..count)
                .map(|step| TEXTS[(first + step * 5) % TEXTS.len()])
                .collect::<Vec<_>>()
        };
        match self.choices.roll(if self.is_modern { 9 } else { 4 }) {
            0 | 1 => json!({"type": "string", "enum": texts(self.choices)}),
            2 => json!({"type": "integer", "enum": [0, 1, 3]}),
            3 => json!({"type": "number", "enum": [0, 0.5, 2]}),
            4 => json!({"const": texts(self.choices)[0]}),
            5 => {
                json!({"const": self.choices.pick(&[json!(1), json!(-1), json!(true), json!(0.5)])})
            }
            6 => json!({"enum": [texts(self.choices)[0], 1, null]}),
            7 => json!({"enum": [texts(self.choices)[0], null]}),
            _ => json!({"type": "boolean", "const": true}),
        }
    }

    fn anything(&mut self) -> Value {
        match self.choices.roll(3) {
            0 if self.is_modern => json!(true),
            1 if self.is_modern => json!({"type": "null"}),
            2 => json!({"type": "object"}),
            _ => json!({}),
        }
    }

    fn types(&mut self) -> Value {
        if !self.is_modern {
            return self.number();
        }
        let types: &[&str] = match self.choices.roll(6) {
            0 => &["string", "integer"],
            1 => &["integer", "number"],
            2 => &["string", "number", "boolean", "null"],
            3 => &["object", "string"],
            4 => &["array", "string"],
            _ => &["boolean", "integer"],
        };
        json!({"type": types})
    }

    fn schemas(&mut self, least: usize, depth: usize) -> Vec<Value> {
        let count = least + self.choices.roll(3);
        (0..count).map(|_| self.schema(depth)).collect()
    }

    pub fn object(&mut self, depth: usize) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for _ in 0..self.choices.roll(4) {
            let name = *self.choices.pick(&NAMES);
            let schema = self.schema(depth);
            let is_new = properties.insert(name.to_owned(), schema).is_none();
            if is_new && self.choices.once_in(2) {
                required.push(name);
            }
        }
        let mut object = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        match self.choices.roll(10) {
            0 | 1 => object["additionalProperties"] = json!(false),
            2 => object["additionalProperties"] = self.schema(depth.min(1)),
            3 => object["additionalProperties"] = json!(true),
            4 if self.is_modern => {
                object["patternProperties"] = json!({"^x-": self.schema(0)});
                if self.choices.once_in(2) {
                    object["additionalProperties"] = json!(false);
                }
            }
            5 if self.is_modern => object["unevaluatedProperties"] = json!(false),
            _ => {}
        }
        object
    }

    fn map(&mut self, depth: usize) -> Value {
        let values = self.schema(depth);
        match self.choices.roll(4) {
            0 if self.is_modern => json!({"type": "object", "patternProperties": {"^x-": values},
                "additionalProperties": false}),
            1 if self.is_modern => {
                json!({"type": "object", "propertyNames": {"pattern": "^[a-z]{1,8}$"},
                "additionalProperties": values})
            }
            _ => json!({"type": "object", "additionalProperties": values}),
        }
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut array = json!({"type": "array", "items": self.schema(depth)});
        match self.choices.roll(5) {
            0 => array["minItems"] = json!(1),
            1 => array["maxItems"] = json!(2),
            2 => array["uniqueItems"] = json!(true),
            _ => {}
        }
        array
    }

    fn tuple(&mut self, depth: usize) -> Value {
        if !self.is_modern {
            return self.array(depth);
        }
        let items = self.schemas(1, depth);
        let count = items.len();
        let mut tuple = json!({"type": "array", "prefixItems": items});
        match self.choices.roll(5) {
            0 | 1 => tuple["items"] = json!(false),
            2 => tuple["maxItems"] = json!(count),
            3 => tuple["items"] = self.schema(0),
            // Further items may be anything.
            _ => tuple["title"] = json!("open"),
        }
        if self.choices.once_in(2) {
            tuple["minItems"] = json!(count);
        }
        tuple
    }

    fn union(&mut self, depth: usize) -> Value {
        // Every second union consists of objects, whose branches are hard to distinguish.
        if self.choices.once_in(2) {
            return self.union_of_objects(depth);
        }
        let branches = self.schemas(2, depth);
        self.union_of(branches)
    }

    fn union_of_objects(&mut self, depth: usize) -> Value {
        let count = 2 + self.choices.roll(2);
        let branches = (0..count).map(|_| self.object(depth)).collect();
        self.union_of(branches)
    }

    fn union_of(&mut self, mut branches: Vec<Value>) -> Value {
        let keyword = *self.choices.pick(&["oneOf", "anyOf"]);
        match self.choices.roll(6) {
            0 => self.tag(&mut branches),
            1 => {
                for branch in &mut branches {
                    *branch = self.component("Branch", std::mem::take(branch));
                }
            }
            2 if self.is_modern => branches.push(json!({"type": "null"})),
            _ => {}
        }
        json!({keyword: branches})
    }

    /// Adds a constant to each branch that is an object, as emitters do for enums of Rust and TypeScript.
    fn tag(&mut self, branches: &mut [Value]) {
        let name = *self.choices.pick(&NAMES);
        let is_inner = self.choices.once_in(3);
        for (number, branch) in branches.iter_mut().enumerate() {
            let Some(properties) = branch.get_mut("properties").and_then(Value::as_object_mut)
            else {
                continue;
            };
            let mut tag = json!({"type": "string", "enum": [format!("t{number}")]});
            if is_inner {
                tag = json!({"type": "object", "properties": {"in": tag}, "required": ["in"]});
            }
            properties.insert(name.to_owned(), tag);
            let required = branch.get("required").and_then(Value::as_array).cloned();
            let mut required = required.unwrap_or_default();
            if !required.contains(&json!(name)) {
                required.push(json!(name));
            }
            branch["required"] = json!(required);
        }
    }

    /// Returns an object with a required tag that a discriminator maps to it.
    fn tagged(&mut self, depth: usize, tag: &Value) -> Value {
        let mut object = self.object(depth);
        object["properties"]["tag"] = tag.clone();
        let mut required = object["required"].as_array().cloned().unwrap_or_default();
        required.push(json!("tag"));
        object["required"] = json!(required);
        object
    }

    fn discriminated(&mut self, depth: usize) -> Value {
        let keyword = *self.choices.pick(&["oneOf", "anyOf"]);
        let is_mapped = self.choices.once_in(2);
        let mut mapping = Map::new();
        let mut branches = Vec::new();
        for number in 0..2 + self.choices.roll(2) {
            let object = self.tagged(depth, &json!({"type": "string"}));
            let branch = self.component("Tagged", object);
            if is_mapped {
                let value = ["1.10", "cat", "No"][number];
                mapping.insert(value.to_owned(), branch["$ref"].clone());
            }
            branches.push(branch);
        }
        let mut discriminator = json!({"propertyName": "tag"});
        if is_mapped {
            discriminator["mapping"] = json!(mapping);
        }
        json!({keyword: branches, "discriminator": discriminator})
    }

    /// Returns a parent with a discriminator, children that extend it, and a property of the parent's type.
    fn family(&mut self, depth: usize) -> Value {
        let mut parent = self.tagged(depth, &json!({"type": "string"}));
        if let Some(object) = parent.as_object_mut() {
            object.remove("additionalProperties");
            object.remove("unevaluatedProperties");
        }
        parent["discriminator"] = json!({"propertyName": "tag"});
        let parent = self.component("Parent", parent);
        for _ in 0..1 + self.choices.roll(2) {
            let mut own = self.object(depth);
            if let Some(object) = own.as_object_mut() {
                object.remove("additionalProperties");
                object.remove("unevaluatedProperties");
            }
            let child = json!({"allOf": [parent, own]});
            self.component("Child", child);
        }
        parent
    }

    fn all_of(&mut self, depth: usize) -> Value {
        let mut branches: Vec<Value> = Vec::new();
        for _ in 0..2 {
            let mut object = self.object(depth);
            if let Some(object) = object.as_object_mut() {
                object.remove("additionalProperties");
                object.remove("unevaluatedProperties");
            }
            branches.push(match self.choices.once_in(2) {
                true => self.component("Base", object),
                false => object,
            });
        }
        match self.choices.roll(6) {
            0 => branches.push(self.union_of_objects(depth)),
            1 => return json!({"allOf": [branches[0]], "description": "one"}),
            2 => return json!({"allOf": [self.text(), {"minLength": 1}]}),
            3 if self.is_modern => {
                return json!({"allOf": branches, "unevaluatedProperties": false});
            }
            _ => {}
        }
        json!({"allOf": branches})
    }
}
