//! Random values: most of them valid for a schema, others nearly so.

use super::choices::Choices;
use super::schemas::PATTERNS;
use serde_json::{Map, Value, json};

/// The maximum depth of followed references.
const DEEP: usize = 8;

pub struct Sampler<'a> {
    pub choices: Choices,
    pub components: &'a Map<String, Value>,
}

impl Sampler<'_> {
    pub fn value(&mut self, schema: &Value) -> Value {
        self.sample(schema, DEEP)
    }

    fn sample(&mut self, schema: &Value, depth: usize) -> Value {
        let Some(keywords) = schema.as_object() else {
            return self.stray();
        };
        if depth == 0 {
            return Value::Null;
        }
        if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap_or_default();
            let mut value = self.sample(&self.components[name], depth - 1);
            if value.get("tag").is_some() && !self.choices.once_in(6) {
                value["tag"] = json!(name);
            }
            return value;
        }
        if keywords.get("nullable") == Some(&json!(true)) && self.choices.once_in(6) {
            return Value::Null;
        }
        if let Some(constant) = keywords.get("const") {
            return constant.clone();
        }
        if let Some(values) = keywords.get("enum").and_then(Value::as_array) {
            return self.choices.pick(values).clone();
        }
        let mut parts = Vec::new();
        for branch in list(keywords, "allOf") {
            parts.push(self.sample(branch, depth - 1));
        }
        for keyword in ["oneOf", "anyOf"] {
            let branches = list(keywords, keyword);
            if !branches.is_empty() {
                let branch = self.choices.pick(branches);
                parts.push(self.branch(keywords, branch, depth));
            }
        }
        if keywords.contains_key("type") || parts.is_empty() {
            parts.push(self.typed(keywords, depth));
        }
        joined(parts)
    }

    /// Returns a value of a branch, with the discriminator's tag for it.
    fn branch(&mut self, union: &Map<String, Value>, branch: &Value, depth: usize) -> Value {
        let mut value = self.sample(branch, depth - 1);
        let mapping = union
            .get("discriminator")
            .and_then(|it| it["mapping"].as_object());
        let key = mapping.and_then(|mapping| {
            mapping
                .iter()
                .find(|(_, target)| **target == branch["$ref"])
                .map(|(key, _)| key)
        });
        if let (Some(key), Some(_)) = (key, value.get("tag")) {
            value["tag"] = json!(key);
        }
        value
    }

    fn typed(&mut self, keywords: &Map<String, Value>, depth: usize) -> Value {
        let kind = match keywords.get("type") {
            Some(Value::Array(types)) => self.choices.pick(types).as_str(),
            Some(kind) => kind.as_str(),
            None => None,
        };
        match kind {
            Some("object") => self.object(keywords, depth),
            Some("array") => self.array(keywords, depth),
            Some("string") => json!(self.text(keywords)),
            Some("integer") => self.integer(keywords),
            Some("number") => self.number(keywords),
            Some("boolean") => json!(self.choices.once_in(2)),
            Some("null") => Value::Null,
            _ => self.stray(),
        }
    }

    fn object(&mut self, keywords: &Map<String, Value>, depth: usize) -> Value {
        let mut object = Map::new();
        let required = list(keywords, "required");
        if let Some(properties) = keywords.get("properties").and_then(Value::as_object) {
            for (name, schema) in properties {
                if required.contains(&json!(name)) || (self.choices.once_in(2) && depth > 2) {
                    object.insert(name.clone(), self.sample(schema, depth - 1));
                }
            }
        }
        let patterned = keywords.get("patternProperties").map(|map| &map["^x-"]);
        if let Some(schema) = patterned
            && self.choices.once_in(2)
        {
            object.insert("x-z".to_owned(), self.sample(schema, depth - 1));
        }
        let closed = [
            keywords.get("additionalProperties"),
            keywords.get("unevaluatedProperties"),
        ]
        .contains(&Some(&json!(false)));
        if !closed && depth > 2 && self.choices.once_in(3) {
            let name = *self.choices.pick(&["free", "a", "k", "other"]);
            let value = match keywords.get("additionalProperties") {
                Some(schema @ Value::Object(_)) => self.sample(schema, depth - 1),
                _ => self.stray(),
            };
            object.entry(name).or_insert(value);
        }
        Value::Object(object)
    }

    fn array(&mut self, keywords: &Map<String, Value>, depth: usize) -> Value {
        let prefix = list(keywords, "prefixItems");
        let mut items: Vec<Value> = prefix
            .iter()
            .map(|item| self.sample(item, depth - 1))
            .collect();
        if keywords.get("items") != Some(&json!(false)) {
            let free = json!({});
            let schema = keywords.get("items").unwrap_or(&free);
            for _ in 0..self.choices.roll(3) {
                items.push(self.sample(schema, depth - 1));
            }
        }
        if !prefix.is_empty() && self.choices.once_in(4) {
            items.pop();
        }
        json!(items)
    }

    fn text(&mut self, keywords: &Map<String, Value>) -> String {
        let keyword = |name: &str| keywords.get(name).and_then(Value::as_str);
        if let Some(pattern) = keyword("pattern") {
            let known = PATTERNS.iter().find(|(known, _)| *known == pattern);
            return known
                .map_or("", |(_, texts)| *self.choices.pick(texts))
                .to_owned();
        }
        let format = keyword("format")
            .or(keyword("contentEncoding"))
            .unwrap_or_default();
        self.choices.pick(texts_of(format)).to_string()
    }

    fn integer(&mut self, keywords: &Map<String, Value>) -> Value {
        let is_small = keywords.get("format") == Some(&json!("int32"));
        let numbers: &[i64] = match is_small || keywords.contains_key("maximum") {
            true => &[0, 1, 3, 127, 255],
            false => &[
                0,
                1,
                3,
                40_000,
                -1,
                -7,
                1 << 40,
                9_007_199_254_740_993,
                i64::MAX,
                i64::MIN,
            ],
        };
        json!(self.choices.pick(numbers))
    }

    fn number(&mut self, keywords: &Map<String, Value>) -> Value {
        // A `float` keeps 24 bits.
        match keywords.get("format") == Some(&json!("float")) {
            true => json!(self.choices.pick(&[0.0, 0.5, 2.0, 3.25, -1.5])),
            false => self
                .choices
                .pick(&[
                    json!(0),
                    json!(0.5),
                    json!(2),
                    json!(7),
                    json!(0.1),
                    json!(-2.75),
                    json!(1e21),
                ])
                .clone(),
        }
    }

    /// Returns a value that does not depend on a schema.
    pub fn stray(&mut self) -> Value {
        match self.choices.roll(10) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(self.choices.pick(&[0, 1, -1, 300])),
            3 => json!(self.choices.pick(&[0.5, 5.0, 1e3])),
            4 => json!("s"),
            5 => json!([]),
            6 => json!([1, "a"]),
            7 => json!({}),
            8 => json!({"a": 1, "q": [true]}),
            _ => json!({"free": "shape"}),
        }
    }

    /// Changes the value at one position.
    pub fn mutate(&mut self, value: &mut Value) {
        if !self.choices.once_in(3) {
            let count = match &*value {
                Value::Array(items) => items.len(),
                Value::Object(map) => map.len(),
                _ => 0,
            };
            if count > 0 {
                let number = self.choices.roll(count);
                let inner = match value {
                    Value::Array(items) => items.get_mut(number),
                    Value::Object(map) => map.values_mut().nth(number),
                    _ => None,
                };
                return inner.map_or((), |inner| self.mutate(inner));
            }
        }
        match (self.choices.roll(3), &mut *value) {
            (0 | 1, Value::Number(number)) if number.is_i64() => {
                let number = number.as_i64().unwrap_or_default();
                // An integer that a double can hold may also be written with a fraction of zero.
                if number.unsigned_abs() < 1 << 53 {
                    *value = json!(number as f64);
                }
            }
            (0, Value::String(text)) => *text = text.to_uppercase(),
            (1, Value::String(text)) => text.push('x'),
            (0, Value::Object(map)) => {
                let name = map.keys().next().cloned();
                name.map(|name| map.remove(&name));
            }
            (1, Value::Object(map)) => {
                let name = *self.choices.pick(&["z", "a", "b", "kind", "x-q", "type"]);
                let stray = self.stray();
                map.insert(name.to_owned(), stray);
            }
            (0, Value::Array(items)) => drop(items.pop()),
            (1, Value::Array(items)) => {
                let stray = self.stray();
                items.push(stray);
            }
            _ => *value = self.stray(),
        }
    }
}

