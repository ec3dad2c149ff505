//! Bodies, responses, headers and statuses.

use super::{Api, Docs, Object, ParameterStyle, Schema, SchemaKind, Shape, essence, is_xml};
use crate::tree::NodeId;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::{HashMap, HashSet};

#[derive(Debug, Serialize)]
pub struct Body {
    pub required: bool,
    pub docs: Docs,
    /// In document order, never empty.
    pub contents: Vec<Content>,
}

/// One media type of a body or response.
#[derive(Debug, Serialize)]
pub struct Content {
    /// As written, with parameters.
    pub media_type: String,
    pub kind: ContentKind,
    /// Whether a JSON content of the same body has the same schema.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub repeats_json: bool,
    pub schema: Schema,
    /// The parts of a multipart body with an inline schema. If `schema` names a type, its properties are the
    /// parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Object>,
    /// Encodings of single properties of a form or a multipart body, if they differ from the default.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encoding: Vec<Encoding>,
    pub examples: Vec<Json>,
    /// The values of a response that is a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Items>,
}

/// The values of a stream.
#[derive(Debug, Serialize)]
pub struct Items {
    pub framing: Framing,
    /// The schema of one value. For server-sent events, the schema of the data, or of the whole event if
    /// `kinds` is set.
    pub schema: Schema,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<EventKinds>,
}

/// Server-sent events with a different schema for each event name. Such an event decodes as an object with the
/// event's fields.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EventKinds {
    /// Event names whose data is JSON.
    pub json: Vec<String>,
    /// Event names whose data is text.
    pub text: Vec<String>,
    /// Whether the data of every other event is JSON.
    pub others_are_json: bool,
}

/// How the values of a stream are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Framing {
    /// Server-sent events.
    Events,
    /// One value in each line or record.
    Lines,
}

impl Framing {
    /// Returns the framing of a media type that contains any number of values.
    pub fn of(media_type: &str) -> Option<Self> {
        match &*essence(media_type) {
            "text/event-stream" => Some(Framing::Events),
            "application/json-seq"
            | "application/jsonl"
            | "application/ndjson"
            | "application/stream+json"
            | "application/x-jsonl"
            | "application/x-jsonlines"
            | "application/x-ndjson" => Some(Framing::Lines),
            _ => None,
        }
    }
}

impl Content {
    /// Returns the parts of a multipart body, if the document describes them.
    pub fn parts<'a>(&'a self, api: &'a Api) -> Option<&'a Object> {
        let described = || described_object(api, &self.schema);
        self.parts.as_ref().or_else(described)
    }

    /// Returns a key that is equal for contents that are decoded in the same way.
    fn reading(&self) -> (ContentKind, &SchemaKind) {
        (self.kind, &self.schema.kind)
    }

    /// Returns the client's preference; a lower rank is preferred.
    pub fn rank(&self) -> u8 {
        match self.kind {
            _ if self.is_stream() => 5,
            ContentKind::Json => 0,
            ContentKind::Form => 1,
            ContentKind::Text => 2,
            ContentKind::Bytes => 3,
            ContentKind::Multipart => 4,
        }
    }

    /// Returns whether this content may be a variant of its own; see [`Response::choices`].
    fn is_apart(&self) -> bool {
        !self.repeats_json && !is_xml(&self.media_type) && !self.is_stream()
    }

    fn is_stream(&self) -> bool {
        Framing::of(&self.media_type).is_some()
    }

    /// Returns the encodings that differ from the default, by property name.
    pub fn encodings(&self) -> HashMap<&str, &Encoding> {
        by_name(&self.encoding)
    }
}

/// Returns encodings by property name.
pub fn by_name(encodings: &[Encoding]) -> HashMap<&str, &Encoding> {
    let encodings = encodings.iter();
    encodings.map(|one| (one.name.as_str(), one)).collect()
}

