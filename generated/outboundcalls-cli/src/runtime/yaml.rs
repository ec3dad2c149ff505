//! Prints JSON as YAML 1.2.

use serde_json::Value;

/// Returns the YAML of a value, with a line break at its end.
pub fn text(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(members) if !members.is_empty() => block(value, 0, &mut out),
        Value::Array(items) if !items.is_empty() => block(value, 0, &mut out),
        value => {
            out.push_str(&scalar(value));
            out.push('\n');
        }
    }
    out
}

fn block(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                out.push_str(&format!("{indent}{}:", string(name)));
                below(value, depth + 1, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                out.push_str(&format!("{indent}-"));
                below(item, depth + 1, out);
            }
        }
        value => out.push_str(&format!("{indent}{}\n", scalar(value))),
    }
}

/// Prints a value after its key or dash.
fn below(value: &Value, depth: usize, out: &mut String) {
    let is_block = match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    match is_block {
        true => {
            out.push('\n');
            block(value, depth, out);
        }
        false => out.push_str(&format!(" {}\n", scalar(value))),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        // JSON is YAML.
        other => other.to_string(),
    }
}

/// Returns a string as it is if YAML reads it as the same string, or else in double quotes.
fn string(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./+@ ".contains(c);
    let is_letter = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let lower = text.to_ascii_lowercase();
    let is_word = matches!(
        &*lower,
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    match is_letter && text.chars().all(is_plain) && !text.ends_with(' ') && !is_word {
        true => text.to_owned(),
        false => Value::from(text).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::json;

    #[test]
    fn values_become_yaml() {
        let value =
            json!({"a": [1, {"b": "no", "c": []}], "d e": "x: y", "f": null, "g": {}, "h": "+1"});
        assert_eq!(
            text(&value),
            "a:\n  - 1\n  -\n    b: \"no\"\n    c: []\nd e: \"x: y\"\nf: null\ng: {}\nh: \"+1\"\n"
        );
        assert_eq!(text(&json!("a\nb")), "\"a\\nb\"\n");
    }
}
