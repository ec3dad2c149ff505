//! Operations with their parameters and responses.

use super::{
    Body, Content, ContentKind, DeclaredIdempotency, Docs, Encoding, Header, Idempotency,
    NameOverride, Pagination, PaginationExtension, Polling, Response, Schema, Security, Server,
    StatusPattern,
};
use crate::tree::NodeId;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::HashSet;

#[derive(Debug, Serialize)]
pub struct Operation {
    /// `operationId` as written.
    pub id: Option<String>,
    /// The id from the configuration that names are generated from instead of `id`.
    #[serde(rename = "called", skip_serializing_if = "Option::is_none")]
    pub id_override: Option<String>,
    /// A name from `x-rust-name`, a similar extension or the configuration.
    pub pinned: Option<NameOverride>,
    pub group: usize,
    /// In upper case.
    pub method: String,
    pub path: Path,
    pub docs: Docs,
    pub deprecated: bool,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub responses: Vec<Response>,
    pub security: Security,
    /// Whether the operation or the document has a `security` key.
    #[serde(skip)]
    pub states_security: bool,
    /// Servers of the operation or its path, if they differ from the API's.
    pub servers: Vec<Server>,
    /// Why the operation is idempotent, from an extension for another generator.
    #[serde(skip)]
    pub repeatable: Option<DeclaredIdempotency>,
    /// Set by `passes::idempotency`.
    #[serde(skip)]
    pub idempotency: Idempotency,
    /// How the operation is paginated, from an extension for another generator.
    #[serde(skip)]
    pub hinted_pages: Option<PaginationExtension>,
    /// Set by `passes::pagination`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paging: Option<Pagination>,
    /// Set by `passes::polling`, if the configuration names the operation.
    #[serde(rename = "waiting", skip_serializing_if = "Option::is_none")]
    pub polling: Option<Polling>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

impl Operation {
    /// Returns the keys for this operation in the configuration: its id, and its method and path.
    pub fn names(&self) -> impl Iterator<Item = String> + use<> {
        let line = format!("{} {}", self.method, self.path.raw);
        self.id.clone().into_iter().chain([line])
    }

    /// Returns the responses that the client returns as a success.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.responses
            .iter()
            .filter(|response| match response.status {
                StatusPattern::Default => !self.is_error(response),
                status => status.is_success() || self.is_answer(response),
            })
    }

    /// Returns whether a redirect is the result instead of being followed: there is no other success, the
    /// response documents `Location`, or the request is unsafe to repeat at another address.
    fn is_answer(&self, response: &Response) -> bool {
        let described = |other: &Response| other.status.is_success();
        let leads = |header: &Header| header.is_called("location");
        let safe = matches!(&*self.method, "GET" | "HEAD");
        response.status.is_redirect()
            && (!safe
                || !self.responses.iter().any(described)
                || response.headers.iter().any(leads))
    }

    /// Returns the success and its JSON content if the operation has no other result.
    pub fn only_json(&self) -> Option<(&Response, &Content)> {
        let mut successes = self.successes();
        let (Some(response), None) = (successes.next(), successes.next()) else {
            return None;
        };
        let [content] = response.choices()[..] else {
            return None;
        };
        let is_json = content.kind == ContentKind::Json && content.items.is_none();
        is_json.then_some((response, content))
    }

    /// Returns the headers of successes, deduplicated by name.
    pub fn headers(&self) -> Vec<&Header> {
        let mut headers: Vec<&Header> = Vec::new();
        let mut known = HashSet::new();
        for response in self.successes() {
            for header in &response.headers {
                // The `Location` of a redirect is the result itself.
                let is_value = response.status.is_redirect() && header.is_called("location");
                let mut is_new = || known.insert(header.name.to_ascii_lowercase());
                if !is_value && header.can_be() && is_new() {
                    headers.push(header);
                }
            }
        }
        headers
    }

    /// Returns the responses that the client returns as an error.
    pub fn errors(&self) -> impl Iterator<Item = &Response> {
        self.responses
            .iter()
            .filter(|response| self.is_error(response))
    }

    /// Returns the responses that describe errors. A `default` without any other response describes both
    /// success and error.
    pub fn failures(&self) -> impl Iterator<Item = &Response> {
        let is_any = |response: &Response| response.status == StatusPattern::Default;
        self.responses
            .iter()
            .filter(move |response| is_any(response) || self.is_error(response))
    }

    /// Statuses from 400 on are errors. `default` is an error if the document describes a success.
    fn is_error(&self, response: &Response) -> bool {
        match response.status {
            StatusPattern::Default => self
                .responses
                .iter()
                .any(|other| other.status.is_success() || self.is_answer(other)),
            StatusPattern::Exact(status) => status >= 400,
            StatusPattern::Range(class) => class >= 4,
        }
    }
}

/// A path template, split into its parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// The key under `paths`, as written.
    pub raw: String,
    pub parts: Vec<PathPart>,
    /// `name=value` pairs in the key, which every request sends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<String>,
    /// Query parameters in the key, as (name on the wire, name in the braces).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query_names: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PathPart {
    Literal(String),
    /// The name of a path parameter.
    Parameter(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
    /// The whole query string (OpenAPI 3.2).
    QueryString,
}

/// How a parameter's value is serialized (OpenAPI 3.1, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ParameterStyle {
    Simple,
    Label,
    Matrix,
    Form,
    /// Like `Form`, but in a cookie and without percent-encoding (OpenAPI 3.2).
    Cookie,
    SpaceDelimited,
    PipeDelimited,
    /// The `collectionFormat: tsv` of Swagger 2.0.
    TabDelimited,
    DeepObject,
}

#[derive(Debug, Serialize)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    pub pinned: Option<NameOverride>,
    pub location: ParameterLocation,
    pub required: bool,
    pub docs: Docs,
    pub deprecated: bool,
    pub inferred: bool,
    pub style: ParameterStyle,
    pub explode: bool,
    pub allow_reserved: bool,
    /// Whether an empty value is valid. In a query, only the name is then sent.
    #[serde(skip_serializing_if = "is_false")]
    pub allow_empty: bool,
    /// Whether the value may span several path segments, separated by slashes.
    #[serde(skip_serializing_if = "is_false")]
    pub catch_all: bool,
    pub schema: Schema,
    /// The encoding of the value, if the parameter has `content` instead of `schema`.
    pub content: Option<ContentKind>,
    /// Encodings of the properties of a form that differ from the default.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encoding: Vec<Encoding>,
    pub examples: Vec<Json>,
    /// Set by `passes::client_parameters`: the index in `Api::client_parameters`.
    #[serde(rename = "clientParameter", skip_serializing_if = "Option::is_none")]
    pub shared: Option<usize>,
    /// Set by `passes::constants`: the only valid value of a required parameter, which every request sends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<Json>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}