/// Returns the object that a schema refers to, with aliases followed.
pub fn described_object<'a>(api: &'a Api, schema: &'a Schema) -> Option<&'a Object> {
    let SchemaKind::Declared(id) = api.resolved(schema) else {
        return None;
    };
    match &api.ty(*id).shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

/// The encoding of one property of a form or a multipart body (OpenAPI 3.1, "Encoding Object").
#[derive(Debug, Serialize)]
pub struct Encoding {
    /// The property name.
    pub name: String,
    /// As written: one media type, or several separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Style, `explode` and `allowReserved`, if the document states any of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<(ParameterStyle, bool, bool)>,
    /// Headers of a part of a multipart body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

/// How a media type is encoded and decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ContentKind {
    /// `application/json` and every `+json` type.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` in a request.
    Multipart,
    /// `text/*`, and XML, which is returned as text.
    Text,
    /// Any other media type.
    Bytes,
}

#[derive(Debug, Serialize)]
pub struct Response {
    pub status: StatusPattern,
    /// The key under `components/responses`, if the response is one of them.
    pub component: Option<String>,
    pub docs: Docs,
    pub inferred: bool,
    /// Empty if the response has no body.
    pub contents: Vec<Content>,
    pub headers: Vec<Header>,
}

impl Response {
    /// Returns the contents that a caller can distinguish, the preferred one first.
    ///
    /// A content is distinct if it decodes to another JSON schema, to text or to bytes. These are not distinct:
    /// another form of a JSON content with the same schema, such as `text/json` or protocol buffers; XML, which
    /// the client does not decode; and a stream of events. If all contents are text, or all are bytes, only the
    /// first is returned.
    pub fn choices(&self) -> Vec<&Content> {
        let mut sorted: Vec<&Content> = self.contents.iter().collect();
        sorted.sort_by_key(|content| content.rank());
        let mut chosen: Vec<&Content> = Vec::new();
        let mut known = HashSet::new();
        for content in sorted {
            let mut is_new =
                || content.kind != ContentKind::Json || known.insert(&content.schema.kind);
            if chosen.is_empty() || content.is_apart() {
                chosen.extend(is_new().then_some(content));
            }
        }
        let mut readings = chosen.iter().map(|content| content.reading());
        let first = readings.next();
        let is_one = readings.all(|reading| Some(reading) == first);
        // The result of a redirect is its target address, whatever the body is.
        if is_one || self.status.is_redirect() {
            chosen.truncate(1);
        }
        chosen
    }

    /// Returns the distinct contents, each with all contents that decode in the same way, itself included, in
    /// document order.
    pub fn named_choices(&self) -> Vec<(&Content, Vec<&Content>)> {
        let choices = self.choices();
        let places = choices.iter().enumerate();
        let own = places
            .clone()
            .map(|(index, content)| (std::ptr::from_ref(*content), index));
        let own: HashMap<*const Content, usize> = own.collect();
        // The first of the contents that decode in the same way.
        let first = places
            .rev()
            .map(|(index, content)| (content.reading(), index));
        let first: HashMap<_, usize> = first.collect();
        let mut names = vec![Vec::new(); choices.len()];
        for content in &self.contents {
            let is_asked_for = |index: &&usize| {
                !is_xml(&content.media_type) || is_xml(&choices[**index].media_type)
            };
            let other = || first.get(&content.reading()).filter(is_asked_for);
            if let Some(index) = own.get(&std::ptr::from_ref(content)).or_else(other) {
                names[*index].push(content);
            }
        }
        choices.into_iter().zip(names).collect()
    }

    /// Returns the schema of the JSON body without its envelope.
    pub fn json(&self) -> Option<&Schema> {
        let json = |content: &&Content| content.kind == ContentKind::Json;
        let schema = &self.contents.iter().find(json)?.schema;
        match &schema.kind {
            SchemaKind::Envelope(_, inner) => Some(inner),
            _ => Some(schema),
        }
    }
}

/// A described response header.
#[derive(Debug, Clone, Serialize)]
pub struct Header {
    pub name: String,
    pub docs: Docs,
    pub required: bool,
    pub schema: Schema,
    /// The encoding of the value, if the header has `content` instead of `schema`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<ContentKind>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

impl Header {
    /// Returns whether the name is a valid header name (RFC 9110, section 5.1) of a reasonable length.
    pub fn can_be(&self) -> bool {
        self.name.len() <= 60 && is_token(&self.name)
    }

    /// Compares names without case (RFC 9110, section 5.1).
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// Returns whether a string is a valid header or cookie name (RFC 9110, section 5.6.2; RFC 6265, section
/// 4.1.1).
pub fn is_token(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(fine)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StatusPattern {
    Exact(u16),
    /// `2XX` is `Range(2)`.
    Range(u8),
    Default,
}

impl StatusPattern {
    pub fn is_success(self) -> bool {
        matches!(
            self,
            StatusPattern::Exact(200..=299) | StatusPattern::Range(2)
        )
    }

    /// Returns whether the status redirects to another address (RFC 9110, section 15.4). 304 does not.
    pub fn is_redirect(self) -> bool {
        matches!(
            self,
            StatusPattern::Exact(300..=303 | 307 | 308) | StatusPattern::Range(3)
        )
    }

    /// Returns whether responses with this status never have a body (RFC 9110, sections 6.4.1, 15.3.5 and
    /// 15.3.6).
    pub fn is_bodiless(self) -> bool {
        matches!(self, StatusPattern::Exact(100..=199 | 204 | 205 | 304))
    }
}

impl std::fmt::Display for StatusPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            StatusPattern::Exact(status) => write!(f, "{status}"),
            StatusPattern::Range(class) => write!(f, "{class}XX"),
            StatusPattern::Default => f.write_str("default"),
        }
    }
}
