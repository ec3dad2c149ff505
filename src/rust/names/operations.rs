//! Names of builders, constants and per-operation types.

use super::call::{bodies, header_fields, parameters, parts, successes};
use super::{Idents, LONG, OperationNames, ResourceNames, abbreviated, bounded, length, methods};
use crate::diag::Diagnostics;
use crate::ir::{Api, ContentKind, NameOverride, Operation, PathPart};
use crate::naming::method::MethodCandidates;
use crate::naming::{IdentCase, NameScope, Words, reserved, words};
use crate::parallel;

/// Returns the id that the operation's words come from.
pub fn id_of(api: &Api, operation: &Operation) -> String {
    let id = operation.id_override.as_ref().or(operation.id.as_ref());
    match (id, &operation.pinned) {
        (Some(id), None | Some(NameOverride::Exact { .. })) => id.clone(),
        _ => words_of(api, operation).join("_"),
    }
}

/// Returns the words of an operation. Precedence: the configured id, the name set for other generators
/// with its resource, `operationId`, method and path.
pub fn words_of(api: &Api, operation: &Operation) -> Words {
    if let Some(id) = &operation.id_override {
        return words(id);
    }
    if let Some(NameOverride::Preferred(name)) = &operation.pinned {
        let (name, noun) = (words(name), words(&api.groups[operation.group].name));
        return match name.ends_with(&noun) {
            true => name,
            false => [name, noun].concat(),
        };
    }
    if let Some(id) = &operation.id {
        return words(id);
    }
    let mut name = words(&operation.method);
    let mut parameters = Words::new();
    for part in &operation.path.parts {
        match part {
            PathPart::Literal(text) if text.chars().all(|c| !c.is_alphanumeric()) => {}
            PathPart::Literal(text) => name.extend(words(text)),
            PathPart::Parameter(text) => {
                parameters.push(if parameters.is_empty() { "by" } else { "and" }.to_owned());
                parameters.extend(words(text));
            }
        }
    }
    name.extend(parameters);
    name
}

pub fn resolve(
    api: &Api,
    operation_words: &[Words],
    wished: &[MethodCandidates],
    resources: &[ResourceNames],
    types: &Idents<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<OperationNames> {
    let mut scopes: Vec<Scopes> = resources.iter().map(Scopes::new).collect();
    let methods = methods::resolve(api, resources, wished, diagnostics);
    // Names within one operation depend on no other operation.
    let within = parallel::map(&api.operations, |operation| {
        let mut reported = Diagnostics::default();
        (
            parameters(operation, &mut reported),
            successes(operation),
            reported,
        )
    });
    let mut names = Vec::new();
    let operations = api.operations.iter().zip(operation_words).zip(methods);
    for (((operation, own), method), within) in operations.zip(within) {
        let ((parameters, maybe), successes, reported) = within;
        let scopes = &mut scopes[operation.group];
        let short = bounded(own.clone());
        // The constant is private, so a long name may be abbreviated.
        let constant = match length(own) > LONG {
            true => abbreviated(own, LONG, LONG / 2),
            false => own.clone(),
        };
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let several_bodies = contents.clone().count() > 1;
        let multipart = contents
            .clone()
            .find(|content| content.kind == ContentKind::Multipart);
        let mut claim = |word: &str| {
            let own = [&short[..], &[word.to_owned()]].concat();
            let longer = [&short[..], &words("request"), &[word.to_owned()]].concat();
            scopes.idents.claim(&types.free(vec![own, longer])).ident
        };
        let builder = claim("builder");
        let mut own_type = |wanted: bool, word: &str| match wanted {
            true => claim(word),
            false => String::new(),
        };
        let output = own_type(true, "output");
        let body = own_type(several_bodies, "body");
        let form = own_type(multipart.is_some(), "form");
        let described = operation.headers();
        let headers = own_type(!described.is_empty(), "headers");
        names.push(OperationNames {
            method: method.ident,
            source: method.source,
            alternatives: method.alternatives,
            builder,
            output,
            constant: scopes.constants.claim(&[constant]).ident,
            successes,
            headers,
            header_fields: header_fields(&described),
            body,
            bodies: bodies(operation),
            form,
            parts: multipart
                .map(|content| parts(api, content))
                .unwrap_or_default(),
            parameters,
            maybe,
        });
        diagnostics.extend(reported);
    }
    names
}

struct Scopes {
    /// Builders and the operations' other types share one scope.
    idents: NameScope,
    constants: NameScope,
}

impl Scopes {
    fn new(resource: &ResourceNames) -> Self {
        let mut idents = NameScope::with_reserved(IdentCase::Pascal, reserved::resources());
        idents.reserve(&resource.ident);
        Scopes {
            idents,
            constants: NameScope::new(IdentCase::Screaming),
        }
    }
}
