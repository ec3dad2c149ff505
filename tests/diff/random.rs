//! Random single edits of a document, as an owner might make by accident.

use serde_yaml::{Mapping, Value as Yaml};

/// A deterministic random number generator.
pub struct Random(u64);

impl Random {
    pub fn of(seed: u64) -> Self {
        // Neighbouring seeds must lead to unrelated numbers.
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        random.next();
        random.next();
        random
    }

    /// Xorshift64*.
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Returns a number below `count`, which must not be zero.
    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % count
    }

    fn one_of<'t, T: ?Sized>(&mut self, all: &[&'t T]) -> &'t T {
        all[self.below(all.len())]
    }
}

/// Returns the document with one edit, and a description of the edit.
pub fn edited(document: &Mapping, random: &mut Random) -> (Mapping, String) {
    let mut document = Yaml::Mapping(document.clone());
    let count = places(&document);
    loop {
        let mut place = random.below(count);
        if let Some(edit) = edit_at(&mut document, "", &mut place, random) {
            let Yaml::Mapping(document) = document else {
                unreachable!("a mapping stays one");
            };
            return (document, edit);
        }
    }
}

/// Counts the values in a tree.
fn places(value: &Yaml) -> usize {
    let inner: usize = match value {
        Yaml::Mapping(entries) => entries.values().map(places).sum(),
        Yaml::Sequence(items) => items.iter().map(places).sum(),
        _ => 0,
    };
    inner + 1
}

/// Edits the value that `place` other values precede.
fn edit_at(value: &mut Yaml, path: &str, place: &mut usize, random: &mut Random) -> Option<String> {
    if *place == 0 {
        let edit = edit(value, path, random)?;
        return Some(format!("{path}: {edit}"));
    }
    *place -= 1;
    let inner: Vec<(String, &mut Yaml)> = match value {
        Yaml::Mapping(entries) => entries
            .iter_mut()
            .map(|(key, value)| (spelled(key), value))
            .collect(),
        Yaml::Sequence(items) => items
            .iter_mut()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => return None,
    };
    for (key, inner) in inner {
        let count = places(inner);
        if *place < count {
            return edit_at(inner, &format!("{path}/{key}"), place, random);
        }
        *place -= count;
    }
    None
}

fn spelled(value: &Yaml) -> String {
    match value {
        Yaml::String(text) => text.clone(),
        other => serde_yaml::to_string(other).unwrap().trim().to_owned(),
    }
}

/// Returns the last key of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn edit(value: &mut Yaml, path: &str, random: &mut Random) -> Option<String> {
    match value {
        Yaml::Bool(flag) => {
            *flag = !*flag;
            Some(format!("is {flag}"))
        }
        Yaml::Number(number) => {
            let other = number.as_i64()? + 1 + i64::try_from(random.below(3)).unwrap();
            *value = Yaml::Number(other.into());
            Some(format!("is {other}"))
        }
        Yaml::String(text) => {
            let other = other_text(last(path), text, random)?;
            *value = Yaml::String(other.clone());
            Some(format!("is {other}"))
        }
        Yaml::Sequence(items) => sequence(items, random),
        Yaml::Mapping(entries) => mapping(entries, path, random),
        _ => None,
    }
}

const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];
const FORMATS: [&str; 8] = [
    "int32",
    "int64",
    "date",
    "date-time",
    "uuid",
    "binary",
    "password",
    "byte",
];
const STYLES: [&str; 7] = [
    "form",
    "simple",
    "label",
    "matrix",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];
const MEDIA_TYPES: [&str; 10] = [
    "application/json",
    "application/problem+json",
    "application/vnd.new+json; version=2",
    "application/x-www-form-urlencoded",
    "application/xml",
    "application/octet-stream",
    "application/jsonl",
    "text/plain",
    "image/jpeg",
    "multipart/form-data",
];
const STATUSES: [&str; 8] = ["200", "201", "204", "2XX", "302", "404", "4XX", "default"];

/// Returns a different text for a key whose text has a meaning.
fn other_text(key: &str, text: &str, random: &mut Random) -> Option<String> {
    let listed: &[&str] = match key {
        "type" => &TYPES,
        "format" => &FORMATS,
        "style" => &STYLES,
        "in" => &["query", "header", "cookie"],
        "contentType" => &MEDIA_TYPES,
        "scheme" => &["basic", "bearer"],
        "contentEncoding" => &["base64", "base64url"],
        "openapi" | "title" | "version" | "description" | "summary" => return None,
        "$ref" => {
            let (before, name) = text.rsplit_once('/')?;
            let others: &[&str] = match name {
                "Cat" | "Dog" | "Other" | "Base" => &["Cat", "Dog", "Other", "Base"],
                "Filter" | "Shelf" | "Job" | "Fault" => &["Filter", "Shelf", "Job", "Fault"],
                _ => return None,
            };
            return Some(format!("{before}/{}", random.one_of(others)));
        }
        _ => return Some(format!("{text}2")),
    };
    Some(random.one_of(listed).to_owned())
}

