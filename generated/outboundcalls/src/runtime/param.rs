//! Parameters and form bodies, from a value to the text that is sent.

use percent_encoding::utf8_percent_encode;
use serde_json::Value;

use super::style::{Kind, NOT_UNRESERVED, Place, Style, Tree, text};

/// A path parameter, encoded.
pub(super) fn path(name: &str, style: Style, value: &Value) -> Result<String, String> {
    let expanded = match style.kind {
        Kind::Json => Some(percent_encode(&value.to_string())),
        _ => {
            let tree = Tree::of(value);
            let expansion = match &tree {
                Tree::Scalar(text) if text.is_empty() => None,
                tree => style.expand(Place::Path, name, tree),
            };
            expansion.map(|expansion| expansion.joined())
        }
    };
    match expanded {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(format!("the path parameter `{name}` is empty")),
    }
}

/// A query parameter, as encoded `name=value` pairs.
pub(super) fn query(name: &str, style: Style, value: &Value) -> Vec<String> {
    match style.kind {
        Kind::Json => vec![format!(
            "{}={}",
            percent_encode(name),
            percent_encode(&value.to_string())
        )],
        Kind::Deep => {
            let mut pairs = Vec::new();
            deep(name, value, &mut pairs);
            pairs
        }
        _ => style
            .expand(Place::Query, name, &Tree::of(value))
            .map(|expansion| expansion.parts)
            .unwrap_or_default(),
    }
}

/// A header parameter. Headers are not percent-encoded.
pub(super) fn header(name: &str, style: Style, value: &Value) -> Option<String> {
    match style.kind {
        Kind::Json => Some(value.to_string()),
        _ => style
            .expand(Place::Header, name, &Tree::of(value))
            .map(|expansion| expansion.joined()),
    }
}

/// A cookie parameter, as `name=value` pairs.
pub(super) fn cookie(name: &str, style: Style, value: &Value) -> Vec<String> {
    match style.kind {
        Kind::Json => query(name, style, value),
        _ => style
            .expand(Place::Cookie, name, &Tree::of(value))
            .map(|expansion| expansion.parts)
            .unwrap_or_default(),
    }
}

/// `deepObject`. OpenAPI defines it for objects of scalars; deeper ones go on in the same way, with
/// an index for the items of a list, which is what the servers that read this form agree on.
fn deep(name: &str, value: &Value, pairs: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(&format!("{name}[{index}]"), item, pairs);
            }
        }
        Value::Object(members) => {
            for (member, value) in members {
                deep(&format!("{name}[{member}]"), value, pairs);
            }
        }
        scalar => {
            if let Some(text) = text(scalar) {
                pairs.push(format!(
                    "{}={}",
                    percent_encode(name),
                    percent_encode(&text)
                ));
            }
        }
    }
}

/// A form body: `application/x-www-form-urlencoded`, where a space is a `+` (WHATWG URL, section
/// 5.2). A member that is not in `styles` is written in the style `form`.
pub(super) fn form(value: &Value, styles: &[(&str, Style)]) -> Result<String, String> {
    let Value::Object(members) = value else {
        return Err("the body of a form must be an object".to_owned());
    };
    let mut pairs = Vec::new();
    for (name, value) in members {
        let style = styles
            .iter()
            .find(|(styled, _)| styled == name)
            .map_or_else(|| default_style(value), |(_, style)| *style);
        pairs.extend(query(name, style, value));
    }
    Ok(pairs.join("&").replace("%20", "+"))
}

/// OpenAPI 3.1, encoding object: without a style, an object is sent as JSON, and a list or a scalar
/// as in a query.
fn default_style(value: &Value) -> Style {
    match value {
        Value::Object(_) => Style::JSON,
        _ => Style::FORM,
    }
}

fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, NOT_UNRESERVED).to_string()
}
