//! Resolves every Rust name of a crate, once.
//!
//! Candidate names are collected in document order and resolved per scope: pinned names first, then
//! components, then inline schemas. A schema added at the end therefore renames nothing before it.

mod call;
mod claims;
mod client_parameters;
pub mod commands;
mod credentials;
mod errors;
pub mod features;
mod inline;
pub mod listing;
mod members;
mod methods;
pub mod operations;
mod servers;
mod shorten;
mod types;
mod variants;

use crate::config::Options;
use crate::diag::Diagnostics;
use crate::ir::{Api, NameOverride, OperationId, SchemaKind, TypeId};
use crate::naming::method::{self, MethodCandidates, Source};
use crate::naming::shorten::{LONG, abbreviated, bounded, length};
use crate::naming::{Claimed, IdentCase, Scope, Words, reserved, words};
use claims::{claim_pin, no_holder, report_taken};
pub use credentials::SourceNames;
pub use errors::{is_standard_header, standard_predicate};
use features::Features;
use serde::Serialize;
use shorten::ascii;
use std::collections::{HashMap, HashSet};

/// All names in a generated crate.
#[derive(Debug, Serialize)]
pub struct Names {
    /// By [`TypeId`].
    pub types: Vec<TypeNames>,
    /// By the index of the resource's group.
    pub resources: Vec<ResourceNames>,
    /// By [`OperationId`].
    pub operations: Vec<OperationNames>,
    /// By the index of the webhook.
    pub webhooks: Vec<WebhookNames>,
    /// The function that decodes the payload of any webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// By the index in [`Api::error_bodies`].
    pub error_bodies: Vec<ErrorBodyNames>,
    /// Maps a body's schema to its index in [`Api::error_bodies`].
    #[serde(skip)]
    pub error_places: HashMap<SchemaKind, usize>,
    /// By the index in [`Api::errors`].
    pub predicates: Vec<String>,
    /// By the index in [`Api::error_headers`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub error_headers: Vec<String>,
    /// The builder's setter for each security scheme, in order.
    pub credentials: Vec<String>,
    /// The builder's setters for credential providers, in the same order.
    pub sources: Vec<SourceNames>,
    /// The builder's setter for each of [`Api::client_parameters`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub client_parameters: Vec<String>,
    /// By the index in [`Api::named_servers`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<ServerNames>,
    #[serde(skip_serializing_if = "Features::is_empty")]
    pub features: Features,
}

impl Names {
    pub fn ty(&self, id: TypeId) -> &TypeNames {
        &self.types[id.0 as usize]
    }

    pub fn operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.0 as usize]
    }

    /// Returns whether every name is ASCII; only then rustc's lints on mixed scripts need no `allow`.
    pub fn are_ascii(&self) -> bool {
        let types = self.types.iter().all(|names| {
            names.ident.is_ascii() && names.parts.iter().all(|ident| ident.is_ascii())
        });
        let resources = self.resources.iter();
        let resources = resources.flat_map(|names| [&names.accessor, &names.ident]);
        let operations = self.operations.iter().flat_map(|names| {
            let own = [&names.method, &names.builder, &names.constant];
            let variants = names.successes.iter();
            let variants = variants.flat_map(|names| names.contents.iter().chain([&names.ident]));
            let variants = names.bodies.iter().chain(variants);
            let parts = names
                .parameters
                .iter()
                .chain(&names.maybe)
                .chain(&names.parts);
            let parts = parts.chain(&names.header_fields);
            parts.chain(variants).chain(own)
        });
        let bodies = self.error_bodies.iter();
        let bodies = bodies.flat_map(|names| [&names.variant, &names.reader]);
        let webhooks = self.webhooks.iter().map(|names| &names.function);
        let servers = self.servers.iter();
        let servers = servers.flat_map(|names| names.variables.iter().chain([&names.ident]));
        let rest = self
            .predicates
            .iter()
            .chain(&self.error_headers)
            .chain(&self.credentials)
            .chain(&self.client_parameters)
            .chain(servers);
        let all = resources.chain(operations).chain(bodies).chain(webhooks);
        types && all.chain(rest).all(|ident| ident.is_ascii())
    }
}

