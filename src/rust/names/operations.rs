//! Names of methods, builders and arguments.

use super::{LONG, OperationNames, ResourceNames, abbreviated, bounded, length, pin_refused};
use crate::diag::Diagnostics;
use crate::ir::{Api, Location, Operation, PathPart};
use crate::naming::{Scope, Style, Words, words};
use std::collections::HashSet;

/// What a resource's file imports or says bare.
pub const IMPORTED: [&str; 27] = [
    "AsRef",
    "BTreeMap",
    "Box",
    "Bytes",
    "CallOptions",
    "Client",
    "Clone",
    "Debug",
    "Enveloped",
    "Err",
    "ErrorBody",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Method",
    "None",
    "Ok",
    "Operation",
    "Option",
    "RawResponseFuture",
    "Reply",
    "Request",
    "ResponseFuture",
    "Result",
    "Some",
    "Status",
    "Style",
];

/// What a builder has beside its parameters, and what a method's arguments must leave free.
const BUILDER_METHODS: [&str; 10] = [
    "body",
    "client",
    "decode",
    "into_future",
    "new",
    "options",
    "path",
    "request",
    "send",
    "send_raw",
];

/// The words of an operation: its id, else its method and path.
pub fn words_of(operation: &Operation) -> Words {
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
    resources: &[ResourceNames],
    types: &[super::TypeNames],
    diagnostics: &mut Diagnostics,
) -> Vec<OperationNames> {
    let idents: HashSet<&str> = types.iter().map(|names| names.ident.as_str()).collect();
    let mut scopes: Vec<Scopes> = resources.iter().map(Scopes::new).collect();
    let mut names = Vec::new();
    for (operation, own) in api.operations.iter().zip(operation_words) {
        let scopes = &mut scopes[operation.group];
        let noun = words(&api.groups[operation.group].name);
        // A builder beside a type of the same name would be one name for two things in the docs.
        let short = bounded(own.clone());
        let request = [short.clone(), words("request")].concat();
        let taken = idents.contains(Style::Pascal.ident(&short).as_str());
        let wishes = if taken {
            vec![request]
        } else {
            vec![short.clone(), request]
        };
        // Nobody sees the constant but the reader of the source.
        let constant = match length(own) > LONG {
            true => abbreviated(own),
            false => own.clone(),
        };
        names.push(OperationNames {
            method: scopes.method(operation, own, &noun, diagnostics),
            builder: scopes.builders.claim(&wishes).ident,
            output: scopes
                .builders
                .claim(&[[short.clone(), words("output")].concat()])
                .ident,
            constant: scopes.constants.claim(&[constant]).ident,
            parameters: parameters(operation, diagnostics),
        });
    }
    names
}

struct Scopes {
    methods: Scope,
    builders: Scope,
    constants: Scope,
}

impl Scopes {
    fn new(resource: &ResourceNames) -> Self {
        let mut builders = Scope::with_reserved(Style::Pascal, IMPORTED);
        builders.reserve(&resource.ident);
        Scopes {
            methods: Scope::with_reserved(Style::Snake, ["clone", "new"]),
            builders,
            constants: Scope::new(Style::Screaming),
        }
    }

    fn method(
        &mut self,
        operation: &Operation,
        own: &Words,
        noun: &[String],
        diagnostics: &mut Diagnostics,
    ) -> String {
        if let Some(name) = &operation.pinned {
            match self.methods.claim_exact(name) {
                Some(claimed) => return claimed.ident,
                None => pin_refused(diagnostics, operation.at, name),
            }
        }
        let mut wishes = vec![own.clone()];
        if let Some(verb) = without_noun(own, noun) {
            wishes.insert(0, verb);
        }
        self.methods.claim(&wishes).ident
    }
}

/// The words without the resource's noun, in the singular or the plural: `list calls` in `calls`
/// is `list`. `None` when nothing would be left, or only what cannot begin a name.
fn without_noun(own: &[String], noun: &[String]) -> Option<Words> {
    if noun.is_empty() || own.len() <= noun.len() {
        return None;
    }
    let start = own.windows(noun.len()).position(|window| {
        let (last, first) = window.split_last().unwrap_or((&own[0], &[]));
        first == &noun[..noun.len() - 1] && same_noun(last, &noun[noun.len() - 1])
    })?;
    let rest = [&own[..start], &own[start + noun.len()..]].concat();
    let dangling = [
        "by", "for", "of", "in", "from", "to", "and", "with", "as", "on",
    ];
    let leads = rest
        .first()
        .is_some_and(|word| !dangling.contains(&word.as_str()));
    leads.then_some(rest)
}

/// Equal but for an English plural.
fn same_noun(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let plural_y = || {
        short
            .strip_suffix('y')
            .is_some_and(|stem| long == format!("{stem}ies"))
    };
    short == long || long == format!("{short}s") || long == format!("{short}es") || plural_y()
}

fn parameters(operation: &Operation, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut scope = Scope::with_reserved(Style::Snake, BUILDER_METHODS);
    let mut names = Vec::new();
    for parameter in &operation.parameters {
        let pinned = parameter
            .pinned
            .as_deref()
            .and_then(|name| scope.claim_exact(name));
        if let (Some(name), None) = (&parameter.pinned, &pinned) {
            pin_refused(diagnostics, parameter.at, name);
        }
        let place = match parameter.location {
            Location::Path => "path",
            Location::Query | Location::QueryString => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let own = words(&parameter.name);
        let placed = [own.clone(), words(place)].concat();
        names.push(pinned.map_or_else(
            || scope.claim(&[own, placed]).ident,
            |claimed| claimed.ident,
        ));
    }
    names
}
