//! The surface of a crate: everything that callers can name, and its representation on the wire.

use super::name_overrides::{Key, Section};
use super::{fingerprint, operations, types};
use crate::ir::{KeyLocation, Schema, SecurityKind, SecurityScheme, Shape};
use crate::rust::names::{is_standard_header, standard_predicate};
use crate::rust::plan::credentials::Source;
use crate::rust::plan::servers::ServerPlan;
use crate::rust::plan::webhooks::{content, read_webhook};
use crate::rust::{Plan, layout};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::HashMap;

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    Client,
    Credential,
    Server,
    Operation,
    /// The builder of a request.
    Call,
    Parameter,
    Body,
    Part,
    Response,
    Header,
    Error,
    /// A status that one operation documents.
    Status,
    Pages,
    Stream,
    Feature,
    Webhook,
    Type,
    Constructor,
    /// `Eq` and `Hash` of a type.
    Trait,
    Member,
    Value,
    Branch,
}

/// The label for the format of a schema.
pub const FORMAT: &str = "format";

/// The label for the requested media types.
pub const ACCEPT: &str = "`Accept` header";

/// The label for the handling of values of other types.
pub const STRICTNESS: &str = "treatment of values of other types";

/// An item of the crate with its parts.
#[derive(Debug, Clone)]
pub struct SurfaceItem {
    pub kind: ItemKind,
    /// The name in callers' code; irrelevant for an argument.
    pub name: String,
    /// The path in reports.
    pub path: String,
    /// The representation on the wire, which identifies a renamed item.
    pub identity: String,
    /// The configuration keys that rename the item.
    pub keys: Vec<Key>,
    /// The content of the item, which identifies it if nothing else does.
    pub fingerprint: String,
    /// The first use of a type, with its fingerprint.
    pub first_use: String,
    /// An example of its use.
    pub code: String,
    /// Code that replaces the item if it is removed.
    pub replacement: Option<String>,
    /// The type, or an empty string.
    pub ty: String,
    /// Whether the type is given in words instead of code.
    pub is_type_in_words: bool,
    /// Whether the item is a positional argument of its owner.
    pub is_argument: bool,
    /// Which of the path's parameters it is.
    pub place_in_path: Option<usize>,
    pub deprecated: bool,
    /// Facts on the wire as (label, value).
    pub wire: Vec<(&'static str, String)>,
    /// The generated code that encodes and decodes the item. It is compared if no other field differs, so that
    /// every difference on the wire is reported.
    pub printed: Vec<String>,
    /// The limits of values; `None` if the item is never sent.
    pub limits: Option<Vec<(String, Json)>>,
    pub items: Vec<SurfaceItem>,
}

impl SurfaceItem {
    pub fn new(kind: ItemKind, name: impl Into<String>, path: impl Into<String>) -> Self {
        let (name, path) = (name.into(), path.into());
        SurfaceItem {
            kind,
            code: path.clone(),
            name,
            path,
            identity: String::new(),
            fingerprint: String::new(),
            first_use: String::new(),
            keys: Vec::new(),
            replacement: None,
            ty: String::new(),
            is_type_in_words: false,
            is_argument: false,
            place_in_path: None,
            deprecated: false,
            wire: Vec::new(),
            printed: Vec::new(),
            limits: None,
            items: Vec::new(),
        }
    }

    pub fn of_type(mut self, ty: impl Into<String>) -> Self {
        self.ty = ty.into();
        self
    }

    /// Describes the kind of its type.
    pub fn of_kind(mut self, words: &str) -> Self {
        self.ty = words.to_owned();
        self.is_type_in_words = true;
        self
    }

    pub fn known_as(mut self, identity: impl Into<String>) -> Self {
        self.identity = identity.into();
        self
    }

    pub fn used(mut self, code: impl Into<String>) -> Self {
        self.code = code.into();
        self
    }

    pub fn named_by(mut self, section: Section, key: impl Into<String>, name: &str) -> Self {
        self.keys.push(Key::new(section, key, name));
        self
    }

    pub fn on_wire(mut self, what: &'static str, value: impl Into<String>) -> Self {
        self.wire.push((what, value.into()));
        self
    }

    pub fn printed(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.printed.extend(lines);
        self
    }