fn texts_of(format: &str) -> &'static [&'static str] {
    match format {
        "date" => &["2020-01-01", "1999-12-31"],
        "date-time" => &[
            "2020-01-01T10:30:00Z",
            "2020-01-01T10:30:00.120+01:00",
            "2020-01-01t10:30:00z",
        ],
        "uuid" => &[
            "67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67E55044-10B1-426F-9247-BB680E5FE0C8",
        ],
        "time" => &["10:30:00Z", "10:30:00.5+01:00"],
        "duration" => &["P1D", "PT1H30M"],
        "uri" => &["https://example.com/a?b", "urn:x:y"],
        "email" => &["a@example.com"],
        "ipv4" => &["127.0.0.1"],
        "byte" | "base64" => &["", "TQ==", "aGVsbG8="],
        "int64" => &["5", "-12", "9007199254740993"],
        "decimal" => &["1.10", "0.3", "5"],
        _ => &["", "s", "text", "12", "2020-01-01", "true", "é"],
    }
}

fn list<'v>(keywords: &'v Map<String, Value>, name: &str) -> &'v [Value] {
    keywords
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Merges objects; of other values, the last one is returned.
fn joined(parts: Vec<Value>) -> Value {
    let mut whole = Value::Null;
    for part in parts {
        match (&mut whole, part) {
            (Value::Object(map), Value::Object(part)) => map.extend(part),
            (whole, part) => *whole = part,
        }
    }
    whole
}
