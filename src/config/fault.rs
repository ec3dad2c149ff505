//! Translates parse errors of `sdkgen.yaml`: serde's messages name Rust types, users know keys.

use crate::did_you_mean;

/// An error in the structure of the file, with line and column (from 1) if they are known.
#[derive(Debug)]
pub struct SyntaxFault {
    pub message: String,
    pub at: Option<(usize, usize)>,
}

impl SyntaxFault {
    pub fn of(fault: serde_yaml::Error) -> Self {
        SyntaxFault {
            message: message(&fault.to_string()),
            at: fault.location().map(|at| (at.line(), at.column())),
        }
    }
}

/// Returns the parser's message without its position, and with a suggestion for an unknown name.
fn message(text: &str) -> String {
    let text = text.split(" at line ").next().unwrap_or(text);
    if let Some((place, rest)) = text.split_once("unknown field `") {
        let within = match place.trim_end_matches(": ") {
            "" => String::new(),
            place => format!(" in `{place}`"),
        };
        return unknown("key", &within, rest);
    }
    if let Some((place, rest)) = text.split_once("unknown variant `") {
        let of = format!(" of `{}`", place.trim_end_matches(": "));
        return unknown("value", &of, rest);
    }
    if let Some((_, rest)) = text.split_once("duplicate field `") {
        return format!("duplicate key `{rest}");
    }
    wrong_kind(text).unwrap_or_else(|| text.to_owned())
}

/// Returns the message for an unknown name. `rest` is serde's list, where backticks enclose the names.
fn unknown(what: &str, place: &str, rest: &str) -> String {
    let mut words = rest.split('`').step_by(2);
    let unknown = words.next().unwrap_or_default();
    let known: Vec<&str> = rest.split('`').skip(2).step_by(2).collect();
    let hint = did_you_mean::hint(unknown, known.iter().copied());
    format!(
        "unknown {what} `{unknown}`{place}{hint} (known: {})",
        known.join(", ")
    )
}

/// Returns the message for a value of the wrong type.
fn wrong_kind(text: &str) -> Option<String> {
    let (place, rest) = ["invalid type: ", "invalid value: "]
        .into_iter()
        .find_map(|invalid| text.split_once(invalid))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let place = match place.trim_end_matches(": ") {
        "" => "the file".to_owned(),
        place => format!("`{place}`"),
    };
    let expected = match expected {
        "a sequence" => "a list",
        "path string" => "a path",
        // serde expects a tag only for enums that are written as plain strings here.
        "a YAML tag starting with '!'" => "one of its values",
        other if other.starts_with("struct ") => "a map",
        other => other,
    };
    let found = match found.split_once(' ') {
        _ if found == "map" => "a map".to_owned(),
        _ if found == "sequence" => "a list".to_owned(),
        _ if found == "unit value" => "empty".to_owned(),
        Some(("integer", value)) => format!("the number {value}"),
        Some(("floating", value)) => format!("the number {}", value.trim_start_matches("point ")),
        _ => format!("the {found}"),
    };
    Some(format!("{place} must be {expected}, but is {found}"))
}