    /// Returns whether callers construct the type.
    pub fn is_made(&self) -> bool {
        let mut items = self.items.iter();
        items.any(|item| item.kind == ItemKind::Constructor && item.name == "new")
    }

    /// Returns how a caller passes the item to its owner.
    pub fn passed(&self, owner: &SurfaceItem) -> String {
        match self.is_argument {
            true => owner.code.clone(),
            false => format!("{}.{1}({1})", owner.code, self.name),
        }
    }

    /// Returns the example with its type.
    pub fn typed(&self) -> String {
        match self.code == self.ty {
            true => self.code.clone(),
            false => format!("{} // {}", self.code, self.ty),
        }
    }

    /// Adds the default, format and limits of a value that is sent.
    pub fn sends(mut self, schema: &Schema) -> Self {
        let facts = schema.facts.as_deref().cloned().unwrap_or_default();
        let default = facts.default.map(|value| value.to_string());
        self.wire.push(("default", default.unwrap_or_default()));
        self.wire.push((FORMAT, facts.format.unwrap_or_default()));
        self.limits = Some(facts.limits);
        self
    }
}

/// The surface of one crate.
#[derive(Debug, Clone, Default)]
pub struct Surface {
    pub(super) items: Vec<SurfaceItem>,
    /// The targets of aliases.
    pub(super) aliases: HashMap<String, String>,
}

impl Surface {
    pub fn of(plan: Plan<'_>) -> Self {
        let mut items = client(plan);
        items.extend(operations::all(plan));
        items.extend(types::all(plan));
        fingerprint::fill(&mut items);
        let alias = |(id, def): (crate::ir::TypeId, &crate::ir::TypeDef)| match &def.shape {
            Shape::Alias(target) => {
                let target = plan.ty(target).to_string();
                Some((plan.names.ty(id).ident.clone(), target))
            }
            _ => None,
        };
        let defs = plan.api.type_ids().map(|id| (id, plan.api.ty(id)));
        Surface {
            items,
            aliases: defs.filter_map(alias).collect(),
        }
    }
}

/// Returns the items outside operations and types.
fn client(plan: Plan<'_>) -> Vec<SurfaceItem> {
    let without = match plan.needs_credential() {
        true => "building fails",
        false => "requests have none",
    };
    let base = plan.api.base_url().or_else(|| plan.api.relative_base());
    let client = SurfaceItem::new(ItemKind::Client, "Client", "Client")
        .used("Client::builder()")
        .on_wire("base URL", base.unwrap_or_default())
        .on_wire("rule for a missing credential", without);
    // The client is only created from a single secret if the credential is unambiguous.
    let made = plan.main_env();
    let client = match made {
        None => client,
        Some(_) => {
            let prefix = &plan.options.env_prefix;
            client.on_wire("environment variables", format!("{prefix}_…"))
        }
    };
    let mut items = vec![client];
    items.extend(
        made.into_iter()
            .flat_map(|_| ["new(secret)", "from_env()"])
            .map(|call| {
                let path = format!("Client::{}", fingerprint::ident(call));
                let mut item = SurfaceItem::new(ItemKind::Constructor, &path, &path)
                    .used(format!("Client::{call}?"));
                item.replacement = Some("Client::builder().build()?".to_owned());
                item
            }),
    );
    items.extend(plan.credentials().map(|it| {
        let sources = it.sources();
        credential(it.name, it.scheme, it.ident).printed(sources.iter().map(Source::statements))
    }));
    items.extend(servers(plan));
    let features = plan.names.features.list.iter();
    items.extend(features.map(|feature| {
        let name = &feature.name;
        SurfaceItem::new(ItemKind::Feature, name, format!("feature {name}"))
            .used(format!("features = [{name:?}]"))
    }));
    items.extend(errors(plan));
    items.extend(webhooks(plan));
    items
}

/// Returns the constants of servers, and the types of those with variables.
fn servers(plan: Plan<'_>) -> Vec<SurfaceItem> {
    let item = |server: ServerPlan<'_>| {
        let path = format!("servers::{}", server.names.ident);
        let mut item = SurfaceItem::new(ItemKind::Server, &server.names.ident, &path)
            .known_as(&server.server.url)
            .on_wire("URL", server.server.default_url());
        item = match server.has_variables() {
            true => {
                let code = server.made().into_iter().chain(server.statements());
                item.of_kind("a struct").printed(code)
            }
            false => item.of_kind("a constant"),
        };
        item.items
            .extend(server.variables().map(|(name, ident, known)| {
                let mut part = SurfaceItem::new(ItemKind::Part, ident, format!("{path}.{ident}"))
                    .known_as(name);
                part.is_argument = known.is_none();
                part
            }));
        item
    };
    plan.servers().into_iter().map(item).collect()
}

