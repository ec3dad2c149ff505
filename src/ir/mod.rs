//! The IR: what an API offers, apart from how OpenAPI writes it and how Rust says it.
//!
//! Types live in one arena and are named by [`TypeId`]; everything keeps document order. The IR has
//! no casing, no identifiers, no `Option`, no `Box`: only facts of the API (invariant 6).

mod auth;
mod config_path;
mod header_form;
mod http;
mod idempotency;
mod media_type;
mod name_overrides;
mod operation;
mod pagination;
mod polling;
mod presence;
mod result;
mod server;
mod status;
mod stream;
mod structural_eq;
mod types;
mod walk;

pub use auth::{AuthConfig, AuthSetting};
pub use config_path::ConfigPosition;
pub use header_form::*;
pub use http::*;
pub use idempotency::{Idempotency, Retry};
pub use media_type::*;
pub use name_overrides::{ConfiguredName, ConfiguredNames, NameOverride, NameOverrides};
pub use operation::*;
pub use pagination::*;
pub use polling::*;
pub use presence::Presence;
pub use result::{header_text, preferred};
pub use server::{Server, ServerVariable};
pub use status::reason;
pub use types::*;

use crate::filter::LeftOut;
use crate::naming::{Words, words};
use crate::tree::NodeId;
use indexmap::IndexMap;
use serde::Serialize;

/// A whole API.
#[derive(Debug, Default, Serialize)]
pub struct Api {
    pub info: Info,
    pub servers: Vec<Server>,
    /// By the name under which `components/securitySchemes` has them.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// Filled by `passes::credentials`: the scheme that most operations require, by its index.
    #[serde(skip)]
    pub main_scheme: Option<usize>,
    pub groups: Vec<Group>,
    pub operations: Vec<Operation>,
    pub webhooks: Vec<Webhook>,
    /// Filled by `passes::events`: the type of the payloads of all webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<TypeId>,
    /// Every documented error status of the API, once, in ascending order.
    pub errors: Vec<ErrorStatus>,
    /// The JSON bodies that the API documents for errors, each once, in document order.
    pub error_bodies: Vec<Schema>,
    /// The headers that the API documents for errors, each once, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub error_headers: Vec<Header>,
    pub types: Vec<TypeDef>,
    /// What became of the schema at each node, by node; empty unless asked for ([`crate::lower::Keep`]).
    #[serde(skip)]
    pub places: Vec<(NodeId, Schema)>,
    /// What the configuration may name although the crate does not have it.
    #[serde(skip)]
    pub left_out: LeftOut,
}

impl Api {
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0 as usize]
    }

    /// What a schema is, behind other names for it.
    pub fn resolved<'s>(&'s self, schema: &'s Schema) -> &'s SchemaKind {
        let mut kind = &schema.kind;
        // No recursion: a chain of aliases may be longer than the stack.
        while let SchemaKind::Declared(id) = kind
            && let Shape::Alias(target) = &self.ty(*id).shape
        {
            kind = &target.kind;
        }
        kind
    }

    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }

    /// Ids of all operations, in order.
    pub fn operation_ids(&self) -> impl Iterator<Item = OperationId> + use<> {
        (0..self.operations.len() as u32).map(OperationId)
    }

    /// Ids of all types, in order.
    pub fn type_ids(&self) -> impl DoubleEndedIterator<Item = TypeId> + use<> {
        (0..self.types.len() as u32).map(TypeId)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct TypeId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct OperationId(pub u32);

/// Prose of a description: CommonMark, as the document has it (sanitised only when printed).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Docs {
    /// One line, where the document has one apart (`summary`, `title`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The address of further documentation with its own text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external: Option<(String, Option<String>)>,
}

#[derive(Debug, Default, Serialize)]
pub struct Info {
    pub title: String,
    /// The version of the API, never that of a package.
    pub version: String,
    pub docs: Docs,
    pub terms_of_service: Option<String>,
    pub contact: Option<Contact>,
    pub license: Option<License>,
}

#[derive(Debug, Default, Serialize)]
pub struct Contact {
    pub name: Option<String>,
    pub url: Option<String>,
    pub email: Option<String>,
}

#[derive(Debug, Default, Serialize)]
pub struct License {
    pub name: String,
    /// An SPDX expression (OpenAPI 3.1).
    pub identifier: Option<String>,
    pub url: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct SecurityScheme {
    pub kind: SecurityKind,
    pub description: Option<String>,
    /// Whether only header parameters describe it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_parameter: bool,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SecurityKind {
    Bearer {
        format: Option<String>,
    },
    Basic,
    ApiKey {
        location: KeyLocation,
        name: String,
        /// What the value of a header has before the key, such as `Token `.
        #[serde(skip_serializing_if = "String::is_empty")]
        prefix: String,
    },
    OAuth2 {
        flows: Vec<Flow>,
    },
    OpenIdConnect {
        url: String,
    },
    MutualTls,
    /// An HTTP scheme that sdkgen has no code for, by its registered name.
    OtherHttp(String),
}

/// A way of OAuth 2.0 to a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    /// Its key in the description: `clientCredentials`, `authorizationCode`.
    pub kind: String,
    /// Where a token is asked for; a relative one is seen from the server.
    pub token_url: Option<String>,
    pub refresh_url: Option<String>,
    /// Each with what it is good for.
    pub scopes: Vec<(String, String)>,
}

