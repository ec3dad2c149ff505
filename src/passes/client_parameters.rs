//! Finds header and query parameters that the client sets once, such as the version of the API.

use super::name_overrides::unknown_name;
use crate::diag::{Diagnostics, codes};
use crate::example::validate::{self, Direction};
use crate::ir::{
    Api, ClientParameter, ClientParameterConfig, ConfiguredParameter, ParameterLocation,
    ParameterStyle, SchemaKind, Shape, StringFormat,
};
use crate::naming::words;
use crate::tree::Tree;
use indexmap::IndexMap;
use serde_json::Value as Json;

/// A parameter is shared if at least so many operations have it, and this part of all.
const LEAST: usize = 3;
const PERCENT: usize = 80;

/// Words in the names of query parameters that concern a client, and not one request.
const OF_CLIENTS: [&str; 17] = [
    "version",
    "tenant",
    "organization",
    "organisation",
    "org",
    "workspace",
    "account",
    "project",
    "app",
    "application",
    "client",
    "locale",
    "language",
    "lang",
    "environment",
    "env",
    "format",
];

/// Words in the names of headers that differ between requests: conditions, traces, signatures, and data about
/// the end user.
const OF_REQUESTS: [&str; 23] = [
    "idempotency",
    "if",
    "range",
    "request",
    "requestid",
    "correlation",
    "correlationid",
    "trace",
    "traceparent",
    "tracestate",
    "span",
    "transaction",
    "message",
    "session",
    "nonce",
    "timestamp",
    "date",
    "signature",
    "digest",
    "etag",
    "cursor",
    "psu",
    "ip",
];

/// The places of a parameter: indexes of operations and of their parameters.
type Occurrences = Vec<(usize, usize)>;

/// Fills in `Api::client_parameters`. Runs after `idempotency`, because a key belongs to one request.
pub fn run(
    api: &mut Api,
    tree: &Tree,
    config: &ClientParameterConfig,
    diagnostics: &mut Diagnostics,
) {
    let mut named = vec![false; config.len()];
    for ((location, _), places) in candidates(api) {
        let (operation, index) = places[0];
        let first = &api.operations[operation].parameters[index];
        let name = first.name.clone();
        let at = first.at;
        let configured = configured(config, location, &name);
        if let Some((index, configured)) = configured {
            named[index] = true;
            diagnostics.mark_used(&configured.key.0);
            if configured.is_shared {
                match shared(api, &places, Some(configured)) {
                    Ok(parameter) => add(api, parameter, &places),
                    Err(why) => {
                        let found = codes::client_parameter_misfit(&configured.key.0, &name, why);
                        diagnostics.push(found);
                    }
                }
            }
            continue;
        }
        let is_common = places.len() >= LEAST.max((api.operations.len() * PERCENT).div_ceil(100));
        let mut known = api.client_parameters.iter();
        let is_new = known.all(|known| !known.name.eq_ignore_ascii_case(&name));
        if !is_common || !is_new || !is_of_clients(location, &name) {
            continue;
        }
        let Ok(parameter) = shared(api, &places, None) else {
            continue;
        };
        if let Some(at) = at {
            let count = api.operations.len();
            let found = codes::client_parameter(tree.node(at), &name, places.len(), count);
            diagnostics.push(found);
        }
        add(api, parameter, &places);
    }
    for ((name, configured), _) in config.iter().zip(named).filter(|(_, is_named)| !is_named) {
        let known = || {
            let names = candidates(api).into_values();
            let name = |places: Occurrences| {
                let (operation, index) = places[0];
                api.operations[operation].parameters[index].name.clone()
            };
            names.map(name).collect()
        };
        let section = "client_parameters";
        let what = "header or query parameter";
        unknown_name(
            api,
            section,
            what,
            name,
            &configured.key.0,
            known,
            diagnostics,
        );
    }
}

