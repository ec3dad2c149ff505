//! Describes the API in sentences: CommonMark, for every kind of docs and in any language.

mod operation;
pub mod rules;

pub use operation::{
    envelope, error_meaning, heading, headline, meaning, pagination, polling, request_line,
};

use crate::ir::{Api, EnumKind, FormatFacts, Schema, SchemaKind, Shape, StringFormat, TypeDef};
use crate::prose::is_unseen;
use serde_json::Value as Json;

/// Describes a property or parameter beyond its prose, in one paragraph.
pub fn notes(wire_name: &str, ident: &str, schema: &Schema, inferred: bool) -> String {
    let mut notes = Vec::new();
    if wire_name != ident {
        notes.push(format!("On the wire: {}.", code(wire_name)));
    }
    if let SchemaKind::Array(items) = &schema.kind {
        let of_items = sentences(items);
        notes.extend(of_items.iter().map(|text| format!("Each: {}", lower(text))));
    }
    notes.extend(sentences(schema));
    if inferred {
        notes.push("Inferred: the API's documentation does not describe it.".to_owned());
    }
    notes.join(" ")
}

/// Describes a property without prose: its name and its JSON type.
pub fn property(api: &Api, name: &str, schema: &Schema) -> String {
    format!("The property {}, {}.", code(name), json_type(api, schema))
}

/// Returns the JSON type of a schema, with an article.
fn json_type(api: &Api, schema: &Schema) -> &'static str {
    match api.resolved(schema) {
        SchemaKind::Any => "any JSON value",
        SchemaKind::Null => "null",
        SchemaKind::Boolean => "a boolean",
        SchemaKind::Integer(_) => "an integer",
        SchemaKind::Number(_) => "a number",
        SchemaKind::String(_) | SchemaKind::Constant(_) => "a string",
        SchemaKind::Array(_) | SchemaKind::Tuple(_) => "an array",
        SchemaKind::Map(_) => "an object",
        SchemaKind::Envelope(_, inner) => json_type(api, inner),
        SchemaKind::External(external) => match &external.sample {
            Json::Null => "any JSON value",
            Json::Bool(_) => "a boolean",
            Json::Number(_) => "a number",
            Json::String(_) => "a string",
            Json::Array(_) => "an array",
            Json::Object(_) => "an object",
        },
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Object(_) => "an object",
            Shape::Enum(shape) => match shape.kind {
                EnumKind::String => "a string",
                EnumKind::Integer => "an integer",
                EnumKind::Scalar => "a string, number or boolean",
            },
            // Aliases are resolved.
            Shape::Union(_) | Shape::Alias(_) => "a value of one of several types",
        },
    }
}

