//! The language-neutral model of an API.
//!
//! Types live in one arena and are referred to by [`TypeId`]. Everything keeps document order. The model has no
//! casing, identifiers, `Option` or `Box`; these are decisions of the target language.

mod auth;
mod client_parameter;
mod config_path;
mod first_use;
mod format;
mod header_form;
mod http;
mod idempotency;
mod media_type;
mod message;
mod name_overrides;
mod operation;
mod own_types;
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
pub use client_parameter::{
    ClientParameter, ClientParameterConfig, ConfiguredParameter, is_scalar, scalar_text,
};
pub use config_path::ConfigPosition;
pub use first_use::{FirstUse, UsePart, UsePlace};
pub use format::*;
pub use header_form::*;
pub use http::*;
pub use idempotency::{DeclaredIdempotency, Idempotency, Retry};
pub use media_type::*;
pub use name_overrides::{ConfiguredName, ConfiguredNames, NameOverride, NameOverrides};
pub use operation::*;
pub use own_types::{DeriveConfig, TypeDerives};
pub use pagination::*;
pub use polling::*;
pub use presence::Presence;
pub use result::{header_text, preferred};
pub use server::{Server, ServerVariable};
pub use status::reason;
pub use stream::{ConfiguredStream, StreamConfig};
pub use types::*;

use crate::naming::{Words, words};
use crate::tree::{LeftOut, NodeId};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeSet;

/// An API.
#[derive(Debug, Default, Serialize)]
pub struct Api {
    pub info: Info,
    pub servers: Vec<Server>,
    /// By the key under `components/securitySchemes`.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// Set by `passes::credentials`: the index of the scheme that most operations require.
    #[serde(skip)]
    pub main_scheme: Option<usize>,
    /// Set by `passes::client_parameters`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub client_parameters: Vec<ClientParameter>,
    pub groups: Vec<Group>,
    pub operations: Vec<Operation>,
    pub webhooks: Vec<Webhook>,
    /// Set by `passes::events`: the type of all webhook payloads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<TypeId>,
    /// Documented error statuses, deduplicated, in ascending order.
    pub errors: Vec<ErrorStatus>,
    /// Documented JSON bodies of errors, deduplicated, in document order.
    pub error_bodies: Vec<Schema>,
    /// Documented headers of errors, deduplicated, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub error_headers: Vec<Header>,
    pub types: Vec<TypeDef>,
    /// The lowered schema of each node; empty unless requested by [`crate::lower::Keep`].
    #[serde(skip)]
    pub places: Vec<(NodeId, Schema)>,
    /// Set by `passes::quick_start`: the operation that the documentation shows first, if it is configured.
    #[serde(skip)]
    pub quick_start: Option<OperationId>,
    /// Items that a filter removed, which the configuration may still name.
    #[serde(skip)]
    pub left_out: LeftOut,
}