fn sequence(items: &mut Vec<Yaml>, random: &mut Random) -> Option<String> {
    if items.is_empty() {
        return None;
    }
    let at = random.below(items.len());
    match random.below(2) {
        0 => {
            let gone = items.remove(at);
            Some(format!("lost {}", short(&gone)))
        }
        _ => {
            let other = random.below(items.len());
            items.swap(at, other);
            Some(format!("{at} and {other} swapped"))
        }
    }
}

fn short(value: &Yaml) -> String {
    let text = serde_json::to_string(value).unwrap();
    text.chars().take(80).collect()
}

fn mapping(entries: &mut Mapping, path: &str, random: &mut Random) -> Option<String> {
    match random.below(3) {
        0 => add(entries, path, random),
        1 => rename(entries, random),
        _ => {
            if entries.is_empty() {
                return None;
            }
            let key = entries.keys().nth(random.below(entries.len()))?.clone();
            let gone = entries.shift_remove(&key)?;
            Some(format!("lost {}: {}", spelled(&key), short(&gone)))
        }
    }
}

/// Renames one key and keeps its position.
fn rename(entries: &mut Mapping, random: &mut Random) -> Option<String> {
    if entries.is_empty() {
        return None;
    }
    let at = random.below(entries.len());
    let key = spelled(entries.keys().nth(at)?);
    let other = match &*key {
        _ if key.contains('/') && !key.starts_with('/') => random.one_of(&MEDIA_TYPES),
        "default" => random.one_of(&STATUSES),
        _ if key.len() == 3 && key.starts_with(|char: char| char.is_ascii_digit()) => {
            random.one_of(&STATUSES)
        }
        "get" | "put" | "post" | "patch" => random.one_of(&["get", "put", "post", "delete"]),
        "oneOf" | "anyOf" => random.one_of(&["oneOf", "anyOf", "allOf"]),
        "properties" | "schema" | "schemas" | "paths" | "components" | "openapi" => return None,
        _ => return renamed(entries, at, &format!("{key}2")),
    };
    renamed(entries, at, other)
}

fn renamed(entries: &mut Mapping, at: usize, other: &str) -> Option<String> {
    if entries.contains_key(other) {
        return None;
    }
    let mut what = String::new();
    let all = std::mem::take(entries).into_iter().enumerate();
    *entries = all
        .map(|(index, (key, value))| {
            if index != at {
                return (key, value);
            }
            what = format!("{} is called {other}", spelled(&key));
            (Yaml::String(other.to_owned()), value)
        })
        .collect();
    Some(what)
}

/// Additions to a schema, a parameter, a response or an operation, one line of YAML each.
const OF_SCHEMAS: [&str; 16] = [
    "format: int32",
    "format: date",
    "format: password",
    "readOnly: true",
    "writeOnly: true",
    "deprecated: true",
    "default: 1",
    "x-sdkgen-inferred: true",
    "x-sdkgen-envelope: [data, items]",
    "additionalProperties: false",
    "additionalProperties: {type: string}",
    "enum: [a, b]",
    "minimum: 0",
    "maxLength: 8",
    "required: [kind, a]",
    "minItems: 1",
];
const OF_PARAMETERS: [&str; 7] = [
    "required: true",
    "explode: true",
    "explode: false",
    "style: form",
    "allowReserved: true",
    "allowEmptyValue: true",
    "deprecated: true",
];
const OF_OPERATIONS: [&str; 6] = [
    "security: []",
    "security: [{basic: []}]",
    "servers: [{url: 'https://other.example.com'}]",
    "deprecated: true",
    "parameters: [{name: q, in: query, schema: {type: string}}]",
    "x-speakeasy-retries: {strategy: backoff}",
];
const OF_RESPONSES: [&str; 3] = [
    "headers: {X-New: {schema: {type: integer}}}",
    "content: {text/html: {schema: {type: string}}}",
    "content: {application/json: {schema: {type: boolean}}}",
];

fn add(entries: &mut Mapping, path: &str, random: &mut Random) -> Option<String> {
    let has = |key: &str| entries.contains_key(key);
    let lines: &[&str] = match () {
        () if has("in") && has("name") && has("schema") => &OF_PARAMETERS,
        () if has("operationId") => &OF_OPERATIONS,
        () if has("description") && path.contains("/responses/") => &OF_RESPONSES,
        () if has("type") || has("anyOf") || has("oneOf") || has("allOf") => &OF_SCHEMAS,
        () if has("$ref") && path.ends_with("schema") => &OF_SCHEMAS[3..9],
        () if has("propertyName") => &["defaultMapping: '#/components/schemas/Other'"],
        () => return None,
    };
    let line = random.one_of(lines);
    let more: Mapping = serde_yaml::from_str(line).unwrap();
    entries.extend(more);
    Some(format!("has {line}"))
}