fn credential(name: &str, scheme: &SecurityScheme, ident: &str) -> SurfaceItem {
    let (arguments, place) = match &scheme.kind {
        SecurityKind::Basic => ("user, password", "basic".to_owned()),
        SecurityKind::ApiKey {
            location,
            name,
            prefix,
        } => {
            let location = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query",
                KeyLocation::Cookie => "cookie",
            };
            let prefix = match &**prefix {
                "" => String::new(),
                prefix => format!(" after `{prefix}`"),
            };
            ("secret", format!("{location} {name}{prefix}"))
        }
        _ => ("secret", "bearer token".to_owned()),
    };
    let (token, _) = scheme.kind.token_urls();
    SurfaceItem::new(
        ItemKind::Credential,
        ident,
        format!("ClientBuilder::{ident}"),
    )
    .known_as(name)
    .of_type(format!("({arguments})"))
    .used(format!("Client::builder().{ident}({arguments})"))
    .on_wire("place", place)
    .on_wire("token URL", token.unwrap_or_default())
}

fn errors(plan: Plan<'_>) -> Vec<SurfaceItem> {
    let statuses = plan.api.errors.iter().zip(&plan.names.predicates);
    let statuses = statuses.filter(|(error, _)| standard_predicate(error.status).is_none());
    let statuses = statuses.map(|(error, ident)| {
        SurfaceItem::new(ItemKind::Error, ident, format!("Error::{ident}"))
            .known_as(error.status.to_string())
            .used(format!("error.{ident}()"))
            .on_wire("status", error.status.to_string())
    });
    let bodies = plan.api.error_bodies.iter().zip(&plan.names.error_bodies);
    let bodies = bodies.map(|(schema, names)| {
        let ty = plan.bare(schema).to_string();
        SurfaceItem::new(
            ItemKind::Error,
            &names.variant,
            format!("ErrorBody::{}", names.variant),
        )
        .known_as(&ty)
        .of_type(ty)
    });
    let headers = plan.api.error_headers.iter().zip(&plan.names.error_headers);
    let headers = headers.filter(|(header, _)| !is_standard_header(&header.name));
    let headers = headers.map(|(header, ident)| {
        let read = plan.read_error_header(header);
        SurfaceItem::new(ItemKind::Header, ident, format!("Error::{ident}"))
            .known_as(&header.name)
            .used(format!("error.{ident}()"))
            .of_type(plan.header_ty(header).to_string())
            .on_wire("name on the wire", header.name.to_ascii_lowercase())
            .printed([layout::tail("        ", &read)])
    });
    statuses.chain(bodies).chain(headers).collect()
}

fn webhooks(plan: Plan<'_>) -> Vec<SurfaceItem> {
    let webhooks = plan.api.webhooks.iter().zip(&plan.names.webhooks);
    let own = webhooks.filter_map(|(webhook, names)| {
        let content = content(webhook)?;
        let read = layout::tail("    ", &read_webhook(webhook, content));
        let path = format!("webhooks::{}", names.function);
        let item = SurfaceItem::new(ItemKind::Webhook, &names.function, &path)
            .known_as(format!("{} {}", webhook.method, webhook.name))
            .used(format!("{path}(&body)"))
            .of_type(plan.ty(&content.schema).to_string());
        Some(item.printed([read]))
    });
    let event = plan.names.event.iter().zip(plan.api.event);
    let event = event.map(|(function, id)| {
        let path = format!("webhooks::{function}");
        SurfaceItem::new(ItemKind::Webhook, function, &path)
            .known_as("any webhook")
            .used(format!("{path}(&body)"))
            .of_type(format!("types::{}", plan.names.ty(id).ident))
    });
    event.chain(own).collect()
}
