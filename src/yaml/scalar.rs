//! Determines the type of a plain scalar by the core schema of YAML 1.2 (chapter 10.3).

use serde_json::Number;

/// The type and value of a scalar.
#[derive(Debug, Clone, PartialEq)]
pub enum ScalarValue {
    Null,
    Bool(bool),
    Number(Number),
    String,
    /// `.inf`, `.nan` and floats that exceed a double. JSON has no such numbers.
    NoJsonNumber,
}

/// Returns the type of an unquoted scalar without a tag.
pub fn plain(text: &str) -> ScalarValue {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => ScalarValue::Null,
        "true" | "True" | "TRUE" => ScalarValue::Bool(true),
        "false" | "False" | "FALSE" => ScalarValue::Bool(false),
        _ => number(text),
    }
}

/// Parses a number. Any other text is a string.
pub fn number(text: &str) -> ScalarValue {
    // Fast path: most scalars are prose.
    if !matches!(
        text.as_bytes().first(),
        Some(b'0'..=b'9' | b'+' | b'-' | b'.')
    ) {
        return ScalarValue::String;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return ScalarValue::NoJsonNumber;
    }
    if let Some(scalar) = radix(text) {
        return scalar;
    }
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return integer(text);
    }
    match is_float(unsigned) {
        true => float(text.parse().unwrap_or(f64::NAN)),
        false => ScalarValue::String,
    }
}

/// Parses a decimal integer. Beyond 64 bits it becomes a double, as in JSON readers.
fn integer(text: &str) -> ScalarValue {
    match (text.parse::<u64>(), text.parse::<i64>()) {
        (Ok(value), _) => ScalarValue::Number(value.into()),
        (_, Ok(value)) => ScalarValue::Number(value.into()),
        _ => float(text.parse().unwrap_or(f64::NAN)),
    }
}

/// Parses `0o17` and `0x1F`.
fn radix(text: &str) -> Option<ScalarValue> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'o', ..] => (&text[2..], 8),
        [b'0', b'x', ..] => (&text[2..], 16),
        _ => return None,
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Some(ScalarValue::String);
    }
    let value = u64::from_str_radix(digits, radix);
    Some(value.map_or(ScalarValue::NoJsonNumber, |value| {
        ScalarValue::Number(value.into())
    }))
}

/// Matches `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|text| !text.is_empty() && digits(text))
}

fn float(value: f64) -> ScalarValue {
    Number::from_f64(value).map_or(ScalarValue::NoJsonNumber, ScalarValue::Number)
}

#[cfg(test)]
mod tests {
    use super::{ScalarValue, plain};

    #[test]
    fn the_core_schema() {
        let json = |text: &str| match plain(text) {
            ScalarValue::Null => "null".to_owned(),
            ScalarValue::Bool(value) => value.to_string(),
            ScalarValue::Number(value) => value.to_string(),
            ScalarValue::String => format!("'{text}'"),
            ScalarValue::NoJsonNumber => format!("no number: {text}"),
        };
        for (text, expected) in [
            ("", "null"),
            ("~", "null"),
            ("Null", "null"),
            ("nULL", "'nULL'"),
            ("TRUE", "true"),
            ("yes", "'yes'"),
            ("off", "'off'"),
            ("0", "0"),
            ("-0", "0"),
            ("+12", "12"),
            ("007", "7"),
            ("-19", "-19"),
            ("0o17", "15"),
            ("0x1f", "31"),
            ("0x", "'0x'"),
            ("0xg", "'0xg'"),
            ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", "1.8446744073709552e+19"),
            ("-9223372036854776000", "-9.223372036854776e+18"),
            ("1.5", "1.5"),
            (".5", "0.5"),
            ("1.", "1.0"),
            ("-1e3", "-1000.0"),
            ("1e", "'1e'"),
            (".", "'.'"),
            ("+", "'+'"),
            ("+-5", "'+-5'"),
            ("1.2.3", "'1.2.3'"),
            ("1_000", "'1_000'"),
            ("12:30", "'12:30'"),
            ("2020-01-01", "'2020-01-01'"),
            ("+1", "1"),
            (".inf", "no number: .inf"),
            ("-.INF", "no number: -.INF"),
            (".nan", "no number: .nan"),
            ("1e999", "no number: 1e999"),
            ("٣", "'٣'"),
        ] {
            assert_eq!(json(text), expected, "{text}");
        }
    }
}
