//! Encodes parameters and form bodies.

use super::{
    part::{Part, Shape},
    style::{Kind, Place, Style},
};

/// Encodes a path parameter.
pub(super) fn path(name: &str, style: Style, value: &Part<'_>) -> Result<String, String> {
    let expanded = match (content(style, value)?, &value.shape) {
        (Some(text), _) => Some(style.encode(Place::Path, &text)),
        (None, Shape::Scalar(text)) if text.is_empty() && !style.empty => None,
        (None, _) => style
            .expand(Place::Path, name, value)
            .map(|expansion| expansion.joined()),
    };
    match expanded {
        Some(text) if style.empty || !text.is_empty() => Ok(text),
        _ => Err(format!("the path parameter `{name}` is empty")),
    }
}

/// Encodes a query parameter as `name=value` pairs.
pub(super) fn query(name: &str, style: Style, value: &Part<'_>) -> Result<Vec<String>, String> {
    if let Some(text) = content(style, value)? {
        return Ok(vec![pair(name, &text)]);
    }
    if style.kind == Kind::Deep {
        let mut pairs = Vec::new();
        deep(name, value, &mut pairs);
        return Ok(pairs);
    }
    let expansion = style.expand(Place::Query, name, value);
    Ok(expansion
        .map(|expansion| expansion.parts)
        .unwrap_or_default())
}

/// Encodes a header parameter. Headers are not percent-encoded.
pub(super) fn header(name: &str, style: Style, value: &Part<'_>) -> Result<Option<String>, String> {
    let text = content(style, value)?;
    Ok(text.or_else(|| {
        let expansion = style.expand(Place::Header, name, value);
        expansion.map(|expansion| expansion.joined())
    }))
}

/// Encodes a parameter that a media type describes.
fn content(style: Style, value: &Part<'_>) -> Result<Option<String>, String> {
    match style.kind {
        Kind::Json => Ok(Some(value.json.to_owned())),
        Kind::UrlEncoded => form(value, &[]).map(Some),
        _ => Ok(None),
    }
}

fn pair(name: &str, value: &str) -> String {
    let encode = |text| Style::FORM.encode(Place::Query, text);
    format!("{}={}", encode(name), encode(value))
}

/// Encodes in the style `deepObject`. OpenAPI defines it for objects of scalars. Deeper objects continue in
/// the same way, with an index for the items of a list, as servers commonly expect.
fn deep(name: &str, value: &Part<'_>, pairs: &mut Vec<String>) {
    match &value.shape {
        Shape::Null => {}
        Shape::Scalar(text) => pairs.push(pair(name, text)),
        Shape::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(&format!("{name}[{index}]"), item, pairs);
            }
        }
        Shape::Map(members) => {
            for (member, value) in members {
                deep(&format!("{name}[{member}]"), value, pairs);
            }
        }
    }
}

/// Encodes a form body: `application/x-www-form-urlencoded`, with `+` for a space (WHATWG URL, section 5.2).
/// A property without an entry in `styles` is written in the style `form`.
pub(super) fn form(value: &Part<'_>, styles: &[(&str, Style)]) -> Result<String, String> {
    let Shape::Map(members) = &value.shape else {
        return Err("the body of a form must be an object".to_owned());
    };
    let mut pairs = Vec::new();
    for (name, value) in members {
        let style = styles
            .iter()
            .find(|(styled, _)| styled == name)
            .map_or_else(|| default_style(value), |(_, style)| *style);
        match (style.kind, &value.shape) {
            // The encoding of a list applies to each of its items.
            (Kind::Json, Shape::List(items)) => {
                pairs.extend(items.iter().map(|item| pair(name, item.json)));
            }
            _ => pairs.extend(query(name, style, value)?),
        }
    }
    Ok(pairs.join("&").replace("%20", "+"))
}

/// Returns the default style (OpenAPI 3.1, "Encoding Object"): JSON for an object, `form` for a list or a
/// scalar.
fn default_style(value: &Part<'_>) -> Style {
    match value.shape {
        Shape::Map(_) => Style::JSON,
        _ => Style::FORM,
    }
}