/// Describes the limits of an object or a union, in one paragraph.
pub fn limits(def: &TypeDef) -> String {
    limit_sentences(&def.limits).join(" ")
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Returns whether [`notes`] say of a schema that a value is its only one.
pub fn states_only_value(schema: &Schema, value: &Json) -> bool {
    let limits = schema.facts.iter().flat_map(|facts| &facts.limits);
    let mut lists = limits.filter(|(keyword, _)| keyword == "enum");
    schema.kind == SchemaKind::Null && value.is_null()
        || lists.any(|(_, values)| {
            values
                .as_array()
                .is_some_and(|all| all[..] == [value.clone()])
        })
}

/// Describes a schema's values beyond their type, a sentence each: limits, defaults, examples.
fn sentences(schema: &Schema) -> Vec<String> {
    if schema.kind == SchemaKind::Null {
        return vec!["Always null.".to_owned()];
    }
    let Some(facts) = &schema.facts else {
        return Vec::new();
    };
    let mut sentences = limit_sentences(&facts.limits);
    if let Some(format) = facts
        .format
        .as_deref()
        .filter(|format| !is_expressed(schema, format))
    {
        sentences.push(format!("Format: {}.", code(format)));
    }
    if let Some(default) = &facts.default {
        sentences.push(format!("Default: {}.", json(default)));
    }
    if let Some(example) = facts.examples.first().filter(|example| is_short(example)) {
        sentences.push(format!("Example: {}.", json(example)));
    }
    sentences
}

/// Describes limits and rules, a sentence each.
fn limit_sentences(limits: &[(String, Json)]) -> Vec<String> {
    let limit = |keyword: &str| {
        limits
            .iter()
            .find(|(name, _)| name == keyword)
            .map(|(_, value)| value)
    };
    let mut sentences = Vec::new();
    sentences.extend(range(
        limit("minLength"),
        limit("maxLength"),
        ["character", "characters"],
    ));
    sentences.extend(range(
        limit("minItems"),
        limit("maxItems"),
        ["item", "items"],
    ));
    sentences.extend(range(
        limit("minProperties"),
        limit("maxProperties"),
        ["property", "properties"],
    ));
    for (keyword, value) in limits {
        let sentence = match keyword.as_str() {
            "minimum" => format!("At least {}.", number(value)),
            "maximum" => format!("At most {}.", number(value)),
            "exclusiveMinimum" => format!("More than {}.", number(value)),
            "exclusiveMaximum" => format!("Less than {}.", number(value)),
            "multipleOf" => format!("A multiple of {}.", number(value)),
            "enum" => match value.as_array() {
                Some(values) => one_of(values),
                None => continue,
            },
            "pattern" => match value.as_str() {
                Some(pattern) => format!("Pattern: {}.", begin(pattern)),
                None => continue,
            },
            keyword => match rules::sentence(keyword, value) {
                Some(sentence) => sentence,
                None => continue,
            },
        };
        sentences.push(sentence);
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Returns the sentence on the number of units: their names are the singular and the plural.
fn range(min: Option<&Json>, max: Option<&Json>, names: [&str; 2]) -> Option<String> {
    let count = |value: &Json| value.as_u64();
    let units = |count: u64| names[usize::from(count != 1)];
    match (
        min.and_then(count).filter(|min| *min > 0),
        max.and_then(count),
    ) {
        (Some(min), Some(max)) if min == max => Some(format!("Exactly {min} {}.", units(min))),
        (Some(min), Some(max)) => Some(format!("From {min} to {max} {}.", units(max))),
        (Some(min), None) => Some(format!("At least {min} {}.", units(min))),
        (None, Some(max)) => Some(format!("At most {max} {}.", units(max))),
        (None, None) => None,
    }
}

/// Returns the first values of a list; a long one is left to the API's own documentation.
fn one_of(values: &[Json]) -> String {
    const SHOWN: usize = 20;
    if let [only] = values {
        return format!("Always {}.", json(only));
    }
    let shown: Vec<String> = values.iter().take(SHOWN).map(json).collect();
    let more = if values.len() > SHOWN { ", …" } else { "" };
    format!("One of {}{more}.", shown.join(", "))
}

fn number(value: &Json) -> String {
    match value.as_f64() {
        // Large round numbers beyond the exact range of integers are printed as written.
        Some(_) => value.to_string(),
        None => json(value),
    }
}

/// Returns whether the value's type already expresses the format.
fn is_expressed(schema: &Schema, format: &str) -> bool {
    match &schema.kind {
        SchemaKind::Integer(_) | SchemaKind::String(StringFormat::Integer(_)) => matches!(
            format,
            "int8"
                | "int16"
                | "int32"
                | "int64"
                | "uint8"
                | "uint16"
                | "uint32"
                | "uint64"
                | "uint"
                | "int128"
                | "uint128"
        ),
        SchemaKind::Number(_) => format == "double",
        SchemaKind::String(StringFormat::Plain) => false,
        SchemaKind::String(_) => {
            FormatFacts::named(format).is_some_and(|format| format.is_expressed)
        }
        _ => false,
    }
}

fn is_short(value: &Json) -> bool {
    match value {
        Json::String(text) => text.len() <= 60 && !text.contains('\n'),
        Json::Array(_) | Json::Object(_) => value.to_string().len() <= 60,
        Json::Null => false,
        _ => true,
    }
}

/// The maximum length of a value in characters, because docs repeat it wherever its schema is used.
const LONGEST: usize = 2_000;

/// Returns a JSON value as a code span, truncated if it is long.
pub fn json(value: &Json) -> String {
    begin(&value.to_string())
}

/// Returns the start of a text, followed by `…` if it is truncated.
fn begin(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", code(&text[..end])),
        None => code(text),
    }
}

/// Returns a code span (CommonMark 6.1), delimited by more backticks than the text has in a row. Invisible
/// characters are printed as numbers.
pub fn code(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => line.push(' '),
            c if is_unseen(c) => line.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => line.push(c),
        }
    }
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let edge = line.starts_with('`') || line.ends_with('`') || line.trim().is_empty();
    let pad = if edge { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// Items as a series in a sentence: `408, 429 and 500`.
pub fn series(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, code, json as shown, range};
    use serde_json::json;

    #[test]
    fn code_spans_may_contain_backticks() {
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a\nb\u{202e}\0"), "`a b\\u{202e}\\u{0}`");
    }

    #[test]
    fn long_values_are_truncated() {
        let text = shown(&json!("ä".repeat(1 << 16)));
        assert!(text.ends_with("ä`…"), "{}", text.len());
        assert_eq!(text.chars().count(), LONGEST + 3);
    }

    #[test]
    fn ranges_read_as_prose() {
        assert_eq!(
            range(
                Some(&json!(1)),
                Some(&json!(64)),
                ["character", "characters"]
            )
            .unwrap(),
            "From 1 to 64 characters."
        );
        assert_eq!(
            range(Some(&json!(0)), Some(&json!(1)), ["item", "items"]).unwrap(),
            "At most 1 item."
        );
        assert_eq!(
            range(None, Some(&json!(16)), ["property", "properties"]).unwrap(),
            "At most 16 properties."
        );
        assert_eq!(range(None, None, ["item", "items"]), None);
    }
}