/// Returns the header and query parameters of operations, by location and name. Headers ignore case.
fn candidates(api: &Api) -> IndexMap<(ParameterLocation, String), Occurrences> {
    let mut found: IndexMap<(ParameterLocation, String), Occurrences> = IndexMap::new();
    for (number, operation) in api.operations.iter().enumerate() {
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let name = match parameter.location {
                ParameterLocation::Header => parameter.name.to_ascii_lowercase(),
                ParameterLocation::Query => parameter.name.clone(),
                ParameterLocation::Path
                | ParameterLocation::Cookie
                | ParameterLocation::QueryString => continue,
            };
            if !operation.is_key(parameter) {
                let places = found.entry((parameter.location, name)).or_default();
                places.push((number, index));
            }
        }
    }
    found
}

fn configured<'a>(
    config: &'a ClientParameterConfig,
    location: ParameterLocation,
    name: &str,
) -> Option<(usize, &'a ConfiguredParameter)> {
    let mut entries = config.iter().enumerate();
    let is_same = |other: &str| match location {
        ParameterLocation::Header => name.eq_ignore_ascii_case(other),
        _ => name == other,
    };
    let found = entries.find(|(_, (other, _))| is_same(other))?;
    Some((found.0, found.1.1))
}

/// Returns whether a name is that of a setting, which is the same for all requests of a client.
fn is_of_clients(location: ParameterLocation, name: &str) -> bool {
    let words = words(name);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&&**word));
    match location {
        ParameterLocation::Query => has(&OF_CLIENTS),
        _ => !has(&OF_REQUESTS),
    }
}

/// Returns the client parameter, or why these parameters cannot be one.
fn shared(
    api: &Api,
    places: &Occurrences,
    configured: Option<&ConfiguredParameter>,
) -> Result<ClientParameter, &'static str> {
    let parameter =
        |&(operation, index): &(usize, usize)| &api.operations[operation].parameters[index];
    let all = || places.iter().map(parameter);
    let is_plain = |style| matches!(style, ParameterStyle::Simple | ParameterStyle::Form);
    if all().any(|it| it.content.is_some() || it.allow_reserved || !is_plain(it.style)) {
        return Err("it is not sent as plain text");
    }
    let kind = |place: &(usize, usize)| api.resolved(&parameter(place).schema);
    let first = &places[0];
    let is_text = |kind: &SchemaKind| *kind == SchemaKind::String(StringFormat::Plain);
    let source = match places.iter().all(|place| kind(place) == kind(first)) {
        true => Some(first),
        // A value of an enum is a text as well.
        false => places
            .iter()
            .find(|place| is_text(kind(place)))
            .filter(|_| places.iter().all(|place| is_textual(api, kind(place)))),
    };
    let source = source.ok_or("operations declare different types")?;
    if !is_scalar_kind(api, kind(source)) {
        return Err("it is not a string, a number or a boolean");
    }
    let origin = parameter(source);
    let default = configured.and_then(|it| it.default.clone());
    let default = default.map(|value| match is_textual(api, kind(source)) {
        true => Json::String(crate::ir::scalar_text(&value)),
        false => value,
    });
    let is_valid =
        |value: &Json| validate::is_valid(api, Direction::Request, &origin.schema, value);
    if default.as_ref().is_some_and(|value| !is_valid(value)) {
        return Err("the default does not match its schema");
    }
    Ok(ClientParameter {
        name: origin.name.clone(),
        location: origin.location,
        required: all().any(|it| it.required),
        default,
        env: configured.and_then(|it| it.env.clone()),
        source: *source,
    })
}

fn add(api: &mut Api, parameter: ClientParameter, places: &Occurrences) {
    let number = api.client_parameters.len();
    for &(operation, index) in places {
        api.operations[operation].parameters[index].shared = Some(number);
    }
    api.client_parameters.push(parameter);
}

/// Returns whether all values are texts.
fn is_textual(api: &Api, kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::String(_) | SchemaKind::Constant(_) => true,
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Enum(shape) => shape.values.iter().all(|it| it.value.is_string()),
            _ => false,
        },
        _ => false,
    }
}

fn is_scalar_kind(api: &Api, kind: &SchemaKind) -> bool {
    matches!(kind, SchemaKind::Boolean | SchemaKind::Integer(_)) || is_textual(api, kind)
}

#[cfg(test)]
mod tests;
