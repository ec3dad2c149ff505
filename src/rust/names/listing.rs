//! Lists every name in a crate with its source, for a person who reviews them.

use super::Names;
use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Origin, Shape};
use crate::naming::faults;
use crate::naming::method::NameSource;
use crate::tree::Node;
use std::collections::HashSet;

/// The kind of a named item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedKind {
    Operation,
    Type,
    Variant,
}

/// A name in the crate.
#[derive(Debug)]
pub struct Listed {
    pub kind: ListedKind,
    /// The key for `names` in the configuration: an operation, a component or `TYPE.value`; empty if the
    /// name is not configurable.
    pub key: String,
    /// The name in the caller's code: `calls().list`, `Call`, `CallStatus::Queued`.
    pub name: String,
    /// The part of the document that the name is generated from.
    pub source: &'static str,
    /// The reason why the name reads badly.
    pub fault: Option<&'static str>,
    /// A better name to set in the configuration.
    pub better: Option<String>,
}

/// The fewest badly named items that are worth a note.
const FEWEST_FAULTS: usize = 5;

/// Reports all names that read badly in one note. Skips names from the configuration or an extension,
/// because their author chose them.
pub fn report(api: &Api, names: &Names, root: Node<'_>, diagnostics: &mut Diagnostics) {
    let listed = list(api, names);
    let faulty = listed
        .iter()
        .filter(|name| name.fault.is_some() && name.source != USER_CHOICE);
    let faulty: Vec<&str> = faulty.map(|name| name.name.as_str()).collect();
    if faulty.len() >= FEWEST_FAULTS {
        let examples = &faulty[..3];
        diagnostics.push(codes::badly_readable_names(
            root,
            faulty.len(),
            listed.len(),
            examples,
        ));
    }
}

/// The source of names that the user chose.
const USER_CHOICE: &str = "configuration or extension";

/// Lists the names of all operations, types and union variants, in document order.
pub fn list(api: &Api, names: &Names) -> Vec<Listed> {
    let mut listed = operations(api, names);
    let idents: HashSet<&str> = names
        .types
        .iter()
        .map(|names| names.ident.as_str())
        .collect();
    for (ty, own) in api.types.iter().zip(&names.types) {
        let (key, source) = match (&ty.pinned, &ty.origin) {
            (Some(_), Origin::Component(key)) => (key.clone(), USER_CHOICE),
            (Some(_), _) => (String::new(), USER_CHOICE),
            (None, Origin::Component(key)) => (key.clone(), "component"),
            (None, Origin::Referenced(name)) => (name.clone(), "reference"),
            (None, Origin::Inline { .. }) => (String::new(), "its place"),
        };
        let fault = faults::of_type(&own.ident, |name| idents.contains(name));
        listed.push(Listed {
            kind: ListedKind::Type,
            key,
            name: own.ident.clone(),
            source,
            fault,
            better: None,
        });
        if let Shape::Union(_) = ty.shape {
            let variants: HashSet<&str> = own.parts.iter().map(String::as_str).collect();
            listed.extend(own.parts.iter().map(|part| Listed {
                kind: ListedKind::Variant,
                key: String::new(),
                name: format!("{}::{part}", own.ident),
                source: "branch",
                fault: faults::of_type(part, |name| variants.contains(name)),
                better: None,
            }));
        }
    }
    listed
}

fn operations(api: &Api, names: &Names) -> Vec<Listed> {
    let taken: HashSet<(usize, &str)> = api
        .operations
        .iter()
        .zip(&names.operations)
        .map(|(operation, own)| (operation.group, own.method.as_str()))
        .collect();
    let operations = api.operations.iter().zip(&names.operations);
    operations
        .map(|(operation, own)| {
            let fault = faults::of_method(&own.method);
            let is_better = |name: &&String| {
                faults::of_method(name).is_none()
                    && !taken.contains(&(operation.group, name.as_str()))
            };
            // Searching alternatives is slow and runs on every `generate`, so only bad names pay for it.
            let better = fault.and_then(|_| own.alternatives.iter().find(is_better));
            Listed {
                kind: ListedKind::Operation,
                key: operation.names().next().unwrap_or_default(),
                name: format!(
                    "{}().{}",
                    names.resources[operation.group].accessor, own.method
                ),
                source: match own.source {
                    NameSource::Prescribed => USER_CHOICE,
                    NameSource::Id => "operationId",
                    NameSource::Path => "method and path",
                    NameSource::Summary => "summary",
                },
                fault,
                better: better.cloned(),
            }
        })
        .collect()
}