impl Api {
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0 as usize]
    }

    /// Returns the kind of a schema, with aliases followed.
    pub fn resolved<'s>(&'s self, schema: &'s Schema) -> &'s SchemaKind {
        let mut kind = &schema.kind;
        // A loop, because a chain of aliases may be longer than the stack.
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

    /// Returns the ids of all operations, in order.
    pub fn operation_ids(&self) -> impl Iterator<Item = OperationId> + use<> {
        (0..self.operations.len() as u32).map(OperationId)
    }

    /// Returns the ids of all types, in order.
    pub fn type_ids(&self) -> impl DoubleEndedIterator<Item = TypeId> + use<> {
        (0..self.types.len() as u32).map(TypeId)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct TypeId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct OperationId(pub u32);

/// Documentation as CommonMark, unchanged; it is sanitized when printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Docs {
    /// One line, from `summary` or `title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `externalDocs`: the URL and its description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external: Option<(String, Option<String>)>,
}

#[derive(Debug, Default, Serialize)]
pub struct Info {
    pub title: String,
    /// The version of the API, which is unrelated to that of a package.
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
    /// Whether only header parameters describe the scheme.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_parameter: bool,
    /// The scopes that operations require.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub scopes: BTreeSet<String>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

impl SecurityScheme {
    /// Returns whether it is a parameter `Authorization`, whose value includes the HTTP scheme.
    pub fn is_whole_authorization(&self) -> bool {
        self.is_parameter && self.kind.is_at(KeyLocation::Header, "Authorization")
    }
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
        /// The text before the key in a header, such as `Token `.
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
    /// Another HTTP scheme, by its registered name. sdkgen has no code for it.
    OtherHttp(String),
}

/// An OAuth 2.0 flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    /// The key in the document, such as `clientCredentials` or `authorizationCode`.
    pub kind: String,
    /// The page on which a user agrees. All URLs may be relative to the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_url: Option<String>,
    /// The endpoint that issues codes for devices without a browser (RFC 8628).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_authorization_url: Option<String>,
    /// The token endpoint.
    pub token_url: Option<String>,
    pub refresh_url: Option<String>,
    /// Scopes with their descriptions.
    pub scopes: Vec<(String, String)>,
}

impl SecurityKind {
    /// Returns the token endpoint for client credentials and the one for refresh tokens.
    pub fn token_urls(&self) -> (Option<&str>, Option<&str>) {
        let SecurityKind::OAuth2 { flows } = self else {
            return (None, None);
        };
        let own = flows.iter().find(|flow| flow.kind == "clientCredentials");
        let any = flows.iter().find_map(|flow| flow.token_url.as_deref());
        let token = own.and_then(|flow| flow.token_url.as_deref()).or(any);
        // The client credentials flow has no refresh token (RFC 6749, section 4.4.3).
        let users = || flows.iter().filter(|flow| flow.kind != "clientCredentials");
        let refresh = users()
            .find_map(|flow| flow.refresh_url.as_deref())
            .or_else(|| users().find_map(|flow| flow.token_url.as_deref()));
        (token, refresh.or(any))
    }

    /// Returns the location and name of the credential in a request, or `None` if the client sends none.
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

    /// Returns whether a request has the credential at this location. Header names are compared without case.
    pub fn is_at(&self, location: KeyLocation, name: &str) -> bool {
        self.place().is_some_and(|(own, other)| {
            let is_same = match location {
                KeyLocation::Header => name.eq_ignore_ascii_case(other),
                KeyLocation::Query | KeyLocation::Cookie => name == other,
            };
            own == location && is_same
        })
    }

    /// Returns whether the client stores a credential of this kind. The transport or the caller's own headers
    /// supply the others.
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

/// The credentials that an operation requires.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Security {
    /// Any alternative suffices; within one, all schemes are required. Empty if no credential is required.
    OneOf(Vec<Vec<String>>),
    /// The document does not say, so the client sends every credential that is set.
    Unstated,
}

impl Security {
    /// Returns the alternatives in the document.
    pub fn alternatives(&self) -> &[Vec<String>] {
        match self {
            Security::OneOf(alternatives) => alternatives,
            Security::Unstated => &[],
        }
    }

    /// Returns whether a request may have the credential of a scheme.
    pub fn sends(&self, scheme: &str) -> bool {
        match self {
            Security::OneOf(alternatives) => {
                alternatives.iter().flatten().any(|name| name == scheme)
            }
            Security::Unstated => true,
        }
    }
}

/// Operations that share a tag, or the first path segment if they have no tag.
#[derive(Debug, Default, Serialize)]
pub struct Group {
    /// The tag as written, or the path prefix that names the resource.
    pub name: String,
    /// Whether the name comes from a tag or an extension.
    #[serde(skip)]
    pub is_tag: bool,
    /// Other tags with the same words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Set by `passes::resources`: the words of the name, without a sort prefix or marker.
    #[serde(skip)]
    pub noun: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<NameOverride>,
    pub docs: Docs,
    pub operations: Vec<OperationId>,
}

impl Group {
    /// Creates the group of a resource that a path names.
    pub fn of_path(name: String) -> Self {
        Group {
            noun: words(&name),
            name,
            ..Group::default()
        }
    }

    /// Creates a group with the name and docs of a tag, without operations.
    pub fn of_tag(tag: &Group) -> Self {
        Group {
            name: tag.name.clone(),
            is_tag: true,
            docs: tag.docs.clone(),
            ..Group::default()
        }
    }
}

/// An error status that at least one operation documents.
#[derive(Debug, Serialize)]
pub struct ErrorStatus {
    pub status: u16,
    /// The key under `components/responses`, if all operations agree on one.
    pub component: Option<String>,
    pub description: Option<String>,
}

/// A request that the API's server sends to the caller's server.
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

/// The operation that registers a callback.
#[derive(Debug, Clone, Serialize)]
pub struct Callback {
    pub operation: OperationId,
    /// The URL of the request, as a runtime expression (OpenAPI 3.2, section 4.21).
    pub expression: String,
}
