//! Parts of multipart bodies: files by `@path`, and texts.

use std::path::Path;

use sdk::Part;
use serde_json::Value;

use super::fault::Fault;
use super::input::{Input, missing};
use super::value;

/// Returns a required part.
pub fn part(input: &Input, key: &str) -> Result<Part, Fault> {
    optional_part(input, key)?.ok_or_else(|| missing(key))
}

pub fn optional_part(input: &Input, key: &str) -> Result<Option<Part>, Fault> {
    input
        .value(key)
        .map(|value| of_value(input, value))
        .transpose()
}

/// Returns the parts of a required list.
pub fn parts(input: &Input, key: &str) -> Result<Vec<Part>, Fault> {
    optional_parts(input, key)?.ok_or_else(|| missing(key))
}

pub fn optional_parts(input: &Input, key: &str) -> Result<Option<Vec<Part>>, Fault> {
    let parts = input.value(key).map(|value| match value {
        Value::Array(items) => items.iter().map(|item| of_value(input, item)).collect(),
        value => of_value(input, value).map(|part| vec![part]),
    });
    parts.transpose()
}

fn of_value(input: &Input, value: &Value) -> Result<Part, Fault> {
    let Value::String(text) = value else {
        return Ok(Part::new(value.to_string()).content_type("application/json"));
    };
    if !input.reads_files() {
        return Ok(Part::new(text.clone()));
    }
    let bytes = value::file_bytes(text).map_err(Fault::usage)?;
    let part = Part::new(bytes);
    let name = text
        .strip_prefix('@')
        .and_then(|path| Path::new(path).file_name());
    Ok(match name {
        Some(name) => part.file_name(name.to_string_lossy()),
        None => part,
    })
}
