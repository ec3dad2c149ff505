//! YAML as text: lines that are moved, names that are quoted, values that are written.

use crate::diag::Diagnostics;
use crate::tree::{FileId, Tree};
use serde_json::Value;

/// A whole document.
pub fn document(value: &Value) -> String {
    // What `serde_yaml` cannot write is written as JSON, which is YAML too.
    serde_yaml::to_string(value).unwrap_or_else(|_| format!("{value:#}\n"))
}

/// Lines that say a value, indented by `column`.
pub fn block(value: &Value, column: usize) -> String {
    shifted(document(value).trim_end_matches('\n'), 0, column)
}

/// What follows a key and its colon: a scalar, or something empty, behind a space, all else on lines of its own.
pub fn after_key(value: &Value, column: usize) -> String {
    match value {
        Value::Object(map) if !map.is_empty() => format!("\n{}", block(value, column)),
        Value::Array(list) if !list.is_empty() => format!("\n{}", block(value, column)),
        // In a map a text of several lines is written as one that has a key.
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

/// A value on one line, as it may stand between brackets.
pub fn flow(value: &Value) -> String {
    value.to_string()
}

/// The lines of a text moved from one column to another. Empty lines stay empty.
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
            // Blanks may be part of a text.
            moved.extend(std::iter::repeat_n(' ', blanks - from + to));
        }
    }
    moved
}

/// A key that every reader takes for this text.
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

/// A text between single quotes.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether a text is YAML that says this value.
pub fn says(text: &str, value: &Value) -> bool {
    let (mut tree, file) = (Tree::default(), FileId(0));
    let mut unheard = Diagnostics::default();
    let loaded = crate::yaml::load(text, file, &mut tree, &mut unheard);
    let root = tree.root(file).filter(|_| loaded.is_ok());
    root.is_some_and(|root| root.to_json() == *value)
}
