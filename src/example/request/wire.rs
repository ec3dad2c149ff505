//! The expected HTTP request of an example. It follows only the OpenAPI Specification and the RFCs it refers
//! to, and shares no code with generated clients, so that tests can compare the two.

use super::encode::{PATH, QUERY, UNRESERVED, percent, percent_once};
use super::parts::{self, PartKind};
use super::style::{ParameterEncoder, text};
use super::{BYTES, ExampleRequest};
use crate::ir::{
    Api, Content, ContentKind, Encoding, KeyLocation, Operation, Parameter, ParameterLocation,
    ParameterStyle, PathPart, Security, SecurityKind, by_name, concrete, example_media_type,
    is_json, is_open_range,
};
use serde_json::Value as Json;
use std::borrow::Cow;

/// A request without the server.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WireRequest {
    /// Percent-encoded.
    pub path: String,
    /// `name=value` pairs, percent-encoded.
    pub query: Vec<String>,
    pub headers: Vec<(String, String)>,
    /// `name=value` pairs, percent-encoded.
    pub cookies: Vec<String>,
    pub body: WireBody,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub enum WireBody {
    #[default]
    None,
    Json(String, Json),
    /// `name=value` pairs, percent-encoded.
    Form(Vec<String>),
    Parts(Vec<WirePart>),
    /// A media type and the text of the body.
    Text(String, String),
}

/// A part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct WirePart {
    pub name: String,
    pub is_file: bool,
    /// `None` for the default.
    pub media_type: Option<String>,
    pub text: String,
}

pub fn request(api: &Api, operation: &Operation, call: &ExampleRequest) -> WireRequest {
    let mut request = WireRequest {
        path: path(operation, call).concat(),
        query: operation
            .path
            .query
            .iter()
            .map(|pair| percent_once(pair, QUERY))
            .collect(),
        ..WireRequest::default()
    };
    for (parameter, value) in set_parameters(operation, call) {
        request.put(parameter, value);
    }
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let contents: Vec<&Content> = contents.collect();
    if let Some(body) = &call.body {
        request.body = payload(api, contents[body.content], &body.value);
    }
    request
}

/// Returns the parameters that a request sets, with their values.
fn set_parameters<'a>(
    operation: &'a Operation,
    call: &'a ExampleRequest,
) -> impl Iterator<Item = (&'a Parameter, &'a Json)> {
    let values = operation.parameters.iter().zip(&call.parameters);
    values.filter_map(|(parameter, value)| Some((parameter, value.as_ref()?)))
}

/// Returns the percent-encoded parts of a path.
pub fn path(operation: &Operation, call: &ExampleRequest) -> Vec<String> {
    let part = |part: &PathPart| match part {
        PathPart::Literal(text) => percent_once(text, PATH),
        PathPart::Parameter(name) => {
            let is_meant = |(parameter, _): &(&Parameter, &Json)| {
                parameter.location == ParameterLocation::Path && parameter.name == *name
            };
            let found = set_parameters(operation, call).find(is_meant);
            found.map_or_else(String::new, |(parameter, value)| {
                match content_text(parameter, value) {
                    Some(text) => percent(&text, UNRESERVED),
                    None => encoder(parameter).text(value),
                }
            })
        }
    };
    operation.path.parts.iter().map(part).collect()
}

fn encoder(parameter: &Parameter) -> ParameterEncoder<'_> {
    ParameterEncoder {
        name: &parameter.name,
        location: parameter.location,
        style: parameter.style,
        explode: parameter.explode,
        reserved: parameter.allow_reserved,
        slashes: parameter.catch_all,
    }
}

/// Returns the text of a parameter with `content`.
fn content_text(parameter: &Parameter, value: &Json) -> Option<String> {
    match parameter.content? {
        ContentKind::Json => Some(value.to_string()),
        ContentKind::Form => Some(form(&parameter.encoding, value).join("&")),
        _ => text(value),
    }
}

impl WireRequest {
    fn put(&mut self, parameter: &Parameter, value: &Json) {
        let pair = |text: &str| pair(&parameter.name, text);
        let content = content_text(parameter, value);
        match parameter.location {
            ParameterLocation::Path => {}
            ParameterLocation::Query => match content {
                Some(text) => self.query.push(pair(&text)),
                None => self.query.extend(encoder(parameter).pieces(value)),
            },
            ParameterLocation::QueryString => {
                let whole = match parameter.content {
                    None | Some(ContentKind::Form) => form(&parameter.encoding, value),
                    Some(_) => vec![percent(&content.unwrap_or_default(), UNRESERVED)],
                };
                self.query.extend(whole);
            }
            ParameterLocation::Header => {
                let text = content.unwrap_or_else(|| encoder(parameter).text(value));
                match parameter.name.eq_ignore_ascii_case("cookie") {
                    true => self.cookies.extend(text.split("; ").map(str::to_owned)),
                    false => self.headers.push((parameter.name.clone(), text)),
                }
            }
            ParameterLocation::Cookie => match content {
                Some(text) => self.cookies.push(pair(&text)),
                None => self.cookies.extend(encoder(parameter).pieces(value)),
            },
        }
    }
}

/// Returns a percent-encoded `name=value` pair of a query or cookie.
pub fn pair(name: &str, value: &str) -> String {
    format!(
        "{}={}",
        percent(name, UNRESERVED),
        percent(value, UNRESERVED)
    )
}

