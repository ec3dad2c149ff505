//! Applies tags of the core schema. Other tags are reported and ignored.

use super::scalar::{ScalarValue, plain};
use saphyr_parser::Tag;

/// Returns a scalar with the type of its tag, or the message if the tag does not fit.
pub fn scalar(text: &str, tag: &Tag) -> Result<ScalarValue, String> {
    if is_unspecific(tag) {
        return Ok(ScalarValue::String);
    }
    if !tag.is_yaml_core_schema() {
        return Err(ignored(tag));
    }
    let fits = match (tag.suffix.as_str(), plain(text)) {
        ("str" | "binary" | "timestamp", _) => Some(ScalarValue::String),
        ("null", ScalarValue::Null) => Some(ScalarValue::Null),
        ("bool", value @ ScalarValue::Bool(_)) => Some(value),
        ("int", ScalarValue::Number(value)) if !value.is_f64() => Some(ScalarValue::Number(value)),
        ("float", value @ (ScalarValue::Number(_) | ScalarValue::NoJsonNumber)) => Some(value),
        ("null" | "bool" | "int" | "float", _) => None,
        _ => return Err(ignored(tag)),
    };
    fits.ok_or_else(|| {
        format!(
            "the value `{text}` does not match the tag `!!{}`",
            tag.suffix
        )
    })
}

/// Returns whether a tag is `!`, which makes a scalar a string.
fn is_unspecific(tag: &Tag) -> bool {
    matches!(
        (tag.handle.as_str(), tag.suffix.as_str()),
        ("!", "") | ("", "!")
    )
}

fn ignored(tag: &Tag) -> String {
    let name = match tag.is_yaml_core_schema() {
        true => format!("!!{}", tag.suffix),
        false => format!("{}{}", tag.handle, tag.suffix),
    };
    format!("unknown tag `{name}`")
}

/// Checks that a tag fits a sequence (`seq`) or mapping (`map`).
pub fn container(tag: &Tag, expected: &str) -> Result<(), String> {
    let fits = is_unspecific(tag) || tag.is_yaml_core_schema() && tag.suffix == expected;
    if fits { Ok(()) } else { Err(ignored(tag)) }
}