impl SecurityKind {
    /// Where the client's own credentials give a token, and where a refresh token does.
    pub fn token_urls(&self) -> (Option<&str>, Option<&str>) {
        let SecurityKind::OAuth2 { flows } = self else {
            return (None, None);
        };
        let own = flows.iter().find(|flow| flow.kind == "clientCredentials");
        let any = flows.iter().find_map(|flow| flow.token_url.as_deref());
        let token = own.and_then(|flow| flow.token_url.as_deref()).or(any);
        // The client's own credentials come with no refresh token (RFC 6749, section 4.4.3).
        let users = || flows.iter().filter(|flow| flow.kind != "clientCredentials");
        let refresh = users()
            .find_map(|flow| flow.refresh_url.as_deref())
            .or_else(|| users().find_map(|flow| flow.token_url.as_deref()));
        (token, refresh.or(any))
    }

    /// Where a request has the credential, and under which name; `None` where a client has none.
    pub fn place(&self) -> Option<(KeyLocation, &str)> {
        match self {
            SecurityKind::Bearer { .. }
            | SecurityKind::Basic
            | SecurityKind::OAuth2 { .. }
            | SecurityKind::OpenIdConnect { .. } => Some((KeyLocation::Header, "Authorization")),
            SecurityKind::ApiKey { location, name, .. } => Some((*location, name)),
            SecurityKind::MutualTls | SecurityKind::OtherHttp(_) => None,
        }
    }

    /// Whether a request has the credential in a place: names of headers have no case.
    pub fn is_at(&self, location: KeyLocation, name: &str) -> bool {
        self.place().is_some_and(|(own, other)| {
            let is_same = match location {
                KeyLocation::Header => name.eq_ignore_ascii_case(other),
                KeyLocation::Query | KeyLocation::Cookie => name == other,
            };
            own == location && is_same
        })
    }

    /// Whether a client is given a credential of this kind; the others come with its transport, or in a
    /// header that its caller sets.
    pub fn has_credential(&self) -> bool {
        !matches!(self, SecurityKind::MutualTls | SecurityKind::OtherHttp(_))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyLocation {
    Header,
    Query,
    Cookie,
}

/// The credentials that an operation needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Security {
    /// Any one of the alternatives will do; within one, all schemes are needed. Without an alternative, no
    /// credential is needed.
    OneOf(Vec<Vec<String>>),
    /// The description does not say: whatever is set is sent.
    Unstated,
}

impl Security {
    /// The alternatives that the description states.
    pub fn alternatives(&self) -> &[Vec<String>] {
        match self {
            Security::OneOf(alternatives) => alternatives,
            Security::Unstated => &[],
        }
    }

    /// Whether a request may have the credential of a scheme.
    pub fn sends(&self, scheme: &str) -> bool {
        match self {
            Security::OneOf(alternatives) => {
                alternatives.iter().flatten().any(|name| name == scheme)
            }
            Security::Unstated => true,
        }
    }
}

/// Operations that belong together: a tag, or the first path segment where there is none.
#[derive(Debug, Default, Serialize)]
pub struct Group {
    /// The tag as written, or the beginning of the path that names the resource.
    pub name: String,
    /// Whether the name is a tag, or that of an extension.
    #[serde(skip)]
    pub is_tag: bool,
    /// Other tags of the same words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Filled by `passes::resources`: the words of the name without what sorts or marks it.
    #[serde(skip)]
    pub noun: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<NameOverride>,
    pub docs: Docs,
    pub operations: Vec<OperationId>,
}

impl Group {
    /// The resource that a path names.
    pub fn of_path(name: String) -> Self {
        Group {
            noun: words(&name),
            name,
            ..Group::default()
        }
    }

    /// The resource of a tag, without its operations.
    pub fn of_tag(tag: &Group) -> Self {
        Group {
            name: tag.name.clone(),
            is_tag: true,
            docs: tag.docs.clone(),
            ..Group::default()
        }
    }
}

/// An error status that some operation documents.
#[derive(Debug, Serialize)]
pub struct ErrorStatus {
    pub status: u16,
    /// The one name that `components/responses` has for it, if all operations agree.
    pub component: Option<String>,
    pub description: Option<String>,
}

/// A request that the API's server makes to its user.
#[derive(Debug, Serialize)]
pub struct Webhook {
    /// The key under `webhooks` or `callbacks`.
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<Callback>,
    pub method: String,
    pub docs: Docs,
    pub inferred: bool,
    pub body: Option<Body>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

/// What a request of the server's follows, where that is a call of an operation.
#[derive(Debug, Clone, Serialize)]
pub struct Callback {
    pub operation: OperationId,
    /// The URL that the request goes to, as a runtime expression (OpenAPI 3.2, section 4.21).
    pub expression: String,
}
