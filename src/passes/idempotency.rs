//! Decides which operations are idempotent.

use crate::diag::{Diagnostics, codes};
use crate::example::validate::{self, Direction};
use crate::ir::{
    Api, DeclaredIdempotency, Idempotency, Operation, Parameter, ParameterLocation, Retry,
    SchemaKind, StringFormat,
};

/// Headers in which APIs take keys.
const KEYS: [&str; 2] = ["idempotency-key", "x-idempotency-key"];

/// A key as the client makes one.
const KEY: &str = "0d3f7c1e-5a52-4b43-9c6e-2f1b8a7d4e90";

/// Fills in `Operation::idempotency`. Runs after pagination, which rules out keys.
pub fn run(api: &mut Api, retry: &Retry, diagnostics: &mut Diagnostics) {
    let operations = api.operations.iter();
    let found: Vec<Idempotency> = operations
        .map(|operation| idempotency(api, retry, operation))
        .collect();
    for (operation, idempotency) in api.operations.iter_mut().zip(found) {
        operation.idempotency = idempotency;
    }
    report_unusable_keys(api, retry, diagnostics);
}

/// Reports keys that the client cannot make.
fn report_unusable_keys(api: &Api, retry: &Retry, diagnostics: &mut Diagnostics) {
    let operations = api.operations.iter();
    let others = operations.filter(|operation| !is_idempotent(&operation.method));
    let keys = others.filter_map(|operation| described_key(retry, operation));
    for key in keys.filter(|key| !is_usable(api, key)) {
        if let Some(at) = key.at {
            diagnostics.push(codes::unsupported_idempotency_key(at, &key.name));
        }
    }
}

fn idempotency(api: &Api, retry: &Retry, operation: &Operation) -> Idempotency {
    if is_idempotent(&operation.method) {
        return Idempotency::Method;
    }
    match key_header(api, retry, operation) {
        Some(header) => Idempotency::Key(header.to_owned()),
        None if is_declared(retry, operation) => Idempotency::Declared,
        None => Idempotency::Never,
    }
}

/// Returns whether the configuration names the operation, or an extension of the document declares it
/// idempotent to other generators.
fn is_declared(retry: &Retry, operation: &Operation) -> bool {
    operation.repeatable == Some(DeclaredIdempotency::AsItIs)
        || !retry.idempotent.is_empty()
            && operation
                .names()
                .any(|name| retry.idempotent.contains(&name))
}

/// Returns the header of the key: the document's, else the configured one.
///
/// A paginated list has none: the request for each page is the same, so the API would take it for a retry of
/// the first.
fn key_header<'a>(api: &Api, retry: &'a Retry, operation: &'a Operation) -> Option<&'a str> {
    if operation.paging.is_some() {
        return None;
    }
    match described_key(retry, operation) {
        Some(parameter) => Some(&*parameter.name).filter(|_| is_usable(api, parameter)),
        None => hinted_header(operation).or(retry.header.as_deref()),
    }
}

/// Returns the parameter that is a key by its name.
fn described_key<'a>(retry: &Retry, operation: &'a Operation) -> Option<&'a Parameter> {
    let configured = retry.header.as_deref();
    let hinted = hinted_header(operation);
    let is_key = |parameter: &&Parameter| {
        let mut names = configured.into_iter().chain(hinted).chain(KEYS);
        parameter.location == ParameterLocation::Header
            && names.any(|name| name.eq_ignore_ascii_case(&parameter.name))
    };
    let mut parameters = operation.parameters.iter();
    parameters.find(is_key)
}

/// Returns the header that an extension of the document names.
fn hinted_header(operation: &Operation) -> Option<&str> {
    match &operation.repeatable {
        Some(DeclaredIdempotency::ByKey(header)) => Some(header),
        _ => None,
    }
}

/// Returns whether a key that the client makes is valid for the parameter.
fn is_usable(api: &Api, parameter: &Parameter) -> bool {
    let is_text = matches!(
        api.resolved(&parameter.schema),
        SchemaKind::String(StringFormat::Plain | StringFormat::Uuid)
    );
    is_text
        && parameter.content.is_none()
        && validate::is_valid(api, Direction::Request, &parameter.schema, &KEY.into())
}

/// RFC 9110, section 9.2.2; QUERY is idempotent by its own specification.
fn is_idempotent(method: &str) -> bool {
    matches!(
        method,
        "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
    )
}
