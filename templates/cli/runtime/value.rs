//! Values of arguments: from text to JSON.

use serde_json::Value;

use super::specification::Kind;
use super::time;

/// Reads the text of an argument.
///
/// # Errors
///
/// Returns what is wrong with the text.
pub fn parse(kind: Kind, text: &str) -> Result<Value, String> {
    match kind {
        Kind::Text => Ok(Value::from(text)),
        Kind::Boolean => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(format!("`{text}` is not `true` or `false`")),
        },
        Kind::Integer | Kind::Number => number(kind, text),
        Kind::Date => time::date(text).map(Value::from),
        Kind::Time => time::time(text).map(Value::from),
        Kind::Any => Ok(match text.strip_prefix('@') {
            Some(_) => json(&file_text(text)?)?,
            None => match serde_json::from_str::<Value>(text) {
                Ok(_) => json(text)?,
                Err(_) => Value::from(text),
            },
        }),
        Kind::Json => json(&file_text(text)?),
        Kind::Base64 => match text.strip_prefix('@') {
            Some(path) => Ok(Value::from(base64(&file(path)?))),
            None => Ok(Value::from(text)),
        },
        Kind::File => Ok(Value::from(text)),
    }
}

fn number(kind: Kind, text: &str) -> Result<Value, String> {
    let number: Option<serde_json::Number> = serde_json::from_str(text.trim()).ok();
    let is_fit = |number: &serde_json::Number| kind == Kind::Number || !number.is_f64();
    let what = if kind == Kind::Number {
        "a number"
    } else {
        "an integer"
    };
    match number.filter(is_fit) {
        Some(number) => unrounded(text).map(|()| Value::Number(number)),
        None => Err(format!("`{text}` is not {what}")),
    }
}

/// Parses JSON.
///
/// # Errors
///
/// Returns an error if the text is not JSON, or has a number that would be rounded.
pub fn json(text: &str) -> Result<Value, String> {
    let value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
    unrounded(text).map(|()| value)
}

/// Checks that no number of JSON is rounded: numbers are decoded as `i64`, `u64` or `f64`.
fn unrounded(json: &str) -> Result<(), String> {
    let bytes = json.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at..];
        let length = match byte {
            b'"' => string_length(rest),
            b'-' | b'0'..=b'9' => rest.iter().take_while(|byte| is_of_number(**byte)).count(),
            _ => 1,
        };
        let token = json.get(at..at + length).unwrap_or_default();
        let number = serde_json::from_str::<serde_json::Number>(token);
        if number.is_ok_and(|number| decimal(token) != decimal(&number.to_string())) {
            return Err(format!("`{token}` has more digits than can be sent"));
        }
        at += length;
    }
    Ok(())
}

/// Returns the number of bytes of the string at the start.
fn string_length(json: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E')
}

/// Returns the digits of a number without zeros around them, its exponent, and whether it is negative.
fn decimal(number: &str) -> (String, i64, bool) {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let is_negative = mantissa.starts_with('-');
    let mantissa = mantissa.trim_start_matches('-');
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let zeros = digits.len() - significant.len();
    let exponent =
        exponent.parse::<i64>().unwrap_or_default() + zeros as i64 - fraction.len() as i64;
    match significant.trim_start_matches('0') {
        "" => (String::new(), 0, is_negative),
        significant => (significant.to_owned(), exponent, is_negative),
    }
}

/// Returns the text of an argument, or that of the file or standard input that it names: `@path` or `-`.
pub fn file_text(argument: &str) -> Result<String, String> {
    let bytes = match (argument, argument.strip_prefix('@')) {
        ("-" | "@-", _) => standard_input()?,
        (_, Some(path)) => file(path)?,
        _ => return Ok(argument.to_owned()),
    };
    String::from_utf8(bytes).map_err(|_| format!("`{argument}` is not UTF-8"))
}

/// Returns the bytes of an argument, or those of the file or standard input that it names.
pub fn file_bytes(argument: &str) -> Result<Vec<u8>, String> {
    match (argument, argument.strip_prefix('@')) {
        ("-" | "@-", _) => standard_input(),
        (_, Some(path)) => file(path),
        _ => Ok(argument.as_bytes().to_vec()),
    }
}

/// Reads a file.
pub fn file(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("cannot read `{path}`: {error}"))
}

fn standard_input() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes);
    read.map_err(|error| format!("cannot read the standard input: {error}"))?;
    Ok(bytes)
}

/// Encodes bytes as base64 (RFC 4648, section 4).
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * index) & 63) as usize];
            out.push(if index <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    out
}

/// Returns the value at a path of properties.
pub fn at<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, name| value.get(name))
}

/// Sets the value at a path of properties, and makes the objects on the way.
///
/// # Errors
///
/// Returns the name of the property that is not an object.
pub fn set(value: &mut Value, path: &[String], new: Value) -> Result<(), String> {
    let Some((last, outer)) = path.split_last() else {
        *value = new;
        return Ok(());
    };
    let mut object = value;
    let mut name = "the body";
    for step in outer.iter().map(Some).chain([None]) {
        if object.is_null() {
            *object = Value::Object(serde_json::Map::new());
        }
        let Value::Object(members) = object else {
            return Err(format!("{name} is not an object"));
        };
        let Some(step) = step else {
            members.insert(last.clone(), new);
            return Ok(());
        };
        name = step;
        object = members.entry(step.clone()).or_insert(Value::Null);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{base64, parse, set};
    use crate::runtime::specification::Kind;
    use serde_json::{Value, json};

    #[test]
    fn texts_become_values() {
        assert_eq!(parse(Kind::Integer, "5"), Ok(json!(5)));
        assert_eq!(
            parse(Kind::Integer, "5.0"),
            Err("`5.0` is not an integer".to_owned())
        );
        assert_eq!(parse(Kind::Number, "-0.5"), Ok(json!(-0.5)));
        assert_eq!(parse(Kind::Any, "[1]"), Ok(json!([1])));
        assert_eq!(parse(Kind::Any, "plain"), Ok(json!("plain")));
        assert_eq!(parse(Kind::Text, "5"), Ok(json!("5")));
        assert!(parse(Kind::Json, "{").unwrap_err().starts_with("not JSON"));
        assert!(
            parse(Kind::Json, "@/nowhere")
                .unwrap_err()
                .starts_with("cannot read")
        );
        assert!(parse(Kind::Boolean, "yes").is_err());
    }

    #[test]
    fn base64_is_padded() {
        let encoded = ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes()));
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }

    #[test]
    fn properties_are_set_by_path() {
        let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
        let mut value = Value::Null;
        set(&mut value, &path("a.b"), json!(1)).unwrap();
        set(&mut value, &path("a.c"), json!(2)).unwrap();
        assert_eq!(value, json!({"a": {"b": 1, "c": 2}}));
        let fault = set(&mut value, &path("a.b.d"), json!(3));
        assert_eq!(fault, Err("b is not an object".to_owned()));
    }
}