#[derive(Debug, Serialize)]
pub struct TypeNames {
    pub ident: String,
    /// The module of `types` that defines the type: the module of its root.
    pub module: String,
    #[serde(skip)]
    pub words: Words,
    /// The type whose file defines this one: itself, or the outermost type that contains it inline.
    #[serde(skip)]
    pub root: TypeId,
    /// Fields or variants, in the order of the IR.
    pub parts: Vec<String>,
    /// The field for unknown properties, or the variant for an unknown value.
    pub rest: String,
}

#[derive(Debug, Serialize)]
pub struct ResourceNames {
    /// ASCII only, because it is a file name.
    pub module: String,
    /// The client's method that returns the resource.
    pub accessor: String,
    pub ident: String,
}

#[derive(Debug, Serialize)]
pub struct OperationNames {
    pub method: String,
    /// The source of the method's name.
    #[serde(skip)]
    pub source: Source,
    /// Other candidates for the method's name, the best first.
    #[serde(skip)]
    pub alternatives: Vec<String>,
    pub builder: String,
    /// The operation's descriptor constant.
    pub constant: String,
    /// The alias of the response type, used if the type is too long for a signature.
    pub output: String,
    /// The enum of request bodies, if there are several media types.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The variant for each media type of the body, in the order of the IR; empty for a single media
    /// type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<String>,
    /// The struct of the documented response headers.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub headers: String,
    /// The fields of that struct.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub header_fields: Vec<String>,
    /// The struct of the multipart body.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub form: String,
    /// The argument or setter for each part of the multipart body, in the order of the IR.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// The variants for each success response, in the order of the IR; empty for a single response with a
    /// single media type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub successes: Vec<SuccessNames>,
    /// The argument or setter for each parameter, in the order of the IR.
    pub parameters: Vec<String>,
    /// For each parameter, the setter that takes an `Option`; empty for an argument.
    #[serde(skip)]
    pub maybe: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct SuccessNames {
    /// The variant for the status.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ident: String,
    /// The variant for each media type, if there are several, in the order of
    /// [`Response::choices`](crate::ir::Response::choices).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct ErrorBodyNames {
    /// The variant of `ErrorBody`.
    pub variant: String,
    /// The function that decodes the variant from the body's bytes.
    pub reader: String,
}

#[derive(Debug, Serialize)]
pub struct WebhookNames {
    /// The function that decodes the payload.
    pub function: String,
}

#[derive(Debug, Serialize)]
pub struct ServerNames {
    /// A constant, or the type of a server with URL variables.
    pub ident: String,
    /// The setter for each variable, in the order of the URL.
    pub variables: Vec<String>,
}

/// Resolves all names in the crate.
pub fn resolve(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Names {
    let operations = api.operations.iter();
    let operation_words = operations.map(|operation| operations::words_of(api, operation));
    let operation_words: Vec<Words> = operation_words.collect();
    let wished = methods::method_candidates(api);
    let types = types::resolve(
        api,
        &whole_words(api, &wished, &operation_words),
        diagnostics,
    );
    let idents = Idents::of(&types);
    let resources = resources(api, &idents, diagnostics);
    let (predicates, error_headers) = errors::predicates_and_headers(api);
    let (credentials, sources) = credentials::resolve(api, options);
    let (webhooks, event) = webhooks(api, diagnostics);
    Names {
        operations: operations::resolve(
            api,
            &operation_words,
            &wished,
            &resources,
            &idents,
            diagnostics,
        ),
        error_bodies: errors::bodies(api, &types),
        error_places: errors::error_body_indices(api),
        features: features::resolve(api, options.keys.features, &resources, &types),
        types,
        resources,
        webhooks,
        event,
        predicates,
        error_headers,
        client_parameters: client_parameters::resolve(api, &credentials, &sources),
        credentials,
        sources,
        servers: servers::resolve(api),
    }
}

/// The identifiers of all declared types. No item in `resources` may use one, so that users can
/// glob-import both modules.
pub struct Idents<'a>(HashSet<&'a str>);

impl<'a> Idents<'a> {
    fn of(types: &'a [TypeNames]) -> Self {
        Idents(types.iter().map(|names| names.ident.as_str()).collect())
    }

