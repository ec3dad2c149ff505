//! What goes over the wire: bodies, responses, headers, statuses.

use super::{Api, Docs, Object, ParameterStyle, Schema, SchemaKind, Shape, essence, is_xml};
use crate::tree::NodeId;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::{HashMap, HashSet};

#[derive(Debug, Serialize)]
pub struct Body {
    pub required: bool,
    pub docs: Docs,
    /// In document order; never empty.
    pub contents: Vec<Content>,
}

/// One media type of a body.
#[derive(Debug, Serialize)]
pub struct Content {
    /// As written, with its parameters.
    pub media_type: String,
    pub kind: ContentKind,
    /// Whether a JSON content beside it has the same schema, so that this is the same in another form.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub repeats_json: bool,
    pub schema: Schema,
    /// The parts of a multipart body that is described at its place; those of another are the members
    /// of the type that `schema` names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Object>,
    /// How single members are written, where that is not as usual: of forms and multipart bodies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encoding: Vec<Encoding>,
    pub examples: Vec<Json>,
    /// The values that follow each other, where a response is a stream of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Items>,
}

/// The values of a stream.
#[derive(Debug, Serialize)]
pub struct Items {
    pub framing: Framing,
    /// Of one value: of an event its data, or the event as a whole where it is of several kinds.
    pub schema: Schema,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<EventKinds>,
}

/// Server-sent events that are told apart by their names, each with data of its own: what is decoded is
/// an object with the fields of an event.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EventKinds {
    /// The names of the events whose data is JSON.
    pub json: Vec<String>,
    /// The names of those whose data is a text.
    pub text: Vec<String>,
    /// Whether the data of all other events is JSON.
    pub others_are_json: bool,
}

/// What tells the values of a stream apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Framing {
    /// Server-sent events.
    Events,
    /// A line or a record for each.
    Lines,
}

impl Framing {
    /// How the values of a media type are told apart, where it has many, each for itself, for as long
    /// as the server likes.
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
    /// The parts of a multipart body; `None` where they are not described.
    pub fn parts<'a>(&'a self, api: &'a Api) -> Option<&'a Object> {
        let described = || described_object(api, &self.schema);
        self.parts.as_ref().or_else(described)
    }

    /// What makes two contents the same to who reads them.
    fn reading(&self) -> (ContentKind, &SchemaKind) {
        (self.kind, &self.schema.kind)
    }

    /// What a client would rather read comes first.
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

    /// Whether it can be told from JSON, text or bytes beside it; see [`Response::choices`].
    fn is_apart(&self) -> bool {
        !self.repeats_json && !is_xml(&self.media_type) && !self.is_stream()
    }

    fn is_stream(&self) -> bool {
        Framing::of(&self.media_type).is_some()
    }

    /// How members are written, of those where that is not as usual, by their names.
    pub fn encodings(&self) -> HashMap<&str, &Encoding> {
        by_name(&self.encoding)
    }
}

/// Encodings by the names of their members.
pub fn by_name(encodings: &[Encoding]) -> HashMap<&str, &Encoding> {
    let encodings = encodings.iter();
    encodings.map(|one| (one.name.as_str(), one)).collect()
}

/// The object that a schema is, where it is one.
pub fn described_object<'a>(api: &'a Api, schema: &'a Schema) -> Option<&'a Object> {
    let SchemaKind::Declared(id) = api.resolved(schema) else {
        return None;
    };
    match &api.ty(*id).shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

/// How one member of a form or a multipart body is written (OpenAPI 3.1, "Encoding Object").
#[derive(Debug, Serialize)]
pub struct Encoding {
    /// The member's name.
    pub name: String,
    /// As written: one media type, or several with commas between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Style, whether it explodes, and whether reserved characters stay, where any is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<(ParameterStyle, bool, bool)>,
    /// Of the part of a multipart body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

/// What a media type means for reading and writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ContentKind {
    /// `application/json` and every `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` of a request.
    Multipart,
    /// `text/*`, and XML, which is handed over as text.
    Text,
    /// Everything else.
    Bytes,
}

#[derive(Debug, Serialize)]
pub struct Response {
    pub status: StatusPattern,
    /// The key under `components/responses`, where it is one of those.
    pub component: Option<String>,
    pub docs: Docs,
    pub inferred: bool,
    /// Empty: the response has no body.
    pub contents: Vec<Content>,
    pub headers: Vec<Header>,
}

impl Response {
    /// The contents that a caller tells apart, the one that is wanted most first.
    ///
    /// One is told from the others where it is read as something else: another JSON schema, a text, or
    /// bytes. What only repeats a JSON content in another form is not, as `text/json` and protocol
    /// buffers are where the same schema is described; nor is XML, which the client does not read; nor
    /// a stream of events, which is no value. Where all are texts, or all are bytes, nothing is told.
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
        // A redirect is worth the address that it leads to, whatever its body is.
        if is_one || self.status.is_redirect() {
            chosen.truncate(1);
        }
        chosen
    }

    /// The choices, each with the contents that are read as it, itself among them, in the order of
    /// the description.
    pub fn named_choices(&self) -> Vec<(&Content, Vec<&Content>)> {
        let choices = self.choices();
        let places = choices.iter().enumerate();
        let own = places
            .clone()
            .map(|(index, content)| (std::ptr::from_ref(*content), index));
        let own: HashMap<*const Content, usize> = own.collect();
        // The first of those that are read alike.
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

    /// The schema of the JSON body, out of its envelope.
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
    /// What the value is written as where the header has `content` in place of `schema`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<ContentKind>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

impl Header {
    /// Whether a response can have a header of this name (RFC 9110, section 5.1), of a length that
    /// anyone uses.
    pub fn can_be(&self) -> bool {
        self.name.len() <= 60 && is_token(&self.name)
    }

    /// Names of headers have no case (RFC 9110, section 5.1).
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// Whether a text can be the name of a header or a cookie (RFC 9110, section 5.6.2; RFC 6265, section 4.1.1).
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

    /// The statuses that lead elsewhere (RFC 9110, section 15.4); 304 does not.
    pub fn is_redirect(self) -> bool {
        matches!(
            self,
            StatusPattern::Exact(300..=303 | 307 | 308) | StatusPattern::Range(3)
        )
    }

    /// Whether no response of this status has a body, whatever is described (RFC 9110, sections
    /// 6.4.1, 15.3.5 and 15.3.6).
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
