//! Prints YAML: documents, indented lines, quoted keys.

use crate::diag::Diagnostics;
use crate::tree::{FileId, Tree};
use serde_json::Value;

/// Returns a whole document.
pub fn document(value: &Value) -> String {
    // JSON is valid YAML, so it is the fallback for what `serde_yaml` cannot print.
    serde_yaml::to_string(value).unwrap_or_else(|_| format!("{value:#}\n"))
}

/// Returns the lines of a value, indented by `column`.
pub fn block(value: &Value, column: usize) -> String {
    shifted(document(value).trim_end_matches('\n'), 0, column)
}

/// Returns the text after a key and its colon: scalars and empty values on the same line, others on new lines.
pub fn after_key(value: &Value, column: usize) -> String {
    match value {
        Value::Object(map) if !map.is_empty() => format!("\n{}", block(value, column)),
        Value::Array(list) if !list.is_empty() => format!("\n{}", block(value, column)),
        // serde_yaml prints a multi-line string as a block scalar only below a key.
        scalar => {
            let keyed = document(&serde_json::json!({"k": scalar}));
            let written = keyed.trim_end_matches('\n').trim_start_matches("k:");
            match written.split_once('\n') {
                Some((first, rest)) => format!("{first}\n{}", shifted(rest, 2, column)),
                None => written.to_owned(),
            }
        }
    }
}

/// Returns a value in flow style on one line.
pub fn flow(value: &Value) -> String {
    value.to_string()
}

/// Moves the lines of a text from one column to another. Empty lines stay empty.
pub fn shifted(text: &str, from: usize, to: usize) -> String {
    let mut moved = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            moved.push('\n');
        }
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let rest = &line[blanks.min(from)..];
        if !rest.trim().is_empty() {
            moved.extend(std::iter::repeat_n(' ', to));
            moved.push_str(rest);
        } else if blanks > from {
            // The blanks may belong to a block scalar.
            moved.extend(std::iter::repeat_n(' ', blanks - from + to));
        }
    }
    moved
}

/// Returns a key, quoted if a reader could take it for another type.
pub fn key(name: &str) -> String {
    let starts = name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_');
    let word = name.to_ascii_lowercase();
    let is_value = matches!(
        word.as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    match starts && !is_value {
        true => name.to_owned(),
        false => quoted(name),
    }
}

/// Returns a single-quoted string.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Returns whether a text is YAML that parses to this value.
pub fn parses_to(text: &str, value: &Value) -> bool {
    let (mut tree, file) = (Tree::default(), FileId(0));
    let mut discarded = Diagnostics::default();
    let loaded = crate::yaml::load(text, file, &mut tree, &mut discarded);
    let root = tree.root(file).filter(|_| loaded.is_ok());
    root.is_some_and(|root| root.to_json() == *value)
}
