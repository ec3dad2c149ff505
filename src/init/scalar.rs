//! Prints text as YAML scalars.

use std::fmt::Write;

/// Returns the value of an environment variable in a workflow: double-quoted ASCII without expressions that GitHub
/// Actions would evaluate.
///
/// Text of a document or user must reach a workflow's shell through such a variable, never in `run`.
pub fn env_value(text: &str) -> String {
    // The expression evaluates to `${{`.
    let text = text.replace("${{", "${{ '${{' }}");
    let mut quoted = String::from("\"");
    for char in text.chars() {
        // Writing to a string cannot fail.
        let _ = match char {
            '"' | '\\' => write!(quoted, "\\{char}"),
            ' '..='~' => write!(quoted, "{char}"),
            _ => write!(quoted, "\\U{:08X}", u32::from(char)),
        };
    }
    quoted.push('"');
    quoted
}

/// Returns a value on one line of a configuration file.
pub fn scalar(text: &str) -> Result<String, String> {
    let yaml = serde_yaml::to_string(text).map_err(|fault| fault.to_string())?;
    let yaml = yaml.trim_end();
    match yaml.contains('\n') {
        // A JSON string is a valid YAML string.
        true => Ok(serde_json::Value::from(text).to_string()),
        false => Ok(yaml.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{env_value, scalar};

    const HOSTILE: [&str; 9] = [
        "plain",
        "$(touch pwned)",
        "a\"; touch pwned; \"",
        "a\nb: c\r\n\u{85}\u{2028}",
        "\\n \\",
        "# no comment",
        "é 😀 \u{7f} \0",
        "null",
        "{a: b}",
    ];

    #[test]
    fn values_round_trip() {
        for text in HOSTILE {
            let value = env_value(text);
            assert!(value.is_ascii() && !value.contains('\n'), "{value}");
            assert_eq!(serde_yaml::from_str::<String>(&value).unwrap(), text);
            let value = scalar(text).unwrap();
            assert!(!value.contains('\n'), "{value}");
            let keyed: serde_json::Value = serde_yaml::from_str(&format!("k: {value}\n")).unwrap();
            assert_eq!(keyed["k"], text);
        }
    }

    #[test]
    fn expressions_are_broken_up() {
        let value = env_value("a${{ github.token }}b${{c");
        assert_eq!(value, "\"a${{ '${{' }} github.token }}b${{ '${{' }}c\"");
    }
}
