//! Random schemas.

use super::Graph;
use serde_json::{Map, Value, json};

const FORMATS: [&str; 10] = [
    "date",
    "date-time",
    "uuid",
    "byte",
    "binary",
    "int32",
    "int64",
    "decimal",
    "uri",
    "float",
];

impl Graph<'_> {
    /// Returns a schema with at most `depth` levels of nested schemas.
    pub(super) fn schema(&mut self, depth: usize) -> Value {
        let kinds = if depth == 0 { 8 } else { 24 };
        let mut schema = match self.choices.roll(kinds) {
            0 | 1 => self.scalar(),
            2..=5 => self.reference(),
            6 => self.enumeration(),
            7 => json!({}),
            8..=12 => self.object(depth - 1),
            13..=16 => self.union(depth - 1),
            17 | 18 => self.all_of(depth - 1),
            19 | 20 => self.array(depth - 1),
            21 => json!({"type": "object", "additionalProperties": self.schema(depth - 1)}),
            22 => self.tuple(depth - 1),
            _ => self.conditional(depth - 1),
        };
        self.annotate(&mut schema);
        schema
    }

    fn schemas(&mut self, most: usize, depth: usize) -> Vec<Value> {
        let count = 1 + self.choices.roll(most);
        (0..count).map(|_| self.schema(depth)).collect()
    }

    pub(super) fn scalar(&mut self) -> Value {
        let mut schema = match self.choices.roll(6) {
            0 => json!({"type": "string"}),
            1 => json!({"type": "integer"}),
            2 => json!({"type": "boolean"}),
            3 => json!({"type": "number", "minimum": 0}),
            4 => json!({"type": "string", "format": self.choices.pick(&FORMATS)}),
            _ => json!({"type": "string", "minLength": 1, "pattern": "^[a-z]{1,8}$"}),
        };
        if self.is_modern && self.choices.once_in(8) {
            schema["type"] = json!([schema["type"], "null"]);
        }
        schema
    }

    fn enumeration(&mut self) -> Value {
        match self.choices.roll(5) {
            0 => json!({"type": "string", "enum": ["x", "y"]}),
            1 => json!({"const": self.tag()}),
            2 => json!({"enum": [self.tag(), self.choices.roll(3), null]}),
            3 => json!({"type": "integer", "enum": [0, 1, 2]}),
            _ => json!({"enum": [self.tag()]}),
        }
    }

    /// Returns an object with some properties, most of them from the common pool.
    fn object(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        for _ in 0..self.choices.roll(5) {
            let schema = self.schema(depth);
            properties.insert(self.property().to_owned(), schema);
        }
        // A property that tags the branches of a union.
        if self.choices.once_in(4) {
            properties.insert(
                "t".to_owned(),
                json!({"type": "string", "enum": [self.tag()]}),
            );
        }
        let names: Vec<String> = properties.keys().cloned().collect();
        let required: Vec<String> = names
            .into_iter()
            .filter(|_| self.choices.once_in(2))
            .collect();
        let mut schema = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        match self.choices.roll(16) {
            1 => schema["additionalProperties"] = json!(false),
            2 => schema["additionalProperties"] = json!(true),
            3 => schema["additionalProperties"] = self.schema(depth),
            4 => schema["discriminator"] = self.discriminator(),
            5 => schema["allOf"] = json!([self.reference()]),
            6 => schema["oneOf"] = json!([self.reference(), self.reference()]),
            7 => schema["required"] = json!([self.property()]),
            _ => {}
        }
        schema
    }

    fn union(&mut self, depth: usize) -> Value {
        let mut branches = self.schemas(4, depth);
        for branch in &mut branches {
            if self.choices.once_in(2) {
                *branch = self.reference();
            }
        }
        if self.is_modern && self.choices.once_in(6) {
            branches.push(json!({"type": "null"}));
        }
        let keyword = *self.choices.pick(&["oneOf", "anyOf"]);
        let mut schema = json!({keyword: branches});
        match self.choices.roll(8) {
            1..=3 => schema["discriminator"] = self.discriminator(),
            4 => schema["properties"] = json!({self.property(): self.schema(depth)}),
            5 => schema["type"] = json!("object"),
            _ => {}
        }
        schema
    }

    /// Returns a discriminator whose mapping names any schemas, even the surrounding one.
    fn discriminator(&mut self) -> Value {
        let property = *self.choices.pick(&["t", "kind"]);
        let mut mapping = Map::new();
        for _ in 0..self.choices.roll(4) {
            let name = match self.choices.once_in(3) {
                true => self.choices.pick(&self.names).clone(),
                false => self.pointer(),
            };
            mapping.insert(self.tag().to_owned(), json!(name));
        }
        match mapping.is_empty() {
            true => json!({"propertyName": property}),
            false => json!({"propertyName": property, "mapping": mapping}),
        }
    }

    fn all_of(&mut self, depth: usize) -> Value {
        let mut parts = self.schemas(3, depth);
        if self.choices.once_in(2) {
            parts.push(self.reference());
        }
        let mut schema = json!({"allOf": parts});
        if self.choices.once_in(4) {
            schema["required"] = json!([self.property(), self.property()]);
        }
        schema
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut schema = json!({"type": "array", "items": self.schema(depth)});
        match self.choices.roll(4) {
            1 => schema["minItems"] = json!(self.choices.pick(&[1, 2, 3, 50, 100_000])),
            2 => schema["maxItems"] = json!(self.choices.roll(3)),
            3 => schema["uniqueItems"] = json!(true),
            _ => {}
        }
        schema
    }

    fn tuple(&mut self, depth: usize) -> Value {
        let items = self.schemas(3, depth);
        if !self.is_modern {
            return json!({"type": "array", "minItems": items.len(), "items": {"anyOf": items}});
        }
        let mut schema = json!({"type": "array", "minItems": items.len(), "prefixItems": items});
        match self.choices.roll(3) {
            0 => schema["items"] = json!(false),
            1 => schema["items"] = self.schema(depth),
            _ => {}
        }
        schema
    }

    fn conditional(&mut self, depth: usize) -> Value {
        match self.choices.roll(4) {
            0 => json!({"not": self.schema(depth)}),
            1 if self.is_modern => json!({
                "if": {"required": [self.property()]}, "then": self.schema(depth), "else": self.schema(depth),
            }),
            2 if self.is_modern => json!({
                "type": "object", "dependentRequired": {self.property(): [self.property()]},
                "patternProperties": {"^x-": self.schema(depth)},
            }),
            _ => json!({"allOf": [self.reference()], "description": "An alias."}),
        }
    }

    /// Adds keywords that do not change the schema's type.
    fn annotate(&mut self, schema: &mut Value) {
        match self.choices.roll(24) {
            1 => schema["description"] = json!("What it is.\n\nAnd *more*."),
            2 => schema["default"] = self.value(2),
            3 if self.is_modern => schema["examples"] = json!([self.value(2), self.value(1)]),
            3 | 4 => schema["example"] = self.value(3),
            5 => schema["readOnly"] = json!(true),
            6 => schema["writeOnly"] = json!(true),
            7 => schema["deprecated"] = json!(true),
            8 => schema["title"] = json!("A Title"),
            9 | 10 => *schema = self.nullable(schema.take()),
            _ => {}
        }
    }

    fn nullable(&mut self, schema: Value) -> Value {
        match self.choices.roll(3) {
            0 if self.is_modern => json!({"anyOf": [schema, {"type": "null"}]}),
            1 if self.is_modern => json!({"oneOf": [{"type": "null"}, schema]}),
            0 | 1 => json!({"nullable": true, "allOf": [schema]}),
            _ => {
                let mut schema = schema;
                schema["nullable"] = json!(true);
                schema
            }
        }
    }
}