/// Returns the pairs of a form as in a query. WHATWG URL, section 5.2, writes a space as `+`, which is
/// equivalent to `%20`.
fn form(encodings: &[Encoding], value: &Json) -> Vec<String> {
    let mut pairs = Vec::new();
    let encodings = by_name(encodings);
    for (name, value) in value.as_object().into_iter().flatten() {
        let encoding = encodings.get(name.as_str());
        let described = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let is_json = match described {
            Some(media_type) => is_json(media_type),
            // Without a style, an object is sent as JSON.
            None => value.is_object(),
        };
        let style = encoding.and_then(|encoding| encoding.style);
        let encoder = |style, explode, reserved| ParameterEncoder {
            name,
            location: ParameterLocation::Query,
            style,
            explode,
            reserved,
            slashes: false,
        };
        match style {
            Some((style, explode, reserved)) => {
                pairs.extend(encoder(style, explode, reserved).pieces(value));
            }
            None if is_json => {
                for item in items(value) {
                    let text = Json::from(item.to_string());
                    pairs.extend(encoder(ParameterStyle::Form, true, false).pieces(&text));
                }
            }
            None => pairs.extend(encoder(ParameterStyle::Form, true, false).pieces(value)),
        }
    }
    pairs
}

/// Returns the items of a list, or a single value as a slice.
fn items(value: &Json) -> &[Json] {
    value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn payload(api: &Api, content: &Content, value: &Json) -> WireBody {
    let text = || value.as_str().unwrap_or_default().to_owned();
    match content.kind {
        ContentKind::Json => {
            let media_type = concrete(&content.media_type, "application/json").to_owned();
            WireBody::Json(media_type, value.clone())
        }
        ContentKind::Form => WireBody::Form(form(&content.encoding, value)),
        ContentKind::Multipart => WireBody::Parts(multipart(api, content, value)),
        ContentKind::Text => WireBody::Text(
            concrete(&content.media_type, "text/plain").to_owned(),
            text(),
        ),
        ContentKind::Bytes => {
            let media_type = match is_open_range(&content.media_type) {
                true => example_media_type(&content.media_type),
                false => concrete(&content.media_type, "application/octet-stream").to_owned(),
            };
            WireBody::Text(media_type, text())
        }
    }
}

fn multipart(api: &Api, content: &Content, value: &Json) -> Vec<WirePart> {
    let mut parts = Vec::new();
    let encodings = content.encodings();
    for member in parts::in_order(api, content) {
        let Some(value) = value.get(&member.name) else {
            continue;
        };
        let part = |is_file, media_type: Option<String>, text: String| WirePart {
            name: member.name.clone(),
            is_file,
            media_type,
            text,
        };
        match parts::kind(api, &member.schema, encodings.get(&*member.name).copied()) {
            PartKind::Part(media_type) => parts.push(part(false, media_type, BYTES.to_owned())),
            PartKind::File(media_type) | PartKind::Files(media_type) => {
                parts.push(part(true, Some(media_type.example()), BYTES.to_owned()));
            }
            PartKind::Styled(style, explode, reserved) => {
                // Parts are not in a URL and therefore not encoded.
                let encoder = ParameterEncoder {
                    name: &member.name,
                    location: ParameterLocation::Header,
                    style,
                    explode,
                    reserved,
                    slashes: false,
                };
                let pieces = encoder.pieces(value);
                parts.extend(pieces.iter().map(|piece| {
                    let (name, text) = piece.split_once('=').unwrap_or((piece, ""));
                    let part = part(false, None, text.to_owned());
                    WirePart {
                        name: name.to_owned(),
                        ..part
                    }
                }));
            }
            // Each list item is a part.
            PartKind::Value(Some(media_type)) if is_json(&media_type) => {
                parts.extend(
                    items(value)
                        .iter()
                        .map(|item| part(false, Some(media_type.clone()), item.to_string())),
                );
            }
            PartKind::Value(Some(media_type)) => {
                parts.extend(items(value).iter().map(|item| {
                    let text = text(item).unwrap_or_default();
                    part(false, Some(media_type.clone()), text)
                }));
            }
            PartKind::Value(None) => {
                // An object is sent as JSON.
                let items = items(value);
                let json = "application/json".to_owned();
                parts.extend(items.iter().filter_map(|item| {
                    let compound = item.is_object() || item.is_array();
                    Some(part(false, compound.then(|| json.clone()), text(item)?))
                }));
            }
        }
    }
    parts
}

/// Returns the schemes whose credentials a request has if all are set: the first alternative that requires any
/// and that the client supports; all schemes if security is unstated. Of several at one location, the first is
/// sent.
pub fn credentials<'a>(api: &'a Api, operation: &'a Operation) -> Vec<(&'a str, &'a SecurityKind)> {
    let all = || api.security_schemes.keys().cloned().collect();
    let alternatives = match &operation.security {
        Security::OneOf(alternatives) => Cow::Borrowed(&alternatives[..]),
        Security::Unstated => Cow::Owned(vec![all()]),
    };
    let found = alternatives.iter().find_map(|names| {
        let schemes = names.iter().map(|name| {
            let (_, name, scheme) = api.security_schemes.get_full(name)?;
            Some((name.as_str(), &scheme.kind))
        });
        let schemes: Option<Vec<_>> = schemes.collect();
        let mut held = schemes?;
        held.retain(|(_, kind)| kind.has_credential());
        (!held.is_empty()).then_some(held)
    });
    let mut found = found.unwrap_or_default();
    let mut places: Vec<(KeyLocation, &str)> = Vec::new();
    found.retain(|(_, kind)| {
        let is_taken = places
            .iter()
            .any(|(location, name)| kind.is_at(*location, name));
        places.extend(kind.place());
        !is_taken
    });
    found
}