    /// Returns the candidates that are not type names, or all candidates if none is free.
    fn free(&self, wishes: Vec<Words>) -> Vec<Words> {
        let is_free = |wish: &&Words| !self.0.contains(IdentCase::Pascal.ident(wish).as_str());
        let free: Vec<Words> = wishes.iter().filter(is_free).cloned().collect();
        if free.is_empty() { wishes } else { free }
    }
}

/// Returns the words that operation types are named with: the operation's whole name. If two operations
/// share it, the later one uses the words of its id.
fn whole_words(api: &Api, wished: &[MethodCandidates], operation_words: &[Words]) -> Vec<Words> {
    let mut order: Vec<usize> = (0..wished.len()).collect();
    order.sort_by_key(|index| wished[*index].rank);
    let mut words = operation_words.to_vec();
    let mut taken = HashSet::new();
    for index in order {
        let whole = &wished[index].whole;
        let is_wish = matches!(
            api.operations[index].pinned,
            Some(NameOverride::Preferred(_))
        );
        if !is_wish && taken.insert(whole) {
            words[index].clone_from(whole);
        }
    }
    words
}

fn resources(api: &Api, types: &Idents<'_>, diagnostics: &mut Diagnostics) -> Vec<ResourceNames> {
    let mut accessors = Scope::with_reserved(IdentCase::Snake, reserved::CLIENT.iter().copied());
    let mut modules = Scope::with_reserved(IdentCase::Snake, reserved::modules("resources"));
    let mut idents = Scope::with_reserved(IdentCase::Pascal, reserved::resources());
    let first = |group: &crate::ir::Group| {
        let first = group.operations.first();
        first.and_then(|id| api.operation(*id).at)
    };
    let mut pinned: Vec<Option<Claimed>> = Vec::new();
    for group in &api.groups {
        let pin = group.pinned.as_ref();
        pinned.push(claim_pin(
            &mut accessors,
            pin,
            first(group),
            no_holder,
            diagnostics,
        ));
    }
    let mut resource = |(group, pinned): (&crate::ir::Group, Option<Claimed>)| {
        let own = match &pinned {
            Some(pinned) => pinned.words.clone(),
            None => bounded(accessor(api, group)),
        };
        let with = |word: &str| match own.last() {
            Some(last) if last == word => own.clone(),
            _ => [&own[..], &[word.to_owned()]].concat(),
        };
        // Never use the bare name, even if it is free: a new schema could claim it and rename the
        // resource type.
        let handles = types.free(vec![with("api"), with("resource")]);
        let with_suffix = with("api");
        let wishes = [own, with_suffix];
        let accessor = pinned.unwrap_or_else(|| {
            let claimed = accessors.claim(&wishes);
            report_taken(
                diagnostics,
                first(group),
                IdentCase::Snake,
                &wishes[0],
                &claimed,
                no_holder,
            );
            claimed
        });
        ResourceNames {
            ident: idents.claim(&handles).ident,
            module: modules.claim(&wishes.map(|wish| ascii(&wish))).ident,
            accessor: accessor.ident,
        }
    };
    api.groups.iter().zip(pinned).map(&mut resource).collect()
}

/// Returns the words of a resource's accessor, in the plural if its paths name a collection.
fn accessor(api: &Api, group: &crate::ir::Group) -> Words {
    let operations = group.operations.iter().map(|id| api.operation(*id));
    let operations = operations.map(|one| (one.path.raw.as_str(), one.id.as_deref()));
    method::resource::accessor(&group.noun, operations)
}

/// Names the function for each webhook and the one that decodes all of them.
fn webhooks(api: &Api, diagnostics: &mut Diagnostics) -> (Vec<WebhookNames>, Option<String>) {
    let mut scope = Scope::new(IdentCase::Snake);
    let event = api
        .event
        .map(|_| scope.claim(&[words("parse event")]).ident);
    let mut function = |webhook: &crate::ir::Webhook| {
        let parse = vec!["parse".to_owned()];
        let own = words(&webhook.name);
        let mut wishes = vec![[parse.clone(), bounded(own.clone())].concat()];
        wishes.extend(webhook.callback.as_ref().map(|callback| {
            let operation = operations::words_of(api, api.operation(callback.operation));
            [parse, bounded([operation, own].concat())].concat()
        }));
        let claimed = scope.claim(&wishes);
        // A callback that falls back to its operation's name needs no report; a numbered name does.
        if claimed.number.is_some() {
            report_taken(
                diagnostics,
                webhook.at,
                IdentCase::Snake,
                &wishes[0],
                &claimed,
                no_holder,
            );
        }
        WebhookNames {
            function: claimed.ident,
        }
    };
    (api.webhooks.iter().map(&mut function).collect(), event)
}
