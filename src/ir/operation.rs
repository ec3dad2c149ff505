//! Operations: what a caller can ask for, and by what it is told apart from others.

use super::{
    Body, Content, ContentKind, Docs, Encoding, Header, Idempotency, NameOverride, Pagination,
    Polling, Response, Schema, Security, Server, StatusPattern,
};
use crate::openapi::hints::{DeclaredIdempotency, PaginationExtension};
use crate::tree::NodeId;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::HashSet;

#[derive(Debug, Serialize)]
pub struct Operation {
    /// `operationId` as written; `None` where the document has none.
    pub id: Option<String>,
    /// The id that names are made of in place of its own, which the config gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// A name pinned by `x-rust-name`-like extensions or the config.
    pub pinned: Option<NameOverride>,
    pub group: usize,
    /// Upper case.
    pub method: String,
    pub path: Path,
    pub docs: Docs,
    pub deprecated: bool,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub responses: Vec<Response>,
    pub security: Security,
    /// Whether the operation or the document has `security`.
    #[serde(skip)]
    pub states_security: bool,
    /// Servers of the operation or its path, where they differ from the API's.
    pub servers: Vec<Server>,
    /// Why it may be repeated, where the description says so to other generators.
    #[serde(skip)]
    pub repeatable: Option<DeclaredIdempotency>,
    /// Filled by `passes::idempotency`.
    #[serde(skip)]
    pub idempotency: Idempotency,
    /// How its pages follow, where the description says so to other generators.
    #[serde(skip)]
    pub hinted_pages: Option<PaginationExtension>,
    /// Filled by `passes::pagination`: how to go through a list that is given page by page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paging: Option<Pagination>,
    /// Filled by `passes::polling`, where the user names it.
    #[serde(rename = "waiting", skip_serializing_if = "Option::is_none")]
    pub polling: Option<Polling>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

impl Operation {
    /// What a configuration can call it: its id, and its method and path.
    pub fn names(&self) -> impl Iterator<Item = String> + use<> {
        let line = format!("{} {}", self.method, self.path.raw);
        self.id.clone().into_iter().chain([line])
    }

    /// The responses that are a success to the caller.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.responses
            .iter()
            .filter(|response| match response.status {
                StatusPattern::Default => !self.is_error(response),
                status => status.is_success() || self.is_answer(response),
            })
    }

    /// Whether a response is a redirect that is the answer, in place of being followed: the only one
    /// that is no error, one that says where it leads, or one to a request that no client repeats
    /// elsewhere.
    fn is_answer(&self, response: &Response) -> bool {
        let described = |other: &Response| other.status.is_success();
        let leads = |header: &Header| header.is_called("location");
        let safe = matches!(&*self.method, "GET" | "HEAD");
        response.status.is_redirect()
            && (!safe
                || !self.responses.iter().any(described)
                || response.headers.iter().any(leads))
    }

    /// The one success with the one JSON body that it has, where nothing else can be answered.
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

    /// The headers that are described of successes, each once.
    pub fn headers(&self) -> Vec<&Header> {
        let mut headers: Vec<&Header> = Vec::new();
        let mut known = HashSet::new();
        for response in self.successes() {
            for header in &response.headers {
                // The address that a redirect leads to is what the call gives.
                let is_value = response.status.is_redirect() && header.is_called("location");
                let mut is_new = || known.insert(header.name.to_ascii_lowercase());
                if !is_value && header.can_be() && is_new() {
                    headers.push(header);
                }
            }
        }
        headers
    }

    /// The responses that are an error to the caller.
    pub fn errors(&self) -> impl Iterator<Item = &Response> {
        self.responses
            .iter()
            .filter(|response| self.is_error(response))
    }

    /// The responses that say what an error has: those that are one, and a `default` that is described
    /// alone, which is success and error in one.
    pub fn failures(&self) -> impl Iterator<Item = &Response> {
        let is_any = |response: &Response| response.status == StatusPattern::Default;
        self.responses
            .iter()
            .filter(move |response| is_any(response) || self.is_error(response))
    }

    /// Statuses from 400 are errors; `default` is one beside a described success.
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

/// A path template, cut into its parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// The key under `paths`, as written.
    pub raw: String,
    pub parts: Vec<PathPart>,
    /// `name=value` pairs that stand in the key itself and go out with every call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<String>,
    /// Query parameters that the key names: on the wire, and in the braces.
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
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
    /// The whole query string (OpenAPI 3.2).
    QueryString,
}

/// How a parameter's value is written (OpenAPI 3.1, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ParameterStyle {
    Simple,
    Label,
    Matrix,
    Form,
    /// As `Form`, in a cookie, with nothing encoded (OpenAPI 3.2).
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
    pub location: Location,
    pub required: bool,
    pub docs: Docs,
    pub deprecated: bool,
    pub inferred: bool,
    pub style: ParameterStyle,
    pub explode: bool,
    pub allow_reserved: bool,
    /// Whether a value may be empty: in a path, and in a query, where the name alone is sent.
    #[serde(skip_serializing_if = "is_false")]
    pub allow_empty: bool,
    /// Whether the value stands for several segments of a path, with slashes between them.
    #[serde(skip_serializing_if = "is_false")]
    pub catch_all: bool,
    pub schema: Schema,
    /// What the value is written as where the parameter has `content` in place of `schema`.
    pub content: Option<ContentKind>,
    /// How the members of a form are written, where that is not as usual.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub encoding: Vec<Encoding>,
    pub examples: Vec<Json>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}
