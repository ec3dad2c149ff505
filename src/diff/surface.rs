//! The surface of a crate: everything that callers can name, and its representation on the wire.

use super::item::{SurfaceItem, SurfaceItemKind};
use super::surface_code::SurfaceCode;
use super::{commands, fingerprint, operations, types};
use crate::ir::{KeyLocation, Schema, SchemaKind, SecurityKind, SecurityScheme, Shape};
use crate::rust::names::{is_standard_header, standard_predicate};
use crate::rust::plan::servers::ServerPlan;
use crate::rust::plan::webhooks::{content, read_webhook};
use crate::rust::{Plan, layout};
use std::collections::{HashMap, HashSet};

/// The surface of one crate.
#[derive(Debug, Clone, Default)]
pub struct Surface {
    pub(super) items: Vec<SurfaceItem>,
    /// The targets of aliases.
    pub(super) aliases: HashMap<String, SurfaceCode>,
    /// The names on the wire of the parameters that the client sets for all operations.
    pub(super) client_parameters: Vec<String>,
    /// The names on the wire of the parameters that callers pass to operations.
    pub(super) operation_parameters: HashSet<String>,
}

impl Surface {
    pub fn of(plan: Plan<'_>) -> Self {
        let mut items = client(plan);
        items.extend(operations::all(plan));
        items.extend(types::all(plan));
        items.extend(commands::program(plan));
        fingerprint::fill(&mut items);
        let alias = |(id, def): (crate::ir::TypeId, &crate::ir::TypeDef)| match &def.shape {
            Shape::Alias(target) => {
                let target = SurfaceCode::of(&plan.ty(target));
                Some((plan.names.ty(id).ident.clone(), target))
            }
            _ => None,
        };
        let defs = plan.api.type_ids().map(|id| (id, plan.api.ty(id)));
        Surface {
            items,
            aliases: defs.filter_map(alias).collect(),
            client_parameters: plan
                .client_parameters()
                .map(|shared| shared.parameter.name.clone())
                .collect(),
            operation_parameters: plan
                .api
                .operations
                .iter()
                .flat_map(|operation| &operation.parameters)
                .map(|parameter| parameter.name.clone())
                .collect(),
        }
    }
}

/// Returns the items outside operations and types.
fn client(plan: Plan<'_>) -> Vec<SurfaceItem> {
    let without = match plan.needs_credential() {
        true => "the client cannot be built",
        false => "requests are sent without it",
    };
    let base = plan.api.base_url().or_else(|| plan.api.relative_base());
    let client = SurfaceItem::new(SurfaceItemKind::Client, "Client", "Client")
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
                let mut item = SurfaceItem::new(SurfaceItemKind::Constructor, &path, &path)
                    .used(format!("Client::{call}?"));
                item.replacement = Some("Client::builder().build()?".to_owned());
                item
            }),
    );
    items.extend(plan.credentials().map(|it| {
        let sources = it.sources();
        credential(it.name, it.scheme, it.ident).printed(
            sources
                .iter()
                .map(|source| layout::block("        ", &source.statements())),
        )
    }));
    items.extend(plan.client_parameters().map(|shared| {
        let (ty, stored) = shared.stored(plan);
        let ident = shared.ident;
        SurfaceItem::new(
            SurfaceItemKind::Parameter,
            ident,
            format!("ClientBuilder::{ident}"),
        )
        .known_as(&shared.parameter.name)
        .of_type(&ty)
        .used(format!("Client::builder().{ident}(value)"))
        .printed([stored.to_string()])
    }));
    items.extend(servers(plan));
    let features = plan.names.features.list.iter();
    items.extend(features.map(|feature| {
        let name = &feature.name;
        SurfaceItem::new(SurfaceItemKind::Feature, name, format!("feature {name}"))
            .used(format!("features = [{name:?}]"))
    }));
    items.extend(errors(plan));
    items.extend(webhooks(plan));
    items
}

/// Returns the constants of servers, and the types of those with variables.
fn servers(plan: Plan<'_>) -> Vec<SurfaceItem> {
    let item = |server: &ServerPlan<'_>| {
        let path = format!("servers::{}", server.names.ident);
        let mut item = SurfaceItem::new(SurfaceItemKind::Server, &server.names.ident, &path)
            .known_as(&server.server.url)
            .on_wire("URL", server.server.default_url());
        item = match server.has_variables() {
            true => {
                let values = server.initial_values();
                let values =
                    values.map(|(ident, value)| layout::field_value("            ", ident, &value));
                let statements = layout::statements("        ", &server.statements());
                item.of_kind("a struct").printed(values.chain(statements))
            }
            false => item.of_kind("a constant"),
        };
        item.items
            .extend(server.variables().map(|(name, ident, known)| {
                let mut part =
                    SurfaceItem::new(SurfaceItemKind::Part, ident, format!("{path}.{ident}"))
                        .known_as(name);
                part.is_argument = known.is_none();
                part
            }));
        item
    };
    plan.client.servers.iter().map(item).collect()
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
    let mut item = SurfaceItem::new(
        SurfaceItemKind::Credential,
        ident,
        format!("ClientBuilder::{ident}"),
    )
    .known_as(name)
    .used(format!("Client::builder().{ident}({arguments})"))
    .on_wire("place", place)
    .on_wire("token URL", token.unwrap_or_default());
    item.ty = SurfaceCode::text(format!("({arguments})"));
    item
}

fn errors(plan: Plan<'_>) -> Vec<SurfaceItem> {
    let statuses = plan.api.errors.iter().zip(&plan.names.predicates);
    let statuses = statuses.filter(|(error, _)| standard_predicate(error.status).is_none());
    let statuses = statuses.map(|(error, ident)| {
        SurfaceItem::new(SurfaceItemKind::Error, ident, format!("Error::{ident}"))
            .known_as(error.status.to_string())
            .used(format!("error.{ident}()"))
            .on_wire("status", error.status.to_string())
    });
    let bodies = plan.api.error_bodies.iter().zip(&plan.names.error_bodies);
    let bodies = bodies.map(|(schema, names)| {
        let ty = plan.bare(schema);
        SurfaceItem::new(
            SurfaceItemKind::Error,
            &names.variant,
            format!("ErrorBody::{}", names.variant),
        )
        .known_as_type(&ty)
        .of_type(&ty)
    });
    let headers = plan.api.error_headers.iter().zip(&plan.names.error_headers);
    let headers = headers.filter(|(header, _)| !is_standard_header(&header.name));
    let headers = headers.map(|(header, ident)| {
        let read = plan.read_error_header(header);
        SurfaceItem::new(SurfaceItemKind::Header, ident, format!("Error::{ident}"))
            .known_as(&header.name)
            .used(format!("error.{ident}()"))
            .of_type(&plan.header_ty(header))
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
        let item = SurfaceItem::new(SurfaceItemKind::Webhook, &names.function, &path)
            .known_as(format!("{} {}", webhook.method, webhook.name))
            .used(format!("{path}(&body)"))
            .of_type(&plan.ty(&content.schema));
        Some(item.printed([read]))
    });
    let event = plan.names.event.iter().zip(plan.api.event);
    let event = event.map(|(function, id)| {
        let path = format!("webhooks::{function}");
        SurfaceItem::new(SurfaceItemKind::Webhook, function, &path)
            .known_as("any webhook")
            .used(format!("{path}(&body)"))
            .of_type(&plan.ty(&Schema::new(SchemaKind::Declared(id))))
    });
    event.chain(own).collect()
}
